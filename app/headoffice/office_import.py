"""Brings in the company's lists of customers, products, orders, allowances, tasks and targets, each at once.

Everything goes through the SyncWriter: what has not changed is not written, what has is delivered to the laptops.
"""

import contextlib
import hashlib
from collections import Counter
from collections.abc import Generator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.text import Language
from app.headoffice import audit
from app.headoffice.database import OfficeDatabase
from app.headoffice.list_orders import Orders, lines_of_orders
from app.headoffice.list_rows import Allocations, Customers, Near, Products, Tasks, anybody
from app.headoffice.list_targets import Targets
from app.headoffice.list_work import ListWork, Outcome
from app.headoffice.models import SyncGrant
from app.headoffice.rows import among
from app.lists.answered import unread_columns
from app.lists.choices import choices_for, fields_of_head_office
from app.lists.mapping import BoundProfile, bind
from app.lists.profiles import Profile
from app.lists.readers import Chunk, Table, open_table
from app.lists.refused_file import RefusedFile, refused_file
from app.lists.targets import Target
from app.playbooks.loader import Playbook, load_playbook
from app.runtime.cancel import Report, no_report


@dataclass(frozen=True, slots=True)
class CompanyList:
    """A list to be brought in, and how."""

    path: Path
    profile: Profile
    territory: str | None = None
    """Where customers belong whose row names no territory."""
    rejects: Path | None = None
    """A file for the refused rows, CSV or XLSX by its suffix; written where there are any."""
    language: Language = Language.ZH
    """Of the reasons in that file."""
    dry_run: bool = False
    near: Near = anybody
    """Which managers targets may be given to."""
    is_form: bool = False
    """Sent by a form: where no row of it is taken, nothing was done that the log of deeds should keep."""


@dataclass(frozen=True, slots=True)
class Hand:
    """Who brings it in: `actor` as the log of deeds names them, `name` as people read it on a task or in a clash."""

    actor: str
    name: str
    is_person: bool = False
    """Whether the name is that of a person; else it stands for the office."""


class _DryRun(Exception):  # noqa: N818  not an error: what was done is taken back
    pass


def import_list(
    database: OfficeDatabase, asked: CompanyList, hand: Hand, now: datetime, report: Report = no_report
) -> Outcome:
    """Bring a list in, or with `dry_run` say what would become of it.

    Raises FileRefusedError for a file that cannot be read at all, Busy and OSError; then nothing was changed.
    """
    came: list[Outcome] = []

    def work(session: Session) -> Outcome:
        came.append(_brought_in(session, asked, hand, now, report))
        if asked.dry_run:
            raise _DryRun
        return came[-1]

    with contextlib.suppress(_DryRun):
        database.transaction(work)
    return came[-1]


def _brought_in(session: Session, asked: CompanyList, hand: Hand, now: datetime, report: Report) -> Outcome:
    profile, playbook = asked.profile, load_playbook()
    outcome = Outcome(profile.target, profile.id, asked.dry_run)
    bound, orders = _looked_through(asked, playbook)
    outcome.unread = unread_columns(bound)
    with _sink(asked) as sink, open_table(asked.path, profile.encodings) as table:
        if sink is not None:
            sink.begin(bound.header)
        taker = _taker(ListWork(session, bound, outcome, now, hand.name, sink), asked, playbook, orders)
        for chunk in _behind_the_header(table, bound):
            taker.take(chunk.first, chunk.rows)
            report(chunk.done, max(table.size, 1))
        taker.finish()
    if isinstance(taker, Customers):
        outcome.unheld = _unheld(session, taker.scopes)
    if asked.is_form and outcome.refused == outcome.read:
        return outcome
    audit.append(session, now, hand.actor, "import", profile.target.value, _logged(asked, hand, outcome))
    return outcome


def _looked_through(asked: CompanyList, playbook: Playbook) -> tuple[BoundProfile, Counter[str]]:
    """Return how the columns are read, and of a list of orders how many lines each has."""
    target = asked.profile.target
    with open_table(asked.path, asked.profile.encodings) as table:
        first = next(table.chunks, Chunk(1, [], table.size))
        bound = bind(asked.profile, first.rows, choices_for(target, playbook))
        if target is not Target.ORDERS:
            return bound, Counter()
        beginning = Chunk(first.first, first.rows[bound.header_row :], first.done)
        return bound, lines_of_orders(bound, [beginning]) + lines_of_orders(bound, table.chunks)


def _behind_the_header(table: Table, bound: BoundProfile) -> Generator[Chunk]:
    for chunk in table.chunks:
        skipped = max(0, bound.header_row - chunk.first + 1)
        yield Chunk(chunk.first + skipped, chunk.rows[skipped:], chunk.done)


def _taker(
    work: ListWork, asked: CompanyList, playbook: Playbook, orders: Counter[str]
) -> Customers | Products | Orders | Allocations | Tasks | Targets:
    match asked.profile.target:
        case Target.CUSTOMERS:
            return Customers(work, asked.territory, fields_of_head_office(playbook))
        case Target.PRODUCTS:
            return Products(work)
        case Target.ORDERS:
            return Orders(work, orders)
        case Target.ALLOCATIONS:
            return Allocations(work)
        case Target.TASKS:
            return Tasks(work)
        case Target.TARGETS:
            return Targets(work, asked.near)


def _unheld(session: Session, scopes: set[str]) -> tuple[str, ...]:
    """Return the territories that no manager has the right to."""
    own = SyncGrant.__table__.c.scope
    held = set(session.scalars(select(own).where(among(session, own, sorted(scopes)), SyncGrant.until.is_(None))))
    return tuple(scope.removeprefix("terr:") for scope in sorted(scopes - held))


def _logged(asked: CompanyList, hand: Hand, outcome: Outcome) -> dict[str, object]:
    """Return what the log of deeds keeps: enough to find the same file again and to bring it in the same way."""
    with asked.path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    told: dict[str, object] = {"file": asked.path.name, "sha256": digest, "profile": asked.profile.id}
    if asked.territory and outcome.target is Target.CUSTOMERS:
        told["territory"] = asked.territory
    if hand.is_person:
        told["as"] = hand.name
    told |= {name: getattr(outcome, name) for name in ("read", "refused", "added", "changed", "unchanged")}
    return told | {name: number for name in ("moved", "kept") if (number := getattr(outcome, name))}


@contextlib.contextmanager
def _sink(asked: CompanyList) -> Generator[RefusedFile | None]:
    if asked.rejects is None:
        yield None
        return
    with refused_file(asked.rejects, asked.language) as file:
        yield file
