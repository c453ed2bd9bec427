"""What each role of the office may see and do in the console; every route asks for one of these rights."""

from collections.abc import Mapping
from enum import StrEnum


class Right(StrEnum):
    """One thing that a person may or may not do."""

    LOOK = "look"
    """See who has synced, the visits without their photos, tasks, and which records were refused and why."""
    VALUES = "values"
    """See photos and the values of records, which tell of persons: conflicts, proposals, what was refused."""
    DECIDE = "decide"
    """Decide conflicts, proposals and parked records; give tasks."""
    DEVICES = "devices"
    """Issue enrolment codes and revoke laptops."""
    AUDIT = "audit"
    """Read the log of deeds."""


_CLERK = frozenset({Right.LOOK, Right.VALUES, Right.DECIDE})
RIGHTS: Mapping[str, frozenset[Right]] = {
    "reader": frozenset({Right.LOOK}),
    "clerk": _CLERK,
    "chief": _CLERK | {Right.DEVICES, Right.AUDIT},
}
"""The rights of the roles of `people.ROLES`; a role that is not named here may nothing."""


def rights_of(role: str) -> frozenset[Right]:
    """Return what a role may."""
    return RIGHTS.get(role, frozenset())
