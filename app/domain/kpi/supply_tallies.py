"""What was supplied, counted and done: plans, supply, stock, shelf (F06, F10, F12, F17 to F22, F25 to F38)."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from app.domain.kpi.facts import Bought, Count, Facts, Window
from app.domain.kpi.tallies import NoValue, Parts, Tally, pairs

_OfLine = Callable[[Bought], int]
NO_SOURCE = ("F13", "F13b", "F19b", "F36")
"""Complaints by product and sales by the pack are not kept here, nor is stock counted every day."""
PER_SHOP = ("F28", "F29", "F30", "F34")


def tallies(facts: Facts) -> Iterator[Tally]:
    """Return the figures of supply, of what was seen on visits, and of plans."""
    yield _plans(facts)
    yield from _supply(facts)
    yield from _offers(facts)
    yield from _stock(facts)
    yield from _out_of_stock(facts)
    yield from _shelf(facts)
    yield _price_index(facts)
    yield from (Tally(code, empty=NoValue.NO_SOURCE) for code in NO_SOURCE)
    yield from (Tally(code, empty=NoValue.PER_SHOP) for code in PER_SHOP)


def _plans(facts: Facts) -> Tally:
    due: dict[str, int] = defaultdict(int)
    reached: dict[str, int] = defaultdict(int)
    for plan in facts.plans:
        due[plan.shop] += 1
        reached[plan.shop] += plan.reached
    return Tally("F06", pairs(reached, due), empty=NoValue.NO_PLANS)


def _supply(facts: Facts) -> Iterator[Tally]:
    rows = [row for row in facts.by_window[Window.NOW] if row.demanded is not None or row.allowed is not None]

    def ratio(code: str, upper: _OfLine, lower: _OfLine, empty: NoValue) -> Tally:
        above: dict[str, int] = defaultdict(int)
        below: dict[str, int] = defaultdict(int)
        for row in rows:
            if part := lower(row):
                above[row.shop] += upper(row)
                below[row.shop] += part
        return Tally(code, pairs(above, below), empty=empty)

    demand, allowed = NoValue.NO_DEMAND, NoValue.NO_ALLOWED
    yield ratio("F12", _offered, lambda row: 0 if row.allowed is None else row.demanded or 0, allowed)
    yield ratio("F18", lambda row: row.quantity == 0, lambda row: (row.demanded or 0) > 0, demand)
    yield ratio("F21", lambda row: row.quantity, lambda row: row.allowed or 0, allowed)
    yield ratio("F22", lambda row: row.quantity == row.allowed, lambda row: row.allowed is not None, allowed)
    yield ratio("F25", lambda row: row.quantity, lambda row: row.demanded or 0, demand)


def _offered(row: Bought) -> int:
    """Return what might be had of the demand."""
    return min(row.allowed or 0, row.demanded or 0)


def _offers(facts: Facts) -> Iterator[Tally]:
    bought = {pair for pair, quantity in facts.by_pair[Window.NOW].items() if quantity > 0}
    offered: dict[str, int] = defaultdict(int)
    taken: dict[str, int] = defaultdict(int)
    for offer in facts.offers:
        offered[offer.shop] += 1
        taken[offer.shop] += (offer.shop, offer.sku) in bought
    yield Tally("F26", pairs(taken, offered), empty=NoValue.NO_OFFERS)


@dataclass(frozen=True, slots=True)
class _Pair:
    """A SKU counted twice at a shop: what it had first and last."""

    opening: int
    closing: int
    ordered: int


def _stock(facts: Facts) -> Iterator[Tally]:
    """Stock against purchases of the month, which stand for the sales; turnover between two counts of a SKU."""
    bought = facts.by_pair[Window.NOW]
    stock: dict[str, float] = defaultdict(float)
    sales: dict[str, float] = defaultdict(float)
    worth: dict[str, float] = defaultdict(float)
    turned_over: dict[str, float] = defaultdict(float)
    for (shop, sku), count in _last_counts(facts).items():
        stock[shop] += count.on_hand or 0
        quantity = bought.get((shop, sku), 0)
        sales[shop] += quantity
        wholesale = facts.skus[sku].wholesale
        if wholesale is not None:
            worth[shop] += wholesale * (count.on_hand or 0)
            turned_over[shop] += wholesale * quantity
    days = (facts.until - facts.month).days + 1
    none = NoValue.NO_COUNTS
    yield Tally("F31", pairs(stock, sales), empty=none, is_partial=True)
    yield Tally("F31b", pairs(worth, turned_over), empty=none, is_partial=True)
    a_day = {shop: quantity / days for shop, quantity in sales.items()}
    yield Tally("F32", pairs(stock, a_day), empty=none, is_partial=True)
    yield from _between_counts(facts)


def _between_counts(facts: Facts) -> Iterator[Tally]:
    sold: dict[str, float] = defaultdict(float)
    there: dict[str, float] = defaultdict(float)
    mean: dict[str, float] = defaultdict(float)
    for shop, pair in _counted_twice(facts):
        if pair.closing <= pair.opening + pair.ordered:
            sold[shop] += pair.opening + pair.ordered - pair.closing
            there[shop] += pair.opening + pair.ordered
            mean[shop] += (pair.opening + pair.closing) / 2
    none = NoValue.NO_SECOND_COUNT if facts.counts else NoValue.NO_COUNTS
    yield Tally("F17", pairs(sold, there), empty=none, is_partial=True)
    yield Tally("F35", pairs(sold, mean), empty=none, is_partial=True)


def _counted_twice(facts: Facts) -> Iterator[tuple[str, _Pair]]:
    """Yield the SKUs that were counted on two days of the month, with what was ordered in the month."""
    bought = facts.by_pair[Window.NOW]
    found: dict[tuple[str, int], list[Count]] = defaultdict(list)
    for count in sorted(facts.counts, key=lambda one: one.day):
        if count.on_hand is not None:
            found[count.shop, count.sku].append(count)
    for (shop, sku), counts in found.items():
        if counts[0].day < counts[-1].day:
            yield shop, _Pair(counts[0].on_hand or 0, counts[-1].on_hand or 0, bought.get((shop, sku), 0))


def _out_of_stock(facts: Facts) -> Iterator[Tally]:
    days: dict[str, set[int]] = defaultdict(set)
    counted: dict[str, int] = {}
    for count in facts.counts:
        if count.on_hand is not None:
            counted[count.shop] = 1
            if count.on_hand == 0:
                days[count.shop].add(count.day.toordinal())
    sample = {shop.key for shop in facts.shops.values() if shop.is_sample} & facts.ordered_before
    without = {shop: (float(shop in days), 1.0) for shop in sorted(sample & counted.keys())}
    unseen = NoValue.NO_SAMPLE_COUNT if counted else NoValue.NO_COUNTS
    yield Tally("F19", without, empty=unseen if sample else NoValue.NO_SAMPLE, is_partial=True)
    seen: dict[str, Parts] = {shop: (float(len(days.get(shop, ()))), None) for shop in counted}
    yield Tally("F20", seen, empty=NoValue.NO_COUNTS, is_partial=True)


def _shelf(facts: Facts) -> Iterator[Tally]:
    on_counter: dict[str, int] = defaultdict(int)
    looked: dict[str, int] = defaultdict(int)
    for (shop, sku), count in _last_counts(facts).items():
        if sku in facts.keys:
            looked[shop] += 1
            on_counter[shop] += (count.on_hand or 0) > 0
    missing = NoValue.NO_COUNTS if facts.keys else NoValue.NO_KEY_SKUS
    yield Tally("F10", pairs(on_counter, looked), empty=missing, is_partial=True)
    shown = {one.shop: _parts(one.shown, one.on_sale) for one in facts.shelves}
    tagged = {one.shop: _parts(one.tagged, one.shown) for one in facts.shelves}
    for code, rates in (("F37", shown), ("F37b", tagged)):
        known = {shop: parts for shop, parts in rates.items() if parts is not None}
        yield Tally(code, known, empty=NoValue.NO_SHELF, is_partial=True)


def _price_index(facts: Facts) -> Tally:
    """Weigh the newest price seen of each SKU at each shop by what the shop bought of it a year ago."""
    volumes = facts.by_pair[Window.LAST_YEAR]
    seen: dict[str, float] = defaultdict(float)
    guide: dict[str, float] = defaultdict(float)
    for count in _newest(facts, lambda one: one.price is not None).values():
        retail, volume = facts.skus[count.sku].retail, volumes.get((count.shop, count.sku), 0)
        if retail is not None and volume:
            seen[count.shop] += (count.price or 0) * facts.packs_per_unit * volume
            guide[count.shop] += retail * volume
    return Tally("F38", pairs(seen, guide), empty=NoValue.NO_PRICES, is_partial=True)


def _last_counts(facts: Facts) -> dict[tuple[str, int], Count]:
    return _newest(facts, lambda one: one.on_hand is not None)


def _newest(facts: Facts, is_wanted: Callable[[Count], bool]) -> dict[tuple[str, int], Count]:
    found: dict[tuple[str, int], Count] = {}
    for count in sorted(facts.counts, key=lambda one: one.day):
        if is_wanted(count):
            found[count.shop, count.sku] = count
    return found


def _parts(upper: int | None, lower: int | None) -> Parts | None:
    return None if upper is None or not lower else (float(upper), float(lower))
