"""Every proposed change on one list, and of the one that is looked at: what, when, who decided it and why."""

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.playbook import Playbook
from app.services.proposals import Proposal
from app.ui.look.formats import format_short_date
from app.ui.look.messages import Messages
from app.ui.look.theme import current_theme
from app.ui.pages.customers.proposal_board import ProposalBoard
from app.ui.pages.customers.proposal_words import ProposalWords
from app.ui.widgets.buttons import Button
from app.ui.widgets.card import Card
from app.ui.widgets.chip import Chip
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.labels import TextLabel
from app.ui.widgets.list_rows import KEY_ROLE, ListRow, ListRowModel, make_list_view
from app.ui.widgets.message_bar import MessageBar
from app.ui.widgets.painting import is_language_event, is_look_event
from app.ui.widgets.tones import Tone


class ProposalsPanel(QWidget):
    """The open ones first; Enter opens the customer."""

    back_requested = Signal()
    customer_requested = Signal(object)
    """UUID"""

    def __init__(self, board: ProposalBoard, playbook: Playbook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._board = board
        self._words = ProposalWords(playbook, self)
        self._messages = Messages(self)
        self._shown: dict[str, Proposal] = {}
        self._build()
        self._wire()
        self.retranslate()

    def begin(self) -> None:
        """Come into view: the decisions count as seen from now on."""
        self._board.look_through()
        self._render()
        if self._shown:
            self._list.setFocus(Qt.FocusReason.OtherFocusReason)
            if not self._list.currentIndex().isValid():
                self._list.setCurrentIndex(self._rows.index(0))
        else:
            self._back.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Word everything in the language now shown."""
        self._back.setText(self.tr("Back"))
        self._card.set_title(self.tr("Changes that head office decides"))
        self._detail.set_title(self.tr("The change"))
        self._list.setAccessibleName(self.tr("Changes that head office decides"))
        self._withdraw.setText(self.tr("Withdraw"))
        self._open.setText(self.tr("Open the customer"))
        self._empty.set_words(
            self.tr("Nothing is proposed. Fields of the archive that are marked with an arrow go to head office.")
        )
        self._render()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if not hasattr(self, "_key"):
            return
        if is_language_event(event):
            self.retranslate()
        elif is_look_event(event):
            self._measure()

    def _build(self) -> None:
        self._back = Button("", "quiet", icon="previous", small=True)
        self._back.setObjectName("leaveProposals")
        self._message = MessageBar()
        self._message.setObjectName("proposalMessage")
        self._rows = ListRowModel(self)
        self._list = make_list_view()
        self._list.setObjectName("proposalList")
        self._list.setModel(self._rows)
        self._empty = EmptyState("done")
        self._stack = QStackedWidget()
        self._stack.addWidget(self._list)
        self._stack.addWidget(self._empty)
        self._card = Card(" ", flush=True)
        self._card.body.addWidget(self._stack, 1)
        self._make_detail()
        top = QHBoxLayout()
        top.addWidget(self._back)
        top.addStretch(1)
        self._columns = QHBoxLayout()
        self._columns.addWidget(self._card, 3)
        self._columns.addWidget(self._detail, 2)
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.addLayout(top)
        self._whole.addWidget(self._message)
        self._whole.addLayout(self._columns, 1)
        self._key = QShortcut(QKeySequence(QKeySequence.StandardKey.Back), self)
        self._key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._measure()

    def _make_detail(self) -> None:
        self._detail = Card(" ", scroll=True)
        self._shop = TextLabel("", "title", wrap=True)
        self._field = TextLabel("", "strong", wrap=True)
        self._change = TextLabel("", wrap=True)
        self._change.setObjectName("proposalChange")
        self._state = Chip("", Tone.GREY)
        self._reason = TextLabel("", "", wrap=True)
        self._reason.setObjectName("proposalReason")
        self._course = TextLabel("", "muted", wrap=True)
        self._course.setObjectName("proposalCourse")
        for widget in (self._shop, self._field, self._change, self._state, self._reason, self._course):
            self._detail.body.addWidget(widget)
        self._detail.body.addStretch(1)
        self._withdraw = Button("", small=True)
        self._withdraw.setObjectName("withdrawProposal")
        self._open = Button("", "primary", small=True)
        self._open.setObjectName("openProposalCustomer")
        self._detail.add_footer_stretch()
        self._detail.add_footer_widget(self._withdraw)
        self._detail.add_footer_widget(self._open)

    def _wire(self) -> None:
        self._back.clicked.connect(self.back_requested)
        self._key.activated.connect(self.back_requested)
        self._message.dismissed.connect(self._message.clear)
        self._list.selectionModel().currentChanged.connect(self._on_current)
        self._list.activated.connect(self._on_open)
        self._open.clicked.connect(self._on_open)
        self._withdraw.clicked.connect(self._on_withdraw)
        self._board.changed.connect(self._render)

    def _measure(self) -> None:
        theme = current_theme()
        self._columns.setSpacing(theme.size("gap"))
        self._whole.setSpacing(theme.size("gap_small"))

    @Slot()
    def _render(self) -> None:
        board = self._board
        self._shown = {_key(one): one for one in board.lines}
        self._rows.set_rows([self._row(key, one) for key, one in self._shown.items()])
        is_empty = board.is_read and not self._shown
        self._stack.setCurrentIndex(1 if is_empty else 0)
        count = board.open_count
        self._card.set_hint(self.tr("%n open", "", count) if count else "")
        if self._shown and not self._list.currentIndex().isValid():
            self._list.setCurrentIndex(self._rows.index(0))
        if board.problem is not None:
            self._message.show_message(self._messages.of_error(board.problem).whole, Tone.RED)
        elif board.was_too_late:
            words = self.tr("Head office has decided it, or it is on its way; it can be withdrawn no more.")
            self._message.show_message(words, Tone.AMBER)
        else:
            self._message.clear()
        self._render_detail()

    def _row(self, key: str, one: Proposal) -> ListRow:
        title = self.tr("%1 · %2").replace("%1", one.shop).replace("%2", self._words.field(one))
        fresh = ((self.tr("new"), Tone.PRIMARY),) if one in self._board.fresh else ()
        day = (one.decided_at or one.proposed_at).date()
        return ListRow(
            key, title, self._words.change(one), format_short_date(day), chips=(self._words.chip(one), *fresh)
        )

    def _render_detail(self) -> None:
        one = self._current()
        self._detail.setVisible(one is not None)
        if one is None:
            return
        self._shop.setText(one.shop)
        self._field.setText(self._words.field(one))
        self._change.setText(self._words.change(one))
        self._state.set_chip(*self._words.chip(one))
        self._reason.setText(self.tr("Reason: %1").replace("%1", one.note) if one.note else "")
        self._reason.setVisible(bool(one.note))
        self._course.setText(self._words.course(one))
        self._withdraw.setVisible(one.can_withdraw)

    def _current(self) -> Proposal | None:
        index = self._list.currentIndex()
        return self._shown.get(str(index.data(KEY_ROLE))) if index.isValid() else None

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, _current: QModelIndex, _before: QModelIndex) -> None:
        self._render_detail()

    @Slot()
    def _on_open(self) -> None:
        one = self._current()
        if one is not None:
            self.customer_requested.emit(one.customer_id)

    @Slot()
    def _on_withdraw(self) -> None:
        one = self._current()
        if one is not None:
            self._board.withdraw(one)


def _key(one: Proposal) -> str:
    return str(one.id) if one.id is not None else f"{one.customer_id}/{one.field.key}"
