"""The trade's way to a monthly forecast: which brands and shops need asking, and figures that add up after corrections.

Two kinds of brand and two of customer: what sells steadily is forecast by the model for the area as a whole, what does
not is built up from what the shops say. The rules are the playbook's numbers, and each answer says which rule gave it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from statistics import fmean, pstdev


class Steadiness(StrEnum):
    """Whether a brand or a shop can be left to the model."""

    STABLE = "stable"
    DIFFICULT = "difficult"
    """for a brand: built up from the shops; for a shop: visit and ask"""


class Sign(StrEnum):
    """Why something is difficult; each is a rule of its own. Codes of the list `forecast_sign`."""

    KEY = "key"
    NEW = "new"
    SCARCE = "scarce"
    SUBSTITUTE = "substitute"
    VOLATILE = "volatile"
    IDLE = "idle"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Kinded:
    """The kind of a brand or shop with what led to it; `variation` and `error` are shares, None where unknown."""

    kind: Steadiness
    signs: tuple[Sign, ...] = ()
    variation: float | None = None
    """standard deviation ÷ mean of the months looked at"""
    error: float | None = None
    """WAPE of past one-month forecasts"""
    by_hand: bool = False
    """the manager said so, whatever the rules say"""


@dataclass(frozen=True, slots=True)
class ForecastRules:
    """The playbook's numbers for the kinds and for the follow-up."""

    months: int
    """how many whole months the rules look back"""
    brand_variation: Decimal
    brand_error: Decimal
    brand_idle_months: int
    new_months: int
    substitutes: int
    """so many SKUs of the same class, nearest in price, count as substitutes of a scarce one"""
    shop_variation: Decimal
    shop_error: Decimal
    shop_idle_months: int
    shop_new_months: int
    target_accuracy_pct: int
    """F04"""
    cause_from: int
    """a miss of fewer pieces is not asked about"""


@dataclass(frozen=True, slots=True)
class BrandFacts:
    """What the rules look at; `months` are the last whole months, oldest first, since it was first bought."""

    months: Sequence[float]
    error: float | None
    is_key: bool = False
    is_new: bool = False
    is_scarce: bool = False
    is_substitute: bool = False


def kind_of_brand(facts: BrandFacts, rules: ForecastRules) -> Kinded:
    """Return the kind: key, new, scarce brands and substitutes are difficult, and what varies or has been missed."""
    months = facts.months[-rules.months :]
    variation = variation_of(months)
    found = {
        Sign.KEY: facts.is_key,
        Sign.NEW: facts.is_new or len(facts.months) < rules.new_months,
        Sign.SCARCE: facts.is_scarce,
        Sign.SUBSTITUTE: facts.is_substitute,
        Sign.VOLATILE: _above(variation, rules.brand_variation),
        Sign.IDLE: sum(not month for month in months) >= rules.brand_idle_months,
        Sign.MISSED: _above(facts.error, rules.brand_error),
    }
    return _kinded(found, variation, facts.error)


def kind_of_shop(months: Sequence[float], error: float | None, rules: ForecastRules) -> Kinded:
    """Return the kind of a shop from its whole months since it first ordered."""
    looked_at = months[-rules.months :]
    variation = variation_of(looked_at)
    found = {
        Sign.NEW: len(months) < rules.shop_new_months,
        Sign.VOLATILE: _above(variation, rules.shop_variation),
        Sign.IDLE: sum(not month for month in looked_at) >= rules.shop_idle_months,
        Sign.MISSED: _above(error, rules.shop_error),
    }
    return _kinded(found, variation, error)


def said_by_hand(found: Kinded, kind: Steadiness | None) -> Kinded:
    """Return the kind that the manager gave, with what the rules had found; None leaves it to the rules."""
    if kind is None:
        return found
    return Kinded(kind, found.signs, found.variation, found.error, by_hand=True)


def variation_of(months: Sequence[float]) -> float | None:
    """Return standard deviation ÷ mean (coefficient of variation); None under three months or without any demand."""
    fewest = 3
    if len(months) < fewest or not any(months):
        return None
    return pstdev(months) / fmean(months)


@dataclass(frozen=True, slots=True)
class Part:
    """One shop's part of a SKU: the model's figure and, where she gave one, the manager's own."""

    model: float
    own: int | None = None


class TooLittle(ValueError):  # noqa: N818 - a refusal, told in words
    """The total is below what was given to single shops by hand; `args[0]` is that sum."""


def spread(parts: Sequence[Part], whole: int, total: int | None = None) -> list[int]:
    """Return whole pieces that add up exactly: to `total`, or to the model's `whole` with what was changed.

    Without a total every part has its share of the model's, or what was set by hand: a correction moves the total and
    nobody else. With one, what was set by hand stays and the others share the rest in proportion to the model, by
    largest remainder; where the model expects nothing of them, the last takes it all. Raises TooLittle.
    """
    if total is None:
        shares = largest_remainder([part.model for part in parts], whole)
        return [share if part.own is None else part.own for share, part in zip(shares, parts, strict=True)]
    by_hand = sum(part.own for part in parts if part.own is not None)
    if total < by_hand:
        raise TooLittle(by_hand)
    free = [at for at, part in enumerate(parts) if part.own is None]
    if not free and total > by_hand:
        raise TooLittle(by_hand)
    shares = largest_remainder([parts[at].model for at in free], total - by_hand)
    given = dict(zip(free, shares, strict=True))
    return [given[at] if part.own is None else part.own for at, part in enumerate(parts)]


def largest_remainder(weights: Sequence[float], total: int) -> list[int]:
    """Share a whole number in proportion to weights (Hamilton's method): each gets its quota up or down.

    Equal remainders go to the earlier one; with no weight at all the last one takes everything.
    """
    whole = sum(weights)
    if not weights:
        return []
    if whole <= 0:
        return [0] * (len(weights) - 1) + [total]
    quotas = [total * weight / whole for weight in weights]
    shares = [int(quota) for quota in quotas]
    order = sorted(range(len(quotas)), key=lambda at: (shares[at] - quotas[at], at))
    for at in order[: total - sum(shares)]:
        shares[at] += 1
    return shares


def substitutes_of(
    scarce: Iterable[str], classes: Mapping[str, str], prices: Mapping[str, int | None], most: int
) -> frozenset[str]:
    """Return the SKUs that stand in for scarce ones: the same class, the nearest in price, not scarce themselves."""
    short = frozenset(scarce)
    found: set[str] = set()
    for sku in short:
        price = prices.get(sku)
        if price is None:
            continue
        alike = [
            (abs(other_price - price), other)
            for other, other_price in prices.items()
            if other_price is not None and other not in short and classes.get(other) == classes.get(sku)
        ]
        found.update(other for _, other in sorted(alike)[:most])
    return frozenset(found)


def _above(value: float | None, limit: Decimal) -> bool:
    return value is not None and value > float(limit)


def _kinded(found: Mapping[Sign, bool], variation: float | None, error: float | None) -> Kinded:
    signs = tuple(sign for sign, applies in found.items() if applies)
    return Kinded(Steadiness.DIFFICULT if signs else Steadiness.STABLE, signs, variation, error)
