"""What the improvement step knows beside the plans: earlier plans, the day to offer, the items worth a plan."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from app.domain.diagnosis import State
from app.domain.playbook import Playbook
from app.models.customer import Customer
from app.models.visit import DiagnosisRating, ImprovementPlan, Visit
from app.runtime.clock import Clock
from app.services.improvements import MOST_HINTS, HintCode, Improvements
from app.services.visit_rows import RowKind
from app.services.visits import Visits
from app.storage.database import Database
from tests.builders import a_customer, a_visit

DAY = date(2022, 4, 29)
BEFORE = DAY - timedelta(days=16)
A, B, C = State.A, State.B, State.C


class Room:
    """A shop with a visit sixteen days ago and one today."""

    def __init__(self, database: Database) -> None:
        self._database = database
        with database.deliver(source="visit") as session:
            customer = a_customer(session)
            self.customer = customer.id
            self.before = a_visit(session, customer, BEFORE, "done").id
            self.today = a_visit(session, customer, DAY).id

    def rate(self, visit: UUID, item: str, state: str, **fields: object) -> None:
        with self._database.deliver(source="visit") as session:
            session.add(DiagnosisRating(visit_id=visit, item=item, state=state, **fields))

    def plan(self, visit: UUID, item: str, current: str = "C", target: str | None = "B", **fields: object) -> UUID:
        with self._database.deliver(source="visit") as session:
            plan = ImprovementPlan(
                customer_id=self.customer,
                visit_id=visit,
                item=item,
                current_state=current,
                target_state=target,
                **{"measures": [], "support_requested": False, **fields},
            )
            session.add(plan)
            session.flush()
            return plan.id


@pytest.fixture
def room(database: Database) -> Room:
    return Room(database)


@pytest.fixture
def improvements(database: Database, playbook: Playbook) -> Improvements:
    return Improvements(database, playbook)


def test_a_new_plan_is_offered_the_day_that_the_parameters_say(
    room: Room, improvements: Improvements, playbook: Playbook
) -> None:
    days = playbook.parameters.diagnosis.due_days
    assert improvements.read(room.today).due_on == DAY + timedelta(days=days)


def test_earlier_plans_tell_when_they_were_made_and_how_they_ended(room: Room, improvements: Improvements) -> None:
    reached = room.plan(room.before, "D01", self_reached=True)
    still_open = room.plan(room.before, "D02", "B", "A", due_on=DAY)
    room.plan(room.today, "D03")
    sheet = improvements.read(room.today)
    assert set(sheet.plans) == {reached, still_open}
    plan = sheet.plans[still_open]
    assert (plan.made_on, plan.current, plan.target, plan.due, plan.reached) == (BEFORE, B, A, DAY, None)
    assert [one.id for one in sheet.plans_of("D01")] == [reached]


def test_plans_of_other_shops_and_deleted_ones_are_not_told(
    room: Room, improvements: Improvements, database: Database
) -> None:
    other = Room.__new__(Room)
    other._database = database
    with database.deliver(source="visit") as session:
        customer = a_customer(session, code="C2")
        other.customer = customer.id
        other.before = a_visit(session, customer, BEFORE, "done").id
    other.plan(other.before, "D01")
    gone = room.plan(room.before, "D02")
    with database.deliver(source="visit") as session:
        row = session.get_one(ImprovementPlan, gone)
        row.deleted_at = row.changed_at
    assert improvements.read(room.today).plans == {}


def test_what_fails_hard_or_fell_is_worth_a_plan_before_what_stayed_c(room: Room, improvements: Improvements) -> None:
    for item, before, today in (("D01", "C", "C"), ("D02", "A", "B"), ("D03", "B", "B"), ("D04", "B", "A")):
        room.rate(room.before, item, before)
        room.rate(room.today, item, today)
    room.rate(room.today, "D14", "C", k3="C")
    hints = improvements.read(room.today).hints
    assert [(hint.item, hint.code) for hint in hints] == [
        ("D14", HintCode.HARD_FAIL),
        ("D02", HintCode.FELL),
        ("D01", HintCode.STILL_C),
    ]
    assert (hints[1].last, hints[1].day) == (A, BEFORE)


def test_a_hard_fail_marked_by_hand_counts_as_one(room: Room, improvements: Improvements) -> None:
    room.rate(room.today, "D06", "C", hard_fail=True)
    assert [hint.code for hint in improvements.read(room.today).hints] == [HintCode.HARD_FAIL]


def test_an_item_that_was_c_and_was_not_looked_at_today_is_told_last(room: Room, improvements: Improvements) -> None:
    room.rate(room.before, "D05", "C")
    room.rate(room.before, "D07", "B")
    hints = improvements.read(room.today).hints
    assert [(hint.item, hint.code, hint.last) for hint in hints] == [("D05", HintCode.LAST_C, C)]


def test_an_item_with_an_open_plan_is_not_suggested_again(room: Room, improvements: Improvements) -> None:
    room.rate(room.before, "D05", "C")
    plan = room.plan(room.before, "D05")
    assert improvements.read(room.today).hints == ()
    with room._database.deliver(source="visit") as session:
        session.get_one(ImprovementPlan, plan).self_reached = False
    assert [hint.item for hint in improvements.read(room.today).hints] == ["D05"]


def test_no_more_items_are_suggested_than_a_shop_can_work_at(room: Room, improvements: Improvements) -> None:
    for number in range(1, 10):
        room.rate(room.before, f"D0{number}", "C")
    assert len(improvements.read(room.today).hints) == MOST_HINTS


def test_a_plan_assessed_today_stays_in_todays_visit_and_leaves_the_next_one(
    room: Room, database: Database, clock: Clock, playbook: Playbook
) -> None:
    plan = room.plan(room.before, "D01")
    visits = Visits(database, clock, playbook)
    with database.deliver(source="visit") as session:
        row = session.get_one(ImprovementPlan, plan)
        row.self_reached = False
        row.assessed_at = datetime.combine(DAY, datetime.now(UTC).astimezone().time()).astimezone()
        later = a_visit(session, session.get_one(Customer, room.customer), DAY + timedelta(days=7)).id
        assert session.get_one(Visit, later).day > DAY
    assert any(key.part == plan for key in visits.sheet(room.today).rows if key.kind is RowKind.PLAN)
    assert not any(key.part == plan for key in visits.sheet(later).rows if key.kind is RowKind.PLAN)
