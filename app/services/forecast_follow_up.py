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
from app.domain.forecasting.arrays import month_start
from app.services.forecast_figures import UNSEEN, KeptMonth
from app.services.forecast_reading import ReadProduct, ReadShop, read_causes, read_frozen, read_submissions
from app.services.forecast_run import Run
from app.services.forecast_store import ForecastStore
from app.services.forecast_views import Cause, Source, Submission, TrackRow, TrackView

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Told:
    """What was told for a month before it: (system, what counted) of each SKU, and of each SKU at each shop."""

    source: Source
    shop_source: Source
    at: datetime | None
    skus: Mapping[str, tuple[int, int]]
    pairs: Mapping[Pair, tuple[int, int]]


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
            skus, pairs = _replayed(run, month, with_shops=with_shops)
            return Told(Source.REPLAYED, Source.REPLAYED, None, skus, pairs)
        if chosen is None:
            assert kept is not None  # noqa: S101 - the branch above
            pairs = _kept_pairs(kept)
            return Told(Source.KEPT, Source.KEPT, kept.made_at, _sums_by_sku(pairs), pairs)
        skus = read_frozen(cursor, *chosen).skus
        if kept is not None:
            source = Source.SUBMITTED if kept.version == chosen[1].version else Source.KEPT
            return Told(Source.SUBMITTED, source, chosen[1].submitted_at, skus, _kept_pairs(kept))
        _, pairs = _replayed(run, month, with_shops=with_shops)
        return Told(Source.SUBMITTED, Source.REPLAYED, chosen[1].submitted_at, skus, pairs)

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
        for (sku, shop), (model, final) in told.pairs.items():
            if only in (None, sku):
                sums[shop][0] += model
                sums[shop][1] += final
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


def _replayed(
    run: Run, month: date, *, with_shops: bool
) -> tuple[dict[str, tuple[int, int]], dict[Pair, tuple[int, int]]]:
    """Return what the system would have said one month before."""
    at = run.judged(month)
    if at is None:
        return {}, {}
    said = np.nan_to_num(run.skus.past[:, at]).astype(float)
    totals = np.rint(said).astype(int)
    skus = {key: (int(total), int(total)) for key, total in zip(run.sku_keys, totals, strict=True)}
    pairs: dict[Pair, tuple[int, int]] = {}
    for sku in np.flatnonzero(totals).tolist() if with_shops else ():
        rows = run.pairs_of(sku)
        parts = np.nan_to_num(run.pairs.past[rows, at]).astype(float).tolist()
        shares = largest_remainder([*parts, max(0.0, said[sku] - sum(parts))], int(totals[sku]))
        names = [*(run.shop_keys[shop] for shop in run.pair_shops[rows]), UNSEEN]
        pairs |= {(run.sku_keys[sku], shop): (share, share) for shop, share in zip(names, shares, strict=True) if share}
    return skus, pairs


def _kept_pairs(kept: KeptMonth) -> dict[Pair, tuple[int, int]]:
    columns = (kept.at_sku, kept.at_shop, kept.model, kept.final)
    return {
        (kept.skus[sku], kept.shops[shop]): (model, final)
        for sku, shop, model, final in zip(*(column.tolist() for column in columns), strict=True)
    }


def _sums_by_sku(pairs: Mapping[Pair, tuple[int, int]]) -> dict[str, tuple[int, int]]:
    sums: dict[str, tuple[int, int]] = {}
    for (sku, _), (model, final) in pairs.items():
        known = sums.get(sku, (0, 0))
        sums[sku] = (known[0] + model, known[1] + final)
    return sums


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
