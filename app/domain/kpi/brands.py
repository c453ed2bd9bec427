"""Figures of brands over many shops (F08 to F11, F13, F14): shares as plain fractions, None where nothing is known."""

from collections.abc import Iterable

from app.domain.formulas import ratio

_HALF = 0.5


def concentration(key_volume: float | None, volume: float | None) -> float | None:
    """F08 品牌集中度: volume of key SKUs ÷ volume of all SKUs, or of the SKUs of one class."""
    return ratio(key_volume, volume)


def target_reached(volume: float | None, target: float | None) -> float | None:
    """F09 目标销量达成率: volume of the cultivated SKUs ÷ their target, in the same unit."""
    return ratio(volume, target)


def on_counter(shops: int | None, targets: int | None) -> float | None:
    """F10 品牌上柜率: customers who have it on the counter ÷ target customers."""
    return ratio(shops, targets)


def ever_ordered(shops: int | None, targets: int | None) -> float | None:
    """F10b 品牌铺货率: customers who ever ordered it ÷ target customers."""
    return ratio(shops, targets)


def unit_coverage(selling: int | None, units: int | None) -> float | None:
    """F10c 覆盖率: county units in which it sells ÷ county units."""
    return ratio(selling, units)


def target_coverage(ordering: int | None, targets: int | None) -> float | None:
    """F10d 覆盖率: target customers who ordered it in the period ÷ target customers."""
    return ratio(ordering, targets)


def kept_up(orders: Iterable[tuple[int, int]]) -> float | None:
    """F11 维护合格率 from (orders before, orders now) of each target customer: the share whose number did not fall."""
    pairs = list(orders)
    return ratio(sum(now >= before for before, now in pairs), len(pairs))


def quality_complaints(complaining: int | None, carrying: int | None) -> float | None:
    """F13 产品质量投诉率: customers who complained of the product ÷ customers who carry it."""
    return ratio(complaining, carrying)


def service_complaints(complaining: int | None, carrying: int | None) -> float | None:
    """F13b 服务质量投诉率: customers who complained of the service ÷ customers who carry the brand."""
    return ratio(complaining, carrying)


def monthly_release(history: float | None, forecast: float | None, season: float = 1.0) -> float | None:
    """F14 月投放总量 in 条: (same period before × 50 % + forecast at normal growth × 50 %) × factor of the season.

    `season` is what the festivals of the month are expected to lift it to; 1.2 is a fifth more.
    """
    if history is None or forecast is None:
        return None
    return (history * _HALF + forecast * _HALF) * season
