"""Takes rows that are older than their table is kept on laptops out of their scopes (core/registry, keep_months).

They leave by an exit, like a customer that moves: a laptop lets them go, head office keeps them. What is still to be
done (an open task, conflict or proposal) stays, however old it is. Age is counted from the newest row of the table, if
that is not of today: figures of an earlier year that were brought in to be looked at stay together.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Date, String, Table, cast, exists, func, literal, or_, select, type_coerce
from sqlalchemy.orm import Session

from app.headoffice.database import OfficeDatabase
from app.headoffice.models import TABLES, SyncRow
from app.headoffice.registry import ORDER, rules
from app.headoffice.rows import among
from app.headoffice.writer import RETIRED, Key, SyncWriter
from app.sync.core.day_summary import CHILDREN, VISIT

_DATES = {
    "allocation": "valid_to",
    ORDER: "order_date",
    VISIT: "day",
    "task": "assigned_at",
    "sync_conflict": "yours_at",
    "change_proposal": "proposed_at",
    "forecast_entry": "month",
    "forecast_submission": "month",
    "forecast_cause": "month",
    "kpi_target": "month",
    "office_target": "month",
    "day_off": "day",
}
"""By what a row is old; what hangs off a visit or a submission goes with it."""
HANGING = {VISIT: (CHILDREN, "visit_id"), "forecast_submission": (("forecast_line",), "submission_id")}
_DONE = {"task": ("done", "cannot", "cancelled"), "change_proposal": ("accepted", "declined", "withdrawn")}
_SINCE = "retired_until"
_LOOKED_BACK = timedelta(days=400)
"""What became too old longer ago went with an earlier run."""
_AT_ONCE = 200


def retire(database: OfficeDatabase, now: datetime) -> int:
    """Take out what is too old; return how many rows went."""
    is_first = database.setting(_SINCE) is None
    gone = 0
    for table, rule in rules().items():
        if table not in _DATES or rule.keep_months is None:
            continue
        before = _months_ago(_newest(database, table, now.astimezone(UTC).date()), rule.keep_months)
        after = None if is_first else before - _LOOKED_BACK
        while some := database.transaction(lambda session, t=table, a=after, b=before: _some(session, t, a, b, now)):
            gone += some
    database.put_setting(_SINCE, now.date().isoformat())
    return gone


def _newest(database: OfficeDatabase, name: str, today: date) -> date:
    with database.read() as session:
        found = session.scalar(select(func.max(TABLES[name].c[_DATES[name]])))
    if found is None:
        return today
    return min(today, found.date() if isinstance(found, datetime) else found)


def _some(session: Session, name: str, after: date | None, before: date, now: datetime) -> int:
    """Take out some rows of a table with what hangs off them; return how many."""
    table = TABLES[name]
    key = table.c.order_no if name == ORDER else table.c.id
    at = table.c[_DATES[name]]
    fitting = (lambda day: day) if isinstance(at.type, Date) else _midnight
    asked = select(key).where(at < fitting(before), _is_told(session, name, table))
    if after is not None:
        asked = asked.where(at >= fitting(after))
    if name in _DONE:
        asked = asked.where(table.c.state.in_(_DONE[name]))
    elif name == "sync_conflict":
        asked = asked.where(table.c.state != "open")
    keys = list(session.scalars(asked.limit(_AT_ONCE)))
    wanted: list[Key] = [(name, str(one)) for one in keys]
    if name in HANGING:
        wanted += _children(session, keys, *HANGING[name])
    writer = SyncWriter(session, now, "office")
    writer.load(wanted)
    for one in wanted:
        entry = writer.entry(*one)
        if entry is not None and not entry.scope.startswith(RETIRED):
            writer.move(*one, RETIRED + entry.scope)
    return len(keys)


def _is_told(session: Session, name: str, table: Table) -> ColumnElement[bool]:
    """Return whether a row is alive and in a scope of laptops."""
    if name == ORDER:
        pk: ColumnElement[Any] = table.c.order_no
    elif session.get_bind().dialect.name == "postgresql":
        pk = cast(table.c.id, String)
    else:  # SQLite holds ids without their dashes
        held = type_coerce(table.c.id, String)
        pk = literal("")
        for start, length in ((1, 8), (9, 4), (13, 4), (17, 4), (21, 12)):
            pk = pk.concat(func.substr(held, start, length)).concat("" if start == 21 else "-")  # noqa: PLR2004
    return exists().where(
        SyncRow.tbl == name,
        SyncRow.pk == pk,
        SyncRow.deleted.is_(False),
        or_(SyncRow.scope.startswith("terr:"), SyncRow.scope.startswith("mgr:")),
    )


def _children(session: Session, parents: list[UUID], names: Iterable[str], column: str) -> list[Key]:
    found: list[Key] = []
    for name in names:
        table = TABLES[name]
        asked = select(table.c.id).where(among(session, table.c[column], parents))
        found += [(name, str(key)) for key in session.scalars(asked)]
    return found


def _midnight(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time(), UTC)


def _months_ago(day: date, months: int) -> date:
    """Return the first of the month so many months before."""
    number = day.year * 12 + day.month - 1 - months
    return date(number // 12, number % 12 + 1, 1)
