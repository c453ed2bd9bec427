"""Head office as it really runs: `zoufang headoffice serve` in processes of its own, and what memory they take."""

import json
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Generator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Connection, Table, select, text

from app.headoffice import people
from app.headoffice.database import OfficeDatabase
from app.headoffice.models import METADATA
from app.headoffice.preparing import prepare
from app.headoffice.writer import SyncWriter
from benchmarks.sync.places import ROOT
from benchmarks.sync.records import Record, products, shops, some, visits

_BEGIN_SECONDS = 60
_PIECE = 5_000


@dataclass(frozen=True, slots=True)
class World:
    """What head office was filled with."""

    products: list[UUID]
    shops: list[UUID]


class Office:
    """A head office that is being filled, then served."""

    def __init__(self, folder: Path, url: str | None = None, *, copy_of: Path | None = None) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        if copy_of is not None:
            shutil.copyfile(copy_of, folder / copy_of.name)
        self.folder = folder
        self.url = url
        self.database = OfficeDatabase(url or f"sqlite:///{folder / 'headoffice.db'}")
        prepare(self.database)

    def add_manager(self, code: str, territory: str) -> str:
        """Add a manager and return an enrolment code."""
        now = datetime.now(UTC)
        with self.database.write() as session:
            people.add_manager(session, code, f"经理{code}", territory, now)
            return people.enrol_code(session, code, now)

    def put(self, records: Sequence[Record], scope: str | None = None, author: str | None = None) -> None:
        """Write rows as head office does, some thousands in a transaction."""
        for start in range(0, len(records), _PIECE):
            with self.database.write() as session:
                writer = SyncWriter(session, datetime.now(UTC), "office")
                part = records[start : start + _PIECE]
                writer.load((one.table, str(one.key)) for one in part)
                for one in part:
                    writer.put(
                        one.table, str(one.key), one.wire,
                        scope=scope if one.table == "customer" else None, author=author,
                    )  # fmt: skip

    def fill(self, territory: str, rows: int, author: str = "M1", *, shop_count: int = 240) -> World:
        """Fill a territory with shops and so many rows of visits; the catalogue is made with the first."""
        catalogue = products(120)
        self.put(catalogue)
        world = World([one.key for one in catalogue], self.shops_of(territory, shop_count))
        self.put(some(visits(world.shops, world.products), rows), author=author)
        self.analyse()
        return world

    def shops_of(self, territory: str, count: int) -> list[UUID]:
        """Make the shops of a territory and return their keys."""
        made = shops(territory, count)
        self.put(made, scope=f"terr:{territory}")
        return [one.key for one in made]

    def analyse(self) -> None:
        """Let the database learn what is in it, as the guide says after a large load."""
        with self.database.engine.connect() as connection:
            connection.execute(text("ANALYZE"))
            connection.commit()

    def take_over(self, other: "Office") -> None:
        """Fill this PostgreSQL with all that another head office holds, which is faster than to write it anew."""
        with other.database.engine.connect() as source, self.database.engine.connect() as target:
            driver: Any = target.connection.driver_connection
            names = ", ".join(f'"{table.name}"' for table in METADATA.sorted_tables)
            target.execute(text(f"TRUNCATE {names}"))
            # The rows bring their index with them; the guard against writes past the SyncWriter cannot know that.
            target.execute(text("SET LOCAL session_replication_role = replica"))
            with driver.cursor() as cursor:
                for table in METADATA.sorted_tables:
                    _copy(source, table, cursor)
            target.commit()
        self.analyse()

    @contextmanager
    def serve(self, workers: int = 1) -> Generator["Served"]:
        """Serve until the block ends."""
        self.database.dispose()
        port = free_port()
        command = [sys.executable, "-m", "app", "headoffice", "--data-dir", str(self.folder)]
        command += ["--database-url", self.url] if self.url else []
        command += ["serve", "--port", str(port), "--workers", str(workers)]
        log = (self.folder / "log").open("wb")
        process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)
        try:
            served = Served(f"http://127.0.0.1:{port}", process)
            served.wait()
            yield served
        finally:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(30)
            process.kill()
            log.close()


def _copy(source: Connection, table: Table, cursor: Any) -> None:
    """Copy the rows of one table through PostgreSQL's own door for many rows."""
    columns = list(table.columns)
    names = ", ".join(f'"{column.name}"' for column in columns)
    as_json = [isinstance(column.type, JSON) for column in columns]
    with cursor.copy(f'COPY "{table.name}" ({names}) FROM STDIN') as copy:
        for row in source.execute(select(*columns)).yield_per(_PIECE):
            copy.write_row(
                [json.dumps(v) if is_json and v is not None else v for v, is_json in zip(row, as_json, strict=True)]
            )


class Served:
    """A head office that answers."""

    def __init__(self, url: str, process: subprocess.Popen[bytes]) -> None:
        self.url = url
        self._process = process

    @property
    def port(self) -> int:
        """Where it listens on this machine."""
        return int(self.url.rpartition(":")[2])

    def wait(self) -> None:
        """Wait until it is ready. Raises RuntimeError."""
        end = time.monotonic() + _BEGIN_SECONDS
        while time.monotonic() < end and self._process.poll() is None:
            try:
                urllib.request.urlopen(f"{self.url}/ready", timeout=5).close()  # noqa: S310  our own address
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
            else:
                return
        raise RuntimeError("head office does not begin")

    def peak_memory(self) -> int:
        """Return the largest resident memory in bytes that one of its worker processes had so far; 0 if unknown."""
        return max((_peak(pid) for pid in _family(self._process.pid)), default=0)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _family(pid: int) -> list[int]:
    found = [pid]
    with suppress(OSError):
        for thread in Path(f"/proc/{pid}/task").iterdir():
            for child in (thread / "children").read_text().split():
                found += _family(int(child))
    return found


def _peak(pid: int) -> int:
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmHWM"):
                return int(line.split()[1]) * 1024
    return 0
