"""Reads bodies with a running limit and JSON without surprises: what is too large or odd never reaches the work."""

import asyncio
import json
import math
import re
import zlib
from collections.abc import AsyncIterator
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
_OPENING = b"{["
_NO_BRACKETS = bytes(set(range(256)) - set(b"{}[]"))
_ODD_NUMBER = re.compile(rb"[0-9][eE]|[0-9]{100}")
"""A number that may be too large for a float."""


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
    try:
        value = json.loads(raw.decode("utf-8"), parse_constant=_no_constant, object_pairs_hook=_object)
    except RecursionError:
        raise Malformed("too deep") from None
    except UnicodeDecodeError:
        raise Malformed("not UTF-8") from None
    except ValueError as error:
        raise Malformed(str(error)[:80] if isinstance(error, json.JSONDecodeError) else "not JSON") from None
    if not _is_harmless(raw):
        _check(value)
    return value


def _is_harmless(raw: bytes) -> bool:
    """Return whether sound JSON has nothing odd in it, as far as its bytes tell; nearly all messages have not.

    Where nothing is escaped, each second piece between the quotes is a text, and the others are structure.
    """
    if b"\\" in raw or b"\0" in raw:
        return False
    pieces = raw.split(b'"')
    if len(max(pieces[1::2], key=len, default=b"")) > LONGEST_TEXT:
        return False
    structure = b"".join(pieces[0::2])
    if _ODD_NUMBER.search(structure) is not None:
        return False
    level = 0
    for sign in structure.translate(None, _NO_BRACKETS):
        level += 1 if sign in _OPENING else -1
        if level > DEEPEST:
            return False
    return True


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
    elif isinstance(item, float):
        if not math.isfinite(item):
            raise Malformed("a number is too large")
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
