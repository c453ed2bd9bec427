"""How the manager's days run: where and when they begin and end, lunch, how much fits. Times are local wall time."""

from dataclasses import dataclass
from datetime import date, datetime, time
from math import ceil

from app.domain.geo import GeoPoint
from app.domain.planning.problem import Span, WorkDay
from app.domain.planning.views import DayKind

LUNCH = Span(time(12, 0), time(13, 30))
AUTOMATIC = ""
"""The calendar follows from the territory."""


@dataclass(frozen=True, slots=True)
class PlanSetup:
    """What a person may set for her days; proposed defaults (the capacity of ADR 0010).

    Without a start the way begins at the first shop, without an end it ends at the last one.
    """

    start: GeoPoint | None = None
    start_name: str = ""
    end: GeoPoint | None = None
    end_name: str = ""
    begins: time = time(9, 0)
    ends: time = time(17, 30)
    lunch: Span | None = LUNCH
    stops: int = 25
    minutes: int = 390
    """On the road and in shops; never more than lies between begin and end without lunch."""
    minutes_town: int = 10
    minutes_country: int = 12
    """How long a visit takes where too few visits of the shop were timed."""
    calendar: str = AUTOMATIC
    """`china`, `none` (Monday to Friday), or empty: as the territory keeps."""

    @property
    def work_minutes(self) -> int:
        """Return the minutes that a whole day holds."""
        return max(0, min(self.minutes, _length(self.begins, self.ends) - self._lunch_within()))

    def work_day(self, day: date, kind: DayKind) -> WorkDay | None:
        """Return what fits into a day; half of both into half a day, None on a day off."""
        if kind is DayKind.OFF:
            return None
        part = 2 if kind is DayKind.HALF else 1
        return WorkDay(day, ceil(self.stops / part), self.work_minutes // part, self.begins, self.lunch)

    def _lunch_within(self) -> int:
        if self.lunch is None:
            return 0
        return _length(max(self.begins, self.lunch.begins), min(self.ends, self.lunch.ends))


def _length(begins: time, ends: time) -> int:
    """Return the minutes between two times of a day; 0 where the second is not later."""
    between = datetime.combine(date.min, ends) - datetime.combine(date.min, begins)
    return max(0, int(between.total_seconds()) // 60)
