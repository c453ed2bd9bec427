"""The rail, the header and the pages; pages are made when they are first wanted."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QPoint, QRect, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from app.ui.look.theme import current_theme
from app.ui.shell import page_contract
from app.ui.shell.header_bar import HeaderBar
from app.ui.shell.status_view_model import StatusViewModel
from app.ui.shell.sync_controller import SyncController
from app.ui.widgets.message_bar import MessageBar
from app.ui.widgets.navigation_rail import Destination, NavigationRail
from app.ui.widgets.page_title import PageTitle
from app.ui.widgets.painting import is_language_event, is_look_event
from app.ui.widgets.tones import Tone

PageFactory = Callable[[], QWidget]

_ICONS = {
    "today": "today",
    "plan": "plan",
    "customers": "customers",
    "visit": "visit",
    "forecast": "rising",
    "effects": "analysis",
    "data_in": "import",
    "sync": "sync",
    "settings": "settings",
}
_AT_BOTTOM = frozenset({"data_in", "sync", "settings"})


class Workspace(QWidget):
    """Shows one page at a time and carries wishes from one page to another."""

    shown_changed = Signal(object)
    """str: the key of the page now shown"""
    trouble_met = Signal(object)
    visit_ended = Signal(object)

    def __init__(
        self,
        pages: Mapping[str, PageFactory],
        search: QWidget,
        status: StatusViewModel,
        sync: SyncController | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._sync = sync
        self._factories = dict(pages)
        self._pages: dict[str, QWidget] = {}
        self._titles: dict[str, PageTitle] = {}
        self._shown = ""
        self._before = ""
        self.search = search
        self.status = status
        self._build()
        self._wire()
        self._retranslate()

    @property
    def shown_key(self) -> str:
        """The key of the page shown; empty before the first."""
        return self._shown

    @property
    def destinations(self) -> tuple[str, ...]:
        """The pages of the rail, from the top."""
        top = [key for key in _ICONS if key in self._factories and key not in _AT_BOTTOM]
        return (*top, *(key for key in _ICONS if key in self._factories and key in _AT_BOTTOM))

    @property
    def built_pages(self) -> tuple[QWidget, ...]:
        """The pages that exist so far."""
        return tuple(self._pages.values())

    def page(self, key: str) -> QWidget:
        """Return a page, making it first if need be."""
        if key not in self._pages:
            page = self._factories[key]()
            self._pages[key] = page
            self._stack.addWidget(page)
            page_contract.connect_wishes(
                page,
                {
                    "title_changed": self._on_title,
                    "open_customer_requested": self.open_customer,
                    "open_stop_requested": self.open_stop,
                    "open_product_requested": self.open_product,
                    "back_requested": self.go_back,
                    "open_visit_requested": self.open_visit,
                    "open_page_requested": self.go,
                    "today_requested": self.go_today,
                    "trouble_met": self.trouble_met,
                    "visit_ended": self.visit_ended,
                },
            )
        return self._pages[key]

    @Slot(object)
    def go(self, key: str) -> None:
        """Show a page."""
        if key not in self._factories:
            return
        page = self.page(key)
        self._shown = key
        self._rail.set_current(key)
        self._stack.setCurrentWidget(page)
        page_contract.tell_shown(page)
        self._header.set_title(self._titles.get(key, PageTitle(self._labels().get(key, ""))))
        self.shown_changed.emit(key)

    @Slot()
    def go_today(self) -> None:
        """Show Today."""
        self.go("today")

    @Slot(object)
    def open_customer(self, customer_id: object) -> None:
        """Show one customer."""
        page_contract.call(self.page("customers"), "open_customer", customer_id)
        self.go("customers")

    @Slot(object)
    def open_stop(self, customer_id: object) -> None:
        """Show the brief of a shop of today."""
        page_contract.call(self.page("today"), "open_stop", customer_id)
        self.go("today")

    @Slot(object)
    def open_product(self, product_id: object) -> None:
        """Show one SKU; going back leads to the page that was shown before."""
        if self._shown != "product":
            self._before = self._shown
        page_contract.call(self.page("product"), "open_product", product_id)
        self.go("product")

    @Slot()
    def go_back(self) -> None:
        """Show the page from which a SKU was opened, the keyboard where it was there."""
        self.go(self._before or "today")
        page = self._pages.get(self._shown)
        if page is not None:
            (page.focusWidget() or page).setFocus()

    @Slot(object)
    def open_visit(self, visit_id: object) -> None:
        """Show one visit."""
        page_contract.call(self.page("visit"), "open_visit", visit_id)
        self.go("visit")

    def restore_visit(self, restored: object) -> None:
        """Show the visit that was under way when the program ended."""
        page_contract.call(self.page("visit"), "restore", restored)
        self.go("visit")

    def say(self, text: str, tone: Tone, action: str = "") -> None:
        """Say something in the bar over the page, with a button if there is something to do.

        The bar lies over the page: whatever somebody is about to press or reads stays where it is.
        """
        self.bar.show_message(text, tone, action)
        self._place_bar()
        self.bar.raise_()

    @Slot()
    def hush(self) -> None:
        """Take the bar away."""
        self.bar.clear()

    def focus_page(self) -> None:
        """Put the keyboard into the page shown."""
        page = self._pages.get(self._shown)
        if page is not None:
            page.setFocus()

    def come_back(self) -> None:
        """Go on where the keyboard was, after the lock or a question that covered the page."""
        page = self._pages.get(self._shown)
        if page is not None:
            page_contract.tell_shown(page)
        (self.focusWidget() or self).setFocus()

    def focus_search(self) -> None:
        """Put the keyboard into the search box."""
        focus = getattr(self.search, "focus_search", None)
        if callable(focus):
            focus()
        else:
            self.search.setFocus()

    def _build(self) -> None:
        self._rail = NavigationRail()
        self._rail.setObjectName("navigationRail")
        for key in self.destinations:
            self._rail.add(Destination(key, _ICONS[key], ""), at_bottom=key in _AT_BOTTOM)
        self._header = HeaderBar(self.search, self.status, self._sync)
        self.bar = MessageBar(self)
        self.bar.setObjectName("windowMessage")
        self._stack = QStackedWidget()
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self._header)
        right.addWidget(self._stack, 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._rail)
        whole.addLayout(right, 1)

    def _place_bar(self) -> None:
        """Put the bar in the middle below the header, as wide as its words are."""
        pad, gap = current_theme().size("pad"), current_theme().size("gap_small")
        room = QRect(self._header.mapTo(self, QPoint(0, self._header.height())), self._stack.size())
        width = min(self.bar.line_width, room.width() - 2 * pad)
        height = self.bar.heightForWidth(width)
        self.bar.setGeometry(room.center().x() - width // 2, room.top() + gap, width, height)

    def _wire(self) -> None:
        self._rail.chosen.connect(self.go)
        self._header.status_requested.connect(self._on_status_requested)
        page_contract.connect_wishes(
            self.search,
            {
                "open_customer_requested": self.open_customer,
                "open_product_requested": self.open_product,
                "open_visit_requested": self.open_visit,
                "open_page_requested": self.go,
            },
        )

    def _retranslate(self) -> None:
        self._rail.set_brand(self.tr("Zoufang"))
        self._rail.setAccessibleName(self.tr("Pages"))
        for key, label in self._labels().items():
            if key in self.destinations:
                self._rail.set_label(key, label)

    def _labels(self) -> dict[str, str]:
        return {
            "today": self.tr("Today"),
            "plan": self.tr("Plan"),
            "customers": self.tr("Customers"),
            "visit": self.tr("Visit"),
            "forecast": self.tr("Forecast"),
            "effects": self.tr("Effect"),
            "data_in": self.tr("Import"),
            "sync": self.tr("Sync"),
            "settings": self.tr("Settings"),
            "status": self.tr("Status"),
            "product": self.tr("SKU"),
        }

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_language_event(event) and hasattr(self, "_stack"):
            self._retranslate()
        elif is_look_event(event) and hasattr(self, "_stack"):
            self._place_bar()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_bar()

    @Slot(object)
    def _on_title(self, title: PageTitle) -> None:
        sender = self.sender()
        for key, page in self._pages.items():
            if page is sender:
                self._titles[key] = title
                if key == self._shown:
                    self._header.set_title(title)

    @Slot()
    def _on_status_requested(self) -> None:
        self.go("sync" if self._sync is not None and self._sync.is_member else "status")
