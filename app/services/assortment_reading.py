"""Reads the last year of the whole territory as tables; made once and kept for all shops of a day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from threading import Lock
from typing import Any
from uuid import UUID

import numpy as np

from app.domain.assortment.additions import Peers, compare_shops
from app.domain.assortment.territory import YEAR_DAYS, Lines, read_territory
from app.domain.forecasting.arrays import Ints
from app.storage.database import Database, cursor_of

_CHUNK = 4_000
_ORDERS = "SELECT id, customer_id, order_date FROM purchase_order WHERE order_date BETWEEN ? AND ? ORDER BY id"
_LINES = "SELECT order_id, product_no, qty FROM order_line WHERE order_id BETWEEN ? AND ?"
_STAMP = "SELECT count(*), max(id) FROM purchase_order"


class PeerTables:
    """The shops of a territory beside each other as of a day, kept until the day or the orders are others."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = Lock()
        self._kept: tuple[tuple[object, ...], Peers] | None = None

    def peers(self, as_of: date) -> Peers:
        """Return the tables as of a day; the first call of a day takes about a second for a year of a territory."""
        with self._lock, self._database.read() as session:
            cursor = cursor_of(session)
            stamp = (as_of, *cursor.execute(_STAMP).fetchone())
            if self._kept is None or self._kept[0] != stamp:
                self._kept = (stamp, read_peers(cursor, as_of))
            return self._kept[1]


def read_peers(cursor: Any, as_of: date) -> Peers:
    """Read the lines of the year up to a day and compare the shops."""
    since = as_of - timedelta(days=YEAR_DAYS - 1)
    orders = _Orders.read(cursor, since, as_of)
    skus = [row[0] for row in cursor.execute("SELECT no FROM product ORDER BY no").fetchall()]
    return compare_shops(read_territory(_parts(cursor, orders, np.array(skus, int)), orders.shops, skus, as_of))


@dataclass(frozen=True, slots=True)
class _Orders:
    """The orders of a year as columns, by their number in the store: whose, and on which day (ordinal)."""

    number: Ints
    shop: Ints
    day: Ints
    shops: tuple[UUID, ...]

    @classmethod
    def read(cls, cursor: Any, since: date, until: date) -> "_Orders":
        cursor.execute(_ORDERS, (since.isoformat(), until.isoformat()))
        places: dict[str, int] = {}
        days: dict[str, int] = {}
        rows = [
            (
                number,
                places.setdefault(shop, len(places)),
                days.get(text) or days.setdefault(text, date.fromisoformat(text).toordinal()),
            )
            for number, shop, text in cursor
        ]
        table = np.array(rows, np.int64).reshape(-1, 3)
        return cls(table[:, 0].copy(), table[:, 1].copy(), table[:, 2].copy(), tuple(map(UUID, places)))


def _parts(cursor: Any, orders: _Orders, skus: Ints) -> Iterator[Lines]:
    """Read the lines by the numbers of their orders, the quickest way to them, and in pieces: they are many."""
    if not len(orders.number) or not len(skus):
        return
    cursor.execute(_LINES, (int(orders.number[0]), int(orders.number[-1])))
    while rows := cursor.fetchmany(_CHUNK):
        table = np.array(rows, np.int64)
        order = np.minimum(np.searchsorted(orders.number, table[:, 0]), len(orders.number) - 1)
        sku = np.minimum(np.searchsorted(skus, table[:, 1]), len(skus) - 1)
        known = (orders.number[order] == table[:, 0]) & (skus[sku] == table[:, 1])
        order = order[known]
        yield Lines(orders.shop[order], sku[known], orders.day[order], table[known, 2].astype(np.float32))
