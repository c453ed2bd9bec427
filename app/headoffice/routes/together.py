"""The first calls of a round as one: over a slow line each way there and back costs as much as a thousand rows."""

import time
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import timedelta

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse
from sqlalchemy import select

from app.headoffice.admission import Lane
from app.headoffice.models import SyncOperation
from app.headoffice.office import Body, KnownCaller, note, office_of, own_message
from app.headoffice.page import Page
from app.headoffice.problems import OfficeProblem, TokenProblem
from app.headoffice.pull import pull_page
from app.headoffice.routes.documented import ERRORS, takes
from app.headoffice.routes.rounds import check_cursors, greeting, is_asked, taken_in
from app.headoffice.security import Caller, read_moment
from app.sync.protocol import PullRequest, PushRequest, RoundRequest

router = APIRouter(prefix="/v1", tags=["rounds"], responses=ERRORS)
LINES = "application/x-zoufang-lines"
_PAGE, _MOST_PAGES = 800, 6
"""Small pages leave sooner and are stored while the next one travels; what is still to come then is asked for."""
_CLOCK = timedelta(seconds=30)
_GZIP, _LEVEL = 31, 5


@router.post(
    "/round",
    response_class=StreamingResponse,
    responses={200: {"content": {LINES: {"schema": {"type": "string"}}}, "description": "lines: CRC-32, then JSON"}},
    openapi_extra=takes(RoundRequest),
)
def open_round(request: Request, body: Body, caller: KnownCaller) -> Response:
    """Say hello, take operations in and give what is new, each in a line of its own; what must not be done is left out.

    The laptop makes the calls that were left out by themselves, and hears from them why.
    """
    begun, came = time.monotonic(), office_of(request).now()
    message = own_message(RoundRequest, body, caller)
    _check(message, caller)
    greeted = greeting(request, caller, message.hello)
    is_known = _is_known(request, message.push)
    goes_on = message.hello.epoch == greeted.epoch and (greeted.last_no <= message.sent_no or is_known)
    greeted = greeted.model_copy(update={"untouched": not goes_on and not is_known})
    lines = [_line("hello", greeted.model_dump_json().encode())]
    if goes_on and message.push is not None:
        off = came - read_moment(message.hello.clock.wall) - timedelta(seconds=message.offset)
        goes_on = abs(off) <= _CLOCK
        with suppress(OfficeProblem):
            if goes_on:
                lines.append(_line("push", taken_in(request, caller, message.push, len(body)).to_json()))
        goes_on = len(lines) > 1
    pull = message.pull if goes_on else None
    working = (time.monotonic() - begun) * 1000
    return _streamed(request, _told(request, caller, lines, pull), working)


def _is_known(request: Request, push: PushRequest | None) -> bool:
    """Return whether these operations came before: their answer was lost, or the wire delivers the call twice."""
    if push is None or not push.ops:
        return False
    asked = select(SyncOperation.no).where(SyncOperation.id == push.ops[0].id).limit(1)
    with office_of(request).database.read() as session:
        return session.scalar(asked) is not None


def _check(message: RoundRequest, caller: Caller) -> None:
    if any(one is not None and one.replica != caller.replica for one in (message.hello, message.push, message.pull)):
        raise TokenProblem("another replica")
    if message.pull is not None:
        check_cursors(message.pull)


def _told(request: Request, caller: Caller, lines: Iterable[bytes], pull: PullRequest | None) -> Iterator[bytes]:
    """Yield the lines; the rows are read while those before them are on their way."""
    sent = rows = 0
    yield from lines
    # What keeps rows back now is told to the pull that comes next.
    with suppress(OfficeProblem):
        for given in _pages(request, pull) if pull is not None else ():
            line = _line("pull", given.to_json())
            sent += len(line)
            rows += given.rows
            yield line
    if pull is not None:
        office_of(request).metrics.rows.inc(rows)
        note(request, rows=rows)
        with suppress(OfficeProblem):
            office_of(request).count(caller, size=sent)


def _pages(request: Request, pull: PullRequest) -> Iterator[Page]:
    office = office_of(request)
    cursors = pull.cursors
    for _ in range(_MOST_PAGES):
        asked = pull.model_copy(update={"cursors": cursors, "limit": min(pull.limit, _PAGE)})
        with office.admission.enter(Lane.PULL, asked=is_asked(request)):
            given = pull_page(office.database, asked, office.now())
        yield given
        if given.done:
            return
        cursors = {**cursors, **given.cursors}


def _line(name: str, given: bytes) -> bytes:
    """Return a line with its checksum: it is believed before the packed answer can be checked as a whole."""
    told = b'{"%s":%s}' % (name.encode(), given)
    return b"%08x %s\n" % (zlib.crc32(told), told)


def _streamed(request: Request, lines: Iterator[bytes], working: float) -> Response:
    headers = {"Vary": "Accept-Encoding", "Cache-Control": "no-store", "Server-Timing": f"work;dur={working:.1f}"}
    if "gzip" in request.headers.get("accept-encoding", "").lower():
        headers["Content-Encoding"] = "gzip"
        lines = _packed(lines)
    return StreamingResponse(lines, media_type=LINES, headers=headers)


def _packed(lines: Iterator[bytes]) -> Iterator[bytes]:
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, _GZIP)
    for line in lines:
        yield packer.compress(line) + packer.flush(zlib.Z_SYNC_FLUSH)
    yield packer.flush()
