"""Brings in the company's customers, products, orders, allowances and tasks from rows of texts by our field names.

Everything goes through the SyncWriter: what has not changed is not written, what has is delivered to the laptops.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import select
from sqlalchemy.orm import Session
from typing_extensions import override

from app.headoffice.models import TABLES, Manager
from app.headoffice.problems import Malformed, NotFound
from app.headoffice.registry import shapes
from app.headoffice.rows import Plain, among
from app.headoffice.writer import SyncWriter
from app.runtime.ids import new_id

Texts = Mapping[str, str]
_PIECE = 2_000
_MOST_PROBLEMS = 1_000
_YES = {"1": True, "true": True, "yes": True, "是": True, "y": True}
_NO = {"0": False, "false": False, "no": False, "否": False, "n": False}


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A row that was not taken in; `row` counts from 1."""

    row: int
    reason: str

    @override
    def __str__(self) -> str:
        return f"{self.row}: {self.reason}"


@dataclass(slots=True)
class ImportResult:
    """What came of an import."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    problems: list[RowProblem] = field(default_factory=list[RowProblem])
    """The first thousand."""
    refused: int = 0

    def refuse(self, row: int, reason: str) -> None:
        """Count a row that was not taken in."""
        self.refused += 1
        if len(self.problems) < _MOST_PROBLEMS:
            self.problems.append(RowProblem(row, reason))


def customers(session: Session, rows: Iterable[Texts], now: datetime, by: str = "office") -> ImportResult:
    """Bring in customers by `cust_code`; `territory` says where a new one belongs, and moves a known one."""
    work = _Import(session, now, by)
    for piece in work.pieces(rows):
        keys = work.keys("customer", "cust_code", piece)
        work.writer.load(("customer", key) for key in keys.values())
        for no, row in piece:
            work.guarded(no, lambda row=row, keys=keys: _customer(work, row, keys))
    return work.result


def _customer(work: "_Import", row: Texts, keys: dict[str, str]) -> None:
    code, territory = _given(row, "cust_code"), row.get("territory")
    known = keys.get(code)
    if known is None and not territory:
        raise Malformed("territory")
    key = keys[code] = known or str(new_id())
    values = _typed("customer", {name: text for name, text in row.items() if name != "territory"})
    written = work.put("customer", key, values, scope=f"terr:{territory}")
    entry = work.writer.entry("customer", key)
    if territory and entry is not None and entry.scope != f"terr:{territory}":
        work.writer.move("customer", key, f"terr:{territory}")
        if not written:
            work.result.unchanged -= 1
            work.result.changed += 1


def products(session: Session, rows: Iterable[Texts], now: datetime, by: str = "office") -> ImportResult:
    """Bring in products by `sku_code`."""
    work = _Import(session, now, by)
    for piece in work.pieces(rows):
        keys = work.keys("product", "sku_code", piece)
        work.writer.load(("product", key) for key in keys.values())
        for no, row in piece:
            work.guarded(no, lambda row=row, keys=keys: _product(work, row, keys))
    return work.result


def _product(work: "_Import", row: Texts, keys: dict[str, str]) -> None:
    key = keys.setdefault(_given(row, "sku_code"), str(new_id()))
    work.put("product", key, _typed("product", row))


def orders(session: Session, rows: Iterable[Texts], now: datetime, by: str = "office") -> ImportResult:
    """Bring in order lines, one a row, the lines of an order together; an order that comes again is replaced."""
    work = _Import(session, now, by)
    for piece in _together(rows):
        numbered = [one for lines in piece.values() for one in lines]
        shops = work.keys("customer", "cust_code", numbered)
        goods = work.keys("product", "sku_code", numbered)
        work.writer.load(("customer", key) for key in shops.values())
        work.writer.load(("purchase_order", order) for order in piece)
        for order, lines in piece.items():
            work.guarded(lines[0][0], lambda o=order, x=lines, s=shops, g=goods: _order(work, o, x, s, g))
        work.writer.flush_and_forget()
    return work.result


def _together(rows: Iterable[Texts]) -> Iterator[dict[str, list[tuple[int, Texts]]]]:
    """Yield some orders at a time, each with all its lines as long as they follow one another."""
    piece: dict[str, list[tuple[int, Texts]]] = {}
    last = None
    for no, row in enumerate(rows, 1):
        order = row.get("order_no", "")
        if order != last and len(piece) >= _PIECE:
            yield piece
            piece = {}
        piece.setdefault(order, []).append((no, row))
        last = order
    if piece:
        yield piece


def _order(
    work: "_Import", order: str, lines: Sequence[tuple[int, Texts]], shops: Texts, goods: Texts
) -> None:  # fmt: skip
    first = lines[0][1]
    if not order:
        raise Malformed("order_no")
    told: list[list[Any]] = []
    for _, row in sorted(lines, key=lambda one: _whole(one[1].get("line_no") or str(one[0]))):
        amounts = [_whole(row["qty"]) if "qty" in row else 0, _whole(row.get("amount", "0"))]
        limits = [_whole(row[name]) if row.get(name) else None for name in ("requested", "allowed")]
        told.append([_known(goods, row, "sku_code"), *amounts, *limits])
    day = _given(first, "order_date")
    work.put("purchase_order", order, {
        "customer_id": _known(shops, first, "cust_code"), "order_date": day, "lines": told,
    })  # fmt: skip


def allocations(session: Session, rows: Iterable[Texts], now: datetime, by: str = "office") -> ImportResult:
    """Bring in what a customer may order of a product in a period, by customer, product and first day."""
    work = _Import(session, now, by)
    for piece in work.pieces(rows):
        shops, goods = work.keys("customer", "cust_code", piece), work.keys("product", "sku_code", piece)
        work.writer.load(("customer", key) for key in shops.values())
        for no, row in piece:
            work.guarded(no, lambda row=row, s=shops, g=goods: _allocation(work, row, s, g))
    return work.result


def _allocation(work: "_Import", row: Texts, shops: Texts, goods: Texts) -> None:
    values = _typed("allocation", {n: t for n, t in row.items() if n not in {"cust_code", "sku_code"}})
    customer, product = _known(shops, row, "cust_code"), _known(goods, row, "sku_code")
    # The key follows from what makes an allowance one: a list that comes twice finds its own rows.
    key = str(uuid5(NAMESPACE_URL, f"allocation/{customer}/{product}/{values.get('valid_from')}"))
    work.put("allocation", key, values | {"customer_id": customer, "product_id": product})


def tasks(session: Session, rows: Iterable[Texts], now: datetime, by: str = "office") -> ImportResult:
    """Bring in tasks for managers; one with the same manager, shop, title and day is the same task."""
    work = _Import(session, now, by)
    managers = set(session.scalars(select(Manager.code)))
    for piece in work.pieces(rows):
        shops = work.keys("customer", "cust_code", piece)
        for no, row in piece:
            work.guarded(no, lambda row=row, s=shops: _task(work, row, s, managers))
    return work.result


def _task(work: "_Import", row: Texts, shops: Texts, managers: set[str]) -> None:
    values = _typed("task", {name: text for name, text in row.items() if name != "cust_code"})
    if values.get("manager") not in managers:
        raise NotFound("manager")
    values["customer_id"] = _known(shops, row, "cust_code") if row.get("cust_code") else None
    key = task_key(values)
    if work.writer.entry("task", key) is None:
        values = {"assigned_by": work.writer.writer, "assigned_at": work.now.isoformat(), "state": "assigned"} | values
    work.put("task", key, values)


def task_key(values: Mapping[str, object]) -> str:
    """Return the key of a task: the same manager, shop, title and day are the same task."""
    named = "/".join(str(values.get(name)) for name in ("manager", "customer_id", "title", "due_on"))
    return str(uuid5(NAMESPACE_URL, f"task/{named}"))


class _Import:
    """One import: its writer, what it counted, and how it finds what the rows name."""

    def __init__(self, session: Session, now: datetime, by: str) -> None:
        self.session = session
        self.now = now.astimezone(UTC)
        self.writer = SyncWriter(session, now, by)
        self.result = ImportResult()

    def pieces(self, rows: Iterable[Texts]) -> Iterator[list[tuple[int, Texts]]]:
        """Yield some rows at a time, with their numbers; each piece is written before the next is read."""
        numbered = enumerate(rows, 1)
        while piece := list(islice(numbered, _PIECE)):
            yield piece
            self.writer.flush_and_forget()

    def keys(self, table: str, column: str, piece: Iterable[tuple[int, Texts]]) -> dict[str, str]:
        """Return the keys of the rows that these rows name by their codes."""
        codes = sorted({row[column] for _, row in piece if row.get(column)})
        own = TABLES[table].c[column]
        asked = select(own, TABLES[table].c.id).where(among(self.session, own, codes))
        return {code: str(key) for code, key in self.session.execute(asked)}

    def put(self, table: str, key: str, values: Plain, scope: str | None = None) -> bool:
        """Write a row and count what came of it; return whether anything of it is new."""
        before = self.writer.entry(table, key)
        was = 0 if before is None else before.version
        version = self.writer.put(table, key, values, scope=scope)
        if was == 0:
            self.result.added += 1
        elif version > was:
            self.result.changed += 1
        else:
            self.result.unchanged += 1
        return version > was

    def guarded(self, no: int, work: Callable[[], None]) -> None:
        """Take a row in, or say why not."""
        try:
            work()
        except (Malformed, NotFound, ValueError) as problem:
            self.result.refuse(no, str(problem)[:200])


def _given(row: Texts, name: str) -> str:
    if not row.get(name):
        raise Malformed(name)
    return row[name]


def _known(keys: Texts, row: Texts, name: str) -> str:
    code = _given(row, name)
    if code not in keys:
        raise NotFound(f"{name} {code}")
    return keys[code]


def _whole(text: str) -> int:
    number = float(text)
    if number != int(number):
        raise Malformed(f"{text} is not whole")
    return int(number)


def _typed(table: str, row: Texts) -> Plain:
    """Make texts what the columns take: a list is written with semicolons, yes and no in either language."""
    shape = shapes()[table]
    values: Plain = {}
    for name, text in row.items():
        if name not in shape.columns:
            continue
        kind = shape.table.c[name].type.python_type
        if text == "":
            values[name] = None
        elif kind is bool:
            word = text.strip().lower()
            values[name] = _YES.get(word, _NO.get(word, text))
        elif kind is int:
            values[name] = _whole(text)
        elif kind is float:
            values[name] = float(text)
        elif kind is object:
            values[name] = [one.strip() for one in text.replace("；", ";").split(";") if one.strip()]
        else:
            values[name] = text
    return values
