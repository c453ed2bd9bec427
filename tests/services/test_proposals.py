"""Changes that head office decides, from the laptop to a real office and back: queued, there, decided, withdrawn."""

from collections.abc import Generator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest

from app.domain.playbook import Playbook
from app.domain.problems import Problem, RuleError
from app.domain.proposals import ProposalState, is_beside_field, state_of
from app.headoffice import conflicts
from app.headoffice.writer import SyncWriter
from app.services.customers import Customers
from app.services.proposals import Proposal, Proposals
from app.services.tasks import Tasks
from tests.sync.both.laptops import CLOCK, Laptop, Office


@pytest.fixture
def office(tmp_path: Path) -> Generator[Office]:
    made = Office(tmp_path)
    yield made
    made.close()


@pytest.fixture
def laptop(tmp_path: Path, office: Office) -> Generator[Laptop]:
    made = Laptop(tmp_path / "laptop", office)
    made.sync()
    yield made
    made.close()


@pytest.fixture
def customers(laptop: Laptop, playbook: Playbook) -> Customers:
    return Customers(laptop.database, CLOCK, playbook)


@pytest.fixture
def proposals(laptop: Laptop, playbook: Playbook) -> Proposals:
    return Proposals(laptop.database, CLOCK, playbook)


def _decide(office: Office, proposal: Proposal, *, accept: bool, note: str = "") -> None:
    with office.database.write() as session:
        writer = SyncWriter(session, office.now(), "陈科长")
        conflicts.decide_proposal(writer, str(proposal.id), accept=accept, by="陈科长", note=note or None)


def _states(proposals: Proposals) -> list[tuple[str, ProposalState]]:
    return [(str(one.new), one.state) for one in proposals.everything()]


def test_a_proposal_waits_here_then_at_head_office_and_is_accepted_with_who_and_when(
    laptop: Laptop, office: Office, customers: Customers, proposals: Proposals
) -> None:
    shop = UUID(office.shop)
    customers.change_field(shop, "shop_name", "老周便利店")
    (one,) = proposals.of_customer(shop)
    assert (one.state, one.old, one.new, one.id) == (ProposalState.QUEUED, None, "老周便利店", None)
    laptop.sync()
    (one,) = proposals.of_customer(shop)
    assert (one.state, one.new, one.can_withdraw) == (ProposalState.AT_OFFICE, "老周便利店", True)
    assert laptop.one("SELECT shop_name FROM customer") is None  # head office's value stands until it has decided
    _decide(office, one, accept=True)
    laptop.sync()
    (one,) = proposals.of_customer(shop)
    assert (one.state, one.decided_by, one.can_withdraw) == (ProposalState.ACCEPTED, "陈科长", False)
    assert one.decided_at is not None
    assert laptop.one("SELECT shop_name FROM customer") == "老周便利店"


def test_a_declined_proposal_tells_its_reason_until_it_was_seen(
    laptop: Laptop, office: Office, customers: Customers, proposals: Proposals
) -> None:
    customers.change_field(UUID(office.shop), "floor_area_m2", "42.5")
    laptop.sync()
    (one,) = proposals.everything()
    assert one.new == Decimal("42.5")
    _decide(office, one, accept=False, note="请附租赁合同")
    laptop.sync()
    assert [(one.state, one.note) for one in proposals.fresh()] == [(ProposalState.DECLINED, "请附租赁合同")]
    counts = proposals.counts()
    assert (counts.open, counts.fresh, counts.declined) == (0, 1, 1)
    proposals.look_through()
    assert proposals.fresh() == ()
    assert _states(proposals) == [("42.50", ProposalState.DECLINED)]


def test_what_was_answered_but_has_not_come_down_counts_as_with_head_office(
    laptop: Laptop, office: Office, customers: Customers, proposals: Proposals
) -> None:
    customers.change_field(UUID(office.shop), "shop_name", "老周便利店")
    laptop.client.faults = ["ok", "ok", "before"]  # hello and push arrive, the pull does not
    laptop.sync()
    assert laptop.rows("SELECT * FROM change_proposal") == []
    assert _states(proposals) == [("老周便利店", ProposalState.AT_OFFICE)]
    laptop.sync()
    assert _states(proposals) == [("老周便利店", ProposalState.AT_OFFICE)]


def test_a_proposal_that_waits_is_withdrawn_here_and_leaves_nothing(
    laptop: Laptop, office: Office, customers: Customers, proposals: Proposals
) -> None:
    shop = UUID(office.shop)
    customers.change_field(shop, "shop_name", "老周超市")
    customers.change_field(shop, "shop_name", "老周便利店")
    (one,) = proposals.everything()
    assert (one.old, one.new) == (None, "老周便利店")
    proposals.withdraw(one)
    assert laptop.one("SELECT shop_name FROM customer") is None
    assert proposals.everything() == ()
    laptop.sync()
    assert proposals.everything() == ()
    assert office.one("SELECT count(*) FROM change_proposal") == 0


def test_a_proposal_at_head_office_is_withdrawn_by_the_next_round(
    laptop: Laptop, office: Office, customers: Customers, proposals: Proposals
) -> None:
    customers.change_field(UUID(office.shop), "shop_name", "老周便利店")
    laptop.sync()
    (one,) = proposals.everything()
    proposals.withdraw(one)
    proposals.withdraw(one)
    assert _states(proposals) == [("老周便利店", ProposalState.WITHDRAWN)]
    laptop.sync()
    assert _states(proposals) == [("老周便利店", ProposalState.WITHDRAWN)]
    assert office.one("SELECT state FROM change_proposal") == "withdrawn"
    assert laptop.rows("SELECT * FROM outbox") == []
    assert laptop.rows("SELECT * FROM refused_op") == []


def test_what_was_decided_meanwhile_cannot_be_withdrawn(
    laptop: Laptop, office: Office, customers: Customers, proposals: Proposals
) -> None:
    customers.change_field(UUID(office.shop), "shop_name", "老周便利店")
    laptop.sync()
    (one,) = proposals.everything()
    _decide(office, one, accept=True)
    laptop.sync()
    with pytest.raises(RuleError) as refused:
        proposals.withdraw(one)
    assert refused.value.refusals[0].problem is Problem.CHANGED_AGAIN


def test_a_field_of_the_manager_is_no_proposal(office: Office, customers: Customers, proposals: Proposals) -> None:
    customers.change_field(UUID(office.shop), "opening_hours", "7-22")
    assert proposals.everything() == ()


def test_a_refusal_stands_beside_its_field_for_a_month_a_yes_for_a_week_and_what_is_open_for_ever() -> None:
    today = date(2022, 4, 29)
    days = {state: [by for by in (0, 7, 8, 30, 31) if is_beside_field(state, today - timedelta(days=by), today)]
            for state in ProposalState}  # fmt: skip
    assert days == {
        ProposalState.QUEUED: [0, 7, 8, 30, 31],
        ProposalState.AT_OFFICE: [0, 7, 8, 30, 31],
        ProposalState.ACCEPTED: [0, 7],
        ProposalState.DECLINED: [0, 7, 8, 30],
        ProposalState.WITHDRAWN: [],
    }


def test_an_unknown_state_of_a_later_version_is_still_with_head_office() -> None:
    assert state_of("asked_back") is ProposalState.AT_OFFICE


def test_a_task_goes_down_its_report_goes_up_and_neither_is_refused(laptop: Laptop, office: Office) -> None:
    task = "0190a000-0000-7000-8000-000000000001"
    values = {"manager": "M1", "customer_id": office.shop, "title": "核实地址", "assigned_by": "王主任",
              "assigned_at": office.now().isoformat(), "state": "assigned", "due_on": "2022-04-30"}  # fmt: skip
    office.write("task", task, values)
    laptop.sync()
    tasks = Tasks(laptop.database, CLOCK)
    (line,) = tasks.board()
    assert (line.title, line.shop) == ("核实地址", "老周食杂店")
    before = tasks.report_of(line.id)
    tasks.report_done(line.id, "地址无误")
    tasks.take_back(line.id, before)
    laptop.sync()
    assert office.one("SELECT state FROM task") == "assigned"
    tasks.accept(line.id)
    laptop.sync()
    assert not tasks.board()[0].is_waiting
    tasks.report_cannot(line.id, "店主不在")
    laptop.sync()
    assert office.one("SELECT state FROM task") == "cannot"
    tasks.report_done(line.id, "第二天办好")
    tasks.take_back(line.id)
    assert tasks.report_of(line.id).reason == "店主不在"
    tasks.report_done(line.id, "第二天办好")
    laptop.sync()
    assert (office.one("SELECT state FROM task"), office.one("SELECT report_note FROM task")) == ("done", "第二天办好")
    assert laptop.rows("SELECT * FROM refused_op") == []
    assert laptop.rows("SELECT * FROM sync_conflict") == []
    assert laptop.agrees()
