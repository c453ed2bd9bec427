"""Forecasts that add up: the SKUs of a shop to its classes, the shops of a SKU to its total, all to the territory.

The pairs of shop and SKU carry everything. For each SKU, and then in each class of a shop, they are scaled to the mean
of their own sum and of the forecast made for the group as a whole: the sum knows the parts, the group has less noise
(combination of levels; Hollyman, Petropoulos and Tipping 2021). What shops will buy for the first time, or again after
a year, is in no pair; it has a line of its own, `unseen`, so that totals are not too low.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.domain.forecasting.arrays import YEAR, Floats, Ints, first_months, group_sums
from app.runtime.cancel import Check, go_on

_RECENT = 6
_FEWEST_JUDGED = 3
_SCALE_BOUNDS = (0.6, 1.6)


@dataclass(frozen=True, slots=True)
class Level:
    """A level above the pairs: the group of each pair, the months of each group, and its forecast made as a whole.

    `direct` is [origins, groups, horizon], NaN where nothing is known.
    """

    groups: Ints
    months: Floats
    direct: Floats


@dataclass(frozen=True, slots=True)
class Whole:
    """A level of few long series, forecast from themselves: the group of each pair and of each group of unseen demand.

    `months` are those of each group; `direct` is [origins, groups, horizon], NaN where a series is too short.
    """

    groups: Ints
    of_unseen: Ints
    months: Floats
    direct: Floats


def bring_together(
    pairs: Floats, pair_months: Floats, levels: Sequence[Level], wholes: Sequence[Whole], origins: Sequence[int],
    check: Check = go_on,
) -> Floats:  # fmt: skip
    """Scale the pairs within one level after the other, for each origin, in place; NaN in `pairs` is "nothing known".

    Returns the unseen part of each group of the last of `levels` [origins, groups, horizon].
    """
    anew = first_purchases(pair_months)
    newcomers = [group_sums(anew, level.groups, len(level.months)) for level in levels]
    del anew  # as large as all months
    unseen = np.zeros_like(levels[-1].direct)
    tops = [_Top(whole) for whole in wholes]
    for at, origin in enumerate(origins):
        check()
        for ahead in range(pairs.shape[2]):
            extra = scale = np.zeros(0)
            for level, new in zip(levels, newcomers, strict=True):
                known = group_sums(np.nan_to_num(pairs[at, :, ahead]), level.groups, len(level.months))
                extra = unseen_part(known, new, level.months, origin)
                scale = _scale(known + extra, level.direct[at, :, ahead])
                pairs[at, :, ahead] *= scale[level.groups]
            unseen[at, :, ahead] = extra * scale
        for top in tops:
            top.scale(at, origin, pairs[at], unseen[at])
    return unseen


class _Top:
    """A whole with its record: how far its own forecasts were off so far, and how far the sums of the parts."""

    def __init__(self, whole: Whole) -> None:
        self._whole = whole
        self._judged = np.zeros(len(whole.months), int)
        self._own, self._sum = np.zeros(len(whole.months)), np.zeros(len(whole.months))

    def scale(self, at: int, origin: int, pairs: Floats, unseen: Floats) -> None:
        """Scale the parts [parts, horizon] where the whole knows better, and note how it went."""
        whole, direct = self._whole, self._whole.direct[at]
        count = len(direct)
        sums = group_sums(np.nan_to_num(pairs), whole.groups, count) + group_sums(unseen, whole.of_unseen, count)
        trusted = (self._judged < _FEWEST_JUDGED) | (self._own <= self._sum)
        scale = _scale(sums, np.where(trusted[:, None], direct, np.nan))
        pairs *= scale[whole.groups]
        unseen *= scale[whole.of_unseen]
        if origin < whole.months.shape[1]:
            known, came = np.isfinite(direct[:, 0]), whole.months[:, origin]
            self._judged += known
            self._own += np.where(known, np.abs(np.nan_to_num(direct[:, 0]) - came), 0)
            self._sum += np.where(known, np.abs(sums[:, 0] - came), 0)


def _scale(whole: Floats, direct: Floats) -> Floats:
    target = np.where(direct > 0, (whole + np.nan_to_num(direct)) / 2, whole)
    scale = np.divide(target, whole, out=np.ones_like(whole), where=whole > 0)
    return np.clip(scale, *_SCALE_BOUNDS).astype(np.float32)


def first_purchases(months: Floats) -> Floats:
    """Return what was bought in a row's first month, or in the first after a year without any."""
    first = first_months(months)
    bought, last = np.zeros_like(months), np.full(len(months), -YEAR - 1)
    for month in range(months.shape[1]):
        now = months[:, month] > 0
        anew = now & ((first == month) | (month - last > YEAR))
        bought[anew, month] = months[anew, month]
        last[now] = month
    return bought


def unseen_part(known: Floats, newcomers: Floats, months: Floats, origin: int) -> Floats:
    """Return what is to be added to the known pairs of each group: its share of newcomers, drawn to everybody's."""
    recent = slice(max(0, origin - _RECENT), origin)
    year = slice(max(0, origin - YEAR), origin)
    whole = float(months[:, recent].sum())
    everybody = float(newcomers[:, recent].sum()) / whole if whole else 0.0
    bought, new = months[:, year].sum(axis=1), newcomers[:, year].sum(axis=1)
    usual = float(np.median(bought[bought > 0])) if (bought > 0).any() else 1.0
    share = np.minimum((new + everybody * usual) / (bought + usual), 0.5)
    return known * share / (1 - share)
