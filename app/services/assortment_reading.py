"""Reads the last year of the whole territory as tables; made once and kept for all shops of a day."""

from datetime import date, timedelta
from threading import Lock
from typing import Any
from uuid import UUID

import numpy as np

from app.domain.assortment.additions import Peers, compare_shops
from app.domain.assortment.territory import YEAR_DAYS, Lines, read_territory
from app.domain.forecasting.arrays import Ints
from app.storage.database import Database, cursor_of

_CHUNK = 50_000
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
    orders = cursor.execute(_ORDERS, (since.isoformat(), as_of.isoformat())).fetchall()
    if not orders:
        nothing = np.zeros(0, int)
        return compare_shops(read_territory(Lines(nothing, nothing, nothing, nothing.astype(float)), (), (), as_of))
    keys = sorted({row[1] for row in orders})
    place = {key: at for at, key in enumerate(keys)}
    days = {text: date.fromisoformat(text).toordinal() for text in {row[2] for row in orders}}
    number = np.array([row[0] for row in orders])
    table = _table(cursor, int(number[0]), int(number[-1]))
    at = np.minimum(np.searchsorted(number, table[:, 0]), len(number) - 1)
    table, at = table[number[at] == table[:, 0]], at[number[at] == table[:, 0]]
    skus, sku = np.unique(table[:, 1], return_inverse=True)
    shop, day = np.array([place[row[1]] for row in orders]), np.array([days[row[2]] for row in orders])
    lines = Lines(shop[at], sku, day[at], table[:, 2].astype(np.float32))
    return compare_shops(read_territory(lines, [UUID(key) for key in keys], skus.tolist(), as_of))


def _table(cursor: Any, first: int, last: int) -> Ints:
    """Read the lines by the numbers of their orders, in pieces: the key of the table is the quickest way to them."""
    cursor.execute(_LINES, (first, last))
    parts = [np.zeros((0, 3), np.int64)]
    while rows := cursor.fetchmany(_CHUNK):
        parts.append(np.array(rows, np.int64))
    return np.concatenate(parts)
