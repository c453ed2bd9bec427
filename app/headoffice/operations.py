"""Decides one operation against the locked rows and writes what follows from it (spec, 5); knows no requests."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import ColumnElement, bindparam, exists, select
from sqlalchemy.orm import Session

from app.headoffice import conflicts, corrections
from app.headoffice.fields import KEY
from app.headoffice.models import SyncExit, SyncGrant, SyncOperation
from app.headoffice.newcomers import read_together
from app.headoffice.problems import Malformed
from app.headoffice.registry import rules, shapes
from app.headoffice.rows import Plain, among_listed, listed
from app.headoffice.writer import ROW, WHOLE_ROW, Entry, Key, SyncWriter, normal
from app.sync.core.deciding import Decision, Operation, RowState, Status, Surroundings, decide
from app.sync.core.registry import SCHEMA, Home, Kind, TableRule
from app.sync.protocol import OperationMessage

_NOT_VALUES = frozenset({"deleted_at", "changed_at", "revision", "id"})
CLOSED_SHOP = "customer_deleted"
"""Why a new visit is shown to the office: head office had deleted the shop before the visit came."""
_GRANTED = SyncGrant.__table__
_GRANTS = select(_GRANTED.c.scope, _GRANTED.c.until).where(_GRANTED.c.manager == bindparam("manager"))
_KINDS = frozenset({"insert", "patch", "delete", "undelete", "command"})


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of an operation; `waits` is the row that a parked one waits for.

    `review` says why a person of the office should look at one that was taken in.
    """

    status: Status
    version: int | None = None
    reason: str = ""
    conflicts: tuple[str, ...] = ()
    waits: Key | None = None
    review: str = ""


class Judge:
    """Decides the operations of one manager in one transaction."""

    def __init__(self, session: Session, writer: SyncWriter, manager: str, now: datetime) -> None:
        self._session = session
        self._writer = writer
        self._manager = manager
        self._now = now
        grants = session.execute(_GRANTS, {"manager": manager}).all()
        self.granted = {row.scope for row in grants if row.until is None}
        self._ever = {row.scope for row in grants}
        self._catalogue: dict[str, bool] = {}
        self._read: dict[str, Plain] = {}
        self._taken_as_new: dict[str, bool] = {}

    def prepare(self, operations: Sequence[OperationMessage]) -> None:
        """Lock and load all that these operations touch, in the one order; the catalogue is looked at, not locked."""
        by_table: dict[str, list[OperationMessage]] = {}
        for op in operations:
            by_table.setdefault(op.table, []).append(op)
        touched: dict[str, set[str]] = {}
        products: set[str] = set()
        for table, some in by_table.items():
            if (rule := rules().get(table)) is None:
                continue
            written = [op for op in some if KEY.fullmatch(op.key)]
            touched.setdefault(table, set()).update([op.key for op in written])
            for parent in rule.parents:
                named = {key for op in written if isinstance(key := op.set.get(parent.column), str)}
                keys = products if parent.table == "product" else touched.setdefault(parent.table, set())
                keys.update(filter(KEY.fullmatch, named))
        there, absent = self._there(touched)
        self._writer.load(there, absent=absent)
        self._look_up(products)
        self._read = read_together(by_table, _NOT_VALUES)

    def _there(self, touched: Mapping[str, AbstractSet[str]]) -> tuple[set[Key], set[Key]]:
        """Return what is to be locked, with the customers of these rows, and which of the rows are not there.

        What a row hangs off never changes, so it may be read before it is locked.
        """
        there: set[Key] = set()
        absent: set[Key] = set()
        for table, keys in touched.items():
            if table == "customer" or rules()[table].home is not Home.TERRITORY:
                there.update((table, key) for key in keys)
                continue
            found = dict(self._known(ROW.c.root, table, list(keys)))
            there.update((table, key) for key in found)
            there.update(("customer", root) for root in found.values() if root is not None)
            absent.update((table, key) for key in keys - found.keys())
        return there, absent

    def _known(self, column: ColumnElement[Any], table: str, keys: Sequence[str]) -> list[tuple[str, Any]]:
        """Return the keys among these that are there, each with a column of the index."""
        connection = self._session.connection()
        asked = _asking(column, postgres=connection.dialect.name == "postgresql")
        found = connection.execute(asked, {"tbl": table, "keys": listed(self._session, keys)})
        return [(row.pk, row.told) for row in found]

    def _look_up(self, products: set[str]) -> None:
        if products:
            found = {key for key, _ in self._known(ROW.c.pk, "product", sorted(products))}
            self._catalogue |= {key: key in found for key in products}

    def decide(self, op: Operation, *, late: bool = False, by_office: bool = False) -> Verdict:
        """Decide an operation and write what follows from it; `late` is one that was parked.

        `by_office`: a person of the office lets it in, so it does not wait for one.
        """
        rule = rules().get(op.table)
        if rule is None or op.kind not in _KINDS:
            return Verdict(Status.INVALID, reason="unknown_table" if rule is None else "unknown_kind")
        if op.kind == "command":
            status, reason, version = conflicts.command(self._writer, op, self._manager, self.granted)
            return Verdict(status, version, reason)
        if rule.kind is Kind.DELIVERED:
            return Verdict(Status.FORBIDDEN, reason="read_only")
        if not is_key(op.key):
            return Verdict(Status.INVALID, reason="bad_key")
        entry = None
        try:
            entry = self._row_of(op)
            values = self._valid(op, entry)
        except Malformed as problem:
            return Verdict(Status.INVALID, None if entry is None else entry.version, str(problem)[:200])
        return self._judged(_with(op, values), entry, rule, late=late, by_office=by_office)

    def written(self, table: str, key: str) -> Entry | None:
        """Return a row that this transaction had to do with, without asking the database."""
        return self._writer.held(table, key)

    def take_new(self, op: OperationMessage, at: str) -> Verdict | None:
        """Take in a new row that is written as it is and nothing else, as nearly every operation is; None for others.

        `at` is when it was made by our clock.
        """
        values = self._read.get(op.id)
        if values is None or self._writer.entry(op.table, op.key) is not None:
            return None
        above = self._plainly_above(op.table, values)
        if above is None or not self._is_taken_as_new(op, values, at):
            return None
        return _applied(self._writer.make(op.table, op.key, values, above, self._manager, at))

    def _plainly_above(self, table: str, values: Plain) -> Entry | None:
        """Return what a new row hangs off, where all that it names is there and may be named by this manager."""
        home: Entry | None = None
        for place, parent in enumerate(rules()[table].parents):
            key = values.get(parent.column)
            if key is None:
                continue
            if parent.table == "product":
                if not self._catalogue.get(key, False):
                    return None
                continue
            above = self._writer.entry(parent.table, key)
            if not self._is_plainly_above(above, table):
                return None
            if place == 0:
                home = above
        return None if home is None or home.root is None else home

    def _is_plainly_above(self, above: Entry | None, table: str) -> bool:
        if above is None or not self._knows(above):
            return False
        return not above.deleted if table == "visit" else above.table != "visit" or above.author == self._manager

    def _is_taken_as_new(self, op: OperationMessage, values: Plain, at: str) -> bool:
        """Return what is the same for all new rows of a table whose parents are known."""
        if op.table not in self._taken_as_new:
            rule = rules()[op.table]
            around = Surroundings(manager=self._manager, may_write=False, writer=self._writer.writer)
            whole = Operation(op.no, op.id, op.table, op.key, op.kind, op.base, values, at)
            is_written = decide(whole, None, rule, around) == Decision(Status.APPLIED, write=values)
            self._taken_as_new[op.table] = is_written and rule.home is Home.TERRITORY
        return self._taken_as_new[op.table]

    def _row_of(self, op: Operation) -> Entry | None:
        """Return the row; one that the manager never had to do with is to him as if it were not there."""
        held = self._writer.entry(op.table, op.key)
        return held if held is not None and self._knows(held) else None

    def _valid(self, op: Operation, entry: Entry | None) -> Plain:
        shape = shapes()[op.table]
        values = normal(op.table, {name: value for name, value in op.set.items() if name not in _NOT_VALUES})
        for name, value in values.items():
            if value is None and name in shape.required:
                raise Malformed(f"{name} is empty")
            if entry is not None and name in shape.parents and value != entry.values.get(name):
                raise Malformed(f"{name} stays")
        if op.kind == "insert" and (missing := [name for name in shape.required if values.get(name) is None]):
            raise Malformed(f"no {', '.join(sorted(missing))}")
        return values

    def _judged(
        self, op: Operation, entry: Entry | None, rule: TableRule, *, late: bool, by_office: bool
    ) -> Verdict:  # fmt: skip
        waits = self._unknown_parent(op, rule) if entry is None and op.kind == "insert" else None
        if entry is None and op.kind == "insert" and waits is None and self._hangs_off_a_colleagues(op, rule):
            return Verdict(Status.FORBIDDEN, reason="not_the_author")
        around = Surroundings(
            manager=self._manager,
            may_write=self._sees(entry),
            parents_known=waits is None,
            writer=self._writer.writer,
            late=late,
        )
        decision = decide(op, None if entry is None else self._state(entry, op, late=late), rule, around)
        if decision.status is Status.PARKED:
            return Verdict(Status.PARKED, reason=decision.reason, waits=waits or (op.table, op.key))
        if entry is None and decision.status is Status.APPLIED and self._writer.entry(op.table, op.key) is not None:
            # Under this key lies a stranger's row: the answer is that to a child whose parent is not known.
            return Verdict(Status.PARKED, reason="unknown_parent", waits=(op.table, op.key))
        changes = bool(decision.write) or decision.deleted is not None
        if entry is not None and changes and not by_office and corrections.is_too_late(self._session, op, entry):
            return Verdict(Status.PARKED, reason=corrections.REASON, waits=("", ""))
        return self._carry_out(op, entry, decision)

    def _carry_out(self, op: Operation, entry: Entry | None, decision: Decision) -> Verdict:
        told = conflicts.record(self._writer, op, entry, decision, self._manager, seen=self._sees(entry))
        version = None if entry is None else entry.version
        if decision.write or decision.deleted is not None or (entry is None and decision.status is Status.APPLIED):
            author = self._manager if rules()[op.table].kind is Kind.AUTHORED else None
            names = () if entry is None else decision.write
            writers = {name: decision.writer_of(name, self._writer.writer) for name in names}
            version = self._writer.put_normal(
                op.table, op.key, dict(decision.write),
                deleted=decision.deleted, author=author, at=op.at, writers=writers,
            )  # fmt: skip
        review = CLOSED_SHOP if entry is None and self._is_visit_at_closed_shop(op) else ""
        return Verdict(decision.status, version, decision.reason, told, review=review)

    def _is_visit_at_closed_shop(self, op: Operation) -> bool:
        if op.table != "visit":
            return False
        shop = self._writer.entry("customer", str(op.set.get("customer_id")))
        return shop is not None and shop.deleted

    def _sees(self, entry: Entry | None) -> bool:
        return entry is not None and entry.scope in self.granted

    def _state(self, entry: Entry, op: Operation, *, late: bool) -> RowState:
        """Return the row with the version, the moment and the hand of each field."""
        born = entry.fields.get(WHOLE_ROW)
        fields = {} if born is None else dict.fromkeys(entry.values, born)
        fields |= {name: last for name, last in entry.fields.items() if name != WHOLE_ROW}
        versions: dict[str, int] = {name: version for name, (version, _, _) in fields.items()}
        if late and not self._wrote_later(op):
            # Parked together with what came before it on the same laptop, it meets that as its person saw it.
            mine = (name for name, (_, _, who) in fields.items() if who == self._writer.writer)
            versions |= {name: min(versions[name], op.base) for name in mine}
        return RowState(
            version=entry.version,
            values=entry.values,
            field_versions=versions,
            field_times={name: moment for name, (_, moment, _) in fields.items()},
            deleted=entry.deleted,
            author=entry.author,
            field_writers={name: who for name, (_, _, who) in fields.items()},
        )

    def _wrote_later(self, op: Operation) -> bool:
        """Return whether later work of this laptop on this row came before an operation that was parked."""
        later = exists().where(
            SyncOperation.tbl == op.table,
            SyncOperation.pk == op.key,
            SyncOperation.replica == self._writer.writer,
            SyncOperation.no > op.no,
            SyncOperation.status != Status.PARKED.value,
        )
        return bool(self._session.execute(select(later)).scalar())

    def _unknown_parent(self, op: Operation, rule: TableRule) -> Key | None:
        for parent in rule.parents:
            key = op.set.get(parent.column)
            if key is None:
                continue
            if parent.table == "product":
                if key not in self._catalogue:
                    self._look_up({key})
                known = self._catalogue[key]
            else:
                above = self._writer.entry(parent.table, key)
                known = above is not None and self._knows(above)
            if not known:
                return parent.table, key
        return None

    def _hangs_off_a_colleagues(self, op: Operation, rule: TableRule) -> bool:
        """Return whether a new row would belong to a visit that another manager made."""
        visits = (op.set.get(parent.column) for parent in rule.parents if parent.table == "visit")
        above = [self._writer.entry("visit", visit) for visit in visits if visit is not None]
        return any(visit is not None and visit.author != self._manager for visit in above)

    def _knows(self, entry: Entry) -> bool:
        """Return whether the manager made a row, or whether it is or once was among what he was given."""
        if entry.author == self._manager or entry.scope in self._ever:
            return True
        left = exists().where(
            SyncExit.tbl == entry.table, SyncExit.pk == entry.key, SyncExit.scope.in_(sorted(self._ever))
        )
        return bool(self._session.execute(select(left)).scalar())


@lru_cache(maxsize=64)
def _applied(version: int) -> Verdict:
    return Verdict(Status.APPLIED, version)


@cache
def _asking(column: ColumnElement[Any], *, postgres: bool) -> Any:
    return select(ROW.c.pk, column.label("told")).where(
        ROW.c.tbl == bindparam("tbl"), among_listed(ROW.c.pk, postgres=postgres)
    )


def _with(op: Operation, values: Mapping[str, object]) -> Operation:
    return Operation(op.no, op.id, op.table, op.key, op.kind, op.base, values, op.at)


def is_newer(op: OperationMessage, schema: int) -> bool:
    """Return whether a laptop of a later schema names a table or a field that this head office does not have yet."""
    if schema <= SCHEMA:
        return False
    shape = shapes().get(op.table)
    return shape is None or (op.kind != "command" and not op.set.keys() - _NOT_VALUES <= set(shape.columns))


def is_key(value: object) -> bool:
    """Return whether this is a row's key as it is written here: a UUID of 36 small characters."""
    return isinstance(value, str) and KEY.fullmatch(value) is not None
