"""The one status: what waits for head office, and what this store is."""

from datetime import date

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.domain.changes import Changes, Kind
from app.services.maintenance import Maintenance, StoreInfo, Waiting
from app.ui.background.change_bus import ChangeBus
from app.ui.background.task_runner import TaskRunner

_SETTLE_MS = 400
"""Changes of one burst of typing are counted once."""


class StatusViewModel(QObject):
    """Counts what waits after every change; tells what the store holds when it is asked."""

    changed = Signal()

    def __init__(
        self,
        maintenance: Maintenance,
        tasks: TaskRunner,
        bus: ChangeBus,
        parent: QObject | None = None,
        practice_day: date | None = None,
    ) -> None:
        super().__init__(parent)
        self.practice_day = practice_day
        """The day on which the program stands instead of that of the calendar."""
        self._maintenance = maintenance
        self._tasks = tasks
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SETTLE_MS)
        self._timer.timeout.connect(self.count)
        bus.changed.connect(self._on_records_changed)
        bus.written.connect(self._count_soon)
        self.waiting: Waiting | None = None
        self.info: StoreInfo | None = None

    @property
    def is_practice(self) -> bool:
        """Whether these are practice data, of which nothing ever goes to head office."""
        return self.practice_day is not None or (self.info is not None and self.info.is_practice)

    @Slot()
    def count(self) -> None:
        """Count what waits now."""
        self._tasks.run(self._maintenance.waiting, owner=self, done=self._on_counted)

    @Slot()
    def learn(self) -> None:
        """Read what the store is and holds."""
        self._tasks.run(self._maintenance.info, owner=self, done=self._on_learned)

    @Slot()
    def _count_soon(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    @Slot(object)
    def _on_records_changed(self, changes: Changes) -> None:
        self._count_soon()
        if self.info is not None and changes.kinds & {Kind.CUSTOMER, Kind.PRODUCT, Kind.ORDER} and not changes.ids:
            self.learn()

    def _on_counted(self, waiting: Waiting) -> None:
        self.waiting = waiting
        self.changed.emit()

    def _on_learned(self, info: StoreInfo) -> None:
        self.info = info
        self.changed.emit()
