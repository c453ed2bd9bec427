"""Order lines, by the million: rows become tuples with remembered conversions, no object per row."""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from operator import itemgetter
from typing import Any, TypeVar

from app.lists.answered import Answered
from app.lists.converting import Value
from app.lists.csv_rows import Row
from app.lists.mapping import BoundProfile, Column, ReadCell, is_blank
from app.lists.reasons import Cause, ConversionError, Reason, RefusedRow, RowProblem

Line = tuple[int, int, int, int, int] | tuple[int, int, int, int, int, int | None, int | None]
"""order_id, line_no, product_no, qty, amount; and requested, allowed where the file has one of them.

The driver takes four times as long for a row with an empty value, and most files have neither column.
"""
_REMEMBERED = 200_000
_FLAGGED_LINES = 4000  # line numbers below are kept as bits of one number, the few above are looked up
_NEEDED = ("order_no", "line_no", "order_date", "cust_code", "sku_code", "qty", "amount")
_OPTIONAL = ("requested", "allowed")
Found = TypeVar("Found")


class Remembered(dict[str, Any]):
    """Converts each text once; a text that cannot be converted raises each time."""

    def __init__(self, read: ReadCell) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, text: str) -> Value:
        value = self._read(text)
        if len(self) >= _REMEMBERED:
            self.clear()
        self[text] = value
        return value


class Order:
    """One order of the file while its lines come in."""

    __slots__ = ("customer", "day", "id", "lines", "moved", "new", "number", "row_numbers", "taken")

    def __init__(self, number: str, order_id: int, customer: str, day: str, *, new: bool) -> None:
        self.number = number
        self.id = order_id
        self.customer = customer
        self.day = day
        self.new = new
        self.moved = False
        self.taken = 0
        self.lines = array("I")
        self.row_numbers = array("I")

    def row_of(self, line: int) -> int:
        """Return the row from which that line was taken, 0 if it was not."""
        return self.row_numbers[self.lines.index(line)] if line in self.lines else 0


class Batch:
    """What became of some rows."""

    __slots__ = ("blank", "lines", "moved_lines", "refused")

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.moved_lines: list[Line] = []
        """Lines of stored orders that now have another customer or day."""
        self.refused: list[RefusedRow] = []
        self.blank = 0


class OrderLines:
    """Turns the rows of an order file into lines for the store, and says what is refused and why."""

    def __init__(
        self,
        bound: BoundProfile,
        customers: Mapping[str, str],
        products: Mapping[str, int],
        first_new_id: int,
    ) -> None:
        self.bound = bound.followed_by(
            {
                "order_date": lambda day: day.isoformat() if isinstance(day, date) else None,
                "cust_code": lambda code: _found(customers, code, Reason.UNKNOWN_CUSTOMER),
                "sku_code": lambda code: _found(products, code, Reason.UNKNOWN_PRODUCT),
            }
        )
        self._answered = Answered(bound)
        self.new_orders: list[Order] = []
        self.moved_orders: list[tuple[Order, str, str]] = []
        """Orders whose customer or day is now another, with the old ones."""
        self.next_id = first_new_id
        self._moved_told = 0
        self._orders: dict[str, Order] = {}  # by the text of the file; other spellings lead to the same object
        self._by_number: dict[str, Order] = {}
        columns = {column.spec.name: column for column in self.bound.columns}
        self._order_column = columns["order_no"]
        self._line_title = columns["line_no"].heading
        self.has_limits = any(name in columns for name in _OPTIONAL)
        simple = all(column.read_cell is not None for column in columns.values())
        is_plain = simple and not self._answered.is_way_back
        self._pick = itemgetter(*(columns[name].places[0] for name in _NEEDED)) if is_plain else None
        self._places = [columns[name].places[0] if simple and name in columns else -1 for name in _OPTIONAL]
        self._read = [_remembered(columns[name]) for name in _NEEDED]
        self._read_optional = [_remembered(columns.get(name)) for name in _OPTIONAL]

    def unknown_numbers(self, rows: Iterable[Row]) -> set[str]:
        """Return the order numbers that these rows are the first to name, in the form they are stored in."""
        place, width = self._order_column.places[0], len(self.bound.header)
        numbers: set[str] = set()
        for text in {row[place] for row in rows if len(row) >= width}:
            if text in self._orders:
                continue
            try:
                number = self._read[0][text]
            except ConversionError:
                continue
            if number not in self._by_number:
                numbers.add(number)
        return numbers

    def add_stored(self, order_id: int, number: str, customer: str, day: str) -> None:
        """Tell of an order that the store has already."""
        self._by_number[number] = Order(number, order_id, customer, day, new=False)

    def opened(self) -> Iterator[Order]:
        """Return the orders of which the file has lines."""
        return (order for order in self._by_number.values() if order.lines)

    def take_moved(self) -> list[Order]:
        """Return the orders that moved since this was last asked."""
        fresh = [order for order, _, _ in self.moved_orders[self._moved_told :]]
        self._moved_told = len(self.moved_orders)
        return fresh

    def convert(self, first: int, rows: Sequence[Row]) -> Batch:
        """Take the rows in; what is the same in nearly all rows is decided here, the rest in `_take_unusual`."""
        batch = Batch()
        if self._pick is None:
            for number, row in enumerate(rows, first):
                self._take_unusual(number, row, batch)
            return batch
        width, pick, add = len(self.bound.header), self._pick, batch.lines.append
        _, line_nos, days, customers, products, counts, amounts = self._read
        (requests, limits), (request_place, limit_place) = self._read_optional, self._places
        has_limits = self.has_limits
        for number, row in enumerate(rows, first):
            if len(row) != width:
                self._take_unusual(number, row, batch)
                continue
            order_text, line_text, day_text, customer_text, product_text, count_text, amount_text = pick(row)
            try:
                line = line_nos[line_text]
                day = days[day_text]
                customer = customers[customer_text]
                product = products[product_text]
                count = counts[count_text]
                amount = amounts[amount_text]
                requested = limit = None
                if has_limits:
                    requested = requests[row[request_place]] if request_place >= 0 else None
                    limit = limits[row[limit_place]] if limit_place >= 0 else None
                order = self._orders.get(order_text) or self._open(order_text, customer, day)
            except ConversionError:
                self._take_unusual(number, row, batch)
                continue
            if (
                customer != order.customer
                or day != order.day
                or order.moved
                or line >= _FLAGGED_LINES
                or order.taken >> line & 1
            ):
                self._take_unusual(number, row, batch)
                continue
            order.taken |= 1 << line
            order.lines.append(line)
            order.row_numbers.append(number)
            if has_limits:
                add((order.id, line, product, count, amount, requested, limit))
            else:
                add((order.id, line, product, count, amount))
        return batch

    def _take_unusual(self, number: int, row: Row, batch: Batch) -> None:
        """Take one row the slow way, which finds everything that is wrong with it."""
        if is_blank(row):
            batch.blank += 1
            return
        values: Any = self.bound.convert(number, row)
        if isinstance(values, RefusedRow):
            batch.refused.append(values)
            return
        key = f"{values['order_no']} / {values['line_no']}"
        if answered := self._answered.problem(row, self._line_title, key):
            batch.refused.append(RefusedRow(number, (answered,), tuple(row)))
            return
        text = row[self._order_column.places[0]]
        order = self._orders.get(text) or self._open(text, values["cust_code"], values["order_date"])
        line = values["line_no"]
        problem = self._clash(order, line, values)
        if problem is not None:
            batch.refused.append(RefusedRow(number, (problem,), tuple(row)))
            return
        if line < _FLAGGED_LINES:
            order.taken |= 1 << line
        order.lines.append(line)
        order.row_numbers.append(number)
        taken: Line = (order.id, line, values["sku_code"], values["qty"], values["amount"])
        if self.has_limits:
            taken = (*taken, values.get("requested"), values.get("allowed"))
        (batch.moved_lines if order.moved else batch.lines).append(taken)

    def _open(self, text: str, customer: str, day: str) -> Order:
        """Return the order of a number that this text names for the first time; its first line says whose it is."""
        number = self._read[0][text]
        order = self._by_number.get(number)
        if order is None:
            order = Order(number, self.next_id, customer, day, new=True)
            self.next_id += 1
            self._by_number[number] = order
            self.new_orders.append(order)
        elif not order.lines and (order.customer, order.day) != (customer, day):
            self.moved_orders.append((order, order.customer, order.day))
            order.customer, order.day, order.moved = customer, day, True
        self._orders[text] = order
        return order

    def _clash(self, order: Order, line: int, values: Mapping[str, Value]) -> RowProblem | None:
        """Return what is wrong with the row beside the rows before it."""
        if (values["cust_code"], values["order_date"]) != (order.customer, order.day):
            cause = Cause(Reason.ORDER_DIFFERS, str(order.row_numbers[0]))
            return RowProblem(self._order_column.heading, order.number, cause)
        if first := order.row_of(line):
            return RowProblem(self._line_title, f"{order.number} / {line}", Cause(Reason.DUPLICATE, str(first)))
        return None


def _remembered(column: Column | None) -> Remembered:
    return Remembered(column.read_cell if column is not None and column.read_cell is not None else str)


def _found(known: Mapping[str, Found], code: Value, otherwise: Reason) -> Found:
    found = known.get(code) if isinstance(code, str) else None
    if found is None:
        raise ConversionError(otherwise)
    return found
