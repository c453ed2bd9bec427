"""Makes the classes of Qt before anybody needs them, on the GUI thread alone.

PySide makes a class when its name is first met, and takes the name off its list afterwards; where that happens twice
at the same time, on two threads or within one another, the program crashes (seen with PySide 6.11). So whatever names
Qt is imported on the GUI thread, and once the window is up the classes that are left are made a few at a time.
"""

import time
from collections.abc import Iterator
from itertools import chain
from types import ModuleType

from PySide6 import QtCore, QtGui, QtWidgets
from PySide6.QtCore import QObject, QTimer, Slot

_PAUSE_MS = 20
_SLICE = 0.003


def making_all() -> Iterator[None]:
    """Make one class after the other, one a step."""
    return chain.from_iterable(map(_each, (QtCore, QtGui, QtWidgets)))


def _each(module: ModuleType) -> Iterator[None]:
    for name in dir(module):
        yield getattr(module, name, None)


class ClassMaker(QObject):
    """Makes classes in short slices, so that nobody who types notices."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._left = making_all()
        self._timer = QTimer(self)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self._on_pause)

    @property
    def is_done(self) -> bool:
        """Whether all classes are there."""
        return not self._timer.isActive()

    @Slot()
    def begin(self) -> None:
        """Go on until all are made."""
        self._timer.start()

    @Slot()
    def _on_pause(self) -> None:
        until = time.perf_counter() + _SLICE
        for _ in self._left:
            if time.perf_counter() > until:
                return
        self._timer.stop()
