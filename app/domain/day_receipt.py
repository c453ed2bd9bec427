"""The receipt of a day: what laptop and head office hold of each visit, and whether it is the same."""

from dataclasses import dataclass

SAME, DIFFERS, NOT_THERE, NOT_HERE, COLLEAGUE = "same", "differs", "not_there", "not_here", "colleague"
KEPT_APART, NOT_TAKEN = "kept_apart", "not_taken"


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """One visit on the receipt; `verdict` is same, differs, not_there (at head office), not_here, or colleague.

    Of those that are not there: kept_apart waits at head office for what it belongs to or for a person, not_taken was
    refused there.
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

    @property
    def rows(self) -> int:
        """How many rows the visits have in all."""
        return sum(line.rows for line in self.lines)

    @property
    def photos(self) -> tuple[int, int]:
        """How many photos are confirmed, and how many there are; a picture is counted once a visit."""
        return sum(line.photos_confirmed for line in self.lines), sum(line.photos_total for line in self.lines)

    @property
    def evidence(self) -> int:
        """How many of the photos prove a task."""
        return sum(line.evidence for line in self.lines)

    @property
    def waiting(self) -> int:
        """How many rows have no verdict yet."""
        return sum(line.rows_waiting for line in self.lines)
