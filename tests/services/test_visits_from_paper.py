"""A visit that was written on paper and is entered later: marked, begun once, with times that can be."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.playbook import Playbook
from app.domain.problems import Problem, Refusal, RuleError
from app.domain.visit import Step, VisitStatus, refusals_of_paper_times
from app.models.customer import Customer
from app.runtime.clock import Clock
from app.services.customer_timeline import read_timeline
from app.services.visit_rows import VISIT_ROW
from app.services.visits import Visits
from app.storage.database import Database
from tests.builders import a_customer, a_visit


@pytest.fixture
def visits(database: Database, clock: Clock, playbook: Playbook) -> Visits:
    return Visits(database, clock, playbook)


@pytest.fixture
def yesterday(clock: Clock) -> date:
    return clock.today() - timedelta(days=1)


@pytest.fixture
def customer_id(database: Database) -> UUID:
    with database.write() as session:
        return a_customer(session).id


@pytest.fixture
def visit_id(visits: Visits, customer_id: UUID, yesterday: date) -> UUID:
    return visits.from_paper(customer_id, yesterday)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute)).astimezone()


def refusals(refused: pytest.ExceptionInfo[RuleError]) -> tuple[Refusal, ...]:
    return refused.value.refusals


def test_it_is_begun_marked_with_the_time_of_entry_and_opens_at_the_arrival(
    visits: Visits, clock: Clock, visit_id: UUID, yesterday: date
) -> None:
    sheet = visits.sheet(visit_id)
    assert (sheet.head.status, sheet.head.day, sheet.head.serial) == (VisitStatus.IN_PROGRESS, yesterday, 1)
    assert sheet.head.paper_entered_at is not None
    assert abs(sheet.head.paper_entered_at - clock.now()) < timedelta(minutes=1)
    assert (sheet.cursor.step, sheet.rows[VISIT_ROW]["arrived_at"]) == (Step.ARRIVAL, None)


def test_both_times_are_kept_and_the_end_adds_none(visits: Visits, visit_id: UUID, yesterday: date) -> None:
    visits.record_arrival(visit_id, arrived_at=at(yesterday, 10, 20), left_at=at(yesterday, 10, 35), met="owner")
    visits.finish(visit_id)
    head = visits.head(visit_id)
    assert (head.status, head.left_at) == (VisitStatus.DONE, at(yesterday, 10, 35))
    visits.reopen(visit_id)
    assert visits.head(visit_id).left_at == at(yesterday, 10, 35), "no clock knows when a visit on paper ended"


@pytest.mark.parametrize("known", [{}, {"arrived_at": 10}, {"left_at": 10}])
def test_it_ends_as_done_only_with_both_times(
    visits: Visits, visit_id: UUID, yesterday: date, known: dict[str, int]
) -> None:
    visits.record_arrival(visit_id, met="owner", **{name: at(yesterday, hour) for name, hour in known.items()})
    with pytest.raises(RuleError) as refused:
        visits.finish(visit_id)
    assert refusals(refused) == (Refusal(Problem.ANSWER_MISSING, Step.ARRIVAL.value),)
    assert visits.head(visit_id).status is VisitStatus.IN_PROGRESS


def test_times_that_cannot_be_are_refused_and_change_nothing(visits: Visits, visit_id: UUID, yesterday: date) -> None:
    visits.record_arrival(visit_id, arrived_at=at(yesterday, 10))
    for wrong in (
        {"arrived_at": at(yesterday + timedelta(days=1), 8)},
        {"left_at": at(yesterday, 9, 59)},
        {"arrived_at": at(yesterday - timedelta(days=1), 10)},
    ):
        with pytest.raises(RuleError) as refused:
            visits.record_arrival(visit_id, **wrong)
        assert {one.problem for one in refusals(refused)} == {Problem.BAD_VALUE}
    head = visits.head(visit_id)
    assert (head.arrived_at, head.left_at) == (at(yesterday, 10), None)


def test_a_visit_at_the_shop_says_itself_when_it_ended(visits: Visits, customer_id: UUID, clock: Clock) -> None:
    visit_id = visits.plan(customer_id, clock.today())
    with pytest.raises(RuleError) as refused:
        visits.record_arrival(visit_id, left_at=clock.now())
    assert refusals(refused) == (Refusal(Problem.READ_ONLY_FIELD, "left_at"),)


def test_what_is_entered_twice_stays_one_visit(
    visits: Visits, customer_id: UUID, visit_id: UUID, yesterday: date
) -> None:
    first = visits.head(visit_id)
    assert visits.from_paper(customer_id, yesterday) == visit_id
    again = visits.head(visit_id)
    assert (again.serial, again.paper_entered_at) == (first.serial, first.paper_entered_at)


def test_a_shop_that_was_visited_that_day_is_not_begun_again(
    visits: Visits, database: Database, customer_id: UUID, yesterday: date
) -> None:
    planned = visits.plan(customer_id, yesterday)
    with database.write() as session:
        a_visit(session, session.get_one(Customer, customer_id), yesterday, VisitStatus.DONE.value)
    with pytest.raises(RuleError) as refused:
        visits.enter_from_paper(planned)
    assert refusals(refused) == (Refusal(Problem.ALREADY_COMPLETED),)
    assert visits.head(planned).status is VisitStatus.PLANNED


def test_no_paper_comes_from_a_day_ahead(visits: Visits, customer_id: UUID, clock: Clock) -> None:
    planned = visits.plan(customer_id, clock.today() + timedelta(days=1))
    with pytest.raises(RuleError) as refused:
        visits.enter_from_paper(planned)
    assert refusals(refused) == (Refusal(Problem.BAD_VALUE, "day"),)
    assert visits.head(planned).serial is None


def test_the_timeline_tells_it_from_a_visit_at_the_shop(
    visits: Visits, database: Database, customer_id: UUID, visit_id: UUID, yesterday: date
) -> None:
    visits.start(visits.plan(customer_id, yesterday + timedelta(days=1)))
    with database.read() as session:
        events = read_timeline(session, customer_id, yesterday, yesterday + timedelta(days=1))
    assert {event.visit_id: event.from_paper for event in events}.pop(visit_id) is True
    assert sorted(event.from_paper for event in events) == [False, True]


_MINUTES = st.integers(-2 * 1440, 2 * 1440)


@given(arrived=st.none() | _MINUTES, left=st.none() | _MINUTES, now=st.integers(0, 1439))
def test_times_are_refused_exactly_if_they_lie_ahead_on_another_day_or_the_wrong_way_round(
    arrived: int | None, left: int | None, now: int
) -> None:
    day = date(2026, 5, 12)
    midnight = at(day, 0)
    came, went = (None if minute is None else midnight + timedelta(minutes=minute) for minute in (arrived, left))
    found = refusals_of_paper_times(day, came, went, midnight + timedelta(minutes=now))
    known = [minute for minute in (arrived, left) if minute is not None]
    assert (not found) == (all(0 <= minute <= now for minute in known) and known == sorted(known))
