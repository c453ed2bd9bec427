"""Reads bodies with a running limit and JSON without surprises: what is too large or odd never reaches the work."""

import asyncio
import json
import math
import zlib
from collections.abc import AsyncIterator, Callable, Iterable
from typing import Any, NoReturn

from fastapi import Request

from app.headoffice.http_problems import TooLarge
from app.headoffice.problems import Busy, Malformed
from app.sync.protocol import DEEPEST, LONGEST_TEXT, MOST_BYTES, MOST_RATIO

_SLACK = 16 << 10
"""A body this small may be as regular as it likes."""
_DRAINED = 16 * MOST_BYTES
"""How much of a body that is too large is read and thrown away, so that its sender sees the answer."""
_GZIP = 31
_MOST_KEYS = 1_000
"""Of one object; the widest row has a hundred, the widest list of cursors fewer."""
_ODD = (b"\\", b" :", b"\t:", b"\n:", b"\r:")
_WINDOW = LONGEST_TEXT // 2
"""In whatever is longer than a text may be, one whole window has no quotation mark."""


async def read_body(request: Request, seconds: float, most: int = MOST_BYTES) -> bytes:
    """Return the unpacked body; raises TooLarge as soon as a limit is passed, whatever the headers promise."""
    coding = request.headers.get("content-encoding", "identity").strip().lower()
    if coding not in {"identity", "gzip", ""}:
        raise Malformed(f"content encoding {coding[:40]!r}")
    pieces = _timely(request, seconds)
    try:
        return await (_unpack(pieces, most) if coding == "gzip" else _collect(pieces, most))
    except (TooLarge, Malformed):
        await _drain(pieces)
        raise


def parse_json(raw: bytes) -> Any:
    """Return the value of a JSON text; raises Malformed for anything that two readers could read differently."""
    if _is_harmless(raw):
        value = _load(raw, None)
        if _keys_within(value) == raw.count(b'":'):
            return value
    value = _load(raw, _object)
    _check(value)
    return value


def _load(raw: bytes, hook: Callable[[list[tuple[str, Any]]], Any] | None) -> Any:
    try:
        return json.loads(
            raw.decode("utf-8"), parse_constant=_no_constant, parse_float=_finite, object_pairs_hook=hook
        )  # fmt: skip
    except RecursionError:
        raise Malformed("too deep") from None
    except UnicodeDecodeError:
        raise Malformed("not UTF-8") from None
    except ValueError as error:
        raise Malformed(str(error)[:80] if isinstance(error, json.JSONDecodeError) else "not JSON") from None


def _is_harmless(raw: bytes) -> bool:
    """Return whether no text in it can be too long or odd, and its keys can be counted: so are nearly all messages.

    Where nothing is escaped and no key stands apart from its colon, each key adds one `":`, and so does a value that
    begins with a colon: where there are as many as keys are found, none was told twice.
    """
    if any(odd in raw for odd in _ODD):
        return False
    return all(raw.find(b'"', at, at + _WINDOW) >= 0 for at in range(0, len(raw) - _WINDOW + 1, _WINDOW))


def _keys_within(value: Any) -> int:
    """Return how many keys there are in all. Raises Malformed where it is too deep or one object has too many."""
    count, level = 0, [value]
    for _ in range(DEEPEST):
        objects = [one for one in level if type(one) is dict]
        sizes = list(map(len, objects))
        if max(sizes, default=0) > _MOST_KEYS:
            raise Malformed("too many keys")
        count += sum(sizes)
        held: list[Iterable[Any]] = [one.values() for one in objects]
        held += [one for one in level if type(one) is list]
        level = [each for one in held for each in one if type(each) is dict or type(each) is list]
        if not level:
            return count
    raise Malformed("too deep")


async def _timely(request: Request, seconds: float) -> AsyncIterator[bytes]:
    stream = request.stream()
    while True:
        try:
            yield await asyncio.wait_for(anext(stream), seconds)
        except StopAsyncIteration:
            return
        except TimeoutError:
            raise Busy("the body does not come") from None


async def _collect(pieces: AsyncIterator[bytes], most: int) -> bytes:
    whole = bytearray()
    async for piece in pieces:
        whole += piece
        if len(whole) > most:
            raise TooLarge
    return bytes(whole)


async def _unpack(pieces: AsyncIterator[bytes], most: int) -> bytes:
    whole, received, unpacker = bytearray(), 0, zlib.decompressobj(_GZIP)
    try:
        async for piece in pieces:
            received += len(piece)
            rest = piece
            while rest and not unpacker.eof:
                allowed = min(most, max(_SLACK, received * MOST_RATIO))
                whole += unpacker.decompress(rest, allowed - len(whole) + 1)
                if len(whole) > allowed:
                    raise TooLarge
                rest = unpacker.unconsumed_tail
            if unpacker.eof and (rest or unpacker.unused_data):
                raise Malformed("something follows the packed body")
    except zlib.error:
        raise Malformed("not gzip") from None
    if not unpacker.eof:
        raise Malformed("the packed body is cut off")
    return bytes(whole)


async def _drain(pieces: AsyncIterator[bytes]) -> None:
    drained = 0
    async for piece in pieces:
        drained += len(piece)
        if drained > _DRAINED:
            return


def _no_constant(name: str) -> NoReturn:
    raise Malformed(f"{name} is no number")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise Malformed("a number is too large")
    return number


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(pairs) > _MOST_KEYS:  # each that is unknown would become a complaint of its own, and all of them memory
        raise Malformed("too many keys")
    made = dict(pairs)
    if len(made) != len(pairs):
        raise Malformed("a key stands twice")
    return made


def _check(value: Any) -> None:
    level: list[Any] = [value]
    for _ in range(DEEPEST):
        inner: list[Any] = []
        for item in level:
            _check_one(item, inner)
        level = inner
    for item in level:
        if isinstance(item, dict | list):
            raise Malformed("too deep")
        _check_one(item, [])


def _check_one(item: Any, inner: list[Any]) -> None:
    if isinstance(item, str):
        _check_text(item)
    elif isinstance(item, dict):
        for key in item:
            _check_text(key)
        inner.extend(item.values())
    elif isinstance(item, list):
        inner.extend(item)


def _check_text(text: str) -> None:
    if "\0" in text:  # no database keeps it
        raise Malformed("a text holds NUL")
    if text.isascii():
        size = len(text)
    else:
        try:
            size = len(text.encode())
        except UnicodeEncodeError:
            raise Malformed("half a character") from None
    if size > LONGEST_TEXT:
        raise TooLarge
