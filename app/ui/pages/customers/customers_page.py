"""The customers page: the list, and in its place the profile of the customer that was opened."""

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.playbook import Playbook
from app.runtime.clock import Clock
from app.services.customer_profile import CustomerProfile
from app.ui.assortment.assortment_panel import AssortmentPanel
from app.ui.look.theme import current_theme
from app.ui.look.translations import current_language
from app.ui.pages.customers.customer_list_panel import CustomerListPanel
from app.ui.pages.customers.customer_list_view_model import CustomerListViewModel
from app.ui.pages.customers.profile_panel import ProfilePanel
from app.ui.pages.customers.profile_view_model import ProfileViewModel
from app.ui.pages.customers.proposal_board import ProposalBoard
from app.ui.pages.customers.proposals_panel import ProposalsPanel
from app.ui.widgets.buttons import Button
from app.ui.widgets.page_title import PageTitle
from app.ui.widgets.painting import is_language_event, is_look_event

if TYPE_CHECKING:
    from app.ui.territory.territory_view import TerritoryView


class CustomersPage(QWidget):
    """Goes from the list to a profile and back to the same place of the list."""

    title_changed = Signal(object)
    """PageTitle"""
    open_visit_requested = Signal(object)
    """UUID of the visit"""
    open_page_requested = Signal(object)
    """str"""

    def __init__(
        self,
        customers: CustomerListViewModel,
        profile: ProfileViewModel,
        playbook: Playbook,
        clock: Clock,
        board: ProposalBoard | None = None,
        make_assortment: Callable[[], AssortmentPanel] | None = None,
        make_territory: "Callable[[], TerritoryView] | None" = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._board = board
        self._make_assortment = make_assortment
        self._make_territory = make_territory
        self._territory: TerritoryView | None = None
        self._was_on_map = False
        if board is not None:
            board.setParent(self)
        self._proposals: ProposalsPanel | None = None
        self._was_on_profile = False
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._customers = customers
        self._profile = profile
        self._playbook = playbook
        self._clock = clock
        self._panel: ProfilePanel | None = None
        self._build()
        self._wire()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._board is not None:
            self._board.rest()

    def _build(self) -> None:
        self._list = CustomerListPanel(self._customers, self._playbook, self._board)
        self._to_list = Button("", icon="list", small=True, parent=self)
        self._to_list.setObjectName("leaveMap")
        self._word_way_to_list()
        self._to_list.hide()
        self._stack = QStackedWidget()
        self._stack.addWidget(self._list)
        self._whole = QVBoxLayout(self)
        self._whole.addWidget(self._stack)
        self._measure()

    def _wire(self) -> None:
        self._list.customer_chosen.connect(self.open_customer)
        self._list.proposals_requested.connect(self.show_proposals)
        self._list.import_requested.connect(self._on_import_requested)
        if self._make_territory is not None:
            self._list.offer_map()
            self._list.map_requested.connect(self.show_map)
            self._to_list.clicked.connect(self.show_list)
            shortcut = QShortcut(QKeySequence("Ctrl+M"), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.show_map)
        self._profile.changed.connect(self._tell_title)
        self._customers.changed.connect(self._on_list_changed)

    def shown(self) -> None:
        """Read what is to be shown, now that the page is in view."""
        self._customers.load()
        if self._board is not None:
            self._board.load()
        self._tell_title()
        if self._is_map and self._territory is not None:
            self._territory.begin()
        elif not self._is_profile:
            self._list.focus_table()

    @Slot(object)
    def open_customer(self, customer_id: UUID) -> None:
        """Show the profile of a customer."""
        panel = self._ready_panel()
        if not self._is_profile:
            self._was_on_map = self._is_map
            panel.lead_back(to_map=self._was_on_map)
        self._stack.setCurrentWidget(panel)
        self._profile.open(customer_id)
        panel.focus_first()
        self._tell_title()

    @Slot()
    def show_proposals(self) -> None:
        """Show the changes that head office decides."""
        if self._board is None:
            return
        if self._proposals is None:
            self._proposals = ProposalsPanel(self._board, self._playbook)
            self._proposals.back_requested.connect(self._on_proposals_left)
            self._proposals.customer_requested.connect(self.open_customer)
            self._stack.addWidget(self._proposals)
        self._was_on_profile = self._is_profile
        self._stack.setCurrentWidget(self._proposals)
        self._proposals.begin()
        self._tell_title()

    @Slot()
    def show_list(self) -> None:
        """Go back to the list, to the place where it was left."""
        self._stack.setCurrentWidget(self._list)
        self._customers.load()
        if self._board is not None:
            self._board.load()
        self._list.focus_table()
        self._tell_title()

    @Slot()
    def show_map(self) -> None:
        """Show the shops on the map of the territory."""
        if self._territory is None and self._make_territory is not None:
            self._territory = self._make_territory()
            self._territory.lead_with(self._to_list)
            self._territory.open_customer_requested.connect(self.open_customer)
            self._territory.open_page_requested.connect(self.open_page_requested)
            self._stack.addWidget(self._territory)
        if self._territory is not None:
            self._stack.setCurrentWidget(self._territory)
            self._territory.begin()
            self._tell_title()

    def _word_way_to_list(self) -> None:
        self._to_list.setText(self.tr("List"))
        self._to_list.setToolTip(self.tr("Back to the list (Alt+Left)"))
        self._to_list.setShortcut(QKeySequence("Alt+Left"))  # its text takes the shortcut away

    @property
    def _is_map(self) -> bool:
        return self._territory is not None and self._stack.currentWidget() is self._territory

    @Slot()
    def _on_profile_left(self) -> None:
        """Go back to where the customer was opened: the list, or the map."""
        if self._was_on_map:
            self.show_map()
        else:
            self.show_list()

    @property
    def _is_profile(self) -> bool:
        return self._panel is not None and self._stack.currentWidget() is self._panel

    @Slot()
    def _on_list_changed(self) -> None:
        if self._panel is None and self._customers.keys:
            # The first profile should open as fast as the others: made while nobody waits for it.
            QTimer.singleShot(0, self, self._ready_panel)

    @Slot()
    def _ready_panel(self) -> ProfilePanel:
        if self._panel is None:
            self._panel = self._make_panel()
        return self._panel

    def _make_panel(self) -> ProfilePanel:
        assortment = None if self._make_assortment is None else self._make_assortment()
        panel = ProfilePanel(self._profile, self._playbook, self._clock, self._board, assortment)
        self._stack.addWidget(panel)
        panel.back_requested.connect(self._on_profile_left)
        panel.proposals_requested.connect(self.show_proposals)
        panel.open_visit_requested.connect(self.open_visit_requested)
        return panel

    @Slot()
    def _tell_title(self) -> None:
        profile = self._profile.profile
        if self._is_profile:
            self.title_changed.emit(
                PageTitle(profile.name, self._class_words(profile)) if profile is not None else PageTitle("")
            )
        else:
            self.title_changed.emit(PageTitle(self.tr("Customers")))

    def _class_words(self, profile: CustomerProfile) -> str:
        """Say code and class in words: XZ3 · 乡村食杂店 · 小."""
        lists, language = self._playbook.enumerations, current_language()
        parts = [profile.class_code or profile.code]
        for enumeration, code in (
            ("market_type", profile.market_type),
            ("business_format", profile.format),
            ("size_class", profile.size_class),
        ):
            if code:
                parts.append(lists.label(enumeration, code).of(language))
        return " · ".join(parts)

    @Slot()
    def _on_proposals_left(self) -> None:
        """Go back to where the proposals were asked for."""
        if self._was_on_profile and self._panel is not None and self._profile.customer_id is not None:
            self.open_customer(self._profile.customer_id)
        else:
            self.show_list()

    @Slot()
    def _on_import_requested(self) -> None:
        self.open_page_requested.emit("data_in")

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if not hasattr(self, "_whole"):
            return
        if is_language_event(event):
            self._list.retranslate()
            self._word_way_to_list()
            self._tell_title()
        elif is_look_event(event):
            self._measure()

    def _measure(self) -> None:
        gap = current_theme().em(1.23)
        self._whole.setContentsMargins(gap, gap, gap, gap)
