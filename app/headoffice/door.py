"""The door that every request comes through: an id, a line in the log, figures, the epoch, and never a 500."""

import logging
import re
import secrets
import time
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.headoffice.errors import answer_for
from app.headoffice.http_problems import NoPlace
from app.headoffice.log import LOG
from app.headoffice.office import Office
from app.sync.protocol import CALL_HEADER, EPOCH_HEADER

_BAD, _FAULT = 400, 500
_QUIET = {"/health", "/ready", "/metrics"}
_CALL, _HEX = CALL_HEADER.lower().encode(), re.compile(rb"[0-9a-f]{1,64}")
_STOPPING_SECONDS = 10
"""After that time another worker, or this one anew, will have the port."""


@dataclass(slots=True)
class _Passage:
    """What is seen of one request on its way through."""

    id: str
    begun: float = field(default_factory=time.monotonic)
    status: int = 0
    bytes_in: int = 0
    bytes_out: int = 0


class Door:
    """The outermost layer of the application."""

    def __init__(self, app: ASGIApp, office: Office) -> None:
        self._app = app
        self._office = office
        self._open = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let one request through."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        passage = _Passage(secrets.token_hex(8))
        facts: dict[str, Any] = {}
        scope.setdefault("state", {})["facts"] = facts
        self._open += 1
        self._office.metrics.open.inc()
        try:
            await self._pass(passage, scope, receive, send)
        finally:
            self._open -= 1
            self._office.metrics.open.dec()
            self._tell(passage, scope, facts)

    async def _pass(self, passage: _Passage, scope: Scope, receive: Receive, send: Send) -> None:
        async def counted_receive() -> Message:
            message = await receive()
            passage.bytes_in += len(message.get("body", b""))
            return message

        async def counted_send(message: Message) -> None:
            if message["type"] == "http.response.start":
                passage.status = message["status"]
                message["headers"] = [*message["headers"], *self._headers(passage, scope)]
            passage.bytes_out += len(message.get("body", b""))
            await send(message)

        try:
            if self._office.stopping and scope["path"] not in _QUIET:
                await answer_for(NoPlace(_STOPPING_SECONDS), close=True)(scope, counted_receive, counted_send)
            elif self._open > self._office.settings.open_requests:
                await answer_for(NoPlace(10))(scope, counted_receive, counted_send)
            else:
                await self._app(scope, counted_receive, counted_send)
        except ClientDisconnect:
            scope["state"]["facts"]["gone"] = True
        except Exception:  # noqa: BLE001 - whatever it was, the laptop keeps its work and comes again
            LOG.error("unforeseen", exc_info=True, extra={"facts": {"request": passage.id}})
            if not passage.status:
                await answer_for(NoPlace(10))(scope, counted_receive, counted_send)

    def _headers(self, passage: _Passage, scope: Scope) -> list[tuple[bytes, bytes]]:
        headers = [(b"x-request-id", passage.id.encode())]
        if scope["path"].startswith("/v1/") and (epoch := self._office.known_epoch):
            headers.append((EPOCH_HEADER.lower().encode(), epoch.encode("latin-1", "replace")))
        headers += [(name, call) for name, call in scope["headers"] if name == _CALL and _HEX.fullmatch(call)]
        return headers

    def _tell(self, passage: _Passage, scope: Scope, facts: dict[str, Any]) -> None:
        call, seconds = _call(scope), time.monotonic() - passage.begun
        figures = self._office.metrics
        figures.requests.labels(call, str(passage.status)).inc()
        figures.seconds.labels(call).observe(seconds)
        figures.bytes.labels(call, "in").inc(passage.bytes_in)
        figures.bytes.labels(call, "out").inc(passage.bytes_out)
        if scope["path"] in _QUIET and passage.status < _BAD:
            return
        line = {"request": passage.id, "call": call, "status": passage.status, "ms": round(seconds * 1000, 1)}
        line |= {"in": passage.bytes_in, "out": passage.bytes_out}
        level = logging.WARNING if passage.status >= _FAULT or not passage.status else logging.INFO
        LOG.log(level, "request", extra={"facts": line | facts})


def _call(scope: Scope) -> str:
    """Return the pattern of the route, which names nobody; whatever is no route of ours is one call."""
    path = getattr(scope.get("route"), "path", None)
    if path is None:
        return "unknown"
    return f"{scope['method']} {path}"
