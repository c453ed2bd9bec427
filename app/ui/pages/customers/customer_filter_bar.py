"""The filters above the customer list: a text, and chips for order day, class and what needs attention."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.playbook import Playbook
from app.domain.reasons import LONG_UNVISITED_DAYS
from app.services.customer_list import ListOverview
from app.ui.look.theme import current_theme
from app.ui.look.translations import current_language
from app.ui.pages.customers.customer_list_view_model import CustomerListViewModel
from app.ui.pages.customers.customers_table_model import weekday_word
from app.ui.widgets.buttons import Button
from app.ui.widgets.chip import FilterChip
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.labels import TextLabel
from app.ui.widgets.search_field import SearchField
from app.ui.widgets.tones import Tone

LICENCE_DAYS = 90
_MOST_CHIPS = 12


_Code = TypeVar("_Code")


@dataclass(frozen=True, slots=True)
class _Wish:
    """What a chip restricts the list to."""

    field: str
    value: Any


class CustomerFilterBar(QWidget):
    """Tells the view-model what to show; a chip of a group lets go of the others of its group."""

    left_downwards = Signal()
    """the down key or Enter was pressed in the text: the list takes over"""

    def __init__(self, model: CustomerListViewModel, playbook: Playbook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._playbook = playbook
        self._chips: dict[FilterChip, _Wish] = {}
        self._shown: tuple[object, ...] = ()
        self._build()
        self._wire()
        self.retranslate()

    def _build(self) -> None:
        theme = current_theme()
        self._text = SearchField("", "Ctrl F")
        self._text.setObjectName("listFilter")
        self._text.setMaximumWidth(theme.em(22))
        self._count = TextLabel("", "muted")
        self._count.setObjectName("customerCount")
        self._more = Button("", "quiet", icon="filter", small=True)
        self._more.setObjectName("moreFilters")
        self._more.setCheckable(True)
        self._clear = Button("", "quiet", icon="close", small=True)
        self._clear.setObjectName("clearFilters")
        line = QHBoxLayout()
        line.setSpacing(theme.size("gap"))
        line.addWidget(self._text, 1)
        line.addWidget(self._more)
        line.addWidget(self._clear)
        line.addStretch(1)
        line.addWidget(self._count)
        self._flow_box = QWidget()
        self._flow = FlowLayout(self._flow_box)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.size("gap_small"))
        whole.addLayout(line)
        whole.addWidget(self._flow_box)
        self._find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        self._find.setContext(Qt.ShortcutContext.WindowShortcut)

    def _wire(self) -> None:
        self._text.textEdited.connect(self._on_text_edited)
        self._text.returnPressed.connect(self.left_downwards)
        self._clear.clicked.connect(self._on_clear_clicked)
        self._more.toggled.connect(self._on_more_toggled)
        self._find.activated.connect(self._on_find)
        self._model.changed.connect(self._render)

    def retranslate(self) -> None:
        """Word everything in the language now shown."""
        self._text.set_placeholder(self.tr("Filter this list"))
        self._clear.setText(self.tr("Clear filters"))
        self._shown = ()
        self._render()

    @Slot()
    def _render(self) -> None:
        overview = self._model.overview
        self._more.setVisible(bool(overview.formats))
        self._more.setText(self.tr("Fewer filters") if self._more.isChecked() else self.tr("More filters"))
        if self._shown != (overview, self._more.isChecked()):
            self._shown = (overview, self._more.isChecked())
            self._make_chips(overview)
        wanted = self._model.filter
        for chip, wish in self._chips.items():
            chip.setChecked(getattr(wanted, wish.field) == wish.value)
        if not self._text.hasFocus() and self._text.text() != wanted.text:
            self._text.setText(wanted.text)
        self._clear.setVisible(self._model.is_filtered)
        self._count.setText(self._count_words())

    def _count_words(self) -> str:
        if not self._model.is_loaded:
            return ""
        shown, total = len(self._model.keys), self._model.overview.total
        if shown == total:
            return self.tr("%n customer(s)", "", total)
        return self.tr("%1 of %n customer(s)", "", total).replace("%1", f"{shown:,}")

    def _make_chips(self, overview: ListOverview) -> None:
        self._chips.clear()
        self._flow.clear()
        self._add_chip(_Wish("unvisited_days", LONG_UNVISITED_DAYS), self._unvisited_words())
        self._add_chip(_Wish("licence_ends_within", LICENCE_DAYS), self._licence_words())
        self._add_group(self.tr("Order day"), "order_weekday", overview.order_weekdays, weekday_word)
        self._add_group(self.tr("Market"), "market_type", overview.market_types, self._label("market_type"))
        self._add_group(self.tr("Size"), "size_class", overview.size_classes, self._label("size_class"))
        if self._more.isChecked():
            self._add_group(self.tr("Format"), "format", overview.formats, self._label("business_format"))

    def _unvisited_words(self) -> str:
        return self.tr("Not visited for %n day(s)", "", LONG_UNVISITED_DAYS)

    def _licence_words(self) -> str:
        return self.tr("Licence ends within %n day(s)", "", LICENCE_DAYS)

    def _add_group(self, title: str, field: str, values: Sequence[_Code], words: Callable[[_Code], str]) -> None:
        if not values:
            return
        name = TextLabel(title, "hint")
        name.setMinimumHeight(FilterChip(title).sizeHint().height())
        self._flow.addWidget(name)
        for value in values[:_MOST_CHIPS]:
            self._add_chip(_Wish(field, value), words(value))

    def _label(self, enumeration: str) -> Callable[[str], str]:
        lists, language = self._playbook.enumerations, current_language()
        return lambda code: lists.label(enumeration, code).of(language)

    def _add_chip(self, wish: _Wish, words: str) -> None:
        chip = FilterChip(words, Tone.GREY)
        chip.setObjectName(f"filter_{wish.field}_{wish.value}")
        chip.clicked.connect(self._on_chip_clicked)
        self._chips[chip] = wish
        self._flow.addWidget(chip)

    @Slot(str)
    def _on_text_edited(self, text: str) -> None:
        if text.strip() != self._model.filter.text:
            self._model.restrict(text=text.strip())

    @Slot()
    def _on_chip_clicked(self) -> None:
        chip = self.sender()
        wish = self._chips.get(chip) if isinstance(chip, FilterChip) else None
        if wish is not None:
            is_on = getattr(self._model.filter, wish.field) == wish.value
            self._model.restrict(**{wish.field: None if is_on else wish.value})

    @Slot(bool)
    def _on_more_toggled(self, _is_on: bool) -> None:
        if not self._more.isChecked() and self._model.filter.format is not None:
            self._model.restrict(format=None)
        self._render()

    @Slot()
    def _on_clear_clicked(self) -> None:
        self._text.clear()
        self._model.clear_filter()

    @Slot()
    def _on_find(self) -> None:
        self._text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._text.selectAll()
