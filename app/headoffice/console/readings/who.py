"""Who has synced and who has not: one line a manager, those who were away longest first; and one manager in full."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, or_, select
from sqlalchemy.orm import Session

from app.headoffice.console.drawing import Part
from app.headoffice.console.reach import Reach
from app.headoffice.console.readings.decisions import conflict_is_near, proposal_is_near, told_once
from app.headoffice.console.readings.lists import AnySelect, like, midnight, part_of, today_of
from app.headoffice.day_checks import LaptopDay, checks_of, latest
from app.headoffice.models import TABLES, DayCheck, EnrolCode, Manager, Replica, SyncOperation, SyncParked
from app.headoffice.overview import WEEK, refused_since
from app.headoffice.people import scopes_of
from app.headoffice.receipt import missing_serials
from app.headoffice.rows import among
from app.sync.core.day_summary import gaps

SHOWN = ("all", "away", "today", "never", "trouble")
_WINDOW = 4_000
"""How many of a laptop's last operations are looked through for gaps here; the manager's own page looks further."""
_SEEN = (
    select(
        Replica.manager,
        func.max(Replica.last_seen).label("seen"),
        func.count().filter(Replica.state == "active").label("laptops"),
    )
    .group_by(Replica.manager)
    .subquery()
)
"""The last contact with any laptop, one given back included; how many are in use."""
_PARKED = (
    select(Replica.manager, func.count().label("parked"))
    .join(SyncParked, SyncParked.replica == Replica.id)
    .group_by(Replica.manager)
    .subquery()
)


@dataclass(frozen=True, slots=True)
class Counts:
    """The figures above the list."""

    managers: int
    today: int
    away: int
    never: int
    parked: int
    refused: int
    conflicts: int
    proposals: int


@dataclass(frozen=True, slots=True)
class ManagerLine:
    """One manager in the list."""

    code: str
    name: str
    territory: str
    laptops: int
    seen: datetime | None
    is_today: bool
    parked: int
    refused: int
    conflicts: int
    proposals: int
    gaps: tuple[int, ...]
    days: tuple[LaptopDay, ...]
    """How today was compared last with each laptop in use."""


@dataclass(frozen=True, slots=True)
class ManagerPage:
    """One manager in full."""

    manager: Manager
    laptops: Sequence[tuple[Replica, tuple[int, ...]]]
    scopes: Sequence[str]
    checks: Sequence[tuple[DayCheck, str]]
    codes: Sequence[EnrolCode]


def counts(session: Session, reach: Reach, now: datetime) -> Counts:
    """Return the figures."""
    begins = midnight(today_of(now))
    managers = session.scalar(select(func.count()).select_from(Manager).where(reach.of_manager(Manager.code))) or 0
    seen = session.execute(
        select(func.count(), func.count().filter(_SEEN.c.seen >= begins)).where(
            _SEEN.c.seen.is_not(None), reach.of_manager(_SEEN.c.manager)
        )
    ).one()
    refused = select(func.count()).where(refused_since(now - WEEK), reach.of_manager(SyncOperation.manager))
    parked = select(func.sum(_PARKED.c.parked)).where(reach.of_manager(_PARKED.c.manager))
    return Counts(
        managers=managers,
        today=seen[1],
        away=seen[0] - seen[1],
        never=managers - seen[0],
        parked=session.scalar(parked) or 0,
        refused=session.scalar(refused) or 0,
        conflicts=sum(_open_by_manager(session, reach, "sync_conflict", None).values()),
        proposals=sum(_open_by_manager(session, reach, "change_proposal", None).values()),
    )


def managers(session: Session, reach: Reach, now: datetime, show: str, text: str, number: int) -> Part[ManagerLine]:
    """Return one page of the list."""
    begins = midnight(today_of(now))
    found = part_of(session, _narrowed(_all().where(reach.of_manager(Manager.code)), show, text, begins), number)
    codes = [row.code for row in found.rows]
    refused = _refused(session, codes, now)
    conflicts = _open_by_manager(session, reach, "sync_conflict", codes)
    proposals = _open_by_manager(session, reach, "change_proposal", codes)
    missing = _gaps(session, codes)
    days = checks_of(session, codes, today_of(now).isoformat())
    lines = [
        ManagerLine(
            code=row.code,
            name=row.name,
            territory=row.territory,
            laptops=row.laptops or 0,
            seen=row.seen,
            is_today=row.seen is not None and row.seen >= begins,
            parked=row.parked or 0,
            refused=refused.get(row.code, 0),
            conflicts=conflicts.get(row.code, 0),
            proposals=proposals.get(row.code, 0),
            gaps=missing.get(row.code, ()),
            days=days.get(row.code, ()),
        )
        for row in found.rows
    ]
    return Part(lines, found.number, found.total, found.size)


def manager(session: Session, reach: Reach, code: str, now: datetime) -> ManagerPage:
    """Return one manager. Raises NotFound, for one of another territory too."""
    reach.check_manager(session, code)
    found = session.get_one(Manager, code)
    laptops = session.scalars(select(Replica).where(Replica.manager == code).order_by(Replica.created_at.desc())).all()
    codes = select(EnrolCode).where(
        EnrolCode.manager == code, EnrolCode.used_at.is_(None), EnrolCode.expires_at > now
    )  # fmt: skip
    return ManagerPage(
        found,
        [(one, missing_serials(session, one.id)) for one in laptops],
        sorted(scopes_of(session, code)),
        latest(session, code),
        session.scalars(codes).all(),
    )


def _all() -> AnySelect:
    return (
        select(Manager.code, Manager.name, Manager.territory, _SEEN.c.seen, _SEEN.c.laptops, _PARKED.c.parked)
        .outerjoin(_SEEN, _SEEN.c.manager == Manager.code)
        .outerjoin(_PARKED, _PARKED.c.manager == Manager.code)
        .order_by(_SEEN.c.seen.asc().nulls_first(), Manager.code)
    )


def _narrowed(query: AnySelect, show: str, text: str, begins: datetime) -> AnySelect:
    if text:
        fields = (Manager.code, Manager.name, Manager.territory)
        query = query.where(or_(*(one.ilike(like(text), escape="\\") for one in fields)))
    match show:
        case "away":
            query = query.where(_SEEN.c.seen < begins)
        case "today":
            query = query.where(_SEEN.c.seen >= begins)
        case "never":
            query = query.where(_SEEN.c.seen.is_(None))
        case "trouble":
            conflict = TABLES["sync_conflict"]
            clashing = select(conflict.c.manager).where(conflict.c.state == "open", conflict.c.deleted_at.is_(None))
            query = query.where(or_(_PARKED.c.parked > 0, Manager.code.in_(clashing)))
        case _:
            pass
    return query


def _open_by_manager(session: Session, reach: Reach, name: str, codes: Sequence[str] | None) -> dict[str, int]:
    table = TABLES[name]
    asked = select(table.c.manager, func.count()).where(table.c.state == "open", table.c.deleted_at.is_(None))
    if codes is not None:
        asked = asked.where(table.c.manager.in_(codes))
    if name == "sync_conflict":
        asked = asked.where(told_once(), conflict_is_near(reach))
    else:
        asked = asked.where(proposal_is_near(session, reach))
    return dict(session.execute(asked.group_by(table.c.manager)).all())  # pyright: ignore[reportArgumentType]


def _refused(session: Session, codes: Sequence[str], now: datetime) -> dict[str, int]:
    asked = (
        select(SyncOperation.manager, func.count())
        .where(refused_since(now - WEEK), SyncOperation.manager.in_(codes))
        .group_by(SyncOperation.manager)
    )
    return dict(session.execute(asked).all())  # pyright: ignore[reportArgumentType]


def _gaps(session: Session, codes: Sequence[str]) -> dict[str, tuple[int, ...]]:
    """Return which serials are missing in the recent work of these managers' laptops."""
    laptops = session.execute(
        select(Replica.id, Replica.manager, Replica.last_no, Replica.public_key).where(Replica.manager.in_(codes))
    ).all()
    serials: dict[str, list[int]] = defaultdict(list)
    asked = (
        select(SyncOperation.replica, SyncOperation.body["serial"].as_integer().label("serial"))
        .join(Replica, Replica.id == SyncOperation.replica)
        .where(
            among(session, SyncOperation.__table__.c.replica, [one.id for one in laptops]),
            SyncOperation.no > Replica.last_no - _WINDOW,
            SyncOperation.tbl == "visit",
            SyncOperation.kind == "insert",
            SyncOperation.body.is_not(None),
        )
    )
    for row in session.execute(asked):
        if row.serial is not None:
            serials[row.replica].append(row.serial)
    found: dict[str, tuple[int, ...]] = {}
    for code, own in _by_manager(laptops).items():
        # The numbers of one laptop go on when it gets another identity: they are looked at together.
        for key in {one.public_key for one in own}:
            same = [one for one in own if one.public_key == key]
            given = [serial for one in same for serial in serials[one.id]]
            from_first = len(same) == len(own) and all(one.last_no <= _WINDOW for one in same)
            missing = gaps(given, 0 if from_first else min(given, default=1) - 1, max(given, default=0))
            found[code] = (*found.get(code, ()), *missing)
    return found


def _by_manager(laptops: Sequence[Any]) -> dict[str, list[Row[Any]]]:
    own: dict[str, list[Row[Any]]] = defaultdict(list)
    for one in laptops:
        own[one.manager].append(one)
    return own
