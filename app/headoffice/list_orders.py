"""Orders of a list, one line a row: an order comes in whole or not at all, wherever in the file its lines stand.

Head office holds an order as one record that a list replaces. Were a part of it taken, a line that is mended and comes
again would push out those that were good.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from app.headoffice.list_work import AT_ONCE, Line, ListWork, RowRefused
from app.lists.converting import tidy, to_code
from app.lists.csv_rows import BrokenLine, Row
from app.lists.mapping import BoundProfile, is_blank
from app.lists.reasons import Cause, ConversionError, Reason, RefusedRow, RowProblem

if TYPE_CHECKING:
    from app.headoffice.rows import Plain
    from app.lists.readers import Chunk


@dataclass(slots=True)
class _Order:
    """The rows of one order that were read so far."""

    number: str
    lines: list[Line] = field(default_factory=list[Line])
    refused: dict[int, RefusedRow] = field(default_factory=dict[int, RefusedRow])
    """By row number."""
    rows: dict[int, Row] = field(default_factory=dict[int, Row])
    row_of: dict[int, int] = field(default_factory=dict[int, int])
    """The row of each line number."""


def lines_of_orders(bound: BoundProfile, chunks: Iterable["Chunk"]) -> Counter[str]:
    """Return how many rows the file has of each order, so that it is known when an order is complete."""
    place = _place(bound)
    orders = (_number(row, place) for chunk in chunks for row in chunk.rows)
    return Counter(order for order in orders if order)


class Orders:
    """Takes order lines in, each order as soon as its last line was read."""

    def __init__(self, work: ListWork, lines: Counter[str]) -> None:
        self.work = work
        self._left = lines
        self._place = _place(work.bound)
        self._open: dict[str, _Order] = {}
        self._complete: list[_Order] = []

    def take(self, first: int, rows: Sequence[Row]) -> None:
        """Take some rows that follow each other; `first` is the number of the first."""
        for number, row in enumerate(rows, first):
            if not is_blank(row):
                self._read(number, row)
        if len(self._complete) >= AT_ONCE:
            self._write()

    def finish(self) -> None:
        """Write what waits."""
        self._write()

    def _read(self, number: int, row: Row) -> None:
        self.work.outcome.read += 1
        values = self.work.bound.convert(number, row)
        named = _number(row, self._place)
        if not named:
            self.work.refuse(values if isinstance(values, RefusedRow) else self._without_number(number, row))
            return
        order = self._open.setdefault(named, _Order(named))
        order.rows[number] = row
        if isinstance(values, RefusedRow):
            order.refused[number] = values
        else:
            order.lines.append(Line(number, row, values))
        self._left[named] -= 1
        if not self._left[named]:
            self._complete.append(self._open.pop(named))

    def _without_number(self, number: int, row: Row) -> RefusedRow:
        problem = RowProblem(self.work.bound.title_of("order_no"), "", Cause(Reason.EMPTY))
        return RefusedRow(number, (problem,), tuple(row))

    def _write(self) -> None:
        work = self.work
        lines = [line for order in self._complete for line in order.lines]
        shops = work.keys("customer", "cust_code", (line.code("cust_code") for line in lines))
        goods = work.keys("product", "sku_code", (line.code("sku_code") for line in lines))
        work.writer.load(("customer", key) for key in shops.values())
        work.writer.load(("purchase_order", order.number) for order in self._complete)
        for order in self._complete:
            self._one(order, shops, goods)
        work.writer.flush_and_forget()
        self._complete.clear()

    def _one(self, order: _Order, shops: Mapping[str, str], goods: Mapping[str, str]) -> None:
        told: list[tuple[int, list[object]]] = []
        for line in order.lines:
            try:
                told.append(self._line(order, line, shops, goods))
            except RowRefused as refused:
                order.refused[line.number] = RefusedRow(line.number, refused.problems, tuple(line.cells))
        if order.refused:
            self._refuse(order)
            return
        first = order.lines[0].values
        day = first["order_date"]
        plain: Plain = {
            "customer_id": shops[order.lines[0].code("cust_code")],
            "order_date": day.isoformat() if isinstance(day, date) else day,
            "lines": [line for _, line in sorted(told, key=lambda one: one[0])],
        }
        self.work.put("purchase_order", order.number, plain)

    def _line(
        self, order: _Order, line: Line, shops: Mapping[str, str], goods: Mapping[str, str]
    ) -> tuple[int, list[object]]:
        """Return number and content of a line. Raises RowRefused with everything that is wrong with it."""
        work, first = self.work, order.lines[0]
        customer, product = shops.get(line.code("cust_code")), goods.get(line.code("sku_code"))
        problems: list[RowProblem] = []
        if customer is None:
            problems.append(work.problem(line, "cust_code", Reason.UNKNOWN_CUSTOMER))
        if product is None:
            problems.append(work.problem(line, "sku_code", Reason.UNKNOWN_PRODUCT))
        stored = work.writer.entry("purchase_order", order.number)
        if customer is not None and stored is not None and stored.values["customer_id"] != customer:
            problems.append(work.problem(line, "cust_code", Reason.ORDER_OF_ANOTHER))
        if any(line.values[name] != first.values[name] for name in ("cust_code", "order_date")):
            problems.append(work.problem(line, "order_no", Reason.ORDER_DIFFERS, str(first.number)))
        number = int(str(line.values["line_no"]))
        if (before := order.row_of.setdefault(number, line.number)) != line.number:
            problems.append(work.problem(line, "line_no", Reason.ORDER_LINE_TWICE, str(before)))
        if problems:
            raise RowRefused(*problems)
        amounts = (line.values.get(name) for name in ("qty", "amount", "requested", "allowed"))
        return number, [product, *amounts]

    def _refuse(self, order: _Order) -> None:
        """Refuse every line of the order: those that are wrong, and the others because of the first of them."""
        because = Cause(Reason.ORDER_NOT_WHOLE, str(min(order.refused)))
        whole = RowProblem(self.work.bound.title_of("order_no"), order.number, because)
        for number, row in order.rows.items():
            self.work.refuse(order.refused.get(number) or RefusedRow(number, (whole,), tuple(row)))


def _place(bound: BoundProfile) -> int:
    return next(column.places[0] for column in bound.columns if column.spec.name == "order_no")


def _number(row: Row, place: int) -> str:
    """Return the number of a row's order as it is stored; empty where it cannot be read."""
    if isinstance(row, BrokenLine) or place >= len(row):
        return ""
    try:
        return to_code(tidy(row[place]))
    except ConversionError:
        return ""
