"""The read-back of a visit: what was found, when to come again, what waits, and which shop is next."""

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from sqlalchemy import func, select

from app.domain.diagnosis import State
from app.domain.visit import VisitStatus
from app.models.customer import Customer
from app.models.local import OutboxEntry
from app.models.visit import AdviceLine, DiagnosisRating, ShelfCheck, StockCount
from app.runtime.clock import Clock
from app.services.guidance import trade_rule
from app.services.wrap_ups import StateChange, WrapUps
from app.storage.database import Database
from app.storage.facts import PRACTICE, write_fact
from tests.builders import a_customer, a_product, a_visit, an_order

if TYPE_CHECKING:
    from app.domain.playbook import Playbook

DAY = date(2022, 4, 29)  # a Friday
START = datetime(2022, 4, 29, 9).astimezone()


@pytest.fixture
def wrap_ups(database: Database, clock: Clock, playbook: "Playbook") -> WrapUps:
    return WrapUps(database, clock, playbook, trade_rule(playbook))


@pytest.fixture
def visit(database: Database) -> UUID:
    with database.write() as session:
        customer = a_customer(session, order_weekday=2)
        return a_visit(session, customer, DAY, started_at=START).id


def _customer(database: Database) -> Customer:
    with database.read() as session:
        return session.scalars(select(Customer)).one()


def test_an_empty_visit_reads_back_nothing_and_no_zeros_as_findings(wrap_ups: WrapUps, visit: UUID) -> None:
    read = wrap_ups.read_back(visit)
    assert (read.counted, read.out_of_stock, read.no_tag, read.shelf_wrong) == (0, (), (), ())
    assert (read.shown, read.judged, read.order) == ((None, None), (), None)


def test_counts_of_zero_and_missing_tags_are_named(database: Database, wrap_ups: WrapUps, visit: UUID) -> None:
    with database.write() as session:
        values = (("雅韵(硬)", 0, True), ("云岭(细支)", 3, False), ("大河(硬)", None, None))
        for no, (name, on_hand, has_tag) in enumerate(values, 1):
            product = a_product(session, no, name=name)
            session.add(StockCount(visit_id=visit, product_id=product.id, on_hand=on_hand, has_tag=has_tag))
    read = wrap_ups.read_back(visit)
    assert (read.counted, read.out_of_stock, read.no_tag) == (2, ("雅韵(硬)",), ("云岭(细支)",))


def test_of_the_shelf_only_a_no_is_read_back_the_law_first(database: Database, wrap_ups: WrapUps, visit: UUID) -> None:
    with database.write() as session:
        session.add(
            ShelfCheck(visit_id=visit, fixture_ok=False, minors_sign=False, in_order=True, sku_shown=21, sku_tagged=19)
        )
    read = wrap_ups.read_back(visit)
    assert (read.shelf_wrong, read.shown) == (("minors_sign", "fixture_ok"), (21, 19))


def test_a_judged_item_carries_its_newest_state_of_before(database: Database, wrap_ups: WrapUps, visit: UUID) -> None:
    customer = _customer(database)
    with database.write() as session:
        for weeks, state in ((8, "C"), (4, "B")):
            day = DAY - timedelta(weeks=weeks)
            earlier = a_visit(session, customer, day, "done", started_at=START - timedelta(weeks=weeks))
            session.add(DiagnosisRating(visit_id=earlier.id, item="D01", state=state))
        session.add(DiagnosisRating(visit_id=visit, item="D01", state="A"))
        session.add(DiagnosisRating(visit_id=visit, item="D02", state="C"))
        session.add(DiagnosisRating(visit_id=visit, item="D03", k1="A"))
    assert wrap_ups.read_back(visit).judged == (
        StateChange("D01", State.B, State.A),
        StateChange("D02", None, State.C),
    )


def test_the_agreed_order_adds_up_what_stands(database: Database, wrap_ups: WrapUps, visit: UUID) -> None:
    customer = _customer(database)
    with database.write() as session:
        products = [a_product(session, no, name=f"品规{no}", wholesale_price=10000) for no in (1, 2, 3)]
        for week in range(1, 8):
            an_order(session, customer, DAY - timedelta(days=7 * week), dict.fromkeys(products, 5))
        numbers = ((6, None), (6, 2), (0, None))
        for product, (suggested, agreed) in zip(products, numbers, strict=True):
            session.add(AdviceLine(visit_id=visit, product_id=product.id, suggested=suggested, agreed=agreed))
    order = wrap_ups.read_back(visit).order
    assert order is not None
    assert (order.skus, order.totals.quantity, order.totals.amount, order.changed) == (2, 8, 80000, 1)


def test_the_next_visit_follows_cycle_and_order_day(database: Database, wrap_ups: WrapUps, visit: UUID) -> None:
    found = wrap_ups.read_back(visit).next_visit
    assert (found.day, found.every_days) == (date(2022, 5, 31), 30)
    with database.deliver("head office") as session:
        session.scalars(select(Customer)).one().visit_cycle_type = "weekly"
    assert wrap_ups.read_back(visit).next_visit.day == date(2022, 5, 3)


def test_after_the_end_what_waits_is_counted_and_never_called_sent(
    database: Database, wrap_ups: WrapUps, visit: UUID
) -> None:
    with database.write() as session:
        session.add(DiagnosisRating(visit_id=visit, item="D01", state="A"))
    after = wrap_ups.after_end(visit)
    with database.read() as session:
        waiting = session.scalar(select(func.count()).select_from(OutboxEntry))
    assert waiting
    assert after.waiting == waiting
    assert after.status is VisitStatus.IN_PROGRESS
    assert after.next_shop is None
    assert not after.is_practice
    write_fact(database, PRACTICE, "yes")
    assert wrap_ups.after_end(visit).is_practice


def test_the_next_shop_is_the_next_planned_one_in_order_else_one_left_over(
    database: Database, wrap_ups: WrapUps
) -> None:
    with database.write() as session:
        visits = [
            a_visit(session, a_customer(session, f"C{n}", f"店{n}"), DAY, status, seq=n, planned_at=time(9 + n))
            for n, status in enumerate(("planned", "done", "moved", "planned"), 1)
        ]
        ids = [visit.id for visit in visits]
    after = wrap_ups.after_end(ids[1]).next_shop
    assert after is not None
    assert (after.visit_id, after.name) == (ids[3], "店4")
    left = wrap_ups.after_end(ids[3]).next_shop
    assert left is not None
    assert left.name == "店1"
