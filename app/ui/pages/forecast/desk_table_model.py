"""The lines of the desk as a table: SKUs with the sums of their classes, or the shops of one SKU."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from typing_extensions import override

from app.domain.forecast_process import Kinded, Steadiness
from app.domain.units import parse_count
from app.services.forecast_views import Record
from app.ui.look.formats import NO_VALUE, format_count, format_month, format_number, format_percent
from app.ui.look.kpi_tips import KpiTips
from app.ui.look.sentences import joined
from app.ui.look.translations import current_language
from app.ui.pages.forecast.desk_columns import MONTH_COLUMNS, Column
from app.ui.pages.forecast.desk_lines import Key, Line, sum_of
from app.ui.pages.forecast.forecast_words import ForecastWords
from app.ui.widgets.table_cells import CELL_ROLE, Cell
from app.ui.widgets.tones import Tone
from app.ui.widgets.typing_keeper import TYPING_ROLE

if TYPE_CHECKING:
    from datetime import date

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


_PLAIN_METHOD = "smoothing"
_WORDS = frozenset({Column.NAME, Column.KIND})
_PLAIN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
_TYPED = _PLAIN | Qt.ItemFlag.ItemIsEditable


class DeskTableModel(QAbstractTableModel):
    """Shows lines; what is typed is read here, and what cannot be read stays in its cell, red."""

    typed = Signal(object)
    """(Line, int)"""
    problem_said = Signal(object)
    """str: what is wrong with what was typed last; empty when it is right"""

    def __init__(self, words: ForecastWords, tips: KpiTips, target: float, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._tips = tips
        self._target = target
        self.columns: tuple[Column, ...] = MONTH_COLUMNS
        self.is_shops = False
        self.can_edit = True
        self.ahead: Callable[[Line], tuple[tuple[int, bool], ...]] | None = None
        self.months: tuple[date, ...] = ()
        self.last_month: date | None = None
        self.month: date | None = None
        self._sorted: Column | None = None
        self._descending = True
        self._lines: list[Line] = []
        self._row_of: dict[Key, int] = {}
        self._cells: dict[int, tuple[Cell, ...]] = {}
        self._bad: dict[Key, str] = {}

    # ---- lines -----------------------------------------------------------------------------------------------------
    @property
    def lines(self) -> Sequence[Line]:
        """The lines shown."""
        return self._lines

    @property
    def bad_count(self) -> int:
        """How many cells hold what could not be read."""
        return len(self._bad)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show other lines; the same ones with other figures are only drawn again."""
        self._cells.clear()
        if [line.key for line in lines] == [line.key for line in self._lines]:
            self._lines = list(lines)
            if lines:
                self.dataChanged.emit(self.index(0, 0), self.index(len(lines) - 1, len(self.columns) - 1))
            return
        self.beginResetModel()
        self._lines = list(lines)
        self._row_of = {line.key: row for row, line in enumerate(lines) if not line.is_sum}
        self.endResetModel()

    def set_columns(self, columns: tuple[Column, ...], *, is_shops: bool, can_edit: bool) -> None:
        """Show other columns."""
        if (columns, is_shops, can_edit) != (self.columns, self.is_shops, self.can_edit):
            self.beginResetModel()
            self.columns, self.is_shops, self.can_edit = columns, is_shops, can_edit
            self._cells.clear()
            self.endResetModel()

    def show_typed(self, key: Key, change: Callable[[Line], Line]) -> bool:
        """Draw a line anew that is typed into, and the sum it is in; return whether it is shown."""
        row = self._row_of.get(key)
        if row is None:
            return False
        group = self._lines[row].group
        self._lines[row] = change(self._lines[row])
        places = [row]
        for place, line in enumerate(self._lines):
            if line.is_sum and line.group == group:
                within = [one for one in self._lines if not one.is_sum and one.group == group]
                self._lines[place] = sum_of(within, line.name, group)
                places.append(place)
        for place in places:
            self._cells.pop(place, None)
            self.dataChanged.emit(self.index(place, 0), self.index(place, len(self.columns) - 1))
        return True

    def show_order(self, column: Column | None, *, descending: bool) -> None:
        """Mark the column by which the lines are sorted."""
        self._sorted, self._descending = column, descending
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)

    def row_of(self, key: Key) -> int | None:
        """Return the row of a line."""
        return self._row_of.get(key)

    def line_at(self, row: int) -> Line | None:
        """Return the line of a row."""
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def kind_words(self) -> tuple[str, ...]:
        """Return every word that can stand in the column of kinds."""
        return tuple(self._words.kind(Kinded(one), of_shop=self.is_shops) for one in Steadiness)

    def file_titles(self) -> tuple[str, ...]:
        """Return what a file has beside the columns: code, range, errors, reason, note, opportunity."""
        low, high = self.tr("Low"), self.tr("High")
        errors = self.tr("Past error (WAPE)"), self.tr("Error of the plain method (M5)")
        return self.tr("Code"), low, high, *errors, self.tr("Reason"), self.tr("Note"), self.tr("Opportunity")

    def reason_words(self, code: str) -> str:
        """Return a reason in the language shown."""
        return self._words.reason(code)

    def forget_bad(self) -> None:
        """Let go of what could not be read, when another month or SKU is shown."""
        if self._bad:
            self._bad.clear()
            self.problem_said.emit("")

    # ---- Qt --------------------------------------------------------------------------------------------------------
    @override
    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._lines)

    @override
    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        line = self.line_at(index.row())
        if line is None or line.is_sum:
            return Qt.ItemFlag.NoItemFlags
        if self.can_edit and line.can_correct and self.columns[index.column()] is Column.OWN:
            return _TYPED
        return _PLAIN

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            arrow = {None: "", True: " ↓", False: " ↑"}[self._descending if column is self._sorted else None]
            return self.title(column) + arrow
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._title_tip(column)
        if role == Qt.ItemDataRole.TextAlignmentRole and column not in _WORDS:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self.line_at(index.row())
        if line is None:
            return None
        if role == CELL_ROLE:
            return self.cells_of(index.row())[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            cell = self.cells_of(index.row())[index.column()]
            return " ".join(part for part in (cell.text, cell.aside, *(text for text, _ in cell.chips)) if part)
        if role in (Qt.ItemDataRole.EditRole, TYPING_ROLE):
            own = "" if line.correction is None else str(line.correction.value)
            return self._bad.get(line.key, own) if role != TYPING_ROLE else self._typed_key(line, index)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(line, self.columns[index.column()])
        return None

    def _typed_key(self, line: Line, index: Index) -> Key | None:
        return line.key if self.columns[index.column()] is Column.OWN and not line.is_sum else None

    @override
    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        line = self.line_at(index.row())
        if role != Qt.ItemDataRole.EditRole or line is None or not line.can_correct:
            return False
        text = str(value).strip()
        if not text:
            self._bad.pop(line.key, None)
            self.problem_said.emit("")
            self._redraw(line.key)
            return True
        try:
            count = parse_count(text)
        except ValueError:
            self._bad[line.key] = text
            self._redraw(line.key)
            self.problem_said.emit(self.tr("“%1” is no whole number of zero or more: %2").replace("%1", text)
                                   .replace("%2", line.name))  # fmt: skip
            return False
        self._bad.pop(line.key, None)
        self.problem_said.emit("")
        if line.correction is None or line.correction.value != count:
            self.typed.emit((line, count))
        else:
            self._redraw(line.key)
        return True

    # ---- cells -----------------------------------------------------------------------------------------------------
    def cells_of(self, row: int) -> tuple[Cell, ...]:
        """Return the cells of a row, made when they are first asked for."""
        if row not in self._cells:
            line = self._lines[row]
            self._cells[row] = tuple(self.cell(line, column) for column in self.columns)
        return self._cells[row]

    def cell(self, line: Line, column: Column) -> Cell:  # noqa: C901, PLR0911 - one branch a column
        """Return what a column shows of a line."""
        strong = line.is_sum
        match column:
            case Column.NAME:
                return self._name(line)
            case Column.KIND:
                return self._kind(line)
            case Column.LAST | Column.YEAR:
                value = line.last_month if column is Column.LAST else line.last_year
                return Cell(format_count(value), is_number=True, is_muted=not strong, is_strong=strong)
            case Column.MODEL:
                return Cell(format_count(line.model_value), is_number=True, is_strong=strong)
            case Column.RANGE:
                text = "" if strong and line.low is None else self._words.range(line.low, line.high)
                return Cell(text, is_number=True, is_muted=True)
            case Column.ERROR:
                return self._error(line)
            case Column.OWN:
                return self._own(line)
            case Column.FINAL:
                return Cell(format_count(line.final), is_number=True, is_strong=True)
            case Column.CHANGE:
                return Cell(self._words.change(line.changed), is_number=True, is_muted=True)
            case Column.PLAN:
                text = "" if line.plan is None and strong else format_number(line.plan, 0)
                return Cell(text, is_number=True, is_muted=True)
            case Column.ALLOWED:
                return self._allowed(line)
            case _:
                return self._ahead_cell(line, column)

    def _name(self, line: Line) -> Cell:
        if line.is_sum:
            count = self.tr("%n shop(s)", "", line.count) if self.is_shops else self.tr("%n SKU(s)", "", line.count)
            return Cell(line.name or self._words.group(line.group), aside=count, is_strong=True)
        chips = ((self.tr("%n shop(s) by hand", "", line.corrected), Tone.GREY),) if line.corrected else ()
        return Cell(line.name, aside="" if chips else line.code, chips=chips, is_muted=not line.can_correct)

    def _kind(self, line: Line) -> Cell:
        if line.kind is None:
            return Cell()
        word = self._words.kind(line.kind, of_shop=self.is_shops)
        if line.kind.kind is Steadiness.STABLE:
            return Cell(word, is_muted=True)
        return Cell(chips=((word, Tone.GREY),))

    def _error(self, line: Line) -> Cell:
        if line.is_sum and line.accuracy is None:
            return Cell()
        value = line.accuracy
        if self.is_shops:
            return Cell(format_percent(line.error), is_number=True, is_muted=True)
        tone = Tone.AMBER if value is not None and value < self._target else None
        return Cell(format_percent(value), is_number=True, tone=tone, is_muted=value is None)

    def _own(self, line: Line) -> Cell:
        if line.is_sum:
            corrected = self.tr("%n own", "", line.corrected) if line.corrected else ""
            return Cell(corrected, is_number=True, is_muted=True)
        if not line.can_correct:
            return Cell()
        bad = self._bad.get(line.key)
        text = bad if bad is not None else "" if line.correction is None else format_count(line.correction.value)
        tone = Tone.RED if bad is not None else Tone.AMBER if line.lacks_reason else None
        return Cell(text, is_number=True, is_boxed=self.can_edit, placeholder=format_count(line.model_value), tone=tone)

    def _allowed(self, line: Line) -> Cell:
        over = line.allowed is not None and line.final > line.allowed
        text = "" if line.allowed is None and line.is_sum else format_count(line.allowed)
        return Cell(text, is_number=True, is_muted=True, tone=Tone.AMBER if over and not line.is_sum else None)

    def _ahead_cell(self, line: Line, column: Column) -> Cell:
        figures = () if self.ahead is None else self.ahead(line)
        if not figures:
            return Cell(NO_VALUE, is_number=True, is_muted=True)
        if column is Column.SUM:
            return Cell(format_count(sum(value for value, _ in figures)), is_number=True, is_strong=True)
        at = column.value
        if not isinstance(at, int) or at >= len(figures):
            return Cell(NO_VALUE, is_number=True, is_muted=True)
        value, by_hand = figures[at]
        return Cell(format_count(value), is_number=True, is_strong=line.is_sum, tone=Tone.AMBER if by_hand else None)

    def title(self, column: Column) -> str:
        """Return what a column is called."""
        if isinstance(column.value, int):
            at = column.value
            return format_month(self.months[at], current_language()) if at < len(self.months) else ""
        return {
            Column.NAME: self.tr("Shop") if self.is_shops else self.tr("SKU"),
            Column.KIND: self.tr("Kind"),
            Column.LAST: self.tr("Last month"),
            Column.YEAR: self.tr("Year before"),
            Column.MODEL: self.tr("System"),
            Column.RANGE: self.tr("Range (80%)"),
            Column.ERROR: self.tr("Past error") if self.is_shops else self.tr("Accuracy"),
            Column.OWN: self.tr("Own"),
            Column.FINAL: self.tr("Final"),
            Column.CHANGE: self.tr("Off system") if self.is_shops else self.tr("Moved"),
            Column.PLAN: self.tr("Plan"),
            Column.ALLOWED: self.tr("Allowed"),
            Column.SUM: self.tr("Six months"),
        }[column]

    def _title_tip(self, column: Column) -> str:
        last = "" if self.last_month is None else self._words.month(self.last_month)
        return {
            Column.LAST: last,
            Column.YEAR: "" if self.month is None else f"{self.month.year - 1}-{self.month:%m}",
            Column.MODEL: self.tr("What the system expects; it never changes with your own figures."),
            Column.RANGE: self.tr("In four months of five the figure came between these two."),
            Column.ERROR: self.tr("Σ |forecast − actual| ÷ Σ actual over the past year (WAPE)")
            if self.is_shops
            else f"{last}\n{self._tips.of('F03')}",
            Column.OWN: self.tr("Your own figure: type it. Del takes it back, F2 changes it."),
            Column.FINAL: self.tr("What counts: your own figure where there is one, else the system's."),
            Column.CHANGE: self.tr("Final less system: what your corrections moved.")
            if self.is_shops
            else self.tr("Against what was submitted last, or forecast before."),
            Column.PLAN: self.tr("The target of this month, from head office or your own."),
            Column.ALLOWED: self.tr("What all shops together may order (可订量), where head office told it."),
        }.get(column, "")

    def _tip(self, line: Line, column: Column) -> str:
        if column is Column.KIND and line.kind is not None:
            return self._words.kind_tip(line.kind, of_shop=self.is_shops)
        if column is Column.ERROR and not line.is_sum:
            record = Record(line.error, line.plain_error, line.model == _PLAIN_METHOD)
            error = self.tr("Past error (WAPE) %1").replace("%1", format_percent(line.error))
            told = [] if line.error is None else [joined((f"{error}.", self._words.beside_plain(record)))]
            return "\n".join((*told, self._title_tip(column)))
        if column is Column.OWN and line.correction is not None:
            said = line.correction
            parts = (self._words.reason(said.reason), said.note, said.opportunity)
            return "\n".join(part for part in parts if part)
        if column is Column.NAME:
            return f"{line.name} {line.code}".strip()
        return ""

    def _redraw(self, key: Key) -> None:
        row = self._row_of.get(key)
        if row is not None:
            self._cells.pop(row, None)
            self.dataChanged.emit(self.index(row, 0), self.index(row, len(self.columns) - 1))
