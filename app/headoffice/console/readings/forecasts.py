"""Who has submitted a forecast for a month, what all of them add up to by SKU, and one submission in full."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, func, or_, select
from sqlalchemy.orm import Session

from app.headoffice.console.drawing import Part
from app.headoffice.console.reach import Reach
from app.headoffice.console.readings.lists import Named, customers_of, key_text, like, names_of, part_of
from app.headoffice.models import TABLES, Manager, SyncRow
from app.headoffice.operations import is_key
from app.headoffice.problems import NotFound
from app.headoffice.rows import among

SUBMISSION = "forecast_submission"
SHOWN = ("all", "sent", "missing")
_SUBMISSION, _LINE, _PRODUCT = TABLES[SUBMISSION], TABLES["forecast_line"], TABLES["product"]
_MOST_MONTHS = 36


@dataclass(frozen=True, slots=True)
class ManagerLine:
    """One manager in a month: the newest version, None where nothing was submitted."""

    manager: Row[Any]
    newest: Row[Any] | None
    versions: int


@dataclass(frozen=True, slots=True)
class MonthFigures:
    """What the newest versions of a month add up to."""

    managers: int
    sent: int
    model_total: int
    final_total: int


@dataclass(frozen=True, slots=True)
class MonthPage:
    """The submissions of one month, within reach."""

    month: date
    newest: Mapping[str, Row[Any]]
    """by manager"""
    versions: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class SubmissionPage:
    """One submission in full."""

    key: str
    submission: Row[Any]
    manager: Named | None
    author: str
    is_newest: bool
    versions: Sequence[Any]
    skus: Sequence[Row[Any]]
    shops: Sequence[tuple[Row[Any], tuple[str, str] | None]]
    """what single shops were given by hand; no name where the shop lies in another territory"""


def months(session: Session, reach: Reach) -> list[date]:
    """Return the months for which something was submitted, newest first."""
    asked = select(_SUBMISSION.c.month).where(_SUBMISSION.c.deleted_at.is_(None), _is_near(session, reach)).distinct()
    return list(session.scalars(asked.order_by(_SUBMISSION.c.month.desc()).limit(_MOST_MONTHS)))


def month_page(session: Session, reach: Reach, month: date) -> MonthPage:
    """Return the submissions of a month by manager."""
    rows = session.execute(
        select(_SUBMISSION, SyncRow.author)
        .join(SyncRow, (SyncRow.tbl == SUBMISSION) & (SyncRow.pk == key_text(session, _SUBMISSION.c.id)))
        .where(_SUBMISSION.c.month == month, _SUBMISSION.c.deleted_at.is_(None), _is_near(session, reach))
        .order_by(_SUBMISSION.c.version, _SUBMISSION.c.submitted_at)
    ).all()
    newest: dict[str, Row[Any]] = {}
    versions: dict[str, int] = {}
    for row in rows:
        author = row.author or ""
        newest[author] = row
        versions[author] = versions.get(author, 0) + 1
    return MonthPage(month, newest, versions)


def figures(session: Session, reach: Reach, page: MonthPage) -> MonthFigures:
    """Return the figures of a month."""
    managers = session.scalar(select(func.count()).select_from(Manager).where(reach.of_manager(Manager.code))) or 0
    return MonthFigures(
        managers,
        len(page.newest),
        sum(row.model_total for row in page.newest.values()),
        sum(row.final_total for row in page.newest.values()),
    )


def managers(session: Session, reach: Reach, page: MonthPage, show: str, text: str, number: int) -> Part[ManagerLine]:
    """Return one page of the managers."""
    query = select(Manager.code, Manager.name, Manager.territory).where(reach.of_manager(Manager.code))
    sent = among(session, Manager.__table__.c.code, sorted(page.newest))
    if show != "all":
        query = query.where(sent if show == "sent" else ~sent)
    if text:
        named = (Manager.code, Manager.name, Manager.territory)
        query = query.where(or_(*(one.ilike(like(text), escape="\\") for one in named)))
    found = part_of(session, query.order_by(Manager.territory, Manager.code), number)
    lines = [ManagerLine(row, page.newest.get(row.code), page.versions.get(row.code, 0)) for row in found.rows]
    return Part(lines, found.number, found.total, found.size)


def by_sku(session: Session, page: MonthPage) -> Sequence[Any]:
    """Return what the newest versions add up to, SKU by SKU, the largest first."""
    final = func.sum(_LINE.c.final_value)
    asked = (
        select(
            _PRODUCT.c.sku_code, _PRODUCT.c.name, _PRODUCT.c.price_class, func.count().label("managers"),
            func.sum(_LINE.c.model_value).label("model"), final.label("final"),
        )
        .join(_PRODUCT, _PRODUCT.c.id == _LINE.c.product_id)
        .where(*_of_skus(session, page))
        .group_by(_PRODUCT.c.sku_code, _PRODUCT.c.name, _PRODUCT.c.price_class)
        .order_by(final.desc(), _PRODUCT.c.sku_code)
    )  # fmt: skip
    return session.execute(asked).all()


def submission(session: Session, reach: Reach, key: str) -> SubmissionPage:
    """Return one submission. Raises NotFound, for one of another territory too."""
    if not is_key(key):
        raise NotFound(key[:40])
    wanted = UUID(key)
    row = session.execute(
        select(_SUBMISSION).where(_SUBMISSION.c.id == wanted, _SUBMISSION.c.deleted_at.is_(None))
    ).one_or_none()
    if row is None:
        raise NotFound(key)
    reach.check_row(session, SUBMISSION, key)
    author = session.scalar(select(SyncRow.author).where(SyncRow.tbl == SUBMISSION, SyncRow.pk == key)) or ""
    lines = session.execute(
        select(_LINE, _PRODUCT.c.sku_code, _PRODUCT.c.name, _PRODUCT.c.price_class)
        .join(_PRODUCT, _PRODUCT.c.id == _LINE.c.product_id)
        .where(_LINE.c.submission_id == wanted, _LINE.c.deleted_at.is_(None))
        .order_by(_LINE.c.final_value.desc(), _PRODUCT.c.sku_code, _LINE.c.id)
    ).all()
    shops = [line for line in lines if line.customer_id is not None]
    names = customers_of(session, [line.customer_id for line in shops], reach)
    page = month_page(session, reach, row.month)
    return SubmissionPage(
        key=key,
        submission=row,
        manager=names_of(session, [author]).get(author),
        author=author,
        is_newest=author in page.newest and page.newest[author].id == wanted,
        versions=_versions(session, author, row.month),
        skus=[line for line in lines if line.customer_id is None],
        shops=[(line, names.get(str(line.customer_id))) for line in shops],
    )


def file_rows(session: Session, page: MonthPage) -> Iterator[tuple[Any, ...]]:
    """Yield (manager, submission, line with its product) of every SKU of the newest versions."""
    names = names_of(session, sorted(page.newest))
    by_key = {row.id: (author, row) for author, row in page.newest.items()}
    asked = (
        select(_LINE, _PRODUCT.c.sku_code, _PRODUCT.c.name, _PRODUCT.c.price_class)
        .join(_PRODUCT, _PRODUCT.c.id == _LINE.c.product_id)
        .where(*_of_skus(session, page))
    )
    lines = [(*by_key[line.submission_id], line) for line in session.execute(asked)]
    for author, row, line in sorted(lines, key=lambda one: (one[0], one[2].sku_code)):
        yield names.get(author) or Named(author, "", ""), row, line


def _of_skus(session: Session, page: MonthPage) -> tuple[ColumnElement[bool], ...]:
    newest = among(session, _LINE.c.submission_id, [row.id for row in page.newest.values()])
    return newest, _LINE.c.customer_id.is_(None), _LINE.c.deleted_at.is_(None)


def _versions(session: Session, author: str, month: date) -> Sequence[Any]:
    """Return the versions of one manager's month, newest first."""
    asked = (
        select(_SUBMISSION.c.id, _SUBMISSION.c.version, _SUBMISSION.c.submitted_at, _SUBMISSION.c.final_total)
        .join(SyncRow, (SyncRow.tbl == SUBMISSION) & (SyncRow.pk == key_text(session, _SUBMISSION.c.id)))
        .where(_SUBMISSION.c.month == month, _SUBMISSION.c.deleted_at.is_(None), SyncRow.author == author)
        .order_by(_SUBMISSION.c.version.desc(), _SUBMISSION.c.submitted_at.desc())
    )
    return session.execute(asked).all()


def _is_near(session: Session, reach: Reach) -> ColumnElement[bool]:
    return reach.of_row(SUBMISSION, key_text(session, _SUBMISSION.c.id))
