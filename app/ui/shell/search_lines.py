"""The lines of the search results: headings with counts, customers, products, last searches, a word when none."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from uuid import UUID

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from app.services.search import SearchResults
from app.services.search_hits import CustomerHit, ProductHit, Where
from app.services.search_marks import NO_TEXT, Marked

LINE_ROLE = int(Qt.ItemDataRole.UserRole) + 21
"""The role under which the model gives its `SearchLine`."""
_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
_TEXTS = frozenset({int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole)})


class LineKind(Enum):
    """What a line is."""

    HEADING = "heading"
    CUSTOMER = "customer"
    PRODUCT = "product"
    RECENT = "recent"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class SearchLine:
    """One line; a heading and a note cannot be chosen."""

    kind: LineKind
    title: Marked
    code: Marked = NO_TEXT
    tag: str = ""
    detail_name: str = ""
    detail: Marked = NO_TEXT
    record: UUID | None = None

    @property
    def can_be_chosen(self) -> bool:
        """Whether Enter does something on it."""
        return self.kind in {LineKind.CUSTOMER, LineKind.PRODUCT, LineKind.RECENT}


class SearchLines(QObject):
    """Words the lines in the language shown."""

    def of_results(self, results: SearchResults) -> tuple[SearchLine, ...]:
        """Return the lines of an answer."""
        lines: list[SearchLine] = []
        if results.customers:
            lines.append(self._heading(self.tr("Customers"), results.customer_count, more=results.more_customers))
            lines += [self._customer(hit) for hit in results.customers]
        if results.products:
            lines.append(self._heading(self.tr("Products"), results.product_count, more=results.more_products))
            lines += [self._product(hit) for hit in results.products]
        if not lines:
            lines.append(
                SearchLine(LineKind.NOTE, Marked(self.tr("Nothing found for '%1'").replace("%1", results.text)))
            )
            lines.append(SearchLine(LineKind.NOTE, Marked(self._help())))
        return tuple(lines)

    def of_recent(self, recent: Sequence[str]) -> tuple[SearchLine, ...]:
        """Return the lines while nothing is typed."""
        if not recent:
            return (SearchLine(LineKind.NOTE, Marked(self._help())),)
        heading = SearchLine(LineKind.HEADING, Marked(self.tr("Last searches")))
        return (heading, *(SearchLine(LineKind.RECENT, Marked(text)) for text in recent))

    def _help(self) -> str:
        return self.tr(
            "Type characters, pinyin, initials, a code, a licence number or the last four digits of a phone."
        )

    def _heading(self, name: str, count: int, *, more: bool) -> SearchLine:
        return SearchLine(LineKind.HEADING, Marked(name), code=Marked(f"{count}+" if more else str(count)))

    def _customer(self, hit: CustomerHit) -> SearchLine:
        return SearchLine(
            LineKind.CUSTOMER, hit.name, hit.code, hit.class_code, self._where(hit.where), hit.detail, hit.id
        )

    def _product(self, hit: ProductHit) -> SearchLine:
        return SearchLine(
            LineKind.PRODUCT, hit.name, hit.code, hit.price_class or "", self._where(hit.where), hit.detail, hit.id
        )

    def _where(self, where: Where) -> str:  # noqa: PLR0911  one word each
        match where:
            case Where.LICENCE:
                return self.tr("Licence")
            case Where.PHONE:
                return self.tr("Phone")
            case Where.OPERATOR:
                return self.tr("Operator")
            case Where.LEGAL_PERSON:
                return self.tr("Legal person")
            case Where.REGISTERED_NAME:
                return self.tr("Registered as")
            case Where.MNEMONIC:
                return self.tr("Short code")
            case Where.BARCODE:
                return self.tr("Barcode")
            case _:
                return ""


class SearchLinesModel(QAbstractListModel):
    """The lines for the view."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[SearchLine, ...] = ()

    def set_lines(self, lines: tuple[SearchLine, ...]) -> None:
        """Show other lines."""
        if lines == self._lines:
            return
        self.beginResetModel()
        self._lines = lines
        self.endResetModel()

    @property
    def lines(self) -> tuple[SearchLine, ...]:
        """The lines shown."""
        return self._lines

    def next_choice(self, row: int, step: int) -> int | None:
        """Return the next line that can be chosen, going round at the ends."""
        choices = [place for place, line in enumerate(self._lines) if line.can_be_chosen]
        if not choices:
            return None
        if row not in choices:
            return choices[0] if step > 0 else choices[-1]
        return choices[(choices.index(row) + step) % len(choices)]

    @override
    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._lines)

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        if role == LINE_ROLE:
            return line
        if role in _TEXTS:
            return " ".join(part for part in (line.title.text, line.code.text, line.tag, line.detail.text) if part)
        return None

    @override
    def flags(self, index: _Index) -> Qt.ItemFlag:
        if index.isValid() and self._lines[index.row()].can_be_chosen:
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.NoItemFlags
