"""The numbered formulas of one shop and of money (F05 to F38): quantities in 条, money in minor units, plain ratios.

A value that is not known is None and makes the result None; so does a zero denominator. Ratios are floats (0.5 is
50 %) and are rounded only where they are shown. Safety stock and suggestion are exact decimals, because a person
adds them up.
"""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from app.domain.units import PACKS_PER_CARTON

SAFETY_FACTOR = Decimal("1.2")
PACKS_PER_BUYER = 1.2
CHANNEL_HIGH = 1.8
CHANNEL_LOW = 0.5
_DAYS_PER_MONTH = 30


def ratio(numerator: float | None, denominator: float | None) -> float | None:
    """Return the quotient; None if a part is unknown or the denominator is zero."""
    if numerator is None or not denominator:
        return None
    return numerator / denominator


def whole(value: Decimal | float) -> int:
    """Round half up to a whole number of 条 (2.5 gives 3), which is how people of the trade round."""
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    return int(exact.quantize(Decimal(1), ROUND_HALF_UP))


def percent_text(value: float | None) -> str | None:
    """Write a ratio as a percentage with one decimal and without the sign (0.1234 gives "12.3"); None stays None."""
    if value is None:
        return None
    shown = (Decimal(str(value)) * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return str(shown or abs(shown))


def plan_completion(actual: float | None, plan: float | None) -> float | None:
    """F05 计划达成率: what was done ÷ what was planned, in the same unit."""
    return ratio(actual, plan)


def success_rate(achieved: int | None, due: int | None) -> float | None:
    """F06 营销成功率: improvement plans achieved ÷ improvement plans that were due."""
    return ratio(achieved, due)


def growth(this: float | None, same_period_last_year: float | None) -> float | None:
    """F07 销量增长率: (this − same period last year) ÷ same period last year; 0.1 is 10 % more."""
    if this is None or same_period_last_year is None:
        return None
    return ratio(this - same_period_last_year, same_period_last_year)


def order_fill(lines: Iterable[tuple[int, int | None]]) -> float | None:
    """F21 订足率: Σ ordered ÷ Σ allowed, from (ordered, allowed) 条; lines without an allowed quantity do not count."""
    ordered = allowed = 0
    for got, cap in lines:
        if cap is not None:
            ordered += got
            allowed += cap
    return ratio(ordered, allowed)


def full_order_share(lines: Iterable[tuple[int, int | None]]) -> float | None:
    """F22 订足面: lines with ordered = allowed ÷ all lines; lines without an allowed quantity do not count."""
    known = [(got, cap) for got, cap in lines if cap is not None]
    return ratio(sum(got == cap for got, cap in known), len(known))


def ordered_line_share(ordered: Iterable[int]) -> float | None:
    """F23 进货面: lines with an ordered quantity above zero ÷ all lines."""
    quantities = list(ordered)
    return ratio(sum(quantity > 0 for quantity in quantities), len(quantities))


def price_index(retail: int | None, wholesale: int | None) -> float | None:
    """F27 顺价指数: retail price ÷ wholesale price, both in minor units per 条."""
    return ratio(retail, wholesale)


def period_sales(opening: int | None, received: int | None, closing: int | None) -> int | None:
    """F28 周期实际销量: opening stock + received − closing stock, in 条.

    None if a count is missing, and also if the result is below zero: then the counts contradict each other.
    """
    if opening is None or received is None or closing is None:
        return None
    sold = opening + received - closing
    return sold if sold >= 0 else None


def safety_stock(sales: Decimal | int | None, factor: Decimal = SAFETY_FACTOR) -> Decimal | None:
    """F29 安全库存: factor × the sales of one order cycle, in 条, not rounded."""
    return None if sales is None else factor * sales


def suggested_order(
    safety: Decimal | int | None, stock: Decimal | int | None, allowed: int | None = None
) -> int | None:
    """F30 建议订货量: max(0, safety stock − stock on hand), whole 条, capped by the allowed quantity if any."""
    if safety is None or stock is None:
        return None
    needed = max(0, whole(Decimal(safety - stock)))
    return needed if allowed is None else min(needed, max(0, allowed))


def stock_to_sales(stock: float | None, sales: float | None) -> float | None:
    """F31 存销比 (quantity): closing stock ÷ sales of the period, both in 条."""
    return ratio(stock, sales)


def stock_to_sales_value(stock_value: int | None, sales_value: int | None) -> float | None:
    """F31b 存销比 (value): stock value ÷ sales value of the period, both in minor units."""
    return ratio(stock_value, sales_value)


def days_of_cover(stock: float | None, weekly_sales: float | None) -> float | None:
    """F32 可销天数: stock ÷ average sales per day; None if nothing sells, because then the stock lasts for ever."""
    if weekly_sales is None:
        return None
    return ratio(stock, weekly_sales / 7)


def value_per_carton(amount: int | None, quantity: int | None) -> int | None:
    """F33 单条值: amount ÷ quantity, in minor units per 条, rounded half up."""
    if amount is None or not quantity:
        return None
    return whole(Decimal(amount) / quantity)


def margin_per_carton(retail: int | None, wholesale: int | None) -> int | None:
    """F33 单条毛利: retail price − wholesale price, in minor units per 条."""
    return None if retail is None or wholesale is None else retail - wholesale


def margin_rate(retail: int | None, wholesale: int | None) -> float | None:
    """F33 毛利率: (retail price − wholesale price) ÷ retail price."""
    return ratio(margin_per_carton(retail, wholesale), retail)


def channel_ratio(
    monthly_quantity: int | None, buyers_per_day: float | None, packs_per_buyer: float = PACKS_PER_BUYER
) -> float | None:
    """F34 channel check: bought in a month (条) ÷ what the buyers per day would take in 30 days."""
    if buyers_per_day is None:
        return None
    return ratio(monthly_quantity, buyers_per_day * _DAYS_PER_MONTH * packs_per_buyer / PACKS_PER_CARTON)


class ChannelHint(StrEnum):
    """What F34 says; a neutral hint to ask for the cause, never a verdict."""

    BUYS_MORE = "buys_more"
    IN_BAND = "in_band"
    BUYS_LESS = "buys_less"


def channel_hint(value: float | None, low: float = CHANNEL_LOW, high: float = CHANNEL_HIGH) -> ChannelHint | None:
    """Read the result of F34: above `high` more is bought than buyers explain, below `low` less."""
    if value is None:
        return None
    if value > high:
        return ChannelHint.BUYS_MORE
    return ChannelHint.BUYS_LESS if value < low else ChannelHint.IN_BAND


def stock_turnover(outflow: float | None, stocks: Iterable[float | None]) -> float | None:
    """F35 库存周转率: what went out in the period ÷ the mean of the stocks counted in it, both in 条."""
    counted = [stock for stock in stocks if stock is not None]
    return ratio(outflow, sum(counted) / len(counted)) if counted else None


def carton_pack_ratio(carton_sales: int | None, pack_sales: int | None) -> float | None:
    """F36 条包比: sales by the carton ÷ sales by the pack, as numbers of transactions."""
    return ratio(carton_sales, pack_sales)


def display_rate(shown: int | None, in_stock: int | None) -> float | None:
    """F37 出样率: SKUs shown ÷ SKUs in stock."""
    return ratio(shown, in_stock)


def price_tag_rate(tagged: int | None, shown: int | None) -> float | None:
    """F37 明码标价率: SKUs with a price tag ÷ SKUs shown."""
    return ratio(tagged, shown)


def retail_price_index(prices: Iterable[tuple[int, int, int]]) -> float | None:
    """F38 零售价格指数 from (price seen, guide price, last year's volume): 100 is as the guide says.

    Σ(price seen × volume) ÷ Σ(guide price × volume) × 100; prices in minor units of the same unit of quantity.
    """
    seen = guide = 0
    for price, guided, volume in prices:
        seen += price * volume
        guide += guided * volume
    index = ratio(seen, guide)
    return None if index is None else index * 100
