"""The figures of a month for the territory, shop by shop behind each, with targets that the manager sets."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from app.domain.changes import Changes, Kind
from app.domain.forecasting.accuracy import TARGET
from app.domain.kpi import forecast_tallies, sales_tallies, supply_tallies
from app.domain.kpi.effect import Giver, KpiLine, Target, line_of, passed, series, shop_value
from app.domain.kpi.facts import Facts, Shop, Window
from app.domain.kpi.forecast_tallies import Told
from app.domain.kpi.registry import KPIS
from app.domain.kpi.tallies import Period, Tally
from app.domain.problems import Problem, Refusal, RuleError
from app.runtime.clock import Clock
from app.services.forecast_desk import ForecastDesk
from app.services.forecast_views import Source, TrackView
from app.services.kpi_reading import read_facts
from app.services.kpi_targets import TargetKey, read_targets, target_key, write_target
from app.services.market_reading import TooFewMonths
from app.storage.database import Database
from app.storage.facts import CURRENCY, UNIT, fact_of

_MOST = 1e11
_FIRST = "SELECT min(month) FROM customer_month"


@dataclass(frozen=True, slots=True)
class ShopPart:
    """One shop behind a figure: the upper and lower part of the formula, and the figure of the shop alone."""

    customer_id: UUID
    code: str
    name: str
    numerator: float
    denominator: float | None
    value: float | None


@dataclass(frozen=True, slots=True)
class Setting:
    """What the figures are counted in, and where the forecast comes from that the month is held against."""

    unit: str | None
    currency: str | None
    forecast: Source | None


@dataclass(frozen=True)
class KpiMonth:
    """The figures of one month, in the order of their numbers within each group."""

    month: date
    until: date
    """last day that is counted"""
    is_over: bool
    lines: tuple[KpiLine, ...]
    series: Mapping[str, tuple[tuple[int, float | None], ...]]
    """thirteen months (202204) of the figures that have them, by key"""
    names: Mapping[str, str]
    """of the scopes of single SKUs"""
    setting: Setting
    shop_count: int
    tallies: Mapping[str, Tally]
    shops: Mapping[str, Shop]

    @property
    def unit(self) -> str | None:
        """What quantities are counted in."""
        return self.setting.unit

    @property
    def currency(self) -> str | None:
        """What money is counted in."""
        return self.setting.currency

    def line(self, key: str) -> KpiLine | None:
        """Return a figure by its key."""
        return next((line for line in self.lines if line.key == key), None)

    def shops_behind(self, key: str) -> tuple[ShopPart, ...]:
        """Return the shops behind a figure, the largest upper part first; none where it does not open."""
        tally = self.tallies.get(key)
        if tally is None:
            return ()
        parts = [
            ShopPart(shop.id, shop.code, shop.name, upper, lower, shop_value(tally, (upper, lower)))
            for shop_key, (upper, lower) in tally.shops.items()
            if (shop := self.shops.get(shop_key)) is not None
        ]
        return tuple(sorted(parts, key=lambda one: (-one.numerator, one.code)))

    def with_target(self, line: KpiLine, value: float | None) -> "KpiMonth":
        """Return the month with another target of the manager's own; one of head office's stands."""
        if line.target is not None and line.target.giver is Giver.OFFICE:
            target: Target | None = replace(line.target, own=value)
        else:
            target = None if value is None else Target(value, Giver.MANAGER)
        changed = line_of(self.tallies[line.key], target, passed(self.until, line.period))
        return replace(self, lines=tuple(changed if one.key == line.key else one for one in self.lines))


class Kpis:
    """Reads the figures of months and sets targets."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        desk: ForecastDesk | None = None,
        standard: float = TARGET,
        actor: str = "manager",
    ) -> None:
        self._database = database
        self._clock = clock
        self._desk = desk
        self._standard = standard
        self._actor = actor

    def months(self) -> tuple[date, ...]:
        """Return the months that have orders, and the running one, newest first."""
        today = self._clock.today()
        with self._database.look() as cursor:
            (first,) = cursor.execute(_FIRST).fetchone()
        newest = today.year * 12 + today.month - 1
        oldest = newest if first is None else min(_count(first), newest)
        return tuple(_month(number) for number in range(newest, oldest - 1, -1))

    def month(self, month: date, *, with_forecast: bool = True) -> KpiMonth:
        """Return the figures of a month; without the forecast they are there within a second."""
        with self._database.look() as cursor:
            facts = read_facts(cursor, month, self._clock.today())
            targets = read_targets(cursor, month)
            unit, currency = fact_of(cursor, UNIT), fact_of(cursor, CURRENCY)
        tallies = [*sales_tallies.tallies(facts), *supply_tallies.tallies(facts)]
        track = self._track(facts) if with_forecast else None
        tallies += self._of_forecast(facts, track)
        source = None if track is None else track.source
        return _assembled(facts, tallies, targets, Setting(unit, currency, source))

    def set_target(self, month: date, line: KpiLine, value: float | None) -> Changes:
        """Set the manager's own target of a figure in its measure; None takes it away. Raises RuleError."""
        if value is not None and not 0 < value < _MOST:
            raise RuleError(Refusal(Problem.BAD_VALUE, "value"))
        key = target_key(line.kpi, line.subject, line.period, line.scope)
        with self._database.write_plain() as cursor:
            write_target(cursor, self._actor, month, key, value)
        return Changes.of(Kind.TARGET)

    def _of_forecast(self, facts: Facts, track: TrackView | None) -> Iterable[Tally]:
        if track is None:
            return forecast_tallies.tallies((), (), None)
        skus = [Told(row.group, row.forecast, row.actual) for row in track.skus]
        shops = [Told(row.customer_id.hex, row.forecast, row.actual) for row in track.shops if row.customer_id]
        before = sum(facts.quantities(Window.LAST_YEAR).values())
        return forecast_tallies.tallies(skus, shops, before or None, self._standard)

    def _track(self, facts: Facts) -> TrackView | None:
        """Return forecast against actual of a month that is over; None where there is no forecast of it."""
        if self._desk is None or not facts.is_over:
            return None
        try:
            return self._desk.tracking(facts.month)
        except (TooFewMonths, RuleError):
            return None


def _assembled(
    facts: Facts,
    tallies: Iterable[Tally],
    targets: Mapping[TargetKey, Target],
    setting: Setting,
) -> KpiMonth:
    by_key = {tally.key: tally for tally in sorted(tallies, key=_place)}
    lines = tuple(
        line_of(tally, targets.get(target_key(tally.kpi, tally.subject, tally.period, tally.scope)), share)
        for tally in by_key.values()
        for share in (passed(facts.until, tally.period),)
    )
    return KpiMonth(
        month=facts.month,
        until=facts.until,
        is_over=facts.is_over,
        lines=lines,
        series=series(facts),
        names={f"sku:{sku.code}": sku.name for sku in facts.skus.values() if sku.is_key},
        setting=setting,
        shop_count=len(facts.shops),
        tallies=by_key,
        shops=facts.shops,
    )


_ORDER = {code: place for place, code in enumerate(KPIS)}


def _place(tally: Tally) -> tuple[int, bool, str]:
    return _ORDER[tally.kpi], tally.period is Period.YEAR, tally.scope


def _count(number: int) -> int:
    return number // 100 * 12 + number % 100 - 1


def _month(count: int) -> date:
    return date(count // 12, count % 12 + 1, 1)
