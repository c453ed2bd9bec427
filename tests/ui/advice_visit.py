"""A visit of today at its order guidance, for the tests of that step."""

from collections.abc import Mapping
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.models.trade import Allocation, Product
from app.models.visit import AdviceLine, StockCount, Visit
from app.runtime.clock import Clock
from app.storage.database import Database
from app.ui.background.task_runner import TaskRunner
from tests.ui.advice_driver import AdviceDriver
from tests.ui.visit_page_driver import DAY, a_shop_with_a_visit
from tests.ui.wrap_up_room import WrapUpRoom

if TYPE_CHECKING:
    from app.domain.playbook import Playbook

NOW = Clock(DAY).now()
COUNTS = {"雅韵(硬)": 2, "金穗(软)": 0, "大河(硬)": 20, "云岭(细支)": 3}


def a_visit_with_counts(database: Database) -> UUID:
    """A visit of today in which four SKUs are counted; one of them has a cap."""
    visit_id = a_shop_with_a_visit(database, more=3)
    with database.write() as session:
        products = {product.name: product.id for product in session.scalars(select(Product))}
        for name, on_hand in COUNTS.items():
            session.add(StockCount(visit_id=visit_id, product_id=products[name], on_hand=on_hand))
        customer_id = session.get_one(Visit, visit_id).customer_id
    with database.deliver("head office") as session:
        cap = {"valid_from": DAY, "valid_to": DAY, "allowed": 5}
        session.add(Allocation(customer_id=customer_id, product_id=products["金穗(软)"], changed_at=NOW, **cap))
    return visit_id


def advice_rows(database: Database) -> Mapping[str, AdviceLine]:
    """Return what is on record, by name of the SKU."""
    with database.read() as session:
        found = session.execute(select(Product.name, AdviceLine).join(Product, Product.id == AdviceLine.product_id))
        return {row[0]: row[1] for row in found}


class AdviceFixtures:
    """A class of tests inherits what it needs."""

    @pytest.fixture
    def visit_id(self, database: Database) -> UUID:
        return a_visit_with_counts(database)

    @pytest.fixture
    def room(self, database: Database, clock: Clock, playbook: "Playbook") -> WrapUpRoom:
        return WrapUpRoom.over(database, clock, playbook)

    @pytest.fixture
    def driver(self, qtbot: QtBot, room: WrapUpRoom, tasks: TaskRunner, visit_id: UUID) -> AdviceDriver:
        driver = AdviceDriver(qtbot, room.make_page(tasks), tasks)
        driver.show()
        driver.open(visit_id)
        return driver
