"""Replays orders on the store's own order lines: our advice, taught by the territory itself, beside plain rules."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from app.domain.replenishment.comparing import Comparison, compare
from app.domain.replenishment.habit import learn
from app.domain.replenishment.worlds import WARM_UP, make_world
from app.storage.database import Database

WEEK = 7
FEWEST_WEEKS = 4
_LEAST_PAST = 26
_LINES = """
SELECT o.customer_id, o.order_date, l.product_no, max(l.qty, coalesce(l.requested, 0))
FROM order_line l JOIN purchase_order o ON o.id = l.order_id WHERE o.order_date <= ?
"""


class TooFewWeeks(ValueError):  # noqa: N818 - a state of the store, told in words
    """The orders do not reach back far enough before the first day, or nothing was bought regularly."""


@dataclass(frozen=True, slots=True)
class OrderBacktest:
    """What was compared: over how many pairs of shop and SKU, how many weeks, without limits and at 80 %."""

    pairs: int
    weeks: int
    free: Comparison
    limited: Comparison


def backtest_orders(database: Database, since: date, until: date) -> OrderBacktest:
    """Replay the whole weeks between two days. Raises TooFewWeeks."""
    weeks = ((until - since).days + 1) // WEEK
    with database.look() as cursor:
        shops, days, products, quantities = _columns(cursor, until)
    begin = until.toordinal() + 1 - WEEK * (weeks + WARM_UP + 1)
    if weeks < FEWEST_WEEKS or not len(days) or int(days.min()) > begin - WEEK * _LEAST_PAST:
        raise TooFewWeeks
    first = int(days.min())
    pairs, rows = np.unique(shops * (int(products.max()) + 1) + products, return_inverse=True)
    world = make_world(
        rows, days - first, quantities, pairs // (int(products.max()) + 1), date.fromordinal(first).weekday(),
        until.toordinal() - first, judged=weeks,
    )  # fmt: skip
    if not len(world.shops):
        raise TooFewWeeks
    learnt = learn(world.past_weeks[:, :-1], world.past_ahead)
    return OrderBacktest(len(world.shops), weeks, compare(world, learnt), compare(world, learnt, 0.8))


def _columns(cursor: Any, until: date) -> tuple[Any, ...]:
    """Read in pieces; texts become numbers as they come."""
    shops: dict[str, int] = {}
    ordinals: dict[str, int] = {}
    parts: list[Any] = []
    found = cursor.execute(_LINES, (until.isoformat(),))
    while chunk := found.fetchmany(50_000):
        for row in chunk:
            if row[1] not in ordinals:
                ordinals[row[1]] = date.fromisoformat(row[1]).toordinal()
        parts.append(
            np.array([(shops.setdefault(s, len(shops)), ordinals[d], p, max(0, q)) for s, d, p, q in chunk], np.int64)
        )
    table = np.concatenate(parts) if parts else np.zeros((0, 4), np.int64)
    return tuple(table.T)
