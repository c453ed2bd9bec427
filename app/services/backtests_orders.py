"""Replays orders on the store's own order lines: our advice, taught by the territory itself, beside plain rules."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from app.domain.forecasting.arrays import Ints
from app.domain.replenishment.comparing import Comparison, compare
from app.domain.replenishment.habit import learn
from app.domain.replenishment.learnt import Learnt
from app.domain.replenishment.worlds import WARM_UP, learn_from, make_world
from app.storage.database import Database, cursor_of

WEEK = 7
FEWEST_WEEKS = 4
_LEAST_PAST = 26
_CHUNK = 4_000
"""Rows that are Python objects at one time: memory that many small ones have scattered is slow to come back."""
_BACK = timedelta(days=5 * 365)
_LINES = """
SELECT o.customer_id, o.order_date, l.product_no, max(l.qty, coalesce(l.requested, 0))
FROM order_line l JOIN purchase_order o ON o.id = l.order_id WHERE o.order_date BETWEEN ? AND ?
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
    begin = until.toordinal() + 1 - WEEK * (weeks + WARM_UP + 1)
    with database.read() as session:
        lines = _read_lines(cursor_of(session), until)
    if weeks < FEWEST_WEEKS or lines is None or lines.first.toordinal() > begin - WEEK * _LEAST_PAST:
        raise TooFewWeeks
    world = make_world(
        lines.rows, lines.days, lines.quantities, lines.shops, lines.first.weekday(), (until - lines.first).days,
        judged=weeks,
    )  # fmt: skip
    if not len(world.shops):
        raise TooFewWeeks
    learnt = learn(world.past_weeks[:, :-1], world.past_ahead)
    return OrderBacktest(len(world.shops), weeks, compare(world, learnt), compare(world, learnt, 0.8))


def learn_orders(database: Database, today: date) -> Learnt | None:
    """Return what the store's own orders teach for the guidance; None where they are too few."""
    with database.read() as session:
        lines = _read_lines(cursor_of(session), today)
    if lines is None:
        return None
    return learn_from(
        lines.rows, lines.days, lines.quantities, lines.shops, lines.first.weekday(), (today - lines.first).days
    )


@dataclass(frozen=True, slots=True)
class _Lines:
    """Order lines as columns; days count from the first, `rows` number the pairs of shop and SKU."""

    rows: Ints
    days: Ints
    quantities: Ints
    shops: Ints
    first: date


def _read_lines(cursor: Any, until: date) -> _Lines | None:
    """Read in pieces, texts becoming numbers as they come; None without orders."""
    shops: dict[str, int] = {}
    ordinals: dict[str, int] = {}
    parts: list[Ints] = []
    found = cursor.execute(_LINES, ((until - _BACK).isoformat(), until.isoformat()))
    while chunk := found.fetchmany(_CHUNK):
        for row in chunk:
            if row[1] not in ordinals:
                ordinals[row[1]] = date.fromisoformat(row[1]).toordinal()
        parts.append(
            np.array([(shops.setdefault(s, len(shops)), ordinals[d], p, max(0, q)) for s, d, p, q in chunk], np.int64)
        )
    if not parts:
        return None
    owners, days, products, quantities = np.concatenate(parts).T
    span, first = int(products.max()) + 1, int(days.min())
    pairs, rows = np.unique(owners * span + products, return_inverse=True)
    return _Lines(rows, days - first, quantities, pairs // span, date.fromordinal(first))
