"""The answer to a pull as it is put together: each row becomes JSON once, is measured as such and goes out as such."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic_core import to_json

from app.sync.protocol import PAGE_BYTES, PullAnswer

Exit = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class Told:
    """A piece of the feed of a scope, as JSON without the brackets around each list."""

    tables: dict[str, tuple[tuple[str, ...], bytes]]
    """Columns and rows by table."""
    exits: bytes
    own: Sequence[str]
    """Visits among the rows that this manager made."""
    by: Mapping[str, str]
    """Those that a colleague made, with the colleague's name."""
    items: int
    """How many entries of the feed it is made of."""
    rows: int

    @property
    def size(self) -> int:
        """Bytes that it adds to an answer."""
        return len(self.exits) + sum(len(rows) for _, rows in self.tables.values())


@dataclass(slots=True)
class _ScopePart:
    """What an answer holds of one scope."""

    columns: dict[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    rows: dict[str, list[bytes]] = field(default_factory=dict[str, list[bytes]])
    exits: list[bytes] = field(default_factory=list[bytes])
    own: list[str] = field(default_factory=list[str])
    by: dict[str, str] = field(default_factory=dict[str, str])

    def to_json(self) -> bytes:
        tables = [
            b'%s:{"columns":%s,"rows":%s}' % (to_json(table), to_json(self.columns[table]), _listed(rows))
            for table, rows in self.rows.items()
        ]
        people = to_json({"own": self.own, "by": self.by})[1:]
        return b'{"rows":{%s},"exits":%s,%s' % (b",".join(tables), _listed(self.exits), people)


@dataclass(slots=True)
class Page:
    """What goes into one answer, and how much room is left."""

    rows_left: int
    manager: str
    schema: int
    bytes_left: int = PAGE_BYTES
    rows: int = 0
    drop: tuple[str, ...] = ()
    reset: tuple[str, ...] = ()
    done: bool = True
    left: int = 0
    digests: dict[str, str] = field(default_factory=dict[str, str])
    cursors: dict[str, tuple[int, int, int]] = field(default_factory=dict[str, tuple[int, int, int]])
    scopes: dict[str, _ScopePart] = field(default_factory=dict[str, _ScopePart])
    names: dict[str, str] = field(default_factory=dict[str, str])
    """Of the colleagues who were met so far."""

    def add(self, scope: str, told: Told) -> None:
        """Put a piece of a scope's feed into the answer."""
        self.rows_left -= told.items
        self.bytes_left -= told.size
        self.rows += told.rows
        if not told.tables and not told.exits:
            return
        part = self.scopes.setdefault(scope, _ScopePart())
        for table, (columns, rows) in told.tables.items():
            part.columns[table] = columns
            part.rows.setdefault(table, []).append(rows)
        if told.exits:
            part.exits.append(told.exits)
        part.own.extend(told.own)
        part.by.update(told.by)

    def to_json(self) -> bytes:
        """Return the answer as it travels: a PullAnswer."""
        scopes = [b"%s:%s" % (to_json(scope), part.to_json()) for scope, part in self.scopes.items()]
        rest = {name: getattr(self, name) for name in ("drop", "reset", "cursors", "done", "digests", "left")}
        return b'{"scopes":{%s},%s' % (b",".join(scopes), to_json(rest)[1:])

    def message(self) -> PullAnswer:
        """Return the answer as a message, for who reads it right here."""
        return PullAnswer.model_validate_json(self.to_json())


def unbracketed(items: Iterable[Any]) -> bytes:
    """Return the JSON of a list without its brackets."""
    return to_json(list(items))[1:-1]


def _listed(pieces: Sequence[bytes]) -> bytes:
    return b"[%s]" % b",".join(pieces)
