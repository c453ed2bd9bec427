"""Values that did not get their place and changes that head office decides: kept, told to both sides, put back."""

from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from app.headoffice.models import Replica, SyncGrant
from app.headoffice.problems import Malformed, NotFound
from app.headoffice.registry import rules
from app.headoffice.writer import WHOLE_ROW, Entry, SyncWriter, normal
from app.runtime.ids import new_id
from app.sync.core.deciding import Decision, FieldClash, Operation, Status
from app.sync.core.registry import Kind, Policy

REVERSIBLE = timedelta(days=90)
_CONFLICT = "sync_conflict"
_PROPOSAL = "change_proposal"


def record(
    writer: SyncWriter, op: Operation, entry: Entry | None, decision: Decision, manager: str, *, seen: bool
) -> tuple[str, ...]:
    """Keep what did not get its place; return the keys of the records for this manager.

    Where the row has left the manager (not `seen`), he keeps his own values, but learns nothing of it; those who have
    it now are told in full.
    """
    if entry is None:
        return ()
    clashes = decision.clashes
    if decision.status is Status.MOVED:
        values = entry.values
        whole = [FieldClash(n, op.base, values.get(n), v, "moved", "theirs") for n, v in op.set.items()]
        for owner in _owners(writer, entry.scope):
            for clash in whole:
                _keep(writer, op, entry, clash, owner, manager, seen=True)
        clashes = tuple(whole)
    told = [_keep(writer, op, entry, clash, manager, manager, seen=seen) for clash in clashes]
    for name, value in decision.proposals.items():
        _propose(writer, op, entry, name, value, manager)
    return tuple(told)


def _owners(writer: SyncWriter, scope: str) -> list[str]:
    asked = select(SyncGrant.manager).where(SyncGrant.scope == scope, SyncGrant.until.is_(None))
    return sorted(writer.session.scalars(asked))


def _keep(
    writer: SyncWriter, op: Operation, entry: Entry, clash: FieldClash, keeper: str, author: str, *, seen: bool
) -> str:
    key = str(new_id())
    _, moment, who = entry.fields.get(clash.name) or entry.fields.get(WHOLE_ROW) or (0, None, None)
    lost = clash.kept == "theirs"
    values: dict[str, Any] = {
        "manager": keeper,
        "operation": op.id,
        "tbl": op.table,
        "pk": op.key,
        "field": clash.name,
        "base_version": clash.base_version,
        "theirs": clash.theirs if seen else None,
        "yours": clash.yours,
        "theirs_by": _name_of(writer, who) if seen else None,
        "theirs_at": moment if seen else None,
        "yours_by": author,
        "yours_at": op.at or writer.now.isoformat(),
        "rule": clash.rule,
        "kept": clash.kept,
        "state": "open" if lost else "merged",
    }
    writer.put(_CONFLICT, key, values)
    return key


def _name_of(writer: SyncWriter, who: str | None) -> str | None:
    """Return the name for whoever wrote: a laptop is told by its person, two lists that were joined by nobody."""
    if not who:
        return None
    names: dict[str, str] = writer.session.info.setdefault("names", {})
    if who not in names:
        names[who] = writer.session.execute(select(Replica.manager).where(Replica.id == who)).scalar() or who
    return names[who]


def _propose(writer: SyncWriter, op: Operation, entry: Entry, name: str, value: Any, manager: str) -> None:
    values: dict[str, Any] = {
        "manager": manager,
        "customer_id": entry.key,
        "field": name,
        "old": entry.values.get(name),
        "new": value,
        "proposed_at": op.at or writer.now.isoformat(),
        "state": "open",
    }
    writer.put(_PROPOSAL, str(new_id()), values)


def decide_proposal(writer: SyncWriter, key: str, *, accept: bool, by: str, note: str | None = None) -> None:
    """Accept or decline a proposed change for head office. Raises NotFound; a decided one is decided no second time."""
    proposal = writer.entry(_PROPOSAL, key)
    if proposal is None or proposal.values["state"] != "open":
        raise NotFound(key)
    values = proposal.values
    if accept:
        writer.put("customer", values["customer_id"], {values["field"]: values["new"]})
    state = "accepted" if accept else "declined"
    writer.put(_PROPOSAL, key, {"state": state, "decided_by": by, "decided_at": writer.now.isoformat(), "note": note})


def resolve(writer: SyncWriter, key: str, choice: str, by: str, *, of_office: bool = True) -> int:
    """Let one of the two values of a conflict stand; can be turned round for 90 days. Returns the record's version.

    Raises NotFound for a record or row that is not there, Malformed for a choice that cannot be carried out.
    """
    conflict = writer.entry(_CONFLICT, key)
    if conflict is None:
        raise NotFound(key)
    values = conflict.values
    if choice not in {"theirs", "yours"}:
        raise Malformed("choice")
    if writer.now - datetime.fromisoformat(values["yours_at"]) > REVERSIBLE:
        raise Malformed("too_late")
    row = writer.entry(values["tbl"], values["pk"])
    if row is not None and not row.deleted and values["rule"] not in {"moved", "fork"}:
        rule = rules()[values["tbl"]]
        if not of_office and rule.kind is Kind.ARCHIVE and rule.policy(values["field"]) is Policy.OFFICE:
            raise Malformed("office_field")
        wanted = normal(values["tbl"], {values["field"]: values[choice]})
        writer.put(values["tbl"], values["pk"], wanted)
    settled = {"state": "settled", "kept": choice, "resolved_by": by, "resolved_at": writer.now.isoformat()}
    return writer.put(_CONFLICT, key, settled)


def command(
    writer: SyncWriter, op: Operation, manager: str, granted: AbstractSet[str]
) -> tuple[Status, str, int | None]:
    """Carry out a decision that a laptop sends."""
    if op.set.get("command") != "resolve_conflict" or op.table != _CONFLICT:
        return Status.INVALID, "unknown_command", None
    conflict = writer.entry(_CONFLICT, op.key)
    if conflict is None or conflict.scope != f"mgr:{manager}":
        return Status.FORBIDDEN, "not_yours", None
    row = writer.entry(conflict.values["tbl"], conflict.values["pk"])
    if row is not None and row.scope not in granted:
        return Status.MOVED, "moved", conflict.version
    try:
        version = resolve(writer, op.key, str(op.set.get("choice")), manager, of_office=False)
    except (Malformed, NotFound) as problem:
        return Status.INVALID, str(problem)[:200], conflict.version
    return Status.APPLIED, "", version
