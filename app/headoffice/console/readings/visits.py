"""The visits of a day, and one visit with what was seen, agreed and photographed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, func, or_, select
from sqlalchemy.orm import Session

from app.headoffice.console.drawing import Part
from app.headoffice.console.reach import Reach
from app.headoffice.console.readings.lists import Named, customers_of, key_text, like, names_of, part_of
from app.headoffice.models import TABLES, BlobUse, SyncRow
from app.headoffice.operations import is_key
from app.headoffice.problems import NotFound
from app.headoffice.rows import among
from app.sync.core.day_summary import PHOTO, VISIT

_VISIT, _PHOTO, _CUSTOMER = TABLES["visit"], TABLES["photo"], TABLES["customer"]
_PRODUCT = TABLES["product"]


@dataclass(frozen=True, slots=True)
class VisitLine:
    """One visit in the list."""

    visit: Row[Any]
    manager: str
    by: Named | None
    photos: int
    photos_here: int


@dataclass(frozen=True, slots=True)
class PhotoShown:
    """A photo: which of its two pictures are here."""

    id: str
    photo: Row[Any]
    thumb: bool
    full: bool


@dataclass(frozen=True, slots=True)
class AdviceShown:
    """A line of the guidance: a quantity that nobody changed was agreed as it was suggested."""

    row: Row[Any]

    @property
    def agreed(self) -> int | None:
        """What was agreed; None where nothing could be suggested and nothing was typed."""
        return self.row.suggested if self.row.agreed is None else self.row.agreed

    @property
    def was_changed(self) -> bool:
        """Whether manager and shopkeeper settled on another quantity."""
        return self.row.agreed is not None and self.row.agreed != self.row.suggested


@dataclass(frozen=True, slots=True)
class VisitPage:
    """One visit in full."""

    visit: Row[Any]
    key: str
    customer: tuple[str, str]
    manager: Named | None
    photos: Sequence[PhotoShown]
    stock: Sequence[Row[Any]]
    ratings: Sequence[Row[Any]]
    promises: Sequence[Row[Any]]
    advice: Sequence[AdviceShown]
    shelf: Row[Any] | None
    plans: Sequence[Row[Any]]

    @property
    def agreed(self) -> tuple[int, int]:
        """How many SKUs were agreed on, and how much of them in all."""
        wanted = [line.agreed for line in self.advice if line.agreed]
        return len(wanted), sum(wanted)


def newest_day(session: Session, reach: Reach) -> date | None:
    """Return the last day on which there is a visit that has begun."""
    asked = select(func.max(_VISIT.c.day)).where(_VISIT.c.started_at.is_not(None), _is_near(session, reach))
    return session.scalar(asked)


def states_of(session: Session, reach: Reach, day: date) -> Mapping[str, int]:
    """Return how many visits of a day stand how."""
    asked = select(_VISIT.c.status, func.count()).where(
        _VISIT.c.day == day, _VISIT.c.deleted_at.is_(None), _is_near(session, reach)
    )
    return dict(session.execute(asked.group_by(_VISIT.c.status).order_by(_VISIT.c.status)).all())  # pyright: ignore[reportArgumentType]


def visits_of(session: Session, reach: Reach, day: date, manager: str, text: str, number: int) -> Part[VisitLine]:
    """Return one page of the visits of a day."""
    query = (
        select(
            _VISIT.c.id, _VISIT.c.serial, _VISIT.c.status, _VISIT.c.arrived_at, _VISIT.c.left_at, _VISIT.c.end_reason,
            _CUSTOMER.c.cust_code, _CUSTOMER.c.cust_name,
        )
        .join(_CUSTOMER, _CUSTOMER.c.id == _VISIT.c.customer_id)
        .where(_VISIT.c.day == day, _VISIT.c.deleted_at.is_(None), _is_near(session, reach))
        .order_by(_VISIT.c.arrived_at.desc().nulls_last(), _CUSTOMER.c.cust_code, _VISIT.c.id)
    )  # fmt: skip
    if manager:
        held = (SyncRow.tbl == "visit") & (SyncRow.pk == key_text(session, _VISIT.c.id)) & (SyncRow.author == manager)
        query = query.join(SyncRow, held)
    if text:
        fields = (_CUSTOMER.c.cust_code, _CUSTOMER.c.cust_name)
        query = query.where(or_(*(one.ilike(like(text), escape="\\") for one in fields)))
    found = part_of(session, query, number)
    authors = _authors(session, [str(row.id) for row in found.rows])
    names = names_of(session, list(authors.values()))
    photos = _photos(session, [row.id for row in found.rows])
    lines: list[VisitLine] = []
    for row in found.rows:
        code = authors.get(str(row.id), "")
        own = photos.get(row.id, [])
        lines.append(VisitLine(row, code, names.get(code), len(own), sum(one.full for one in own)))
    return Part(lines, found.number, found.total, found.size)


def visit(session: Session, reach: Reach, key: str) -> VisitPage:
    """Return one visit. Raises NotFound, for one of another territory too."""
    try:
        wanted = UUID(key)
    except ValueError:
        raise NotFound(key) from None
    row = session.execute(select(_VISIT).where(_VISIT.c.id == wanted, _VISIT.c.deleted_at.is_(None))).one_or_none()
    if row is None:
        raise NotFound(key)
    reach.check_row(session, VISIT, str(wanted))
    author = _authors(session, [str(wanted)]).get(str(wanted), "")
    return VisitPage(
        visit=row,
        key=str(wanted),
        customer=customers_of(session, [row.customer_id], reach).get(str(row.customer_id), ("", "")),
        manager=names_of(session, [author]).get(author),
        photos=_photos(session, [wanted]).get(wanted, []),
        stock=_with_product(session, "stock_count", wanted),
        ratings=_children(session, "diagnosis_rating", wanted),
        promises=_children(session, "promise", wanted),
        advice=[AdviceShown(row) for row in _with_product(session, "advice_line", wanted)],
        shelf=next(iter(_children(session, "shelf_check", wanted)), None),
        plans=_children(session, "improvement_plan", wanted),
    )


def visit_of(session: Session, reach: Reach, photo: str) -> str:
    """Return the visit that a photo was taken at. Raises NotFound, for a photo of another territory too."""
    found = session.scalar(select(_PHOTO.c.visit_id).where(_PHOTO.c.id == UUID(photo))) if is_key(photo) else None
    if found is None:
        raise NotFound(photo[:40])
    reach.check_row(session, PHOTO, photo)
    return str(found)


def _is_near(session: Session, reach: Reach) -> ColumnElement[bool]:
    return reach.of_row(VISIT, key_text(session, _VISIT.c.id))


def _authors(session: Session, keys: Sequence[str]) -> dict[str, str]:
    asked = select(SyncRow.pk, SyncRow.author).where(
        SyncRow.tbl == "visit", among(session, SyncRow.__table__.c.pk, keys), SyncRow.author.is_not(None)
    )
    return {row.pk: row.author or "" for row in session.execute(asked)}


def _photos(session: Session, visits: Sequence[UUID]) -> dict[UUID, list[PhotoShown]]:
    rows = session.execute(
        select(_PHOTO)
        .where(among(session, _PHOTO.c.visit_id, visits), _PHOTO.c.deleted_at.is_(None))
        .order_by(_PHOTO.c.added_at, _PHOTO.c.id)
    ).all()
    keys = [str(row.id) for row in rows]
    uses = session.execute(
        select(BlobUse.photo, BlobUse.kind).where(among(session, BlobUse.__table__.c.photo, keys))
    ).all()
    here = {(row.photo, row.kind) for row in uses}
    found: dict[UUID, list[PhotoShown]] = {}
    for row in rows:
        key = str(row.id)
        found.setdefault(row.visit_id, []).append(
            PhotoShown(key, row, (key, "thumb") in here, (key, "full") in here)
        )  # fmt: skip
    return found


def _children(session: Session, name: str, visit: UUID) -> Sequence[Row[Any]]:
    table = TABLES[name]
    order = table.c.item if "item" in table.c else table.c.id
    asked = select(table).where(table.c.visit_id == visit, table.c.deleted_at.is_(None)).order_by(order)
    return session.execute(asked).all()


def _with_product(session: Session, name: str, visit: UUID) -> Sequence[Row[Any]]:
    table = TABLES[name]
    asked = (
        select(table, _PRODUCT.c.name.label("product"), _PRODUCT.c.sku_code)
        .join(_PRODUCT, _PRODUCT.c.id == table.c.product_id)
        .where(table.c.visit_id == visit, table.c.deleted_at.is_(None))
        .order_by(_PRODUCT.c.name)
    )
    return session.execute(asked).all()
