"""A round whose first calls are one: each step is given its part of the answer as if it had called by itself."""

import threading
from datetime import datetime
from queue import SimpleQueue
from time import monotonic
from typing import TYPE_CHECKING, Any

from app import __version__
from app.storage.database import Database
from app.storage.facts import fact_of
from app.sync.client import OfficeClient
from app.sync.core.registry import SCHEMA
from app.sync.numbers import last_sent
from app.sync.protocol import (
    VERSION,
    Clock,
    HelloAnswer,
    HelloRequest,
    PullAnswer,
    PullRequest,
    PushAnswer,
    PushRequest,
    RoundPart,
    RoundRequest,
)
from app.sync.push import Batch, freeze_batch
from app.sync.staging import asked_cursors, is_complete
from app.sync.state import TOGETHER, UPGRADE, clock_offset, read_identity
from app.sync.trouble import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

_BY_THEMSELVES = frozenset({"not_found", "malformed", "too_large"})
"""Refusals of the whole after which the calls are made one by one: it is an older head office, or too much for one."""
_LARGEST = 256 << 10
"""Of what is sent along, unpacked."""


class Opening:
    """The client of a round that was opened by one call.

    A step that asks for anything else than what was sent along makes its own call, once the one under way has ended;
    parts that nobody has asked for by then are thrown away, except where the call changes nothing.
    """

    def __init__(self, client: OfficeClient, request: RoundRequest | None = None, batch: Batch | None = None) -> None:
        self._client = client
        self._request = request
        self._batch = batch
        self._pushed = request and request.push
        pull = request and request.pull
        self._cursors: Mapping[str, tuple[int, int, int]] | None = pull and pull.cursors
        self._came: SimpleQueue[RoundPart | BaseException | None] = SimpleQueue()
        self._thread: threading.Thread | None = None
        self._is_over = False

    def hello(self, request: HelloRequest) -> HelloAnswer:
        """Make the call and return its first part."""
        if self._request is not None and self._thread is None:
            self._thread = threading.Thread(target=self._call, args=(self._request,), name="round", daemon=True)
            self._thread.start()
            try:
                part = self._next()
            except Refused as refused:
                if refused.trouble.error not in _BY_THEMSELVES:
                    raise
                part = None
            if part is not None and part.hello is not None:
                return part.hello
        self._let_go()
        return self._client.hello(request)

    def push(self, request: PushRequest) -> PushAnswer:
        """Return the verdicts on what was sent along, or send."""
        sent, self._pushed = self._pushed, None
        if sent is not None and _numbers(sent) == _numbers(request):
            part = self._next()
            if part is not None and part.push is not None:
                return part.push
        self._let_go()
        return self._client.push(request)

    def pull(self, request: PullRequest) -> PullAnswer:
        """Return the next page that comes along, or ask for it."""
        if self._cursors == request.cursors and self._pushed is None:
            part = self._next()
            if part is not None and part.pull is not None:
                self._cursors = None if part.pull.done else {**request.cursors, **part.pull.cursors}
                return part.pull
        self._let_go()
        return self._client.pull(request)

    def thaw_untaken(self, cursor: Any, answer: HelloAnswer) -> None:
        """Let what was sent along be as it was before, if head office neither looked at it nor knows it.

        A wire may deliver a call twice: what head office took in with the first must never be changed again.
        """
        batch, self._batch = self._batch, None
        if answer.untouched and batch is not None and batch.is_new:
            first, last = batch.request.ops[0].no, batch.last
            cursor.execute("UPDATE outbox SET state = 'pending' WHERE no BETWEEN ? AND ?", (first, last))

    def wait(self) -> None:
        """Wait until nothing is on its way any more; the connection is free then."""
        if self._thread is not None:
            self._thread.join()

    def __getattr__(self, name: str) -> Any:
        self.wait()
        return getattr(self._client, name)

    def _let_go(self) -> None:
        """Have all that follows asked for anew: what has come may be older than what is sent now."""
        self.wait()
        self._is_over = True

    def _next(self) -> RoundPart | None:
        """Return the next part, None where no more comes; raises what the call raised."""
        came = None if self._is_over else self._came.get()
        if isinstance(came, RoundPart):
            return came
        self._is_over = True
        if came is not None:
            raise came
        return None

    def _call(self, request: RoundRequest) -> None:
        try:
            self._client.open_round(request, self._came.put)
            self._came.put(None)
        except BaseException as problem:  # noqa: BLE001 - it is raised again in the thread that waits
            self._came.put(problem)


def greeting(database: Database, now: datetime) -> HelloRequest:
    """Return the first word of a round."""
    identity = read_identity(database)
    clock = Clock(wall=now.isoformat(), mono=monotonic())
    return HelloRequest(
        replica=identity.replica, protocol=VERSION, schema_version=SCHEMA, app=__version__, clock=clock,
        epoch=identity.epoch,
    )  # fmt: skip


def opened(database: Database, client: OfficeClient, now: datetime) -> Opening:
    """Freeze what waits and return the client of a round that is opened by one call.

    The calls are made one by one with a head office that does not know this one, for a replica that has sent nothing
    (the hello may raise the serials of its visits), and where so much waits that the clock would be measured badly.
    """
    with database.look() as cursor:
        sent, offset = last_sent(cursor), clock_offset(cursor)
        if fact_of(cursor, TOGETHER) != "yes" or fact_of(cursor, UPGRADE) or not sent:
            return Opening(client)
        cursors = asked_cursors(cursor)
        may_pull = not is_complete(cursor) and bool(cursors) and all(one[0] for one in cursors.values())
    batch = freeze_batch(database, now, most_bytes=_LARGEST)
    hello = greeting(database, now)
    pull = PullRequest(replica=hello.replica, schema_version=hello.schema_version, cursors=cursors)
    request = RoundRequest(
        replica=hello.replica, hello=hello, push=None if batch is None else batch.request,
        pull=pull if may_pull and not (batch and batch.is_full) else None, sent_no=sent, offset=offset.total_seconds(),
    )  # fmt: skip
    return Opening(client, request, batch)


def _numbers(request: PushRequest) -> tuple[str, list[tuple[int, str]]]:
    return request.replica, [(op.no, op.id) for op in request.ops]
