"""What a person did to the day: what to say about it, and how it is undone."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from app.domain.changes import Changes
from app.domain.visit import VisitStatus


class DeedKind(StrEnum):
    """The deeds on Today."""

    SHORTENED = "shortened"
    REORDERED = "reordered"
    TAKEN_OUT = "taken_out"
    ADDED = "added"
    ENDED = "ended"
    REOPENED = "reopened"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class Deed:
    """One deed; `undo` takes it back and returns what that changed."""

    kind: DeedKind
    customer_id: UUID | None = None
    name: str = ""
    km: float | None = None
    """By how much the way became shorter."""
    outcome: VisitStatus | None = None
    moved_to: date | None = None
    undo: Callable[[], Changes] | None = None
    before: tuple[UUID, ...] = ()
    """The order of the stops before it, as visits."""

    @property
    def changes_brief(self) -> bool:
        """Whether the brief of the shop says something else now."""
        return self.kind in {DeedKind.ENDED, DeedKind.REOPENED, DeedKind.UNDONE}
