"""Values that did not get their place and changes that head office decides: kept, told to both sides, put back."""

from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from app.headoffice.models import Replica, SyncGrant
from app.headoffice.problems import Malformed, NotFound
from app.headoffice.registry import rules, shapes
from app.headoffice.rows import Plain
from app.headoffice.writer import WHOLE_ROW, Entry, SyncWriter, normal
from app.runtime.ids import new_id
from app.sync.core.deciding import TASK_STEPS, Decision, FieldClash, Operation, Status
from app.sync.core.registry import Kind, Policy

REVERSIBLE = timedelta(days=90)
_CONFLICT = "sync_conflict"
_PROPOSAL = "change_proposal"


def record(
    writer: SyncWriter, op: Operation, entry: Entry | None, decision: Decision, manager: str, *, seen: bool
) -> tuple[str, ...]:
    """Keep what did not get its place; return the keys of the records for this manager.

    Where the row has left the manager (not `seen`), he keeps his own values, but learns nothing of it; those who have
    it now are told in full and decide, so nothing waits for him.
    """
    if entry is None:
        return ()
    clashes, state = decision.clashes, None
    if decision.status is Status.MOVED:
        values = entry.values
        whole = [FieldClash(n, op.base, values.get(n), v, "moved", "theirs") for n, v in op.set.items()]
        owners = _owners(writer, entry.scope)
        for owner in owners:
            for clash in whole:
                _keep(writer, op, entry, clash, owner, manager, seen=True)
        # Where nobody has the row now, the office finds it to be decided in the record of the one who wrote.
        clashes, state = tuple(whole), "settled" if owners else "open"
    told = [_keep(writer, op, entry, clash, manager, manager, state, seen=seen) for clash in clashes]
    for name, value in decision.proposals.items():
        _propose(writer, entry, name, value, manager, op.at)
    return tuple(told)


def _owners(writer: SyncWriter, scope: str) -> list[str]:
    asked = select(SyncGrant.manager).where(SyncGrant.scope == scope, SyncGrant.until.is_(None))
    return sorted(writer.session.scalars(asked))


def _keep(
    writer: SyncWriter, op: Operation, entry: Entry, clash: FieldClash, keeper: str, author: str,
    state: str | None = None, *, seen: bool,
) -> str:  # fmt: skip
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
        "state": state or ("open" if lost else "merged"),
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


def _propose(writer: SyncWriter, entry: Entry, name: str, value: Any, manager: str, at: str) -> None:
    values: Plain = {
        "manager": manager,
        "customer_id": entry.key,
        "field": name,
        "old": entry.values.get(name),
        "new": value,
        "proposed_at": at or writer.now.isoformat(),
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

    A laptop may leave what stands in a field of head office, not put its own value there; in a field that head office
    decides its value becomes a proposal. Raises NotFound for a record that is not there, Malformed for a choice that
    cannot be carried out.
    """
    conflict = writer.entry(_CONFLICT, key)
    if conflict is None:
        raise NotFound(key)
    values = conflict.values
    if choice not in {"theirs", "yours"}:
        raise Malformed("choice")
    row = writer.entry(values["tbl"], values["pk"])
    kept = choice
    if row is not None and not row.deleted:
        policy = None if of_office else _reserved(values["tbl"], values["field"])
        kept = _carry_out(writer, values, row, choice, by, policy, of_office=of_office)
    return _close(writer, key, kept, by)


def _close(writer: SyncWriter, key: str, kept: str, by: str) -> int:
    settled = {"state": "settled", "kept": kept, "resolved_by": by, "resolved_at": writer.now.isoformat()}
    return writer.put(_CONFLICT, key, settled)


def _reserved(table: str, name: str) -> Policy | None:
    """Return the policy of a field of the archive that no laptop may decide."""
    rule = rules()[table]
    policy = rule.policy(name) if rule.kind is Kind.ARCHIVE else None
    return policy if policy in {Policy.OFFICE, Policy.REVIEW} else None


def _carry_out(
    writer: SyncWriter, record: Plain, row: Entry, choice: str, by: str, reserved: Policy | None, *, of_office: bool
) -> str:
    """Write the chosen value where it does not stand yet; return whose value is kept."""
    table, name = record["tbl"], record["field"]
    stands = row.values.get(name)
    if choice == "theirs" and (reserved is not None or record["rule"] == "moved"):
        return choice  # what stands stays: the record may not even have been told it
    wanted = normal(table, {name: record[choice]})[name]
    if wanted == stands:
        return choice
    if writer.now - datetime.fromisoformat(record["yours_at"]) > REVERSIBLE:
        raise Malformed("too_late")
    if reserved is Policy.REVIEW:
        _propose(writer, row, name, wanted, record["manager"], record["yours_at"])
        return "theirs"
    if reserved is not None:
        raise Malformed("office_field")
    if name in shapes()[table].parents:
        raise Malformed(f"{name} stays")
    if not of_office and rules()[table].kind is Kind.ASSIGNED and not _is_step(name, stands, wanted):
        raise Malformed("illegal_step")
    if not _was_seen(record, stands):
        _keep_unseen(writer, record, row, wanted, by)
    writer.put(table, record["pk"], {name: wanted})
    return choice


def _is_step(name: str, stands: Any, wanted: Any) -> bool:
    return name != "state" or wanted in TASK_STEPS.get(str(stands), frozenset())


def _was_seen(record: Plain, stands: Any) -> bool:
    """Return whether what stands is one of the values that the person saw in the record, or both of them joined."""
    theirs, yours = record["theirs"], record["yours"]
    if stands in (theirs, yours):
        return True
    lists = isinstance(theirs or [], list) and isinstance(yours or [], list) and isinstance(stands, list)
    return lists and all(one in (theirs or []) or one in (yours or []) for one in stands)  # pyright: ignore[reportUnknownVariableType]


def _keep_unseen(writer: SyncWriter, record: Plain, row: Entry, wanted: Any, by: str) -> None:
    """Keep a value that came after the record and now makes way for the one that was chosen."""
    name = record["field"]
    _, moment, who = row.fields.get(name) or row.fields.get(WHOLE_ROW) or (0, None, None)
    values: Plain = {
        **{same: record[same] for same in ("manager", "operation", "tbl", "pk", "field", "rule")},
        "base_version": row.version,
        "theirs": row.values.get(name),
        "yours": wanted,
        "theirs_by": _name_of(writer, who),
        "theirs_at": moment,
        "yours_by": by,
        "yours_at": writer.now.isoformat(),
        "kept": "yours",
        "state": "merged",
    }
    writer.put(_CONFLICT, str(new_id()), values)


def command(
    writer: SyncWriter, op: Operation, manager: str, granted: AbstractSet[str]
) -> tuple[Status, str, int | None]:
    """Carry out a decision that a laptop sends."""
    if op.set.get("command") == "withdraw_proposal" and op.table == _PROPOSAL:
        return _withdraw(writer, op.key, manager)
    if op.set.get("command") != "resolve_conflict" or op.table != _CONFLICT:
        return Status.INVALID, "unknown_command", None
    conflict = writer.entry(_CONFLICT, op.key)
    if conflict is None or conflict.scope != f"mgr:{manager}":
        return Status.FORBIDDEN, "not_yours", None
    return _decided(writer, op, conflict, manager, granted)


def _decided(
    writer: SyncWriter, op: Operation, conflict: Entry, manager: str, granted: AbstractSet[str]
) -> tuple[Status, str, int | None]:
    choice = str(op.set.get("choice"))
    row = writer.entry(conflict.values["tbl"], conflict.values["pk"])
    if row is not None and row.scope not in granted:
        # What left this manager is no longer his to write, but he may let it be.
        if choice == "theirs":
            return Status.APPLIED, "", _close(writer, op.key, choice, manager)
        return Status.MOVED, "moved", conflict.version
    try:
        version = resolve(writer, op.key, choice, manager, of_office=False)
    except (Malformed, NotFound) as problem:
        return Status.INVALID, str(problem)[:200], conflict.version
    return Status.APPLIED, "", version


def _withdraw(writer: SyncWriter, key: str, manager: str) -> tuple[Status, str, int | None]:
    """Take a proposal off the office's table, as long as nobody has decided it."""
    proposal = writer.entry(_PROPOSAL, key)
    if proposal is None or proposal.scope != f"mgr:{manager}":
        return Status.FORBIDDEN, "not_yours", None
    if proposal.values["state"] != "open":
        return Status.INVALID, "decided", proposal.version
    moment = writer.now.isoformat()
    version = writer.put(_PROPOSAL, key, {"state": "withdrawn", "decided_by": manager, "decided_at": moment})
    return Status.APPLIED, "", version
