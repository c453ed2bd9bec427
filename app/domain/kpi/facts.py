"""What the figures of a month are counted from: purchases, counts and plans of every shop, read once."""

from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import cached_property
from itertools import repeat
from typing import NamedTuple
from uuid import UUID

from typing_extensions import override


class Window(IntEnum):
    """The days that a purchase was made in; a month that is not over is compared with as many days of another one."""

    NOW = 0
    PREVIOUS = 1
    """the month before"""
    LAST_YEAR = 2
    """the same month of last year"""


@dataclass(frozen=True, slots=True)
class Shop:
    """A customer of the territory."""

    key: str
    id: UUID
    code: str
    name: str
    county: str | None
    is_sample: bool
    is_open: bool
    """not closed before the month began; what a closed one bought before still counts in growth"""


@dataclass(frozen=True, slots=True)
class Sku:
    """A product; prices in minor units per unit of quantity (条 or bottle)."""

    number: int
    code: str
    name: str
    group: str
    """its price class, or the category where there is none"""
    is_key: bool
    wholesale: int | None
    retail: int | None
    brand: str | None


class Bought(NamedTuple):
    """One order line of a shop: quantities in 条, the amount in minor units; None where the order does not say."""

    window: int
    """a `Window`"""
    shop: str
    sku: int
    quantity: int
    amount: int
    demanded: int | None
    allowed: int | None


class Compared(Collection[Bought]):
    """The purchases of a window that the month is compared with, as columns: a tenth of the memory of rows.

    What was demanded and allowed is asked for of the month itself alone, and not kept here.
    """

    def __init__(self, window: Window) -> None:
        self._window = window
        self._shops: dict[str, int] = {}
        self._columns = tuple(array("q") for _ in range(4))

    def extend(self, rows: Collection[Bought]) -> None:
        """Take further purchases in."""
        _, shops, *numbers = zip(*rows, strict=True) if rows else ((),) * 7
        places = (self._shops.setdefault(shop, len(self._shops)) for shop in shops)
        for column, values in zip(self._columns, (places, *numbers), strict=False):
            column.extend(values)

    @override
    def __iter__(self) -> Iterator[Bought]:
        names = tuple(self._shops)
        shops, *numbers = self._columns
        rows = zip(repeat(self._window), map(names.__getitem__, shops), *numbers, repeat(None), repeat(None))
        return map(Bought._make, rows)

    @override
    def __len__(self) -> int:
        return len(self._columns[0])

    @override
    def __contains__(self, row: object) -> bool:
        return any(row == one for one in self)


class KeyMonth(NamedTuple):
    """What one shop ordered of one key SKU in one month (202204)."""

    month: int
    shop: str
    sku: int
    quantity: int


@dataclass(frozen=True, slots=True)
class MonthOfShop:
    """What one shop ordered in one month (202204)."""

    month: int
    shop: str
    quantity: int
    amount: int


@dataclass(frozen=True, slots=True)
class Count:
    """One SKU counted at a shop: on hand in 条, price seen in minor units per pack (bottle)."""

    day: date
    shop: str
    sku: int
    on_hand: int | None
    price: int | None


@dataclass(frozen=True, slots=True)
class Shelf:
    """The last look at a shop's shelf in the month."""

    shop: str
    on_sale: int | None
    shown: int | None
    tagged: int | None


@dataclass(frozen=True, slots=True)
class Plan:
    """An improvement plan that was due in the period."""

    shop: str
    due_on: date
    reached: bool


@dataclass(frozen=True, slots=True)
class Offer:
    """A SKU that a shop was allowed to order in the month."""

    shop: str
    sku: int


@dataclass(frozen=True)
class Facts:
    """Everything that the figures of one month need; `until` is the last day whose orders are known."""

    month: date
    until: date
    shops: Mapping[str, Shop]
    skus: Mapping[int, Sku]
    by_window: Mapping[Window, Collection[Bought]]
    shop_months: tuple[MonthOfShop, ...]
    """this year and last, up to the month"""
    key_months: tuple[KeyMonth, ...]
    """all that was ever ordered of key SKUs"""
    ordered_before: frozenset[str]
    """shops with an order in the three months before"""
    first_week: frozenset[str]
    second_week: frozenset[str]
    """shops with an order in the two last whole weeks"""
    counts: tuple[Count, ...]
    shelves: tuple[Shelf, ...]
    plans: tuple[Plan, ...]
    offers: tuple[Offer, ...]
    packs_per_unit: int

    @property
    def is_over(self) -> bool:
        """Whether the month is counted to its last day."""
        return self.until == last_day(self.month)

    @cached_property
    def keys(self) -> frozenset[int]:
        """The key SKUs."""
        return frozenset(sku.number for sku in self.skus.values() if sku.is_key)

    @cached_property
    def by_pair(self) -> Mapping[Window, Mapping[tuple[str, int], int]]:
        """What each shop ordered of each SKU in a window."""
        found: dict[Window, dict[tuple[str, int], int]] = {}
        for window, rows in self.by_window.items():
            pairs: dict[tuple[str, int], int] = defaultdict(int)
            for _, shop, sku, quantity, _, _, _ in rows:
                pairs[shop, sku] += quantity
            found[window] = pairs
        return found

    def by_brand(self, window: Window) -> Mapping[str, Mapping[str, int]]:
        """Return what each shop ordered of each brand in a window; SKUs without a brand are left out."""
        found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for (shop, sku), quantity in self.by_pair[window].items():
            if brand := self.skus[sku].brand:
                found[brand][shop] += quantity
        return found

    def quantities(self, window: Window, skus: Iterable[int] | None = None) -> Mapping[str, int]:
        """Return what each shop ordered in a window, of all SKUs or of some."""
        if skus is None:
            return self._totals[window]
        wanted = frozenset(skus)
        found: dict[str, int] = defaultdict(int)
        if wanted:
            for (shop, sku), quantity in self.by_pair[window].items():
                if sku in wanted:
                    found[shop] += quantity
        return dict(found)

    @cached_property
    def _totals(self) -> Mapping[Window, Mapping[str, int]]:
        found: dict[Window, dict[str, int]] = {}
        for window, pairs in self.by_pair.items():
            totals: dict[str, int] = defaultdict(int)
            for (shop, _), quantity in pairs.items():
                totals[shop] += quantity
            found[window] = dict(totals)
        return found


def last_day(month: date) -> date:
    """Return the last day of a month."""
    following = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)


def month_before(month: date, count: int = 1) -> date:
    """Return the first day of a month that lies so many months back."""
    number = month.year * 12 + month.month - 1 - count
    return date(number // 12, number % 12 + 1, 1)


def same_day_of(month: date, until: date) -> date:
    """Return the day of another month up to which it is compared: the same day, at its end the last one."""
    end = last_day(month)
    return end if until == last_day(until) else date(month.year, month.month, min(until.day, end.day))


def number_of(month: date) -> int:
    """Return a month as the monthly totals write it: 202204."""
    return month.year * 100 + month.month
