"""Customers, products, allowances and tasks of a list, one a row."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, time
from typing import Any, ClassVar
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import Session
from typing_extensions import override

from app.headoffice.list_work import AT_ONCE, Line, ListWork, RowRefused
from app.headoffice.models import TABLES, Manager, Replica, SyncGrant, SyncRow
from app.headoffice.registry import shapes
from app.headoffice.rows import Plain, among
from app.headoffice.task_keys import task_key
from app.headoffice.task_moving import take_along
from app.headoffice.writer import WHOLE_ROW, Entry
from app.lists.answered import Answered
from app.lists.csv_rows import Row
from app.lists.mapping import is_blank
from app.lists.reasons import Cause, Reason, RefusedRow, RowProblem
from app.lists.targets import TERRITORY
from app.runtime.ids import new_id

Near = Callable[[Any], ColumnElement[bool]]
"""The condition that the manager with the code in a column may be given something here."""
_GIVEN_AT = time(9)
"""The hour of a task whose list names only the day on which it was given."""


class RowTaker:
    """Takes rows in: reads them, refuses what comes twice, writes the rest some at a time."""

    key: ClassVar[tuple[str, ...]]
    """The fields by which a row is the same as another one."""

    def __init__(self, work: ListWork) -> None:
        self.work = work
        self._answered = Answered(work.bound)
        self._first_rows: dict[str, int] = {}
        self._waiting: list[Line] = []

    def take(self, first: int, rows: Sequence[Row]) -> None:
        """Take some rows that follow each other; `first` is the number of the first."""
        for number, row in enumerate(rows, first):
            if not is_blank(row):
                self._read(number, row)
        if len(self._waiting) >= AT_ONCE:
            self.finish()

    def finish(self) -> None:
        """Write what waits."""
        self.write(self._waiting)
        self.work.writer.flush_and_forget()
        self._waiting.clear()

    def write(self, lines: Sequence[Line]) -> None:
        """Write these rows, which are all different."""
        raise NotImplementedError

    def _read(self, number: int, row: Row) -> None:
        self.work.outcome.read += 1
        values = self.work.bound.convert(number, row)
        if isinstance(values, RefusedRow):
            self.work.refuse(values)
            return
        line = Line(number, row, values)
        if problem := self._duplicate(line):
            self.work.refuse(RefusedRow(number, (problem,), tuple(row)))
        else:
            self._waiting.append(line)

    def _duplicate(self, line: Line) -> RowProblem | None:
        named = " / ".join(str(line.values[name]) for name in self.key if line.values.get(name) is not None)
        title = self.work.bound.title_of(self.key[0])
        if told := self._answered.problem(line.cells, title, named):
            return told
        first = self._first_rows.setdefault(named, line.number)
        return None if first == line.number else RowProblem(title, named, Cause(Reason.DUPLICATE, str(first)))


class Customers(RowTaker):
    """Customers by their code; a new one needs a territory, a known one moves if the list names another."""

    key = ("cust_code",)

    def __init__(self, work: ListWork, territory: str | None, of_head_office: frozenset[str]) -> None:
        super().__init__(work)
        self._territory = territory
        self._of_head_office = of_head_office
        self.scopes: set[str] = set()
        """Where the customers of the list belong."""

    @override
    def write(self, lines: Sequence[Line]) -> None:
        work = self.work
        keys = work.keys("customer", "cust_code", (line.code("cust_code") for line in lines))
        work.writer.load(("customer", key) for key in keys.values())
        entries = {code: work.writer.entry("customer", key) for code, key in keys.items()}
        laptops = _laptops(work.session, entries.values())
        moved: dict[str, list[str]] = {}
        for line in lines:
            with work.guarded(line):
                self._one(line, entries.get(line.code("cust_code")), laptops, moved)
        for territory, shops in sorted(moved.items()):
            take_along(work.writer, shops, territory, work.name)

    def _one(
        self, line: Line, known: Entry | None, laptops: frozenset[str], moved: dict[str, list[str]]
    ) -> None:  # fmt: skip
        work = self.work
        plain = work.storable("customer", line, (name for name in line.values if name != TERRITORY))
        named = line.code(TERRITORY) or self._territory
        if known is None:
            scope = f"terr:{named or self._by_sales_line(line)}"
            work.put("customer", str(new_id()), plain, scope=scope)
            self.scopes.add(scope)
            return
        written = work.put("customer", known.key, self._without_entered(plain, known, laptops))
        if named and known.scope != f"terr:{named}":
            work.writer.move("customer", known.key, f"terr:{named}")
            moved.setdefault(named, []).append(known.key)
            work.outcome.moved += 1
            if not written:
                work.outcome.unchanged -= 1
                work.outcome.changed += 1
        self.scopes.add(known.scope)

    def _by_sales_line(self, line: Line) -> str:
        if not line.code("sales_line"):
            raise RowRefused(self.work.problem(line, "cust_code", Reason.NO_TERRITORY))
        return line.code("sales_line")

    def _without_entered(self, plain: Plain, known: Entry, laptops: frozenset[str]) -> Plain:
        """Leave out what a manager entered on a laptop, where head office is not the one that owns the field."""
        news: Plain = {}
        for name, value in plain.items():
            entered = name in known.fields and known.fields[name][2] in laptops
            if entered and name not in self._of_head_office and known.values.get(name) != value:
                self.work.outcome.kept += 1
            else:
                news[name] = value
        return news


def _laptops(session: Session, entries: Iterable[Entry | None]) -> frozenset[str]:
    """Return which of the hands that wrote fields of these rows were laptops."""
    hands = {
        told[2] for entry in entries if entry is not None for name, told in entry.fields.items() if name != WHOLE_ROW
    }
    own = Replica.__table__.c.id
    return frozenset(session.scalars(select(own).where(among(session, own, sorted(hands))))) if hands else frozenset()


class Products(RowTaker):
    """Products by their code."""

    key = ("sku_code",)

    @override
    def write(self, lines: Sequence[Line]) -> None:
        work = self.work
        keys = work.keys("product", "sku_code", (line.code("sku_code") for line in lines))
        work.writer.load(("product", key) for key in keys.values())
        for line in lines:
            with work.guarded(line):
                key = keys.get(line.code("sku_code")) or str(new_id())
                work.put("product", key, work.storable("product", line, line.values))


class Allocations(RowTaker):
    """What a customer may order of a product in a period; the first day tells one period from another."""

    key = ("cust_code", "sku_code", "valid_from")

    @override
    def write(self, lines: Sequence[Line]) -> None:
        work = self.work
        shops = work.keys("customer", "cust_code", (line.code("cust_code") for line in lines))
        goods = work.keys("product", "sku_code", (line.code("sku_code") for line in lines))
        work.writer.load(("customer", key) for key in shops.values())
        for line in lines:
            with work.guarded(line):
                self._one(line, shops, goods)

    def _one(self, line: Line, shops: Mapping[str, str], goods: Mapping[str, str]) -> None:
        work = self.work
        customer = work.known(line, "cust_code", shops, Reason.UNKNOWN_CUSTOMER)
        product = work.known(line, "sku_code", goods, Reason.UNKNOWN_PRODUCT)
        plain = work.storable("allocation", line, ("valid_from", "valid_to", "allowed"))
        first = plain["valid_from"]
        if plain["valid_to"] < first:
            raise RowRefused(work.problem(line, "valid_to", Reason.ENDS_BEFORE_IT_BEGINS, first))
        # The key follows from what makes an allowance one: a list that comes twice finds its own rows.
        key = str(uuid5(NAMESPACE_URL, f"allocation/{customer}/{product}/{first}"))
        work.put("allocation", key, plain | {"customer_id": customer, "product_id": product})


class Tasks(RowTaker):
    """Tasks for managers; one that names only a customer is for whoever has that customer."""

    key = ("title", "manager", "cust_code", "due_on")

    @override
    def write(self, lines: Sequence[Line]) -> None:
        work = self.work
        shops = work.keys("customer", "cust_code", (line.code("cust_code") for line in lines))
        managers = known_managers(work.session, {line.code("manager") for line in lines})
        holders = _holders(work.session, shops.values())
        for line in lines:
            with work.guarded(line):
                self._one(line, shops, managers, holders)

    def _one(self, line: Line, shops: Mapping[str, str], managers: set[str], holders: Mapping[str, list[str]]) -> None:
        work = self.work
        customer = (
            work.known(line, "cust_code", shops, Reason.UNKNOWN_CUSTOMER) if line.code("cust_code") else None
        )  # fmt: skip
        manager = line.code("manager")
        if manager and manager not in managers:
            raise RowRefused(work.problem(line, "manager", Reason.UNKNOWN_MANAGER))
        fields = shapes()["task"].columns
        plain = work.storable("task", line, (name for name in line.values if name in fields and name != "manager"))
        plain |= {"manager": manager or self._holder(line, customer, holders), "customer_id": customer}
        key = task_key(plain)
        if work.writer.entry("task", key) is None:
            plain = {"state": "assigned"} | plain | self._given(line)
        else:
            # Whoever has it now, since its shop moved, keeps it.
            plain = {name: value for name, value in plain.items() if name not in {"assigned_by", "manager"}}
        work.put("task", key, plain)

    def _given(self, line: Line) -> Plain:
        """Return who gave a new task and when, as the list says it, else as of this import."""
        day = line.values.get("assigned_on")
        at = datetime.combine(datetime.fromisoformat(str(day)), _GIVEN_AT).astimezone() if day else self.work.now
        values = {"assigned_by": line.code("assigned_by") or self.work.name, "assigned_at": at.isoformat()}
        return {name: shapes()["task"].normals[name](value) for name, value in values.items()}

    def _holder(self, line: Line, customer: str | None, holders: Mapping[str, list[str]]) -> str:
        if customer is None:
            raise RowRefused(self.work.problem(line, "manager", Reason.TASK_FOR_NOBODY))
        found = holders.get(customer, [])
        if not found:
            raise RowRefused(self.work.problem(line, "cust_code", Reason.NOBODY_HOLDS))
        if len(found) > 1:
            raise RowRefused(self.work.problem(line, "cust_code", Reason.SEVERAL_HOLD, ", ".join(found)))
        return found[0]


def anybody(_code: Any) -> ColumnElement[bool]:
    """Return the condition that holds for every manager."""
    return true()


def known_managers(session: Session, codes: set[str], near: Near = anybody) -> set[str]:
    """Return which of these codes are those of managers."""
    own = Manager.__table__.c.code
    return set(session.scalars(select(own).where(among(session, own, sorted(codes)), near(own))))


def _holders(session: Session, customers: Iterable[str]) -> dict[str, list[str]]:
    """Return the managers of these customers: of several with the right, the one whom the customer's record names."""
    places = select(SyncRow.pk, SyncGrant.manager).join(SyncGrant, SyncGrant.scope == SyncRow.scope)
    own, keys = SyncRow.__table__.c.pk, sorted(customers)
    asked = places.where(SyncRow.tbl == "customer", among(session, own, keys), SyncGrant.until.is_(None))
    found: dict[str, list[str]] = {}
    for key, manager in session.execute(asked.order_by(SyncGrant.manager)):
        found.setdefault(key, []).append(manager)
    table = TABLES["customer"]
    shared = [key for key, managers in found.items() if len(managers) > 1]
    for key, manager in session.execute(
        select(table.c.id, table.c.manager_id).where(among(session, table.c.id, [UUID(key) for key in shared]))
    ):
        if manager in found[str(key)]:
            found[str(key)] = [manager]
    return found
