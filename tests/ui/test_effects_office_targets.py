"""Targets of head office on the marketing-effect page: marked, read only, the manager's own beside them."""

from collections.abc import Generator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QTableView

from app.domain.text import Language
from app.models.target import OfficeTarget
from app.runtime.clock import Clock
from app.runtime.ids import new_id
from app.runtime.paths import DataFolder
from app.services.kpis import Kpis
from app.storage.store import close_store, open_store
from app.storage.vault import Vault
from app.ui.pages.effects.effects_page import EffectsPage
from app.ui.pages.effects.effects_table_model import Column, EffectsTableModel
from app.ui.pages.effects.effects_view_model import FIRST
from app.ui.widgets.table_cells import CELL_ROLE, Cell
from tests.conftest import CHEAP, PASSWORD
from tests.real_program import Program, copy_store, running

NOVEMBER = date(2026, 11, 1)


@pytest.fixture
def program(practice_store: DataFolder, tmp_path: Path, _dressed: QApplication) -> Generator[Program]:
    """The real window in English at November, for which head office gave two targets and the manager set one."""
    folder = copy_store(practice_store, tmp_path / "data")
    database = open_store(folder, Vault(folder.vault, use_keyring=False, cost=CHEAP).unlock(PASSWORD)).database
    with database.deliver("sync") as session:
        for kpi, value in (("F05.volume", 11_500), ("F05.value", 10_250)):
            session.add(OfficeTarget(
                id=new_id(), manager="M1", month=NOVEMBER, period="month", kpi=kpi, scope="", value=Decimal(value),
                changed_at=datetime.now(UTC),
            ))  # fmt: skip
    kpis = Kpis(database, Clock(date(2026, 11, 21)))
    line = kpis.month(NOVEMBER, with_forecast=False).line(FIRST)
    assert line is not None
    kpis.set_target(NOVEMBER, line, 12_000)
    close_store(database)
    with running(folder, language=Language.EN) as program:
        program.open()
        shown = program.go("effects")
        assert isinstance(shown, EffectsPage)
        shown._model.open_month(NOVEMBER)
        program.rest()
        yield program


def _cell(program: Program, key: str) -> tuple[Cell, str, bool]:
    """Stand on the target of a figure; return its cell, what is read out, and whether it can be typed into."""
    table = program.find(QTableView, "kpiTable")
    model = table.model()
    assert isinstance(model, EffectsTableModel)
    row = model.row_of(key)
    assert row is not None
    table.setFocus()
    table.setCurrentIndex(model.index(row, Column.TARGET))
    index = table.currentIndex()
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    return index.data(CELL_ROLE), spoken, bool(index.flags() & Qt.ItemFlag.ItemIsEditable)


def test_a_target_of_head_office_is_marked_and_read_only(program: Program) -> None:
    cell, spoken, is_editable = _cell(program, FIRST)
    assert (cell.text, cell.second, cell.is_boxed) == ("11,500", "head office", False)
    assert spoken == "11,500 ctn from head office"
    assert not is_editable
    said = program.words("kpiTargetSaid")
    assert "Target from head office: 11,500 ctn." in said
    assert "Your own was 12,000 ctn" in said
    program.type("9")
    program.rest()
    assert _cell(program, FIRST)[0].text == "11,500"
    table = program.find(QTableView, "kpiTable")
    row = table.currentIndex().row()
    assert table.rowHeight(row) > table.rowHeight(row + 1), "the second line has its room"


def test_one_without_an_own_target_says_so_and_others_stay_open_to_type_into(program: Program) -> None:
    cell, _, _ = _cell(program, "F05:value:month:")
    assert (cell.text, cell.second) == ("102.50", "head office")
    assert "Your own" not in program.words("kpiTargetSaid")
    cell, _, is_editable = _cell(program, "F05:key:month:")
    assert (cell.text, cell.second, cell.is_boxed, is_editable) == ("", "", True, True)
    program.type("780")
    program.key(Qt.Key.Key_Return)
    program.rest()
    assert _cell(program, "F05:key:month:")[0].text == "780"
    assert program.words("kpiTargetSaid") == "Your own target: 780 ctn."
