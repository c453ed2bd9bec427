"""The sync page: the round at the left, what needs a person at the right, or how to enrol."""

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from app.services.sync_facts import Ended, Membership, Place
from app.ui.look.theme import current_theme
from app.ui.pages.sync.enrol_card import EnrolCard
from app.ui.pages.sync.field_words import ValueWords
from app.ui.pages.sync.inbox_card import InboxCard
from app.ui.pages.sync.lanes_card import LanesCard
from app.ui.pages.sync.link_box import LinkBox
from app.ui.pages.sync.receipt_box import ReceiptBox
from app.ui.pages.sync.receipt_view_model import ReceiptViewModel
from app.ui.pages.sync.sync_inbox_view_model import SyncInboxViewModel
from app.ui.shell.sync_controller import SyncController
from app.ui.widgets.card import Card
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.page_title import PageTitle
from app.ui.widgets.painting import is_language_event

_AGAIN = frozenset({Ended.ENROL_AGAIN, Ended.KEYS_MISSING, Ended.REVOKED})


class SyncPage(QWidget):
    """Two cards; without a network all of it is calm."""

    title_changed = Signal(object)
    open_visit_requested = Signal(object)
    open_customer_requested = Signal(object)
    trouble_met = Signal(object)

    def __init__(
        self,
        sync: SyncController,
        inbox: SyncInboxViewModel,
        receipts: ReceiptViewModel,
        link: LinkBox,
        value_words: ValueWords,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._sync = sync
        self._inbox = inbox
        self._receipts = receipts
        for model in (inbox, receipts):
            model.setParent(self)
        theme = current_theme()
        self._lanes = LanesCard(sync, inbox)
        self._receipt = ReceiptBox(receipts)
        self._link = link
        for box in (link, self._receipt):
            self._lanes.body.addWidget(box)
        self._needs = InboxCard(inbox, value_words)
        self._enrol = EnrolCard(sync)
        self._practice = Card()
        self._practice_words = EmptyState("info")
        self._practice.body.addWidget(self._practice_words)
        self._right = QStackedWidget()
        both = QWidget()
        column = QVBoxLayout(both)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.size("gap"))
        column.addWidget(self._enrol, 1)
        column.addWidget(self._needs, 1)
        self._right.addWidget(both)
        self._right.addWidget(self._practice)
        row = QHBoxLayout(self)
        side = theme.size("pad")
        row.setContentsMargins(side, side, side, side)
        row.setSpacing(theme.size("gap"))
        row.addWidget(self._lanes, 5)
        row.addWidget(self._right, 6)
        sync.changed.connect(self._render)
        self._needs.open_requested.connect(self._on_open)
        inbox.trouble_met.connect(self.trouble_met)
        self._retranslate()

    def shown(self) -> None:
        """Read how sync stands."""
        self._tell_title()
        self._sync.look()
        self._inbox.read()
        self._receipts.read()

    @Slot()
    def _render(self) -> None:
        sync, standing = self._sync, self._sync.standing
        if standing is None:
            self._enrol.hide()
            self._receipt.hide()
            self._link.hide()
            return
        is_practice = standing.membership is Membership.PRACTICE
        self._right.setCurrentIndex(1 if is_practice else 0)
        asks_again = sync.last is not None and sync.last.ended in _AGAIN
        wants_enrolling = not sync.is_member or asks_again
        if not wants_enrolling and self._enrol.isAncestorOf(self.window().focusWidget()):
            self.setFocus()  # a card that goes away lets the keyboard go to the rail
        self._enrol.setVisible(wants_enrolling)
        self._needs.setVisible(sync.is_member)
        self._receipt.setVisible(sync.is_member)
        self._link.setVisible(sync.is_member)

    def _retranslate(self) -> None:
        self._practice.set_title(self.tr("Practice data"))
        self._practice_words.set_words(
            self.tr(
                "These are practice data; they are never sent to head office. "
                "A store for real work can be enrolled here."
            )
        )
        self._tell_title()
        self._render()

    def _tell_title(self) -> None:
        self.title_changed.emit(PageTitle(self.tr("Sync"), self.tr("Send, receive, compare")))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_language_event(event) and hasattr(self, "_right"):
            self._retranslate()

    @Slot(object)
    def _on_open(self, place: Place) -> None:
        if place.visit_id is not None:
            self.open_visit_requested.emit(place.visit_id)
        elif place.customer_id is not None:
            self.open_customer_requested.emit(place.customer_id)
