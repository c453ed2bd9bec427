"""Adding a shop to the day: the nearest ones are offered, any other is found by typing."""

from uuid import UUID

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.services.days import NearShop
from app.services.search_hits import CustomerHit
from app.ui.look.formats import format_number
from app.ui.look.theme import current_theme
from app.ui.pages.today.today_view_model import TodayViewModel
from app.ui.pages.today.today_words import TodayWords
from app.ui.widgets.buttons import IconButton
from app.ui.widgets.labels import TextLabel
from app.ui.widgets.list_rows import KEY_ROLE, ROW_ROLE, ListRow, ListRowModel, make_list_view
from app.ui.widgets.painting import is_look_event
from app.ui.widgets.search_field import SearchField
from app.ui.widgets.tones import Tone

_DOWN = frozenset({Qt.Key.Key_Down, Qt.Key.Key_PageDown})


class AddPanel(QWidget):
    """Lies in the place of the day's list while a shop is looked for; a popup would take no Chinese input."""

    closed = Signal()

    def __init__(self, model: TodayViewModel, words: TodayWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._adding = model.adding
        self._words = words
        self._build()
        self._adding.changed.connect(self.render_offer)
        self._field.textEdited.connect(self._adding.find)
        self._field.returnPressed.connect(self._on_return)
        self._field.installEventFilter(self)
        self._list.activated.connect(self._on_activated)
        self._list.clicked.connect(self._on_activated)
        self._list.installEventFilter(self)
        self._back.clicked.connect(self.closed)

    def begin(self) -> None:
        """Start with an empty field."""
        self._field.clear()
        self._field.setFocus()

    def retranslate(self) -> None:
        """Word everything in the language shown."""
        self._field.set_placeholder(self.tr("Name, licence, phone, pinyin\u2026"))
        self._back.set_name(self.tr("Back to the day (Esc)"))
        self._list.setAccessibleName(self.tr("Shops that can be added"))
        self.render_offer()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                self.closed.emit()
                return True
            if watched is self._field and event.key() in _DOWN:
                self._list.setFocus()
                return True
            if watched is self._list and event.key() == Qt.Key.Key_Up and self._list.currentIndex().row() <= 0:
                self._field.setFocus()
                return True
        return super().eventFilter(watched, event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_look_event(event) and hasattr(self, "_whole"):
            self._measure()

    def _build(self) -> None:
        self._field = SearchField()
        self._field.setObjectName("addSearch")
        self._back = IconButton("close")
        self._back.setObjectName("addBack")
        self._said = TextLabel("", "hint", wrap=True)
        self._said.setObjectName("addSaid")
        self._list = make_list_view()
        self._list.setObjectName("addList")
        self._rows = ListRowModel(self)
        self._list.setModel(self._rows)
        self._top = QHBoxLayout()
        self._top.addWidget(self._field, 1)
        self._top.addWidget(self._back)
        self._line = QHBoxLayout()
        self._line.addWidget(self._said)
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.addLayout(self._top)
        self._whole.addLayout(self._line)
        self._whole.addWidget(self._list, 1)
        self._measure()

    def _measure(self) -> None:
        theme = current_theme()
        pad, small, tiny = theme.size("pad"), theme.size("gap_small"), theme.size("gap_tiny")
        self._top.setContentsMargins(pad, small, small, 0)
        self._line.setContentsMargins(pad, 0, pad, tiny)
        self._whole.setSpacing(small)

    @Slot()
    def render_offer(self) -> None:
        """Show what can be added now."""
        if not self._adding.is_open:
            return
        hits, nearby = self._adding.hits, self._adding.nearby
        if self._adding.text and hits is not None:
            rows = [self._hit_row(hit) for hit in hits]
            said = self.tr("%n shop(s) found", "", len(rows)) if rows else self.tr("No shop is found by that.")
        elif nearby is not None:
            rows = [self._near_row(shop) for shop in nearby]
            said = self.tr("Nearest shops that are not in the day") if rows else self.tr("Every shop is in the day.")
        else:
            rows, said = [], self.tr("Looking for shops\u2026")
        self._said.setText(said)
        self._rows.set_rows(rows)
        if rows and not self._list.currentIndex().isValid():
            self._list.setCurrentIndex(self._rows.index(0))

    def _near_row(self, shop: NearShop) -> ListRow:
        second = self._words.class_line(shop.market_type, shop.format, shop.size_class) or (shop.address or "")
        km = "" if shop.km is None else self.tr("%1 km").replace("%1", format_number(shop.km))
        return ListRow(str(shop.customer_id), shop.name, second, km, icon="customer")

    def _hit_row(self, hit: CustomerHit) -> ListRow:
        stop = self._model.stop_of(hit.id)
        is_there = stop is not None and not stop.status.ended
        chips = ((self.tr("In the day"), Tone.GREY),) if is_there else ()
        second = self.tr(" \u00b7 ").join(part for part in (hit.class_code, hit.detail.text) if part)
        return ListRow(str(hit.id), hit.name.text, second, "", chips, icon="customer", marks=hit.name.ranges)

    @Slot()
    def _on_return(self) -> None:
        self._take(self._list.currentIndex())

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        self._take(index)

    def _take(self, index: QModelIndex) -> None:
        row = index.data(ROW_ROLE)
        if not isinstance(row, ListRow):
            return
        customer_id = UUID(str(index.data(KEY_ROLE)))
        stop = self._model.stop_of(customer_id)
        if stop is not None and not stop.status.ended:
            self._adding.close()
            self._model.select(customer_id)
        else:
            self._model.add(customer_id, row.title)
        self.closed.emit()
