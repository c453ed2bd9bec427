"""Working days: the notices of the State Council, make-up days, what a person entered, years without a notice."""

import csv
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.planning.setup import PlanSetup
from app.domain.planning.views import DayKind
from app.domain.planning.working_days import (
    CHINA,
    LABELS,
    NONE,
    CalendarDay,
    MarkKind,
    calendar_days,
    month_end,
    worked_after,
)
from app.playbooks.trade_calendar import load_trade_calendar
from tests.conftest import SHARED_DATA

DAYS = st.dates(date(2015, 1, 1), date(2030, 12, 31))
MARKS = st.dictionaries(st.dates(date(2026, 1, 1), date(2026, 2, 28)), st.sampled_from(MarkKind), max_size=8)


def _year(year: int, calendar: str = CHINA) -> tuple[CalendarDay, ...]:
    return calendar_days(date(year, 1, 1), date(year, 12, 31), calendar)


def _day(day: date, calendar: str = CHINA, marks: dict[date, MarkKind] | None = None) -> CalendarDay:
    return calendar_days(day, day, calendar, marks)[0]


@pytest.mark.shared_data
@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_every_day_is_worked_or_off_as_the_published_list_says(year: int) -> None:
    with (SHARED_DATA / "china" / "holidays.csv").open(encoding="utf-8", newline="") as rows:
        told = {date.fromisoformat(row["date"]): row["kind"] == "workday" for row in csv.DictReader(rows)}
    wrong = [one.day.isoformat() for one in _year(year) if one.is_worked != told.get(one.day, one.day.isoweekday() < 6)]
    assert wrong == []


@pytest.mark.parametrize("year", range(2015, 2027))
def test_the_calendar_of_the_forecasts_says_the_same_of_each_year_with_a_notice(year: int) -> None:
    trade = load_trade_calendar(CHINA)
    assert [one.day for one in _year(year) if one.is_worked != trade.takes_orders(one.day)] == []


@pytest.mark.parametrize(
    ("day", "kind", "label"),
    [
        (date(2026, 1, 1), DayKind.OFF, "new_year"),
        (date(2026, 1, 2), DayKind.OFF, "new_year"),
        (date(2026, 2, 14), DayKind.WORK, "make_up"),
        (date(2026, 2, 16), DayKind.OFF, "spring_festival"),
        (date(2026, 2, 23), DayKind.OFF, "spring_festival"),
        (date(2026, 4, 6), DayKind.OFF, "qingming"),
        (date(2026, 5, 5), DayKind.OFF, "labour_day"),
        (date(2026, 6, 19), DayKind.OFF, "dragon_boat"),
        (date(2026, 9, 25), DayKind.OFF, "mid_autumn"),
        (date(2026, 10, 7), DayKind.OFF, "national_day"),
        (date(2026, 11, 22), DayKind.OFF, "weekend"),
        (date(2026, 11, 23), DayKind.WORK, ""),
    ],
)
def test_a_day_says_what_it_is(day: date, kind: DayKind, label: str) -> None:
    found = _day(day)
    assert (found.kind, found.label) == (kind, label)
    assert not label or LABELS[label].zh


def test_a_year_without_a_notice_is_provisional_and_has_the_days_of_the_law() -> None:
    assert all(one.provisional for one in _year(2035))
    assert not any(one.provisional for one in _year(2026))
    assert _day(date(2035, 10, 1)).label == "national_day"
    assert not any(one.label == "make_up" for one in _year(2035))


def test_a_trade_without_a_calendar_works_from_monday_to_friday() -> None:
    days = _year(2022, NONE)
    assert all(one.is_worked == (one.day.isoweekday() < 6) for one in days)
    assert not any(one.provisional for one in days)


@pytest.mark.parametrize(
    ("day", "mark", "kind", "label"),
    [
        (date(2026, 11, 23), MarkKind.OFF, DayKind.OFF, "company"),
        (date(2026, 11, 23), MarkKind.LEAVE, DayKind.OFF, "leave"),
        (date(2026, 11, 23), MarkKind.HALF, DayKind.HALF, "half"),
        (date(2026, 11, 22), MarkKind.WORKED, DayKind.WORK, "worked"),
        (date(2026, 10, 1), MarkKind.WORKED, DayKind.WORK, "worked"),
        (date(2026, 2, 14), MarkKind.OFF, DayKind.OFF, "company"),
    ],
)
def test_what_a_person_entered_goes_before_the_calendar(day: date, mark: MarkKind, kind: DayKind, label: str) -> None:
    found = _day(day, marks={day: mark})
    assert (found.kind, found.label) == (kind, label)


@given(day=DAYS, marks=MARKS, calendar=st.sampled_from([CHINA, NONE]))
def test_a_month_has_each_of_its_days_once(day: date, marks: dict[date, MarkKind], calendar: str) -> None:
    days = [one.day for one in calendar_days(day.replace(day=1), month_end(day), calendar, marks)]
    assert days == [days[0] + timedelta(days=ahead) for ahead in range(len(days))]
    assert (days[0].day, days[-1]) == (1, month_end(day))
    assert (days[-1] + timedelta(days=1)).day == 1


@given(day=st.dates(date(2026, 1, 1), date(2026, 2, 28)), count=st.integers(1, 6), marks=MARKS)
def test_so_many_working_days_lie_between(day: date, count: int, marks: dict[date, MarkKind]) -> None:
    days = calendar_days(day, day + timedelta(days=60), CHINA, marks)
    found = worked_after(day, count, days)
    assert sum(one.is_worked for one in days if day < one.day <= found) == count
    assert next(one for one in days if one.day == found).is_worked


def test_half_a_day_holds_half_and_a_day_never_more_than_its_hours() -> None:
    day, setup = date(2026, 11, 23), PlanSetup(stops=25, minutes=390)
    whole, half = setup.work_day(day, DayKind.WORK), setup.work_day(day, DayKind.HALF)
    assert whole is not None
    assert half is not None
    assert (whole.stops, whole.minutes, half.stops, half.minutes) == (25, 390, 13, 195)
    assert setup.work_day(day, DayKind.OFF) is None
    short = PlanSetup(minutes=900).work_day(day, DayKind.WORK)
    assert short is not None
    assert short.minutes == 420
