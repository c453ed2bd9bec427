"""Operations and rows for the tests of the rules."""

from collections.abc import Mapping
from typing import Any

from app.sync.core.deciding import Decision, Operation, RowState, Surroundings, decide
from app.sync.core.registry import Home, Kind, Policy, TableRule

ME, OTHER = "mgr:wu", "mgr:li"
REPLICA = "r1"
CUSTOMER = TableRule(
    "customer",
    Kind.ARCHIVE,
    Home.TERRITORY,
    policies={
        "licence": Policy.REVIEW,
        "note": Policy.FIELD,
        "hours": Policy.FIELD,
        "phone": Policy.LATEST,
        "tags": Policy.UNION,
    },
)
VISIT = TableRule("visit", Kind.AUTHORED, Home.TERRITORY)
TASK = TableRule("task", Kind.ASSIGNED, Home.PERSON, reported=frozenset({"state", "report_note"}))
PRODUCT = TableRule("product", Kind.DELIVERED, Home.CATALOGUE)
HERE = Surroundings(ME, writer=REPLICA)
EARLY, LATE = "2026-03-01T08:00:00+00:00", "2026-03-02T08:00:00Z"


def op(kind: str, base: int = 1, at: str = LATE, **values: Any) -> Operation:
    """Return an operation on the one row there is."""
    return Operation(1, "op-1", "table", "key", kind, base, values, at)


def row(
    version: int = 1,
    changed: Mapping[str, int] | None = None,
    writers: Mapping[str, str] | None = None,
    author: str | None = None,
    *,
    deleted: bool = False,
    at: str = EARLY,
    **values: Any,
) -> RowState:
    """Return a row; `changed` are the fields with their versions."""
    times = dict.fromkeys(changed or {}, at)
    return RowState(version, values, changed or {}, times, deleted, author, writers or {})


def verdict(operation: Operation, state: RowState | None, rule: TableRule, around: Surroundings = HERE) -> Decision:
    """Return the decision."""
    return decide(operation, state, rule, around)


def kept(decision: Decision) -> dict[str, tuple[Any, Any, str]]:
    """Return the conflict records: theirs, yours, which stands."""
    return {clash.name: (clash.theirs, clash.yours, clash.kept) for clash in decision.clashes}
