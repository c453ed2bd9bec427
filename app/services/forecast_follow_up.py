"""Forecast against actual of a month that is over: what was told then, where that is known, and how far off it was."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import numpy as np

from app.domain.forecast_process import ForecastRules, largest_remainder
from app.domain.forecast_tracking import by_class, scores_of, stands_out
from app.domain.forecasting.arrays import Ints, month_start
from app.services.forecast_figures import UNSEEN, KeptMonth
from app.services.forecast_reading import ReadProduct, ReadShop, read_causes, read_frozen, read_submissions
from app.services.forecast_run import Run
from app.services.forecast_store import ForecastStore
from app.services.forecast_views import Cause, Source, Submission, TrackRow, TrackView


@dataclass(frozen=True, slots=True, eq=False)
class Shares:
    """What was told of each SKU at each shop, as columns: a territory has a hundred thousand of them."""

    shops: tuple[str, ...]
    skus: tuple[str, ...]
    at_shop: Ints
    at_sku: Ints
    model: Ints
    final: Ints

    def by_sku(self) -> dict[str, tuple[int, int]]:
        """Return (system, what counted) of each SKU."""
        return {self.skus[sku]: told for sku, told in self._sums(self.at_sku, None).items()}

    def by_shop(self, sku: str | None) -> dict[str, tuple[int, int]]:
        """Return (system, what counted) of each shop, of one SKU where it is named."""
        rows = None if sku is None else np.flatnonzero(self.at_sku == self._place_of(sku))
        return {self.shops[shop]: told for shop, told in self._sums(self.at_shop, rows).items()}

    def _place_of(self, sku: str) -> int:
        return self.skus.index(sku) if sku in self.skus else -1

    def _sums(self, groups: Ints, rows: Ints | None) -> dict[int, tuple[int, int]]:
        model, final = self.model, self.final
        if rows is not None:
            groups, model, final = groups[rows], model[rows], final[rows]
        named, places = np.unique(groups, return_inverse=True)
        sums = np.zeros((2, len(named)), np.int64)
        np.add.at(sums[0], places, model)
        np.add.at(sums[1], places, final)
        return dict(zip(named.tolist(), zip(*sums.tolist(), strict=True), strict=True))


@dataclass(frozen=True, slots=True)
class Told:
    """What was told for a month before it: (system, what counted) of each SKU, and of each SKU at each shop."""

    source: Source
    shop_source: Source
    at: datetime | None
    skus: Mapping[str, tuple[int, int]]
    shares: Shares


class FollowUp:
    """Reads what was told and holds it against what came."""

    def __init__(self, store: ForecastStore, rules: ForecastRules) -> None:
        self._store = store
        self._rules = rules

    def months(self, run: Run) -> tuple[date, ...]:
        """Return the whole months that can be looked at, newest first."""
        known = min(run.skus.past.shape[1], run.demand.shape[1])
        return tuple(month_start(run.first_month - back) for back in range(1, known + 1))

    def accuracies(self, cursor: Any, run: Run, month: date) -> tuple[dict[str, float | None], float | None]:
        """Return aᵢ of F03 by SKU, and F01, of a month."""
        told = self._told(cursor, run, month, with_shops=False)
        rows = self._sku_rows(run, told, month, {}, {})
        scores = scores_of([row.forecast for row in rows], [row.actual for row in rows], np.zeros((0, 0)), self._rules)
        return {key_of(row): row.accuracy for row in rows}, scores.f01

    def view(
        self, cursor: Any, run: Run, month: date, products: Mapping[str, ReadProduct], shops: Mapping[str, ReadShop],
        product_id: UUID | None = None,
    ) -> TrackView:  # fmt: skip
        """Return a month; the shops are those of one SKU where it is named."""
        told = self._told(cursor, run, month)
        causes = read_causes(cursor, month)
        skus = self._sku_rows(run, told, month, products, causes)
        back = run.back(month) or 0
        past = run.sku_demand[[run.sku_at[key_of(row)] for row in skus], :back].astype(float)
        actuals, groups = [row.actual for row in skus], [row.group for row in skus]
        forecasts = [row.forecast for row in skus]
        return TrackView(
            month=month,
            months=self.months(run),
            source=told.source,
            shop_source=told.shop_source,
            forecast_at=told.at,
            scores=scores_of(forecasts, actuals, past, self._rules),
            system_scores=scores_of([row.model_value for row in skus], actuals, past, self._rules),
            by_class=tuple(by_class(groups, forecasts, actuals).items()),
            skus=_worst_first(skus),
            shops=_worst_first(self._shop_rows(run, told, month, shops, causes, product_id)),
        )

    def _told(self, cursor: Any, run: Run, month: date, *, with_shops: bool = True) -> Told:
        submissions = read_submissions(cursor, month)
        kept = self._store.kept(cursor, month)
        chosen = _that_counted(submissions, month)
        if chosen is None and kept is None:
            skus, shares = _replayed(run, month, with_shops=with_shops)
            return Told(Source.REPLAYED, Source.REPLAYED, None, skus, shares)
        if chosen is None:
            assert kept is not None  # noqa: S101 - the branch above
            shares = _kept_shares(kept)
            return Told(Source.KEPT, Source.KEPT, kept.made_at, shares.by_sku(), shares)
        skus = read_frozen(cursor, *chosen).skus
        if kept is not None:
            source = Source.SUBMITTED if kept.version == chosen[1].version else Source.KEPT
            return Told(Source.SUBMITTED, source, chosen[1].submitted_at, skus, _kept_shares(kept))
        _, shares = _replayed(run, month, with_shops=with_shops)
        return Told(Source.SUBMITTED, Source.REPLAYED, chosen[1].submitted_at, skus, shares)

    def _sku_rows(
        self, run: Run, told: Told, month: date, products: Mapping[str, ReadProduct], causes: Mapping[Any, Cause]
    ) -> list[TrackRow]:
        """Return a row of each SKU with a figure or with demand; names are empty where no products are given."""
        came = _column(run.sku_demand, run.back(month))
        rows: list[TrackRow] = []
        for at, key in enumerate(run.sku_keys):
            model, final = told.skus.get(key, (0, 0))
            if (key in products or not products) and (model or final or came[at]):
                product = products.get(key)
                named = (product.code, product.name, product.group) if product else ("", "", "")
                rows.append(self._row(UUID(key), None, named, (model, final, int(came[at])), causes.get((key, None))))
        return rows

    def _shop_rows(
        self, run: Run, told: Told, month: date, shops: Mapping[str, ReadShop], causes: Mapping[Any, Cause],
        product_id: UUID | None,
    ) -> list[TrackRow]:  # fmt: skip
        sums: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
        only = None if product_id is None else product_id.hex
        for shop, (model, final) in told.shares.by_shop(only).items():
            sums[shop] = [model, final, 0]
        for shop, came in _demand_of_shops(run, month, only):
            sums[shop][2] += came
        return [
            self._row(
                product_id,
                UUID(shop),
                (shops[shop].code, shops[shop].name, ""),
                tuple(figures),
                causes.get((only, shop)),
            )
            for shop, figures in sums.items()
            if shop in shops and any(figures)
        ]

    def _row(
        self, product_id: UUID | None, customer_id: UUID | None, named: tuple[str, str, str], figures: tuple[int, ...],
        cause: Cause | None,
    ) -> TrackRow:  # fmt: skip
        model, final, actual = figures
        return TrackRow(
            product_id, customer_id, *named, final, model, actual, cause, stands_out(final, actual, self._rules)
        )


def key_of(row: TrackRow) -> str:
    """Return the product id of a SKU's row as the store holds it."""
    return row.product_id.hex if row.product_id is not None else ""


def _that_counted(submissions: list[tuple[str, Submission]], month: date) -> tuple[str, Submission] | None:
    """Return the newest version from before the month began, else the first: later ones knew a part of the month."""
    before = [one for one in submissions if one[1].submitted_at.date() < month]
    return before[-1] if before else next(iter(submissions), None)


def _replayed(run: Run, month: date, *, with_shops: bool) -> tuple[dict[str, tuple[int, int]], Shares]:
    """Return what the system would have said one month before."""
    at = run.judged(month)
    if at is None:
        return {}, _shares_of(run, [])
    said = np.nan_to_num(run.skus.past[:, at]).astype(float)
    totals = np.rint(said).astype(int)
    skus = {key: (int(total), int(total)) for key, total in zip(run.sku_keys, totals, strict=True)}
    found: list[Ints] = []
    for sku in np.flatnonzero(totals).tolist() if with_shops else ():
        rows = run.pairs_of(sku)
        parts = np.nan_to_num(run.pairs.past[rows, at]).astype(float).tolist()
        shares = largest_remainder([*parts, max(0.0, said[sku] - sum(parts))], int(totals[sku]))
        shops = [*run.pair_shops[rows].tolist(), len(run.shop_keys)]
        told = [(shop, sku, share) for shop, share in zip(shops, shares, strict=True) if share]
        found.append(np.array(told, int).reshape(-1, 3))
    return skus, _shares_of(run, found)


def _shares_of(run: Run, parts: list[Ints]) -> Shares:
    """Return shares from pieces of [shop, SKU, share]; the shop after the last is none yet (`UNSEEN`)."""
    shop, sku, share = np.concatenate([np.zeros((0, 3), int), *parts]).T
    return Shares((*run.shop_keys, UNSEEN), run.sku_keys, shop, sku, share, share)


def _kept_shares(kept: KeptMonth) -> Shares:
    return Shares(kept.shops, kept.skus, kept.at_shop, kept.at_sku, kept.model, kept.final)


def _demand_of_shops(run: Run, month: date, only: str | None) -> Iterable[tuple[str, int]]:
    back = run.back(month)
    if only is None:
        return zip(run.shop_keys, _column(run.shop_demand, back).tolist(), strict=True)
    rows = run.pairs_of(run.sku_at[only]) if only in run.sku_at else np.zeros(0, int)
    came = _column(run.demand[rows], back)
    return zip((run.shop_keys[shop] for shop in run.pair_shops[rows]), came.tolist(), strict=True)


def _column(values: Any, at: int | None) -> Any:
    return np.zeros(len(values), int) if at is None else values[:, at]


def _worst_first(rows: list[TrackRow]) -> tuple[TrackRow, ...]:
    return tuple(sorted(rows, key=lambda row: (-abs(row.difference), row.code)))
