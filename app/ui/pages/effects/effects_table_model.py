"""The figures of a month as a table: headings of groups, actual, target to type into, attainment, change, trend."""

from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from typing_extensions import override

from app.domain.kpi.effect import Giver, KpiLine
from app.domain.kpi.registry import Measure
from app.domain.units import parse_count, parse_decimal, parse_money
from app.services.kpis import KpiMonth
from app.ui.look.formats import NO_VALUE, format_number, format_percent, format_signed
from app.ui.pages.effects.effect_words import EffectWords, group_of, is_up_good, ordered
from app.ui.pages.effects.effects_view_model import own_target
from app.ui.widgets.table_cells import CELL_ROLE, Cell
from app.ui.widgets.tones import Tone
from app.ui.widgets.typing_keeper import TYPING_ROLE

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_NEARLY = 0.9
_ALWAYS_BOXED = frozenset({"F05", "F09"})
_HUNDRED = 100
_ROLES = frozenset(
    {int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole), int(Qt.ItemDataRole.ToolTipRole)}
)
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Column(IntEnum):
    """The columns."""

    NAME = 0
    ACTUAL = 1
    TARGET = 2
    ATTAINMENT = 3
    DUE = 4
    CHANGE = 5
    TREND = 6


class EffectsTableModel(QAbstractTableModel):
    """Rows are lines or the headings above them; what cannot be read stays in its cell, red."""

    target_typed = Signal(object, object)
    """str, float | None: the key of a figure and its new target"""

    def __init__(self, words: EffectWords, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._view: KpiMonth | None = None
        self._rows: tuple[KpiLine | str, ...] = ()
        self._bad: dict[str, str] = {}
        self._reasons_shown = False

    def show_month(self, view: KpiMonth | None) -> None:
        """Show another month, or the same one with other values."""
        rows: list[KpiLine | str] = []
        for line in [] if view is None else ordered(view):
            heading = group_of(line.kpi)
            if heading not in rows:
                rows.append(heading)
            rows.append(line)
        is_same = [_key(row) for row in rows] == [_key(row) for row in self._rows]
        if self._view is None or view is None or view.month != self._view.month:
            self._bad.clear()
        if is_same:
            self._view, self._rows = view, tuple(rows)
            self.retranslate()
            return
        self.beginResetModel()
        self._view, self._rows = view, tuple(rows)
        self.endResetModel()

    def retranslate(self) -> None:
        """Word the headers and cells anew."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(Column) - 1)
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(Column) - 1))

    def set_reasons_shown(self, *, shown: bool) -> None:
        """Say beside a figure why it has no value; where there is no room the tip and the panel say it."""
        if shown is not self._reasons_shown:
            self._reasons_shown = shown
            self.retranslate()

    def line_at(self, row: int) -> KpiLine | None:
        """Return the figure of a row; None for a heading."""
        found = self._rows[row] if 0 <= row < len(self._rows) else None
        return None if isinstance(found, str) else found

    def row_of(self, key: str | None) -> int | None:
        """Return the row of a figure."""
        return next((at for at, row in enumerate(self._rows) if not isinstance(row, str) and row.key == key), None)

    def two_lined(self) -> tuple[int, ...]:
        """Return the rows whose target says who gave it."""
        return tuple(
            at for at, row in enumerate(self._rows) if not isinstance(row, str) and not self._is_own(row)
        )  # fmt: skip

    def headings(self) -> tuple[int, ...]:
        """Return the rows that are headings."""
        return tuple(at for at, row in enumerate(self._rows) if isinstance(row, str))

    def cells(self) -> list[list[str]]:
        """Return what is shown as plain words, headings left out, for a file."""
        return [
            [row.kpi, *(self._spoken(row, column) for column in Column if column is not Column.TREND)]
            for row in self._rows
            if not isinstance(row, str)
        ]

    @override
    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(Column)

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.title(Column(section))
        if role == Qt.ItemDataRole.TextAlignmentRole and Column(section) not in (Column.NAME, Column.TREND):
            return _RIGHT
        return None

    def title(self, column: Column) -> str:
        """Return the heading of a column."""
        return {
            Column.NAME: self.tr("Figure"),
            Column.ACTUAL: self.tr("Actual"),
            Column.TARGET: self.tr("Target"),
            Column.ATTAINMENT: self.tr("Attained"),
            Column.DUE: self.tr("Due now"),
            Column.CHANGE: self.tr("On last year"),
            Column.TREND: self.tr("13 months"),
        }[column]

    @override
    def flags(self, index: _Index) -> Qt.ItemFlag:
        line = self.line_at(index.row())
        if line is None:
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.column() == Column.TARGET and self._is_own(line):
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        line, column = self._rows[index.row()], Column(index.column())
        if isinstance(line, str):
            return self._heading(line, column, role)
        if role == CELL_ROLE:
            return self._cell(line, column)
        if role == TYPING_ROLE:
            return line.key if column is Column.TARGET else None
        if role == Qt.ItemDataRole.EditRole:
            return self._typed(line) if column is Column.TARGET else None
        return self._text(line, column, role) if role in _ROLES else None

    def _text(self, line: KpiLine, column: Column, role: int) -> str:
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(line, column)
        is_told = role == Qt.ItemDataRole.AccessibleTextRole and column is Column.TARGET and not self._is_own(line)
        return f"{self._spoken(line, column)} {self._words.from_office()}" if is_told else self._spoken(line, column)

    @override
    def setData(self, index: _Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        line = self.line_at(index.row())
        if line is None or role != Qt.ItemDataRole.EditRole or index.column() != Column.TARGET:
            return False
        text = str(value or "").strip()
        try:
            number = _read(text, line.measure) if text else None
        except ValueError:
            self._bad[line.key] = text
            self.dataChanged.emit(index, index)
            return False
        self._bad.pop(line.key, None)
        self.target_typed.emit(line.key, number)
        self.dataChanged.emit(index, index)
        return True

    def _heading(self, group: str, column: Column, role: int) -> object:
        text = self._words.group(group) if column is Column.NAME else ""
        if role == CELL_ROLE:
            return Cell(text, is_strong=True, is_muted=True)
        return text if role in _ROLES - {int(Qt.ItemDataRole.ToolTipRole)} else None

    def _cell(self, line: KpiLine, column: Column) -> Cell:
        assert self._view is not None  # noqa: S101 - there is a row
        match column:
            case Column.NAME:
                return Cell(self._words.name(line, self._view), aside=line.kpi, is_muted=line.actual is None)
            case Column.ACTUAL:
                return self._actual(line, self._view)
            case Column.TARGET:
                return self._target(line)
            case Column.ATTAINMENT:
                return self._attainment(line)
            case Column.TREND:
                points = self._view.series.get(line.key, ())
                return Cell(sparkline=tuple(value for _, value in points))
            case _:
                return Cell(self._spoken(line, column), is_number=True, is_muted=True)

    def _actual(self, line: KpiLine, view: KpiMonth) -> Cell:
        if line.actual is None:
            return Cell(NO_VALUE, is_number=True, is_muted=True)
        return Cell(self._words.value(line.actual, line, view), is_number=True)

    def _attainment(self, line: KpiLine) -> Cell:
        if line.actual is None and self._reasons_shown:
            return Cell(self._words.why_empty(line), is_muted=True)
        return Cell(_attained(line), is_number=True, tone=tone_of(line))

    def _target(self, line: KpiLine) -> Cell:
        bad = self._bad.get(line.key)
        if bad is not None:
            return Cell(bad, is_number=True, is_boxed=True, tone=Tone.RED)
        if not self._is_own(line):
            assert line.target is not None  # noqa: S101 - head office's
            number = _as_typed(line.target.value, line.measure)
            return Cell(number, second=self._words.office(), is_number=True, is_strong=True)
        # Sixty empty boxes would shout; the others open at the first digit too.
        is_boxed = line.target is not None or line.kpi in _ALWAYS_BOXED
        return Cell(self._typed(line), is_number=True, is_boxed=is_boxed)

    def _typed(self, line: KpiLine) -> str:
        """Return the manager's own target as a person types it."""
        bad, value = self._bad.get(line.key), own_target(line)
        if bad is not None:
            return bad
        return "" if value is None else _as_typed(value, line.measure)

    def _spoken(self, line: KpiLine, column: Column) -> str:
        view = self._view
        if view is None or column is Column.TREND:
            return ""
        target = None if line.target is None else line.target.value
        is_due = line.expected is not None and target is not None
        return {
            Column.NAME: self._words.name(line, view),
            Column.ACTUAL: self._words.value(line.actual, line, view),
            Column.TARGET: "" if target is None else self._words.value(target, line, view),
            Column.ATTAINMENT: _attained(line),
            Column.DUE: format_percent(line.expected, 1) if is_due else "",
            Column.CHANGE: self._change(line),
        }[column]

    def _change(self, line: KpiLine) -> str:
        if line.measure is Measure.SHARE:
            if line.actual is None or line.last_year is None:
                return ""
            points = format_signed((line.actual - line.last_year) * _HUNDRED, 1)
            return self.tr("%1 pt").replace("%1", points)
        return "" if line.growth is None else f"{format_signed(line.growth * _HUNDRED, 1)}%"

    def _tip(self, line: KpiLine, column: Column) -> str:
        if column is Column.TARGET:
            return self._target_tip(line)
        if column is Column.DUE and line.expected is not None:
            return self.tr("The share of the target that the days gone by would bring")
        why = self._words.why_empty(line)
        return "\n\n".join(part for part in (self._words.tip(line, self._view), why) if part)

    def _target_tip(self, line: KpiLine) -> str:
        if line.key in self._bad:
            return self.tr("This is no number above 0. The target that stood there still stands.")
        if not self._is_own(line) and self._view is not None:
            return self._words.target(line, self._view)
        return self.tr("Type a target; an empty field takes it away.")

    def _is_own(self, line: KpiLine) -> bool:
        return line.target is None or line.target.giver is Giver.MANAGER


def _key(row: KpiLine | str) -> str:
    return row if isinstance(row, str) else row.key


def _attained(line: KpiLine) -> str:
    return "" if line.attainment is None else format_percent(line.attainment, 1)


def tone_of(line: KpiLine) -> Tone | None:
    """Return green where a figure is as far as it should be, amber where nearly, red below; none without a target."""
    good = is_up_good(line.kpi)
    if line.attainment is None or good is None:
        return None
    if not good:
        return Tone.GREEN if line.attainment <= 1 else Tone.RED
    share = line.attainment / (line.expected or 1)
    return Tone.GREEN if share >= 1 else Tone.AMBER if share >= _NEARLY else Tone.RED


def _as_typed(value: float, measure: Measure) -> str:
    """Write a target as people type it: per cent with its sign, everything else without a unit."""
    match measure:
        case Measure.SHARE:
            return format_number(value * _HUNDRED, 1).removesuffix(".0") + "%"
        case Measure.MONEY:
            return format_number(value / _HUNDRED, 2)
        case Measure.CARTONS | Measure.SHOPS:
            return format_number(value, 0)
        case _:
            return format_number(value, 2)


def _read(text: str, measure: Measure) -> float:
    """Read a target as people type it: 85 or 85% for a share, 104.5 for money. Raises ValueError."""
    match measure:
        case Measure.SHARE:
            value = float(parse_decimal(text.rstrip("%％"))) / _HUNDRED
        case Measure.MONEY:
            value = float(parse_money(text))
        case Measure.CARTONS | Measure.SHOPS:
            value = float(parse_count(text))
        case _:
            value = float(parse_decimal(text))
    if value <= 0:
        raise ValueError(text)
    return value
