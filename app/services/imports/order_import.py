"""Writes imported order lines with few, large statements: new orders, lines that differ, then the totals of both."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from app.lists.csv_rows import Row
from app.lists.mapping import BoundProfile
from app.runtime.cancel import CancelToken, Report
from app.services.imports.order_lines import Line, OrderLines
from app.services.imports.tally import Tally
from app.storage.order_totals import refresh_months, refresh_orders

_BATCH = 10_000  # lines in one statement
_AT_ONCE = 500
_ADD_ORDER = (
    "INSERT INTO purchase_order (id, order_no, customer_id, order_date, qty, amount, line_count) "
    "VALUES (?, ?, ?, ?, 0, 0, 0)"
)
_MOVE_ORDER = "UPDATE purchase_order SET customer_id = ?, order_date = ? WHERE id = ?"
_ALWAYS = ("product_no", "qty", "amount")
_WITH_LIMITS = (*_ALWAYS, "requested", "allowed")
Item = TypeVar("Item")


class OrderImport:
    """Takes rows of order lines in; the transaction is the caller's."""

    def __init__(self, session: Session, bound: BoundProfile, tally: Tally) -> None:
        self._connection = session.connection()
        self._tally = tally
        self._last_stored = _number(self._connection, "SELECT max(id) FROM purchase_order")
        self._lines = OrderLines(
            bound,
            _pairs(self._connection, "SELECT cust_code, id FROM customer"),
            _pairs(self._connection, "SELECT sku_code, no FROM product"),
            self._last_stored + 1,
        )
        self._set_line, self._set_line_if_it_differs = _statements(_WITH_LIMITS if self._lines.has_limits else _ALWAYS)
        self._lines_before = _number(self._connection, "SELECT count(*) FROM order_line")
        self._waiting: list[Line] = []
        self._waiting_moved: list[Line] = []
        self._written = 0
        self._touched: set[int] = set()

    def take(self, first: int, rows: Sequence[Row]) -> None:
        """Take some rows that follow each other."""
        if self._last_stored:
            self._look_up(self._lines.unknown_numbers(rows))
        batch = self._lines.convert(first, rows)
        self._tally.read += len(rows) - batch.blank
        for row in batch.refused:
            self._tally.refuse(row)
        self._waiting += batch.lines
        self._waiting_moved += batch.moved_lines
        if len(self._waiting) + len(self._waiting_moved) >= _BATCH:
            self._write()

    def finish(self, cancel: CancelToken, report: Report) -> None:
        """Write what waits and bring the totals of orders and months up to date."""
        self._write()
        added = _number(self._connection, "SELECT count(*) FROM order_line") - self._lines_before
        self._tally.added = added
        self._tally.changed = self._written - added
        stored = [order_id for order_id in self._touched if order_id <= self._last_stored]
        refresh_orders(self._connection, self._last_stored + 1, stored)
        since: dict[str, str] = {}
        for order in self._lines.opened():
            if order.id in self._touched:
                since[order.customer] = min(order.day, since.get(order.customer, order.day))
        for _, customer, day in self._lines.moved_orders:
            since[customer] = min(day, since.get(customer, day))
        refresh_months(self._connection, since, cancel, report)

    def _look_up(self, numbers: set[str]) -> None:
        for part in _parts(numbers):
            marks = ",".join("?" * len(part))
            query = f"SELECT id, order_no, customer_id, order_date FROM purchase_order WHERE order_no IN ({marks})"  # noqa: S608
            for row in self._connection.exec_driver_sql(query, tuple(part)):
                self._lines.add_stored(*row)

    def _write(self) -> None:
        orders, moved = self._lines.new_orders, self._lines.take_moved()
        if orders:
            self._execute(_ADD_ORDER, [(order.id, order.number, order.customer, order.day) for order in orders])
            orders.clear()
        if moved:
            self._execute(_MOVE_ORDER, [(order.customer, order.day, order.id) for order in moved])
        for statement, lines in (
            (self._set_line_if_it_differs, self._waiting),
            (self._set_line, self._waiting_moved),
        ):
            if lines and (written := self._execute(statement, lines)):
                self._written += written
                self._touched.update({line[0] for line in lines})
            lines.clear()

    def _execute(self, statement: str, rows: list[tuple[object, ...]] | list[Line]) -> int:
        return self._connection.exec_driver_sql(statement, rows).rowcount  # pyright: ignore[reportArgumentType]


def _statements(columns: Sequence[str]) -> tuple[str, str]:
    """Return what writes a line in any case, and what writes it where one of these columns differs."""
    names = ("order_id", "line_no", *columns)
    marks = ", ".join("?" * len(names))
    news = ", ".join(f"{name} = excluded.{name}" for name in columns)
    differs = " OR ".join(f"{name} IS NOT excluded.{name}" for name in columns)
    set_line = (
        f"INSERT INTO order_line ({', '.join(names)}) VALUES ({marks}) "  # noqa: S608  names are our own
        f"ON CONFLICT (order_id, line_no) DO UPDATE SET {news}"
    )
    return set_line, f"{set_line} WHERE {differs}"


def _number(connection: Connection, query: str) -> int:
    return connection.exec_driver_sql(query).scalar() or 0


def _pairs(connection: Connection, query: str) -> dict[str, Any]:
    return {row[0]: row[1] for row in connection.exec_driver_sql(query)}


def _parts(items: set[Item]) -> Iterator[list[Item]]:
    source = iter(items)
    while part := list(islice(source, _AT_ONCE)):
        yield part
