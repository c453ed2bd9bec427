"""The receipt of a day: what laptop and head office hold of each visit, and whether it is the same."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.visit import VisitStatus

SAME, DIFFERS, NOT_THERE, NOT_HERE, COLLEAGUE = "same", "differs", "not_there", "not_here", "colleague"
KEPT_APART, NOT_TAKEN, HANDED_ON = "kept_apart", "not_taken", "handed_on"


class Stand(StrEnum):
    """What a line is in the count of the day: only a visit that was made is a visit."""

    MADE = "made"
    OTHERWISE = "otherwise"
    """moved, closed, refused or cancelled"""
    UNDER_WAY = "under_way"
    PLANNED = "planned"


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """One visit on the receipt; `verdict` is same, differs, not_there (at head office), not_here, or colleague.

    Of those that are not there: kept_apart waits at head office for what it belongs to or for a person, not_taken was
    refused there. Of those that are not here: handed_on is at head office, its shop left this manager.
    """

    visit: str
    serial: int | None
    code: str
    shop: str
    status: str
    rows: int
    photos_total: int
    photos_confirmed: int
    rows_waiting: int
    rows_refused: int
    digest: str
    verdict: str
    evidence: int = 0
    """How many of the photos prove a task. A photo of the visit that was also chosen for a task is one photo."""

    @property
    def stand(self) -> Stand:
        """What this line counts as; where the status is not known, only what has a number was begun."""
        if not self.status:
            return Stand.PLANNED if self.serial is None else Stand.MADE
        status = VisitStatus(self.status)
        if status is VisitStatus.DONE:
            return Stand.MADE
        stands = {VisitStatus.PLANNED: Stand.PLANNED, VisitStatus.IN_PROGRESS: Stand.UNDER_WAY}
        return stands.get(status, Stand.OTHERWISE)


@dataclass(frozen=True, slots=True)
class DayReceipt:
    """The receipt of one day, ready to be shown or printed."""

    day: str
    manager: str
    replica: str
    complete: bool
    number: str
    """Of head office; empty while the day is not complete."""
    asked_at: str
    office_time: str
    lines: tuple[ReceiptLine, ...]
    missing_photos: tuple[str, ...]
    missing_serials: tuple[int, ...]
    is_outdated: bool = False
    """Whether the day was changed after the comparison: it says nothing about the day as it is now."""

    @property
    def own(self) -> tuple[ReceiptLine, ...]:
        """The lines without those of colleagues, which are theirs to account for."""
        return tuple(line for line in self.lines if line.verdict != COLLEAGUE)

    @property
    def shown(self) -> tuple[ReceiptLine, ...]:
        """The lines that say what was done: all but the stops that are only planned and agree."""
        return tuple(line for line in self.own if line.stand is not Stand.PLANNED or line.verdict != SAME)

    @property
    def is_empty(self) -> bool:
        """Whether there is no visit on this day: none made, none begun, none that ended otherwise."""
        return all(line.stand is Stand.PLANNED for line in self.own)

    def count(self, stand: Stand) -> int:
        """Return how many of the lines are visits made, under way, ended otherwise, or stops planned."""
        return sum(line.stand is stand for line in self.own)

    @property
    def rows(self) -> int:
        """How many rows the day has in all, those of planned stops included."""
        return sum(line.rows for line in self.own)

    @property
    def photos(self) -> tuple[int, int]:
        """How many photos are confirmed, and how many there are; a picture is counted once a visit."""
        return sum(line.photos_confirmed for line in self.own), sum(line.photos_total for line in self.own)

    @property
    def evidence(self) -> int:
        """How many of the photos prove a task."""
        return sum(line.evidence for line in self.own)

    @property
    def waiting(self) -> int:
        """How many rows of visits have no verdict yet; a stop that is only planned is nobody's work."""
        return sum(line.rows_waiting for line in self.own if line.stand is not Stand.PLANNED)
