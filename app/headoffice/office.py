"""What every route works with: the database, the photos, places, figures; how a request comes in and goes out."""

import gzip
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Request, Response
from pydantic import BaseModel, ValidationError
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.headoffice import security, usage
from app.headoffice.admission import Admission, Lane, Throttle
from app.headoffice.blob_store import BlobStore
from app.headoffice.database import OfficeDatabase
from app.headoffice.http_problems import EpochChanged, SlowDown
from app.headoffice.limits import parse_json, read_body
from app.headoffice.metrics import Metrics
from app.headoffice.problems import Malformed, TokenProblem
from app.headoffice.security import Caller
from app.headoffice.settings import OfficeSettings
from app.sync.protocol import EPOCH_HEADER

M = TypeVar("M", bound=BaseModel)
_WORTH_PACKING = 400
_EPOCH_SECONDS = 2.0
_BRIEF: dict[str, Any] = {"include_url": False, "include_context": False, "include_input": False}


def utc_now() -> datetime:
    """Return the time now, which only head office's clock tells."""
    return datetime.now(UTC)


@dataclass(slots=True)
class Office:
    """One worker of head office."""

    settings: OfficeSettings
    database: OfficeDatabase
    store: BlobStore
    admission: Admission
    throttle: Throttle
    metrics: Metrics
    now: Callable[[], datetime] = utc_now
    stopping: bool = False
    """The signal to stop has come: what is under way is finished, nothing new is begun."""
    _epoch: str = ""
    _epoch_read: float = field(default=float("-inf"))

    def epoch(self) -> str:
        """Return the epoch; read anew every two seconds, since the database may be restored under a running worker."""
        if time.monotonic() - self._epoch_read > _EPOCH_SECONDS:
            self._epoch = self.database.epoch()
            self._epoch_read = time.monotonic()
        return self._epoch

    def forget_epoch(self) -> None:
        """Have the epoch read anew by the next request."""
        self._epoch_read = float("-inf")

    @property
    def known_epoch(self) -> str:
        """The epoch as it was read last; asks no database."""
        return self._epoch

    def count(self, caller: Caller, *, operations: int = 0, size: int = 0, loads: int = 0) -> None:
        """Count what the caller uses, or raise SlowDown."""
        work = self.counting(caller, operations=operations, size=size, loads=loads)
        try:
            self.database.transaction(work)
        except IntegrityError:  # another request of this laptop opened the day at the same moment
            self.database.transaction(work)

    def counting(
        self, caller: Caller, *, operations: int = 0, size: int = 0, loads: int = 0
    ) -> Callable[[Session], None]:  # fmt: skip
        """Return what counts in a transaction of somebody else's, or raises SlowDown there."""
        moment = self.now()

        def work(session: Session) -> None:
            usage.count(session, self.settings, caller.replica, moment, operations=operations, size=size, loads=loads)

        return work

    def guard_tries(self) -> None:
        """Raise SlowDown where too many wrong codes and tokens were tried of late."""
        if (wait := self.throttle.left()) > 0:
            raise SlowDown(wait)


def office_of(request: Request) -> Office:
    """Return the office of the application that the request came to."""
    return request.app.state.office


def note(request: Request, **facts: Any) -> None:
    """Add ids and counts to the request's line in the log."""
    request.state.facts |= facts


async def unpacked_body(request: Request) -> bytes:
    """Return the body, unpacked within the limits."""
    body = await read_body(request, office_of(request).settings.body_seconds)
    note(request, unpacked=len(body))
    return body


Body = Annotated[bytes, Depends(unpacked_body)]
"""The unpacked body; it is read whole before anything is answered, or its sender would not hear the answer."""


def authenticated(request: Request, body: Body) -> Caller:  # noqa: ARG001  the body comes first
    """Return who asks, if the token holds and the epoch that is spoken of is the present one."""
    office = office_of(request)
    with office.database.read() as session:
        caller = security.caller_of(session, request.headers.get("authorization", ""), office.now())
    note(request, replica=caller.replica)
    spoken, present = request.headers.get(EPOCH_HEADER), office.epoch()
    if spoken and spoken != present:
        raise EpochChanged(present)
    return caller


KnownCaller = Annotated[Caller, Depends(authenticated)]


def read_message(model: type[M], body: bytes) -> M:
    """Return the message in the body, or raise Malformed with the places that are wrong, not with what they hold."""
    try:
        return model.model_validate(parse_json(body))
    except ValidationError as error:
        places = {
            ".".join(str(part)[:40] for part in item["loc"]) or "it": item["type"] for item in error.errors(**_BRIEF)
        }
        text = ", ".join(f"{place}: {kind}" for place, kind in list(places.items())[:5])
        raise Malformed(text.encode("ascii", "replace").decode()) from None


def own_message(model: type[M], body: bytes, caller: Caller) -> M:
    """Return the message in the body, if it speaks of the replica that the token belongs to."""
    message = read_message(model, body)
    if getattr(message, "replica", None) != caller.replica:
        raise TokenProblem("another replica")
    return message


def answer(request: Request, message: BaseModel) -> Response:
    """Return the answer as JSON, packed where the laptop takes it so."""
    return answer_of(request, message.model_dump_json().encode())


def answer_of(request: Request, content: bytes) -> Response:
    """Return an answer that is JSON already."""
    headers = {"Vary": "Accept-Encoding", "Cache-Control": "no-store"}
    if len(content) > _WORTH_PACKING and "gzip" in request.headers.get("accept-encoding", "").lower():
        content = gzip.compress(content, 5, mtime=0)
        headers["Content-Encoding"] = "gzip"
    return Response(content, media_type="application/json", headers=headers)


__all__ = [
    "Body",
    "KnownCaller",
    "Lane",
    "Office",
    "answer",
    "answer_of",
    "note",
    "office_of",
    "own_message",
    "read_message",
]
