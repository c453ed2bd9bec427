"""What a person does with a visit, over a real store."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from app.domain.playbook import Playbook
from app.domain.problems import Problem, RuleError
from app.domain.visit import Step, VisitStatus
from app.models.local import OutboxEntry
from app.models.visit import StockCount
from app.runtime.clock import Clock
from app.services.visit_reading import Place
from app.services.visit_rows import (
    DELETED,
    SHELF_ROW,
    VISIT_ROW,
    RowChange,
    RowKey,
    RowKind,
    new_row,
    rating_row,
    stock_row,
)
from app.services.visits import Visits
from app.storage.database import Database
from tests.builders import a_customer, a_product

DAY = date(2022, 4, 29)


@pytest.fixture
def visits(database: Database, clock: Clock, playbook: Playbook) -> Visits:
    return Visits(database, clock, playbook)


@pytest.fixture
def customer_id(database: Database) -> UUID:
    with database.write() as session:
        return a_customer(session).id


@pytest.fixture
def visit_id(visits: Visits, customer_id: UUID) -> UUID:
    return visits.plan(customer_id, DAY)


@pytest.fixture
def product_id(database: Database) -> UUID:
    with database.write() as session:
        return a_product(session).id


def outbox(database: Database, table: str) -> list[OutboxEntry]:
    with database.read() as session:
        rows = select(OutboxEntry).where(OutboxEntry.table == table).order_by(OutboxEntry.no)
        return list(session.scalars(rows))


def problems(refused: pytest.ExceptionInfo[RuleError]) -> list[Problem]:
    return [one.problem for one in refused.value.refusals]


def test_planning_the_same_shop_twice_on_a_day_gives_the_same_visit(visits: Visits, customer_id: UUID) -> None:
    first = visits.plan(customer_id, DAY, reasons=("order_day_today",), seq=3)
    assert visits.plan(customer_id, DAY) == first
    assert visits.plan(customer_id, DAY + timedelta(days=1)) != first
    head = visits.head(first)
    assert (head.status, head.reasons, head.seq, head.serial) == (VisitStatus.PLANNED, ("order_day_today",), 3, None)


def test_a_shop_whose_visit_was_ended_can_be_planned_again_on_the_same_day(visits: Visits, customer_id: UUID) -> None:
    first = visits.plan(customer_id, DAY)
    visits.end_otherwise(first, VisitStatus.CLOSED, "not_open")
    assert visits.plan(customer_id, DAY) != first


def test_a_visit_of_nobody_cannot_be_planned(visits: Visits, visit_id: UUID) -> None:
    with pytest.raises(RuleError) as refused:
        visits.plan(visit_id, DAY)
    assert problems(refused) == [Problem.NOT_FOUND]


def test_visits_are_numbered_without_gaps_as_they_begin_and_keep_the_playbook(
    visits: Visits, customer_id: UUID, playbook: Playbook
) -> None:
    ids = [visits.plan(customer_id, DAY + timedelta(days=ahead)) for ahead in range(3)]
    for visit_id in reversed(ids):
        visits.start(visit_id)
        visits.start(visit_id)
    assert [visits.head(visit_id).serial for visit_id in ids] == [3, 2, 1]
    version = f"{playbook.diagnosis.id}@{playbook.diagnosis.version}"
    assert visits.head(ids[0]).playbook_version == version


def test_the_first_field_begins_a_planned_visit_but_looking_at_it_does_not(visits: Visits, visit_id: UUID) -> None:
    visits.sheet(visit_id)
    visits.save_cursor(visit_id, Step.BRIEF, "read")
    assert visits.head(visit_id).status is VisitStatus.PLANNED
    visits.record_arrival(visit_id, met="owner")
    head = visits.head(visit_id)
    assert (head.status, head.serial) == (VisitStatus.IN_PROGRESS, 1)
    assert head.started_at is not None


def test_what_was_recorded_is_read_back_with_the_place(visits: Visits, visit_id: UUID, product_id: UUID) -> None:
    arrived = Clock(DAY).now()
    plan = new_row(RowKind.PLAN)
    changes = (
        RowChange(VISIT_ROW, {"arrived_at": arrived, "met": "owner", "met_note": "老板娘在"}),
        RowChange(stock_row(product_id), {"on_hand": 9, "retail_price": 1200, "has_tag": False}),
        RowChange(SHELF_ROW, {"sku_shown": 19, "minors_sign": True, "note": "灯坏"}),
        RowChange(rating_row("D01"), {"k1": "A", "state": "B"}),
        RowChange(plan, {"item": "D01", "current_state": "C", "target_state": "B", "measures": ("D01-1", "D01-2")}),
    )
    visits.record(visit_id, changes, Place(Step.SHELF, "note"))
    visits.record(visit_id, (), Place(Step.STOCK, "P1|on_hand"))
    sheet = visits.sheet(visit_id)
    for change in changes:
        row = sheet.rows[change.key]
        assert {name: row[name] for name in change.values} == change.values
    assert sheet.rows[plan]["visit_id"] == visit_id
    assert sheet.cursor.step is Step.STOCK
    assert sheet.cursor.fields == {Step.SHELF: "note", Step.STOCK: "P1|on_hand"}


def test_a_field_is_one_entry_in_the_outbox_that_later_fields_join(
    visits: Visits, visit_id: UUID, product_id: UUID, database: Database
) -> None:
    visits.record_stock(visit_id, product_id, on_hand=9)
    visits.record_stock(visit_id, product_id, on_hand=8, has_tag=True)
    visits.record_stock(visit_id, product_id, on_hand=8)
    (entry,) = outbox(database, "stock_count")
    assert (entry.kind, entry.base, entry.state) == ("insert", 0, "pending")
    assert entry.values == {
        "visit_id": str(visit_id),
        "product_id": str(product_id),
        "on_hand": 8,
        "has_tag": True,
    }


def test_a_field_of_a_row_that_head_office_knows_goes_up_as_a_patch_on_its_revision(
    visits: Visits, visit_id: UUID, product_id: UUID, database: Database
) -> None:
    visits.record_stock(visit_id, product_id, on_hand=9, retail_price=1200)
    with database.deliver("sync") as session:
        session.query(OutboxEntry).delete()
        session.query(StockCount).one().revision = 7
    visits.record_stock(visit_id, product_id, on_hand=9, retail_price=None)
    visits.record_stock(visit_id, product_id, has_tag=True)
    (entry,) = outbox(database, "stock_count")
    assert (entry.kind, entry.base, entry.values) == ("patch", 7, {"retail_price": None, "has_tag": True})


def test_an_entry_that_is_on_its_way_up_is_not_changed_any_more(
    visits: Visits, visit_id: UUID, product_id: UUID, database: Database
) -> None:
    visits.record_stock(visit_id, product_id, on_hand=9)
    with database.deliver("sync") as session:
        for entry in session.query(OutboxEntry):
            entry.state = "sent"
    visits.record_stock(visit_id, product_id, on_hand=4)
    assert [(one.kind, one.state, one.values.get("on_hand")) for one in outbox(database, "stock_count")] == [
        ("insert", "sent", 9),
        ("patch", "pending", 4),
    ]


def test_a_removed_step_can_be_put_back_and_goes_up_as_delete_and_undelete(
    visits: Visits, visit_id: UUID, database: Database
) -> None:
    promise = new_row(RowKind.PROMISE)
    visits.record(visit_id, (RowChange(promise, {"text": "补齐价签", "by_shop": False}),))
    visits.record(visit_id, (RowChange(promise, {DELETED: True}),))
    assert promise not in visits.sheet(visit_id).rows
    visits.record(visit_id, (RowChange(promise, {DELETED: False, "text": "补齐 6 张"}),))
    assert visits.sheet(visit_id).rows[promise]["text"] == "补齐 6 张"
    assert [entry.kind for entry in outbox(database, "promise")] == ["insert", "delete", "undelete"]


def test_open_plans_and_promises_of_earlier_visits_come_along_until_they_are_settled(
    visits: Visits, visit_id: UUID, customer_id: UUID
) -> None:
    promise, plan = new_row(RowKind.PROMISE), new_row(RowKind.PLAN)
    made = (RowChange(promise, {"text": "t"}), RowChange(plan, {"item": "D01", "current_state": "C"}))
    visits.record(visit_id, made)
    later = visits.plan(customer_id, DAY + timedelta(days=14))
    assert {promise, plan} <= visits.sheet(later).rows.keys()
    visits.record(later, (RowChange(promise, {"done_on": DAY}), RowChange(plan, {"self_reached": True})))
    latest = visits.plan(customer_id, DAY + timedelta(days=28))
    assert not {promise, plan} & visits.sheet(latest).rows.keys()
    assert visits.sheet(visit_id).rows[promise]["done_on"] == DAY


def test_a_plan_of_another_customer_is_refused_and_nothing_of_the_batch_is_kept(
    visits: Visits, visit_id: UUID, product_id: UUID, database: Database
) -> None:
    with database.write() as session:
        other = a_customer(session, code="C2").id
    plan = new_row(RowKind.PLAN)
    visits.record(visits.plan(other, DAY), (RowChange(plan, {"item": "D01", "current_state": "C"}),))
    batch = (RowChange(stock_row(product_id), {"on_hand": 1}), RowChange(plan, {"item": "D02"}))
    with pytest.raises(RuleError) as refused:
        visits.record(visit_id, batch)
    assert problems(refused) == [Problem.NOT_FOUND]
    assert stock_row(product_id) not in visits.sheet(visit_id).rows
    assert visits.head(visit_id).status is VisitStatus.PLANNED


@pytest.mark.parametrize(
    ("row", "field"),
    [(VISIT_ROW, "status"), (VISIT_ROW, "serial"), (SHELF_ROW, "visit_id"), (rating_row("D01"), "revision")],
)
def test_fields_that_are_not_the_persons_are_refused(visits: Visits, visit_id: UUID, row: RowKey, field: str) -> None:
    with pytest.raises(RuleError) as refused:
        visits.record(visit_id, (RowChange(row, {field: 1}),))
    assert problems(refused) == [Problem.READ_ONLY_FIELD]


def test_a_finished_visit_takes_no_more_fields_until_it_is_taken_up_again(visits: Visits, visit_id: UUID) -> None:
    visits.record_arrival(visit_id, met="owner")
    visits.finish(visit_id)
    head = visits.head(visit_id)
    assert head.status is VisitStatus.DONE
    assert head.left_at is not None
    assert head.arrived_at is None  # nobody said when: it is not made up
    with pytest.raises(RuleError) as refused:
        visits.record_arrival(visit_id, met="staff")
    assert problems(refused) == [Problem.ALREADY_COMPLETED]
    visits.reopen(visit_id)
    visits.record_arrival(visit_id, met="staff")
    assert visits.sheet(visit_id).rows[VISIT_ROW]["met"] == "staff"
    assert visits.head(visit_id).serial == head.serial


def test_a_visit_that_never_began_cannot_be_finished(visits: Visits, visit_id: UUID) -> None:
    with pytest.raises(RuleError) as refused:
        visits.finish(visit_id)
    assert problems(refused) == [Problem.ANSWER_MISSING]


@pytest.mark.parametrize("outcome", [VisitStatus.MOVED, VisitStatus.CLOSED, VisitStatus.REFUSED, VisitStatus.CANCELLED])
def test_every_other_ending_needs_a_reason(visits: Visits, visit_id: UUID, outcome: VisitStatus) -> None:
    with pytest.raises(RuleError) as refused:
        visits.end_otherwise(visit_id, outcome, "  ")
    assert problems(refused) == [Problem.REASON_MISSING]
    visits.end_otherwise(visit_id, outcome, "other", "门锁着")
    head = visits.head(visit_id)
    assert (head.status, head.end_reason, head.end_note) == (outcome, "other", "门锁着")


def test_a_moved_visit_keeps_its_new_day_which_lies_ahead(visits: Visits, visit_id: UUID) -> None:
    with pytest.raises(RuleError):
        visits.end_otherwise(visit_id, VisitStatus.MOVED, "weather", moved_to=DAY)
    visits.end_otherwise(visit_id, VisitStatus.MOVED, "weather", moved_to=DAY + timedelta(days=3))
    assert visits.head(visit_id).moved_to == DAY + timedelta(days=3)
    visits.reopen(visit_id)
    assert visits.head(visit_id).status is VisitStatus.PLANNED
    assert visits.head(visit_id).moved_to is None


def test_the_visit_that_was_under_way_is_restored_with_what_is_there(
    visits: Visits, visit_id: UUID, product_id: UUID
) -> None:
    assert visits.open_visit() is None
    visits.record(visit_id, (RowChange(stock_row(product_id), {"on_hand": 3}),), Place(Step.STOCK, "P1|on_hand"))
    restored = visits.open_visit()
    assert restored is not None
    assert (restored.visit_id, restored.customer_name) == (visit_id, "老周食杂店")
    assert restored.place == Place(Step.STOCK, "P1|on_hand")
    assert restored.counts[RowKind.STOCK] == 1
    assert restored.last_saved is not None
    visits.finish(visit_id)
    assert visits.open_visit() is None


def test_of_two_visits_under_way_the_one_touched_last_is_restored(visits: Visits, customer_id: UUID) -> None:
    ids = [visits.plan(customer_id, DAY + timedelta(days=ahead)) for ahead in range(2)]
    for visit_id in (*ids, ids[0]):
        visits.record(visit_id, (RowChange(VISIT_ROW, {"met": "owner"}),), Place(Step.ARRIVAL, "met"))
    restored = visits.open_visit()
    assert restored is not None
    assert restored.visit_id == ids[0]


def test_restoring_never_saves_anything(visits: Visits, visit_id: UUID, database: Database) -> None:
    visits.record_arrival(visit_id, met="owner")
    before = [(entry.no, entry.values) for entry in outbox(database, "visit")]
    visits.sheet(visit_id)
    visits.open_visit()
    assert [(entry.no, entry.values) for entry in outbox(database, "visit")] == before
