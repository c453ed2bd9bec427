"""A month of the desk: the table of SKUs or of a SKU's shops, and beside it what is known of the line one is on."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.playbook import Playbook
from app.domain.problems import Problem, RuleError
from app.ui.look.formats import format_clock
from app.ui.look.kpi_tips import KpiTips
from app.ui.look.messages import Messages
from app.ui.look.theme import current_theme
from app.ui.pages.forecast.deeds import Failed
from app.ui.pages.forecast.desk_columns import AHEAD, MONTH_COLUMNS, SORTS, Column
from app.ui.pages.forecast.desk_filter_bar import DeskFilterBar
from app.ui.pages.forecast.desk_lines import Key, Line, SortBy, by_class, in_order, in_place, passing, sum_of
from app.ui.pages.forecast.desk_reading import Stage
from app.ui.pages.forecast.desk_side import DeskSide
from app.ui.pages.forecast.desk_table import DeskTable, TotalsBar
from app.ui.pages.forecast.desk_table_model import DeskTableModel
from app.ui.pages.forecast.forecast_view_model import ForecastViewModel
from app.ui.pages.forecast.forecast_words import ForecastWords
from app.ui.widgets.buttons import Button
from app.ui.widgets.card import Card
from app.ui.widgets.labels import ElidedLabel, TextLabel
from app.ui.widgets.table_cells import Cell

_SIX_COLUMNS = (Column.NAME, Column.KIND, Column.LAST, *AHEAD, Column.SUM)
_LETTERS_FIRST = frozenset({SortBy.NAME})


class DeskPanel(QWidget):
    """Shows the view-model's lines, keeps the keyboard where it was, and never asks before it saves."""

    message = Signal(object)
    """str: something to say above the page"""

    def __init__(self, model: ForecastViewModel, playbook: Playbook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._playbook = playbook
        self._words = ForecastWords(playbook, self)
        self._messages = Messages(self)
        self._target = playbook.parameters.forecast.target_accuracy_pct / 100
        self._shown: object = None
        self._subject: object = None
        self._order: list[Key] = []
        self._widths: list[int] = []
        self._place: dict[object, Key] = {}
        """on which line the keyboard was, by what was shown"""
        self._build()
        self._wire()

    # ---- making ----------------------------------------------------------------------------------------------------
    def _build(self) -> None:
        theme = current_theme()
        tips = KpiTips(self._playbook.formulas, self)
        self.rows = DeskTableModel(self._words, tips, self._target, self)
        self._filters = DeskFilterBar(self._model, self._words)
        self.head = self._filters.head
        self.table = DeskTable()
        self.table.setObjectName("deskTable")
        self.table.setModel(self.rows)
        self._totals = TotalsBar(self.table)
        self._card = Card(" ", flush=True)
        self._back = Button("", "quiet", icon="previous", small=True)
        self._back.setObjectName("deskBack")
        self._card.header.insertWidget(0, self._back)
        self._card.body.addWidget(self.table, 1)
        self._card.body.addWidget(self._totals)
        self._standing = ElidedLabel("", "hint")
        self._standing.setObjectName("deskStanding")
        self._problem = TextLabel("", "error")
        self._problem.setObjectName("deskProblem")
        self._saved = TextLabel("", "hint")
        self._submit = Button("", "primary", small=True)
        self._submit.setObjectName("deskSubmit")
        self._card.add_footer_widget(self._standing, 1)
        self._card.add_footer_widget(self._problem)
        self._card.add_footer_widget(self._saved)
        self._card.add_footer_widget(self._submit)
        self.side = DeskSide(self._model, self._playbook, self._words, self)
        body = QHBoxLayout()
        body.setSpacing(theme.size("gap"))
        body.addWidget(self._card, 1)
        body.addWidget(self.side)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.size("gap_small"))
        whole.addWidget(self._filters)
        whole.addLayout(body, 1)
        self._keys = {text: self._shortcut(text) for text in ("Ctrl+Z", "Ctrl+Y", "Ctrl+Shift+Z", "Alt+Left")}

    def _shortcut(self, keys: str) -> QShortcut:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        return shortcut

    def _wire(self) -> None:
        model = self._model
        model.changed.connect(self.render_desk)
        model.line_changed.connect(self._on_line_changed)
        model.saved.connect(self._on_saved)
        model.refused.connect(self._on_refused)
        self.rows.typed.connect(self._on_typed)
        self.rows.problem_said.connect(self._problem.setText)
        self.table.opened.connect(self._on_opened)
        self.table.left.connect(self.go_back)
        self.table.taken_back.connect(self._on_taken_back)
        self.table.selectionModel().currentChanged.connect(self._on_current_changed)
        self.table.horizontalHeader().sectionClicked.connect(self._on_section_clicked)
        self._filters.left_downwards.connect(self.focus_table)
        self._back.clicked.connect(self.go_back)
        self._submit.clicked.connect(self.side.ask_to_submit)
        self.side.left.connect(self.focus_table)
        self.side.asked_about.connect(self.table.stand_on)
        self._keys["Ctrl+Z"].activated.connect(model.queue.undo)
        self._keys["Ctrl+Y"].activated.connect(model.queue.redo)
        self._keys["Ctrl+Shift+Z"].activated.connect(model.queue.redo)
        self._keys["Alt+Left"].activated.connect(self.go_back)

    # ---- showing ---------------------------------------------------------------------------------------------------
    def retranslate(self) -> None:
        """Word everything in the language now shown."""
        self._filters.retranslate()
        self.side.retranslate()
        if self._model.saved_at is not None:
            self._on_saved()
        self._back.setText(self.tr("All SKUs"))
        self._back.setToolTip(self.tr("Back to the SKUs (Esc)"))
        self._submit.setText(self.tr("Submit…"))
        self._shown = None
        self.render_desk()
        self.arrange()

    @Slot()
    def render_desk(self) -> None:
        """Show the lines of the view-model; none moves unless another month, SKU or order was asked for."""
        model, view = self._model, self._model.view
        if model.stage is not Stage.READY or view is None:
            return
        is_shops = model.product is not None
        six = model.six_months and not is_shops
        wanted = (model.filter, view.month, model.product, six)
        is_same = wanted == self._shown
        if (view.month, model.product) != self._subject:
            self._subject = view.month, model.product
            self.rows.forget_bad()
        lines = self._lines(reorder=not is_same)
        columns = _SIX_COLUMNS if six else MONTH_COLUMNS
        self.rows.months, self.rows.month, self.rows.last_month = view.months, view.month, view.last_month
        self.rows.set_columns(columns, is_shops=is_shops, can_edit=not six)
        self.rows.ahead = self._ahead(lines) if six else None
        whole = self._total(lines)
        shown = lines if is_shops else by_class(lines, self._playbook.enumerations["price_class"].codes)
        self.rows.show_lines(shown)
        cells = tuple(self.rows.cell(whole, column) for column in columns)
        self._totals.show_cells(cells)
        self._totals.measure()
        if not is_same:
            self._shown = wanted
            self._show_order()
            self._measure(lines, cells)
            self._stand_again()
        elif any(len(cell.text) > width for cell, width in zip(cells, self._widths, strict=False)):
            self._measure(lines, cells)
        self._widths = [len(cell.text) for cell in cells]
        self._filters.render_wishes()
        self._render_frame()
        self._render_side()

    def _measure(self, lines: list[Line], cells: tuple[Cell, ...]) -> None:
        totals = {column: cell.text for column, cell in zip(self.rows.columns, cells, strict=True)}
        self.table.measure(self._empty_columns(lines), totals)

    def _lines(self, *, reorder: bool) -> list[Line]:
        model = self._model
        if model.product is None:
            every = model.sku_lines()
        else:
            every = model.shop_lines(self.tr("Shops that do not buy it yet"))
        if reorder:
            found = in_order(passing(every, model.filter, self._target), model.filter)
            self._order = [line.key for line in found]
            return found
        known = set(self._order)
        return in_place((line for line in every if line.key in known), self._order)

    def _total(self, lines: list[Line]) -> Line:
        """Return the sum of what is shown; the whole has a range and an accuracy of its own."""
        model, view = self._model, self._model.view
        narrow = model.filter.is_narrow
        total = sum_of(lines, self.tr("Shown") if narrow else self.tr("Total"))
        if narrow or view is None:
            return total
        if model.shops is not None:
            row = model.shops.row
            known = replace(total, low=row.low, high=row.high, error=row.past_error, allowed=row.allowed)
            return replace(known, plain_error=row.plain_error)
        whole = view.total
        known = replace(total, low=whole.low, high=whole.high, accuracy=whole.last_accuracy, error=whole.past_error)
        return replace(known, plan=whole.plan, plain_error=whole.plain_error)

    def _ahead(self, lines: list[Line]) -> "_Ahead":
        return _Ahead(lines, self._model.months_ahead())

    @staticmethod
    def _empty_columns(lines: list[Line]) -> frozenset[Column]:
        empty = set[Column]()
        if all(line.allowed is None for line in lines):
            empty.add(Column.ALLOWED)
        if all(line.plan is None for line in lines):
            empty.add(Column.PLAN)
        return frozenset(empty)

    def _show_order(self) -> None:
        wanted = self._model.filter
        column = next((one for one, by in SORTS.items() if by is wanted.sort), None)
        self.rows.show_order(column, descending=wanted.descending)

    def _stand_again(self) -> None:
        """Put the keyboard on the line it was on the last time this was shown."""
        key = self._place.get(self._model.product)
        row = None if key is None else self.rows.row_of(key)
        row = self.table.first_row() if row is None else row
        if row >= 0:
            self.table.go_to(row)

    def _render_frame(self) -> None:
        model, view = self._model, self._model.view
        if view is None:
            return
        is_shops = model.product is not None
        self._back.setVisible(is_shops)
        unit = self._words.units.of(model.unit)
        month = self._words.month(view.month)
        if model.shops is not None and is_shops:
            self._card.set_title(model.shops.row.name)
        else:
            self._card.set_title(self.tr("Forecast %1").replace("%1", month))
        ahead = self.tr("%1 · unit: %2").replace("%1", month).replace("%2", unit)
        self._card.set_hint(ahead if is_shops else self._hint(unit))
        self.table.setAccessibleName(self.tr("Forecast %1").replace("%1", month))
        self._standing.setText(self._words.standing(view, waits=model.waits, is_member=model.is_member()))
        self.side.show_month(view)
        self._submit.setEnabled(not model.six_months and not is_shops)
        self._submit.setVisible(not is_shops)

    def _hint(self, unit: str) -> str:
        count = sum(1 for line in self.rows.lines if not line.is_sum)
        words = self.tr("%n SKU(s) · unit: %1", "", count).replace("%1", unit)
        if self._model.view is not None:
            last = self._words.month(self._model.view.last_month)
            words += " · " + self.tr("orders to the end of %1").replace("%1", last)
        return words

    def _render_side(self) -> None:
        line = self._current()
        asked = line if line is not None and line.correction is not None else self._unanswered()
        shown = line or self._total([one for one in self.rows.lines if not one.is_sum])
        self.side.show_line(shown, None if self._model.six_months else asked)
        self.arrange()

    def _unanswered(self) -> Line | None:
        """Return the line that was corrected last, while it lacks a reason."""
        key = self._model.corrected_last
        row = None if key is None else self.rows.row_of(key)
        line = None if row is None else self.rows.line_at(row)
        return line if line is not None and line.lacks_reason else None

    def _current(self) -> Line | None:
        index = self.table.currentIndex()
        line = self.rows.line_at(index.row()) if index.isValid() else None
        return None if line is None or line.is_sum else line

    # ---- what the person does --------------------------------------------------------------------------------------
    @Slot()
    def focus_table(self) -> None:
        """Give the keyboard to the table, on the line it was on."""
        if not self.table.currentIndex().isValid():
            self._stand_again()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def go_back(self) -> None:
        """Leave the shops of a SKU, or what was asked before submitting."""
        if self.side.is_asking:
            self.side.put_off()
        elif self._model.product is not None:
            self._model.close_sku()
            self.focus_table()

    def flush(self) -> None:
        """Hand over what is typed in a cell or a note."""
        if self.table.state() == DeskTable.State.EditingState:
            self.table.setFocus()
        self.side.flush()

    @property
    def is_pending(self) -> bool:
        """Whether something typed is not handed over yet."""
        return self.side.is_pending

    @Slot(object)
    def _on_typed(self, typed: tuple[Line, int]) -> None:
        self._model.correct(*typed)

    @Slot(object)
    def _on_line_changed(self, key: Key) -> None:
        """Show at once what was typed; everything that follows from it comes when it is on disk."""
        if self.rows.show_typed(key, self._model.typed_in):
            whole = self._total([line for line in self.rows.lines if not line.is_sum])
            self._totals.show_cells(tuple(self.rows.cell(whole, column) for column in self.rows.columns))
            self._render_side()

    @Slot(object)
    def _on_opened(self, row: int) -> None:
        line = self.rows.line_at(row)
        if line is None or line.is_sum:
            return
        if self._model.product is not None:
            self.table.go_below()
        elif line.key[0] is not None:
            self._model.open_sku(line.key[0])

    @Slot(object)
    def _on_taken_back(self, row: int) -> None:
        line = self.rows.line_at(row)
        if line is not None and line.correction is not None and not self._model.six_months:
            self._model.take_back(line.key)

    @Slot(QModelIndex, QModelIndex)
    def _on_current_changed(self, current: QModelIndex, _before: QModelIndex) -> None:
        line = self.rows.line_at(current.row()) if current.isValid() else None
        if line is not None and not line.is_sum:
            self._place[self._model.product] = line.key
            self._render_side()

    @Slot(int)
    def _on_section_clicked(self, section: int) -> None:
        by = SORTS.get(self.rows.columns[section])
        if by is None:
            return
        now = self._model.filter
        descending = not now.descending if now.sort is by else by not in _LETTERS_FIRST
        self._model.restrict(sort=by, descending=descending)

    # ---- answers ---------------------------------------------------------------------------------------------------
    @Slot()
    def _on_saved(self) -> None:
        self._saved.setText(self.tr("Saved %1").replace("%1", format_clock(self._model.saved_at)))

    @Slot(object)
    def _on_refused(self, failed: Failed) -> None:
        text = self._messages.of_error(failed.error).whole
        if isinstance(failed.error, RuleError):
            first = failed.error.refusals[0]
            if first.problem is Problem.BAD_VALUE and first.subject == "below_shops":
                text = self.tr("Single shops were set by hand to more than that in all. Change them first (Enter).")
            elif first.problem is Problem.ALREADY_COMPLETED:
                text = self.tr("Nothing changed since the last version: there is nothing to submit.")
        self.message.emit(text)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()

    def arrange(self) -> None:
        """Give the column at the side its width."""
        theme = current_theme()
        wanted = min(max(theme.em(21), round(self.width() * 0.27)), theme.em(30))
        self.side.setFixedWidth(max(wanted, self.side.narrowest()))


class _Ahead:
    """The figures of the months to come of a line, or of the lines of a class added up."""

    def __init__(self, lines: list[Line], figures: Mapping[UUID, tuple[tuple[int, bool], ...]]) -> None:
        self._figures = figures
        self._lines = lines

    def __call__(self, line: Line) -> tuple[tuple[int, bool], ...]:
        if not line.is_sum:
            return () if line.key[0] is None else self._figures.get(line.key[0], ())
        within = [
            self._figures[product]
            for one in self._lines
            if (product := one.key[0]) in self._figures and product is not None
            if line.name or one.group == line.group
        ]
        return tuple((sum(value for value, _ in month), False) for month in zip(*within, strict=True))
