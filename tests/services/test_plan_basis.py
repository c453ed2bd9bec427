"""What a month is planned on is read once and again as soon as something under it changes; deeds on the plan do not."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, TypeAlias
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.playbook import Playbook
from app.models.customer import Customer
from app.models.plan import CadenceChoice, DayOff
from app.models.trade import PurchaseOrder
from app.models.visit import ImprovementPlan, Promise, Visit
from app.services.plan_basis_reading import BasisReader
from app.services.plan_reading import MonthBasis, read_basis
from app.services.plan_setup import PLAN_SETUP
from app.storage.database import Database
from app.storage.facts import set_fact
from tests.builders import a_customer, a_product, a_visit, an_order

Change: TypeAlias = Callable[[Session, Customer], Any]
TODAY, MONTH = date(2026, 11, 18), date(2026, 11, 1)


@pytest.fixture
def shop(database: Database) -> UUID:
    with database.write() as session:
        customer = a_customer(session, order_weekday=2, join_date=date(2020, 1, 1))
        visit = a_visit(session, customer, TODAY + timedelta(days=2), "planned")
        session.add(Promise(customer_id=customer.id, visit_id=visit.id, text="价签", due_on=TODAY, done_on=TODAY))
        product = a_product(session)
        for week in range(1, 60):
            an_order(session, customer, TODAY - timedelta(days=7 * week + 1), {product: 5})
        return customer.id


def _moved(session: Session, _customer: Customer) -> None:
    visit = session.scalars(select(Visit)).one()
    visit.day, visit.seq, visit.locked = TODAY + timedelta(days=5), 3, True


def _done(session: Session, _customer: Customer) -> None:
    visit = session.scalars(select(Visit)).one()
    visit.day, visit.status = TODAY, "done"


def _open_promise(session: Session, _customer: Customer) -> None:
    session.scalars(select(Promise)).one().done_on = None


def _plan(session: Session, customer: Customer) -> None:
    visit, states = session.scalars(select(Visit)).one(), {"current_state": "C", "target_state": "B"}
    session.add(ImprovementPlan(customer_id=customer.id, visit_id=visit.id, item="D01", due_on=TODAY, **states))


def _choice(session: Session, customer: Customer) -> None:
    session.add(CadenceChoice(customer_id=customer.id, cadence="V1", reason="重点户", since=TODAY))


def _fewer_orders(session: Session, _customer: Customer) -> None:
    for order in session.scalars(select(PurchaseOrder).where(PurchaseOrder.order_date > TODAY - timedelta(days=40))):
        order.qty, order.amount = 1, 1


def _licence(_session: Session, customer: Customer) -> None:
    customer.license_to = TODAY + timedelta(days=10)


def _refused(session: Session, customer: Customer) -> None:
    a_visit(session, customer, TODAY - timedelta(days=1), "refused", end_reason="complaint")


def _leave(session: Session, _customer: Customer) -> None:
    session.add(DayOff(day=TODAY + timedelta(days=1), kind="leave"))


def _setup(session: Session, _customer: Customer) -> None:
    set_fact(session, PLAN_SETUP, '{"stops": 7}')


def _change(database: Database, shop: UUID, change: Change) -> None:
    with database.write() as session:
        change(session, session.get_one(Customer, shop))


def _kept(database: Database, reader: BasisReader) -> MonthBasis:
    with database.look() as cursor:
        return reader.kept(cursor, MONTH, TODAY)


@pytest.mark.parametrize(
    "change",
    [_done, _open_promise, _plan, _choice, _fewer_orders, _licence, _refused, _leave, _setup],
)
def test_what_changes_under_a_month_is_read_again(
    database: Database, playbook: Playbook, shop: UUID, change: Change
) -> None:
    reader = BasisReader(playbook)
    before = _kept(database, reader)
    _change(database, shop, change)
    after = _kept(database, reader)
    assert after != before
    with database.look() as cursor:
        assert after == read_basis(cursor, playbook, MONTH, TODAY)


def test_a_deed_on_the_plan_changes_nothing_under_the_month(database: Database, playbook: Playbook, shop: UUID) -> None:
    reader = BasisReader(playbook)
    before = _kept(database, reader)
    _change(database, shop, _moved)
    assert _kept(database, reader) is before
    with database.look() as cursor:
        assert read_basis(cursor, playbook, MONTH, TODAY) == before
