"""Tasks of head office on the laptop: accepted, reported, refused, taken back, and what goes up of that."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from app.domain.problems import Problem, RuleError
from app.domain.tasks import STEPS, Due, Report, TaskState, due_of, evidence_item, evidence_of, refusals_to_report
from app.models.exchange import Task
from app.models.local import OutboxEntry
from app.runtime.clock import Clock
from app.services.tasks import Tasks
from app.storage.database import Database
from app.sync.core.deciding import TASK_STEPS
from tests.builders import a_customer, a_visit

TODAY = date(2022, 4, 29)


@pytest.fixture
def tasks(database: Database, clock: Clock) -> Tasks:
    return Tasks(database, clock)


def a_task(database: Database, title: str = "核实地址", due: date | None = None, **fields: Any) -> UUID:
    """Deliver a task as head office does."""
    values = {"manager": "M1", "assigned_by": "王主任", "assigned_at": datetime(2022, 4, 25, tzinfo=UTC)} | fields
    with database.deliver("head office") as session:
        row = Task(title=title, due_on=due, revision=1, **values)
        session.add(row)
        session.flush()
        return row.id


def _waiting(database: Database) -> list[dict[str, Any]]:
    with database.read() as session:
        rows = session.scalars(select(OutboxEntry).where(OutboxEntry.table == "task").order_by(OutboxEntry.no))
        return [dict(row.values) for row in rows]


def _send(database: Database) -> None:
    """Let everything that waits be on its way."""
    with database.note() as cursor:
        cursor.execute("UPDATE outbox SET state = 'sending'")


def test_the_steps_of_a_manager_are_those_by_which_head_office_decides() -> None:
    ours = {state.value: {one.value for one in steps} for state, steps in STEPS.items()}
    assert ours == {state: set(steps) for state, steps in TASK_STEPS.items()}


def test_a_task_is_overdue_the_day_after_its_day() -> None:
    days = {-1: Due.OVERDUE, 0: Due.TODAY, 1: Due.SOON, 2: Due.SOON, 3: Due.LATER}
    assert {by: due_of(TODAY + timedelta(days=by), TODAY) for by in days} == days
    assert due_of(None, TODAY) is Due.NONE


def test_a_photo_names_the_task_whose_evidence_it_is() -> None:
    task = UUID(int=7)
    assert evidence_of(evidence_item(task)) == task
    assert [evidence_of(item) for item in (None, "D03", "task:x")] == [None, None, None]


def test_the_most_urgent_task_stands_first_and_one_without_a_day_last(database: Database, tasks: Tasks) -> None:
    for title, due in (("ohne", None), ("later", date(2022, 5, 9)), ("late", date(2022, 4, 20)), ("today", TODAY)):
        a_task(database, title, due)
    assert [(line.title, line.due) for line in tasks.board()] == [
        ("late", Due.OVERDUE),
        ("today", Due.TODAY),
        ("later", Due.LATER),
        ("ohne", Due.NONE),
    ]


def test_a_task_of_a_shop_tells_its_shop_and_is_found_by_it(database: Database, tasks: Tasks) -> None:
    with database.write() as session:
        shop = a_customer(session, shop_name="老周").id
        other = a_customer(session, "C2").id
    a_task(database, customer_id=shop)
    assert [(line.shop, line.code) for line in tasks.of_customer(shop)] == [("老周", "C1")]
    assert tasks.of_customer(other) == ()


def test_accepting_sends_only_what_is_the_managers_to_say(database: Database, tasks: Tasks) -> None:
    task = a_task(database)
    tasks.accept(task)
    assert _waiting(database) == [{"state": "accepted"}]
    (line,) = tasks.board()
    assert (line.state, line.is_waiting, line.can_take_back) == (TaskState.ACCEPTED, True, True)


def test_a_report_carries_words_visit_and_moment_and_stays_in_view(database: Database, tasks: Tasks) -> None:
    with database.write() as session:
        shop = a_customer(session)
        visit = a_visit(session, shop, TODAY).id
    task = a_task(database, customer_id=shop.id)
    tasks.report_done(task, "  价签已补齐 ", visit)
    (sent,) = _waiting(database)
    assert (sent["state"], sent["report_note"], sent["report_visit_id"]) == ("done", "价签已补齐", str(visit))
    assert datetime.fromisoformat(sent["reported_at"]).date() == TODAY
    (line,) = tasks.board()
    assert (line.state, line.note, line.visit_id) == (TaskState.DONE, "价签已补齐", visit)


def test_what_cannot_be_done_needs_a_reason(database: Database, tasks: Tasks) -> None:
    task = a_task(database)
    with pytest.raises(RuleError) as refused:
        tasks.report_cannot(task, "  ")
    assert [one.problem for one in refused.value.refusals] == [Problem.REASON_MISSING]
    assert _waiting(database) == []
    tasks.report_cannot(task, "店已停业")
    assert tasks.board()[0].reason == "店已停业"


def test_a_task_that_could_not_be_done_can_be_done_after_all(database: Database, tasks: Tasks) -> None:
    task = a_task(database)
    tasks.report_cannot(task, "店主不在")
    _send(database)
    tasks.report_done(task, "第二天办好")
    assert (line := tasks.board()[0]).state is TaskState.DONE
    assert line.reason == ""


def test_a_task_that_is_done_takes_no_other_step(database: Database, tasks: Tasks) -> None:
    task = a_task(database)
    tasks.report_done(task)
    for step in (lambda: tasks.accept(task), lambda: tasks.report_cannot(task, "x")):
        with pytest.raises(RuleError) as refused:
            step()
        assert refused.value.refusals[0].problem is Problem.CHANGED_AGAIN


def test_what_has_not_been_sent_is_taken_back_to_the_step_before(database: Database, tasks: Tasks) -> None:
    task = a_task(database)
    tasks.accept(task)
    before = tasks.report_of(task)
    tasks.report_done(task, "办好了")
    tasks.take_back(task, before)
    assert tasks.report_of(task) == Report(TaskState.ACCEPTED)
    tasks.take_back(task)
    assert tasks.report_of(task) == Report(TaskState.ASSIGNED)
    assert tasks.board()[0].reported_at is None
    (sent,) = _waiting(database)
    assert sent["state"] == "assigned"  # head office holds that already, so nothing is changed there


def test_what_is_on_its_way_cannot_be_taken_back(database: Database, tasks: Tasks) -> None:
    task = a_task(database)
    tasks.report_done(task)
    _send(database)
    assert not tasks.board()[0].can_take_back
    with pytest.raises(RuleError):
        tasks.take_back(task)
    assert tasks.report_of(task).state is TaskState.DONE


def test_a_step_is_not_taken_back_past_what_is_on_its_way(database: Database, tasks: Tasks) -> None:
    task = a_task(database)
    before = tasks.report_of(task)
    tasks.accept(task)
    _send(database)
    tasks.report_done(task)
    with pytest.raises(RuleError):
        tasks.take_back(task, before)
    tasks.take_back(task)
    assert tasks.report_of(task).state is TaskState.ACCEPTED


def test_a_cancelled_task_can_only_be_reported_done() -> None:
    states = {state for state in TaskState if not refusals_to_report(TaskState.CANCELLED, Report(state, reason="x"))}
    assert states == {TaskState.DONE}


def test_old_reports_leave_the_board(database: Database, tasks: Tasks) -> None:
    long_ago = datetime(2022, 4, 1, tzinfo=UTC)
    a_task(database, "old", state="done", reported_at=long_ago)
    a_task(database, "new", state="done", reported_at=datetime(2022, 4, 28, 9, tzinfo=UTC))
    assert [line.title for line in tasks.board()] == ["new"]
