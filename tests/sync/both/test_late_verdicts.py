"""What became of a parked record reaches the laptop that made it, once: taken in after all, or refused by a person."""

import json
from dataclasses import dataclass
from uuid import UUID

import pytest
from sqlalchemy import update

from app.headoffice import parked
from app.headoffice.models import Replica
from app.models.customer import Customer
from app.models.visit import Visit
from app.runtime.ids import new_id
from app.services.sync_inbox import SyncInbox
from app.storage.facts import read_fact
from app.sync.delivery import delivery_state
from app.sync.engine import Outcome
from app.sync.protocol import Trouble, VerdictsAnswer, VerdictsRequest
from app.sync.state import REPLICA
from app.sync.trouble import Refused
from tests.sync.both.laptops import CLOCK, Laptop, Office

_RECORD = 'SELECT status, reason, state, "set" FROM refused_op'


@dataclass(frozen=True)
class Parked:
    """A visit that head office keeps apart, since it does not know the shop."""

    shop: UUID
    visit: UUID
    replica: str
    no: int


@pytest.fixture
def record(laptop: Laptop, office: Office) -> Parked:
    """Give a laptop whose visit at a shop of its own file is parked."""
    laptop.sync()
    made = Parked(new_id(), new_id(), read_fact(laptop.database, REPLICA) or "", 1)
    with laptop.database.deliver("import") as session:
        session.add(Customer(id=made.shop, cust_code="C9", cust_name="新店"))
    with laptop.edit() as session:
        session.add(Visit(id=made.visit, customer_id=made.shop, day=CLOCK.today(), status="done", need_note="缺货"))
    assert laptop.sync().verdicts == {"parked": 1}
    assert office.one("SELECT count(*) FROM sync_parked") == 1
    return made


def _drop(office: Office, record: Parked, note: str) -> None:
    office.do(lambda session: parked.drop(session, record.replica, record.no, note))


def _events(laptop: Laptop) -> list[str]:
    return [
        detail for (detail,) in laptop.rows("SELECT detail FROM sync_log WHERE event = 'late_verdicts' ORDER BY no")
    ]


def test_a_record_that_head_office_set_aside_is_told_once_with_the_reason(
    laptop: Laptop, office: Office, record: Parked
) -> None:
    _drop(office, record, "店名有误")
    for _ in range(3):
        assert laptop.sync().outcome is Outcome.DONE
    [(status, reason, state, kept)] = laptop.rows(_RECORD)
    assert (status, reason, state) == ("invalid", "dropped_by_office: 店名有误", "open")
    assert json.loads(kept)["need_note"] == "缺货"
    assert _events(laptop) == ['{"refused": 1}']
    assert laptop.client.calls.count("verdicts") == 2, "asked after it was parked and once more, then never again"
    assert [one.reason for one in SyncInbox(laptop.database, CLOCK).refused()] == [reason]
    assert laptop.rows("SELECT need_note FROM visit") == [("缺货",)], "the entry itself stays"
    assert laptop.rows("SELECT status, reason FROM sent_op") == [(status, reason)]


def test_a_record_that_was_put_off_the_list_is_news_again_when_it_is_refused(
    laptop: Laptop, office: Office, record: Parked
) -> None:
    inbox = SyncInbox(laptop.database, CLOCK)
    [parked_one] = inbox.refused()
    inbox.set_aside(parked_one.id)
    laptop.sync()
    assert inbox.refused() == ()
    _drop(office, record, "重复")
    laptop.sync()
    assert [one.id for one in inbox.refused()] == [parked_one.id]
    inbox.set_aside(parked_one.id)
    laptop.sync()
    assert inbox.refused() == (), "told once"


def test_a_record_that_was_taken_in_after_all_needs_nobody_any_more(
    laptop: Laptop, office: Office, record: Parked
) -> None:
    office.write("customer", str(record.shop), {"cust_code": "C9", "cust_name": "新店"}, scope="terr:T1")
    result = laptop.sync()
    assert office.one("SELECT count(*) FROM visit") == 1
    assert laptop.rows("SELECT status, state FROM refused_op") == [("applied", "taken")]
    assert result.overview is not None
    assert result.overview.refused == 0
    assert _events(laptop) == ['{"taken": 1}']
    assert laptop.agrees()
    with laptop.database.read() as session:
        delivery = delivery_state(session, record.visit)
    assert (delivery.delivered, delivery.rows_confirmed, delivery.rows_refused) == (True, 1, 0)


def test_a_visit_that_head_office_set_aside_does_not_count_as_delivered(
    laptop: Laptop, office: Office, record: Parked
) -> None:
    for _ in range(2):
        with laptop.database.read() as session:
            delivery = delivery_state(session, record.visit)
        assert (delivery.delivered, delivery.rows_waiting, delivery.rows_refused) == (False, 0, 1)
        if office.one("SELECT count(*) FROM sync_parked"):
            _drop(office, record, "重复")
        laptop.sync()


@pytest.mark.parametrize("fault", ["before", "after"])
def test_an_answer_that_is_lost_is_asked_for_again(laptop: Laptop, office: Office, record: Parked, fault: str) -> None:
    _drop(office, record, "重复")
    laptop.client.faults = ["ok", fault]
    assert laptop.sync().outcome is Outcome.OFFLINE
    assert laptop.rows("SELECT status FROM refused_op") == [("parked",)]
    laptop.sync()
    assert laptop.rows("SELECT status FROM refused_op") == [("invalid",)]
    assert _events(laptop) == ['{"refused": 1}']


def test_what_is_parked_of_a_replica_before_a_fork_is_told_to_the_one_after_it(
    laptop: Laptop, office: Office, record: Parked
) -> None:
    office.do(lambda session: session.execute(update(Replica).values(state="forked")))
    with laptop.edit() as session:
        session.get_one(Visit, record.visit).wrap_note = "再去"
    laptop.sync()
    assert read_fact(laptop.database, REPLICA) != record.replica
    _drop(office, record, "重复")
    laptop.sync()
    assert ("invalid", "dropped_by_office: 重复") in laptop.rows("SELECT status, reason FROM refused_op")


@pytest.mark.usefixtures("record")
def test_nothing_is_told_of_another_managers_record(laptop: Laptop, office: Office) -> None:
    [(one,)] = laptop.rows("SELECT id FROM refused_op")
    other = Laptop(laptop.folder.root.parent / "other", office, "M2")
    replica = read_fact(other.database, REPLICA) or ""
    assert other.client.verdicts(VerdictsRequest(replica=replica, ids=(one, str(new_id())))).results == ()
    other.close()


def test_a_head_office_that_is_older_than_the_call_is_asked_again_later(
    laptop: Laptop, office: Office, record: Parked, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(_request: VerdictsRequest) -> VerdictsAnswer:
        raise Refused(Trouble(error="not_found"))

    _drop(office, record, "重复")
    with monkeypatch.context() as patch:
        patch.setattr(laptop.client, "verdicts", unknown)
        assert laptop.sync().outcome is Outcome.DONE
    assert laptop.rows("SELECT status FROM refused_op") == [("parked",)]
    laptop.sync()
    assert laptop.rows("SELECT status FROM refused_op") == [("invalid",)]
