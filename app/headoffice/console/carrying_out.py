"""What the console changes: each deed is one transaction with its entry in the log of deeds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.headoffice import audit, conflicts, parked
from app.headoffice.console.problems import Refused
from app.headoffice.console.reach import Reach
from app.headoffice.console.readings import forecasts
from app.headoffice.console.sessions import Person
from app.headoffice.models import TABLES, Manager, SyncGrant, SyncOperation, SyncRow
from app.headoffice.rows import Plain, among
from app.headoffice.task_keys import task_key
from app.headoffice.writer import SyncWriter

MOST_TASKS = 500
"""How many tasks one form gives; more come as a list by `zoufang headoffice import tasks`."""


@dataclass(frozen=True, slots=True)
class TaskForm:
    """Tasks to be given: to managers, or for customers to those who have them."""

    title: str
    body: str
    due_on: date | None
    managers: tuple[str, ...]
    customers: tuple[str, ...]


# ---- conflicts and proposals -----------------------------------------------------------------------------------------
def resolve(session: Session, key: str, choice: str, person: Person, now: datetime) -> None:
    """Let one of the two values of a conflict stand."""
    person.reach.check_conflict(session, key)
    writer = SyncWriter(session, now, person.name)
    conflicts.resolve(writer, key, choice, person.name)
    for other in _told_too(session, key):
        conflicts.resolve(writer, other, choice, person.name)
    audit.append(session, now, person.actor, "resolve_conflict", key, {"choice": choice})


def _told_too(session: Session, key: str) -> list[str]:
    """Return the open records of the same clash that other managers keep."""
    table = TABLES["sync_conflict"]
    own = session.execute(select(table).where(table.c.id == UUID(key))).one_or_none()
    if own is None:
        return []
    same = [table.c[name] == getattr(own, name) for name in ("operation", "tbl", "pk", "field")]
    asked = select(table.c.id).where(*same, table.c.id != own.id, table.c.state == "open", table.c.deleted_at.is_(None))
    return [str(other) for other in session.scalars(asked.order_by(table.c.id))]


def decide_proposal(session: Session, key: str, person: Person, now: datetime, *, accept: bool, note: str) -> None:
    """Accept or decline a change; whoever proposed it reads the note."""
    if not accept and not note:
        raise Refused("refused.reason_missing")
    person.reach.check_proposal(session, key)
    writer = SyncWriter(session, now, person.name)
    conflicts.decide_proposal(writer, key, accept=accept, by=person.name, note=note or None)
    audit.append(session, now, person.actor, "decide_proposal", key, {"accepted": accept})


# ---- parked records --------------------------------------------------------------------------------------------------
def let_in(session: Session, replica: str, no: int, person: Person, now: datetime) -> str:
    """Have a record that waits decided now; return the verdict."""
    _check_record(session, replica, no, person)
    verdict = parked.let_in(session, replica, no)
    audit.append(session, now, person.actor, "let_in", replica, {"no": no, "status": verdict.status.value})
    return verdict.status.value


def drop(session: Session, replica: str, no: int, note: str, person: Person, now: datetime) -> None:
    """Refuse a record that waits."""
    if not note:
        raise Refused("refused.reason_missing")
    _check_record(session, replica, no, person)
    parked.drop(session, replica, no, note)
    audit.append(session, now, person.actor, "drop", replica, {"no": no})


def reviewed(session: Session, replica: str, no: int, person: Person, now: datetime) -> None:
    """Take a record off the list that was taken in and that somebody has looked at."""
    _check_record(session, replica, no, person)
    parked.reviewed(session, replica, no)
    audit.append(session, now, person.actor, "reviewed", replica, {"no": no})


def _check_record(session: Session, replica: str, no: int, person: Person) -> None:
    """Raise NotFound for a record of another territory's manager, Refused for one that touches another territory."""
    person.reach.check_laptop(session, replica)
    asked = select(SyncOperation.tbl, SyncOperation.pk, SyncOperation.body)
    found: Sequence[Any] = session.execute(asked.where(SyncOperation.replica == replica, SyncOperation.no == no)).all()
    if person.reach.elsewhere(session, found):
        raise Refused("refused.elsewhere")


# ---- forecasts -------------------------------------------------------------------------------------------------------
def return_forecast(session: Session, key: str, note: str, person: Person, now: datetime) -> None:
    """Give a submission back; its manager reads the note and submits another version."""
    found = forecasts.submission(session, person.reach, key)
    if not note:
        raise Refused("refused.reason_missing")
    writer = SyncWriter(session, now, person.name)
    writer.load([(forecasts.SUBMISSION, key)])
    entry = writer.entry(forecasts.SUBMISSION, key)
    if not found.is_newest or entry is None or entry.values.get("returned_reason"):
        raise Refused("refused.forecast_old")
    told = {"returned_reason": note, "returned_by": person.name, "returned_at": now.isoformat()}
    writer.put(forecasts.SUBMISSION, key, told)
    detail = {"month": f"{found.submission.month:%Y-%m}", "version": found.submission.version}
    audit.append(session, now, person.actor, "return_forecast", found.author, detail)


# ---- tasks -----------------------------------------------------------------------------------------------------------
def give_tasks(session: Session, form: TaskForm, person: Person, now: datetime) -> int:
    """Give the tasks of a form; return how many are new. Raises Refused with what does not fit; then none is given."""
    pairs = _pairs(session, form, person.reach)
    if len(pairs) > MOST_TASKS:
        raise Refused("refused.too_many_tasks", most=MOST_TASKS)
    writer = SyncWriter(session, now, person.name)
    given = 0
    for manager, customer in pairs:
        values: Plain = {
            "manager": manager,
            "customer_id": customer,
            "title": form.title,
            "body": form.body or None,
            "due_on": form.due_on.isoformat() if form.due_on else None,
            "assigned_by": person.name,
            "assigned_at": now.isoformat(),
            "state": "assigned",
        }
        key = task_key(values)
        if writer.entry("task", key) is None:
            writer.put("task", key, values)
            given += 1
    audit.append(session, now, person.actor, "give_tasks", str(given), {"tasks": given, "asked": len(pairs)})
    return given


def cancel_task(session: Session, key: str, person: Person, now: datetime) -> None:
    """Call a task off that is not done yet."""
    writer = SyncWriter(session, now, person.name)
    task = writer.entry("task", key)
    if task is not None:
        person.reach.check_manager(session, task.values["manager"])
    if task is None or task.values["state"] not in {"assigned", "accepted", "cannot"}:
        raise Refused("refused.task_closed")
    writer.put("task", key, {"state": "cancelled"})
    audit.append(session, now, person.actor, "cancel_task", key, {})


def _pairs(session: Session, form: TaskForm, reach: Reach) -> list[tuple[str, str | None]]:
    known = _known_managers(session, form.managers, reach)
    if missing := [code for code in form.managers if code not in known]:
        raise Refused("refused.no_manager", code=missing[0])
    if not form.customers:
        if not form.managers:
            raise Refused("refused.nobody")
        return [(code, None) for code in dict.fromkeys(form.managers)]
    pairs: list[tuple[str, str | None]] = []
    for code, key, holders in _holders(session, form.customers, reach):
        chosen = [one for one in holders if not form.managers or one in form.managers]
        if not chosen:
            raise Refused("refused.nobody_has" if not form.managers else "refused.not_theirs", code=code)
        pairs += [(one, key) for one in chosen]
    return pairs


def _known_managers(session: Session, codes: Sequence[str], reach: Reach) -> set[str]:
    asked = select(Manager.code).where(
        among(session, Manager.__table__.c.code, sorted(set(codes))), reach.of_manager(Manager.code)
    )
    return set(session.scalars(asked))


def _holders(session: Session, codes: Sequence[str], reach: Reach) -> list[tuple[str, str, list[str]]]:
    """Return code, key and managers of these customers. Raises Refused for a code that is not known or not in reach."""
    table = TABLES["customer"]
    wanted = list(dict.fromkeys(codes))
    asked = select(table.c.cust_code, table.c.id).where(
        among(session, table.c.cust_code, wanted), table.c.deleted_at.is_(None)
    )
    found: dict[str, UUID] = {row.cust_code: row.id for row in session.execute(asked)}
    near = reach.nearby(session, {("customer", str(key)) for key in found.values()})
    keys = {code: key for code, key in found.items() if ("customer", str(key)) in near}
    if missing := [code for code in wanted if code not in keys]:
        raise Refused("refused.no_customer", code=missing[0])
    places = select(SyncRow.pk, SyncGrant.manager).join(SyncGrant, SyncGrant.scope == SyncRow.scope)
    held: dict[str, list[str]] = {}
    rows: Any = session.execute(
        places.where(
            SyncRow.tbl == "customer",
            among(session, SyncRow.__table__.c.pk, [str(key) for key in keys.values()]),
            SyncGrant.until.is_(None),
            reach.of_manager(SyncGrant.manager),
        ).order_by(SyncGrant.manager)
    )
    for row in rows:
        held.setdefault(row.pk, []).append(row.manager)
    return [(code, str(keys[code]), held.get(str(keys[code]), [])) for code in wanted]
