"""What can stand in for a SKU that cannot be supplied: same price class, near price, bought together with it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

import numpy as np

from app.domain import formulas
from app.domain.assortment.additions import FEWEST_SELLERS, Peers


@dataclass(frozen=True, slots=True)
class Offer:
    """A SKU of the catalogue: wholesale price of a 条 in minor units, and the allowed quantity, None for no limit."""

    product: int
    price_class: str | None
    price: int | None
    allowed: int | None = None


@dataclass(frozen=True, slots=True)
class Substitute:
    """A SKU that can stand in for another.

    `price_gap` is its price ÷ the other's − 1; of the `carriers` like shops that sell the missing one, `sellers` sell
    this one too, a median of `weekly` 条; `own_weekly` is what this shop itself buys in a week, 0 where it has none;
    `together` is the share of the territory's orders of the missing one in which this one was too (0 to 1).
    """

    product: int
    price_gap: float
    carriers: int
    sellers: int
    weekly: float
    own_weekly: float
    together: float = 0.0


@dataclass(frozen=True, slots=True)
class ShortSku:
    """A SKU that the shop sells and cannot get enough of, with what can stand in for it."""

    product: int
    weekly: float
    allowed: int
    substitutes: tuple[Substitute, ...]


def short_skus(weekly: Mapping[int, float], allowed: Mapping[int, int], cycle_weeks: float = 1.0) -> tuple[int, ...]:
    """Return what a shop sells more of in a cycle than it is allowed, largest gap first."""
    gaps = {number: sold * cycle_weeks - allowed[number] for number, sold in weekly.items() if number in allowed}
    return tuple(
        sorted((number for number, gap in gaps.items() if gap > 0), key=lambda number: (-gaps[number], number))
    )


def substitutes(
    missing: Offer,
    offers: Sequence[Offer],
    peers: Peers,
    shop: UUID,
    *,
    own_weekly: Mapping[int, float],
    without: Collection[int],
    price_gap: float,
    most: int = 3,
) -> tuple[Substitute, ...]:
    """Return the best stand-ins that the shop itself or at least three like shops sell; none without price and class.

    `without` holds what must not be offered: what lies still here and what is short itself. Nothing scarce is thereby
    ever offered together with what does not sell.
    """
    if missing.price_class is None or not missing.price:
        return ()
    near: list[tuple[Offer, float]] = []
    for offer in offers:
        gap = formulas.ratio(offer.price, missing.price)
        if (
            offer.product == missing.product
            or offer.product in without
            or offer.price_class != missing.price_class
            or offer.allowed == 0
            or gap is None
            or abs(gap - 1) > price_gap
        ):
            continue
        near.append((offer, gap - 1))
    together = peers.together(missing.product, [offer.product for offer, _ in near])
    found: list[tuple[float, Substitute]] = []
    for offer, gap in near:
        candidate = _compare(missing.product, offer.product, gap, peers, shop, own_weekly.get(offer.product, 0.0))
        if candidate is not None:
            candidate = replace(candidate, together=together.get(offer.product, 0.0))
            found.append((_worth(candidate, price_gap), candidate))
    found.sort(key=lambda one: (-one[0], one[1].product))
    return tuple(one for _, one in found[:most])


def _compare(missing: int, product: int, gap: float, peers: Peers, shop: UUID, own: float) -> Substitute | None:
    at, column = peers.places.get(shop), peers.columns.get(product)
    if column is None:
        return Substitute(product, gap, 0, 0, 0.0, own) if own else None
    lacking = peers.columns.get(missing)
    like = np.zeros(0, int) if at is None else peers.like[at]
    carriers = like[peers.sells[like, lacking]] if lacking is not None else like[:0]
    bought = peers.quarter[carriers, column]
    sold = bought[bought > 0]
    if not own and len(sold) < min(FEWEST_SELLERS, len(like)):
        return None
    weekly = float(np.median(sold)) * 7 / 91 if len(sold) else 0.0
    return Substitute(product, gap, len(carriers), len(sold), weekly, own)


def _worth(one: Substitute, price_gap: float) -> float:
    """Weigh how often it is ordered together with the missing one, its own sales here, and how near its price is."""
    near = 1 - abs(one.price_gap) / (2 * price_gap) if price_gap else 1.0
    return (one.together + (0.5 if one.own_weekly else 0.0)) * near
