"""A territory of the State of Iowa as a world to replay orders in: sales are the smoothed orders of its shops."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from app.domain.forecasting.arrays import Ints
from app.domain.replenishment.replay import World
from app.domain.replenishment.worlds import make_world
from benchmarks.forecast.iowa import FIRST, LAST, read_lines


@dataclass(frozen=True, slots=True)
class Territory:
    """Order lines as columns: the pair of shop and item of each, its day and quantity, and the shop of each pair."""

    pairs: Ints
    days: Ints
    quantities: Ints
    shops: Ints


def read_territory(folder: Path, territory: str) -> Territory:
    """Read all order lines of a territory."""
    lines = read_lines(folder, territory)
    items = len(lines.classes)
    pairs, rows = np.unique(lines.stores.astype(np.int64) * items + lines.items, return_inverse=True)
    return Territory(rows, lines.days, lines.bottles.astype(int), pairs // items)


def world_of(lines: Territory, *, by_chance: bool) -> World:
    """Return the last 26 weeks of a territory with the eight weeks of warming up before them."""
    today = (LAST - FIRST).days
    return make_world(
        lines.pairs, lines.days, lines.quantities, lines.shops, FIRST.weekday(), today, by_chance=by_chance
    )
