"""The figures of one month to come: the system's in whole pieces, the manager's beside them; shops add up exactly."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

import numpy as np

from app.domain.forecast_process import Part, spread
from app.domain.forecasting.arrays import Floats, Ints
from app.services.forecast_run import Run

UNSEEN = ""
"""Stands where a shop's key stands: what shops will buy that do not buy it yet."""


@dataclass(frozen=True, slots=True)
class Spread:
    """One SKU by shop; the last belongs to no shop yet (`UNSEEN`). `rows` are those of the run's pairs, or -1."""

    shops: tuple[str, ...]
    rows: tuple[int, ...]
    model: tuple[int, ...]
    final: tuple[int, ...]


@dataclass(frozen=True)
class MonthFigures:
    """A month of a run with what was corrected: totals by product id, and by product id and customer id."""

    run: Run
    month: date
    ahead: int
    of_skus: Mapping[str, int]
    of_shops: Mapping[str, Mapping[str, int]]

    @property
    def based_on(self) -> date:
        """Return the last day of the orders that the forecast knew."""
        return self.run.months_ahead[0] - timedelta(days=1)

    @cached_property
    def model_totals(self) -> Ints:
        """The system's figure of each SKU in whole pieces."""
        return np.rint(self._expected.astype(float)).astype(np.int64)

    @cached_property
    def final_totals(self) -> Ints:
        """What counts of each SKU."""
        totals = self.model_totals.copy()
        for sku in self.touched:
            totals[sku] = sum(self.spread_of(sku).final)
        return totals

    @cached_property
    def touched(self) -> tuple[int, ...]:
        """The SKUs of which something was corrected."""
        named = (self.run.sku_at.get(key) for key in (*self.of_skus, *self.of_shops))
        return tuple(sorted({sku for sku in named if sku is not None}))

    def share_of(self, sku: int, shop: int) -> tuple[int, int]:
        """Return (system, what counts) of a SKU at a shop."""
        told, key = self.spread_of(sku), self.run.shop_keys[shop]
        if key not in told.shops:
            return 0, 0
        at = told.shops.index(key)
        return told.model[at], told.final[at]

    def spread_of(self, sku: int) -> Spread:
        """Return a SKU by shop.

        A total below what single shops were given by hand, as two laptops or an undo can leave it, makes way for them.
        """
        own = self.own_of(sku)
        rows = [int(row) for row in self.run.pairs_of(sku)]
        shops = [self.run.shop_keys[self.run.pair_shops[row]] for row in rows]
        expected = np.nan_to_num(self.run.pairs.expected[rows, self.ahead]).astype(float).tolist() if rows else []
        missing = sorted(own.keys() - set(shops))
        shops += [*missing, UNSEEN]
        rows += [-1] * (len(missing) + 1)
        expected += [0.0] * len(missing) + [self.run.unseen(sku, self.ahead)]
        parts = [Part(model, own.get(shop)) for shop, model in zip(shops, expected, strict=True)]
        whole = int(self.model_totals[sku])
        plain = spread([Part(part.model) for part in parts], whole)
        total = self.of_skus.get(self.run.sku_keys[sku])
        if total is not None:
            total = max(total, sum(own.values()))
        final = spread(parts, whole, total) if self._is_touched(sku) else plain
        return Spread(tuple(shops), tuple(rows), tuple(plain), tuple(final))

    def own_of(self, sku: int) -> Mapping[str, int]:
        """Return what was corrected of a SKU at shops that are still here."""
        given = self.of_shops.get(self.run.sku_keys[sku], {})
        return {shop: value for shop, value in given.items() if shop in self.run.shop_at}

    def _is_touched(self, sku: int) -> bool:
        key = self.run.sku_keys[sku]
        return key in self.of_skus or bool(self.own_of(sku))

    @cached_property
    def _expected(self) -> Floats:
        return np.nan_to_num(self.run.skus.expected[:, self.ahead])


@dataclass(frozen=True, slots=True)
class KeptMonth:
    """What was told for a month before it, of each SKU at each shop (or `UNSEEN`), in whole pieces."""

    made_at: datetime
    based_on: date
    """last day of the orders that were known"""
    version: int
    """the submission it went with; 0: what the system told first"""
    shops: tuple[str, ...]
    skus: tuple[str, ...]
    at_shop: Ints
    at_sku: Ints
    model: Ints
    final: Ints


def kept_of(figures: MonthFigures, version: int, now: datetime) -> KeptMonth:
    """Return a month as it stands now, to be kept."""
    run = figures.run
    shops = (*run.shop_keys, UNSEEN)
    at = {key: place for place, key in enumerate(shops)}
    found: list[tuple[int, int, int, int]] = []
    for sku in range(len(run.sku_keys)):
        if not figures.final_totals[sku] and not figures.model_totals[sku]:
            continue
        told = figures.spread_of(sku)
        found += [
            (at[shop], sku, model, final)
            for shop, model, final in zip(told.shops, told.model, told.final, strict=True)
            if model or final
        ]
    columns = np.array(found, np.int32).reshape(-1, 4).T
    return KeptMonth(now, figures.based_on, version, shops, run.sku_keys, *columns)
