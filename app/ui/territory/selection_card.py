"""The shops that are selected on the map: how many, in a list to open them from or to copy."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.domain.planning.views import MapShop, Overdue
from app.ui.look.formats import format_count, format_iso, format_short_date
from app.ui.territory.territory_words import TerritoryWords
from app.ui.widgets.buttons import Button
from app.ui.widgets.card import Card
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.list_rows import KEY_ROLE, ListRow, ListRowModel, make_list_view
from app.ui.widgets.tones import Tone

_TONES = {Overdue.RED: Tone.RED, Overdue.ORANGE: Tone.AMBER, Overdue.YELLOW: Tone.AMBER, Overdue.BLUE: Tone.BLUE}


class SelectionCard(Card):
    """Enter or a double click opens a shop; going through the list shows each on the map."""

    shop_chosen = Signal(object)
    """UUID: to be opened"""
    shop_looked_at = Signal(object)
    """UUID: to be shown on the map"""
    clear_wished = Signal()

    def __init__(self, words: TerritoryWords, parent: QWidget | None = None) -> None:
        super().__init__(" ", flush=True, parent=parent)
        self.setObjectName("mapSelection")
        self._words = words
        self._shops: tuple[MapShop, ...] = ()
        self._rows = ListRowModel(self)
        self._list = make_list_view()
        self._list.setObjectName("selectedShops")
        self._list.setUniformItemSizes(True)
        self._list.setModel(self._rows)
        self._empty = EmptyState("map")
        self._empty.setObjectName("nothingSelected")
        self._stack = QStackedWidget()
        self._stack.addWidget(self._list)
        self._stack.addWidget(self._empty)
        self.body.addWidget(self._stack, 1)
        self._open = Button("", small=True)
        self._open.setObjectName("openSelected")
        self._copy = Button("", icon="copy", small=True)
        self._copy.setObjectName("copySelected")
        self._clear = Button("", "quiet", small=True)
        self._clear.setObjectName("clearSelected")
        for button in (self._open, self._copy, self._clear):
            self.add_footer_widget(button)
        self.add_footer_stretch()
        self._list.activated.connect(self._on_activated)
        self._list.selectionModel().currentChanged.connect(self._on_current_changed)
        self._open.clicked.connect(self._on_open)
        self._copy.clicked.connect(self._on_copy)
        self._clear.clicked.connect(self.clear_wished)

    def retranslate(self) -> None:
        """Word everything in the language now shown."""
        self.set_title(self.tr("Selected"))
        self._list.setAccessibleName(self.tr("Selected shops"))
        self._open.setText(self.tr("Open"))
        self._copy.setText(self.tr("Copy list"))
        self._clear.setText(self.tr("Let go"))
        self._clear.setToolTip(self.tr("Select nothing (Esc)"))
        self._empty.set_words(
            self.tr(
                "Click a shop, or draw a line around several: with the lasso (L), or Ctrl and drag. Shift: a frame."
            )
        )
        self.show_shops(self._shops)

    def show_shops(self, shops: Sequence[MapShop]) -> None:
        """Show other shops."""
        self._shops = tuple(shops)
        self._rows.set_rows([self._row(shop) for shop in shops])
        self._stack.setCurrentIndex(0 if shops else 1)
        self.set_hint(format_count(len(shops)) if shops else "")
        self._copy.setText(self.tr("Copy list"))
        for button in (self._open, self._copy):
            button.setEnabled(bool(shops))
        self._clear.setVisible(bool(shops))

    def lines(self) -> str:
        """Return the shops as a table that a spreadsheet takes: tabs between, one a line."""
        head = [self.tr("Code"), self.tr("Name"), self.tr("Visit class"), self.tr("Due")]
        head += [self.tr("Order day"), self.tr("Last visit")]
        rows = [
            (
                shop.code,
                shop.name,
                shop.cadence,
                self._words.due(shop.overdue),
                self._words.order_day(shop.order_weekday),
                format_iso(shop.last_visit),
            )
            for shop in self._shops
        ]
        return "\n".join("\t".join(cells) for cells in (head, *rows))

    def _row(self, shop: MapShop) -> ListRow:
        subtitle = f"{shop.cadence} · {self._words.order_day(shop.order_weekday)}"
        chips = [(self._words.due(shop.overdue), _TONES[shop.overdue])]
        return ListRow(
            str(shop.customer_id), shop.name, subtitle, trailing=format_short_date(shop.last_visit), chips=tuple(chips)
        )

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        self.shop_chosen.emit(UUID(index.data(KEY_ROLE)))

    @Slot(QModelIndex, QModelIndex)
    def _on_current_changed(self, index: QModelIndex, _before: QModelIndex) -> None:
        if index.isValid():
            self.shop_looked_at.emit(UUID(index.data(KEY_ROLE)))

    @Slot()
    def _on_open(self) -> None:
        index = self._list.currentIndex()
        if not index.isValid():
            index = self._rows.index(0)
        self._on_activated(index)

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.lines())
        self._copy.setText(self.tr("Copied"))

    def focus_list(self) -> None:
        """Give the keyboard to the list."""
        if self._shops:
            self._list.setFocus(Qt.FocusReason.OtherFocusReason)
