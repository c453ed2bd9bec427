"""Targets: the manager's go up and stay theirs, head office's come down and nobody else can write them."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select

from app.models.target import KpiTarget, OfficeTarget
from app.runtime.ids import new_id
from tests.sync.both.laptops import Laptop, Office

MONTH = date(2022, 5, 1)
GIVEN = {"manager": "M1", "month": "2022-05-01", "period": "month", "kpi": "F05.volume", "scope": "", "value": "1200"}


def _set(laptop: Laptop, value: str = "1500.5000") -> UUID:
    key = new_id()
    with laptop.edit() as session:
        session.add(KpiTarget(id=key, month=MONTH, period="month", kpi="F10", scope="", value=Decimal(value)))
    return key


def test_a_target_of_the_manager_belongs_to_its_author(laptop: Laptop, office: Office) -> None:
    laptop.sync()
    key = _set(laptop)
    assert laptop.sync().verdicts == {"applied": 1}
    assert office.one("SELECT scope FROM sync_row WHERE pk = :pk", pk=str(key)) == "mgr:M1"
    with laptop.edit() as session:
        session.get_one(KpiTarget, key).value = Decimal("0.85")
    assert laptop.sync().verdicts == {"applied": 1}
    assert Decimal(str(office.one("SELECT value FROM kpi_target"))) == Decimal("0.85")
    assert laptop.agrees()


def test_a_target_of_head_office_comes_down_and_a_colleagues_does_not(laptop: Laptop, office: Office) -> None:
    office.write("office_target", str(new_id()), GIVEN)
    office.write("office_target", str(new_id()), {**GIVEN, "manager": "M2", "value": "9"})
    laptop.sync()
    with laptop.database.read() as session:
        came = session.scalars(select(OfficeTarget)).one()
    assert (came.kpi, came.value) == ("F05.volume", Decimal(1200))
    assert laptop.agrees()


def test_a_target_of_head_office_cannot_be_written_by_a_laptop(laptop: Laptop, office: Office) -> None:
    key = str(new_id())
    office.write("office_target", key, GIVEN)
    laptop.sync()
    with laptop.edit() as session:
        session.get_one(OfficeTarget, UUID(key)).value = Decimal(1)
    assert laptop.sync().verdicts == {"forbidden": 1}
    assert Decimal(str(office.one("SELECT value FROM office_target"))) == 1200
