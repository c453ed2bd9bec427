"""The page of one SKU in the real program: found by the search box, read, left for a shop or for where one was."""

from collections.abc import Generator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QListView

from app.domain.text import Language
from app.runtime.paths import DataFolder
from app.ui.widgets.fact_list import FactList
from app.ui.widgets.key_figure import KeyFigure
from tests.real_program import Program, copy_store, running
from tests.ui.scenes import product


@pytest.fixture(scope="module")
def program(
    practice_store: DataFolder, tmp_path_factory: pytest.TempPathFactory, _dressed: QApplication
) -> Generator[Program]:
    """The real window on a store of its own."""
    folder = copy_store(practice_store, tmp_path_factory.mktemp("product") / "data")
    with running(folder) as program:
        yield program.open()


@pytest.fixture
def buyers(program: Program) -> Generator[QListView]:
    product(program)
    program.desk.translations.set_language(Language.EN)
    yield program.find(QListView, "productBuyers")
    program.desk.translations.set_language(Language.ZH)


def test_enter_in_the_search_box_opens_the_sku_and_puts_the_keyboard_on_its_shops(
    program: Program, buyers: QListView
) -> None:
    assert program.workspace.shown_key == "product"
    assert program.focused is buyers
    assert buyers.currentIndex().row() == 0


def test_the_page_tells_prices_supply_and_this_year_against_last(program: Program, buyers: QListView) -> None:
    facts = program.find(FactList, "productFacts")
    assert facts.value_of("Code") == "910001"
    assert facts.value_of("Supply") == "顺销"
    year = program.find(KeyFigure, "productYear")
    assert "This year so far" in year.accessibleName() or "今年" in year.accessibleName()
    assert "%" in year.accessibleDescription()
    assert buyers.model().rowCount() == 20


def test_enter_on_a_shop_opens_it(program: Program, buyers: QListView) -> None:
    name = buyers.currentIndex().data()
    program.key(Qt.Key.Key_Down)
    program.key(Qt.Key.Key_Up)
    program.key(Qt.Key.Key_Return)
    program.wait(lambda: program.workspace.shown_key == "customers", "the customer")
    program.rest()
    assert program.shows(name)


@pytest.mark.parametrize("key", ["Esc", "button"])
def test_one_comes_back_to_the_page_one_came_from(program: Program, buyers: QListView, key: str) -> None:
    assert buyers.isVisible()
    if key == "Esc":
        program.key(Qt.Key.Key_Escape)
    else:
        program.click("productBack")
    assert program.workspace.shown_key == "today"
    assert program.workspace.page("today").isAncestorOf(program.focused)


def test_another_sku_opened_from_a_sku_still_leads_back_to_the_first_page(program: Program, buyers: QListView) -> None:
    assert buyers.isVisible()
    program.key(Qt.Key.Key_K, ctrl=True)
    program.type("910002")
    program.rest()
    program.key(Qt.Key.Key_Return)
    program.wait(lambda: program.find(FactList, "productFacts").value_of("Code") == "910002", "the other SKU")
    program.key(Qt.Key.Key_Escape)
    assert program.workspace.shown_key == "today"
