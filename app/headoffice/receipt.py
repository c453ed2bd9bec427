"""The receipt of a day: what this laptop holds beside what head office holds, and a number when both agree (spec, 8).

What head office holds is read from its own tables, never taken over from the question. The visits of the day are those
that came from this laptop, also under an earlier replica of it, so that a visit is told that the laptop has lost.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from uuid import UUID

from sqlalchemy import RowMapping, func, select
from sqlalchemy.orm import Session

from app.domain.visit import VisitStatus
from app.headoffice import day_checks
from app.headoffice.audit import append
from app.headoffice.database import OfficeDatabase
from app.headoffice.models import TABLES, BlobUse, DayReceipt, Replica, SyncOperation, SyncRow
from app.headoffice.people import scopes_of
from app.headoffice.problems import NotFound
from app.sync.core.day_summary import (
    CHILDREN,
    PHOTO,
    VISIT,
    CountedRow,
    DayDifference,
    compare,
    gaps,
    summary_of,
)
from app.sync.protocol import ReceiptAnswer, ReceiptRequest, VisitSummary

_WINDOW = 30_000
"""How many of a laptop's last operations are looked through for its visits: about three months of work."""
_AT_ONCE = 500
_BEYOND = 1 << 53


@dataclass(frozen=True, slots=True)
class _Held:
    """What head office holds of one laptop's day."""

    visits: tuple[VisitSummary, ...]
    left: tuple[VisitSummary, ...]
    """Visits that the laptop did not name and whose shops are not its manager's any more: head office's to keep."""
    statuses: dict[str, str]
    foreign: frozenset[str]
    """Visits that the laptop named and that a colleague made; they are the colleague's to account for."""
    day_gaps: tuple[int, ...]
    all_gaps: tuple[int, ...]

    @property
    def is_over(self) -> bool:
        """Whether none of the visits that are the laptop's is under way."""
        return all(self.statuses[visit.id] != VisitStatus.IN_PROGRESS for visit in self.visits)

    @property
    def made(self) -> int:
        """How many visits were made: neither planned stops nor those that ended otherwise."""
        return sum(status == VisitStatus.DONE for status in self.statuses.values())


def receipt(database: OfficeDatabase, request: ReceiptRequest, manager: str, now: datetime) -> ReceiptAnswer:
    """Compare the day and give a receipt number if both sides hold the same. Raises NotFound for another's replica."""
    with database.read() as session:
        replica = session.get(Replica, request.replica)
        if replica is None or replica.manager != manager:
            raise NotFound
        held = _held(session, request, replica)
    asked = [visit for visit in request.visits if visit.id not in held.foreign]
    difference = replace(compare(asked, held.visits), missing_serials=held.day_gaps)
    number = _number(request.day, manager, request.replica, held) if difference.agreed and held.is_over else ""
    day_over = replace(compare(*_over(asked, held)), missing_serials=held.day_gaps)
    _keep(database, request, manager, now, held, difference, day_over, number)
    return ReceiptAnswer(
        agreed=difference.agreed,
        visits=held.visits,
        missing_visits=difference.missing_visits,
        differing_visits=difference.differing_visits,
        missing_photos=difference.missing_photos,
        missing_serials=held.all_gaps,
        server_time=now.astimezone(UTC).isoformat(),
        number=number,
        left=held.left,
        statuses=held.statuses,
    )


def missing_serials(session: Session, replica: str) -> tuple[int, ...]:
    """Return the serials of visits that a laptop must have given and that never came, for the office's overview."""
    row = session.get(Replica, replica)
    if row is None:
        return ()
    made, is_first = _made_by(session, row)
    own = _sorted_by_author(session, made, row.manager).own
    serials = [visit["serial"] for visit in _visits(session, own) if visit["serial"] is not None]
    return gaps(serials, 0 if is_first else min(serials, default=1) - 1, max(serials, default=0))


def numbers_of(session: Session, replica: str) -> tuple[int, int]:
    """Return the last number of a replica, and to one that has sent nothing yet the serial it numbers on from.

    That is the highest of its laptop, or of its manager's laptops where this one is new; one that was refused counts.
    """
    row = session.get(Replica, replica)
    if row is None or row.last_no > 0:
        return (0, 0) if row is None else (row.last_no, 0)
    replicas = session.scalars(select(Replica).where(Replica.manager == row.manager)).all()
    same = [one.id for one in replicas if one.public_key == row.public_key]
    return 0, _highest(session, same, row.manager) or _highest(session, [one.id for one in replicas], row.manager)


def _highest(session: Session, replicas: Iterable[str], manager: str) -> int:
    keys = {key for one in replicas for key in _inserted(session, one)[0]}
    own = _sorted_by_author(session, keys, manager).own
    given = [visit["serial"] for visit in _visits(session, own)]
    for one in replicas:
        bodies = select(SyncOperation.body).where(
            SyncOperation.replica == one,
            SyncOperation.tbl == VISIT,
            SyncOperation.status.not_in(("applied", "merged")),
            SyncOperation.body.is_not(None),
        )
        given += [body.get("serial") for body in session.scalars(bodies) if body]
    return max((serial for serial in given if isinstance(serial, int) and 0 < serial < _BEYOND), default=0)


def _held(session: Session, request: ReceiptRequest, replica: Replica) -> _Held:
    day = date.fromisoformat(request.day)
    made, is_first = _made_by(session, replica)
    named = {visit.id for visit in request.visits if _is_key(visit.id)}
    authors = _sorted_by_author(session, made | named, replica.manager)
    foreign = authors.foreign
    visits = _visits(session, authors.own)
    of_day = [visit for visit in visits if visit["day"] == day and visit["deleted_at"] is None]
    serials = {visit["serial"] for visit in visits if visit["serial"] is not None}
    told = [visit.serial for visit in request.visits if visit.serial is not None and visit.id not in foreign]
    last = max((*(visit["serial"] or 0 for visit in of_day), *told), default=0)
    bottom = 0 if is_first else min((*serials, *told), default=1) - 1
    earlier = (visit["serial"] for visit in visits if visit["serial"] is not None and visit["day"] < day)
    before = max((serial for serial in earlier if serial < last), default=bottom)
    gone = authors.away - named
    summaries = _summaries(session, of_day, replica.manager)
    statuses = {str(visit["id"]): visit["status"] for visit in of_day}
    return _Held(
        tuple(one for one in summaries if one.id not in gone),
        tuple(one for one in summaries if one.id in gone and statuses[one.id] != VisitStatus.PLANNED),
        {key: status for key, status in statuses.items() if key not in gone or status != VisitStatus.PLANNED},
        frozenset(foreign),
        gaps(serials, before, last) if last else (),
        gaps(serials, bottom, max((*serials, last), default=0)),
    )


def _over(asked: Iterable[VisitSummary], held: _Held) -> tuple[tuple[VisitSummary, ...], tuple[VisitSummary, ...]]:
    """Return what both sides hold without the visits under way that both have: those differ until they are over."""
    named = {visit.id for visit in asked}
    under_way = {key for key in named if held.statuses.get(key) == VisitStatus.IN_PROGRESS}
    here, there = (tuple(one for one in side if one.id not in under_way) for side in (asked, held.visits))
    return here, there


def _made_by(session: Session, replica: Replica) -> tuple[set[str], bool]:
    """Return the keys of visits that came from this laptop under any replica, and whether its numbers begin at one.

    They do unless the manager had another laptop before: a backup of that one may have been put onto this one.
    """
    replicas = session.scalars(select(Replica).where(Replica.manager == replica.manager)).all()
    same = [one.id for one in replicas if one.public_key == replica.public_key]
    is_first = len(same) == len(replicas)
    keys: set[str] = set()
    for one in same:
        inserted, is_whole = _inserted(session, one)
        is_first = is_first and is_whole
        keys |= inserted
    return keys, is_first


def _inserted(session: Session, replica: str) -> tuple[set[str], bool]:
    """Return the keys of the visits among a replica's last operations, and whether these are all it ever sent."""
    newest = session.scalar(select(func.max(SyncOperation.no)).where(SyncOperation.replica == replica)) or 0
    asked = select(SyncOperation.pk).where(
        SyncOperation.replica == replica,
        SyncOperation.no > newest - _WINDOW,
        SyncOperation.tbl == VISIT,
        SyncOperation.kind == "insert",
    )
    return set(session.scalars(asked.distinct())), newest <= _WINDOW


@dataclass(frozen=True, slots=True)
class _Authors:
    """Whose visits they are; those of colleagues that lie in no granted scope are in none of the sets."""

    own: set[str]
    away: set[str]
    """Of the own ones those that lie in no granted scope."""
    foreign: set[str]


def _sorted_by_author(session: Session, keys: set[str], manager: str) -> _Authors:
    found = _Authors(set(), set(), set())
    scopes = set(scopes_of(session, manager))
    for part in _parts(sorted(keys)):
        query = select(SyncRow.pk, SyncRow.author, SyncRow.scope).where(SyncRow.tbl == VISIT, SyncRow.pk.in_(part))
        for row in session.execute(query):
            if row.author == manager:
                found.own.add(row.pk)
                if row.scope not in scopes:
                    found.away.add(row.pk)
            elif row.scope in scopes:
                found.foreign.add(row.pk)
    return found


def _visits(session: Session, keys: Iterable[str]) -> list[RowMapping]:
    table = TABLES[VISIT]
    found: list[RowMapping] = []
    for part in _parts(sorted(keys)):
        asked = select(table).where(table.c.id.in_([UUID(key) for key in part]))
        found += session.execute(asked).mappings().all()
    return found


def _summaries(session: Session, visits: Sequence[RowMapping], manager: str) -> tuple[VisitSummary, ...]:
    rows: dict[UUID, list[CountedRow]] = {visit["id"]: [_counted(VISIT, visit)] for visit in visits}
    hashes: dict[UUID, set[str]] = {visit["id"]: set() for visit in visits}
    for name in CHILDREN:
        table = TABLES[name]
        query = select(table).where(table.c.visit_id.in_(rows), table.c.deleted_at.is_(None))
        for row in session.execute(query).mappings():
            rows[row["visit_id"]].append(_counted(name, row))
            if name == PHOTO:
                hashes[row["visit_id"]].add(row["sha256"])
    verified = _verified(session, {name for names in hashes.values() for name in names}, manager)
    return tuple(
        summary_of(str(visit["id"]), visit["serial"], rows[visit["id"]], hashes[visit["id"]] & verified)
        for visit in sorted(visits, key=lambda one: (one["serial"] is None, one["serial"] or 0, str(one["id"])))
    )


def _counted(table: str, row: RowMapping) -> CountedRow:
    values = {str(name): value for name, value in row.items()}
    return CountedRow(table, str(values["id"]), values["revision"], values)


def _verified(session: Session, hashes: set[str], manager: str) -> set[str]:
    """Return the hashes whose bytes this manager has sent whole; that a colleague has is not told."""
    found: set[str] = set()
    for part in _parts(sorted(hashes)):
        query = select(BlobUse.sha256).where(
            BlobUse.sha256.in_(part), BlobUse.manager == manager, BlobUse.kind == "full"
        )
        found |= set(session.scalars(query).all())
    return found


def _number(day: str, manager: str, replica: str, held: _Held) -> str:
    """Return a number that says what was agreed on: asked again, the same day has the same number."""
    visits = (*held.visits, *held.left)
    whole = "\n".join([day, manager, replica, *(visit.model_dump_json() for visit in visits)])
    return f"{day.replace('-', '')}-{hashlib.sha256(whole.encode()).hexdigest()[:10].upper()}"


def _keep(
    database: OfficeDatabase,
    request: ReceiptRequest,
    manager: str,
    now: datetime,
    held: _Held,
    difference: DayDifference,
    day_over: DayDifference,
    number: str,
) -> None:
    """Keep how what is over of the day ended on this laptop, a receipt in its table, what is new in the audit log."""
    visits = (*held.visits, *held.left)

    def work(session: Session) -> None:
        day_checks.keep(
            session,
            {
                "replica": request.replica, "day": request.day, "checked_at": now, "number": number,
                "agreed": day_over.agreed, "visits": held.made,
                **{part: len(getattr(day_over, part)) for part in day_checks.PARTS},
            },
        )  # fmt: skip
        if number and session.get(DayReceipt, number) is not None:
            return
        if number:
            session.add(
                DayReceipt(
                    number=number,
                    replica=request.replica,
                    manager=manager,
                    day=request.day,
                    visits=held.made,
                    photos=sum(len(visit.photos) for visit in visits),
                    digest=hashlib.sha256("\n".join(visit.digest for visit in visits).encode()).hexdigest(),
                    given_at=now,
                )
            )
        counts = {
            "agreed": difference.agreed,
            "number": number,
            "laptop_visits": len(request.visits),
            "office_visits": len(visits),
            "visits_made": held.made,
            "missing_visits": len(difference.missing_visits),
            "differing_visits": len(difference.differing_visits),
            "missing_photos": len(difference.missing_photos),
            "missing_serials": list(difference.missing_serials[:20]),
        }
        append(session, now, manager, "receipt", request.day, counts, chain=request.replica)

    database.transaction(work)


def _is_key(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


def _parts(keys: list[str]) -> list[list[str]]:
    return [keys[start : start + _AT_ONCE] for start in range(0, len(keys), _AT_ONCE)]
