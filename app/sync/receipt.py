"""The receipt of a day on the laptop: what it holds, what head office answered, and whether both agree (spec, 8).

*Day complete* is said only when head office gave a number, its summary is equal to what is in this store **now**, and
nothing of the day waits. The outcome is kept, so that it can be shown and printed without a network.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app.domain.day_receipt import (
    COLLEAGUE,
    DIFFERS,
    HANDED_ON,
    KEPT_APART,
    NOT_HERE,
    NOT_TAKEN,
    NOT_THERE,
    SAME,
    DayReceipt,
    ReceiptLine,
    Stand,
)
from app.domain.tasks import EVIDENCE
from app.models.base import SyncedRow
from app.models.customer import Customer
from app.models.sync_state import RefusedOp, SentOp
from app.models.visit import Photo, Visit
from app.storage.colleagues import IS_OWN
from app.storage.database import Database
from app.storage.facts import read_fact, write_fact
from app.sync.blob_queue import note_confirmed
from app.sync.core.day_summary import VISIT, CountedRow, same_sums, summary_of
from app.sync.delivery import VISIT_CHILDREN, Delivery, deliveries
from app.sync.protocol import ReceiptAnswer, ReceiptRequest, VisitSummary

_FACT = "day_receipt:"


class ReceiptClient(Protocol):
    """What a receipt asks of the connection to head office."""

    def receipt(self, request: ReceiptRequest) -> ReceiptAnswer:
        """Compare a day."""
        ...


def build_summary(session: Session, day: date, replica: str) -> ReceiptRequest:
    """Return the day as this store holds it."""
    visits = session.scalars(
        select(Visit).where(Visit.day == day, Visit.deleted_at.is_(None), text(IS_OWN)).order_by(Visit.serial, Visit.id)
    ).all()
    rows: dict[UUID, list[CountedRow]] = {visit.id: [_counted(VISIT, visit)] for visit in visits}
    hashes: dict[UUID, set[str]] = {visit.id: set() for visit in visits}
    for model in VISIT_CHILDREN:
        for row in session.scalars(select(model).where(model.visit_id.in_(rows), model.deleted_at.is_(None))):
            rows[row.visit_id].append(_counted(model.__tablename__, row))
            if isinstance(row, Photo):
                hashes[row.visit_id].add(row.sha256)
    summaries = tuple(summary_of(str(one.id), one.serial, rows[one.id], hashes[one.id]) for one in visits)
    return ReceiptRequest(replica=replica, day=day.isoformat(), visits=summaries)


def ask_receipt(
    database: Database, client: ReceiptClient, day: date, *, replica: str, manager: str, now: datetime
) -> DayReceipt:
    """Compare the day with head office and keep the outcome. Raises what the client raises."""
    with database.read() as session:
        request = build_summary(session, day, replica)
    answer = client.receipt(request)
    before = kept_receipt(database, day)
    with database.write() as session:
        _take_confirmations(session, answer)
    with database.read() as session:
        # What was typed while head office answered is not part of what it agreed to.
        present = build_summary(session, day, replica)
        receipt = _receipt(session, present, answer, manager, now, before)
    write_fact(database, _FACT + request.day, json.dumps(asdict(receipt), ensure_ascii=False))
    return receipt


def kept_receipt(database: Database, day: date) -> DayReceipt | None:
    """Return the outcome of the last comparison of a day, None if it was never compared.

    One that is older than the last change of the day is outdated, and complete no more.
    """
    text = read_fact(database, _FACT + day.isoformat())
    if text is None:
        return None
    receipt = _from_json(json.loads(text))
    with database.read() as session:
        present = {visit.id: visit.digest for visit in build_summary(session, day, receipt.replica).visits}
        receipt = _with_handed_on(session, receipt, present)
    same = {line.visit: line.digest for line in receipt.lines if line.verdict not in {NOT_HERE, HANDED_ON}}
    if present != same:
        return replace(receipt, complete=False, number="", is_outdated=True)
    return receipt


def wants_comparing(database: Database, day: date, replica: str) -> bool:
    """Say whether comparing a day would tell anything new: it was changed, delivered or handed on since."""
    receipt = kept_receipt(database, day)
    if receipt is not None and (receipt.is_outdated or _was_handed_on_since(database, receipt)):
        return True
    with database.read() as session:
        visits = build_summary(session, day, replica).visits
        states = deliveries(session, [UUID(visit.id) for visit in visits])
    if not any(visit.serial is not None for visit in visits):
        return False
    if receipt is None:
        return True
    own = [states[UUID(line.visit)] for line in receipt.lines if UUID(line.visit) in states]
    told = (sum(line.rows_waiting for line in receipt.own), receipt.photos[0])
    return told != (sum(one.rows_waiting for one in own), sum(one.photos_confirmed for one in own))


def _was_handed_on_since(database: Database, receipt: DayReceipt) -> bool:
    """Return whether a visit has left this store after the comparison, which may have changed it until it left."""
    told = json.loads(read_fact(database, _FACT + receipt.day) or "{}").get("lines", ())
    before = {line["visit"] for line in told if line["verdict"] == HANDED_ON}
    return any(line.verdict == HANDED_ON and line.visit not in before for line in receipt.lines)


def _with_handed_on(session: Session, receipt: DayReceipt, present: Mapping[str, str]) -> DayReceipt:
    """Call the visits handed on that were the same on both sides and have left this store since."""
    away = {line.visit for line in receipt.lines if line.verdict == SAME} - present.keys()
    keys = [UUID(key) for key in away]
    away -= {str(key) for key in session.scalars(select(Visit.id).where(Visit.id.in_(keys)))}
    away -= set(session.scalars(select(SentOp.pk).where(SentOp.pk.in_(away), SentOp.kind == "delete")))
    lines = (replace(line, verdict=HANDED_ON) if line.visit in away else line for line in receipt.lines)
    return replace(receipt, lines=tuple(lines))


def _receipt(
    session: Session,
    request: ReceiptRequest,
    answer: ReceiptAnswer,
    manager: str,
    now: datetime,
    before: DayReceipt | None,
) -> DayReceipt:
    here = {visit.id: visit for visit in request.visits}
    there = {visit.id: visit for visit in (*answer.visits, *answer.left)}
    left = {visit.id for visit in answer.left} - here.keys()
    states = deliveries(session, [UUID(key) for key in here])
    refused = _refused(session, here)
    # What a shop that has left was called is known only if the day was compared before.
    words = {line.visit: (line.code, line.shop, line.status) for line in (before.lines if before else ())}
    words |= {key: (*words.get(key, ("", "", ""))[:2], status) for key, status in answer.statuses.items()}
    words |= _words(session, here)
    lines = tuple(
        _line(
            key, here.get(key), there.get(key),
            HANDED_ON if key in left else _verdict(key, here.get(key), there.get(key), answer, refused),
            states.get(UUID(key)), words.get(key, ("", "", "")),
        )
        for key in sorted(here.keys() | there.keys(), key=lambda key: _place(here.get(key) or there[key]))
    )  # fmt: skip
    complete = (
        answer.agreed
        and bool(answer.number)
        and not answer.missing_photos
        and all(line.verdict in {SAME, COLLEAGUE, HANDED_ON} for line in lines)
        and not any(_is_open(line) for line in lines)
        and all(state.delivered for key, state in states.items() if str(key) in there)
        and all(state.rows_waiting == 0 for state in states.values())
    )
    return DayReceipt(
        day=request.day,
        manager=manager,
        replica=request.replica,
        complete=complete,
        number=answer.number if complete else "",
        asked_at=now.isoformat(timespec="seconds"),
        office_time=answer.server_time,
        lines=_with_evidence(session, lines),
        missing_photos=answer.missing_photos,
        missing_serials=answer.missing_serials,
    )


def _is_open(line: ReceiptLine) -> bool:
    """Return whether a visit of this laptop is under way."""
    return line.stand is Stand.UNDER_WAY and line.verdict not in {COLLEAGUE, HANDED_ON}


def _line(
    key: str,
    here: VisitSummary | None,
    there: VisitSummary | None,
    verdict: str,
    state: Delivery | None,
    words: tuple[str, str, str],
) -> ReceiptLine:
    known = here or there
    if known is None:
        raise KeyError(key)
    return ReceiptLine(
        visit=key,
        serial=known.serial,
        code=words[0],
        shop=words[1],
        status=words[2],
        rows=known.rows,
        photos_total=len(known.photos) if state is None else state.photos_total,
        photos_confirmed=len(there.photos) if there is not None else 0,
        rows_waiting=0 if state is None else state.rows_waiting,
        rows_refused=0 if state is None else state.rows_refused,
        digest=known.digest,
        verdict=verdict,
    )


def _verdict(
    key: str, here: VisitSummary | None, there: VisitSummary | None, answer: ReceiptAnswer, refused: Mapping[str, str]
) -> str:
    """Judge by the sums themselves; what head office says about them only adds to it."""
    if here is None:
        return NOT_HERE
    if there is None and key in refused:
        return refused[key]
    if there is None:
        return NOT_THERE if key in answer.missing_visits or here.serial is not None else COLLEAGUE
    same = same_sums(here, there) and set(here.photos) == set(there.photos)
    if same and key not in answer.differing_visits:
        return SAME
    return DIFFERS


def _refused(session: Session, visits: Mapping[str, VisitSummary]) -> dict[str, str]:
    """Return the visits that head office has answered and not taken in: kept apart there, or refused."""
    query = select(RefusedOp.pk, RefusedOp.status).where(
        RefusedOp.tbl == VISIT, RefusedOp.kind == "insert", RefusedOp.state != "taken", RefusedOp.pk.in_(visits)
    )
    return {row.pk: KEPT_APART if row.status == "parked" else NOT_TAKEN for row in session.execute(query)}


def _take_confirmations(session: Session, answer: ReceiptAnswer) -> None:
    note_confirmed(session, {name for visit in answer.visits for name in visit.photos})


def _words(session: Session, visits: Mapping[str, VisitSummary]) -> dict[str, tuple[str, str, str]]:
    query = (
        select(Visit.id, Visit.status, Customer.cust_code, Customer.shop_name, Customer.cust_name)
        .join(Customer, Customer.id == Visit.customer_id)
        .where(Visit.id.in_([UUID(key) for key in visits]))
    )
    return {str(row.id): (row.cust_code, row.shop_name or row.cust_name, row.status) for row in session.execute(query)}


def _with_evidence(session: Session, lines: tuple[ReceiptLine, ...]) -> tuple[ReceiptLine, ...]:
    """Note how many pictures of each visit prove a task; one that was chosen for two tasks is still one."""
    query = (
        select(Photo.visit_id, Photo.sha256)
        .where(Photo.visit_id.in_([UUID(line.visit) for line in lines]), Photo.deleted_at.is_(None))
        .where(Photo.item.startswith(EVIDENCE))
        .distinct()
    )
    counts = Counter(str(row.visit_id) for row in session.execute(query))
    return tuple(replace(line, evidence=counts[line.visit]) for line in lines)


def _counted(table: str, row: SyncedRow) -> CountedRow:
    return CountedRow(table, str(row.id), row.revision, {name: getattr(row, name) for name in _names(type(row))})


def _names(model: type[SyncedRow]) -> Iterable[str]:
    return model.__table__.columns.keys()  # pyright: ignore[reportAttributeAccessIssue]  every one of them is mapped


def _place(visit: VisitSummary) -> tuple[bool, int, str]:
    return visit.serial is None, visit.serial or 0, visit.id


def _from_json(said: dict[str, Any]) -> DayReceipt:
    parts: dict[str, Any] = {
        "lines": tuple(ReceiptLine(**line) for line in said["lines"]),
        "missing_photos": tuple(said["missing_photos"]),
        "missing_serials": tuple(said["missing_serials"]),
    }
    return DayReceipt(**(said | parts))
