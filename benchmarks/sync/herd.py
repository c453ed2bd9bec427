"""2,000 laptops come at once: the evening of each against head office with two workers on PostgreSQL."""

import asyncio
import base64
import hashlib
import json
import random
import time
import zlib
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app import __version__
from app.headoffice.bulk import insert_many
from app.headoffice.models import Manager, Replica, SyncGrant
from app.headoffice.writer import SyncWriter
from app.runtime.ids import new_id
from app.sync.core.registry import CATALOGUE, SCHEMA
from app.sync.protocol import VERSION
from benchmarks.measuring import Figure, p95
from benchmarks.sync.cluster import cluster
from benchmarks.sync.places import FOLDER
from benchmarks.sync.printing import say
from benchmarks.sync.records import Record, products, shops, some, visits
from benchmarks.sync.serving import Office

LAPTOPS = 2_000
UP, DOWN = 20, 220
"""A tenth of the evening of `evening.py` for each, so that the whole takes a minute, not ten."""
_RAMP_SECONDS = 20.0
_AT_ONCE = 300
"""Connections that this one process holds open; the laptops beyond wait in front of their own call."""
_MOST_MEMORY = 400_000_000
_TOKEN = "t" * 43


@dataclass(slots=True)
class _Tally:
    """What the herd met with."""

    rounds: list[float] = field(default_factory=list[float])
    calls: list[float] = field(default_factory=list[float])
    statuses: Counter[int] = field(default_factory=Counter[int])
    applied: int = 0
    rows: int = 0
    failed: list[str] = field(default_factory=list[str])


def measure() -> list[Figure]:
    """Let the herd in and see that everything goes through."""
    with cluster() as server:
        office = Office(FOLDER / "herd", server.fresh("herd"))
        key = Ed25519PrivateKey.generate()
        say(f"{LAPTOPS:,} managers with their laptops are made")
        herd, goods = _prepare(office, key)
        with office.serve(workers=2) as served:
            say("the herd comes")
            began = time.perf_counter()
            tally = asyncio.run(_Herd(served.port, key, goods).come(herd))
            seconds = time.perf_counter() - began
            memory = served.peak_memory()
        say(f"{seconds:.0f} s; {dict(tally.statuses)}")
    return _figures(tally, seconds, memory)


def _figures(tally: _Tally, seconds: float, memory: int) -> list[Figure]:
    polite = tally.statuses[503]
    others = {status: count for status, count in tally.statuses.items() if status not in (200, 503)}
    whole = tally.applied == LAPTOPS * UP and tally.rows == LAPTOPS * (DOWN + UP)
    good = not others and not tally.failed and whole
    told = f"{tally.applied:,} operations applied, {tally.rows:,} rows given"
    problems = f"; {others or ''} {'; '.join(tally.failed[:2])}" if others or tally.failed else ""
    return [
        Figure(
            f"{LAPTOPS:,} laptops at once, {UP} up and {DOWN} down each, 2 workers on PostgreSQL", f"{seconds:.0f} s",
            f"{told}; {polite} times 503 with Retry-After, no other error{problems}" if good else told + problems,
            f"{LAPTOPS / seconds:.0f} laptops/s", "drained", good,
        ),
        Figure(
            "… one call, p95", f"{p95(tally.calls) * 1000:.0f} ms",
            f"a whole evening with all waiting, p95 {p95(tally.rounds):.1f} s", "—", "—", met=True,
        ),
        Figure(
            "… peak memory of a worker", f"{memory / 1e6:.0f} MB", "—", "—", f"≤ {_MOST_MEMORY // 10**6} MB",
            0 < memory <= _MOST_MEMORY,
        ),
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Member:
    """One simulated laptop."""

    replica: str
    territory: str
    manager: str
    shop: Record


def _prepare(office: Office, key: Ed25519PrivateKey) -> tuple[list[_Member], list[UUID]]:
    """Make managers, grants, laptops, a shop in each territory, and a price list that nobody has seen yet."""
    now = datetime.now(UTC)
    public = base64.b64encode(key.public_key().public_bytes_raw()).decode()
    token = hashlib.sha256(_TOKEN.encode()).hexdigest()
    herd = [_Member(str(new_id()), f"H{no}", f"M{no}", shops(f"H{no}", 1)[0]) for no in range(LAPTOPS)]
    with office.database.write() as session:
        insert_many(session, Manager.__table__, [
            {"code": one.manager, "name": one.manager, "territory": one.territory, "created_at": now} for one in herd
        ])  # fmt: skip
        insert_many(session, SyncGrant.__table__, [
            {"manager": one.manager, "scope": scope, "number": 1, "since": now, "until": None}
            for one in herd
            for scope in (f"terr:{one.territory}", f"mgr:{one.manager}", CATALOGUE)
        ])  # fmt: skip
        insert_many(session, Replica.__table__, [
            {
                "id": one.replica, "manager": one.manager, "device": "laptop", "public_key": public,
                "refresh_hash": token, "state": "active", "wipe": False, "last_no": 0, "acked_no": 0,
                "created_at": now,
            }
            for one in herd
        ])  # fmt: skip
        writer = SyncWriter(session, now, "office")
        writer.load(("customer", str(one.shop.key)) for one in herd)
        for one in herd:
            writer.put("customer", str(one.shop.key), one.shop.wire, scope=f"terr:{one.territory}")
    goods = products(DOWN)
    office.put(goods)
    office.analyse()
    return herd, [one.key for one in goods]


class _Herd:
    """All the laptops, in one process."""

    def __init__(self, port: int, key: Ed25519PrivateKey, goods: list[UUID]) -> None:
        self._port = port
        self._key = key
        self._goods = goods
        self._tally = _Tally()
        self._places = asyncio.Semaphore(_AT_ONCE)
        self._chance = random.Random(11)

    async def come(self, herd: list[_Member]) -> _Tally:
        """Let all of them make their round, beginning within some seconds."""
        await asyncio.gather(*(self._round(one) for one in herd))
        return self._tally

    async def _round(self, one: _Member) -> None:
        await asyncio.sleep(self._chance.uniform(0, _RAMP_SECONDS))
        async with self._places:
            began = time.perf_counter()
            try:
                await self._evening(one)
            except (OSError, ValueError, KeyError, RuntimeError, asyncio.IncompleteReadError) as error:
                self._tally.failed.append(f"{type(error).__name__}: {error}"[:100])
            self._tally.rounds.append(time.perf_counter() - began)

    async def _evening(self, one: _Member) -> None:
        moment = datetime.now(UTC).isoformat()
        proof = base64.b64encode(self._key.sign(f"{one.replica}\x1f{moment}".encode())).decode()
        line = _Line(self._port, self._tally, self._chance)
        try:
            asked = {"replica": one.replica, "refresh_token": _TOKEN, "moment": moment, "proof": proof}
            line.bearer = json.loads(await line.post("token", asked))["access_token"]
            clock = {"wall": moment, "mono": 1.0}
            common = {"replica": one.replica, "schema_version": SCHEMA}
            await line.post("hello", {**common, "protocol": VERSION, "app": __version__, "clock": clock})
            pushed = {**common, "batch": str(new_id()), "clock": clock, "acked_no": 0, "ops": self._work(one, moment)}
            answer = await line.post("push", pushed)
            self._tally.applied += answer.count(b'"status":"applied"')
            cursors = {CATALOGUE: (1, 0, 0), f"terr:{one.territory}": (1, 1, 1), f"mgr:{one.manager}": (1, 0, 0)}
            done = False
            while not done:
                answer = await line.post("pull", {**common, "cursors": cursors})
                page = json.loads(answer)
                scopes = page["scopes"].values()
                self._tally.rows += sum(len(part["rows"]) for scope in scopes for part in scope["rows"].values())
                cursors, done = page["cursors"], page["done"]
        finally:
            line.close()

    def _work(self, one: _Member, moment: str) -> list[dict[str, object]]:
        records = some(visits([one.shop.key], self._goods, int(one.manager[1:])), UP)
        return [
            {
                "no": no, "id": str(new_id()), "table": record.table, "key": str(record.key), "kind": "insert",
                "base": 0, "set": record.wire, "made_at": moment,
            }
            for no, record in enumerate(records, 1)
        ]  # fmt: skip


class _Line:
    """One kept connection; comes again as long as it is politely asked to."""

    def __init__(self, port: int, tally: _Tally, chance: random.Random) -> None:
        self._port = port
        self._tally = tally
        self._chance = chance
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self.bearer = ""

    async def post(self, call: str, message: object) -> bytes:
        """Make a call until it is answered; returns the unpacked body."""
        body = zlib.compress(json.dumps(message, ensure_ascii=False).encode(), 6, wbits=31)
        head = (
            f"POST /v1/{call} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            f"Content-Encoding: gzip\r\nAccept-Encoding: gzip\r\nContent-Length: {len(body)}\r\n"
            + (f"Authorization: Bearer {self.bearer}\r\n" if self.bearer else "")
            + "\r\n"
        ).encode()
        while True:
            began = time.perf_counter()
            status, headers, content = await self._exchange(head + body)
            self._tally.statuses[status] += 1
            if status == 200:
                self._tally.calls.append(time.perf_counter() - began)
                return zlib.decompress(content, wbits=31) if headers.get("content-encoding") == "gzip" else content
            if status != 503 or "retry-after" not in headers:
                raise RuntimeError(f"{call}: {status} {content[:60]!r}")
            await asyncio.sleep(float(headers["retry-after"]) * self._chance.uniform(1, 1.5))

    async def _exchange(self, request: bytes) -> tuple[int, dict[str, str], bytes]:
        """Send and receive; a connection that the server has let go of meanwhile is opened again, once."""
        for attempt in (1, 2):
            if self._streams is None:
                self._streams = await asyncio.open_connection("127.0.0.1", self._port)
                attempt = 2  # noqa: PLW2901 - a new connection is not tried twice
            reader, writer = self._streams
            try:
                writer.write(request)
                await writer.drain()
                head = await reader.readuntil(b"\r\n\r\n")
            except (OSError, asyncio.IncompleteReadError):
                self.close()
                if attempt == 2:
                    raise
                continue
            first, *lines = head.decode("latin-1").split("\r\n")
            headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines if line)}
            content = await reader.readexactly(int(headers.get("content-length", 0)))
            return int(first.split()[1]), headers, content
        raise AssertionError("the second attempt returns or raises")

    def close(self) -> None:
        """Let go of the connection."""
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None
