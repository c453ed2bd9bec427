"""What was sold: plans, growth, concentration, customers, values (F05, F07 to F11, F15, F16, F23, F24, F27, F33)."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

from app.domain.kpi.facts import Bought, Facts, Window
from app.domain.kpi.tallies import NoValue, Parts, Period, Subject, Tally, pairs

_MOST_BRANDS = 10
"""The largest of the month."""
_MOST_KEYS = 12
"""More key SKUs than a screen holds are told together only."""


def tallies(facts: Facts) -> Iterator[Tally]:
    """Return the figures of purchases."""
    yield from _plan(facts)
    yield from _growth(facts)
    yield from _concentration(facts)
    yield from _key_skus(facts)
    yield from _customers(facts)
    yield from _prices(facts)


def _plan(facts: Facts) -> Iterator[Tally]:
    now, before = facts.quantities(Window.NOW), facts.quantities(Window.LAST_YEAR)
    keys, keys_before = facts.quantities(Window.NOW, facts.keys), facts.quantities(Window.LAST_YEAR, facts.keys)
    no_keys = NoValue.NO_TARGET if facts.keys else NoValue.NO_KEY_SKUS
    values, values_before = _values(facts, Window.NOW), _values(facts, Window.LAST_YEAR)
    missing = NoValue.NO_TARGET
    yield Tally("F05", _whole(now), Subject.VOLUME, before=_sum(before), empty=missing)
    yield Tally("F05", _whole(keys), Subject.KEY, before=_sum(keys_before), empty=no_keys)
    yield Tally("F05", values, Subject.VALUE, before=_both(values_before), empty=missing)
    ordering, ordered = _ones(now), _ones(before)
    yield Tally("F05", _whole(ordering), Subject.CUSTOMERS, before=_sum(ordered), empty=missing)
    yield from _year(facts, no_keys)


def _year(facts: Facts, no_keys: NoValue) -> Iterator[Tally]:
    year, (quantities, amounts) = Period.YEAR, _of_year(facts, facts.month.year)
    before, amounts_before = _of_year(facts, facts.month.year - 1)
    values = {shop: (amounts[shop], quantities[shop]) for shop in quantities}
    value_before = (float(sum(amounts_before.values())), float(sum(before.values())))
    missing = NoValue.NO_TARGET
    yield Tally("F05", _whole(quantities), Subject.VOLUME, year, before=_sum(before), empty=missing)
    yield Tally("F05", _whole(_keys_of_year(facts)), Subject.KEY, year, empty=no_keys)
    yield Tally("F05", dict(values), Subject.VALUE, year, before=value_before, empty=missing)
    yield Tally("F05", _whole(_ones(quantities)), Subject.CUSTOMERS, year, before=_sum(_ones(before)), empty=missing)


def _of_year(facts: Facts, year: int) -> tuple[dict[str, int], dict[str, int]]:
    """Return quantity and amount by shop since a year began, last year up to the same day."""
    quantity: dict[str, int] = defaultdict(int)
    amount: dict[str, int] = defaultdict(int)
    for row in facts.shop_months:
        if row.month // 100 == year and row.month % 100 < facts.month.month:
            quantity[row.shop] += row.quantity
            amount[row.shop] += row.amount
    for bought in facts.by_window[Window.NOW if year == facts.month.year else Window.LAST_YEAR]:
        quantity[bought.shop] += bought.quantity
        amount[bought.shop] += bought.amount
    return dict(quantity), dict(amount)


def _growth(facts: Facts) -> Iterator[Tally]:
    now, before = facts.quantities(Window.NOW), facts.quantities(Window.LAST_YEAR)
    none = NoValue.NO_LAST_YEAR
    yield Tally("F07", pairs(now, before), Subject.VOLUME, empty=none)
    year, last = (_of_year(facts, facts.month.year - back)[0] for back in (0, 1))
    yield Tally("F07", pairs(year, last), Subject.VOLUME, Period.YEAR, empty=none)
    no_keys = none if facts.keys else NoValue.NO_KEY_SKUS
    keys, keys_before = facts.quantities(Window.NOW, facts.keys), facts.quantities(Window.LAST_YEAR, facts.keys)
    yield Tally("F07", pairs(keys, keys_before), Subject.KEY, empty=no_keys)
    yield Tally("F07", pairs(_ones(now), _ones(before)), Subject.CUSTOMERS, empty=none)
    brands, brands_before = (facts.by_brand(window) for window in (Window.NOW, Window.LAST_YEAR))
    totals = {name: sum(shops.values()) for name, shops in brands.items()}
    for name in sorted(totals, key=lambda one: (-totals[one], one))[:_MOST_BRANDS]:
        parts = pairs(brands[name], brands_before.get(name, {}))
        yield Tally("F07", parts, Subject.VOLUME, scope=f"brand:{name}", empty=none)


def _concentration(facts: Facts) -> Iterator[Tally]:
    missing = NoValue.NO_ORDERS if facts.keys else NoValue.NO_KEY_SKUS
    groups = sorted({facts.skus[row.sku].group for row in facts.by_window[Window.NOW] if row.sku in facts.keys})
    for scope in ("", *groups):
        skus = [sku.number for sku in facts.skus.values() if scope in ("", sku.group)]
        keys = facts.keys.intersection(skus)
        shops = pairs(facts.quantities(Window.NOW, keys), facts.quantities(Window.NOW, skus)) if facts.keys else {}
        before = (
            float(sum(facts.quantities(Window.LAST_YEAR, keys).values())),
            float(sum(facts.quantities(Window.LAST_YEAR, skus).values())),
        )
        scope_key = f"class:{scope}" if scope else ""
        yield Tally("F08", shops, scope=scope_key, before=before if facts.keys else None, empty=missing)


def _key_skus(facts: Facts) -> Iterator[Tally]:
    """Growth and coverage of key SKUs: shop and SKU are counted as a pair, so that each SKU weighs the same."""
    missing = NoValue.NO_ORDERS if facts.keys else NoValue.NO_KEY_SKUS
    keys = sorted(facts.keys, key=lambda number: facts.skus[number].code)
    for number in keys[:_MOST_KEYS]:
        now, before = (facts.quantities(window, (number,)) for window in (Window.NOW, Window.LAST_YEAR))
        scope = f"sku:{facts.skus[number].code}"
        yield Tally("F07", pairs(now, before), Subject.VOLUME, scope=scope, empty=NoValue.NO_LAST_YEAR)
        yield Tally("F09", _whole(now), scope=scope, before=_sum(before), empty=NoValue.NO_TARGET)
    if not keys:
        yield Tally("F09", empty=missing)
    carriers = _pairs_with_order(facts)
    wide = {shop.key: len(keys) for shop in facts.shops.values() if shop.is_open}
    yield Tally("F10b", pairs(_ever_ordered(facts), wide) if keys else {}, empty=missing)
    yield Tally("F10c", total=_counties(facts) if keys else None, empty=missing if keys else NoValue.NO_KEY_SKUS)
    yield Tally("F10d", pairs(carriers, wide) if keys else {}, empty=missing)
    lines, lines_before = (_key_lines(facts, window) for window in (Window.NOW, Window.PREVIOUS))
    kept = {shop: (float(lines.get(shop, 0) >= count), 1.0) for shop, count in lines_before.items()}
    yield Tally("F11", kept, empty=missing)


def _customers(facts: Facts) -> Iterator[Tally]:
    ordering = _ones(facts.quantities(Window.NOW))
    before = dict.fromkeys(facts.ordered_before, 1)
    demanding = {row.shop: 1 for row in facts.by_window[Window.NOW] if row.demanded}
    yield Tally("F15", pairs(demanding, before) if demanding else {}, empty=NoValue.NO_DEMAND)
    yield Tally("F16", pairs(ordering, before))
    yield Tally("F16b", total=_per_customer(facts))
    yield Tally("F16c", total=_selling(facts))
    lines = Counter(row.shop for row in facts.by_window[Window.NOW])
    yield Tally("F23", pairs(Counter(row.shop for row in facts.by_window[Window.NOW] if row.quantity > 0), lines))
    back = {shop: (float(shop in facts.second_week), 1.0) for shop in facts.first_week}
    yield Tally("F24", back)


def _per_customer(facts: Facts) -> Parts | None:
    """Return the average purchase of a shop now, and in as many days of the month before."""
    now, before = facts.quantities(Window.NOW), facts.quantities(Window.PREVIOUS)
    if not now or not before:
        return None
    return sum(now.values()) / len(now), sum(before.values()) / len(before)


def _selling(facts: Facts) -> Parts | None:
    """Return the SKUs ordered in the month, and all that were ordered in it or in as many days of the month before."""
    sold, before = (
        {sku for (_, sku), quantity in facts.by_pair[window].items() if quantity > 0}
        for window in (Window.NOW, Window.PREVIOUS)
    )
    return (float(len(sold)), float(len(sold | before))) if sold | before else None


def _prices(facts: Facts) -> Iterator[Tally]:
    """Values and margins at the guide prices, weighed by what was bought."""
    retail: dict[str, float] = defaultdict(float)
    wholesale: dict[str, float] = defaultdict(float)
    priced: dict[str, float] = defaultdict(float)
    for row in facts.by_window[Window.NOW]:
        sku = facts.skus[row.sku]
        if sku.retail is not None and sku.wholesale is not None:
            retail[row.shop] += sku.retail * row.quantity
            wholesale[row.shop] += sku.wholesale * row.quantity
            priced[row.shop] += row.quantity
    margin = {shop: retail[shop] - wholesale[shop] for shop in retail}
    missing = NoValue.NO_PRICES
    yield Tally("F27", pairs(retail, wholesale), empty=missing)
    yield Tally("F33", _values(facts, Window.NOW), before=_both(_values(facts, Window.LAST_YEAR)))
    yield Tally("F33b", pairs(margin, retail), empty=missing)
    yield Tally("F33c", pairs(margin, priced), empty=missing)


def _values(facts: Facts, window: Window) -> dict[str, Parts]:
    amounts = _added(facts.by_window[window], lambda row: row.amount)
    return pairs(amounts, facts.quantities(window))


def _pairs_with_order(facts: Facts) -> dict[str, int]:
    """Return how many key SKUs each shop ordered in the month."""
    found: dict[str, int] = defaultdict(int)
    for (shop, sku), quantity in facts.by_pair[Window.NOW].items():
        found[shop] += sku in facts.keys and quantity > 0
    return dict(found)


def _ever_ordered(facts: Facts) -> dict[str, int]:
    """Return how many of the key SKUs each shop ever ordered."""
    found = {(row.shop, row.sku) for row in facts.key_months if row.quantity > 0}
    return Counter(shop for shop, _ in found)


def _keys_of_year(facts: Facts) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for row in facts.key_months:
        if row.month // 100 == facts.month.year:
            found[row.shop] += row.quantity
    return dict(found)


def _key_lines(facts: Facts, window: Window) -> dict[str, int]:
    """Return how often each shop ordered key SKUs; shops that did not are left out."""
    keys = facts.keys
    return Counter(row.shop for row in facts.by_window[window] if row.sku in keys and row.quantity > 0)


def _counties(facts: Facts) -> Parts | None:
    units = {shop.county for shop in facts.shops.values() if shop.county and shop.is_open}
    selling = {facts.shops[shop].county for shop, count in _pairs_with_order(facts).items() if count} & units
    return (float(len(selling)), float(len(units))) if units else None


def _added(rows: Iterable[Bought], what: Callable[[Bought], int]) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for row in rows:
        found[row.shop] += what(row)
    return dict(found)


def _ones(quantities: Mapping[str, float]) -> dict[str, int]:
    return {shop: 1 for shop, quantity in quantities.items() if quantity > 0}


def _whole(quantities: Mapping[str, float]) -> dict[str, Parts]:
    return {shop: (float(quantity), None) for shop, quantity in quantities.items()}


def _sum(quantities: Mapping[str, float]) -> Parts:
    return float(sum(quantities.values())), None


def _both(parts: Mapping[str, Parts]) -> Parts:
    return sum(upper for upper, _ in parts.values()), sum(lower or 0 for _, lower in parts.values())
