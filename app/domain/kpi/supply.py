"""Figures of supply and ordering over many shops (F12, F15 to F20, F24 to F26): shares as plain fractions.

Equations 11 to 14 are those of the industry standard YC/T 455.3-2013.
"""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from typing import TypeVar

from app.domain.formulas import ratio

Customer = TypeVar("Customer")


def supplied(supply: float | None, demand: float | None) -> float | None:
    """F12 货源满足率: supplied ÷ demanded, both in 条."""
    return ratio(supply, demand)


def demanded_again(demanding: int | None, ordered_before: int | None) -> float | None:
    """F15 重需率 (eq. 11): customers with a demand record ÷ customers with an order in the three periods before."""
    return ratio(demanding, ordered_before)


def still_ordering(ordering: int | None, ordered_before: int | None) -> float | None:
    """F16 动销率 (eq. 12): customers with an order ÷ customers with an order in the three periods before.

    Above 1 where more customers came than stayed away.
    """
    return ratio(ordering, ordered_before)


def purchase_per_customer(
    quantity: float | None, customers: int | None, quantity_before: float | None, customers_before: int | None
) -> float | None:
    """F16b 动销率: average purchase per customer this period ÷ that of the period before."""
    return ratio(ratio(quantity, customers), ratio(quantity_before, customers_before))


def selling_skus(sold: int | None, carried: int | None) -> float | None:
    """F16c 动销率: SKUs sold ÷ SKUs carried."""
    return ratio(sold, carried)


def sold_of_available(opening: int | None, ordered: int | None, closing: int | None) -> float | None:
    """F17 动销比 (eq. 13): (opening stock + ordered − closing stock) ÷ (opening stock + ordered), in 条.

    None also where the closing stock is more than there can have been: then the counts contradict each other.
    """
    if opening is None or ordered is None or closing is None or closing > opening + ordered:
        return None
    return ratio(opening + ordered - closing, opening + ordered)


def unmet_records(records: Iterable[tuple[int, int]]) -> float | None:
    """F18 公司断货率 (eq. 14) from (demanded, ordered): records that got nothing ÷ all records with a demand."""
    wanted = [ordered for demanded, ordered in records if demanded > 0]
    return ratio(sum(ordered == 0 for ordered in wanted), len(wanted))


def customers_out_of_stock(without: int | None, sample: int | None) -> float | None:
    """F19 客户断货率: sample customers with days out of stock ÷ those with an order in the three periods before."""
    return ratio(without, sample)


def share_of_days_out(days_out: int | None, order_days: int | None) -> float | None:
    """F19b 断货率: days out of stock ÷ days of the period on which orders are taken."""
    return ratio(days_out, order_days)


def days_out_of_stock(counts: Iterable[int | None]) -> int | None:
    """F20 客户断货天数: days on which the stock that the manager counted was zero; None if no day was counted."""
    known = [count for count in counts if count is not None]
    return sum(count == 0 for count in known) if known else None


def came_back(first_week: AbstractSet[Customer], second_week: AbstractSet[Customer]) -> float | None:
    """F24 重购率: customers who ordered in both weeks ÷ customers who ordered in the first of them."""
    return ratio(len(first_week & second_week), len(first_week))


def orders_satisfied(sold: float | None, demand: float | None) -> float | None:
    """F25 订单满足率: sold ÷ demanded, both in 条."""
    return ratio(sold, demand)


def took_the_offer(ordering: int | None, offered: int | None) -> float | None:
    """F26 订购率: customers who ordered ÷ customers it was offered to."""
    return ratio(ordering, offered)
