"""Reads the calendar of a trade from resources/calendars: days off, days worked instead, festivals that move."""

import tomllib
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from app.domain.forecasting.festivals import Festival, TradeCalendar
from app.runtime import resources

NONE = "none"
"""A trade whose festivals stay in their months needs no calendar."""


def load_trade_calendar(name: str) -> TradeCalendar:
    """Return the calendar of a name such as "china"; an empty one for "none". Raises FileNotFoundError."""
    if name == NONE:
        return TradeCalendar()
    return read_trade_calendar(tomllib.loads(resources.read_text(f"calendars/{name}.toml")))


def read_trade_calendar(told: dict[str, Any]) -> TradeCalendar:
    """Turn the table of a file into a calendar; years without a notice have only what is off every year."""
    festivals = tuple(
        Festival(one["key"], tuple(one["months"]), tuple(map(date.fromisoformat, one["days"])), one["ahead"])
        for one in told["festivals"]
    )
    off, worked = set[date](), set[date]()
    for year, notice in told["years"].items():
        off.update(_days(year, notice["off"]))
        worked.update(_days(year, notice["worked"]))
    for one, festival in zip(told["festivals"], festivals, strict=True):
        for day in festival.days:
            if str(day.year) not in told["years"]:
                begins, ends = one["closed"]
                off.update(day + timedelta(days=away) for away in range(begins, ends + 1))
                off.update(_days(str(day.year), told["every_year"]))
    return TradeCalendar(frozenset(off), frozenset(worked), festivals)


def _days(year: str, spans: Iterable[str]) -> Iterator[date]:
    """Yield the days of spans such as "01-01" or "10-01/10-07"."""
    for span in spans:
        begins, _, ends = span.partition("/")
        day, last = date.fromisoformat(f"{year}-{begins}"), date.fromisoformat(f"{year}-{ends or begins}")
        while day <= last:
            yield day
            day += timedelta(days=1)
