"""The marketing-effect page in the real program: read, targets typed and taken back, shops opened, files saved."""

import csv
from collections.abc import Generator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QTableView

from app.domain.text import Language
from app.runtime.paths import DataFolder
from app.storage.store import close_store, open_store
from app.storage.vault import Vault
from app.ui.pages.effects import effects_table_model, shops_table_model
from app.ui.pages.effects.effect_words import GROUPS, group_of
from app.ui.pages.effects.effects_page import EffectsPage
from app.ui.pages.effects.effects_table_model import EffectsTableModel
from app.ui.pages.effects.effects_view_model import FIRST
from app.ui.widgets.table_cells import CELL_ROLE, Cell
from app.ui.widgets.tones import Tone
from tests.conftest import CHEAP, PASSWORD
from tests.real_program import Program, copy_store, running

COLUMN = effects_table_model.Column
SHOP = shops_table_model.Column
NOVEMBER, OCTOBER = date(2026, 11, 1), date(2026, 10, 1)


@pytest.fixture(scope="module")
def program(
    practice_store: DataFolder, tmp_path_factory: pytest.TempPathFactory, _dressed: QApplication
) -> Generator[Program]:
    """The real window on a store of its own, in English."""
    folder = copy_store(practice_store, tmp_path_factory.mktemp("effects") / "data")
    with running(folder) as program:
        program.open()
        program.desk.translations.set_language(Language.EN)
        yield program
        program.desk.translations.set_language(Language.ZH)


@pytest.fixture
def page(program: Program) -> EffectsPage:
    """The page at its first figure, in November, with the keyboard on the table."""
    shown = program.go("effects")
    assert isinstance(shown, EffectsPage)
    shown._model.open_month(NOVEMBER)
    program.rest()
    _stand_on(program, FIRST)
    return shown


def _table(program: Program) -> QTableView:
    return program.find(QTableView, "kpiTable")


def _model(program: Program) -> EffectsTableModel:
    model = _table(program).model()
    assert isinstance(model, EffectsTableModel)
    return model


def _stand_on(program: Program, key: str, column: int = COLUMN.TARGET) -> QModelIndex:
    row = _model(program).row_of(key)
    assert row is not None
    table = _table(program)
    table.setFocus()
    table.setCurrentIndex(_model(program).index(row, column))
    return table.currentIndex()


def _cell(program: Program, key: str, column: int) -> Cell:
    row = _model(program).row_of(key)
    assert row is not None
    cell = _model(program).index(row, column).data(CELL_ROLE)
    assert isinstance(cell, Cell)
    return cell


def test_every_figure_has_a_place_and_a_definition(program: Program, page: EffectsPage) -> None:
    model = _model(program)
    assert page.isVisible()
    lines = [line for row in range(model.rowCount()) if (line := model.line_at(row)) is not None]
    assert {line.kpi for line in lines} == {code for _, codes in GROUPS for code in codes}
    for row in range(model.rowCount()):
        line = model.line_at(row)
        if line is None:
            assert model.index(row, 0).flags() == Qt.ItemFlag.NoItemFlags
        else:
            tip = model.index(row, 0).data(Qt.ItemDataRole.ToolTipRole)
            assert tip.startswith(line.kpi), tip
            assert len(tip.splitlines()) >= 4
            assert group_of(line.kpi) in dict(GROUPS)


def test_a_figure_without_a_value_says_why_and_shows_no_zero(program: Program, page: EffectsPage) -> None:
    assert page.isVisible()
    index = _stand_on(program, "F13::month:", COLUMN.NAME)
    assert _cell(program, "F13::month:", COLUMN.ACTUAL).text == "—"
    assert "nothing on this laptop tells it" in index.data(Qt.ItemDataRole.ToolTipRole)
    assert program.words("kpiNoShops") == "nothing on this laptop tells it"


def test_a_target_is_typed_measured_and_taken_back(program: Program, page: EffectsPage) -> None:
    _stand_on(program, FIRST)
    program.type("１２0００")
    program.key(Qt.Key.Key_Return)
    program.rest()
    assert _cell(program, FIRST, COLUMN.TARGET).text == "12,000"
    attained = _cell(program, FIRST, COLUMN.ATTAINMENT)
    assert (attained.text, attained.tone) == ("69.9%", Tone.GREEN)
    assert _cell(program, FIRST, COLUMN.DUE).text == "66.7%"
    assert _table(program).currentIndex().row() == _model(program).row_of("F05:key:month:")

    program.key(Qt.Key.Key_Z, ctrl=True)
    program.rest()
    assert _cell(program, FIRST, COLUMN.TARGET).text == ""
    assert _cell(program, FIRST, COLUMN.ATTAINMENT).text == ""
    program.click("redoTarget")
    program.rest()
    assert _cell(program, FIRST, COLUMN.TARGET).text == "12,000"
    page._model.undo()
    program.rest()


def test_what_is_no_number_stays_red_and_changes_nothing(program: Program, page: EffectsPage) -> None:
    assert page.isVisible()
    index = _stand_on(program, "F08::month:")
    for typed, tone in (("abc", Tone.RED), ("0", Tone.RED), ("6%", None)):
        index.model().setData(index, typed, Qt.ItemDataRole.EditRole)
        program.rest()
        assert _cell(program, "F08::month:", COLUMN.TARGET).tone is tone
    assert _cell(program, "F08::month:", COLUMN.ATTAINMENT).text == "97.8%"
    index.model().setData(index, "", Qt.ItemDataRole.EditRole)
    program.rest()
    assert not _cell(program, "F08::month:", COLUMN.TARGET).text


def test_a_target_typed_while_the_month_is_read_anew_stays(program: Program, page: EffectsPage) -> None:
    page._model._read(NOVEMBER)
    page._model.set_target("F05:key:month:", 800)
    program.rest()
    assert _cell(program, "F05:key:month:", COLUMN.TARGET).text == "800"
    page._model.undo()
    program.rest()
    assert _cell(program, "F05:key:month:", COLUMN.TARGET).text == ""


def test_a_target_taken_back_from_another_month_goes_to_its_own(program: Program, page: EffectsPage) -> None:
    page._model.set_target("F05:customers:month:", 60)
    program.rest()
    program.key(Qt.Key.Key_PageUp, ctrl=True)
    program.rest()
    assert page._model.month == OCTOBER
    assert _cell(program, "F05:customers:month:", COLUMN.TARGET).text == ""
    program.key(Qt.Key.Key_Z, ctrl=True)
    program.rest()
    assert page._model.month == NOVEMBER
    assert _cell(program, "F05:customers:month:", COLUMN.TARGET).text == ""


def test_months_are_chosen_from_the_list_and_stepped_through(program: Program, page: EffectsPage) -> None:
    assert page.isVisible()
    months = program.find(QComboBox, "kpiMonth")
    assert (months.currentText(), program.words("kpiPassed")) == ("2026-11", "up to 2026-11-20 · 67% of the days")
    assert not program.find(QComboBox, "kpiMonth").isEditable()
    program.click("earlierMonth")
    program.rest()
    assert (months.currentText(), program.words("kpiPassed")) == ("2026-10", "the whole month")
    assert _cell(program, "F01::month:", COLUMN.ACTUAL).text.endswith("%")
    tip = _stand_on(program, "F01::month:", COLUMN.NAME).data(Qt.ItemDataRole.ToolTipRole)
    assert "made now from the orders before it" in tip
    program.key(Qt.Key.Key_PageDown, ctrl=True)
    program.rest()
    assert months.currentText() == "2026-11"


def test_enter_goes_to_the_shops_and_enter_there_opens_one(program: Program, page: EffectsPage) -> None:
    assert page.isVisible()
    _stand_on(program, "F08::month:", COLUMN.NAME)
    program.key(Qt.Key.Key_Return)
    shops = program.find(QTableView, "kpiShops")
    assert program.focused is shops
    name = shops.model().index(0, SHOP.SHOP).data().split()[0]
    program.key(Qt.Key.Key_Return)
    program.wait(lambda: program.workspace.shown_key == "customers", "the customer")
    program.rest()
    assert program.shows(name)


def test_shops_are_sorted_by_any_column(program: Program, page: EffectsPage) -> None:
    assert page.isVisible()
    _stand_on(program, "F08::month:", COLUMN.NAME)
    shops = program.find(QTableView, "kpiShops")
    model = shops.model()
    assert isinstance(model, shops_table_model.ShopsTableModel)
    for column, order in ((SHOP.VALUE, Qt.SortOrder.AscendingOrder), (SHOP.LOWER, Qt.SortOrder.DescendingOrder)):
        shops.sortByColumn(int(column), order)
        parts = [shop for row in range(model.rowCount()) if (shop := model.shop_at(row)) is not None]
        values = [part.value if column is SHOP.VALUE else part.denominator for part in parts]
        known = [value for value in values if value is not None]
        assert len(known) > 20
        assert known == sorted(known, reverse=order is Qt.SortOrder.DescendingOrder)
    shops.sortByColumn(int(SHOP.UPPER), Qt.SortOrder.DescendingOrder)


@pytest.mark.parametrize(("button", "columns", "least"), [("exportKpis", 7, 50), ("exportShops", 5, 20)])
def test_tables_are_saved_as_csv(
    program: Program, page: EffectsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, button: str, columns: int,
    least: int,
) -> None:  # fmt: skip
    assert page.isVisible()
    _stand_on(program, "F08::month:", COLUMN.NAME)
    file = tmp_path / "saved.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    program.click(button)
    program.rest()
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.reader(lines))
    assert len(rows) > least
    assert {len(row) for row in rows} == {columns}
    assert str(file) in program.words("kpiMessage")


@pytest.mark.usefixtures("_dressed")
def test_an_empty_store_says_what_is_missing(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    folder.root.mkdir()
    key = Vault(folder.vault, use_keyring=False, cost=CHEAP).create(PASSWORD)
    close_store(open_store(folder, key, create=True).database)
    with running(folder, language=Language.EN) as program:
        program.open()
        program.go("effects")
        assert program.is_shown("noKpis")
        assert not program.is_shown("kpiTable")
