"""Two months that are harder than the six: holidays take a week of one, the classes of the trade fill the other."""

from dataclasses import dataclass, replace
from datetime import date

from app.domain.planning.needs import needs_of
from app.domain.planning.problem import MonthProblem, PlanShop, WorkDay
from app.domain.planning.working_days import calendar_days, month_end
from benchmarks.plan.iowa import EVERY, MINUTES, MONTHS, Territory, working_days

_WITH_HOLIDAYS = date(2025, 10, 1)
_STOPS_AFTER_HOLIDAYS = 16
"""267 visits on 18 days are 14.8 a day: they do not fit into 14."""
_SHARES = {"V1": 0.2, "V2": 0.3}
_STOPS_OF_TRADE, _MINUTES_OF_VISIT = 25, 12


@dataclass(frozen=True, slots=True)
class Variation:
    """A month to plan, and what is different about it."""

    label: str
    problem: MonthProblem


def with_holidays(territory: Territory) -> Variation:
    """Return October 2025, of which eight days are off and a Saturday is worked instead."""
    days = tuple(
        WorkDay(one.day, _STOPS_AFTER_HOLIDAYS, MINUTES)
        for one in calendar_days(_WITH_HOLIDAYS, month_end(_WITH_HOLIDAYS))
        if one.is_worked
    )
    label = (
        f"{territory.name}, October 2025 with the holidays of China ({len(days)} days, {_STOPS_AFTER_HOLIDAYS} stops)"
    )
    return Variation(label, _month(territory, _WITH_HOLIDAYS, territory.shops, days))


def with_trade_shares(territory: Territory) -> Variation:
    """Return May with a fifth of the shops weekly and three tenths fortnightly, as many stops as the program proposes."""
    count = len(territory.shops)
    weekly, often = round(count * _SHARES["V1"]), round(count * (_SHARES["V1"] + _SHARES["V2"]))
    shops = tuple(
        _of_class(shop, "V1" if place < weekly else "V2" if place < often else "V3")
        for place, shop in enumerate(territory.shops)
    )
    days = tuple(replace(day, stops=_STOPS_OF_TRADE) for day in working_days(MONTHS[0]))
    label = f"{territory.name}, May with classes of 20/30/50 % ({_STOPS_OF_TRADE} stops of {_MINUTES_OF_VISIT} minutes)"
    return Variation(label, _month(territory, MONTHS[0], shops, days))


def _of_class(shop: PlanShop, cadence: str) -> PlanShop:
    return replace(shop, cadence=cadence, every_days=EVERY[cadence], minutes=_MINUTES_OF_VISIT)


def _month(territory: Territory, first: date, shops: tuple[PlanShop, ...], days: tuple[WorkDay, ...]) -> MonthProblem:
    return MonthProblem(first, shops, needs_of(shops, (), days), days, territory.home, territory.home, territory.travel)
