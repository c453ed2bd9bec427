"""Laptops as they really are: an encrypted store, the engine of sync, the HTTP client; only the clock is watched."""

import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from app.models.base import Base
from app.runtime.cancel import CancelToken, no_report
from app.runtime.clock import Clock
from app.runtime.paths import DataFolder
from app.storage.store import close_store, open_store
from app.sync.engine import Outcome, RoundResult, sync_round
from app.sync.enrolment import enrol
from app.sync.http_client import HttpClient
from app.sync.protocol import (
    HelloAnswer,
    HelloRequest,
    PullAnswer,
    PullRequest,
    PushAnswer,
    PushRequest,
    RoundPart,
    RoundRequest,
)
from app.sync.secrets import read_secrets
from app.sync.state import read_identity
from benchmarks.sync.records import Record

if TYPE_CHECKING:
    from app.sync.client import OfficeClient

KEY = b"k" * 32
_MODELS = {mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers}


@dataclass(slots=True)
class Watch:
    """When the calls of a round began and ended."""

    began: dict[str, float] = field(default_factory=dict[str, float])
    ended: dict[str, float] = field(default_factory=dict[str, float])
    waited: dict[str, float] = field(default_factory=dict[str, float])
    calls: dict[str, int] = field(default_factory=dict[str, int])

    def note(self, call: str, began: float) -> None:
        """Take in a call that has just ended."""
        now = time.perf_counter()
        self.began.setdefault(call, began)
        self.ended[call] = now
        self.waited[call] = self.waited.get(call, 0) + now - began
        self.calls[call] = self.calls.get(call, 0) + 1


class Watched:
    """The real client; what it is asked is timed."""

    def __init__(self, client: HttpClient) -> None:
        self._client = client
        self.watch = Watch()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)

    def open_round(self, request: RoundRequest, take: Callable[[RoundPart], object]) -> None:
        """Make the first calls of a round at once."""
        began = time.perf_counter()

        def noted(part: RoundPart) -> None:
            for call, given in (("hello", part.hello), ("push", part.push), ("pull", part.pull)):
                if given is not None:
                    self.watch.note(call, began)
            take(part)

        self._client.open_round(request, noted)

    def hello(self, request: HelloRequest) -> HelloAnswer:
        """Open a round."""
        began = time.perf_counter()
        answer = self._client.hello(request)
        self.watch.note("hello", began)
        return answer

    def push(self, request: PushRequest) -> PushAnswer:
        """Send operations."""
        began = time.perf_counter()
        answer = self._client.push(request)
        self.watch.note("push", began)
        return answer

    def pull(self, request: PullRequest) -> PullAnswer:
        """Ask for what is new."""
        began = time.perf_counter()
        answer = self._client.pull(request)
        self.watch.note("pull", began)
        return answer


@dataclass(frozen=True, slots=True)
class Round:
    """A round that was made: seconds in all, of its push, and of its pull with all that was stored."""

    result: RoundResult
    seconds: float
    push_seconds: float
    pull_seconds: float
    watch: Watch
    bytes_sent: int
    bytes_received: int


class Laptop:
    """One laptop with a fresh encrypted store."""

    def __init__(self, folder: Path, url: str, code: str) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        self.folder = DataFolder(folder)
        folder.mkdir(parents=True)
        self.folder.vault.write_text('{"store_id": "bench"}')
        self.database = open_store(self.folder, KEY, create=True).database
        enrol(self.database, url, code, now=datetime.now(UTC), use_keyring=False)

    def record(self, records: Sequence[Record]) -> None:
        """Write rows as the pages do: each has its operation in the outbox in the same transaction."""
        with self.database.write(actor="M1", source="visit") as session:
            for one in records:
                session.add(_MODELS[one.table](id=one.key, **one.values))
                if one.table == "visit":
                    session.flush()  # what hangs off it comes after it

    def client(self, url: str = "") -> HttpClient:
        """Return a connection to head office, or to a link in front of it."""
        identity = read_identity(self.database)
        return HttpClient(url or identity.url, identity.replica, read_secrets(self.database))

    def round(self, url: str = "") -> Round:
        """Make a round of sync, over a link if one is named. Raises RuntimeError where it does not go through."""
        client = self.client(url)
        watched = Watched(client)
        try:
            began = time.perf_counter()
            result = sync_round(self.database, cast("OfficeClient", watched), Clock(), CancelToken(), no_report)
            ended = time.perf_counter()
        finally:
            client.close()
        if result.outcome is not Outcome.DONE or result.differing:
            raise RuntimeError(f"{result.outcome}: {result.detail} {result.differing}")
        watch = watched.watch
        pull = watch.began["pull"]
        # Where hello and the first push are one call, the hello counts as well.
        begun = min(watch.ended["hello"], watch.began.get("push", pull))
        return Round(
            result, ended - began, pull - begun, ended - pull, watch,
            client.bytes_sent, client.bytes_received,
        )  # fmt: skip

    def count(self, sql: str) -> int:
        """Return one number out of the store."""
        with self.database.look() as cursor:
            return cursor.execute(sql).fetchone()[0]

    def close(self) -> None:
        """Close the store."""
        close_store(self.database)
