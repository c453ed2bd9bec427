"""Visits that a colleague made come with the shop and the colleague's name; they are not this manager's work."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from app.domain.playbook import Playbook
from app.domain.problems import RuleError
from app.headoffice import people
from app.models.visit import ShelfCheck, Visit
from app.runtime.ids import new_id
from app.services.customer_timeline import read_timeline
from app.services.days import Days
from app.services.sync_inbox import SyncInbox
from app.services.visit_rows import SHELF_ROW, RowChange
from app.services.visit_under_way import is_visit_under_way
from app.services.visits import Visits
from app.sync.checking import differing_rows
from app.sync.receipt import build_summary
from tests.sync.both.laptops import CLOCK, Laptop, Office

TODAY = CLOCK.today()


@pytest.fixture
def begun(laptop: Laptop, office: Office) -> UUID:
    """Let 王经理 begin a visit, and the shop go to 李经理."""
    laptop.sync()
    key = new_id()
    with laptop.edit() as session:
        session.add(
            Visit(
                id=key, customer_id=UUID(office.shop), day=TODAY, status="in_progress", serial=1, seq=1,
                started_at=CLOCK.now(),
            )
        )  # fmt: skip
        session.flush()
        session.add(ShelfCheck(id=new_id(), visit_id=key, sku_shown=12))
    laptop.sync()
    office.do(lambda session: people.move_customers(session, ["C1"], "T2", office.now(), "office"))
    return key


@pytest.fixture
def other(tmp_path: Path, office: Office, begun: UUID) -> Laptop:
    made = Laptop(tmp_path / "other", office, "M2")
    made.sync()
    assert made.one("SELECT count(*) FROM visit WHERE id = ?", begun.hex) == 1
    return made


def test_it_is_named_and_not_counted(other: Laptop) -> None:
    day = SyncInbox(other.database, CLOCK).day()
    assert (day.visits, day.under_way, day.diagnoses, day.photos) == (0, 0, 0, 0)
    with other.database.read() as session:
        assert build_summary(session, TODAY, "r").visits == ()
    assert not is_visit_under_way(other.database)


def test_the_timeline_of_the_shop_says_whose_it_is(other: Laptop, office: Office) -> None:
    with other.database.read() as session:
        events = read_timeline(session, UUID(office.shop), TODAY - timedelta(days=1), TODAY)
    assert [(event.by, event.rated) for event in events if event.visit_id] == [("王经理", 0)]


def test_it_can_be_read_but_not_gone_on_with(other: Laptop, office: Office, begun: UUID, playbook: Playbook) -> None:
    visits = Visits(other.database, CLOCK, playbook, "M2")
    assert visits.head(begun).colleague == "王经理"
    assert visits.sheet(begun).rows[SHELF_ROW]["sku_shown"] == 12
    with pytest.raises(RuleError):
        visits.record(begun, (RowChange(SHELF_ROW, {"sku_shown": 13}),))
    with pytest.raises(RuleError):
        visits.reopen(begun)
    own = visits.plan(UUID(office.shop), TODAY)
    assert own != begun
    assert visits.head(own).colleague == ""
    visits.start(own)
    assert is_visit_under_way(other.database)


def test_the_day_is_filled_with_own_stops(other: Laptop, begun: UUID, playbook: Playbook) -> None:
    assert begun not in {stop.visit_id for stop in Days(other.database, CLOCK, playbook).open(TODAY).stops}


def test_the_digests_agree_and_no_row_seems_changed(other: Laptop) -> None:
    assert other.agrees()
    with other.database.look() as cursor:
        differing, _ = differing_rows(cursor)
    assert not differing


def test_a_visit_of_ones_own_earlier_laptop_is_ones_own(tmp_path: Path, laptop: Laptop, office: Office) -> None:
    laptop.sync()
    with laptop.edit() as session:
        session.add(Visit(customer_id=UUID(office.shop), day=TODAY, status="done", serial=1))
    laptop.sync()
    second = Laptop(tmp_path / "second", office)
    second.sync()
    assert SyncInbox(second.database, CLOCK).day().visits == 1
