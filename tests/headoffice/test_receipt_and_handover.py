"""Receipt and handover file on both databases, with a real laptop store beside them."""

import threading
from collections.abc import Generator
from datetime import time, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.headoffice import audit
from app.headoffice.database import OfficeDatabase
from app.headoffice.handover import Imported, import_handover
from app.headoffice.models import TABLES, DayReceipt, SyncOperation
from app.headoffice.people import renew_replica
from app.models.visit import AdviceLine, ImprovementPlan, Visit
from app.sync.core.sealing import Flaw, SealError
from tests.sync.photos.both_sides import DAY, NOW, Laptop, OfficeSide, a_picture


@pytest.fixture
def office(database: OfficeDatabase, tmp_path: Path) -> OfficeSide:
    return OfficeSide(database, tmp_path / "blobs")


@pytest.fixture
def laptop(office: OfficeSide, tmp_path: Path) -> Generator[Laptop]:
    made = Laptop(office, tmp_path / "laptop")
    yield made
    made.close()


def imported(office: OfficeSide, content: bytes) -> Imported:
    private = office.private_key.private_bytes_raw()
    return import_handover(office.database, office.store, BytesIO(content), private, office.now)


def test_a_day_agrees_on_this_database(laptop: Laptop, office: OfficeSide) -> None:
    laptop.visit([a_picture(1)])
    laptop.visit([])
    assert not laptop.ask().complete
    laptop.push_rows()
    laptop.send_photos()
    receipt = laptop.ask()
    assert receipt.complete
    assert laptop.ask() == receipt
    with office.database.read() as session:
        assert session.scalars(select(DayReceipt.number)).all() == [receipt.number]
        assert audit.verify(session) is None


def test_every_kind_of_value_has_the_same_digest_on_both_sides(laptop: Laptop) -> None:
    key = laptop.visit([a_picture(1)])
    with laptop.database.write() as session:
        visit = session.get_one(Visit, key)
        visit.planned_at, visit.left_at = time(9, 30), NOW + timedelta(minutes=20, microseconds=7)
        visit.planned_items, visit.met_note = ["display", "stock"], "掌柜说：“下周再来”\n第二行 \U0001f6ac"
        visit.next_visit_on, visit.read_back = DAY, False
        advice = AdviceLine(visit_id=key, product_id=laptop.office.product, cycle_sale=3.0, safety=2 / 3, agreed=0)
        plan = ImprovementPlan(
            visit_id=key,
            customer_id=laptop.office.customer,
            item="display",
            current_state="poor",
            measures=["换柜台", "补价签"],
            support_requested=True,
            due_on=DAY,
        )
        session.add_all([advice, plan])
    laptop.push_rows()
    laptop.send_photos()
    receipt = laptop.ask()
    assert receipt.complete
    assert receipt.rows == 8


def test_after_a_fork_the_visits_of_the_earlier_replica_still_belong_to_the_day(
    laptop: Laptop, office: OfficeSide
) -> None:
    laptop.visit([])
    laptop.push_rows()
    with office.database.write() as session:
        laptop.replica = renew_replica(session, laptop.replica, NOW)
    with laptop.database.note() as cursor:
        cursor.execute("DELETE FROM sqlite_sequence WHERE name = 'outbox'")
    laptop.visit([])
    laptop.push_rows()
    receipt = laptop.ask()
    assert receipt.complete
    assert [line.serial for line in receipt.lines] == [1, 2]
    with laptop.database.deliver("test") as session:
        lost = session.scalars(select(Visit).where(Visit.serial == 1)).one()
        lost.day = DAY.replace(day=1)
    assert [line.verdict for line in laptop.ask().lines] == ["not_here", "same"]


def test_the_same_file_by_two_workers_at_once_is_applied_once(
    laptop: Laptop, office: OfficeSide, tmp_path: Path
) -> None:
    laptop.visit([a_picture(1)])
    content = laptop.hand_over(tmp_path / "day.zfho").file.read_bytes()
    gate = threading.Barrier(2)
    errors: list[BaseException] = []

    def bring() -> None:
        gate.wait()
        try:
            imported(office, content)
        except BaseException as error:  # noqa: BLE001
            errors.append(error)

    threads = [threading.Thread(target=bring) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    with office.database.read() as session:
        for table, count in (("visit", 1), ("stock_count", 1), ("photo", 1)):
            assert session.scalars(select(func.count()).select_from(TABLES[table])).one() == count
        assert session.scalars(select(func.count()).select_from(SyncOperation)).one() == 6
    laptop.push_rows()
    assert laptop.send_photos().waiting == 0
    assert laptop.ask().complete


def test_a_file_written_before_a_fork_and_the_network_after_it_apply_everything_once(
    laptop: Laptop, office: OfficeSide, tmp_path: Path
) -> None:
    laptop.visit([])
    content = laptop.hand_over(tmp_path / "day.zfho").file.read_bytes()
    with office.database.write() as session:
        laptop.replica = renew_replica(session, laptop.replica, NOW)
    laptop.push_rows()
    assert imported(office, content).known == 5
    with office.database.read() as session:
        assert session.scalars(select(func.count()).select_from(TABLES["visit"])).one() == 1
    assert laptop.ask().complete


def test_a_file_that_uses_numbers_again_is_refused(laptop: Laptop, office: OfficeSide, tmp_path: Path) -> None:
    laptop.visit([])
    laptop.push_rows()
    with laptop.database.note() as cursor:  # as if an older copy of the store had been put back
        cursor.execute("DELETE FROM sqlite_sequence WHERE name = 'outbox'")
    laptop.visit([])
    content = laptop.hand_over(tmp_path / "day.zfho").file.read_bytes()
    with pytest.raises(SealError) as refused:
        imported(office, content)
    assert refused.value.flaw is Flaw.FORKED
    with office.database.read() as session:
        assert session.scalars(select(func.count()).select_from(TABLES["visit"])).one() == 1
