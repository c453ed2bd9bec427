"""Who has synced and who has not, what waits, what was refused: read only, for the command line and the console."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Table, and_, func, select
from sqlalchemy.orm import Session

from app.headoffice.access_models import NOT_TAKEN
from app.headoffice.models import TABLES, AuditEntry, Manager, Replica, SyncOperation, SyncParked
from app.headoffice.parked import REVIEW
from app.headoffice.receipt import missing_serials

REFUSED = ("forbidden", "invalid", "gone", "moved")
"""Verdicts that nobody decides any more; conflicts, proposals and what is parked are counted while they are open."""
WEEK = timedelta(days=7)
"""What was refused before that is counted no more where it is told how much there is to look at."""


@dataclass(frozen=True, slots=True)
class LaptopState:
    """One installation."""

    replica: str
    manager: str
    manager_name: str
    territory: str
    device: str
    state: str
    wiped_at: datetime | None
    left_at: datetime | None
    last_seen: datetime | None
    app: str | None
    clock_offset: float | None
    operations: int
    refused: int
    parked: int
    missing_serials: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RefusedOperation:
    """An operation that was not taken in."""

    replica: str
    no: int
    table: str
    key: str
    status: str
    reason: str
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Overview:
    """The present state of head office."""

    managers: int
    without_laptop: tuple[str, ...]
    laptops: tuple[LaptopState, ...]
    refused: tuple[RefusedOperation, ...]
    parked: int
    """Neither applied nor refused yet."""
    to_look_at: int
    """Taken in, and to be looked at by a person of the office."""
    refused_of_week: int
    open_conflicts: int
    open_proposals: int
    rows: dict[str, int]

    @property
    def to_settle(self) -> int:
        """How many records a person of the office looks at: those that are parked, and those taken in."""
        return self.parked + self.to_look_at


def overview(session: Session, now: datetime, most: int = 50) -> Overview:
    """Return the state; of refused operations the newest."""
    managers = {row.code: row for row in session.scalars(select(Manager).order_by(Manager.code))}
    laptops = _laptops(session, managers)
    served = {laptop.manager for laptop in laptops if laptop.state == "active"}
    return Overview(
        managers=len(managers),
        without_laptop=tuple(code for code in managers if code not in served),
        laptops=laptops,
        refused=_refused(session, most),
        parked=_parked(session, SyncParked.waits_tbl != REVIEW),
        to_look_at=_parked(session, SyncParked.waits_tbl == REVIEW),
        refused_of_week=session.scalar(select(func.count()).where(refused_since(now - WEEK))) or 0,
        open_conflicts=_open_clashes(session),
        open_proposals=_open(session, TABLES["change_proposal"]),
        rows={name: _count(session, TABLES[name]) for name in ("customer", "product", "purchase_order", "visit")},
    )


def refused_since(moment: datetime) -> ColumnElement[bool]:
    """Return the condition that an operation was refused since then."""
    return and_(NOT_TAKEN, SyncOperation.status.in_(REFUSED), SyncOperation.received_at >= moment)


def audit_lines(session: Session, most: int) -> list[AuditEntry]:
    """Return the newest entries of the log of deeds, oldest first."""
    newest = session.scalars(select(AuditEntry).order_by(AuditEntry.at.desc(), AuditEntry.no.desc()).limit(most))
    return list(reversed(newest.all()))


def _laptops(session: Session, managers: dict[str, Manager]) -> tuple[LaptopState, ...]:
    operations = _per_replica(session, refused_only=False)
    refused = _per_replica(session, refused_only=True)
    waiting = select(SyncParked.replica, func.count()).where(SyncParked.waits_tbl != REVIEW)
    parked = dict(session.execute(waiting.group_by(SyncParked.replica)).all())
    return tuple(
        LaptopState(
            replica=row.id,
            manager=row.manager,
            manager_name=managers[row.manager].name,
            territory=managers[row.manager].territory,
            device=row.device,
            state=row.state,
            wiped_at=row.wiped_at,
            left_at=row.left_at,
            last_seen=row.last_seen,
            app=row.app,
            clock_offset=row.clock_offset,
            operations=operations.get(row.id, 0),
            refused=refused.get(row.id, 0),
            parked=parked.get(row.id, 0),
            missing_serials=missing_serials(session, row.id),
        )
        for row in session.scalars(select(Replica).order_by(Replica.manager, Replica.created_at))
    )


def _per_replica(session: Session, *, refused_only: bool) -> dict[str, int]:
    query = select(SyncOperation.replica, func.count()).group_by(SyncOperation.replica)
    if refused_only:
        query = query.where(SyncOperation.status.in_(REFUSED))
    return dict(session.execute(query).all())


def _refused(session: Session, most: int) -> tuple[RefusedOperation, ...]:
    rows = session.scalars(
        select(SyncOperation)
        .where(SyncOperation.status.in_(REFUSED))
        .order_by(SyncOperation.received_at.desc(), SyncOperation.no.desc())
        .limit(most)
    )
    return tuple(
        RefusedOperation(row.replica, row.no, row.tbl, row.pk, row.status, row.reason, row.received_at) for row in rows
    )


def _parked(session: Session, which: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).select_from(SyncParked).where(which)) or 0


def _open_clashes(session: Session) -> int:
    """Return how many values clash; several managers may keep a record of the same one."""
    table = TABLES["sync_conflict"]
    clash = (table.c.operation, table.c.tbl, table.c.pk, table.c.field)
    one_each = select(*clash).where(table.c.state == "open", table.c.deleted_at.is_(None)).distinct().subquery()
    return session.scalar(select(func.count()).select_from(one_each)) or 0


def _open(session: Session, table: Table) -> int:
    query = select(func.count()).select_from(table).where(table.c.state == "open", table.c.deleted_at.is_(None))
    return session.scalar(query) or 0


def _count(session: Session, table: Table) -> int:
    return session.scalar(select(func.count()).select_from(table).where(table.c.deleted_at.is_(None))) or 0
