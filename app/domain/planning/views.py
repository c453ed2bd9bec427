"""What the plan page shows: the month, its days and stops, how healthy it is. Plain values, made by the services."""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from uuid import UUID

from app.domain.visit import VisitStatus


class DayKind(StrEnum):
    """What a day is for the manager."""

    WORK = "work"
    HALF = "half"
    OFF = "off"
    """Weekend, holiday, company day off or leave: `DayView.label` says which."""


class Overdue(StrEnum):
    """How soon a shop has to be visited (domain, 9.2): within a week, two weeks, a month, or already done."""

    RED = "red"
    ORANGE = "orange"
    YELLOW = "yellow"
    BLUE = "blue"


@dataclass(frozen=True, slots=True)
class StopView:
    """One visit in the plan."""

    visit_id: UUID
    customer_id: UUID
    code: str
    name: str
    cadence: str
    status: VisitStatus
    number: int
    planned_at: time | None
    minutes: int
    km: float | None
    """By road from the stop before; None where the place is not known."""
    locked: bool
    on_order_day: bool
    order_weekday: int | None
    due_by: date | None
    reasons: tuple[str, ...]
    presumed: bool
    lat: float | None
    lon: float | None


@dataclass(frozen=True, slots=True)
class DayView:
    """One day of the calendar with its stops in order."""

    day: date
    kind: DayKind
    label: str
    """Key of what the day off is: a holiday's name, weekend, company, leave; empty on plain working days."""
    provisional: bool
    """The official notice for that year is not out yet."""
    stops: tuple[StopView, ...]
    km: float
    minutes: int
    capacity_stops: int
    capacity_minutes: int

    @property
    def is_over(self) -> bool:
        """Whether more is planned than fits."""
        return len(self.stops) > self.capacity_stops or self.minutes > self.capacity_minutes


@dataclass(frozen=True, slots=True)
class CadenceHealth:
    """How many shops of a class get the visits they are owed."""

    code: str
    every_days: int
    kept: int
    shops: int


@dataclass(frozen=True, slots=True)
class PlanHealth:
    """The figures beside the calendar; shares are plain fractions, None where there is nothing to count."""

    due: int
    shops: int
    done: int
    planned: int
    unplaced: int
    cadence: tuple[CadenceHealth, ...]
    order_day_match: float | None
    km: float
    hours: float
    fewest_stops: int
    most_stops: int
    missed: int = 0
    """Planned on days that are over and never begun; they are due, and neither done nor planned any more."""


@dataclass(frozen=True, slots=True)
class UnplacedView:
    """A visit that found no day: which shop, by when, why, and the cheapest way out."""

    customer_id: UUID
    code: str
    name: str
    by: date
    reason: str
    way_out: str
    facts: tuple[tuple[str, str], ...] = ()
    late: date | None = None
    """The day on which the shop is visited all the same, after its deadline."""


@dataclass(frozen=True, slots=True)
class MonthView:
    """A month from its first to its last day."""

    month: date
    is_planned: bool
    days: tuple[DayView, ...]
    health: PlanHealth
    unplaced: tuple[UnplacedView, ...]


@dataclass(frozen=True, slots=True)
class MoveEffect:
    """What a move would change, for both days together; shown while something is dragged."""

    km: float
    """Kilometres more (or fewer, below zero)."""
    from_stops: int
    to_stops: int
    to_capacity: int
    to_minutes: int
    to_capacity_minutes: int
    on_order_day: bool
    breaks: str = ""
    """Code of the hard rule that the move breaks; empty when it breaks none."""


@dataclass(frozen=True, slots=True)
class MapShop:
    """A shop on the territory map."""

    customer_id: UUID
    code: str
    name: str
    lat: float
    lon: float
    presumed: bool
    cadence: str
    overdue: Overdue
    order_weekday: int | None
    at_risk: bool | None
    """Chance to run out before the next delivery; None where nothing was computed."""
    last_visit: date | None = None
    area: str = ""
    """The village, street or county that it lies in, as the archive says; empty where it says nothing."""
