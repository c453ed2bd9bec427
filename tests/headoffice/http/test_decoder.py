"""The decoder of bodies, hit with broken copies of good ones: it refuses or understands, in bounded memory and time."""

import asyncio
import contextlib
import gc
import gzip
import json
import random
import time
import tracemalloc
from collections.abc import AsyncIterator, Callable
from types import SimpleNamespace
from typing import Any, cast

import pytest
from fastapi import Request
from pydantic import BaseModel

from app.headoffice.limits import parse_json, read_body
from app.headoffice.messages import DiagRequest, WipeReceipt
from app.headoffice.office import read_message
from app.headoffice.problems import OfficeProblem
from app.sync.protocol import (
    MOST_BYTES,
    BlobRequest,
    EnrolRequest,
    EstimateRequest,
    HelloRequest,
    PullRequest,
    PushRequest,
    ReceiptRequest,
    RenewRequest,
    TokenRequest,
)
from tests.headoffice.http.served import Served
from tests.headoffice.world import key, visit_values
from tests.sync.soak import tries
from tests.sync.tally import tally

_MIB = 1 << 20
_CLOCK = {"wall": "2026-03-02T08:00:00+00:00", "mono": 1.5}
_OP = {
    "no": 1, "id": key(), "table": "visit", "key": key(), "kind": "insert", "base": 0, "made_at": _CLOCK["wall"],
    "set": {"customer_id": key(), "day": "2026-03-02", "reasons": ["a", {"b": [1, 2.5, None, True, "走访"]}]},
}  # fmt: skip
_PLAIN: dict[str, Any] = {"replica": key(), "schema_version": 2}
GOOD: dict[type[BaseModel], dict[str, Any]] = {
    PushRequest: _PLAIN | {"batch": key(), "clock": _CLOCK, "acked_no": 0, "ops": [_OP, _OP | {"no": 2}]},
    PullRequest: _PLAIN | {"cursors": {"terr:T1": [1, 2, 3], "ref:catalogue": [1, 0, 0]}, "limit": 100},
    EstimateRequest: _PLAIN | {"cursors": {"terr:T1": [1, 2, 3]}},
    HelloRequest: _PLAIN | {"protocol": 1, "app": "0.1.0", "clock": _CLOCK},
    TokenRequest: {"replica": key(), "refresh_token": "t", "moment": _CLOCK["wall"], "proof": "cHJvb2Y="},
    EnrolRequest: {"code": "AAAA-BBBB-CCCC", "public_key": "a2V5", "device": "测试机"},
    RenewRequest: {"replica": key()},
    WipeReceipt: {"replica": key()},
    DiagRequest: {"replica": key(), "app": "x", "counts": {"outbox": 3}},
    BlobRequest: {"replica": key(), "sha256": "a" * 64, "photo": key(), "kind": "full", "size": 9},
    ReceiptRequest: {
        "replica": key(), "day": "2026-03-02",
        "visits": [{"id": key(), "serial": 1, "rows": 2, "digest": "7", "photos": ["b" * 64]}],
    },
}  # fmt: skip
_ODD = [
    b"NaN", b"-Infinity", b"1e999", b"9" * 5_000, b"-0", b"1.0", b"null", b"true", b'""', b'"\\ud800"', b'"\\u0000"',
    b"[]", b"{}", b"[[[[[[[[[[]]]]]]]]]]", b'{"a":1,"a":2}', b'"../../etc/passwd"', b'"C:\\\\x"',
    b"18446744073709551616", b"\xff\xfe", b"\xed\xa0\x80", b"\xef\xbb\xbf", b'"\\u202e"', b"0x10", b"'a'",
    b"// x", b"1_000", b"+1", b".5",
]  # fmt: skip


def _broken(good: bytes, chance: random.Random) -> bytes:
    """Return a copy with a few things wrong: bytes turned, cut, doubled, moved, or a value put in another's place."""
    body = bytearray(good)
    for _ in range(chance.randint(1, 3)):
        at, to = sorted(chance.randrange(len(body) + 1) for _ in range(2))
        match chance.randrange(6):
            case 0 if body:
                body[min(at, len(body) - 1)] ^= 1 << chance.randrange(8)
            case 1:
                del body[at : min(to, at + 40)]
            case 2:
                body[at:at] = body[at : min(to, at + 60)]
            case 3:
                body[at:at] = chance.choice(_ODD)
            case 4:
                values = [i for i, letter in enumerate(body) if letter in b":["]
                start = chance.choice(values) + 1 if values else 0
                end = next((i for i in range(start, len(body)) if body[i] in b",]}"), len(body))
                body[start:end] = chance.choice(_ODD)
            case _:
                del body[at:]
        if not body:
            break
    return bytes(body)


def test_a_good_body_is_understood() -> None:
    for model, good in GOOD.items():
        read_message(model, json.dumps(good).encode())


def test_broken_copies_of_good_bodies_are_refused_or_understood_and_never_a_fault() -> None:
    count, chance = tries(400, 60_000, "ZOUFANG_DECODER"), random.Random(3)  # noqa: S311
    understood = 0
    for model, good in GOOD.items():
        body = json.dumps(good, ensure_ascii=False).encode()
        for _ in range(count):
            with contextlib.suppress(OfficeProblem):
                read_message(model, _broken(body, chance)).model_dump_json()
                understood += 1
    assert 0 < understood < count * len(GOOD)
    tally("decoder: broken copies of good bodies", count * len(GOOD))


def _request(pieces: list[bytes], coding: str) -> Request:
    """Return as much of a request as the reader of bodies looks at."""

    async def stream() -> AsyncIterator[bytes]:
        for piece in pieces:
            yield piece

    return cast("Request", SimpleNamespace(headers={"content-encoding": coding}, stream=stream))


def test_broken_packed_bodies_in_pieces_are_refused_or_unpacked_within_the_limit() -> None:
    count, chance = tries(400, 60_000, "ZOUFANG_DECODER"), random.Random(5)  # noqa: S311
    kinds = [b" " * 300_000, json.dumps(GOOD[PushRequest]).encode() * 40, random.Random(1).randbytes(70_000)]  # noqa: S311
    packed = [gzip.compress(kind) for kind in kinds] + [gzip.compress(gzip.compress(kinds[0]))]

    async def all_of_them() -> int:
        taken = 0
        for _ in range(count):
            body = _broken(chance.choice(packed), chance) if chance.random() < 0.9 else chance.choice(packed)
            cuts = sorted(chance.randrange(len(body) + 1) for _ in range(chance.randrange(4)))
            pieces = [body[one:other] for one, other in zip([0, *cuts], [*cuts, len(body)], strict=True)]
            with contextlib.suppress(OfficeProblem):
                whole = await read_body(_request(pieces, chance.choice(["gzip", "identity"])), 5)
                assert len(whole) <= MOST_BYTES
                taken += 1
        return taken

    assert asyncio.run(all_of_them()) > 0
    tally("decoder: broken packed bodies in pieces", count)


_HUGE: dict[str, Callable[[], bytes]] = {
    "zeros": lambda: gzip.compress(bytes(64 * _MIB), 9),
    "a bomb in a bomb": lambda: gzip.compress(gzip.compress(bytes(64 * _MIB), 9), 9),
    "many members": lambda: gzip.compress(b"{}") * 20_000,
    "an endless number": lambda: b'{"a":' + b"9" * (MOST_BYTES - 10) + b"}",
    "an endless text": lambda: b'{"a":"' + b"x" * (MOST_BYTES - 10) + b'"}',
    "escapes": lambda: b'{"a":"' + b"\\u8d70" * (MOST_BYTES // 6 - 10) + b'"}',
    "empty lists": lambda: b"[" + b"[]," * (MOST_BYTES // 3 - 10) + b"[]]",
    "many keys": lambda: b"{" + b",".join(b'"%d":0' % one for one in range(90_000)) + b"}",
    "many unknown keys in each operation": lambda: (
        b'{"ops":[' + b",".join([b"{" + b",".join(b'"%d":0' % one for one in range(900)) + b"}"] * 120) + b"]}"
    ),
    "the same key": lambda: b"{" + b",".join([b'"a":0'] * 150_000) + b"}",
    "deep": lambda: b"[" * (MOST_BYTES - 1),
    "deep and closed": lambda: b"[" * 500_000 + b"]" * 500_000,
    "deep objects": lambda: b'{"a":' * 200_000,
}


@pytest.mark.parametrize("name", _HUGE)
def test_what_is_made_to_be_costly_costs_little(name: str) -> None:
    body = _HUGE[name]()
    coding = "gzip" if body[:2] == b"\x1f\x8b" else "identity"

    def decode() -> None:
        with contextlib.suppress(OfficeProblem):
            whole = asyncio.run(read_body(_request([body[:70_000], body[70_000:]], coding), 5))
            read_message(PushRequest, whole)
            raise AssertionError("it was understood")

    begun = time.process_time()
    decode()
    assert time.process_time() - begun < 5
    gc.collect()
    tracemalloc.start()
    try:
        decode()
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 48 * _MIB, f"{peak >> 20} MiB"
    tally("decoder: bodies made to be costly", 1)


def test_the_largest_push_that_is_allowed_stays_small_in_memory(on_sqlite: Served) -> None:
    laptop = on_sqlite.laptop()
    customer = on_sqlite.world.customers["C11"]
    ops = [laptop.op("insert", "visit", key(), visit_values(customer, wrap_note="话" * 500)) for _ in range(500)]
    body = json.dumps(laptop.push_request(*ops), ensure_ascii=False).encode()
    assert MOST_BYTES * 0.8 < len(body) < MOST_BYTES
    gc.collect()
    tracemalloc.start()
    try:
        told = laptop.post("/v1/push", body)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert told.json()["last"] == 500
    assert peak < 32 * _MIB, f"{peak >> 20} MiB"
    tally("memory of the largest push", 1, 0, f"{peak / _MIB:.0f} MiB at most, client and server in one process")


def test_eight_deep_is_the_end() -> None:
    assert parse_json(b"[" * 8 + b"]" * 8) is not None
    with pytest.raises(OfficeProblem):
        parse_json(b"[" * 9 + b"]" * 9)
