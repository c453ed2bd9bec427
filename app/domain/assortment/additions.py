"""SKUs that a shop could add: ranked by what shops like it sell and took up, told by how many of them sell it.

The rank joins four signs, all of the day itself: the share of the like shops that sell the SKU, what goes with the
shop's own assortment (a linear item model in closed form: Steck, "Embarrassingly shallow autoencoders", WWW 2019), the
like shops that took it up in the last half year, and how many shops of the territory bought it lately. The weights were
fitted on two earlier half years of three territories and measured on a third (docs/benchmarks.md).
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

import numpy as np

from app.domain.assortment.baskets import Baskets
from app.domain.assortment.territory import QUARTER_DAYS, Territory
from app.domain.forecasting.arrays import Flags, Floats, Ints

LIKE_SHOPS = 50
FEWEST_SELLERS = 3
"""That a like shop or two sells a SKU is no reason to try it."""
_RIDGE = 50.0
_SHARE, _ASSORTMENT, _TAKEN_UP, _LATELY = 1.0, 8.0, 0.8, 0.1
_NONE = 0.01
"""What stands for a share of nothing where its logarithm is taken."""
_WEEKS = QUARTER_DAYS / 7


@dataclass(frozen=True, slots=True)
class Addition:
    """A SKU to add: of `like_shops` shops that buy most alike, `sellers` bought it in the last 13 weeks.

    `weekly` is the median of what those bought in a week, in 条; `taken_up` is how many of the like shops bought it for
    the first time in the last half year.
    """

    product: int
    sellers: int
    like_shops: int
    weekly: float
    taken_up: int


@dataclass(frozen=True, eq=False)
class Peers:
    """Every shop of a territory with the shops that buy most alike, and how well each SKU would suit it."""

    skus: tuple[int, ...]
    """product numbers, column by column"""
    quarter: Floats
    """条 of the last 91 days"""
    taken_up: Flags
    like: Ints
    """places of the like shops, row by row"""
    ranked: tuple[Ints, ...]
    """shop by shop the columns of what is suggested, best first"""
    baskets: Baskets = field(repr=False)
    places: Mapping[UUID, int] = field(repr=False)
    columns: Mapping[int, int] = field(repr=False)

    @cached_property
    def sells(self) -> Flags:
        """Which shop bought which SKU in the last 91 days."""
        return self.quarter > 0

    def sellers(self, shop: UUID, product: int) -> tuple[int, int, float]:
        """Return how many like shops sell a SKU, how many like shops there are, and the sellers' median week (条)."""
        at, column = self.places.get(shop), self.columns.get(product)
        if at is None:
            return 0, 0, 0.0
        like = self.like[at]
        bought = np.zeros(0) if column is None else self.quarter[like, column]
        sold = bought[bought > 0]
        return len(sold), len(like), float(np.median(sold)) / _WEEKS if len(sold) else 0.0

    def together(self, product: int, others: Sequence[int]) -> Mapping[int, float]:
        """Return in which share of the territory's orders with a SKU each of the others was too; 0 where unknown."""
        column = self.columns.get(product)
        known = [other for other in others if other in self.columns]
        if column is None:
            return {}
        shares = self.baskets.together(column, [self.columns[other] for other in known])
        return dict(zip(known, shares, strict=True))

    def seller_counts(self, shop: UUID) -> Mapping[int, int]:
        """Return how many like shops sell each SKU that any of them sells."""
        at = self.places.get(shop)
        if at is None:
            return {}
        counts = self.sells[self.like[at]].sum(axis=0)
        return {self.skus[column]: int(counts[column]) for column in np.flatnonzero(counts).tolist()}

    def additions(self, shop: UUID, carried: Collection[int]) -> Iterator[Addition]:
        """Give the SKUs that suit a shop, best first; never one of those that it carries or bought in the last year."""
        at = self.places.get(shop)
        if at is None or not self.like.shape[1]:
            return
        like, known = self.like[at], frozenset(carried)
        for column in self.ranked[at].tolist():
            product = self.skus[column]
            if product not in known:
                sellers, shops, weekly = self.sellers(shop, product)
                taken_up = int(self.taken_up[like, column].sum())
                yield Addition(product, sellers, shops, weekly, taken_up)


def compare_shops(territory: Territory, like_shops: int = LIKE_SHOPS) -> Peers:
    """Find the like shops of every shop, and rank for each what it did not buy for a year."""
    places = {shop: at for at, shop in enumerate(territory.shops)}
    columns = {product: at for at, product in enumerate(territory.skus)}
    likeness = _likeness(territory.year)
    like = _nearest(likeness, like_shops)
    ranked = tuple(map(_ranked, _score(territory, likeness, like)))
    like = like.astype(np.int32)
    return Peers(
        territory.skus, territory.quarter, territory.taken_up, like, ranked, territory.baskets, places, columns
    )


def _ranked(score: Floats) -> Ints:
    suggested = np.flatnonzero(np.isfinite(score))
    return suggested[np.argsort(-score[suggested], kind="stable")].astype(np.int32)


def _likeness(year: Floats) -> Floats:
    """Return the cosine of what two shops bought in a year; what few shops buy tells more of their likeness."""
    spread = (year > 0).sum(axis=0)
    weighed = np.log1p(year)
    weighed *= np.log((len(year) + 1) / (spread + 1)).astype(year.dtype)
    weighed /= np.maximum(np.linalg.norm(weighed, axis=1, keepdims=True), 1e-9)
    likeness = weighed @ weighed.T
    np.fill_diagonal(likeness, -1.0)
    return likeness


def _nearest(likeness: Floats, count: int) -> Ints:
    kept = min(count, max(len(likeness) - 1, 0))
    return np.argsort(-likeness, axis=1, kind="stable")[:, :kept]


def _score(territory: Territory, likeness: Floats, like: Ints) -> Floats:
    shops = len(territory.shops)
    if not like.shape[1]:
        return np.full(territory.year.shape, -np.inf, np.float32)
    weight = np.zeros((shops, shops), np.float32)
    rows = np.arange(shops)[:, None]
    weight[rows, like] = np.maximum(likeness[rows, like], 0.0)
    weight /= np.maximum(weight.sum(axis=1, keepdims=True), 1e-9)
    sells = territory.sells.astype(np.float32)
    score = _ASSORTMENT * np.clip(_goes_with(territory.recency), -1, 2)
    score += _SHARE * np.log(weight @ sells + _NONE)
    score += _TAKEN_UP * np.log(weight @ territory.taken_up.astype(np.float32) + _NONE)
    score += _LATELY * np.log(territory.lately + 0.3).astype(np.float32)
    fewest = min(FEWEST_SELLERS, like.shape[1])
    for shop, row in enumerate(like):
        score[shop, sells[row].sum(axis=0) < fewest] = -np.inf
    score[(territory.year > 0) | (territory.lately == 0)] = -np.inf
    return score


def _goes_with(recency: Floats) -> Floats:
    """Return how much of each SKU a shop's other SKUs lead one to expect.

    The weights B of the item model are I − P·diag(1/P), P = (XᵀX + λI)⁻¹. With far fewer shops than SKUs, XP and
    diag(P) come from the small matrix K = XXᵀ + λI: XP = K⁻¹X and diag(P) = (1 − diag(XᵀK⁻¹X)) ÷ λ.
    """
    inner = recency @ recency.T + recency.dtype.type(_RIDGE) * np.eye(len(recency), dtype=recency.dtype)
    through = np.linalg.solve(inner, recency)
    through /= (1 - np.einsum("ij,ij->j", recency, through)) / recency.dtype.type(_RIDGE)
    return recency - through
