"""The months that are looked at, read from the store; an answer about months no longer looked at is dropped."""

from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.domain.planning.views import MonthView, UnplacedView
from app.services.plans import Plans
from app.ui.background.task_runner import TaskRunner
from app.ui.pages.plan.plan_shown import Days, first_of, with_shop


class MonthsReader(QObject):
    """Holds the days of one month, or of the two that a week lies in."""

    read = Signal()
    failed = Signal(object)
    """BaseException"""

    def __init__(self, plans: Plans, tasks: TaskRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._plans = plans
        self._tasks = tasks
        self._wanted: tuple[date, ...] = ()
        self.view: MonthView | None = None
        """The month asked for first."""
        self.days: Days = ()
        self.has_failed = False

    def has(self, months: tuple[date, ...]) -> bool:
        """Whether these months are held, the first of them as the one asked for first."""
        held = {first_of(day.day) for day in self.days}
        return self.view is not None and self.view.month == months[0] and held.issuperset(months)

    def load(self, months: tuple[date, ...]) -> None:
        """Read months, instead of those asked for before."""
        self._wanted = months
        self.has_failed = False
        self._tasks.run(partial(_read, self._plans, months), owner=self, done=self._on_read, failed=self._on_failed)

    def drop_answers(self) -> None:
        """Take no answer that was asked for before a deed."""
        self._wanted = ()

    def put_unplaced(self, one: UnplacedView, day: date, place: int | None) -> None:
        """Show a visit without a day on one, until what is stored is read."""
        self.days = with_shop(self.days, one, day, place)
        if self.view is not None:
            rest = tuple(other for other in self.view.unplaced if other != one)
            self.view = replace(self.view, unplaced=rest)

    def _on_read(self, views: tuple[MonthView, ...]) -> None:
        if tuple(view.month for view in views) == self._wanted:
            self.view = views[0]
            ordered = sorted(views, key=lambda view: view.month)
            self.days = tuple(day for view in ordered for day in view.days)
            self.read.emit()

    def _on_failed(self, error: BaseException) -> None:
        self.has_failed = True
        self.failed.emit(error)


def _read(plans: Plans, months: tuple[date, ...]) -> tuple[MonthView, ...]:
    return tuple(plans.month(month) for month in months)
