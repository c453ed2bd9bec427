"""The archive of a customer: fields by section, changed in their place, private ones shown when asked for."""

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget
from typing_extensions import override

from app.domain.archive import FieldType
from app.domain.playbook import Playbook
from app.domain.problems import Problem, Refusal
from app.ui.look.messages import Messages
from app.ui.look.sentences import joined
from app.ui.look.theme import current_theme
from app.ui.look.translations import current_language
from app.ui.pages.customers.archive_delegate import ArchiveDelegate
from app.ui.pages.customers.archive_lines import ArchiveLine
from app.ui.pages.customers.archive_model import LINE_ROLE, ArchiveModel
from app.ui.pages.customers.hints_box import HintsBox
from app.ui.pages.customers.profile_view_model import FieldOutcome, ProfileViewModel
from app.ui.pages.customers.proposal_board import ProposalBoard
from app.ui.widgets.buttons import Button
from app.ui.widgets.card import Card
from app.ui.widgets.labels import TextLabel
from app.ui.widgets.message_bar import MessageBar
from app.ui.widgets.painting import is_language_event, is_look_event
from app.ui.widgets.tones import Tone
from app.ui.widgets.typing_keeper import TypingKeeper


class ArchiveCard(Card):
    """The left column of the profile."""

    def __init__(
        self,
        model: ProfileViewModel,
        playbook: Playbook,
        board: ProposalBoard | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(" ", flush=True, parent=parent)
        self._model = model
        self._board = board
        self._playbook = playbook
        self._messages = Messages()
        self._build()
        self._wire()
        self.retranslate()

    def _build(self) -> None:
        self._edit = Button("", small=True)
        self._edit.setObjectName("editArchive")
        self._edit.setCheckable(True)
        self.add_header_widget(self._edit)
        self._message = MessageBar()
        self._message.setObjectName("archiveMessage")
        self._lines = ArchiveModel(self._model, self._playbook, self._board)
        self._list = _ArchiveList()
        self._list.setObjectName("archiveList")
        self._list.setModel(self._lines)
        self._typing = TypingKeeper(self._list)
        self._typing.watch(self._lines)
        self._hints = HintsBox(self._model)
        self._legend = TextLabel("", "hint", wrap=True)
        self.body.addWidget(self._list, 1)
        # Below the lines: what it says must not move them away under the mouse.
        self.body.addWidget(self._message)
        self.body.addWidget(self._hints)
        pad = current_theme().size("pad")
        self._legend.setContentsMargins(pad, 0, pad, 0)
        self.body.addWidget(self._legend)

    def _wire(self) -> None:
        self._edit.toggled.connect(self._on_edit_toggled)
        self._list.reveal_requested.connect(self._on_reveal_requested)
        self._message.dismissed.connect(self._message.clear)
        self._model.changed.connect(self._render)
        if self._board is not None:
            self._board.changed.connect(self._render)
        self._model.field_changed.connect(self._on_field_changed)

    def retranslate(self) -> None:
        """Word everything in the language now shown."""
        self.set_title(self.tr("Archive"))
        self._list.setAccessibleName(self.tr("Archive"))
        self._list.words.show_word = self.tr("Show")
        self._list.words.hide_word = self.tr("Hide")
        self._legend.setText(
            self.tr("Lock: kept by head office. Pencil: yours. Arrow: you propose, head office confirms.")
        )
        self._hints.retranslate()
        self._render_edit()
        self._render()

    @Slot()
    def _render(self) -> None:
        if self._model.profile is None:
            self._message.clear()
        self._lines.render()
        self._list.measure()

    def _render_edit(self) -> None:
        is_on = self._edit.isChecked()
        self._edit.setText(self.tr("Done") if is_on else self.tr("Edit"))
        self._legend.setVisible(is_on)

    @Slot(bool)
    def _on_edit_toggled(self, _is_on: bool) -> None:
        self._lines.with_empty = self._edit.isChecked()
        self._render_edit()
        self._render()
        self._list.setFocus()

    @Slot(object)
    def _on_reveal_requested(self, line: ArchiveLine) -> None:
        self._model.reveal(line.key, shown=line.is_hidden)

    @Slot(object)
    def _on_field_changed(self, outcome: FieldOutcome) -> None:
        label = self._label(outcome.field)
        if outcome.refusal is not None:
            self._message.show_message(self._refused(outcome.refusal, label), Tone.RED)
            self._mend(outcome)
        elif outcome.similar:
            shops = ", ".join(f"{one.name} ({one.code})" for one in outcome.similar[:3])
            words = self.tr("%1 is saved. The same is known of %2: is it one shop entered twice?")
            self._message.show_message(words.replace("%1", label).replace("%2", shops), Tone.AMBER)
        elif outcome.is_unusual:
            words = self.tr("%1 is saved, but it looks unusual. Please check it.").replace("%1", label)
            field = self._playbook.archive.field(outcome.field)
            hint = field.hint.of(current_language()) if field is not None and field.hint is not None else ""
            self._message.show_message(joined((words, hint)), Tone.AMBER)
        elif outcome.is_proposal:
            words = self.tr("%1 is saved as a proposal; head office confirms it.")
            self._message.show_message(words.replace("%1", label), Tone.BLUE)
        else:
            self._message.clear()

    def _refused(self, refusal: Refusal, label: str) -> str:
        """Say why a value was refused, with the range where the field has one."""
        words = self._messages.of_refusal(refusal, label)
        field = self._playbook.archive.field(refusal.subject)
        if refusal.problem is not Problem.BAD_VALUE or field is None or field.low is None:
            return words
        scale = 100 if field.type is FieldType.MONEY else 1
        if field.high is None:
            least = self.tr("It must be %1 or more.").replace("%1", f"{field.low / scale:g}")
            return joined((words, least))
        low, high = (f"{bound / scale:g}" for bound in (field.low, field.high))
        possible = self.tr("Possible is %1 to %2.").replace("%1", low).replace("%2", high)
        return joined((words, possible))

    def _mend(self, outcome: FieldOutcome) -> None:
        """Open the field again with what was typed, unless the person went on to another one."""
        row = self._lines.row_of(outcome.field)
        if row is None or not isinstance(outcome.typed, str):
            return
        self._lines.refused[outcome.field] = outcome.typed
        if self._list.state() != QAbstractItemView.State.EditingState and self._list.hasFocus():
            self._list.setCurrentIndex(self._lines.index(row))
            self._list.edit(self._lines.index(row))

    def _label(self, key: str) -> str:
        row = self._lines.row_of(key)
        line = self._lines.line(row) if row is not None else None
        return line.label if line is not None else key

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_language_event(event) and hasattr(self, "_legend"):
            self.retranslate()


class _ArchiveList(QListView):
    """Lines; Enter or F2 changes, Space shows or hides what is private."""

    reveal_requested = Signal(object)
    """ArchiveLine"""

    def __init__(self) -> None:
        super().__init__()
        self.words = ArchiveDelegate(self)
        self.setItemDelegate(self.words)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.SelectedClicked
        )
        self.setMouseTracking(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.viewport().setAutoFillBackground(False)

    def measure(self) -> None:
        """Lay the lines out anew: their heights follow their texts and the width."""
        self.scheduleDelayedItemsLayout()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        line = index.data(LINE_ROLE) if index.isValid() else None
        if isinstance(line, ArchiveLine) and event.key() == Qt.Key.Key_Space and line.is_private:
            self.reveal_requested.emit(line)
        elif isinstance(line, ArchiveLine) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if line.is_editable and self.state() != QAbstractItemView.State.EditingState:
                self.edit(index)
        else:
            super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        index = self.indexAt(place)
        if index.isValid() and self.words.is_reveal_at(QModelIndex(index), place):
            self.setCurrentIndex(index)
            self.reveal_requested.emit(index.data(LINE_ROLE))
            return
        super().mousePressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.measure()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_look_event(event):
            self.measure()
