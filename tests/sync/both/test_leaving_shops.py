"""A shop that leaves this laptop waits for the visit that is under way at it, and for pictures that lie only here."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from app.domain.playbook import Playbook
from app.headoffice import people
from app.models.customer import Customer
from app.models.visit import DiagnosisRating, Photo, ShelfCheck, Visit
from app.runtime.ids import new_id
from app.services.days import Days
from app.services.sync_inbox import SyncInbox
from app.storage.facts import SHOPS_GONE, read_fact
from tests.sync.both.laptops import CLOCK, Laptop, Office


def _visit(laptop: Laptop, office: Office, **more: object) -> UUID:
    key = new_id()
    values = {"day": CLOCK.today(), "status": "in_progress", "serial": 1, "started_at": CLOCK.now()} | more
    with laptop.edit() as session:
        session.add(Visit(id=key, customer_id=UUID(office.shop), **values))
        session.flush()
        session.add(ShelfCheck(id=new_id(), visit_id=key, sku_shown=12))
    return key


def _hand_over(office: Office) -> None:
    office.do(lambda session: people.move_customers(session, ["C1"], "T2", office.now(), "office"))


def _shops(laptop: Laptop) -> int:
    return laptop.one("SELECT count(*) FROM customer")


def test_a_visit_under_way_is_not_taken_away_and_all_of_it_goes_up(laptop: Laptop, office: Office) -> None:
    laptop.sync()
    key = _visit(laptop, office)
    laptop.sync()
    _hand_over(office)
    for _ in range(2):
        laptop.sync()
        assert laptop.one("SELECT sku_shown FROM shelf_check") == 12
        assert _shops(laptop) == 1
    with laptop.edit() as session:
        session.get_one(Visit, key).need_note = "补货"
    laptop.sync()
    assert office.one("SELECT need_note FROM visit") == "补货"
    with laptop.edit() as session:
        session.get_one(Visit, key).status = "done"
    result = laptop.sync()
    assert result.verdicts == {"applied": 1}
    assert office.one("SELECT status FROM visit") == "done"
    assert _shops(laptop) == laptop.one("SELECT count(*) FROM visit") == 0
    assert laptop.agrees()


def test_the_colleague_gets_the_shop_meanwhile(laptop: Laptop, office: Office, tmp_path: Path) -> None:
    other = Laptop(tmp_path / "other", office, "M2")
    laptop.sync()
    _visit(laptop, office)
    laptop.sync()
    _hand_over(office)
    laptop.sync()
    other.sync()
    assert _shops(other) == 1
    assert other.agrees()
    other.close()


def test_a_shop_that_is_closed_waits_for_the_visit_too(laptop: Laptop, office: Office) -> None:
    laptop.sync()
    key = _visit(laptop, office)
    laptop.sync()
    office.write("customer", office.shop, {}, deleted=True)
    laptop.sync()
    assert laptop.one("SELECT count(*) FROM customer WHERE deleted_at IS NULL") == 1
    with laptop.edit() as session:
        session.get_one(Visit, key).status = "done"
    laptop.sync()
    assert laptop.one("SELECT count(*) FROM customer WHERE deleted_at IS NULL") == 0


@pytest.mark.parametrize("more", [{"day": CLOCK.today() - timedelta(days=1)}, {"status": "planned", "serial": None}])
def test_a_visit_that_nobody_works_on_holds_nothing(laptop: Laptop, office: Office, more: dict[str, object]) -> None:
    laptop.sync()
    _visit(laptop, office, **more)
    laptop.sync()
    _hand_over(office)
    laptop.sync()
    assert _shops(laptop) == 0
    assert office.one("SELECT sku_shown FROM shelf_check") == 12, "what was recorded is at head office"


def test_a_shop_that_comes_back_during_the_visit_stays(laptop: Laptop, office: Office) -> None:
    laptop.sync()
    key = _visit(laptop, office)
    laptop.sync()
    _hand_over(office)
    laptop.sync()
    office.do(lambda session: people.move_customers(session, ["C1"], "T1", office.now(), "office"))
    with laptop.edit() as session:
        session.get_one(Visit, key).status = "done"
    laptop.sync()
    assert laptop.rows("SELECT status FROM visit") == [("done",)]
    assert laptop.agrees()


@pytest.mark.parametrize("queued", [True, False])
def test_a_picture_that_lies_only_here_goes_up_before_its_rows_go(
    laptop: Laptop, office: Office, *, queued: bool
) -> None:
    laptop.sync()
    key, sha = _visit(laptop, office, status="done"), "a" * 64
    with laptop.edit() as session:
        session.add(
            Photo(id=new_id(), visit_id=key, sha256=sha, byte_size=9, width=3, height=3, added_at=CLOCK.now())
        )  # fmt: skip
    laptop.sync()
    if queued:
        _note_upload(laptop, sha, "waiting")
    _hand_over(office)
    for _ in range(2):
        result = laptop.sync()
        assert result.changed.removed_photos == set()
        assert laptop.one("SELECT count(*) FROM photo") == 1
    _note_upload(laptop, sha, "stored")
    result = laptop.sync()
    assert result.changed.removed_photos == {sha}
    assert _shops(laptop) == 0


def _note_upload(laptop: Laptop, sha: str, state: str) -> None:
    with laptop.database.note() as cursor:
        cursor.execute("DELETE FROM blob_queue")
        for kind in ("thumb", "full"):
            cursor.execute(
                'INSERT INTO blob_queue (sha256, kind, direction, photo, size, upload, "offset", tries, priority,'
                " state, at) VALUES (?, ?, 'up', 'x', 9, '', 0, 0, 0, ?, '2022-04-29 10:00:00')",
                (sha, kind, state),
            )


def test_a_clash_of_a_shop_that_left_keeps_its_name(laptop: Laptop, office: Office) -> None:
    laptop.sync()
    with laptop.edit() as session:
        session.get_one(Customer, UUID(office.shop)).opening_hours = "7-21"
    _hand_over(office)
    laptop.sync()
    assert _shops(laptop) == 0
    inbox = SyncInbox(laptop.database, CLOCK)
    assert [line.place.shop for line in (*inbox.conflicts(), *inbox.merged())] == ["老周食杂店"]
    with laptop.database.note() as cursor:
        cursor.execute("DELETE FROM sync_conflict")
        cursor.execute("DELETE FROM refused_op")
    laptop.sync()
    assert read_fact(laptop.database, SHOPS_GONE) == "{}", "a name is kept no longer than what it is of"


def test_the_visits_of_the_day_are_those_that_were_made(laptop: Laptop, office: Office) -> None:
    laptop.sync()
    _visit(laptop, office)
    _visit(laptop, office, serial=2, status="done")
    _visit(laptop, office, serial=None, status="planned")
    _visit(laptop, office, serial=3, status="closed")
    day = SyncInbox(laptop.database, CLOCK).day()
    assert (day.visits, day.under_way) == (1, 1)


def test_own_work_of_the_day_counts_on_when_its_shop_was_handed_on(
    laptop: Laptop, office: Office, playbook: Playbook
) -> None:
    laptop.sync()
    made = _visit(laptop, office, status="done")
    thrown_away = _visit(laptop, office, serial=2, status="done")
    _visit(laptop, office, serial=3, status="done", day=CLOCK.today() - timedelta(days=1))
    with laptop.edit() as session:
        session.add(DiagnosisRating(id=new_id(), visit_id=made, item="D13", state="B"))
        session.add(
            Photo(id=new_id(), visit_id=made, sha256="a" * 64, byte_size=9, width=3, height=3, added_at=CLOCK.now())
        )  # fmt: skip
    laptop.sync()
    with laptop.edit() as session:
        session.get_one(Visit, thrown_away).deleted_at = office.now()
    laptop.sync()
    before = SyncInbox(laptop.database, CLOCK).day()
    assert (before.visits, before.diagnoses, before.photos) == (1, 1, 1)
    days = Days(laptop.database, CLOCK, playbook)
    assert (days.show(CLOCK.today()).served, days.show(CLOCK.today()).left) == (1, 0)
    _note_upload(laptop, "a" * 64, "stored")
    _hand_over(office)
    laptop.sync()
    assert _shops(laptop) == 0
    assert laptop.one("SELECT count(*) FROM visit WHERE deleted_at IS NULL") == 0
    assert SyncInbox(laptop.database, CLOCK).day() == before
    assert (days.show(CLOCK.today()).served, days.show(CLOCK.today()).left) == (1, 1)
    with laptop.database.note() as cursor:
        cursor.execute("UPDATE sent_op SET status = 'moved' WHERE tbl = 'visit'")
    assert SyncInbox(laptop.database, CLOCK).day().visits == 0, "what head office did not take is no visit there"
