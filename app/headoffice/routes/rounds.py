"""The calls of a round: hello, push, pull, estimate, first load, the receipt of the day, a new replica after a fork."""

import hashlib
import time
from collections import Counter
from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.headoffice import people
from app.headoffice.admission import Lane
from app.headoffice.answers import Told as PushTold
from app.headoffice.estimate import estimate as reckon
from app.headoffice.late_verdicts import verdicts_of
from app.headoffice.messages import DiagRequest, Done
from app.headoffice.models import SyncStream
from app.headoffice.office import Body, KnownCaller, answer, answer_of, note, office_of, own_message
from app.headoffice.problems import Forked, Gap, Malformed, NotFound, UpgradeRequired
from app.headoffice.pull import pull as pull_rows
from app.headoffice.pull import pull_page
from app.headoffice.push import push_told
from app.headoffice.receipt import numbers_of
from app.headoffice.receipt import receipt as compare_day
from app.headoffice.registry import check_schema
from app.headoffice.routes.documented import ERRORS, takes
from app.headoffice.security import Caller, read_moment
from app.sync.core.registry import SCHEMA
from app.sync.protocol import (
    ASKED_HEADER,
    BY_A_PERSON,
    MOST_ROWS,
    VERSION,
    EstimateAnswer,
    EstimateRequest,
    HelloAnswer,
    HelloRequest,
    Limits,
    PullAnswer,
    PullRequest,
    PushAnswer,
    PushRequest,
    ReceiptAnswer,
    ReceiptRequest,
    RenewAnswer,
    RenewRequest,
    VerdictsAnswer,
    VerdictsRequest,
)

router = APIRouter(prefix="/v1", tags=["rounds"], responses=ERRORS)
_EVENING_SECONDS = 45 * 60
_LEASE = timedelta(days=14)
_BEYOND = 1 << 63
_Number = Annotated[int, Query(ge=0, lt=1 << 63)]


@router.post("/hello", response_model=HelloAnswer, openapi_extra=takes(HelloRequest))
def hello(request: Request, body: Body, caller: KnownCaller) -> Response:
    """Tell the laptop what it must know before it sends anything, and note how its clock stands."""
    return answer(request, greeting(request, caller, own_message(HelloRequest, body, caller)))


def greeting(request: Request, caller: Caller, message: HelloRequest) -> HelloAnswer:
    """Note how a laptop's clock stands and return what it must know."""
    office = office_of(request)
    if message.protocol != VERSION:
        raise UpgradeRequired(VERSION)
    check_schema(message.schema_version, sends=True)
    now = office.now()
    behind = (now - read_moment(message.clock.wall)).total_seconds()

    def work(session: Session) -> tuple[int, int]:
        people.seen(session, caller.replica, now, message.app, message.schema_version, behind)
        return numbers_of(session, caller.replica)

    last_no, last_serial = office.database.transaction(work)
    note(request, schema=message.schema_version, app=message.app)
    return HelloAnswer(
        epoch=office.epoch(),
        server_time=now.isoformat(),
        schema_version=SCHEMA,
        limits=Limits(),
        slot_seconds=slot_of(caller.replica),
        lease_until=(now + _LEASE).isoformat(),
        last_no=last_no,
        last_serial=last_serial,
        together=True,
    )


@router.post("/push", response_model=PushAnswer, openapi_extra=takes(PushRequest))
def push(request: Request, body: Body, caller: KnownCaller) -> Response:
    """Take operations in, each with its own verdict."""
    begun = time.monotonic()
    message = own_message(PushRequest, body, caller)
    return _timed(answer_of(request, taken_in(request, caller, message, len(body)).to_json()), begun)


def taken_in(request: Request, caller: Caller, message: PushRequest, size: int) -> PushTold:
    """Take in operations that came in so many bytes, and return their verdicts."""
    office = office_of(request)
    with office.admission.enter(Lane.PUSH, asked=is_asked(request)):
        count = office.counting(caller, operations=len(message.ops), size=size)
        try:
            given = push_told(office.database, message, office.now(), count=count)
        except (Forked, Gap, Malformed):  # nothing was written, and it counts all the same
            office.count(caller, operations=len(message.ops), size=size)
            raise
    statuses = Counter(result["status"] for result in given.results)
    for status, number in statuses.items():
        office.metrics.operations.labels(status).inc(number)
    note(request, operations=len(message.ops), applied=statuses["applied"] + statuses["merged"], last=given.last)
    return given


@router.post("/verdicts", response_model=VerdictsAnswer, openapi_extra=takes(VerdictsRequest))
def verdicts(request: Request, body: Body, caller: KnownCaller) -> Response:
    """Tell what became of operations that were parked."""
    office = office_of(request)
    message = own_message(VerdictsRequest, body, caller)
    with office.admission.enter(Lane.PULL, asked=is_asked(request)):
        given = verdicts_of(office.database, caller.manager, message.ids)
    note(request, asked=len(message.ids), told=len(given.results))
    return answer(request, given)


@router.post("/pull", response_model=PullAnswer, openapi_extra=takes(PullRequest))
def pull(request: Request, body: Body, caller: KnownCaller) -> Response:
    """Give what is new in the laptop's scopes, a page at a time."""
    office, begun = office_of(request), time.monotonic()
    message = own_message(PullRequest, body, caller)
    check_cursors(message)
    is_first = not message.cursors
    with office.admission.enter(Lane.FIRST_LOAD if is_first else Lane.PULL, asked=is_asked(request)):
        page = pull_page(office.database, message, office.now())
        response = answer_of(request, page.to_json())
        _note_delivered(
            request, caller, response, loads=int(is_first), rows=page.rows, scopes=len(page.scopes), done=page.done
        )
        return _timed(response, begun)


@router.post("/estimate", response_model=EstimateAnswer, openapi_extra=takes(EstimateRequest))
def estimate(request: Request, body: Body, caller: KnownCaller) -> Response:
    """Tell how much a pull would bring; nothing is noted but the bytes that went."""
    office, begun = office_of(request), time.monotonic()
    message = own_message(EstimateRequest, body, caller)
    check_cursors(message)
    with office.admission.enter(Lane.PULL, asked=is_asked(request)):
        response = answer(request, reckon(office.database, message, caller.manager))
        office.count(caller, size=len(body) + len(response.body))
    return _timed(response, begun)


@router.get("/snapshot/{scope}", response_model=PullAnswer)
def snapshot(
    request: Request,
    caller: KnownCaller,
    scope: Annotated[str, Path(min_length=3, max_length=100, pattern=r"^(terr|mgr|ref):[^\x00-\x1f]+$")],
    schema_version: Annotated[int, Query(ge=0, lt=1 << 31)] = SCHEMA,
    limit: Annotated[int, Query(ge=1, le=MOST_ROWS)] = MOST_ROWS,
    grant: _Number | None = None,
    seq: _Number = 0,
    boot: _Number = 0,
) -> Response:
    """Give the first load of one scope page by page; each page names the cursor from which the next one goes on."""
    office = office_of(request)
    with office.admission.enter(Lane.FIRST_LOAD):
        with office.database.read() as session:
            cursors = _all_but(session, people.scopes_of(session, caller.manager), scope)
        if grant is not None:
            cursors[scope] = (grant, seq, boot)
        message = PullRequest(replica=caller.replica, schema_version=schema_version, cursors=cursors, limit=limit)
        given = _of_one(pull_rows(office.database, message, office.now()), scope)
        response = answer(request, given)
        rows = sum(len(page.rows) for part in given.scopes.values() for page in part.rows.values())
        _note_delivered(
            request, caller, response, loads=int(grant is None), rows=rows, scopes=len(given.scopes), done=given.done
        )
        return response


def _all_but(session: Session, held: dict[str, int], scope: str) -> dict[str, tuple[int, int, int]]:
    """Return cursors at the end of every scope but one. Raises NotFound where that one is not granted."""
    if scope not in held:
        raise NotFound
    heads = dict(session.execute(select(SyncStream.scope, SyncStream.head).where(SyncStream.scope.in_(held))).all())
    return {name: (grant, heads.get(name, 0), heads.get(name, 0)) for name, grant in held.items() if name != scope}


def _of_one(given: PullAnswer, scope: str) -> PullAnswer:
    """Return the part of a page that is of one scope; what came into others meanwhile is for the next pull."""
    parts = {name: getattr(given, name) for name in ("scopes", "cursors", "digests")}
    kept = {name: {key: value for key, value in part.items() if key == scope} for name, part in parts.items()}
    return given.model_copy(update={**kept, "drop": (), "reset": tuple(one for one in given.reset if one == scope)})


@router.post("/receipt", response_model=ReceiptAnswer, openapi_extra=takes(ReceiptRequest))
def receipt(request: Request, body: Body, caller: KnownCaller) -> Response:
    """Compare the day of the laptop with the day that is here."""
    office = office_of(request)
    message = own_message(ReceiptRequest, body, caller)
    try:
        date.fromisoformat(message.day)
    except ValueError:
        raise Malformed("day") from None
    with office.admission.enter(Lane.PUSH):
        given = compare_day(office.database, message, caller.manager, office.now())
    note(request, visits=len(message.visits), agreed=given.agreed)
    return answer(request, given)


@router.post("/renew", response_model=RenewAnswer, openapi_extra=takes(RenewRequest))
def renew(request: Request, body: Body, caller: KnownCaller) -> Response:
    """Give a laptop that was restored or copied a new replica; operations keep their ids, so nothing is doubled."""
    office = office_of(request)
    own_message(RenewRequest, body, caller)
    now = office.now()
    fresh = office.database.transaction(lambda session: people.renew_replica(session, caller.replica, now))
    note(request, fresh=fresh)
    return answer(request, RenewAnswer(replica=fresh))


@router.post("/diag", response_model=Done, openapi_extra=takes(DiagRequest))
def diag(request: Request, body: Body, caller: KnownCaller) -> Response:
    """Take counts from a laptop that has trouble into the log."""
    message = own_message(DiagRequest, body, caller)
    note(request, app=message.app, counts=message.counts)
    return answer(request, Done())


def slot_of(replica: str) -> int:
    """Return when in the 45 minutes of the evening this laptop is expected: always the same for the same laptop."""
    return int.from_bytes(hashlib.sha256(replica.encode()).digest()[:8], "big") % _EVENING_SECONDS


def _timed(response: Response, begun: float) -> Response:
    """Say how long head office was at it, so that a laptop does not take that for a slow line."""
    response.headers["Server-Timing"] = f"work;dur={(time.monotonic() - begun) * 1000:.1f}"
    return response


def is_asked(request: Request) -> bool:
    """Return whether a person waits for the answer (spec, 2: classes)."""
    return request.headers.get(ASKED_HEADER, "").lower() == BY_A_PERSON


def check_cursors(message: PullRequest | EstimateRequest) -> None:
    """Raise Malformed where a cursor holds what is no number of ours."""
    if any(not 0 <= number < _BEYOND for cursor in message.cursors.values() for number in cursor):
        raise Malformed("cursors")


def _note_delivered(
    request: Request, caller: KnownCaller, response: Response, *, loads: int, rows: int, **facts: int
) -> None:  # fmt: skip
    office = office_of(request)
    office.count(caller, size=len(response.body), loads=loads)
    office.metrics.rows.inc(rows)
    note(request, rows=rows, **facts)
