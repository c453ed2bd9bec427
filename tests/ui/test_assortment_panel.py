"""The panel of the assortment and the card of a customer: what is said, one list at a time, and what is not."""

import weakref
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.domain.playbook import Playbook
from app.domain.text import Language
from app.models.customer import Customer
from app.models.trade import Product
from app.models.visit import AdviceLine
from app.runtime.clock import Clock
from app.services.assortments import Assortments
from app.storage.database import Database
from app.ui.assortment.assortment_panel import AssortmentPanel
from app.ui.background.task_runner import TaskRunner
from app.ui.look.translations import Translations
from app.ui.pages.customers.assortment_card import AssortmentCard
from app.ui.pages.customers.customers_page import CustomersPage
from app.ui.widgets.chip import FilterChip
from tests.builders import a_visit, an_order
from tests.street import COMMON, DAY, STAPLE, Street
from tests.ui.customers_page_driver import CustomersPageDriver


@pytest.fixture
def street(database: Database) -> Street:
    return Street(database)


@pytest.fixture
def make_panel(
    qtbot: QtBot, database: Database, clock: Clock, playbook: Playbook, tasks: TaskRunner
) -> Callable[[], AssortmentPanel]:
    def make() -> AssortmentPanel:
        panel = AssortmentPanel(Assortments(database, clock, playbook), tasks)
        qtbot.addWidget(panel)
        return panel

    return make


@pytest.fixture
def panel(make_panel: Callable[[], AssortmentPanel]) -> AssortmentPanel:
    return make_panel()


def _read(qtbot: QtBot, panel: AssortmentPanel, shop: UUID) -> None:
    panel.show()
    panel.show_shop(shop)
    qtbot.waitUntil(lambda: panel.seen is not None)


def _texts(within: QWidget, name: str) -> list[str]:
    return [label.text() for label in within.findChildren(QLabel, name) if label.isVisibleTo(within)]


def _reasons(qtbot: QtBot, panel: AssortmentPanel) -> list[str]:
    qtbot.waitUntil(lambda: bool(_texts(panel, "assortmentWhy")))
    return _texts(panel, "assortmentWhy")


def _press(qtbot: QtBot, panel: AssortmentPanel, which: str) -> None:
    chip = panel.findChild(FilterChip, f"assortment_{which}")
    assert chip is not None
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)


def test_what_to_add_is_told_first_with_how_many_sell_it_and_how_fast(
    qtbot: QtBot, street: Street, panel: AssortmentPanel
) -> None:
    _read(qtbot, panel, street.shop)
    qtbot.waitUntil(lambda: len(_texts(panel, "assortmentName")) == 2)
    assert (
        _texts(panel, "assortmentWhy")[0] == "4 of the 5 shops most like this one sell it, a median of 2.3 ctn a week"
    )


def test_what_lies_still_and_what_is_short_are_a_press_away(
    qtbot: QtBot, street: Street, panel: AssortmentPanel
) -> None:
    street.allow(staple=3, common=5)
    _read(qtbot, panel, street.shop)
    _press(qtbot, panel, "drop")
    assert _reasons(qtbot, panel)[1] == "order no more of it"
    _press(qtbot, panel, "instead")
    short, *stand_ins = _reasons(qtbot, panel)
    assert short == "bought 4 ctn a week, 3 ctn allowed"
    assert stand_ins[0].startswith("→ ")
    assert "same class, price +2%" in stand_ins[0]


def test_folded_it_is_one_line_of_chips_that_a_press_unfolds_and_another_puts_away(
    qtbot: QtBot, database: Database, clock: Clock, playbook: Playbook, tasks: TaskRunner, street: Street
) -> None:
    panel = AssortmentPanel(Assortments(database, clock, playbook), tasks, is_folded=True)
    qtbot.addWidget(panel)
    _read(qtbot, panel, street.shop)
    qtbot.waitUntil(panel.findChildren(FilterChip)[0].isVisible)
    assert [chip.text()[-1] for chip in panel.findChildren(FilterChip)] == ["2", "1", "0"]
    assert (_texts(panel, "assortmentWhy"), _texts(panel, "assortmentState")) == ([], [])
    _press(qtbot, panel, "add")
    assert _reasons(qtbot, panel)
    _press(qtbot, panel, "add")
    assert (_texts(panel, "assortmentWhy"), _texts(panel, "assortmentWidth")) == ([], [])


def test_an_empty_list_says_what_that_means(qtbot: QtBot, street: Street, panel: AssortmentPanel) -> None:
    _read(qtbot, panel, street.shop)
    _press(qtbot, panel, "instead")
    assert _texts(panel, "assortmentState") == ["No allowed quantity is below what a week sells."]


def test_a_shop_that_is_not_supplied_gets_words_and_no_lists(
    qtbot: QtBot, database: Database, street: Street, panel: AssortmentPanel
) -> None:
    with database.deliver(source="trade") as session:
        session.get_one(Customer, street.shop).status = "paused"
    _read(qtbot, panel, street.shop)
    assert _texts(panel, "assortmentName") == []
    assert _texts(panel, "assortmentState")[0].startswith("This shop is not supplied")


def test_a_shop_that_has_left_is_no_failure(qtbot: QtBot, panel: AssortmentPanel, tasks: TaskRunner) -> None:
    panel.show_shop(uuid4())
    qtbot.waitUntil(lambda: tasks.is_idle)
    assert panel.seen is None


def test_the_answer_about_a_shop_left_behind_is_not_shown(
    qtbot: QtBot, database: Database, street: Street, panel: AssortmentPanel, tasks: TaskRunner
) -> None:
    with database.read() as session:
        other = session.query(Customer.id).filter(Customer.cust_code == "C3").scalar()
    panel.show_shop(street.shop)
    panel.show_shop(other)
    qtbot.waitUntil(lambda: tasks.is_idle and panel.seen is not None)
    assert panel.seen is not None
    assert panel.seen.customer_id == other


def test_the_panel_changes_its_language_in_place(
    qtbot: QtBot, street: Street, panel: AssortmentPanel, translations: Translations
) -> None:
    _read(qtbot, panel, street.shop)
    before = _texts(panel, "assortmentWidth")
    translations.set_language(Language.ZH)
    qtbot.waitUntil(lambda: panel.findChild(FilterChip, "assortment_add") is not None)
    assert _texts(panel, "assortmentWidth") != [] != before


def test_the_card_of_a_customer_says_how_much_of_the_advice_was_followed_and_over_which_visits(
    qtbot: QtBot,
    database: Database,
    street: Street,
    make_panel: Callable[[], AssortmentPanel],
    tasks: TaskRunner,
    clock: Clock,
    playbook: Playbook,
) -> None:
    with database.deliver(source="trade") as session:
        shop = session.get_one(Customer, street.shop)
        visit = a_visit(session, shop, DAY - timedelta(days=24), "done")
        for number, quantity in ((STAPLE, 4), (COMMON, 6)):
            session.add(AdviceLine(visit_id=visit.id, product_id=street.skus[number], suggested=quantity))
        an_order(session, shop, DAY - timedelta(days=20), {session.get_one(Product, street.skus[COMMON]): 1})
    page = CustomersPageDriver(qtbot, database, tasks, clock, playbook)
    card = AssortmentCard(page.profile_model, make_panel())
    qtbot.addWidget(card)
    card.show()
    page.profile_model.open(street.shop)
    qtbot.waitUntil(lambda: any(_texts(card, "adoptionVisits")))
    day = DAY - timedelta(days=24)
    (rate,) = _texts(card, "adoptionRate")
    assert rate.startswith("50% · 1 of 2 lines followed · 1 visit")
    assert rate.endswith(f"{day} to {day}")
    assert "advised 6, ordered 0" in _texts(card, "adoptionVisits")[0]
    qtbot.waitUntil(lambda: tasks.is_idle)


def test_a_closed_page_with_the_card_is_gone(
    qtbot: QtBot,
    database: Database,
    street: Street,
    make_panel: Callable[[], AssortmentPanel],
    tasks: TaskRunner,
    clock: Clock,
    playbook: Playbook,
) -> None:
    driver = CustomersPageDriver(qtbot, database, tasks, clock, playbook)
    page = CustomersPage(driver.list_model, driver.profile_model, playbook, clock, make_assortment=make_panel)
    page.open_customer(street.shop)
    assert page.findChild(AssortmentCard) is not None
    qtbot.waitUntil(lambda: tasks.is_idle)
    gone = weakref.ref(page)
    page.deleteLater()
    del page
    qtbot.waitUntil(lambda: gone() is None)
