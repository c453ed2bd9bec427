"""Decides one operation against the row as it stands: what is written, what is kept for a person (spec, 5)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from app.sync.core.registry import Kind, Policy, TableRule

KINDS = frozenset({"insert", "patch", "delete", "undelete"})
"""What `decide` decides; a command is head office's to carry out and does not come here."""

TASK_STEPS: Mapping[str, frozenset[str]] = {
    "assigned": frozenset({"accepted", "done", "cannot"}),
    "accepted": frozenset({"done", "cannot"}),
    "done": frozenset(),
    "cannot": frozenset({"accepted", "done"}),
    "cancelled": frozenset({"done"}),
}
"""The states a manager may lead a task to; *done* against *cancelled* keeps done."""


class Status(StrEnum):
    """The verdict on an operation; each is final."""

    APPLIED = "applied"
    MERGED = "merged"
    CONFLICT = "conflict"
    REVIEW = "review"
    GONE = "gone"
    MOVED = "moved"
    FORBIDDEN = "forbidden"
    INVALID = "invalid"
    PARKED = "parked"


@dataclass(frozen=True, slots=True)
class Operation:
    """One person's change of one row."""

    no: int
    id: str
    table: str
    key: str
    kind: str
    base: int
    set: Mapping[str, Any]
    at: str = ""
    """When it was made, corrected by the measured offset of the clock, not later than received: ISO 8601 in UTC."""


@dataclass(frozen=True, slots=True)
class RowState:
    """A row as head office holds it."""

    version: int
    values: Mapping[str, Any]
    field_versions: Mapping[str, int] = field(default_factory=dict[str, int])
    """The version at which each field last changed; a field not named changed with the first."""
    field_times: Mapping[str, str] = field(default_factory=dict[str, str])
    deleted: bool = False
    author: str | None = None
    """The manager who made an authored row."""
    field_writers: Mapping[str, str] = field(default_factory=dict[str, str])
    """The replica that last changed each field (`Decision.writer_of`); one that head office changed is not named."""

    def version_of(self, name: str) -> int:
        """Return the version at which a field last changed."""
        return self.field_versions.get(name, 1)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What head office knows about the writer and the row beyond the row itself."""

    manager: str
    may_write: bool = True
    """The row's scope (for a new row: its parents') is granted to the manager.

    A row in a scope that never was is shown to `decide` as no row at all, so that nobody can ask what there is."""
    parents_known: bool = True
    """Each parent is a row, deleted or not, of a scope that is or once was granted to the manager."""
    replica_is_lost: bool = False
    """Operations of a lost or revoked laptop are kept apart, not applied."""
    writer: str = ""
    """The replica; what it wrote itself it has seen, whatever the base. Empty where writers of fields are not kept."""
    late: bool = False
    """The operation was parked, so the writer's own later work may have come before it: what is newer stands."""


@dataclass(frozen=True, slots=True)
class FieldClash:
    """A value that did not get its place; nothing of it is thrown away."""

    name: str
    base_version: int
    theirs: Any
    """head office's value at that moment"""
    yours: Any
    """the laptop's value"""
    rule: str
    kept: str
    """`theirs`, `yours` or `both`: what stands"""


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to be done; `write` are the fields that change, `proposals` those that head office decides later."""

    status: Status
    write: Mapping[str, Any] = field(default_factory=dict[str, Any])
    deleted: bool | None = None
    """The row becomes deleted, or comes back; None leaves it."""
    clashes: tuple[FieldClash, ...] = ()
    proposals: Mapping[str, Any] = field(default_factory=dict[str, Any])
    refused: Mapping[str, Any] = field(default_factory=dict[str, Any])
    """Fields the laptop may not write, with the values it wanted."""
    reason: str = ""

    def writer_of(self, name: str, writer: str) -> str:
        """Return who is noted as the last writer of a field; nobody has seen two lists that were just joined."""
        joined = any(clash.name == name and clash.kept == "both" for clash in self.clashes)
        return "" if joined else writer


def decide(op: Operation, row: RowState | None, rule: TableRule, around: Surroundings) -> Decision:
    """Return the verdict on an operation and what it changes; the same inputs give the same verdict."""
    if around.replica_is_lost:
        return Decision(Status.PARKED, reason="replica_lost")
    refusal = _refusal(op, row, rule, around)
    if refusal is not None:
        return refusal
    if row is None:
        return _on_unknown(op, around)
    if not around.may_write and rule.kind is not Kind.AUTHORED:
        # What head office holds now is not this manager's to see any more.
        return Decision(Status.MOVED, clashes=_all_lost(op, {}, "moved"), reason="moved")
    if row.deleted and op.kind != "undelete":
        return _on_deleted(op, row)
    return _on_known(op, row, rule, around)


def _refusal(op: Operation, row: RowState | None, rule: TableRule, around: Surroundings) -> Decision | None:
    """Return why the writer may not do this at all, whatever the row holds."""
    authored = rule.kind is Kind.AUTHORED
    foreign_fields = rule.kind is Kind.ASSIGNED and not op.set.keys() <= rule.reported
    checks = (
        (op.kind not in KINDS, Status.INVALID, "unknown_kind"),
        (rule.kind is Kind.DELIVERED, Status.FORBIDDEN, "read_only"),
        (not authored and op.kind != "patch", Status.FORBIDDEN, "office_only"),
        (authored and row is not None and not _is_author(row, around), Status.FORBIDDEN, "not_the_author"),
        (foreign_fields, Status.FORBIDDEN, "office_field"),
    )
    return next((Decision(status, refused=op.set, reason=reason) for wrong, status, reason in checks if wrong), None)


def _is_author(row: RowState, around: Surroundings) -> bool:
    """Say whether an authored row is the manager's; one without an author came from an import of head office."""
    return row.author == around.manager or (row.author is None and around.may_write)


def _on_unknown(op: Operation, around: Surroundings) -> Decision:
    if op.kind != "insert":
        return Decision(Status.PARKED, reason="unknown_row")
    if not around.parents_known:
        return Decision(Status.PARKED, reason="unknown_parent")
    # Evidence of work is taken in even where the customer has moved on meanwhile; it is filed where the customer is.
    return Decision(Status.APPLIED, write=op.set)


def _on_deleted(op: Operation, row: RowState) -> Decision:
    if op.kind == "delete":  # what was written before it was voided here is kept beside what stands
        lost = tuple(one for one in _all_lost(op, row.values, "gone") if one.theirs != one.yours)
        return Decision(Status.MERGED if lost else Status.APPLIED, clashes=lost)
    return Decision(Status.GONE, clashes=_all_lost(op, row.values, "gone"), reason="gone")


def _on_known(op: Operation, row: RowState, rule: TableRule, around: Surroundings) -> Decision:
    if op.kind == "insert":
        return _insert_again(op, row)
    if rule.kind is Kind.ASSIGNED:
        return _report(op, row, rule, around)
    if op.kind == "delete":
        return _delete(op, row, around)
    return _patch(op, row, rule, around)


def _insert_again(op: Operation, row: RowState) -> Decision:
    if all(row.values.get(name) == value for name, value in op.set.items()):
        return Decision(Status.APPLIED)
    clashes = tuple(one for one in _all_lost(op, row.values, "fork") if one.theirs != one.yours)
    return Decision(Status.CONFLICT, clashes=clashes, reason="same_id_other_content")


def _delete(op: Operation, row: RowState, around: Surroundings) -> Decision:
    """Void a row; what the writer had not seen of it is kept, since it goes with the tombstone."""
    unseen = [name for name, value in row.values.items() if value is not None and _unseen(name, op, row, around)]
    clashes = tuple(FieldClash(name, op.base, row.values[name], None, "void", "yours") for name in unseen)
    return Decision(Status.MERGED if clashes else Status.APPLIED, op.set, True, clashes)


def _unseen(name: str, op: Operation, row: RowState, around: Surroundings) -> bool:
    """Say whether a field changed after what the writer was looking at, and by another hand."""
    if row.version_of(name) <= op.base:
        return False
    if around.late:
        return True
    if not around.writer:
        # Without the writers of fields a row's author is taken to know his own work.
        return row.author is None
    return row.field_writers.get(name) != around.writer


def _patch(op: Operation, row: RowState, rule: TableRule, around: Surroundings) -> Decision:
    write: dict[str, Any] = {}
    kept_aside: dict[Policy, dict[str, Any]] = {Policy.OFFICE: {}, Policy.REVIEW: {}}
    clashes: list[FieldClash] = []
    for name, value in op.set.items():
        policy = rule.policy(name) if rule.kind is Kind.ARCHIVE else Policy.FIELD
        theirs = row.values.get(name)
        if value == theirs:
            continue
        if policy in kept_aside:
            kept_aside[policy][name] = value
            continue
        stands = value
        if _unseen(name, op, row, around):
            stands, kept = _settled(policy, op, row, name, late=around.late)
            clashes.append(FieldClash(name, op.base, theirs, value, policy.value, kept))
        if stands != theirs:
            write[name] = stands
    refused, proposals = kept_aside[Policy.OFFICE], kept_aside[Policy.REVIEW]
    status = _worst(clashes, refused, proposals, others=_others_wrote(op, row, around))
    back = False if op.kind == "undelete" and row.deleted else None
    return Decision(status, write, back, tuple(clashes), proposals, refused, "office_field" if refused else "")


def _others_wrote(op: Operation, row: RowState, around: Surroundings) -> bool:
    return any(_unseen(name, op, row, around) for name in row.field_versions)


def _worst(
    clashes: list[FieldClash], refused: Mapping[str, Any], proposals: Mapping[str, Any], *, others: bool
) -> Status:
    """Return the verdict on a whole operation: the worst of what became of its fields."""
    lost = any(clash.kept == "theirs" for clash in clashes)
    ladder = (
        (lost, Status.CONFLICT),
        (refused, Status.FORBIDDEN),
        (proposals, Status.REVIEW),
        (clashes or others, Status.MERGED),
    )
    return next((status for applies, status in ladder if applies), Status.APPLIED)


def _settled(policy: Policy, op: Operation, row: RowState, name: str, *, late: bool) -> tuple[Any, str]:
    """Return the value that stands where both sides changed a field, and whose it is."""
    theirs, yours = row.values.get(name), op.set[name]
    if policy is Policy.UNION and isinstance(theirs or [], list) and isinstance(yours or [], list):
        mine: list[Any] = theirs or []
        return [*mine, *(one for one in yours or [] if one not in mine)], "both"
    older = policy is Policy.LATEST and _moment(op.at) <= _moment(row.field_times.get(name, ""))
    if late or older:
        return theirs, "theirs"
    return yours, "yours"


def _moment(text: str) -> datetime:
    """Read a moment; one that is missing or unreadable is older than any other."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _report(op: Operation, row: RowState, rule: TableRule, around: Surroundings) -> Decision:
    """Take a manager's report on a task, or keep it whole: a note without its step would mislead."""
    wanted, stands = op.set.get("state"), row.values.get("state")
    taken = _patch(op, row, rule, around)
    if wanted is None or wanted == stands:
        return taken
    if wanted not in TASK_STEPS.get(str(stands), frozenset()):
        return Decision(Status.CONFLICT, clashes=_all_lost(op, row.values, "steps"), reason="illegal_step")
    if stands == "cancelled":
        notice = FieldClash("state", op.base, stands, wanted, "done_stands", "yours")
        others = (clash for clash in taken.clashes if clash.name != "state")
        return replace(taken, status=Status.MERGED, clashes=(notice, *others))
    return taken


def _all_lost(op: Operation, theirs: Mapping[str, Any], rule: str) -> tuple[FieldClash, ...]:
    """Keep each value of an operation that cannot be applied."""
    return tuple(FieldClash(name, op.base, theirs.get(name), value, rule, "theirs") for name, value in op.set.items())
