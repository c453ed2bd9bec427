"""What a month plan is made from: shops, the visits they are owed, working days, travel. Days are local dates."""

from dataclasses import dataclass, field
from datetime import date, time
from uuid import UUID

from app.domain.geo import GeoPoint, TravelRules
from app.domain.planning.order_rhythm import OrderRhythm


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a day, from and until, local time."""

    begins: time
    ends: time


@dataclass(frozen=True, slots=True)
class PlanShop:
    """What planning needs to know of a shop; `order_weekday` and `usual_weekday` are 1 (Monday) to 7."""

    id: UUID
    code: str
    name: str
    point: GeoPoint | None
    """Where it lies, or where it is presumed to lie."""
    presumed: bool
    """The place was taken from its village, its street or its neighbours on the line."""
    cadence: str
    """Code of its class in the playbook: V1, V2, V3."""
    every_days: int
    order_weekday: int | None
    minutes: int
    """How long a visit takes."""
    open_spans: tuple[Span, ...] = ()
    """When it can be visited; empty: the whole day."""
    usual_weekday: int | None = None
    """The weekday on which it was mostly visited of late."""
    last_visit: date | None = None
    rhythm: OrderRhythm | None = None
    """Which of its weekdays are order days, where it does not order every week."""

    @property
    def orders(self) -> OrderRhythm | None:
        """On which days it orders; None where it has no order day."""
        return self.rhythm or (OrderRhythm(self.order_weekday) if self.order_weekday else None)


@dataclass(frozen=True, slots=True)
class Trigger:
    """Something that wants a visit by a day: a complaint, a missed order, a promise, a task of head office."""

    shop: UUID
    code: str
    since: date
    by: date
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Need:
    """One visit that is owed within a window of days (both ends count); the window is a hard rule."""

    key: str
    """The same each time: `code/2` for the second cadence visit, `code/complaint` for a trigger."""
    shop: UUID
    earliest: date
    latest: date
    reasons: tuple[str, ...] = ()
    has_deadline: bool = False
    """A trigger set the last day, not the cadence."""
    stands_on: date | None = None
    """The day that it has in the plan as it stands."""
    locked: bool = False
    """A person fixed that day; nothing moves it."""
    whole_window: tuple[date, date] | None = None
    """The window that the cadence alone gives, where a deadline narrowed it: what is too late for the deadline is due
    all the same."""
    soon_after: date | None = None
    """The deadline that could not be kept: every day after it is worse than the one before, and days before it are
    worse still."""


@dataclass(frozen=True, slots=True)
class WorkDay:
    """A day on which shops are visited, with what fits into it."""

    day: date
    stops: int
    minutes: int
    """On the road and in shops, without lunch."""
    start: time = time(9, 0)
    lunch: Span | None = None


@dataclass(frozen=True, slots=True)
class Weights:
    """What soft goals are worth against one another, in order of rank (proposed).

    A visit off its order day costs `order_day` while fewer than `match_goal` of the visits are on theirs, and
    `order_day_beyond` after that, where a long detour for one more match no longer pays.
    """

    order_day: float = 1000.0
    match_goal: float = 0.9
    order_day_beyond: float = 20.0
    load: float = 100.0
    km: float = 10.0
    usual_weekday: float = 1.0
    stability: float = 500.0
    late: float = 10_000.0
    """A day past a deadline that could not be kept."""


@dataclass(frozen=True, slots=True)
class MonthProblem:
    """All that decides a month plan; the same problem and seed always give the same plan."""

    month: date
    shops: tuple[PlanShop, ...]
    needs: tuple[Need, ...]
    days: tuple[WorkDay, ...]
    start: GeoPoint | None = None
    end: GeoPoint | None = None
    travel: TravelRules = field(default_factory=TravelRules)
    weights: Weights = field(default_factory=Weights)
    seed: int = 1


@dataclass(frozen=True, slots=True)
class PlannedStop:
    """One visit with its day, its place in the day (from 1), times, and the way by road from the stop before."""

    need: Need
    day: date
    number: int
    arrive: time
    leave: time
    km: float
    travel_minutes: int
    on_order_day: bool
    """It falls on the shop's order day or on the working day before."""


@dataclass(frozen=True, slots=True)
class PlannedDay:
    """A working day as it was planned; `km` and `minutes` include the way home where an end was given."""

    day: date
    stops: tuple[PlannedStop, ...]
    km: float
    minutes: int


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A visit that has no day, why (a code), and the cheapest way out (a code with its numbers)."""

    need: Need
    reason: str
    way_out: str = ""
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class MonthPlan:
    """What came out, with what it moved against the plan that stood."""

    month: date
    days: tuple[PlannedDay, ...]
    unplaced: tuple[Unplaced, ...]
    moved: tuple[tuple[Need, date], ...] = ()
    """Needs that had a day before, with the day they have now."""
    km_at_least: float = 0.0
    """A lower bound of the kilometres of any plan that keeps the hard rules."""

    @property
    def km(self) -> float:
        """Kilometres by road of the whole month."""
        return sum(day.km for day in self.days)
