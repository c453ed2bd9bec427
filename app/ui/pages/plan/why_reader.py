"""Why a visit is on its day, and where else it could be: read for the visit looked at, the latest wish wins."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from app.domain.planning.views import StopView, UnplacedView
from app.domain.planning.working_days import month_end
from app.services.plan_values import DayChoice, PlanWhy
from app.services.plans import Plans
from app.ui.background.task_runner import Lane, TaskRunner

_DUE = frozenset({"window", "deadline"})
_BESIDE = timedelta(days=7)
"""How far beside its day other days are told for a visit that has no other in its window."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What is asked about: a visit with its day, or a shop without a day."""

    customer_id: UUID
    name: str
    month: date
    stop: StopView | None = None
    day: date | None = None
    unplaced: UnplacedView | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """All that is told of a shop in the month, and the other days there are."""

    subject: Subject
    told: tuple[PlanWhy, ...]
    choices: tuple[DayChoice, ...]


class WhyReader(QObject):
    """Knows the answer to one question."""

    changed = Signal()

    def __init__(self, plans: Plans, tasks: TaskRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._plans = plans
        self._tasks = tasks
        self._asked: Subject | None = None
        self.subject: Subject | None = None
        """What is asked about; None while nobody asks."""
        self.answer: Answer | None = None
        self.has_failed = False

    def ask(self, subject: Subject | None) -> None:
        """Ask about something, instead of what was asked before."""
        if subject != self.subject:
            is_same = subject is not None and self.answer is not None and self._is_of_same(subject, self.answer)
            self.answer = self.answer if is_same else None
            self.subject, self.has_failed = subject, False
            self._ask()
            self.changed.emit()

    def forget(self) -> None:
        """Take no answer that was read before the plan changed; what is looked at is asked anew when it is shown."""
        self.subject = None

    def _is_of_same(self, subject: Subject, answer: Answer) -> bool:
        """Whether what is known is of the same thing, as it was: it is shown until it is read anew."""
        stop, known = subject.stop, answer.subject.stop
        if stop is None or known is None:
            return stop is known and subject.unplaced == answer.subject.unplaced
        return stop.visit_id == known.visit_id and subject.day == answer.subject.day

    def _ask(self) -> None:
        subject = self.subject
        if subject is None or self._asked is not None:
            return
        self._asked = subject
        work = partial(_read, self._plans, subject)
        self._tasks.run(work, owner=self, done=self._on_read, failed=self._on_failed, lane=Lane.FREE)

    def _on_read(self, answer: Answer) -> None:
        self._asked = None
        if answer.subject is self.subject:
            self.answer = answer
            self.changed.emit()
        else:
            self._ask()

    def _on_failed(self, _error: BaseException) -> None:
        failed, self._asked = self._asked, None
        if failed is self.subject:
            self.has_failed = True
            self.changed.emit()
        else:
            self._ask()


def _read(plans: Plans, subject: Subject) -> Answer:
    told = plans.explain(subject.customer_id, subject.month)
    if subject.unplaced is not None:
        first = subject.month
        found = plans.days_for(subject.customer_id, first, subject.unplaced.by)
        return Answer(subject, told, found or plans.days_for(subject.customer_id, first, month_end(first)))
    if subject.stop is None or subject.day is None:
        return Answer(subject, told, ())
    found = plans.other_days(subject.stop.visit_id, *_window(told, subject.day))
    return Answer(subject, told, found or plans.other_days(subject.stop.visit_id, *_near(subject.day)))


def _window(told: tuple[PlanWhy, ...], day: date) -> tuple[date, date]:
    """Return the days on which the visit is what it is planned for; without a window those near its day."""
    due = next((dict(why.facts) for why in told if why.code in _DUE and why.day == day), None)
    return _near(day) if due is None else (date.fromisoformat(due["from"]), date.fromisoformat(due["to"]))


def _near(day: date) -> tuple[date, date]:
    return day - _BESIDE, day + _BESIDE
