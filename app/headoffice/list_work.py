"""What every import of a list at head office shares: counts, refused rows, keys by code, values as they are stored."""

from collections.abc import Generator, Iterable, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.headoffice.models import TABLES
from app.headoffice.problems import Malformed, NotFound
from app.headoffice.registry import shapes
from app.headoffice.rows import Plain, among
from app.headoffice.writer import SyncWriter, normal
from app.lists.converting import Value
from app.lists.csv_rows import Row
from app.lists.mapping import BoundProfile
from app.lists.reasons import Cause, Reason, RefusedRow, RowProblem
from app.lists.targets import Target

AT_ONCE = 2_000
"""Records that are looked up and written together."""
SHOWN = 1_000
"""Refused rows that an outcome carries; a file with all of them can be written beside."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the file that could be read: its number as a spreadsheet shows it, its cells, its values by field."""

    number: int
    cells: Row
    values: Mapping[str, Value]

    def code(self, name: str) -> str:
        """Return a code of the row; empty where it has none."""
        return str(self.values.get(name) or "")


@dataclass(slots=True)
class Outcome:
    """What came of a list. `read` and `refused` count rows of the file, all others what the rows speak of.

    The same for most lists; of orders a row is a line, and added, changed and unchanged count orders.
    """

    target: Target
    profile: str
    dry_run: bool
    read: int = 0
    refused: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    moved: int = 0
    """Known customers that went into another territory."""
    kept: int = 0
    """Values that stayed as a manager had entered them."""
    refusals: list[RefusedRow] = field(default_factory=list[RefusedRow])
    """The first refused rows, at most 1,000."""
    unread: tuple[str, ...] = ()
    """Headings of the file that the profile does not speak of."""
    unheld: tuple[str, ...] = ()
    """Territories of these customers that no manager has the right to: nobody gets them."""


class RefusedRows(Protocol):
    """Where refused rows are written."""

    def add(self, row: RefusedRow) -> None:
        """Write one."""
        ...


class RowRefused(Exception):  # noqa: N818  not an error: the next row goes on
    """A row cannot be taken; carries what is wrong with it."""

    def __init__(self, *problems: RowProblem) -> None:
        super().__init__()
        self.problems = problems


class ListWork:
    """One import under way in one transaction."""

    def __init__(
        self, session: Session, bound: BoundProfile, outcome: Outcome, now: datetime, name: str,
        sink: RefusedRows | None,
    ) -> None:  # fmt: skip
        self.session = session
        self.bound = bound
        self.outcome = outcome
        self.now = now.astimezone(UTC)
        self.name = name
        """Whose hand the rows show."""
        self.writer = SyncWriter(session, now, name)
        self._sink = sink
        self._places = {column.spec.name: column.places[0] for column in bound.columns if column.places}

    # ---- refusing ----------------------------------------------------------------------------------------------------
    def refuse(self, row: RefusedRow) -> None:
        """Count a row that is not taken, and keep it."""
        self.outcome.refused += 1
        if len(self.outcome.refusals) < SHOWN:
            self.outcome.refusals.append(row)
        if self._sink is not None:
            self._sink.add(row)

    def problem(self, line: Line, name: str, reason: Reason, detail: str = "") -> RowProblem:
        """Return what is wrong with a field of a row, under the heading and with the text that the file has."""
        place = self._places.get(name)
        value = line.cells[place] if place is not None and place < len(line.cells) else ""
        return RowProblem(self.bound.title_of(name), value, Cause(reason, detail))

    @contextmanager
    def guarded(self, line: Line) -> Generator[None]:
        """Refuse the row if it turns out that it cannot be taken."""
        try:
            yield
        except RowRefused as refused:
            self.refuse(RefusedRow(line.number, refused.problems, tuple(line.cells)))
        except (Malformed, NotFound) as problem:
            cause = Cause(Reason.NOT_STORABLE, str(problem))
            self.refuse(RefusedRow(line.number, (RowProblem("", "", cause),), tuple(line.cells)))

    # ---- finding and writing -----------------------------------------------------------------------------------------
    def keys(self, table: str, column: str, codes: Iterable[str]) -> dict[str, str]:
        """Return the keys of the stored rows that have these codes."""
        own = TABLES[table].c[column]
        wanted = sorted({code for code in codes if code})
        asked = select(own, TABLES[table].c.id).where(among(self.session, own, wanted))
        return {code: str(key) for code, key in self.session.execute(asked)}

    def known(self, line: Line, name: str, keys: Mapping[str, str], otherwise: Reason) -> str:
        """Return the key of what a row names by its code. Raises RowRefused."""
        key = keys.get(line.code(name))
        if key is None:
            raise RowRefused(self.problem(line, name, otherwise))
        return key

    def storable(self, table: str, line: Line, names: Iterable[str]) -> Plain:
        """Return these fields of a row exactly as they are stored. Raises RowRefused for what does not fit."""
        columns = shapes()[table].table.c
        plain: Plain = {}
        problems: list[RowProblem] = []
        for name in names:
            value = _told(line.values[name])
            if value is None and not columns[name].nullable:
                continue
            try:
                plain |= normal(table, {name: value})
            except Malformed as malformed:
                problems.append(self.problem(line, name, Reason.NOT_STORABLE, str(malformed)))
        if problems:
            raise RowRefused(*problems)
        return plain

    def put(
        self, table: str, key: str, plain: Plain, scope: str | None = None, *, deleted: bool | None = None
    ) -> bool:  # fmt: skip
        """Write a row and count what came of it; return whether anything of it is new."""
        before = self.writer.entry(table, key)
        was = 0 if before is None else before.version
        version = self.writer.put_normal(table, key, plain, scope=scope, deleted=deleted)
        if was == 0:
            self.outcome.added += 1
        elif version > was:
            self.outcome.changed += 1
        else:
            self.outcome.unchanged += 1
        return version > was


def _told(value: Value) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:f}" if isinstance(value, Decimal) else value
