"""A button whose deed is tried, without being done, while the mouse or the keyboard is at it."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent
from typing_extensions import override

from app.ui.widgets.buttons import Button


class TryButton(Button):
    """Says when trying begins and ends."""

    tried = Signal(object)
    """bool: it begins or ends"""

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.tried.emit(True)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.tried.emit(self.hasFocus())

    @override
    def focusInEvent(self, arg__1: QFocusEvent) -> None:
        super().focusInEvent(arg__1)
        self.tried.emit(True)

    @override
    def focusOutEvent(self, arg__1: QFocusEvent) -> None:
        super().focusOutEvent(arg__1)
        self.tried.emit(False)
