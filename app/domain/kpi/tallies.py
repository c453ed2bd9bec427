"""A figure before it is divided: its upper and lower part for each shop, so that a number opens shop by shop."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Parts = tuple[float, float | None]
"""Upper and lower part; a lower part of None is one that a single shop does not have."""


class Period(StrEnum):
    """What a figure is of."""

    MONTH = "month"
    YEAR = "year"
    """the year so far"""


class Subject(StrEnum):
    """What of several things one formula is applied to."""

    NONE = ""
    VOLUME = "volume"
    KEY = "key"
    """key SKUs"""
    VALUE = "value"
    """amount per 条"""
    CUSTOMERS = "customers"
    """shops with an order"""


class NoValue(StrEnum):
    """Why there is no value; never shown as 0."""

    NO_TARGET = "no_target"
    NO_ORDERS = "no_orders"
    NO_LAST_YEAR = "no_last_year"
    NO_KEY_SKUS = "no_key_skus"
    NO_FORECAST = "no_forecast"
    NO_COUNTS = "no_counts"
    """nothing was counted on visits in the month"""
    NO_SECOND_COUNT = "no_second_count"
    """no SKU was counted on two days of the month"""
    NO_SAMPLE_COUNT = "no_sample_count"
    """no sample customer's stock was counted in the month"""
    NO_SHELF = "no_shelf"
    """no shelf was looked at in the month"""
    NO_PLANS = "no_plans"
    """no improvement plan was due"""
    NO_DEMAND = "no_demand"
    """the orders hold no demanded quantities"""
    NO_ALLOWED = "no_allowed"
    """the orders hold no allowed quantities"""
    NO_OFFERS = "no_offers"
    """head office gave no allowed quantities for the month"""
    NO_SAMPLE = "no_sample"
    NO_PRICES = "no_prices"
    NO_SOURCE = "no_source"
    """nothing on this laptop tells it"""
    PER_SHOP = "per_shop"
    """it is told for one shop at a time, in the visit"""


@dataclass(frozen=True, slots=True)
class Tally:
    """The parts of one figure by shop; `total` where they do not add up, `before` the figure a year ago."""

    kpi: str
    shops: Mapping[str, Parts] = field(default_factory=dict[str, Parts])
    subject: Subject = Subject.NONE
    period: Period = Period.MONTH
    scope: str = ""
    """empty: the whole territory; `class:3` a price class; `brand:青山`; `sku:910001` one SKU"""
    total: Parts | None = None
    before: Parts | None = None
    empty: NoValue = NoValue.NO_ORDERS
    """why there is no value where there is none"""
    is_partial: bool = False
    """It is known of some shops only: how many is told."""

    @property
    def key(self) -> str:
        """What tells the figure from all others."""
        return f"{self.kpi}:{self.subject.value}:{self.period.value}:{self.scope}"

    def parts(self) -> Parts:
        """Return the parts over all shops."""
        if self.total is not None:
            return self.total
        lower = [part for _, part in self.shops.values() if part is not None]
        return sum(part for part, _ in self.shops.values()), sum(lower) if lower or not self.shops else None


def pairs(upper: Mapping[str, float], lower: Mapping[str, float]) -> dict[str, Parts]:
    """Return the parts of every shop that has one of them; what is missing is 0."""
    return {shop: (upper.get(shop, 0), lower.get(shop, 0)) for shop in sorted(upper.keys() | lower.keys())}
