"""One forecast of the territory as it was computed: the system's figures of all levels, small enough to be kept."""

import io
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any

import numpy as np

from app.domain.forecasting.arrays import Floats, Ints, month_number, month_start
from app.domain.forecasting.choosing import Model
from app.domain.forecasting.engine import LevelForecast, MarketForecast
from app.services.market_reading import ReadMarket

_KNOWN = 37
"""Whole months of demand that are kept: two years to scale errors by, and the year that is shown."""
_LEVELS = ("pairs", "skus", "shops", "total")
_PARTS = ("expected", "low", "high", "past", "error", "plain_error")


@dataclass(frozen=True, slots=True)
class RunLevel:
    """One level of a run: what is expected [rows, months ahead] with its range, and what was said before."""

    expected: Floats
    low: Floats
    high: Floats
    past: Floats
    """what was forecast one month ahead for each of the last months [rows, judged]; NaN before a row was known"""
    error: Floats
    """WAPE of `past` by row; NaN where nothing was asked for"""
    plain_error: Floats
    """WAPE of plain smoothing (M5, α 0.2) over the same months"""


@dataclass(frozen=True)
class Run:
    """The system's forecast; rows of `pairs` are shop × SKU, `demand` is what they asked for in each known month."""

    first_month: int
    """number of the first month ahead"""
    made_at: datetime
    shop_keys: tuple[str, ...]
    """customer ids as the store holds them, 32 hex digits"""
    sku_keys: tuple[str, ...]
    pair_shops: Ints
    pair_skus: Ints
    models: tuple[str, ...]
    pair_models: Ints
    demand: Ints
    """[pairs, months]: max(ordered, requested); the last column is the last whole month"""
    pairs: RunLevel
    skus: RunLevel
    shops: RunLevel
    total: RunLevel

    @property
    def months_ahead(self) -> tuple[date, ...]:
        """Return the first days of the months that are forecast."""
        return tuple(month_start(self.first_month + ahead) for ahead in range(self.skus.expected.shape[1]))

    @property
    def last_month(self) -> date:
        """Return the first day of the last whole month."""
        return month_start(self.first_month - 1)

    @cached_property
    def sku_at(self) -> dict[str, int]:
        """Rows of the SKUs by product id."""
        return {key: at for at, key in enumerate(self.sku_keys)}

    @cached_property
    def shop_at(self) -> dict[str, int]:
        """Rows of the shops by customer id."""
        return {key: at for at, key in enumerate(self.shop_keys)}

    @cached_property
    def _pairs_by_sku(self) -> tuple[Ints, Ints]:
        order = np.argsort(self.pair_skus, kind="stable")
        return order, np.searchsorted(self.pair_skus[order], np.arange(len(self.sku_keys) + 1))

    def pairs_of(self, sku: int) -> Ints:
        """Return the rows of `pairs` of a SKU."""
        order, starts = self._pairs_by_sku
        return order[starts[sku] : starts[sku + 1]]

    def pair_of(self, sku: int, shop: int) -> int | None:
        """Return the row of a SKU at a shop; None where it was never bought."""
        rows = self.pairs_of(sku)
        found = rows[self.pair_shops[rows] == shop]
        return int(found[0]) if len(found) else None

    def ahead(self, month: date) -> int | None:
        """Return the column of a month to come; None where it is not forecast."""
        at = month_number(month) - self.first_month
        return at if 0 <= at < self.skus.expected.shape[1] else None

    def back(self, month: date) -> int | None:
        """Return the column of `demand` of a whole month; None where it is not known."""
        at = month_number(month) - self.first_month + self.demand.shape[1]
        return at if 0 <= at < self.demand.shape[1] else None

    def judged(self, month: date) -> int | None:
        """Return the column of `past` of a whole month; None where it was not forecast."""
        at = month_number(month) - self.first_month + self.skus.past.shape[1]
        return at if 0 <= at < self.skus.past.shape[1] else None

    @cached_property
    def sku_demand(self) -> Ints:
        """Demand by SKU and known month."""
        return _sums(self.demand, self.pair_skus, len(self.sku_keys))

    @cached_property
    def shop_demand(self) -> Ints:
        """Demand by shop and known month."""
        return _sums(self.demand, self.pair_shops, len(self.shop_keys))

    def unseen(self, sku: int, ahead: int) -> float:
        """Return what will be bought of a SKU by shops that do not buy it yet."""
        known = float(np.nan_to_num(self.pairs.expected[self.pairs_of(sku), ahead]).sum())
        return max(0.0, float(self.skus.expected[sku, ahead]) - known)


def make_run(cursor: Any, read: ReadMarket, made: MarketForecast, now: datetime) -> Run:
    """Take from a forecast what the desk needs, with the demand that the orders tell."""
    names = {row[0]: row[1] for row in cursor.execute("SELECT no, id FROM product")}
    words = tuple(Model(code).name.lower().replace("_", "-") for code in range(len(Model)))
    return Run(
        first_month=made.first_month,
        made_at=now,
        shop_keys=tuple(shop.key for shop in read.shops),
        sku_keys=tuple(names[sku.number] for sku in read.skus),
        pair_shops=read.market.shops.astype(np.int32),
        pair_skus=read.market.skus.astype(np.int32),
        models=words,
        pair_models=made.models.astype(np.int8),
        demand=_narrow(read.asked[:, -_KNOWN:].astype(np.int32)),
        pairs=_level(made.pairs),
        skus=_level(made.skus),
        shops=_level(made.shops),
        total=_level(made.total),
    )


def dump_run(run: Run) -> bytes:
    """Write a run as bytes."""
    levels = {f"{name}_{part}": getattr(getattr(run, name), part) for name in _LEVELS for part in _PARTS}
    file = io.BytesIO()
    np.savez_compressed(
        file,
        first_month=np.array(run.first_month),
        made_at=np.array(run.made_at.isoformat()),
        shop_keys=np.array(run.shop_keys, "U32"),
        sku_keys=np.array(run.sku_keys, "U32"),
        models=np.array(run.models),
        pair_shops=run.pair_shops,
        pair_skus=run.pair_skus,
        pair_models=run.pair_models,
        demand=run.demand,
        **levels,
    )
    return file.getvalue()


def load_run(content: bytes) -> Run:
    """Read a run that `dump_run` wrote; nothing in it is executed. Raises ValueError, KeyError or OSError."""
    with np.load(io.BytesIO(content), allow_pickle=False) as held:
        levels = {name: RunLevel(*(held[f"{name}_{part}"] for part in _PARTS)) for name in _LEVELS}
        return Run(
            first_month=int(held["first_month"]),
            made_at=datetime.fromisoformat(str(held["made_at"])),
            shop_keys=tuple(held["shop_keys"].tolist()),
            sku_keys=tuple(held["sku_keys"].tolist()),
            pair_shops=held["pair_shops"],
            pair_skus=held["pair_skus"],
            models=tuple(held["models"].tolist()),
            pair_models=held["pair_models"],
            demand=_narrow(held["demand"]),
            **levels,
        )


def without_pairs(run: Run) -> Run:
    """Return a run with SKUs, shops and the territory alone, in a thirtieth of the memory."""
    parts = (getattr(run.pairs, part)[:0].copy() for part in _PARTS)
    return replace(
        run,
        pair_shops=run.pair_shops[:0].copy(),
        pair_skus=run.pair_skus[:0].copy(),
        pair_models=run.pair_models[:0].copy(),
        demand=run.demand[:0].copy(),
        pairs=RunLevel(*parts),
    )


def _level(level: LevelForecast) -> RunLevel:
    return RunLevel(*(np.asarray(getattr(level, part), np.float32) for part in _PARTS))


def _narrow(demand: Ints) -> Ints:
    """Return the same numbers in half the memory where none is too large: it is the largest part of a run."""
    is_small = demand.size and np.iinfo(np.int16).min < demand.min() and demand.max() < np.iinfo(np.int16).max
    return demand.astype(np.int16) if is_small else demand


def _sums(values: Ints, groups: Ints, count: int) -> Ints:
    sums = np.zeros((count, values.shape[1]), np.int32)
    np.add.at(sums, groups, values)
    return sums
