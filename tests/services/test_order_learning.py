"""What the guidance learns from the store's orders: once a week, nothing from too little, and it is used."""

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pytest
from sqlalchemy import select

from app.models.customer import Customer
from app.runtime.clock import Clock
from app.services.guidance import Guidance, order_advisor
from app.services.order_learning import OrderLearning, learnt_of
from app.storage.database import Database
from app.storage.facts import ORDER_LEARNT, read_fact, write_fact
from tests.builders import a_customer, a_product, an_order

if TYPE_CHECKING:
    from app.domain.playbook import Playbook

DAY = date(2022, 4, 29)


def _buy(database: Database, shops: int, weeks: int) -> None:
    random = np.random.default_rng(1)
    with database.write() as session:
        products = [a_product(session, number) for number in range(1, 26)]
        for number in range(shops):
            customer = a_customer(session, f"C{number}", f"店{number}", order_weekday=5)
            for week in range(1, weeks):
                bought = {product: int(random.integers(1, 9)) for product in products if random.random() < 0.7}
                an_order(session, customer, DAY - timedelta(days=7 * week), bought)


@pytest.fixture
def guidance(database: Database, playbook: "Playbook") -> Guidance:
    return Guidance(database, Clock(as_of=DAY), playbook, order_advisor(playbook))


def test_a_territory_teaches_once_a_week(database: Database) -> None:
    _buy(database, shops=5, weeks=75)
    learning = OrderLearning(database, Clock(as_of=DAY))

    assert learning.renew()
    assert not learning.renew()
    kept = read_fact(database, ORDER_LEARNT)
    assert kept is not None
    learnt = learnt_of({ORDER_LEARNT: kept})
    assert learnt is not None
    assert (len(learnt.drift), len(learnt.spread)) == (4, 4)
    assert OrderLearning(database, Clock(as_of=DAY + timedelta(days=7))).renew()


def test_too_few_orders_teach_nothing_and_are_asked_again_only_a_week_later(database: Database) -> None:
    _buy(database, shops=1, weeks=10)
    learning = OrderLearning(database, Clock(as_of=DAY))

    assert learning.renew()
    assert not learning.renew()
    kept = read_fact(database, ORDER_LEARNT)
    assert kept is not None
    assert learnt_of({ORDER_LEARNT: kept}) is None


def test_what_was_learnt_moves_the_advice(database: Database, guidance: Guidance) -> None:
    _buy(database, shops=1, weeks=30)
    with database.read() as session:
        shop = session.scalars(select(Customer.id)).one()
    before = guidance.advise(shop).totals.quantity
    wide = {"day": DAY.isoformat(), "drift": [0, 0, 0, 0], "spread": [12, 0, 0, 0]}
    write_fact(database, ORDER_LEARNT, json.dumps(wide))

    assert guidance.advise(shop).totals.quantity > before
