"""Step 3, stock and prices: a grid of the shop's SKUs, what matters first, filled by the numeric keypad."""

from functools import partial
from typing import ClassVar

from PySide6.QtCore import QEvent, QModelIndex, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.playbook import Playbook
from app.domain.visit import Step, StepProgress
from app.services.stock_sheets import StockGroup, StockLine, StockSheet, StockSheets
from app.services.visit_reading import VisitHead
from app.services.visit_rows import RowKind, stock_row
from app.ui.background.task_runner import TaskRunner
from app.ui.look.theme import current_theme
from app.ui.pages.visit.left_visit import unless_left
from app.ui.pages.visit.step import VisitStep
from app.ui.pages.visit.stock_filter import StockFilter
from app.ui.pages.visit.stock_panel import StockPanel
from app.ui.pages.visit.stock_table import StockTable
from app.ui.pages.visit.stock_table_model import FIELDS, Column, StockTableModel
from app.ui.pages.visit.visit_draft import RowEvent, VisitDraft
from app.ui.widgets.labels import TextLabel
from app.ui.widgets.painting import is_look_event

_ASKED = (StockGroup.MAIN, StockGroup.KEY, StockGroup.SLOW)
_SEPARATOR = "|"


class StepStock(VisitStep):
    """What nobody counted stays "not checked" and is never 0."""

    step: ClassVar[Step] = Step.STOCK

    def __init__(
        self,
        draft: VisitDraft,
        sheets: StockSheets,
        tasks: TaskRunner,
        playbook: Playbook,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(draft, flush=True, scroll=False, parent=parent)
        self._sheets = sheets
        self._tasks = tasks
        self._sheet: StockSheet | None = None
        self._wanted = ""
        self._problem = ""
        self._model = StockTableModel(draft, playbook.parameters.hints.price_cap_minor, self)
        self._build()
        self._wire()

    @override
    def load(self, head: VisitHead) -> None:
        if self._sheet is not None and self._sheet.visit_id != head.visit_id:
            self._sheet = None
            self._model.show_lines((), forget_bad=True)
            self._filter.reset()
        work = partial(self._sheets.read, head.visit_id)
        self._tasks.run(work, owner=self, done=self._on_read, failed=unless_left(self._tasks))
        self._render()

    @override
    def focus_field(self, key: str) -> None:
        self._wanted = key
        if self._sheet is None:
            self._table.setFocus()
            return
        code, _, field = key.partition(_SEPARATOR)
        row = self._model.row_of(code) if code else 0
        if row < 0:
            self._filter.reset()
            row = self._model.row_of(code)
        column = next((column for column, name in FIELDS.items() if name == field), Column.ON_HAND)
        self._table.setFocus()
        if 0 <= row < self._model.rowCount():
            self._table.setCurrentIndex(self._model.index(row, column))

    @override
    def row_changed(self, event: RowEvent) -> None:
        if event.key.kind is RowKind.STOCK:
            self._model.on_row_changed(event)
            self._render_count()

    @override
    def progress(self) -> StepProgress:
        asked = [line for line in self._lines if line.group in _ASKED]
        left = tuple(f"{line.code}{_SEPARATOR}on_hand" for line in asked if not self._is_entered(line))
        entered = len(self.draft.rows(RowKind.STOCK)) if self.draft.is_open and not asked else len(asked) - len(left)
        if not asked and not entered:
            return StepProgress(self.step, 0, 1, (f"{_SEPARATOR}on_hand",))
        return StepProgress(self.step, entered, max(len(asked), entered), left)

    @override
    def retranslate(self) -> None:
        self._filter.retranslate()
        self._model.retranslate()
        self._table.measure()
        self._panel.retranslate()
        self._table.setAccessibleName(self.tr("Stock and prices"))
        self._render()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._render_count()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_look_event(event) and hasattr(self, "_table"):
            self._table.measure()

    @property
    def _lines(self) -> tuple[StockLine, ...]:
        return () if self._sheet is None else self._sheet.lines

    def _build(self) -> None:
        self._filter = StockFilter()
        self._table = StockTable()
        self._table.setModel(self._model)
        self._table.measure()
        self._panel = StockPanel()
        self.card.body.addWidget(self._filter)
        self._said = TextLabel("", "error", wrap=True)
        self._said.setObjectName("stockProblem")
        pad, small = current_theme().size("pad"), current_theme().size("gap_small")
        self._said.setContentsMargins(pad, small, pad, small)
        self._said.hide()
        self.card.body.addWidget(self._table, 1)
        self.card.body.addWidget(self._said)
        self.side.body.addWidget(self._panel)
        self.side.body.addStretch(1)

    def _wire(self) -> None:
        self._filter.changed.connect(self._show_lines)
        self._table.selectionModel().currentChanged.connect(self._on_current_changed)
        self._model.problem_said.connect(self._on_problem_said)
        find = QShortcut(QKeySequence.StandardKey.Find, self)
        find.activated.connect(self._filter.search.setFocus)

    def _render(self) -> None:
        if self.draft.is_open:
            self._panel.show_line(self._current_line(), self.draft.head)
        self._render_count()

    def _render_count(self) -> None:
        lines = [line for line in self._lines if line.group is not StockGroup.CATALOGUE]
        entered = sum(self._is_entered(line) for line in lines)
        words = self.tr("%1 / %2 entered")
        if not self.is_narrow:
            words = self.tr("%1 / %2 entered \u00b7 grey is last time, = takes it over \u00b7 Enter goes down")
        self.card.set_hint(words.replace("%1", str(entered)).replace("%2", str(len(lines))))
        rule = "" if self.is_narrow else self.tr("What is not entered stays 'not checked', not 0")
        self.set_footer_hint(rule)
        self._said.setText(self._problem)
        self._said.setVisible(bool(self._problem))

    def _is_entered(self, line: StockLine) -> bool:
        return self.draft.value(stock_row(line.product_id), "on_hand") is not None

    def _current_line(self) -> StockLine | None:
        index = self._table.currentIndex()
        return self._model.line_at(index) if index.isValid() else None

    def _on_read(self, sheet: StockSheet) -> None:
        if not self.draft.is_open or sheet.visit_id != self.draft.head.visit_id:
            return
        self._sheet = sheet
        self._table.measure()  # the headers name the unit of the store
        self._filter.set_lines(sheet.lines)
        self._show_lines()
        self.progress_changed.emit()

    @Slot()
    def _show_lines(self) -> None:
        current = self._current_line()
        field = FIELDS.get(Column(max(self._table.currentIndex().column(), 0)), "on_hand")
        wanted = f"{current.code}{_SEPARATOR}{field}" if current is not None else self._wanted
        self._model.show_lines(self._filter.chosen(self._lines, self._is_entered))
        self._place(wanted)
        self._render()

    def _place(self, key: str) -> None:
        """Put the current cell where it was, without taking the focus."""
        code, _, field = key.partition(_SEPARATOR)
        row = max(self._model.row_of(code), 0) if code else 0
        column = next((column for column, name in FIELDS.items() if name == field), Column.ON_HAND)
        if row < self._model.rowCount():
            self._table.setCurrentIndex(self._model.index(row, column))

    @Slot(QModelIndex, QModelIndex)
    def _on_current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if not current.isValid() or not self.draft.is_open:
            return
        line = self._model.line_at(current)
        self.side.set_title(line.name)
        self._panel.show_line(line, self.draft.head)
        if self._table.hasFocus() or self._table.isAncestorOf(self.focusWidget() or self):
            field = FIELDS.get(Column(current.column()), "on_hand")
            self.field_focused.emit(f"{line.code}{_SEPARATOR}{field}")

    @Slot(object)
    def _on_problem_said(self, words: str) -> None:
        self._problem = words
        self._render_count()
