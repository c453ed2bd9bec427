"""Which days of a month are worked: statutory holidays, weekend days worked instead, and what a person entered.

The holidays come from the library `holidays`, which knows the yearly notices with their make-up days; a year whose
notice it does not know has the days of the law alone and is provisional. The calendar of the forecasts
(`resources/calendars`) is another thing: it goes back to 2015, knows when shops stock up for a festival, and is frozen
so that a forecast of the past comes out the same again; what it says of a day is checked against this one by a test.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

from app.domain.planning.views import DayKind
from app.domain.text import Text

CHINA, NONE = "china", "none"
"""The calendars: that of China, and plain Monday to Friday for a trade that keeps none."""
WEEKEND, COMPANY, LEAVE, HALF, WORKED, MAKE_UP = "weekend", "company", "leave", "half", "worked", "make_up"
LABELS: Mapping[str, Text] = {
    "new_year": Text("元旦", "New Year's Day"),
    "spring_festival": Text("春节", "Spring Festival"),
    "qingming": Text("清明节", "Qingming"),
    "labour_day": Text("劳动节", "Labour Day"),
    "dragon_boat": Text("端午节", "Dragon Boat Festival"),
    "mid_autumn": Text("中秋节", "Mid-Autumn Festival"),
    "national_day": Text("国庆节", "National Day"),
    "holiday": Text("节假日", "Holiday"),
    WEEKEND: Text("周末", "Weekend"),
    COMPANY: Text("公司休息", "Company day off"),
    LEAVE: Text("休假", "Leave"),
    HALF: Text("半天", "Half day"),
    WORKED: Text("加班", "Worked"),
    MAKE_UP: Text("调休上班", "Make-up day"),
}
"""What a day is, in words; the keys are `CalendarDay.label`."""
_SATURDAY = 6
_NAMED = (
    ("New Year's", "new_year"), ("Chinese New Year", "spring_festival"), ("Tomb", "qingming"),
    ("Qingming", "qingming"), ("Labor", "labour_day"), ("Labour", "labour_day"), ("Dragon", "dragon_boat"),
    ("Mid-Autumn", "mid_autumn"), ("National", "national_day"),
)  # fmt: skip
"""How the library names a holiday, and our key; of two in one name the later line counts."""


class MarkKind(StrEnum):
    """What a person says of a day."""

    OFF = "off"
    """The company is closed."""
    HALF = "half"
    LEAVE = "leave"
    WORKED = "worked"


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day: whether it is worked, and why it is not plain; `label` is a key of `LABELS`, or empty."""

    day: date
    kind: DayKind
    label: str = ""
    provisional: bool = False
    """The official notice of its year is not out yet."""

    @property
    def is_worked(self) -> bool:
        """Whether shops are visited."""
        return self.kind is not DayKind.OFF


@dataclass(frozen=True, slots=True)
class _Year:
    """A year of a calendar."""

    off: Mapping[date, str]
    worked: frozenset[date]
    provisional: bool


_MARKED = {
    MarkKind.OFF: (DayKind.OFF, COMPANY),
    MarkKind.LEAVE: (DayKind.OFF, LEAVE),
    MarkKind.HALF: (DayKind.HALF, HALF),
    MarkKind.WORKED: (DayKind.WORK, WORKED),
}


def calendar_days(
    first: date, last: date, calendar: str = CHINA, marks: Mapping[date, MarkKind] | None = None
) -> tuple[CalendarDay, ...]:
    """Return the days from the first to the last (both count); what a person marked goes before the calendar."""
    marks = marks or {}
    days = (first + timedelta(days=ahead) for ahead in range((last - first).days + 1))
    return tuple(_day(day, calendar, marks.get(day)) for day in days)


def month_end(day: date) -> date:
    """Return the last day of the month that a date lies in."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1) - timedelta(days=1)


def worked_after(day: date, count: int, days: Iterable[CalendarDay]) -> date:
    """Return the working day that is so many working days after a day; the last one known where there are fewer."""
    found = day
    for one in sorted((one for one in days if one.day > day and one.is_worked), key=lambda one: one.day)[:count]:
        found = one.day
    return found


def _day(day: date, calendar: str, mark: MarkKind | None) -> CalendarDay:
    year = _year(calendar, day.year)
    if mark is not None:
        return CalendarDay(day, *_MARKED[mark], year.provisional)
    if day in year.worked:
        return CalendarDay(day, DayKind.WORK, MAKE_UP, year.provisional)
    if day in year.off:
        return CalendarDay(day, DayKind.OFF, year.off[day], year.provisional)
    if day.isoweekday() >= _SATURDAY:
        return CalendarDay(day, DayKind.OFF, WEEKEND, year.provisional)
    return CalendarDay(day, DayKind.WORK, "", year.provisional)


@cache
def _year(calendar: str, year: int) -> _Year:
    if calendar == NONE:
        return _Year({}, frozenset(), provisional=False)
    import holidays  # noqa: PLC0415  a start needs no calendar

    told = holidays.country_holidays("CN", years=year, language="en_US")
    names = {day: _key_of(name) for day, name in told.items() if day.year == year}
    known = {day: key for day, key in names.items() if key}
    off = {day: key or _nearest(day, known) for day, key in names.items()}
    worked = frozenset(day for day in told.weekend_workdays if day.year == year)
    notices = getattr(told, "special_public_holidays", {})
    return _Year(off, worked, provisional=year not in notices)


def _key_of(name: str) -> str:
    return next((key for part, key in reversed(_NAMED) if part in name), "")


def _nearest(day: date, known: Mapping[date, str]) -> str:
    """Return the holiday that a day off in exchange belongs to."""
    return known[min(known, key=lambda other: (abs(other - day), other))] if known else "holiday"
