"""The choice of A, B or C in a row: as any such choice, and it also tells when the same letter is given again."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QRadioButton, QWidget
from typing_extensions import override

from app.domain.diagnosis import State
from app.ui.widgets.segmented_choice import SegmentedChoice


class GradeChoice(SegmentedChoice):
    """Giving the same letter again says that it was looked at; the arrows up and down are left to the list."""

    given = Signal(object)
    """State | None: what the person gave, also if it stood there before"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.chosen.connect(self._on_chosen)
        for segment in self.findChildren(QRadioButton):
            segment.clicked.connect(self._on_clicked_again)

    @override
    def handle_key(self, event: QKeyEvent) -> bool:
        before = self.value
        has_meaning = super().handle_key(event)
        if has_meaning and self.value == before:
            self.given.emit(self._state)
        return has_meaning

    @property
    def _state(self) -> State | None:
        return None if self.value is None else State(self.value)

    @Slot(object)
    def _on_chosen(self, _value: str | None) -> None:
        self.given.emit(self._state)

    @Slot()
    def _on_clicked_again(self) -> None:
        self.given.emit(self._state)
