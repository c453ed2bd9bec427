"""Measures from an event to the paint that shows what came of it, in the window's own event loop."""

import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QWidget

_LONGEST = 20.0
_NOTHING_NEW = 0.2
_BEAT_MS = 50
_ONE_TURN = QEventLoop.ProcessEventsFlag.AllEvents | QEventLoop.ProcessEventsFlag.WaitForMoreEvents


class PaintWatch(QObject):
    """Counts the paints of one widget; its timer ends a turn of the loop in which nothing happens."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        self._beat = QTimer(self)
        self._beat.start(_BEAT_MS)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take note of a paint; stop nothing."""
        if event.type() is QEvent.Type.Paint:
            self.count += 1
        return super().eventFilter(watched, event)


class WindowWatch(QObject):
    """Knows when the window has been drawn with what is waited for."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._is_shown: Callable[[], bool] | None = None
        self._was_drawn = False
        self._beat = QTimer(self)
        self._beat.start(_BEAT_MS)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take note of a turn of drawing that shows it; stop nothing."""
        if event.type() is QEvent.Type.UpdateRequest and self._is_shown is not None and self._is_shown():
            self._was_drawn = True
        return super().eventFilter(watched, event)

    def seconds_until_drawn(self, deed: Callable[[], object], is_shown: Callable[[], bool]) -> float:
        """Do it and return how long until the window was drawn with what came of it."""
        self._is_shown, self._was_drawn = is_shown, False
        began = time.perf_counter()
        deed()
        turn_until(is_shown)
        shown = time.perf_counter()
        while not self._was_drawn:
            if time.perf_counter() - shown > _NOTHING_NEW:
                return shown - began  # the same as before: there is nothing to draw
            QCoreApplication.processEvents(_ONE_TURN)
        return time.perf_counter() - began


def turn_until(ready: Callable[[], bool]) -> None:
    """Turn the event loop until it is so."""
    began = time.perf_counter()
    while not ready():
        if time.perf_counter() - began > _LONGEST:
            raise TimeoutError("waited in vain")
        QCoreApplication.processEvents(_ONE_TURN)


def frames_until(ready: Callable[[], bool], watch: PaintWatch) -> list[float]:
    """Turn the event loop until it is so; return how long each turn with a paint kept the window busy."""
    frames: list[float] = []
    began = time.perf_counter()
    while not ready():
        if time.perf_counter() - began > _LONGEST:
            raise TimeoutError("waited in vain")
        before, turn = watch.count, time.perf_counter()
        QCoreApplication.processEvents()
        if watch.count > before:
            frames.append(time.perf_counter() - turn)
        time.sleep(0.0003)
    return frames
