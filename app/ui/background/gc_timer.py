"""Collects cyclic garbage on the GUI thread only, since a QObject that dies on a worker thread kills its timers."""

import gc

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.runtime.memory import give_back, keep_little, share_one_heap

YOUNG_EVERY_MS = 5_000
FULL_EVERY_MS = 60_000


class GcTimer(QObject):
    """Switches automatic collection off and collects by timer; made before the first window."""

    full_due = Signal()
    """All garbage is about to be collected: who holds what nobody asks for any more lets go of it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        share_one_heap()
        self._young = QTimer(self)
        self._young.setInterval(YOUNG_EVERY_MS)
        self._young.timeout.connect(self._on_young_due)
        self._full = QTimer(self)
        self._full.setInterval(FULL_EVERY_MS)
        self._full.timeout.connect(self._on_full_due)
        self._young.start()
        self._full.start()

    @Slot()
    def settle(self) -> None:
        """Take what start-up made out of later collections, so that they stay short.

        Nothing is collected before: looking through all of it would stop the window for a tenth of a second.
        """
        gc.freeze()
        keep_little()

    def stop(self) -> None:
        """Give collection back to Python."""
        self._young.stop()
        self._full.stop()
        gc.unfreeze()
        gc.enable()

    @Slot()
    def _on_young_due(self) -> None:
        gc.collect(1)

    @Slot()
    def _on_full_due(self) -> None:
        # A zero timer fires when nothing else waits: the person is not typing at that moment.
        QTimer.singleShot(0, self, self._collect_all)

    @Slot()
    def _collect_all(self) -> None:
        self.full_due.emit()
        gc.collect()
        give_back()
