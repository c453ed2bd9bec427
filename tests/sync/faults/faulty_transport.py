"""A wire that fails as wires do: each call of the real client meets a fault, or none; drawn by the caller's seed."""

import gzip
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

import httpx2
from typing_extensions import override

Fault = Literal[
    "none", "lost before", "lost after", "twice", "late again", "cut answer", "broken gzip", "500 after", "502 page",
    "429", "503", "portal", "redirect", "old answer", "trickle", "reset at byte", "timeout", "cut request",
]  # fmt: skip
FAULTS: tuple[Fault, ...] = (
    "lost before", "lost after", "twice", "late again", "cut answer", "broken gzip", "500 after", "502 page", "429",
    "503", "portal", "redirect", "old answer", "trickle", "reset at byte", "timeout", "cut request",
)  # fmt: skip
_PORTAL = b"<!doctype html><title>Welcome</title><form action=/login>Room number</form>"


@dataclass
class FaultyTransport(httpx2.BaseTransport):
    """Wraps a real transport; `share` of the calls meet a fault of those that are `allowed`."""

    inner: httpx2.BaseTransport
    draw: random.Random
    share: float = 0.0
    allowed: tuple[Fault, ...] = FAULTS
    met: dict[str, int] = field(default_factory=dict[str, int])
    script: list[Fault] = field(default_factory=list[Fault])
    """What the next calls meet, before chance has its turn."""
    _kept: list[tuple[httpx2.Request, bytes]] = field(default_factory=list[tuple[httpx2.Request, bytes]])
    _answers: dict[str, httpx2.Response] = field(default_factory=dict[str, httpx2.Response])

    @override
    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        body = request.read()
        fault = self._next()
        self.met[fault] = self.met.get(fault, 0) + 1
        if fault in {"lost before", "cut request", "timeout", "429", "503", "portal", "redirect", "502 page"}:
            return self._without_head_office(fault, request)
        where = f"{request.method} {request.url}"
        if fault == "old answer" and where in self._answers:
            return _again(self._answers[where], request)
        if fault == "late again":
            self._send_an_old_one()
        self._kept.append((request, body))
        if fault == "twice":
            self._whole(request, body)
        answer = self._whole(request, body)
        if request.method != "HEAD" and answer.status_code == 200:
            self._answers[where] = answer
        return self._spoilt(fault, answer, request)

    @override
    def close(self) -> None:
        self.inner.close()

    def _next(self) -> Fault:
        if self.script:
            return self.script.pop(0)
        return self.draw.choice(self.allowed) if self.draw.random() < self.share else "none"

    def _whole(self, request: httpx2.Request, body: bytes) -> httpx2.Response:
        """Send and return the answer with its bytes as they lay on the wire."""
        sent = httpx2.Request(request.method, request.url, headers=request.headers, content=body)
        response = self.inner.handle_request(sent)
        raw = b"".join(response.stream) if isinstance(response.stream, httpx2.SyncByteStream) else b""
        response.close()
        return _answer(response.status_code, response.headers, raw)

    def _send_an_old_one(self) -> None:
        if self._kept:
            self._whole(*self.draw.choice(self._kept))

    def _without_head_office(self, fault: Fault, request: httpx2.Request) -> httpx2.Response:
        match fault:
            case "429":
                return _told(429, b'{"error":"slow_down"}', request)
            case "503":
                return _told(503, b'{"error":"busy"}', request)
            case "portal":
                return httpx2.Response(200, headers={"Content-Type": "text/html"}, content=_PORTAL, request=request)
            case "redirect":
                return httpx2.Response(302, headers={"Location": "https://hotel.example/"}, request=request)
            case "502 page":
                return httpx2.Response(502, content=b"<h1>Bad Gateway</h1>", request=request)
            case "timeout":
                raise httpx2.ReadTimeout("nothing came")
            case _:
                raise httpx2.ConnectError("no route")

    def _spoilt(self, fault: Fault, answer: httpx2.Response, request: httpx2.Request) -> httpx2.Response:
        raw, headers = answer.extensions["raw"], answer.headers
        match fault:
            case "lost after":
                raise httpx2.RemoteProtocolError("the connection was closed before the answer")
            case "500 after":
                return httpx2.Response(500, content=b"Internal Server Error", request=request)
            case "cut answer":
                return _answer(
                    answer.status_code, headers, raw[: self.draw.randrange(len(raw) or 1)], keep_length=False
                )
            case "broken gzip":
                return self._broken(answer, raw)
            case "reset at byte":
                return _answer(answer.status_code, headers, raw, torn_at=self.draw.randrange(len(raw) or 1))
            case "trickle":
                return _answer(answer.status_code, headers, raw, part=1)
            case _:
                return _again(answer, request)

    def _broken(self, answer: httpx2.Response, raw: bytes) -> httpx2.Response:
        packed = raw if answer.headers.get("Content-Encoding") == "gzip" else gzip.compress(raw)
        spoilt = bytearray(packed)
        for _ in range(3):
            spoilt[self.draw.randrange(len(spoilt))] ^= 1 << self.draw.randrange(8)
        headers = {**answer.headers, "Content-Encoding": "gzip"}
        return _answer(answer.status_code, httpx2.Headers(headers), bytes(spoilt), keep_length=False)


class _Stream(httpx2.SyncByteStream):
    """Gives bytes in parts, and breaks off where it is told to."""

    def __init__(self, raw: bytes, part: int, torn_at: int | None) -> None:
        self._raw, self._part, self._torn_at = raw, part, torn_at

    @override
    def __iter__(self) -> Iterator[bytes]:
        end = len(self._raw) if self._torn_at is None else self._torn_at
        for at in range(0, end, self._part):
            yield self._raw[at : min(end, at + self._part)]
        if self._torn_at is not None:
            raise httpx2.ReadError("connection reset by peer")


def _answer(
    status: int, headers: httpx2.Headers, raw: bytes, *, part: int = 1 << 16, torn_at: int | None = None,
    keep_length: bool = True,
) -> httpx2.Response:  # fmt: skip
    kept = [(name, value) for name, value in headers.multi_items() if keep_length or name.lower() != "content-length"]
    return httpx2.Response(status, headers=kept, stream=_Stream(raw, part, torn_at), extensions={"raw": raw})


def _again(answer: httpx2.Response, request: httpx2.Request) -> httpx2.Response:
    _ = request
    return _answer(answer.status_code, answer.headers, answer.extensions["raw"])


def _told(status: int, body: bytes, request: httpx2.Request) -> httpx2.Response:
    headers = {"Content-Type": "application/json", "Retry-After": "1"}
    return httpx2.Response(status, headers=headers, content=body, request=request)
