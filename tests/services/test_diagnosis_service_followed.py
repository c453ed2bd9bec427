"""Order advice of earlier visits against the orders that followed: the gap, and whether it was adopted."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from app.domain.diagnosis import State
from app.domain.playbook import Playbook
from app.models.customer import Customer
from app.models.trade import Product
from app.models.visit import AdviceLine
from app.services.diagnoses import Diagnoses
from app.storage.database import Database
from tests.builders import a_customer, a_product, a_visit, an_order

DAY = date(2022, 4, 29)


class AdvisedShop:
    """A shop that orders two SKUs on Fridays, and gets advice on Tuesdays."""

    def __init__(self, database: Database, *, new: bool = False, listed_on: date | None = None) -> None:
        self._database = database
        with database.deliver(source="trade") as session:
            customer = a_customer(session, order_weekday=5)
            self.ids = [a_product(session, no=n, is_new=new, listed_on=listed_on).id for n in (1, 2, 3)]
            self.customer = customer.id
            self.visit = a_visit(session, customer, DAY).id

    def order(self, days_ago: int, *quantities: int) -> None:
        with self._database.deliver(source="trade") as session:
            customer = session.get_one(Customer, self.customer)
            products = [session.get_one(Product, one) for one in self.ids]
            lines = {p: q for p, q in zip(products, quantities, strict=False) if q}
            an_order(session, customer, DAY - timedelta(days=days_ago), lines)

    def advise(self, days_ago: int, *suggested: int, agreed: int | None = None) -> UUID:
        with self._database.deliver(source="trade") as session:
            customer = session.get_one(Customer, self.customer)
            visit = a_visit(session, customer, DAY - timedelta(days=days_ago), "done")
            for product, quantity in zip(self.ids, suggested, strict=False):
                session.add(AdviceLine(visit_id=visit.id, product_id=product, suggested=quantity, agreed=agreed))
            return visit.id


@pytest.fixture
def diagnoses(database: Database, playbook: Playbook) -> Diagnoses:
    return Diagnoses(database, playbook)


def test_the_gap_is_the_sum_of_the_differences_sku_by_sku(database: Database, diagnoses: Diagnoses) -> None:
    shop = AdvisedShop(database)
    shop.advise(10, 10, 10)
    shop.order(7, 12, 7, 1)
    gap = diagnoses.read(shop.visit).facts["D12.k2"]
    assert (gap.numerator, gap.denominator, gap.state, gap.formula_id) == (2 + 3 + 1, 20, State.B, "P16")


def test_what_was_agreed_stands_for_the_advice(database: Database, diagnoses: Diagnoses) -> None:
    shop = AdvisedShop(database)
    shop.advise(10, 10, 10, agreed=5)
    shop.order(7, 5, 5)
    gap = diagnoses.read(shop.visit).facts["D12.k2"]
    assert (gap.numerator, gap.denominator, gap.state) == (0, 10, State.A)


def test_advice_that_no_order_followed_was_not_adopted(database: Database, diagnoses: Diagnoses) -> None:
    shop = AdvisedShop(database)
    shop.order(40, 1, 1)
    shop.advise(20, 10, 10)
    facts = diagnoses.read(shop.visit).facts
    assert (facts["D12.k2"].numerator, facts["D12.k2"].denominator) == (20, 20)
    assert (facts["D09.k1"].numerator, facts["D09.k1"].denominator) == (0, 1)


def test_advice_whose_order_may_still_come_says_nothing(database: Database, diagnoses: Diagnoses) -> None:
    shop = AdvisedShop(database)
    shop.advise(4, 10, 10)
    facts = diagnoses.read(shop.visit).facts
    assert "D12.k2" not in facts
    assert "D09.k1" not in facts


def test_only_the_last_three_visits_with_advice_count(database: Database, diagnoses: Diagnoses) -> None:
    shop = AdvisedShop(database)
    for weeks, ordered in ((5, 0), (4, 10), (3, 30), (2, 9)):
        shop.advise(weeks * 7 + 3, 10)
        shop.order(weeks * 7, ordered or 1)
    adopted = diagnoses.read(shop.visit).facts["D09.k1"]
    assert (adopted.numerator, adopted.denominator, adopted.state) == (2, 3, State.A)


def test_a_new_sku_reordered_within_two_cycles_is_an_a(database: Database, diagnoses: Diagnoses) -> None:
    shop = AdvisedShop(database, new=True, listed_on=date(2022, 1, 1))
    shop.order(42, 2)
    shop.order(28, 2)
    step = diagnoses.read(shop.visit).facts["D05.k3"]
    assert (step.state, step.formula_id) == (State.A, "P08")


def test_a_new_sku_tried_once_long_ago_is_a_b(database: Database, diagnoses: Diagnoses) -> None:
    shop = AdvisedShop(database, new=True, listed_on=date(2022, 1, 1))
    shop.order(70, 2)
    shop.order(42, 2)
    assert diagnoses.read(shop.visit).facts["D05.k3"].state is State.B


def test_a_new_sku_that_came_last_week_is_not_yet_judged(database: Database, diagnoses: Diagnoses) -> None:
    shop = AdvisedShop(database, new=True, listed_on=DAY - timedelta(days=7))
    shop.order(42)
    with database.deliver(source="trade") as session:
        customer = session.get_one(Customer, shop.customer)
        an_order(session, customer, DAY - timedelta(days=42), {a_product(session, no=9): 1})
    assert "D05.k3" not in diagnoses.read(shop.visit).facts


def test_the_gap_adds_up_over_the_last_three_visits_and_says_over_which(
    database: Database, diagnoses: Diagnoses
) -> None:
    shop = AdvisedShop(database)
    for weeks, ordered in ((4, 1), (3, 10), (2, 8), (1, 12)):
        shop.advise(weeks * 7 + 3, 10)
        shop.order(weeks * 7, ordered)
    sheet = diagnoses.read(shop.visit)
    gap = sheet.facts["D12.k2"]
    assert (gap.numerator, gap.denominator, gap.state) == (0 + 2 + 2, 30, State.A)
    assert sheet.adoption.period == (DAY - timedelta(days=24), DAY - timedelta(days=10))
    assert sheet.adoption.rate == 1.0
