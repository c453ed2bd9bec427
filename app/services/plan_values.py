"""What the month planning gives back beside the month itself: drafts, deeds, late days, why, statistics."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import TypeAlias
from uuid import UUID

from app.domain.changes import Changes
from app.domain.planning.problem import MonthPlan
from app.domain.planning.views import CadenceHealth, MonthView, MoveEffect, Overdue

Progress: TypeAlias = Callable[[float], None]
IsCancelled: TypeAlias = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class VisitState:
    """A planned visit as its row stood; `is_there` is False where the row was not there, or was taken out."""

    id: UUID
    customer_id: UUID
    day: date
    seq: int | None
    planned_at: time | None
    reasons: tuple[str, ...]
    locked: bool
    due_by: date | None
    need_key: str | None
    planned_on: date | None
    is_there: bool = True


@dataclass(frozen=True, slots=True)
class ChoiceState:
    """How often a shop is visited, as a person chose it: its row, and whether that was there."""

    id: UUID
    customer_id: UUID
    is_there: bool


@dataclass(frozen=True, slots=True)
class MarkState:
    """What a person said of a day: its row, what that said, and whether it was there."""

    id: UUID
    kind: str
    note: str | None
    is_there: bool


@dataclass(frozen=True, slots=True)
class PlanDeed:
    """One deed on the plan, with what its visits were before, so that it can be undone."""

    changes: Changes
    before: tuple[VisitState, ...]
    words_code: str
    """What was done: kept, moved, swapped, locked, unlocked, tomorrow, taken_out, dropped_in, reordered, shortened,
    late_moved, cadence_changed, day_changed, undone."""
    breaks: str = ""
    """Code of the rule that the deed breaks because a person wanted it so; empty when it breaks none."""
    names: tuple[str, ...] = ()
    """The shops it is about."""
    days: tuple[date, ...] = ()
    """The days it is about: from, to."""
    decided: tuple[ChoiceState | MarkState, ...] = ()
    """What it changed beside the visits, as that was before."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was changed, so that there is nothing to undo."""
        return not self.before and not self.decided


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """A month as it was computed; nothing of it is stored."""

    view: MonthView
    moved: tuple[tuple[str, date, date | None], ...]
    """Shop, the day its visit had, the day it has now; None where it is taken out."""
    seconds: float
    plan: MonthPlan
    """What `keep` stores."""


@dataclass(frozen=True, slots=True)
class LateStop:
    """A stop that is still ahead, with the time it would be reached from now on."""

    visit_id: UUID
    customer_id: UUID
    code: str
    name: str
    planned_at: time | None
    arrive: datetime
    leave: datetime
    falls_out: bool
    """It would not end before the day does, or the shop closes before."""


@dataclass(frozen=True, slots=True)
class LateDay:
    """A day as it runs from now on; nothing of it is stored."""

    day: date
    now: datetime
    stops: tuple[LateStop, ...]
    day_ends: datetime
    minutes_late: int
    """Against the planned time of the next stop; 0 when the day is on time, and when nothing is ahead."""

    @property
    def falls_out(self) -> tuple[LateStop, ...]:
        """The stops that do not fit any more."""
        return tuple(stop for stop in self.stops if stop.falls_out)

    @property
    def ends(self) -> datetime | None:
        """When the last stop that fits would be left; None when nothing is ahead."""
        return max((stop.leave for stop in self.stops if not stop.falls_out), default=None)


@dataclass(frozen=True, slots=True)
class PlanWhy:
    """One reason why a visit is where it is, with its facts by name; `day` is the day of the visit it is about."""

    code: str
    day: date | None = None
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class DayChoice:
    """Another day on which a visit could be, or a day for a shop without one, with what that would change."""

    day: date
    effect: MoveEffect


@dataclass(frozen=True, slots=True)
class VisitCounts:
    """How visits ended; `planned` counts all that were planned, `missed` those that were never begun."""

    planned: int = 0
    done: int = 0
    moved: int = 0
    closed: int = 0
    refused: int = 0
    cancelled: int = 0
    missed: int = 0
    unplanned: int = 0
    """Done without having been in any plan."""


@dataclass(frozen=True, slots=True)
class MonthStatistics:
    """One month of the year so far."""

    month: date
    counts: VisitCounts
    km: float
    minutes: int
    """In shops, as far as arrival and leaving are known."""


@dataclass(frozen=True, slots=True)
class OverdueShop:
    """A shop whose next visit is due: by when, and the latest working day left for it."""

    customer_id: UUID
    code: str
    name: str
    cadence: str
    overdue: Overdue
    last_visit: date | None
    due_by: date
    latest_day: date | None
    """The last working day on which it can still be in time; None when that has passed."""


@dataclass(frozen=True, slots=True)
class YearStatistics:
    """The year to date; None where there is nothing to count."""

    year: int
    until: date
    months: tuple[MonthStatistics, ...]
    total: VisitCounts
    punctual: float | None
    """Share of visits that began within 15 minutes of their planned time (proposed)."""
    timed: int
    """How many visits that share is about."""
    minutes_per_stop: float | None
    """Median of the minutes in the shop."""
    km: float
    """By road between the shops as they were visited; straight line times the road factor."""
    cadence: tuple[CadenceHealth, ...]
    overdue: tuple[tuple[Overdue, int], ...]
    shops: tuple[OverdueShop, ...] = field(default=())
    """Those that are due within two weeks, most urgent first."""
