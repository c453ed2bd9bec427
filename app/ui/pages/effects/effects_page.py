"""The marketing-effect page: the figures of a month against their targets, and the shops behind each."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.kpi.effect import passed
from app.domain.kpi.tallies import Period
from app.domain.playbook import Playbook
from app.services.kpis import KpiMonth
from app.ui.look.formats import format_iso, format_percent
from app.ui.look.messages import Messages
from app.ui.look.theme import current_theme
from app.ui.pages.effects.detail_panel import DetailPanel
from app.ui.pages.effects.effect_words import EffectWords
from app.ui.pages.effects.effects_table_model import Column, EffectsTableModel
from app.ui.pages.effects.effects_view_model import EffectsViewModel
from app.ui.pages.effects.plan_tiles import PlanTiles
from app.ui.widgets.buttons import Button, IconButton
from app.ui.widgets.card import Card
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.labels import ElidedLabel, TextLabel
from app.ui.widgets.message_bar import MessageBar
from app.ui.widgets.page_title import PageTitle
from app.ui.widgets.painting import is_language_event, is_look_event
from app.ui.widgets.table_view import TableView
from app.ui.widgets.tones import Tone

_WIDTHS = {
    Column.ACTUAL: 8.2,
    Column.TARGET: 6.8,
    Column.ATTAINMENT: 6.0,
    Column.DUE: 5.8,
    Column.CHANGE: 7.4,
    Column.TREND: 7.0,
}
_ROW, _TALL_ROW = 2.6, 3.2
_FREE = len(Column) - Column.ATTAINMENT
"""Columns that say nothing where there is no value."""
_LOW = 46
"""Height (em) below which what stands elsewhere too makes room for the tables."""
_ROOM = {Column.TREND: 94, Column.DUE: 86, Column.CHANGE: 76}
"""Width of the page (em) below which a column gives its room to the others."""


class EffectsPage(QWidget):
    """Enter on a figure goes to its shops, Enter on a shop opens it; digits in the target column set a target."""

    title_changed = Signal(object)
    """PageTitle"""
    open_customer_requested = Signal(object)
    """UUID"""
    open_page_requested = Signal(object)
    """str"""

    def __init__(self, model: EffectsViewModel, playbook: Playbook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._model = model
        self._words = EffectWords(playbook, self)
        self._messages = Messages(self)
        self._is_low = False
        self._build()
        self._wire()
        self._retranslate()

    def shown(self) -> None:
        """Come into view."""
        self._model.come_into_view()
        self._tell_title()
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self) -> None:
        self._whole = QVBoxLayout(self)
        self._whole.addLayout(self._build_top())
        self._message = MessageBar()
        self._message.setObjectName("kpiMessage")
        self._whole.addWidget(self._message)
        self._empty = EmptyState("analysis")
        self._empty.setObjectName("noKpis")
        self._wait = TextLabel("", "muted")
        self._wait.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget()
        for part in (self._build_full(), self._empty, self._wait):
            self._stack.addWidget(part)
        self._whole.addWidget(self._stack, 1)
        self._keys = {
            sequence: QShortcut(QKeySequence(sequence), self)
            for sequence in ("Ctrl+Z", "Ctrl+Y", "Ctrl+PgUp", "Ctrl+PgDown", "Ctrl+S")
        }
        for key in self._keys.values():
            key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._measure()

    def _build_top(self) -> QHBoxLayout:
        theme = current_theme()
        self._earlier, self._later = IconButton("chevron.left", framed=True), IconButton("chevron.right", framed=True)
        self._earlier.setObjectName("earlierMonth")
        self._later.setObjectName("laterMonth")
        self._months = QComboBox()
        self._months.setObjectName("kpiMonth")
        self._months.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._passed = ElidedLabel("", "muted")
        self._passed.setObjectName("kpiPassed")
        self._undo, self._redo = IconButton("undo", framed=True), IconButton("redo", framed=True)
        self._undo.setObjectName("undoTarget")
        self._redo.setObjectName("redoTarget")
        self._export = Button("", "quiet", icon="export", small=True)
        self._export.setObjectName("exportKpis")
        top = QHBoxLayout()
        top.setSpacing(theme.size("gap_small"))
        for part in (self._earlier, self._months, self._later, self._passed):
            top.addWidget(part)
        top.addStretch(1)
        for part in (self._undo, self._redo, self._export):
            top.addWidget(part)
        return top

    def _build_full(self) -> QWidget:
        theme = current_theme()
        self._tiles = PlanTiles(self._words)
        self._rows = EffectsTableModel(self._words, self)
        self._table = TableView()
        self._table.setObjectName("kpiTable")
        self._table.setModel(self._rows)
        self._table.setTabKeyNavigation(False)
        for column, width in _WIDTHS.items():
            self._table.setColumnWidth(int(column), theme.em(width))
        self._table.verticalHeader().setDefaultSectionSize(theme.em(_ROW))
        self._table.set_stretch(int(Column.NAME))
        list_card = Card(flush=True)
        list_card.body.addWidget(self._table)
        self._detail = DetailPanel(self._model, self._words)
        self._columns = QHBoxLayout()
        self._columns.addWidget(list_card, 65)
        self._columns.addWidget(self._detail, 35)
        full = QWidget()
        self._full = QVBoxLayout(full)
        self._full.setContentsMargins(0, 0, 0, 0)
        self._full.addWidget(self._tiles)
        self._full.addLayout(self._columns, 1)
        return full

    def _wire(self) -> None:
        self._earlier.clicked.connect(self._on_earlier)
        self._later.clicked.connect(self._on_later)
        self._months.activated.connect(self._on_month_chosen)
        self._undo.clicked.connect(self._model.undo)
        self._redo.clicked.connect(self._model.redo)
        self._export.clicked.connect(self._on_export)
        for sequence, deed in (
            ("Ctrl+Z", self._model.undo),
            ("Ctrl+Y", self._model.redo),
            ("Ctrl+PgUp", self._on_earlier),
            ("Ctrl+PgDown", self._on_later),
            ("Ctrl+S", self._on_export),
        ):
            self._keys[sequence].activated.connect(deed)
        self._table.selectionModel().currentChanged.connect(self._on_current_changed)
        self._table.row_activated.connect(self._on_row_activated)
        self._rows.target_typed.connect(self._on_target_typed)
        self._detail.shop_chosen.connect(self.open_customer_requested)
        self._detail.export_requested.connect(self._on_export_shops)
        self._empty.action_requested.connect(self._on_import)
        self._message.dismissed.connect(self._message.clear)
        self._model.changed.connect(self._render)
        self._model.exported.connect(self._on_exported)
        self._model.trouble_met.connect(self._on_trouble)

    def _retranslate(self) -> None:
        self._earlier.set_name(self.tr("Earlier month (Ctrl+PgUp)"))
        self._later.set_name(self.tr("Later month (Ctrl+PgDown)"))
        self._months.setAccessibleName(self.tr("Month"))
        self._undo.set_name(self.tr("Undo the last target (Ctrl+Z)"))
        self._redo.set_name(self.tr("Set it again (Ctrl+Y)"))
        self._export.setText(self.tr("Export CSV…"))
        self._table.setAccessibleName(self.tr("Figures of the month"))
        self._wait.setText(self.tr("Adding up…"))
        words = self.tr("There are no orders yet, so nothing can be added up. They come with the order file.")
        self._empty.set_words(words, self.tr("Import orders…"))
        self._rows.retranslate()
        self._detail.retranslate()
        self._render()

    @Slot()
    def _render(self) -> None:
        view = self._model.view
        self._undo.setEnabled(self._model.can_undo)
        self._redo.setEnabled(self._model.can_redo)
        self._render_months()
        if view is None:
            self._stack.setCurrentIndex(2)
            return
        is_empty = not view.shop_count or (len(self._model.months) == 1 and not view.series)
        self._stack.setCurrentIndex(1 if is_empty else 0)
        self._export.setEnabled(not is_empty)
        self._passed.setText(self._how_far(view))
        self._tiles.show_month(view)
        self._rows.show_month(view)
        self._span_rows()
        self._fit_rows()
        self._keep_current()
        self._tell_title()

    def _fit_rows(self) -> None:
        """Give the rows with a target of head office room for the line that says so."""
        theme, tall = current_theme(), set(self._rows.two_lined())
        for row in range(self._rows.rowCount()):
            height = theme.em(_TALL_ROW if row in tall else _ROW)
            if self._table.rowHeight(row) != height:
                self._table.setRowHeight(row, height)

    def _span_rows(self) -> None:
        """Let headings go across the table, and reasons for no value over the columns that are empty then."""
        for row in range(self._rows.rowCount()):
            line = self._rows.line_at(row)
            if line is None:
                wanted = ((Column.NAME, len(Column)),)
            else:
                wanted = (Column.NAME, 1), (Column.ATTAINMENT, 1 if line.actual is not None else _FREE)
            for column, span in wanted:
                if self._table.columnSpan(row, int(column)) != span:
                    self._table.setSpan(row, int(column), 1, span)

    def _render_months(self) -> None:
        months = self._model.months
        texts = [f"{month:%Y-%m}" for month in months]
        if texts != [self._months.itemText(at) for at in range(self._months.count())]:
            self._months.clear()
            self._months.addItems(texts)
        place = months.index(self._model.month) if self._model.month in months else -1
        self._months.setCurrentIndex(place)
        self._earlier.setEnabled(0 <= place < len(months) - 1)
        self._later.setEnabled(place > 0)

    def _how_far(self, view: KpiMonth) -> str:
        if view.is_over:
            return self.tr("the whole month")
        share = format_percent(passed(view.until, Period.MONTH))
        return self.tr("up to %1 · %2 of the days").replace("%1", format_iso(view.until)).replace("%2", share)

    def _keep_current(self) -> None:
        """Stay at the figure that is open when its month is read anew."""
        row = self._rows.row_of(self._model.key)
        current = self._table.currentIndex()
        if row is not None and current.row() != row:
            column = max(current.column(), 0)
            self._table.setCurrentIndex(self._rows.index(row, column))

    @Slot(QModelIndex, QModelIndex)
    def _on_current_changed(self, current: QModelIndex, _before: QModelIndex) -> None:
        line = self._rows.line_at(current.row()) if current.isValid() else None
        if line is not None:
            self._model.open_line(line.key)

    @Slot(object)
    def _on_row_activated(self, _index: QModelIndex | QPersistentModelIndex) -> None:
        self._detail.focus_shops()

    @Slot(object, object)
    def _on_target_typed(self, key: str, value: float | None) -> None:
        self._model.set_target(key, value)

    @Slot()
    def _on_earlier(self) -> None:
        self._model.step(-1)

    @Slot()
    def _on_later(self) -> None:
        self._model.step(1)

    @Slot(int)
    def _on_month_chosen(self, place: int) -> None:
        if 0 <= place < len(self._model.months):
            self._model.open_month(self._model.months[place])

    @Slot()
    def _on_export(self) -> None:
        view = self._model.view
        if view is not None:
            names = ["", *(self._rows.title(column) for column in Column if column is not Column.TREND)]
            self._save(f"kpi-{view.month:%Y-%m}.csv", [names, *self._rows.cells()])

    @Slot()
    def _on_export_shops(self) -> None:
        view, line = self._model.view, self._model.line
        if view is not None and line is not None:
            rows = [self._detail.header_words(), *self._detail.shops.cells()]
            self._save(f"kpi-{view.month:%Y-%m}-{line.kpi}.csv", rows)

    def _save(self, name: str, rows: Sequence[Sequence[str]]) -> None:
        path, _ = QFileDialog.getSaveFileName(self, self.tr("Save as CSV"), name, self.tr("Table (*.csv)"))
        if path:
            self.save_as(Path(path), rows)

    def save_as(self, path: Path, rows: Sequence[Sequence[str]]) -> None:
        """Save a table where the person wants it."""
        text = io.StringIO()
        csv.writer(text).writerows(rows)
        self._model.export(path, text.getvalue())

    @Slot(object)
    def _on_exported(self, path: Path) -> None:
        self._message.show_message(self.tr("Saved: %1").replace("%1", str(path)), Tone.GREEN)

    @Slot(object)
    def _on_trouble(self, error: BaseException) -> None:
        self._message.show_message(self._messages.of_error(error).whole, Tone.RED)

    @Slot()
    def _on_import(self) -> None:
        self.open_page_requested.emit("data_in")

    def _tell_title(self) -> None:
        self.title_changed.emit(PageTitle(self.tr("Marketing effect")))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if not hasattr(self, "_keys"):
            return
        if is_language_event(event):
            self._retranslate()
        elif is_look_event(event):
            self._measure()
            self._fit()

    def _fit(self) -> None:
        room = self.width() / current_theme().em(1)
        for column, least in _ROOM.items():
            self._table.setColumnHidden(int(column), room < least)
        self._rows.set_reasons_shown(shown=room >= _ROOM[Column.TREND])
        is_low = self.height() < current_theme().em(_LOW)
        if is_low is not self._is_low:
            self._is_low = is_low
            self._tiles.set_low(is_low=is_low)
            self._detail.set_low(is_low=is_low)

    def _measure(self) -> None:
        theme = current_theme()
        edge = theme.em(1.23)
        self._whole.setContentsMargins(edge, edge, edge, edge)
        self._whole.setSpacing(theme.size("gap_small"))
        self._full.setSpacing(theme.size("gap"))
        self._columns.setSpacing(theme.size("gap"))
        for column, width in _WIDTHS.items():
            self._table.setColumnWidth(int(column), theme.em(width))
        self._table.verticalHeader().setDefaultSectionSize(theme.em(_ROW))
        self._detail.measure()
        self._fit_rows()
