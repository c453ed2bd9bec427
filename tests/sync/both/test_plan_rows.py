"""The plan on both sides: a chosen cadence goes with its shop, a day off stays with its manager."""

from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

from app.headoffice import people
from app.models.plan import DayOff
from app.models.visit import Visit
from app.runtime.ids import new_id
from app.services.plan_cadence import read_choices
from app.services.plan_decisions import choose_cadence
from app.services.plan_reading import read_marks
from app.services.plan_rows import rows_between
from tests.sync.both.laptops import CLOCK, Laptop, Office

TODAY = CLOCK.today()
AHEAD = TODAY + timedelta(days=10)


def _choices(laptop: Laptop) -> list[tuple[str | None, str, date]]:
    with laptop.database.look() as cursor:
        return [(one.cadence, one.reason, one.since) for some in read_choices(cursor).values() for one in some]


def _choose(laptop: Laptop, office: Office, cadence: str | None, reason: str, day: date) -> None:
    with laptop.edit() as session:
        choose_cadence(session, UUID(office.shop), cadence, reason, day)


def test_a_chosen_cadence_goes_with_its_shop_and_whoever_has_it_may_choose_again(
    laptop: Laptop, office: Office, tmp_path: Path
) -> None:
    laptop.sync()
    _choose(laptop, office, "V1", "新店开张", TODAY)
    assert laptop.sync().verdicts == {"applied": 1}
    office.do(lambda session: people.move_customers(session, ["C1"], "T2", office.now(), "office"))
    laptop.sync()
    assert _choices(laptop) == []
    other = Laptop(tmp_path / "other", office, "M2")
    other.sync()
    assert _choices(other) == [("V1", "新店开张", TODAY)]
    _choose(other, office, None, "已经稳定", AHEAD)
    assert other.sync().verdicts == {"applied": 1}
    assert [cadence for cadence, _, _ in _choices(other)] == ["V1", None]
    assert laptop.agrees()
    assert other.agrees()
    other.close()


def test_planned_visits_of_a_shop_that_moved_are_no_part_of_its_new_managers_plan(
    laptop: Laptop, office: Office, tmp_path: Path
) -> None:
    laptop.sync()
    with laptop.edit() as session:
        session.add(
            Visit(
                id=new_id(), customer_id=UUID(office.shop), day=AHEAD, status="planned", need_key="C1/1", locked=True,
                due_by=AHEAD, planned_on=AHEAD,
            )
        )  # fmt: skip
    assert laptop.sync().verdicts == {"applied": 1}
    with laptop.database.look() as cursor:
        (row,) = rows_between(cursor, TODAY, AHEAD)
    assert (row.need_key, row.locked, row.due_by, row.planned_on) == ("C1/1", True, AHEAD, AHEAD)
    office.do(lambda session: people.move_customers(session, ["C1"], "T2", office.now(), "office"))
    other = Laptop(tmp_path / "other", office, "M2")
    other.sync()
    with other.database.look() as cursor:
        assert rows_between(cursor, TODAY, AHEAD) == []
    other.close()


def test_a_day_off_stays_with_its_manager(laptop: Laptop, office: Office, tmp_path: Path) -> None:
    laptop.sync()
    with laptop.edit() as session:
        session.add(DayOff(day=AHEAD, kind="leave", note="探亲"))
    assert laptop.sync().verdicts == {"applied": 1}
    assert office.one("SELECT scope FROM sync_row WHERE tbl = 'day_off'") == "mgr:M1"
    other, second = Laptop(tmp_path / "other", office, "M2"), Laptop(tmp_path / "second", office)
    seen: list[list[date]] = []
    for one in (other, second):
        one.sync()
        with one.database.look() as cursor:
            seen.append(list(read_marks(cursor)))
        one.close()
    assert seen == [[], [AHEAD]]
