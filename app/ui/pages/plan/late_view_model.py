"""Today as it runs from now on: when each stop is reached, and which ones do not fit any more."""

from datetime import timedelta
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from app.runtime.clock import Clock
from app.services.plan_values import LateDay
from app.services.plans import Plans
from app.ui.background.task_runner import TaskRunner
from app.ui.pages.plan.plan_deeds import PlanDeeds, Wish


class LateViewModel(QObject):
    """Reads anew after each deed, as long as it is looked at."""

    changed = Signal()
    failed = Signal(object)
    """BaseException"""

    def __init__(self, plans: Plans, clock: Clock, tasks: TaskRunner, deeds: PlanDeeds, parent: QObject) -> None:
        super().__init__(parent)
        self._plans = plans
        self._clock = clock
        self._tasks = tasks
        self._deeds = deeds
        self._is_wanted = False
        self._later = timedelta()
        """How much later than now the day is thought to go on."""
        self.late: LateDay | None = None
        deeds.done.connect(self._on_deed)

    def look(self) -> None:
        """Read how today runs from now on."""
        self._is_wanted = True
        work = partial(self._plans.late, self._clock.today(), self._clock.now() + self._later)
        self._tasks.run(work, owner=self, done=self._on_late, failed=self._on_failed)

    def shift(self, minutes: int) -> None:
        """Look at how today runs when one goes on so much later (or earlier, but not before now)."""
        self._later = max(timedelta(), self._later + timedelta(minutes=minutes))
        self.look()

    def drop(self) -> None:
        """Move what does not fit any more to the best next day."""
        if self.late is not None:
            self._deeds.carry_out(Wish(partial(self._plans.drop_late, self.late.day, self.late.now)))

    def leave(self) -> None:
        """Show the planned times again."""
        self._is_wanted = False
        self._later = timedelta()
        if self.late is not None:
            self.late = None
            self.changed.emit()

    def _on_late(self, late: LateDay) -> None:
        if self._is_wanted:
            self.late = late
            self.changed.emit()

    def _on_failed(self, error: BaseException) -> None:
        self._is_wanted = False
        self.failed.emit(error)

    @Slot(object)
    def _on_deed(self, _ended: object) -> None:
        if self._is_wanted and self._deeds.is_empty:
            self.look()
