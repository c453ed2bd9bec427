"""Writes imported customers and products: a record is found by its code, and only what differs is changed."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.lists.answered import Answered
from app.lists.converting import Value
from app.lists.csv_rows import Row
from app.lists.mapping import BoundProfile, is_blank
from app.lists.reasons import Cause, Reason, RefusedRow, RowProblem
from app.lists.targets import KEYS, Target
from app.models.customer import Customer, CustomerChange
from app.models.trade import Product
from app.runtime.ids import new_id
from app.services.imports.tally import Tally
from app.services.search_index import CUSTOMER_FIELDS, reindex_customers, reindex_products

SOURCE = "registration"
"""Where imported values come from, in the record of changes (注册)."""
_AT_ONCE = 500
Record = Customer | Product


class ArchiveImport:
    """Takes rows of customers or products in; the transaction is the caller's."""

    def __init__(self, session: Session, bound: BoundProfile, tally: Tally, head_office_fields: frozenset[str]) -> None:
        self._session = session
        self._bound = bound
        self._tally = tally
        self._target = bound.profile.target
        self._key = KEYS[self._target]
        self._head_office_fields = head_office_fields
        self._answered = Answered(bound)
        self._first_rows: dict[str, int] = {}
        self._to_index: list[UUID] = []
        self._last_no = session.scalar(select(func.max(Product.no))) or 0

    def take(self, first: int, rows: Sequence[Row]) -> None:
        """Take some rows that follow each other."""
        good: dict[str, dict[str, Value]] = {}
        for number, row in enumerate(rows, first):
            if is_blank(row):
                continue
            self._tally.read += 1
            values = self._bound.convert(number, row)
            refused = values if isinstance(values, RefusedRow) else self._duplicate(number, row, values)
            if refused is not None:
                self._tally.refuse(refused)
            elif not isinstance(values, RefusedRow):
                good[str(values[self._key])] = values
        for codes in _parts(list(good)):
            self._write({code: good[code] for code in codes})

    def finish(self) -> None:
        """Bring the search index up to date."""
        if not self._to_index:
            return
        reindex = reindex_customers if self._target is Target.CUSTOMERS else reindex_products
        model = Customer if self._target is Target.CUSTOMERS else Product
        total = self._session.scalar(select(func.count()).select_from(model)) or 0
        reindex(self._session, None if len(self._to_index) * 2 > total else self._to_index)

    def _duplicate(self, number: int, row: Row, values: dict[str, Value]) -> RefusedRow | None:
        code = str(values[self._key])
        title = next(column.heading for column in self._bound.columns if column.spec.name == self._key)
        problem = self._answered.problem(row, title, code)
        if problem is None:
            first = self._first_rows.setdefault(code, number)
            if first == number:
                return None
            problem = RowProblem(title, code, Cause(Reason.DUPLICATE, str(first)))
        return RefusedRow(number, (problem,), tuple(row))

    def _write(self, rows: dict[str, dict[str, Value]]) -> None:
        records = self._stored(rows)
        mine = self._entered_by_manager([record.id for record in records.values()])
        for code, values in rows.items():
            record = records.get(code)
            if record is None:
                self._add(values)
            else:
                self._update(record, values, mine)
        self._session.flush()
        self._session.expunge_all()

    def _stored(self, codes: Iterable[str]) -> dict[str, Record]:
        model = Customer if self._target is Target.CUSTOMERS else Product
        column = getattr(model, self._key)
        found: Iterable[Record] = self._session.scalars(select(model).where(column.in_(list(codes))))
        return {getattr(record, self._key): record for record in found}

    def _entered_by_manager(self, ids: Sequence[UUID]) -> set[tuple[UUID, str]]:
        """Return the fields whose value the manager has entered here and head office does not own."""
        if self._target is not Target.CUSTOMERS or not ids:
            return set()
        query = (
            select(CustomerChange.customer_id, CustomerChange.field)
            .where(CustomerChange.customer_id.in_(ids), CustomerChange.source != SOURCE)
            .distinct()
        )
        return {(row, field) for row, field in self._session.execute(query) if field not in self._head_office_fields}

    def _add(self, values: dict[str, Any]) -> None:
        if self._target is Target.CUSTOMERS:
            record: Record = Customer(id=new_id(), **values)
        else:
            self._last_no += 1
            record = Product(id=new_id(), no=self._last_no, **values)
        self._session.add(record)
        self._tally.added += 1
        self._to_index.append(record.id)

    def _update(self, record: Record, values: dict[str, Value], mine: set[tuple[UUID, str]]) -> None:
        changed: set[str] = set()
        for name, value in values.items():
            if getattr(record, name) == value:
                continue
            if (record.id, name) in mine:
                self._tally.kept += 1
                continue
            setattr(record, name, value)
            changed.add(name)
        if changed:
            self._tally.changed += 1
            if self._target is Target.PRODUCTS or changed & CUSTOMER_FIELDS:
                self._to_index.append(record.id)


def _parts(codes: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(codes), _AT_ONCE):
        yield codes[start : start + _AT_ONCE]
