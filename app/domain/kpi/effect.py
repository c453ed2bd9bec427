"""The figures of a month as they are shown: value, target, attainment, where it should stand by now, and a year ago."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.formulas import growth, plan_completion, ratio
from app.domain.kpi.facts import Facts, last_day, month_before, number_of
from app.domain.kpi.registry import KPIS, Measure
from app.domain.kpi.tallies import NoValue, Parts, Period, Subject, Tally

_MONTHS = 12
_PLANS = frozenset({"F05", "F09"})
"""Figures that are the attainment of a plan: their value needs the target."""
_COUNTED = frozenset({"F14", "F20"})
"""Figures that divide nothing."""
_F05_MEASURES = {
    Subject.VOLUME: Measure.CARTONS,
    Subject.KEY: Measure.CARTONS,
    Subject.VALUE: Measure.MONEY,
    Subject.CUSTOMERS: Measure.SHOPS,
}


class Giver(StrEnum):
    """Who set a target; head office's stands where both did."""

    OFFICE = "office"
    MANAGER = "manager"


@dataclass(frozen=True, slots=True)
class Target:
    """What a figure should reach, in the measure in which it is counted (shares as fractions, money in minor units)."""

    value: float
    giver: Giver
    own: float | None = None
    """the manager's own, where head office's stands"""


@dataclass(frozen=True, slots=True)
class KpiLine:
    """One figure; `actual` is what is compared with target and last year, `value` the result of the formula.

    For F05 and F09 the value is the attainment and the actual is what was sold; for all others they are the same.
    """

    key: str
    kpi: str
    subject: Subject
    period: Period
    scope: str
    measure: Measure
    """of actual and target"""
    numerator: float | None
    denominator: float | None
    value: float | None
    actual: float | None
    target: Target | None
    attainment: float | None
    expected: float | None
    """the share of the target that is due by now, where the figure is one that adds up day by day"""
    last_year: float | None
    growth: float | None
    empty: NoValue | None
    """why there is no value"""
    known_shops: int | None
    """of how many shops it is known, where not of all"""


def line_of(tally: Tally, target: Target | None, expected: float | None) -> KpiLine:
    """Return a figure with what it is measured by; `expected` is the share of its period that has passed."""
    measure = measure_of(tally.kpi, tally.subject)
    upper, lower = (None, None) if not tally.shops and tally.total is None else tally.parts()
    actual = _actual(tally, upper, lower)
    last_year = None if tally.before is None else _actual(tally, *tally.before)
    attainment = plan_completion(actual, None if target is None else target.value)
    is_plan = tally.kpi in _PLANS
    value = attainment if is_plan else actual
    numerator, denominator = (actual, None if target is None else target.value) if is_plan else (upper, lower)
    adds_up = is_plan and measure is Measure.CARTONS
    return KpiLine(
        key=tally.key,
        kpi=tally.kpi,
        subject=tally.subject,
        period=tally.period,
        scope=tally.scope,
        measure=measure,
        numerator=numerator,
        denominator=denominator,
        value=value,
        actual=actual,
        target=target,
        attainment=attainment,
        expected=expected if adds_up else None,
        last_year=last_year,
        growth=growth(actual, last_year) if measure is not Measure.SHARE else None,
        empty=tally.empty if value is None else None,
        known_shops=len(tally.shops) if tally.is_partial else None,
    )


def shop_value(tally: Tally, parts: Parts) -> float | None:
    """Return the figure of one shop from its parts."""
    return _actual(tally, *parts)


def measure_of(kpi: str, subject: Subject) -> Measure:
    """Return what a figure and its target are counted in."""
    if kpi == "F09":
        return Measure.CARTONS
    return _F05_MEASURES[subject] if kpi == "F05" else KPIS[kpi].measure


def _actual(tally: Tally, upper: float | None, lower: float | None) -> float | None:
    if tally.kpi in _PLANS:
        return ratio(upper, lower) if tally.subject is Subject.VALUE else upper
    if tally.kpi in _COUNTED:
        return upper
    return KPIS[tally.kpi].of_sums(upper, lower)


def passed(until: date, period: Period) -> float:
    """Return the share of the month by days, or of the year by months, that is over at the end of a day."""
    days = until.day / last_day(until).day
    return days if period is Period.MONTH else (until.month - 1 + days) / _MONTHS


def series(facts: Facts) -> Mapping[str, tuple[tuple[int, float | None], ...]]:
    """Return the months (202204) behind figures of the whole territory: thirteen, by the key of the figure."""
    found: dict[str, dict[int, list[float]]] = {}

    def add(key: str, month: int, upper: float, lower: float) -> None:
        parts = found.setdefault(key, {}).setdefault(month, [0.0, 0.0])
        parts[0] += upper
        parts[1] += lower

    for row in facts.shop_months:
        add("F05:volume:month:", row.month, row.quantity, 0)
        add("F05:value:month:", row.month, row.amount, row.quantity)
        add("F33::month:", row.month, row.amount, row.quantity)
        add("F05:customers:month:", row.month, row.quantity > 0, 0)
        if facts.keys:
            add("F08::month:", row.month, 0, row.quantity)
    for key in facts.key_months:
        add("F05:key:month:", key.month, key.quantity, 0)
        add("F08::month:", key.month, key.quantity, 0)
        add(f"F09::month:sku:{facts.skus[key.sku].code}", key.month, key.quantity, 0)
    months = [number_of(month_before(facts.month, back)) for back in range(_MONTHS, -1, -1)]
    return {
        key: tuple((month, _point(key, by_month.get(month))) for month in months) for key, by_month in found.items()
    }


def _point(key: str, parts: list[float] | None) -> float | None:
    if parts is None:
        return None
    is_sum = key[:3] in _PLANS and ":value:" not in key
    return parts[0] if is_sum else ratio(*parts)
