"""The SKUs of the stock step as a table: what was counted now, grey what was counted last, what is wrong in words."""

from collections.abc import Sequence
from enum import IntEnum
from uuid import UUID

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from typing_extensions import override

from app.domain.count_sense import is_far_above_usual
from app.domain.price_sense import PriceSign, price_sign
from app.domain.units import half_width, parse_count, parse_money
from app.services.stock_sheets import StockGroup, StockLine
from app.services.visit_rows import FieldValue, RowKind, stock_row
from app.ui.pages.visit.stock_words import StockWords, price_text
from app.ui.pages.visit.visit_draft import RowEvent, VisitDraft
from app.ui.widgets.table_cells import CELL_ROLE, Cell
from app.ui.widgets.tones import Tone
from app.ui.widgets.typing_keeper import TYPING_ROLE

TAG_ROLE = int(Qt.ItemDataRole.UserRole) + 20
"""True, False or None: whether there is a price tag, None while nobody looked."""

_TAKE_OVER = "="
Index = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    """The columns."""

    NUMBER = 0
    SKU = 1
    GROUP = 2
    ON_HAND = 3
    PRICE = 4
    GUIDE = 5
    TAG = 6


FIELDS = {Column.ON_HAND: "on_hand", Column.PRICE: "retail_price", Column.TAG: "has_tag"}
GROUP_TONES = {
    StockGroup.MAIN: Tone.PRIMARY,
    StockGroup.KEY: Tone.BLUE,
    StockGroup.SLOW: Tone.AMBER,
}


class StockTableModel(QAbstractTableModel):
    """Writes into the draft as the person types; what is no number stays in its cell, red, until it is mended."""

    problem_said = Signal(object)
    """str: what is wrong with what was typed last; empty when it is right"""

    def __init__(self, draft: VisitDraft, price_limit: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self._price_limit = price_limit
        self._words = StockWords(self)
        self._lines: Sequence[StockLine] = ()
        self._row_of: dict[UUID, int] = {}
        self._bad: dict[tuple[UUID, str], str] = {}
        self._opened: tuple[UUID, str, dict[str, FieldValue], str | None] | None = None
        """the cell that is typed into: its SKU and field, the values before, and what could not be read then"""

    @property
    def lines(self) -> Sequence[StockLine]:
        """The lines shown."""
        return self._lines

    @property
    def bad_count(self) -> int:
        """How many cells hold something that could not be read."""
        return len(self._bad)

    def show_lines(self, lines: Sequence[StockLine], *, forget_bad: bool = False) -> None:
        """Show other lines; the same ones with other figures stay in place, with a cell that is typed into."""
        if forget_bad:
            self._bad.clear()
        if [line.product_id for line in lines] == [line.product_id for line in self._lines]:
            self._lines = lines
            self._tell_all()
            return
        if self._opened is not None and self._opened[0] not in {line.product_id for line in lines}:
            self.close_cell()
        self.beginResetModel()
        self._lines = lines
        self._row_of = {line.product_id: row for row, line in enumerate(lines)}
        self.endResetModel()

    def line_at(self, index: Index) -> StockLine:
        """Return the line of an index."""
        return self._lines[index.row()]

    def row_of(self, code: str) -> int:
        """Return the row of a SKU; −1 if it is not shown."""
        return next((row for row, line in enumerate(self._lines) if line.code == code), -1)

    def take_over(self, index: Index) -> bool:
        """Take the last value of a cell over; return whether there was one."""
        line = self.line_at(index)
        last = line.last
        match index.column():
            case Column.ON_HAND if last is not None and last.on_hand is not None:
                self._write(line, on_hand=last.on_hand, taken_over=True)
            case Column.PRICE if last is not None and last.retail_price is not None:
                self._write(line, retail_price=last.retail_price)
            case Column.TAG if last is not None and last.has_tag is not None:
                self._write(line, has_tag=last.has_tag)
            case _:
                return False
        self._bad.pop((line.product_id, FIELDS[Column(index.column())]), None)
        self._tell(index)
        return True

    def clear(self, index: Index) -> None:
        """Make a cell "not checked" again."""
        field = FIELDS.get(Column(index.column()))
        if field is not None:
            self.setData(index, "" if field != "has_tag" else None, Qt.ItemDataRole.EditRole)

    def on_row_changed(self, event: RowEvent) -> None:
        """Redraw the row of a SKU that changed."""
        part = event.key.part
        if event.key.kind is RowKind.STOCK and isinstance(part, UUID) and part in self._row_of:
            row = self._row_of[part]
            if not event.by_typing:
                for field in event.fields:
                    self._bad.pop((part, field), None)
            self.dataChanged.emit(self.index(row, 0), self.index(row, len(Column) - 1))

    def open_cell(self, index: Index) -> None:
        """Hear that a cell is being typed into: what is typed is one change to undo."""
        line, field = self._lines[index.row()], FIELDS[Column(index.column())]
        if self._opened is not None and self._opened[:2] == (line.product_id, field):
            return  # its row went elsewhere while it was typed into
        names = (field, "taken_over") if field == "on_hand" else (field,)
        before = {name: self._draft.value(stock_row(line.product_id), name) for name in names}
        self._opened = line.product_id, field, before, self._bad.get((line.product_id, field))
        self._draft.open_cell()

    def close_cell(self) -> None:
        """Hear that the cell was left."""
        self._opened = None
        self._draft.close_cell()

    def take_back(self) -> None:
        """Give the cell that is typed into what it held before; Esc was pressed."""
        if self._opened is None:
            return
        product, field, before, bad = self._opened
        self._draft.set(stock_row(product), **before)
        self._bad.pop((product, field), None)
        if bad is not None:
            self._bad[product, field] = bad
        self.problem_said.emit("")
        self._tell_all()

    def retranslate(self) -> None:
        """Word the headers and cells anew."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(Column) - 1)
        self._tell_all()

    def _tell_all(self) -> None:
        if self._lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._lines) - 1, len(Column) - 1))

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._lines)

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(Column)

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        column = Column(section)
        if role == Qt.ItemDataRole.DisplayRole:
            head = self._draft.head if self._draft.is_open else None
            return self._words.header(column.name, head.unit if head else None, head.currency if head else None)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight
            if column in (Column.SKU, Column.GROUP, Column.NUMBER):
                side = Qt.AlignmentFlag.AlignLeft
            if column is Column.TAG:
                side = Qt.AlignmentFlag.AlignHCenter
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.isValid() and index.column() in (Column.ON_HAND, Column.PRICE) and not self._draft.is_read_only:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        line, column = self._lines[index.row()], Column(index.column())
        if role == CELL_ROLE:
            return self._cell(index.row(), line, column)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._spoken(index.row(), line, column)
        if role == Qt.ItemDataRole.EditRole:
            return self._typed(line, column)
        if role in (TAG_ROLE, TYPING_ROLE):
            is_tag = role == TAG_ROLE and column is Column.TAG
            return self._value(line, "has_tag") if is_tag else (line.product_id, column) if role != TAG_ROLE else None
        return self._tip(line, column) if role == Qt.ItemDataRole.ToolTipRole else None

    @override
    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if not index.isValid() or self._draft.is_read_only:
            return False
        line, column = self._lines[index.row()], Column(index.column())
        if column is Column.TAG:
            has_tag = Qt.CheckState(value) is Qt.CheckState.Checked if isinstance(value, (int, Qt.CheckState)) else None
            self._write(line, has_tag=has_tag)
            self._tell(index)
            return True
        if column not in FIELDS or role != Qt.ItemDataRole.EditRole:
            return False
        text = half_width(str(value or ""))
        if text.endswith(_TAKE_OVER):
            return self.take_over(index)
        return self._read(index, line, column, text)

    def _read(self, index: Index, line: StockLine, column: Column, text: str) -> bool:
        field = FIELDS[column]
        number: int | None = None
        try:
            if text:
                number = parse_count(text) if column is Column.ON_HAND else parse_money(text)
        except ValueError:
            self._bad[line.product_id, field] = text
            if self._opened is not None and self._opened[:2] == (line.product_id, field):
                self._draft.set(stock_row(line.product_id), **self._opened[2])  # not the digits on the way to it
            self.problem_said.emit(self._words.bad(line.name, text, is_price=column is Column.PRICE))
        else:
            self._bad.pop((line.product_id, field), None)
            if column is Column.PRICE:
                self._write(line, retail_price=number)
                self.problem_said.emit(self._tip(line, column) or "")
            else:
                was_taken = self._value(line, "taken_over") is True
                self._write(line, on_hand=number, **({"taken_over": False} if was_taken else {}))
                self.problem_said.emit(self._words.far_above(line.name) if self._is_far_above(line) else "")
        self._tell(index)
        return True

    def _write(self, line: StockLine, **values: int | bool | None) -> None:
        self._draft.set(stock_row(line.product_id), **values)

    def _tell(self, index: Index) -> None:
        at = self.index(index.row(), index.column())
        self.dataChanged.emit(at, at)

    def _value(self, line: StockLine, field: str) -> object:
        return self._draft.value(stock_row(line.product_id), field)

    def _typed(self, line: StockLine, column: Column) -> str:
        """Return the text that the editor of a cell begins with."""
        field = FIELDS.get(column, "")
        bad = self._bad.get((line.product_id, field))
        if bad is not None:
            return bad
        value = self._value(line, field) if field else None
        if not isinstance(value, int):
            return ""
        return price_text(value) if column is Column.PRICE else str(value)

    def _cell(self, row: int, line: StockLine, column: Column) -> Cell:
        match column:
            case Column.NUMBER:
                return Cell(str(row + 1), is_muted=True)
            case Column.SKU:
                return Cell(line.name, aside=self._words.price_class(line.price_class), is_strong=True)
            case Column.GROUP:
                tone = GROUP_TONES.get(line.group)
                return Cell(chips=((self._words.group(line.group), tone),) if tone else ())
            case Column.GUIDE:
                return Cell(price_text(line.guide_price), is_number=True, is_muted=True)
            case Column.TAG:
                return Cell(is_checked=self._value(line, "has_tag") is True)
            case Column.ON_HAND | Column.PRICE:
                tone = self._tone(line, column)
                last = self._last(line, column)
                return Cell(self._typed(line, column), is_number=True, tone=tone, is_boxed=True, placeholder=last)

    def _last(self, line: StockLine, column: Column) -> str:
        if column is Column.PRICE:
            return price_text(None if line.last is None else line.last.retail_price)
        return "\u2014" if line.last is None or line.last.on_hand is None else str(line.last.on_hand)

    def _tone(self, line: StockLine, column: Column) -> Tone | None:
        if (line.product_id, FIELDS[column]) in self._bad:
            return Tone.RED
        if column is Column.PRICE:
            sign = self._price_sign(line)
            return None if sign is None else Tone.RED if sign is PriceSign.ABOVE_LIMIT else Tone.AMBER
        if self._value(line, "taken_over") is True:
            return Tone.GREY
        return Tone.AMBER if self._is_far_above(line) else None

    def _is_far_above(self, line: StockLine) -> bool:
        count = self._value(line, "on_hand")
        if not isinstance(count, int):
            return False
        last = None if line.last is None else line.last.on_hand
        return is_far_above_usual(count, line.weekly_sale, sum(line.weeks) + (line.since_last or 0), last)

    def _price_sign(self, line: StockLine) -> PriceSign | None:
        price = self._value(line, "retail_price")
        if not isinstance(price, int) or not self._draft.is_open:
            return None
        limit = self._price_limit if (self._draft.head.currency or "CNY") == "CNY" else None
        return price_sign(price, line.sticks_per_pack, limit, line.guide_price)

    def _tip(self, line: StockLine, column: Column) -> str | None:
        field = FIELDS.get(column, "")
        bad = self._bad.get((line.product_id, field))
        if bad is not None:
            return self._words.bad(line.name, bad, is_price=column is Column.PRICE)
        if column is Column.PRICE and (sign := self._price_sign(line)) is not None:
            return self._words.price_sign(sign, line.name)
        if column is Column.ON_HAND and self._is_far_above(line):
            return self._words.far_above(line.name)
        if column is Column.ON_HAND and self._value(line, "taken_over") is True and line.last is not None:
            return self._words.taken_over(line.last.day)
        if column in (Column.ON_HAND, Column.PRICE) and line.last is not None:
            return self._words.last_on(line.last.day)
        return None

    def _spoken(self, row: int, line: StockLine, column: Column) -> str:
        if column is Column.TAG:
            return self._words.tag(self._value(line, "has_tag"))
        if column in FIELDS:
            return self._typed(line, column) or self._words.not_checked()
        cell = self._cell(row, line, column)
        return cell.text or ", ".join(text for text, _ in cell.chips)
