"""Every numbered figure of the trade with what computes it; names, texts and sources are in `formulas.yaml`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from app.domain import formulas
from app.domain.forecasting import accuracy
from app.domain.kpi import brands, supply


class Measure(StrEnum):
    """What a figure is counted in, which says how it is written."""

    SHARE = "share"
    """a plain fraction, written as per cent with one decimal"""
    TIMES = "times"
    """a plain quotient, written with two decimals"""
    DAYS = "days"
    CARTONS = "cartons"
    """条, or bottles where the store counts in them"""
    MONEY = "money"
    """minor units per 条"""
    TURNS = "turns"
    INDEX = "index"
    """100 is the base"""
    SHOPS = "shops"
    """customers, as plans count them"""


class Better(StrEnum):
    """Which way a figure is better."""

    UP = "up"
    DOWN = "down"
    NEITHER = "neither"
    """too much is as bad as too little, or it only describes"""


@dataclass(frozen=True, slots=True)
class Kpi:
    """One figure; `compute` gives None where an input is unknown or a denominator is zero, never 0 and never 100 %."""

    id: str
    measure: Measure
    compute: Callable[..., float | Decimal | None]
    better: Better = Better.UP
    highest: float | None = None
    """The most it can be; None where nothing bounds it."""
    lowest: float | None = 0
    """The least it can be; None where it can fall below any number."""
    of_sums: Callable[[float | None, float | None], float | None] = formulas.ratio
    """The same figure of many shops, from the sums of its upper and of its lower part over them."""


def _share(
    code: str,
    compute: Callable[..., float | None],
    better: Better = Better.UP,
    *,
    highest: float | None = 1,
    lowest: float | None = 0,
    of_sums: Callable[[float | None, float | None], float | None] = formulas.ratio,
) -> Kpi:
    return Kpi(code, Measure.SHARE, compute, better, highest, lowest, of_sums)


def _per_cent(upper: float | None, lower: float | None) -> float | None:
    found = formulas.ratio(upper, lower)
    return None if found is None else 100 * found


_DOWN, _NEITHER = Better.DOWN, Better.NEITHER
_ALL = (
    _share("F01", accuracy.total_accuracy, lowest=None, of_sums=accuracy.total_accuracy),
    _share("F02", accuracy.total_accuracy, lowest=None, of_sums=accuracy.total_accuracy),
    _share("F03", accuracy.weighted_accuracy, lowest=None),
    _share("F04", accuracy.share_on_target),
    _share("F05", formulas.plan_completion, highest=None),
    _share("F06", formulas.success_rate),
    _share("F07", formulas.growth, highest=None, lowest=-1, of_sums=formulas.growth),
    _share("F08", brands.concentration),
    _share("F09", brands.target_reached, highest=None),
    _share("F10", brands.on_counter),
    _share("F10b", brands.ever_ordered),
    _share("F10c", brands.unit_coverage),
    _share("F10d", brands.target_coverage),
    _share("F11", brands.kept_up),
    _share("F12", supply.supplied, highest=None),
    _share("F13", brands.quality_complaints, _DOWN),
    _share("F13b", brands.service_complaints, _DOWN),
    Kpi("F14", Measure.CARTONS, brands.monthly_release, _NEITHER),
    _share("F15", supply.demanded_again, highest=None),
    _share("F16", supply.still_ordering, highest=None),
    _share("F16b", supply.purchase_per_customer, highest=None),
    _share("F16c", supply.selling_skus),
    _share("F17", supply.sold_of_available),
    _share("F18", supply.unmet_records, _DOWN),
    _share("F19", supply.customers_out_of_stock, _DOWN, highest=None),
    _share("F19b", supply.share_of_days_out, _DOWN),
    Kpi("F20", Measure.DAYS, supply.days_out_of_stock, _DOWN),
    _share("F21", formulas.order_fill, _NEITHER, highest=None),
    _share("F22", formulas.full_order_share, _NEITHER),
    _share("F23", formulas.ordered_line_share),
    _share("F24", supply.came_back),
    _share("F25", supply.orders_satisfied, highest=None),
    _share("F26", supply.took_the_offer),
    Kpi("F27", Measure.TIMES, formulas.price_index),
    Kpi("F28", Measure.CARTONS, formulas.period_sales, _NEITHER),
    Kpi("F29", Measure.CARTONS, formulas.safety_stock, _NEITHER),
    Kpi("F30", Measure.CARTONS, formulas.suggested_order, _NEITHER),
    Kpi("F31", Measure.TIMES, formulas.stock_to_sales, _NEITHER),
    Kpi("F31b", Measure.TIMES, formulas.stock_to_sales_value, _NEITHER),
    Kpi("F32", Measure.DAYS, formulas.days_of_cover, _NEITHER),
    Kpi("F33", Measure.MONEY, formulas.value_per_carton),
    _share("F33b", formulas.margin_rate, lowest=None),
    Kpi("F33c", Measure.MONEY, formulas.margin_per_carton, lowest=None),
    Kpi("F34", Measure.TIMES, formulas.channel_ratio, _NEITHER),
    Kpi("F35", Measure.TURNS, formulas.stock_turnover),
    Kpi("F36", Measure.TIMES, formulas.carton_pack_ratio, _NEITHER),
    _share("F37", formulas.display_rate, highest=None),
    _share("F37b", formulas.price_tag_rate, highest=None),
    Kpi("F38", Measure.INDEX, formulas.retail_price_index, _NEITHER, of_sums=_per_cent),
)
KPIS: Mapping[str, Kpi] = {one.id: one for one in _ALL}
"""All figures by their number, in the order of the numbers."""
AMOUNTS = frozenset({"F27", "F31b", "F33", "F33b", "F33c", "F38"})
"""Figures whose upper part is money."""
PER_CARTON = frozenset({"F33", "F33c"})
"""Those of them whose lower part is a quantity; that of the others is money too."""
