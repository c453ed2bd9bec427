"""The order guidance as a table: one SKU a row, the suggested number to be typed over; it writes to the draft."""

from collections.abc import Mapping
from enum import IntEnum, StrEnum
from typing import Any, TypeAlias, cast
from uuid import UUID

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from typing_extensions import override

from app.domain.order_advice import AdviceLine, ReasonCode
from app.domain.units import half_width, parse_count
from app.services.guidance import ShopAdvice, SkuAdvice
from app.services.kept_advice import Kept
from app.services.visit_rows import FieldValue, RowKey, RowKind, Values, advice_row
from app.ui.look.formats import NO_VALUE, format_count, format_number
from app.ui.pages.visit.advice_words import HINT_TONES, AdviceWords
from app.ui.pages.visit.visit_draft import VisitDraft
from app.ui.widgets.table_cells import CELL_ROLE, Cell
from app.ui.widgets.tones import Tone
from app.ui.widgets.typing_keeper import TYPING_ROLE

Index: TypeAlias = QModelIndex | QPersistentModelIndex

_RESTORE = ("=", "＝")


class AdviceColumn(IntEnum):
    """The columns, from left to right."""

    SKU = 0
    WEEKS = 1
    ON_HAND = 2
    EXPECTED = 3
    SAFETY = 4
    ALLOWED = 5
    SUGGESTION = 6
    HINT = 7


class AdviceGroup(StrEnum):
    """What the chips above the table count and filter by."""

    RISK = "risk"
    SLOW = "slow"
    CAPPED = "capped"

    def holds(self, sku: SkuAdvice) -> bool:
        """Whether the SKU belongs to the group."""
        if self is AdviceGroup.RISK:
            return sku.at_risk
        return sku.has(ReasonCode.SLOW_3_MONTHS if self is AdviceGroup.SLOW else ReasonCode.CAPPED)


class AdviceTableModel(QAbstractTableModel):
    """Shows the guidance that a service made; a number that a person types becomes the agreed one."""

    problem_said = Signal(object)
    """str: what is wrong with what was typed; empty when nothing is"""
    chosen_changed = Signal()
    """An agreed number changed, so that the sums have to be made again."""

    def __init__(self, draft: VisitDraft, words: AdviceWords, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self._words = words
        self._advice: ShopAdvice | None = None
        self._skus: list[SkuAdvice] = []
        self._group: AdviceGroup | None = None
        self._only_suggested = False
        self._bad: dict[UUID, str] = {}
        self._opened: tuple[UUID, FieldValue, str | None] | None = None
        """the SKU whose cell is typed into, what was agreed of it before, and what could not be read of it"""

    @property
    def advice(self) -> ShopAdvice | None:
        """The guidance that is shown."""
        return self._advice

    def show_advice(self, advice: ShopAdvice | None) -> None:
        """Show other guidance."""
        self._advice = advice
        self._bad.clear()
        self._fill()

    def set_filter(self, group: AdviceGroup | None, *, only_suggested: bool) -> None:
        """Show only the SKUs of a group, or only those with a suggestion."""
        if (group, only_suggested) != (self._group, self._only_suggested):
            self._group, self._only_suggested = group, only_suggested
            self._fill()

    def open_cell(self, index: Index) -> None:
        """Hear that a cell is being typed into: what is typed is one change to undo."""
        sku = self.sku_at(index)
        if self._opened is not None and sku is not None and self._opened[0] == sku.product_id:
            return  # its row went elsewhere while it was typed into
        if sku is not None:
            product = sku.product_id
            self._opened = product, self._draft.value(advice_row(product), "agreed"), self._bad.get(product)
        self._draft.open_cell()

    def close_cell(self) -> None:
        """Hear that the cell was left."""
        self._opened = None
        self._draft.close_cell()

    def take_back(self) -> None:
        """Give the cell that is typed into what it held before; Esc was pressed."""
        if self._opened is None or self._draft.is_read_only:
            return
        product, agreed, bad = self._opened
        self._draft.set(advice_row(product), agreed=agreed)
        self._bad.pop(product, None)
        if bad is not None:
            self._bad[product] = bad
        self.problem_said.emit("")
        self._tell_all()

    def retranslate(self) -> None:
        """Word everything in the language shown."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(AdviceColumn) - 1)
        self._tell_all()

    def header(self, column: AdviceColumn) -> str:
        """Return the header of a column."""
        return self._words.header(column.name)

    def sku_at(self, index: Index) -> SkuAdvice | None:
        """Return the SKU of a row."""
        return self._skus[index.row()] if index.isValid() and index.row() < len(self._skus) else None

    def row_of(self, code: str) -> int:
        """Return the row of a SKU; −1 if it is not shown."""
        return next((row for row, sku in enumerate(self._skus) if sku.code == code), -1)

    def chosen(self, sku: SkuAdvice) -> int | None:
        """Return the number that stands: the agreed one, else the suggestion."""
        row = self._draft.row(advice_row(sku.product_id))
        agreed = row.get("agreed")
        if isinstance(agreed, int):
            return agreed
        kept = row.get("suggested")
        # What was suggested at a visit that has ended is history: it is shown as it stood.
        return kept if self._draft.is_read_only and isinstance(kept, int) else sku.line.suggestion

    def is_changed(self, sku: SkuAdvice) -> bool:
        """Whether a person changed the number."""
        return isinstance(self._draft.value(advice_row(sku.product_id), "agreed"), int)

    def chosen_numbers(self) -> dict[int, int]:
        """Return every number that stands, by product number."""
        found = {} if self._advice is None else {sku.line.product: self.chosen(sku) for sku in self._advice.skus}
        return {product: number for product, number in found.items() if number is not None}

    def on_record(self) -> Mapping[UUID, Kept]:
        """Return what the visit keeps, by SKU; empty until guidance was used or a number typed."""
        found: dict[UUID, Kept] = {}
        for key, row in self._draft.rows(RowKind.ADVICE).items():
            names = ("on_hand", "cycle_sale", "safety", "allowed", "suggested", "agreed")
            found[cast("UUID", key.part)] = Kept(*(cast("Any", row.get(name)) for name in names))
        return found

    def snapshot(self) -> Mapping[RowKey, Values]:
        """Return the guidance as the visit keeps it."""
        if self._advice is None:
            return {}
        shown = {advice_row(sku.product_id): self._row_values(sku, self._advice.engine) for sku in self._advice.skus}
        gone: dict[RowKey, Values] = {key: {"suggested": 0} for key in self._draft.rows(RowKind.ADVICE)}
        return gone | shown

    def keep(self) -> Mapping[RowKey, Values]:
        """Put the guidance on record as it is shown, because the person uses it; return what stood there before."""
        before = {
            key: {name: self._draft.value(key, name) for name in values} for key, values in self.snapshot().items()
        }
        self._draft.note_rows(self.snapshot())
        return before

    def put_back(self, rows: Mapping[RowKey, Values]) -> None:
        """Put on record again what `keep` replaced."""
        self._draft.note_rows(rows)

    def restore(self, sku: SkuAdvice) -> None:
        """Let the suggestion stand again."""
        self._bad.pop(sku.product_id, None)
        if self.is_changed(sku):
            self._draft.set(advice_row(sku.product_id), agreed=None)
        self.problem_said.emit("")
        self._tell_all()

    def restore_all(self) -> None:
        """Let every suggestion stand again."""
        for sku in self._advice.skus if self._advice is not None else ():
            if self.is_changed(sku):
                self._draft.set(advice_row(sku.product_id), agreed=None)
        self._bad.clear()
        self.problem_said.emit("")
        self._tell_all()

    def on_rows_changed(self) -> None:
        """Show what the draft holds now."""
        self._tell_all()

    @override
    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._skus)

    @override
    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(AdviceColumn)

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        column = AdviceColumn(section)
        if role == Qt.ItemDataRole.DisplayRole:
            return self.header(column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            left = column in (AdviceColumn.SKU, AdviceColumn.WEEKS, AdviceColumn.HINT)
            side = Qt.AlignmentFlag.AlignLeft if left else Qt.AlignmentFlag.AlignRight
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.isValid() and index.column() == AdviceColumn.SUGGESTION and not self._draft.is_read_only:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        sku = self.sku_at(index)
        if sku is None:
            return None
        column = AdviceColumn(index.column())
        if role == CELL_ROLE:
            return self._cell(sku, column)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._spoken(sku, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(sku, column)
        if column is AdviceColumn.SUGGESTION and role in (Qt.ItemDataRole.EditRole, TYPING_ROLE):
            return self._typed(sku) if role == Qt.ItemDataRole.EditRole else sku.product_id
        return None

    @override
    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        sku = self.sku_at(index)
        if sku is None or self._draft.is_read_only or index.column() != AdviceColumn.SUGGESTION:
            return False
        if role != Qt.ItemDataRole.EditRole:
            return False
        text = half_width(str(value or ""))
        if not text or text.endswith(_RESTORE):
            self.restore(sku)
        else:
            self._read(sku, text)
        return True

    def _read(self, sku: SkuAdvice, text: str) -> None:
        problem = ""
        try:
            number = parse_count(text)
        except ValueError:
            problem = self._words.bad_number(sku.full_name, text)
        else:
            allowed = sku.line.allowed
            if allowed is not None and number > allowed:
                problem = self._words.above_cap(sku.full_name, allowed)
            else:
                self._agree(sku, number)
        if problem:
            self._bad[sku.product_id] = text
            self._leave_as_before(sku)
        else:
            self._bad.pop(sku.product_id, None)
        self.problem_said.emit(problem)
        self._tell_all()

    def _leave_as_before(self, sku: SkuAdvice) -> None:
        """Let go of the digits that were a number until the next one made them none: 2 on the way to 20."""
        if self._opened is not None and self._opened[0] == sku.product_id and self.is_changed(sku):
            self._draft.set(advice_row(sku.product_id), agreed=self._opened[1])

    def _agree(self, sku: SkuAdvice, number: int) -> None:
        """Keep the number; the first one puts the whole guidance on record, so that the sheet is whole too."""
        key = advice_row(sku.product_id)
        if not self._draft.rows(RowKind.ADVICE):
            self.keep()
        elif not self._draft.row(key) and self._advice is not None:
            self._draft.note_rows({key: self._row_values(sku, self._advice.engine)})
        stands = number == sku.line.suggestion == self._draft.value(key, "suggested")
        self._draft.set(key, agreed=None if stands else number)

    def _row_values(self, sku: SkuAdvice, engine: str) -> dict[str, FieldValue]:
        line = sku.line
        return {
            "on_hand": line.stock,
            "cycle_sale": None if line.weekly is None else round(line.weekly, 4),
            "safety": None if line.safety is None else float(line.safety),
            "allowed": line.allowed,
            "suggested": line.suggestion,
            "engine": engine,
        }

    def _fill(self) -> None:
        """Take the rows in; the same ones with other figures stay in their place, with a cell that is typed into."""
        skus = [
            sku
            for sku in (() if self._advice is None else self._advice.skus)
            if (self._group is None or self._group.holds(sku)) and (not self._only_suggested or self.chosen(sku))
        ]
        if [sku.product_id for sku in skus] == [sku.product_id for sku in self._skus]:
            self._skus = skus
            self._tell_all()
            return
        if self._opened is not None and self._opened[0] not in {sku.product_id for sku in skus}:
            self.close_cell()
        self.beginResetModel()
        self._skus = skus
        self.endResetModel()

    def _tell_all(self) -> None:
        if self._skus:
            last = self.index(len(self._skus) - 1, len(AdviceColumn) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
        self.chosen_changed.emit()

    def _typed(self, sku: SkuAdvice) -> str:
        bad = self._bad.get(sku.product_id)
        if bad is not None:
            return bad
        chosen = self.chosen(sku)
        return "" if chosen is None else str(chosen)

    def _cell(self, sku: SkuAdvice, column: AdviceColumn) -> Cell:
        match column:
            case AdviceColumn.SKU:
                unit, currency = (self._advice.unit, self._advice.currency) if self._advice else (None, None)
                return Cell(sku.name, second=self._words.subtitle(sku, unit, currency), is_strong=True)
            case AdviceColumn.WEEKS:
                return Cell(sparkline=tuple(float(week) for week in sku.line.chart.weeks))
            case AdviceColumn.SUGGESTION:
                tone = Tone.RED if sku.product_id in self._bad else Tone.PRIMARY if self.is_changed(sku) else None
                return Cell(self._typed(sku), is_number=True, is_boxed=True, placeholder=NO_VALUE, tone=tone)
            case AdviceColumn.HINT:
                return Cell(chips=self._hints(sku))
            case _:
                text, second = self._number(sku.line, column)
                return Cell(text, second=second, is_number=True, is_muted=text == NO_VALUE)

    def _number(self, line: AdviceLine, column: AdviceColumn) -> tuple[str, str]:
        """Return a number of a line, and what is to be known of it."""
        if column is AdviceColumn.ON_HAND:
            return self._words.stock(line)
        if column is AdviceColumn.EXPECTED:
            return format_number(line.weekly), ""
        if column is AdviceColumn.SAFETY:
            return format_number(None if line.safety is None else float(line.safety)), ""
        return format_count(line.allowed), ""

    def _hints(self, sku: SkuAdvice) -> tuple[tuple[str, Tone], ...]:
        """Return the one hint that matters most; all of them are in the tip and beside the table."""
        if self.is_changed(sku):
            return ((self._words.was(sku.line.suggestion), Tone.GREY),)
        if sku.instead is not None:
            return ((self._words.anew(sku.instead), Tone.GREY),)
        first = next((reason for reason in sku.line.reasons if reason.code in HINT_TONES), None)
        return () if first is None else ((self._words.hint(first), HINT_TONES[first.code]),)

    def _tip(self, sku: SkuAdvice, column: AdviceColumn) -> str | None:
        if column is AdviceColumn.SKU:
            return sku.full_name
        if column is AdviceColumn.EXPECTED:
            return self._words.sales_source(sku.line.sales_source)
        if column is AdviceColumn.HINT:
            if sku.instead is not None:
                return self._words.kept(sku)
            return "\n".join(self._words.reason(reason) for reason in sku.line.reasons)
        return None

    def _spoken(self, sku: SkuAdvice, column: AdviceColumn) -> str:
        if column is AdviceColumn.WEEKS:
            return ", ".join(str(week) for week in sku.line.chart.weeks)
        cell = self._cell(sku, column)
        if column is AdviceColumn.HINT:
            return ", ".join(text for text, _ in cell.chips)
        return " ".join(part for part in (cell.text or cell.placeholder, cell.second) if part)
