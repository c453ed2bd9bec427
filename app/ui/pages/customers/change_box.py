"""What the timeline says of the change that is current: old and new in full, who, and the way to take it back."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.playbook import Playbook
from app.services.archive_values import stored_value
from app.services.customer_profile import CustomerProfile
from app.services.customer_timeline import TimelineEvent
from app.ui.look.formats import format_iso, format_time
from app.ui.look.theme import current_theme
from app.ui.pages.customers.change_words import ChangeWords
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import TextLabel


class ChangeBox(QWidget):
    """Hidden while no change is current; the button is there while the field still has the new value."""

    take_back_requested = Signal(object)
    """TimelineEvent"""

    def __init__(self, playbook: Playbook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._playbook = playbook
        self._words = ChangeWords(playbook, self)
        self._event: TimelineEvent | None = None
        self._field = TextLabel("", "strong", wrap=True)
        self._values = TextLabel("", wrap=True)
        self._values.setObjectName("changeValues")
        self._origin = TextLabel("", "muted", wrap=True)
        self._origin.setObjectName("changeOrigin")
        self._take_back = Button("", small=True)
        self._take_back.setObjectName("takeBack")
        self._take_back.clicked.connect(self._on_clicked)
        foot = QHBoxLayout()
        foot.addWidget(self._take_back)
        foot.addStretch(1)
        whole = QVBoxLayout(self)
        pad = current_theme().size("pad")
        whole.setContentsMargins(pad, current_theme().size("gap_small"), pad, current_theme().size("gap_small"))
        whole.setSpacing(current_theme().size("gap_tiny"))
        for label in (self._field, self._values, self._origin):
            whole.addWidget(label)
        whole.addLayout(foot)
        self.hide()

    def show_change(
        self, event: TimelineEvent | None, profile: CustomerProfile | None, revealed: frozenset[str]
    ) -> None:
        """Show a change, or nothing."""
        self._event = event
        self.setVisible(event is not None)
        if event is None or profile is None:
            return
        self._field.setText(self._words.field(event))
        self._values.setText(self._words.values(event, revealed))
        at = f" {format_time(event.at.astimezone())}" if event.at is not None else ""
        self._origin.setText(f"{self._words.origin(event)} · {format_iso(event.day)}{at}")
        self._take_back.setText(self.tr("Take back"))
        self._take_back.setVisible(self._can_be_taken_back(event, profile))

    def _can_be_taken_back(self, event: TimelineEvent, profile: CustomerProfile) -> bool:
        field = self._playbook.archive.field(event.field)
        if field is None or not field.owner.editable or event.change_id is None or event.old == event.new:
            return False
        return profile.value(event.field) == stored_value(field, event.new)

    @Slot()
    def _on_clicked(self) -> None:
        if self._event is not None:
            self.take_back_requested.emit(self._event)
