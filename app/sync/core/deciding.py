"""Decides one operation against the row as it stands: what is written, what is kept for a person to decide (spec, 5)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from app.sync.core.registry import Kind, Policy, TableRule

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
    """When it was made, corrected by the measured offset of the clock: ISO 8601 in UTC."""


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

    def version_of(self, name: str) -> int:
        """Return the version at which a field last changed."""
        return self.field_versions.get(name, 1)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What head office knows about the writer and the row beyond the row itself."""

    manager: str
    may_write: bool = True
    """The row's scope (for a new row: its parents') is granted to the manager."""
    parents_known: bool = True
    replica_is_lost: bool = False
    """Operations of a lost or revoked laptop are kept apart, not applied."""


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
    """`theirs` or `yours`: which one stands"""


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


def decide(op: Operation, row: RowState | None, rule: TableRule, around: Surroundings) -> Decision:
    """Return the verdict on an operation and what it changes; the same inputs give the same verdict."""
    if around.replica_is_lost:
        return Decision(Status.PARKED, reason="replica_lost")
    if rule.kind is Kind.DELIVERED:
        return Decision(Status.FORBIDDEN, refused=op.set, reason="read_only")
    if op.kind == "insert":
        return _insert(op, row, rule, around)
    if row is None:
        return Decision(Status.PARKED, reason="unknown_row")
    if rule.kind is Kind.AUTHORED and row.author not in (None, around.manager):
        return Decision(Status.FORBIDDEN, refused=op.set, reason="not_the_author")
    if not around.may_write and rule.kind is not Kind.AUTHORED:
        return Decision(Status.MOVED, clashes=_all_lost(op, row, "moved"), reason="moved")
    if op.kind == "undelete":
        return Decision(Status.APPLIED, write=op.set, deleted=False)
    if row.deleted:
        return Decision(Status.GONE, clashes=_all_lost(op, row, "gone"), reason="gone")
    if op.kind == "delete":
        return _delete(op, row, rule)
    if op.kind != "patch":
        return Decision(Status.INVALID, reason="unknown_kind")
    if rule.kind is Kind.ARCHIVE:
        return _patch_archive(op, row, rule)
    if rule.kind is Kind.ASSIGNED:
        return _patch_assigned(op, row, rule)
    return Decision(Status.APPLIED, write=op.set)


def _insert(op: Operation, row: RowState | None, rule: TableRule, around: Surroundings) -> Decision:
    if rule.kind is Kind.ASSIGNED:
        return Decision(Status.FORBIDDEN, refused=op.set, reason="office_only")
    if rule.kind is Kind.ARCHIVE:
        return Decision(Status.FORBIDDEN, refused=op.set, reason="office_only")
    if row is not None:
        if all(row.values.get(name) == value for name, value in op.set.items()):
            return Decision(Status.APPLIED)
        if row.author not in (None, around.manager):
            return Decision(Status.FORBIDDEN, refused=op.set, reason="not_the_author")
        return Decision(Status.CONFLICT, clashes=_all_lost(op, row, "fork"), reason="same_id_other_content")
    if not around.parents_known:
        return Decision(Status.PARKED, reason="unknown_parent")
    # Evidence of work is taken in even where the customer has moved on meanwhile; it is filed where the customer is now.
    return Decision(Status.APPLIED, write=op.set)


def _delete(op: Operation, row: RowState, rule: TableRule) -> Decision:
    if rule.kind is not Kind.AUTHORED:
        return Decision(Status.FORBIDDEN, refused=op.set, reason="office_only")
    return Decision(Status.APPLIED, write=op.set, deleted=True)


def _patch_archive(op: Operation, row: RowState, rule: TableRule) -> Decision:
    write: dict[str, Any] = {}
    proposals: dict[str, Any] = {}
    refused: dict[str, Any] = {}
    clashes: list[FieldClash] = []
    for name, value in op.set.items():
        policy = rule.policy(name)
        theirs = row.values.get(name)
        if policy is Policy.OFFICE:
            refused[name] = value
        elif value == theirs:
            continue
        elif policy is Policy.REVIEW:
            proposals[name] = value
        elif row.version_of(name) <= op.base:
            write[name] = value
        else:
            stands = _settled(policy, op, row, name, value)
            if stands != theirs:
                write[name] = stands
            kept = "both" if policy is Policy.UNION else "yours" if stands == value else "theirs"
            clashes.append(FieldClash(name, op.base, theirs, value, policy.value, kept))
    lost = any(clash.kept == "theirs" for clash in clashes)
    if lost:
        status = Status.CONFLICT
    elif refused:
        status = Status.FORBIDDEN
    elif proposals:
        status = Status.REVIEW
    elif clashes or op.base < row.version:
        status = Status.MERGED
    else:
        status = Status.APPLIED
    reason = "office_field" if refused else ""
    return Decision(status, write, None, tuple(clashes), proposals, refused, reason)


def _settled(policy: Policy, op: Operation, row: RowState, name: str, value: Any) -> Any:
    """Return the value that stands where both sides changed a field."""
    theirs = row.values.get(name)
    if policy is Policy.UNION:
        return [*(theirs or ()), *(one for one in value or () if one not in (theirs or ()))]
    if policy is Policy.LATEST:
        return value if op.at > row.field_times.get(name, "") else theirs
    return value


def _patch_assigned(op: Operation, row: RowState, rule: TableRule) -> Decision:
    refused = {name: value for name, value in op.set.items() if name not in rule.reported}
    if refused:
        return Decision(Status.FORBIDDEN, refused=refused, reason="office_field")
    wanted, stands = op.set.get("state"), row.values.get("state")
    if wanted is not None and wanted != stands and wanted not in TASK_STEPS.get(str(stands), frozenset()):
        clash = FieldClash("state", op.base, stands, wanted, "steps", "theirs")
        others = {name: value for name, value in op.set.items() if name != "state"}
        return Decision(Status.CONFLICT, others, None, (clash,), reason="illegal_step")
    if stands == "cancelled" and wanted == "done":
        clash = FieldClash("state", op.base, stands, wanted, "done_stands", "yours")
        return Decision(Status.MERGED, op.set, None, (clash,))
    return Decision(Status.APPLIED, write=op.set)


def _all_lost(op: Operation, row: RowState, rule: str) -> tuple[FieldClash, ...]:
    """Keep each value of an operation that cannot be applied."""
    return tuple(
        FieldClash(name, op.base, row.values.get(name), value, rule, "theirs")
        for name, value in op.set.items()
        if row.values.get(name) != value
    )
