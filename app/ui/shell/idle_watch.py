"""Notices that nobody has touched the program for a while."""

import shiboken6
from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QWindow
from typing_extensions import override

_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.InputMethod,
    }
)
_MINUTE_MS = 60_000


class IdleWatch(QObject):
    """Watches the windows of the program, not each of its widgets: a filter on the application costs every event."""

    idle = Signal()

    def __init__(self, app: QGuiApplication, minutes: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._watched: QWindow | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.idle)
        app.focusWindowChanged.connect(self._on_focus_window)
        self._on_focus_window(app.focusWindow())
        self.set_minutes(minutes)

    def set_minutes(self, minutes: int) -> None:
        """Change how long nobody must touch the program; 0 for never."""
        self.set_milliseconds(minutes * _MINUTE_MS)

    def set_milliseconds(self, milliseconds: int) -> None:
        """Change the time in milliseconds; 0 for never."""
        self._timer.stop()
        if milliseconds:
            self._timer.start(milliseconds)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCHES and self._timer.isActive():
            self._timer.start()
        return False

    @Slot(QWindow)
    def _on_focus_window(self, window: QWindow | None) -> None:
        if self._watched is not None and shiboken6.isValid(self._watched):
            self._watched.removeEventFilter(self)
        self._watched = window
        if window is not None:
            window.installEventFilter(self)
