"""The summary of a day for its receipt (spec, 8): the same sums on the laptop and at head office."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from app.sync.core.digest import changed, row_digest
from app.sync.protocol import VisitSummary

VISIT = "visit"
PHOTO = "photo"
CHILDREN = ("stock_count", "shelf_check", "diagnosis_rating", "advice_line", "improvement_plan", "promise", PHOTO)
"""The tables whose rows hang off a visit; each has a `visit_id`."""
_NOT_COUNTED = frozenset({"id", "revision", "changed_at", "deleted_at", "serial"})
"""What is the same by its nature, differs by its nature, or (the serial) is compared on its own."""
_MOST_SERIALS = 1000


@dataclass(frozen=True, slots=True)
class CountedRow:
    """A row that is not deleted: its name, the version head office gave it, its values."""

    table: str
    key: str
    version: int
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class DayDifference:
    """What one side misses; empty when both hold the same."""

    missing_visits: tuple[str, ...] = ()
    differing_visits: tuple[str, ...] = ()
    missing_photos: tuple[str, ...] = ()
    missing_serials: tuple[int, ...] = ()

    @property
    def agreed(self) -> bool:
        """Whether there is nothing to tell."""
        return not (self.missing_visits or self.differing_visits or self.missing_photos or self.missing_serials)


def summary_of(visit: str, serial: int | None, rows: Iterable[CountedRow], photos: Iterable[str]) -> VisitSummary:
    """Return the summary of one visit from all its rows, its own among them."""
    total = count = 0
    for row in rows:
        values = {name: plain(value) for name, value in row.values.items() if name not in _NOT_COUNTED}
        total = changed(total, after=row_digest(row.table, row.key, row.version, values))
        count += 1
    return VisitSummary(id=visit, serial=serial, rows=count, digest=str(total), photos=tuple(sorted(set(photos))))


def compare(laptop: Iterable[VisitSummary], office: Iterable[VisitSummary]) -> DayDifference:
    """Say what differs: visits that only one side has, other rows or digests, photos head office has not verified."""
    here = {visit.id: visit for visit in laptop}
    there = {visit.id: visit for visit in office}
    both = sorted(here.keys() & there.keys())
    differing = [one for one in both if not same_sums(here[one], there[one])]
    photos = {name for one, visit in here.items() for name in visit.photos if name not in _photos(there.get(one))}
    return DayDifference(
        tuple(sorted(here.keys() ^ there.keys())), tuple(differing), tuple(sorted(photos)), missing_serials=()
    )


def gaps(serials: Iterable[int], after: int, last: int) -> tuple[int, ...]:
    """Return the numbers above `after` up to `last` that were never seen, at most a thousand of them."""
    seen = set(serials)
    found: list[int] = []
    for number in range(after + 1, last + 1):
        if number not in seen:
            found.append(number)
            if len(found) == _MOST_SERIALS:
                break
    return tuple(found)


def plain(value: Any) -> Any:
    """Make a value as JSON carries it: decimals, ids and times as text, moments in UTC."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    return value


def same_sums(laptop: VisitSummary, office: VisitSummary) -> bool:
    """Say whether both hold the same rows; a laptop may lack the serial of a visit that another installation made."""
    if (laptop.rows, laptop.digest) != (office.rows, office.digest):
        return False
    return laptop.serial is None or laptop.serial == office.serial


def _photos(visit: VisitSummary | None) -> tuple[str, ...]:
    return () if visit is None else visit.photos
