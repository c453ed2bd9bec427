"""The profile of one customer: archive, purchases, diagnosis, plans and timeline side by side."""

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.playbook import Playbook
from app.runtime.clock import Clock
from app.ui.assortment.assortment_panel import AssortmentPanel
from app.ui.look.messages import Messages
from app.ui.look.theme import current_theme
from app.ui.pages.customers.archive_card import ArchiveCard
from app.ui.pages.customers.assortment_card import AssortmentCard
from app.ui.pages.customers.diagnosis_card import DiagnosisCard
from app.ui.pages.customers.plans_card import PlansCard
from app.ui.pages.customers.profile_view_model import ProfileViewModel
from app.ui.pages.customers.proposal_board import ProposalBoard
from app.ui.pages.customers.purchases_card import PurchasesCard
from app.ui.pages.customers.timeline_card import TimelineCard
from app.ui.widgets.buttons import Button
from app.ui.widgets.message_bar import MessageBar
from app.ui.widgets.painting import is_language_event, is_look_event
from app.ui.widgets.scroll_area import VerticalScrollArea
from app.ui.widgets.tones import Tone

_WIDE = 84
"""Below this width (em) three columns would cut their words."""


class ProfilePanel(QWidget):
    """Three columns where there is room, else the archive beside one scrolling column."""

    back_requested = Signal()
    open_visit_requested = Signal(object)
    """UUID of the visit"""
    proposals_requested = Signal()

    def __init__(
        self,
        model: ProfileViewModel,
        playbook: Playbook,
        clock: Clock,
        board: ProposalBoard | None = None,
        assortment: AssortmentPanel | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._assortment = None if assortment is None else AssortmentCard(model, assortment)
        self._board = board
        self._messages = Messages()
        self._is_wide: bool | None = None
        self._is_from_map = False
        self._build(playbook, clock)
        self._wire()
        self.retranslate()

    def _build(self, playbook: Playbook, clock: Clock) -> None:
        self._back = Button("", "quiet", icon="previous", small=True)
        self._back.setObjectName("backToList")
        self._start = Button("", "primary", icon="visit", small=True)
        self._start.setObjectName("startVisit")
        self._message = MessageBar()
        self._message.setObjectName("profileMessage")
        self._archive = ArchiveCard(self._model, playbook, self._board)
        self._purchases = PurchasesCard(self._model)
        self._diagnosis = DiagnosisCard(self._model)
        self._plans = PlansCard(self._model, clock)
        self._timeline = TimelineCard(self._model, playbook)
        self._top = QHBoxLayout()
        self._top.addWidget(self._back)
        self._top.addStretch(1)
        self._proposals = Button("", "quiet", small=True)
        self._proposals.setObjectName("profileProposals")
        self._proposals.hide()
        self._top.addWidget(self._proposals)
        self._top.addWidget(self._start)
        self._pair = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._pair.addWidget(self._diagnosis, 1)
        self._pair.addWidget(self._plans, 1)
        body = QWidget()
        self._middle = QVBoxLayout(body)
        self._middle.setContentsMargins(0, 0, 0, 0)
        self._middle.addWidget(self._purchases, 3)
        self._middle.addLayout(self._pair, 7)
        if self._assortment is not None:
            self._middle.addWidget(self._assortment)
        self._scroll = VerticalScrollArea(body)
        self._columns = QHBoxLayout()
        self._columns.addWidget(self._archive, 30)
        self._columns.addWidget(self._scroll, 64)
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.addLayout(self._top)
        self._whole.addWidget(self._message)
        self._whole.addLayout(self._columns, 1)
        self._alt_left = QShortcut(QKeySequence(QKeySequence.StandardKey.Back), self)
        self._alt_left.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _wire(self) -> None:
        self._back.clicked.connect(self.back_requested)
        self._alt_left.activated.connect(self.back_requested)
        self._start.clicked.connect(self._on_start_clicked)
        self._timeline.visit_chosen.connect(self.open_visit_requested)
        self._model.visit_ready.connect(self.open_visit_requested)
        self._message.dismissed.connect(self._message.clear)
        self._proposals.clicked.connect(self.proposals_requested)
        if self._board is not None:
            self._board.changed.connect(self._render)
        self._model.changed.connect(self._render)
        self._model.chart_saved.connect(self._on_chart_saved)

    def retranslate(self) -> None:
        """Word everything in the language now shown."""
        self._word_way_back()
        self._render()

    def lead_back(self, *, to_map: bool) -> None:
        """Say where the way back leads: to the list of customers, or to the map."""
        self._is_from_map = to_map
        self._word_way_back()

    def _word_way_back(self) -> None:
        self._back.setText(self.tr("Map") if self._is_from_map else self.tr("All customers"))

    def focus_first(self) -> None:
        """Give the keyboard to what comes next: the visit."""
        self._start.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _render(self) -> None:
        profile = self._model.profile
        under_way = profile is not None and profile.visit_under_way is not None
        self._start.setText(self.tr("Go on with the visit") if under_way else self.tr("Start visit"))
        here = () if self._board is None else self._board.of(self._model.customer_id)
        self._proposals.setVisible(bool(here))
        self._proposals.setText(self.tr("Proposed changes %1").replace("%1", str(len(here))))
        if self._model.problem is not None:
            self._message.show_message(self._messages.of_error(self._model.problem).whole, Tone.RED)
        elif profile is None:
            self._message.clear()

    @Slot()
    def _on_start_clicked(self) -> None:
        self._model.start_visit()

    @Slot(object)
    def _on_chart_saved(self, path: object) -> None:
        self._message.show_message(self.tr("The chart is saved: %1").replace("%1", str(path)), Tone.GREEN)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if not hasattr(self, "_alt_left"):
            return
        if is_language_event(event):
            self.retranslate()
        elif is_look_event(event):
            self._is_wide = None
            self._arrange()

    def _arrange(self) -> None:
        """Put the timeline at the right where there is room for three columns, else below the plans."""
        theme = current_theme()
        gap = theme.size("gap")
        for layout in (self._columns, self._middle, self._pair):
            layout.setSpacing(gap)
        self._whole.setSpacing(theme.size("gap_small"))
        is_wide = self.width() >= theme.em(_WIDE)
        self._purchases.setMinimumHeight(theme.em(13))
        self._diagnosis.setMinimumHeight(theme.em(24))
        self._plans.setMinimumHeight(theme.em(16))
        self._timeline.setMinimumHeight(0 if is_wide else theme.em(22))
        if is_wide == self._is_wide:
            return
        self._is_wide = is_wide
        (self._middle if is_wide else self._columns).removeWidget(self._timeline)
        if is_wide:
            self._columns.addWidget(self._timeline, 28)
            self._columns.setStretch(1, 64)
        else:
            self._middle.addWidget(self._timeline, 4)
            self._columns.setStretch(1, 50)
        direction = QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        self._pair.setDirection(direction)
