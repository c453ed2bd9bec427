"""Head office of the model: rows, scopes, sequences, exits, grants, tombstones and backups."""

import pickle
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.sync.core.applying import Cursor, is_stale
from app.sync.core.deciding import Operation, RowState
from app.sync.core.digest import changed, row_digest
from tests.sync.simulation.faults import NONE, Mutant
from tests.sync.simulation.messages import Item, Page, RowKey, Witness

EPOCH_STEP = 1_000_000
"""After a restore new versions begin above all that can have been given before."""


@dataclass(slots=True)
class OfficeRow:
    """A row with its index."""

    scope: str
    seq: int = 0
    version: int = 0
    values: dict[str, Any] = field(default_factory=dict[str, Any])
    deleted: bool = False
    author: str | None = None
    field_versions: dict[str, int] = field(default_factory=dict[str, int])
    field_times: dict[str, str] = field(default_factory=dict[str, str])
    field_writers: dict[str, str] = field(default_factory=dict[str, str])
    part: int = 0
    hidden: bool = False
    """Written, with a number, but not committed yet: only under the mutant of the gap."""

    def state(self) -> RowState:
        """Return the row as the rules read it."""
        return RowState(
            self.version, self.values, self.field_versions, self.field_times, self.deleted, self.author,
            self.field_writers,
        )  # fmt: skip


@dataclass(slots=True)
class Stream:
    """The counter of a scope."""

    head: int = 0
    floor: int = 0
    digest: int = 0


@dataclass(slots=True)
class Replica:
    """An installation as head office knows it."""

    id: str
    manager: str
    last: int = 0
    revoked: bool = False


@dataclass(slots=True)
class Kept:
    """A value that was not written, and why."""

    op: str
    name: str
    value: Any
    theirs: Any
    rule: str


@dataclass
class Office:
    """Everything that a backup of head office holds, and what may be done with it."""

    witness: Witness
    mutants: frozenset[Mutant] = NONE
    epoch: int = 0
    rows: dict[RowKey, OfficeRow] = field(default_factory=dict[RowKey, OfficeRow])
    streams: dict[str, Stream] = field(default_factory=dict[str, Stream])
    exits: dict[tuple[str, RowKey], tuple[int, int]] = field(default_factory=dict[tuple[str, RowKey], tuple[int, int]])
    grants: dict[str, dict[str, int]] = field(default_factory=dict[str, dict[str, int]])
    ever: dict[str, set[str]] = field(default_factory=dict[str, set[str]])
    grant_no: int = 0
    replicas: dict[str, Replica] = field(default_factory=dict[str, Replica])
    numbers: dict[tuple[str, int], str] = field(default_factory=dict[tuple[str, int], str])
    statuses: dict[str, str] = field(default_factory=dict[str, str])
    taken: list[tuple[str, int, str]] = field(default_factory=list[tuple[str, int, str]])
    """Replica, number and id of each operation, in the order in which they took effect."""
    kept: list[Kept] = field(default_factory=list[Kept])
    parked: dict[str, tuple[Operation, str]] = field(default_factory=dict[str, tuple[Operation, str]])

    # ---- people ------------------------------------------------------------------------------------------------------
    def enrol(self, manager: str) -> str:
        """Return the name of a new installation."""
        name = f"r{self.witness.number()}"
        self.replicas[name] = Replica(name, manager)
        return name

    def grant(self, manager: str, scope: str) -> None:
        """Give a manager a scope."""
        self.grant_no += 1
        self.grants.setdefault(manager, {}).setdefault(scope, self.grant_no)
        self.ever.setdefault(manager, set()).add(scope)
        self.streams.setdefault(scope, Stream())

    def withdraw(self, manager: str, scope: str) -> None:
        """Take a scope from a manager."""
        self.grants[manager].pop(scope, None)

    def revoke(self, replica: str) -> None:
        """Take no more from an installation and give it nothing more."""
        if replica in self.replicas:
            self.replicas[replica].revoked = True

    # ---- the one way a row is written --------------------------------------------------------------------------------
    def write(
        self,
        key: RowKey,
        changes: Mapping[str, Any],
        *,
        scope: str | None = None,
        deleted: bool | None = None,
        author: str | None = None,
        writers: Mapping[str, str] | None = None,
    ) -> None:
        """Write a row: version, sequence, field versions, digest and exit with it."""
        row = self.rows.get(key)
        if row is None:
            assert scope is not None
            row = self.rows[key] = OfficeRow(scope, author=author)
        self._settle()
        floor = 0 if Mutant.VERSIONS_AGAIN in self.mutants else self.epoch * EPOCH_STEP
        row.version = max(row.version, floor) + 1
        old = self.streams[row.scope]
        old.digest = changed(old.digest, row.part, 0)
        if scope is not None and scope != row.scope:
            old.head += 1
            self.exits[row.scope, key] = (old.head, row.version)
            row.scope = scope
        row.deleted = row.deleted if deleted is None else deleted
        for name, value in changes.items():
            self.witness.follows(value, row.values.get(name))
            row.values[name] = value
            row.field_versions[name] = row.version
            row.field_times[name] = self.witness.moment()
            row.field_writers[name] = (writers or {}).get(name, "")
        stream = self.streams.setdefault(row.scope, Stream())
        stream.head += 1
        row.seq = stream.head
        row.part = 0 if row.deleted else row_digest(*key, row.version, row.values)
        stream.digest = changed(stream.digest, 0, row.part)
        row.hidden = Mutant.SEQUENCE_GAP in self.mutants and self.witness.counter % 3 == 0

    def _settle(self) -> None:
        if Mutant.SEQUENCE_GAP in self.mutants:
            for row in self.rows.values():
                row.hidden = False

    def children(self, customer: str) -> Iterator[RowKey]:
        """Yield the visits of a customer."""
        return (key for key, row in self.rows.items() if row.values.get("customer_id") == customer)

    def move(self, customer: RowKey, scope: str) -> None:
        """Move a customer and what hangs off it."""
        for key in (customer, *list(self.children(customer[1]))):
            self.write(key, {}, scope=scope)

    def collect(self, scope: str) -> None:
        """Forget tombstones and exits of a scope; whoever has not read so far must load it anew."""
        stream = self.streams[scope]
        gone = [
            key
            for key, row in self.rows.items()
            if row.scope == scope and row.deleted and not any(self.children(key[1]))
        ]
        exits = [name for name in self.exits if name[0] == scope]
        seqs = [self.rows[key].seq for key in gone] + [self.exits[name][0] for name in exits]
        for key in gone:
            del self.rows[key]
        for name in exits:
            del self.exits[name]
        if Mutant.NO_FLOOR not in self.mutants:
            stream.floor = max([stream.floor, *seqs])

    # ---- the feed ----------------------------------------------------------------------------------------------------
    def pull(self, replica: str, cursors: Mapping[str, Cursor], limit: int) -> Page:
        """Return a page of what a laptop has not read, of one snapshot."""
        grants = self.grants[self.replicas[replica].manager]
        page = Page(drop=[scope for scope in cursors if scope not in grants], done=True)
        for scope, grant in grants.items():
            stream, cursor = self.streams[scope], cursors.get(scope)
            if cursor is None or is_stale(cursor, grant, stream.floor):
                page.reset.append(scope)
                cursor = Cursor(grant, 0, 0 if Mutant.NO_BOOT in self.mutants else stream.head)
            new = self._after(scope, cursor.seq)
            part = new[: max(limit - len(page.items), 0)]
            drained = len(part) == len(new)
            page.items += [item for _, item in part if item.values is not None]
            page.items += [item for _, item in part if item.values is None]
            seq = stream.head if drained else part[-1][0] if part else cursor.seq
            page.cursors[scope] = Cursor(grant, seq, cursor.boot)
            page.done = page.done and drained
        if page.done and Mutant.SEQUENCE_GAP not in self.mutants:
            page.digests = {scope: self.streams[scope].digest for scope in grants}
        return page

    def _after(self, scope: str, seq: int) -> list[tuple[int, Item]]:
        rows = [
            (row.seq, Item(scope, key, row.version, row.deleted, dict(row.values)))
            for key, row in self.rows.items()
            if row.scope == scope and row.seq > seq and not row.hidden
        ]
        exits = [
            (at, Item(scope, key, version, deleted=False, values=None))
            for (left, key), (at, version) in self.exits.items()
            if left == scope and at > seq
        ]
        return sorted(rows + exits, key=lambda pair: pair[0])

    # ---- backups -----------------------------------------------------------------------------------------------------
    def backup(self) -> bytes:
        """Return all that head office holds."""
        return pickle.dumps({name: value for name, value in vars(self).items() if name not in {"witness", "mutants"}})

    def restore(self, copy: bytes, epoch: int) -> None:
        """Go back to a backup, and say so by a new epoch."""
        vars(self).update(pickle.loads(copy))  # noqa: S301 - our own bytes of a moment ago
        self.epoch = epoch
