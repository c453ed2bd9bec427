"""Histories of many laptops against two workers whose PostgreSQL is killed again and again: checked like Jepsen does.

Real processes all through: laptops with encrypted stores, `zoufang headoffice serve --workers 2`, a database server
that dies without a goodbye. What each laptop was promised is compared with what head office and all laptops hold.
"""

import json
import os
import random
import select
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx2
import pytest
from sqlalchemy import text

from app.headoffice import corrections
from app.headoffice.database import OfficeDatabase
from app.headoffice.preparing import prepare
from app.storage.store import close_store
from tests.headoffice.conftest import Cluster, _binaries
from tests.sync.faults.field_work import FieldLaptop, FieldOffice
from tests.sync.soak import SOAK, tries
from tests.sync.tally import tally

pytestmark = [
    pytest.mark.allow_hosts(["127.0.0.1"]),
    pytest.mark.timeout(1800),
    pytest.mark.skipif(not SOAK, reason="takes a quarter of a minute to begin: only in `make soak`"),
]
_CLIENTS = int(os.environ.get("ZOUFANG_JEPSEN_CLIENTS") or (6 if SOAK else 2))
_SECONDS = tries(5, 150, "ZOUFANG_JEPSEN_SECONDS")
_PROJECT = Path(__file__).parents[3]


@contextmanager
def _cluster() -> Generator[Cluster]:
    """Start a PostgreSQL that may be killed; every commit is forced to disk, as in production."""
    binaries = _binaries()
    if binaries is None:
        pytest.skip("no PostgreSQL server is installed (Debian: apt-get install postgresql)")
    folder = Path(tempfile.mkdtemp(prefix="zfjep", dir="/tmp"))
    folder.chmod(0o755)
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    cluster = Cluster(folder, binaries, os.geteuid() == 0)
    cluster.run("initdb", "-D", str(folder / "data"), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
    _start(cluster)
    try:
        yield cluster
    finally:
        with suppress(subprocess.CalledProcessError):
            _kill(cluster)
        shutil.rmtree(folder, ignore_errors=True)


def _start(cluster: Cluster) -> None:
    options = f"-k {cluster.folder} -c listen_addresses='' -c max_connections=80"
    log = str(cluster.folder / "log")
    cluster.run("pg_ctl", "-D", str(cluster.folder / "data"), "-w", "-l", log, "-o", options, "start")


def _kill(cluster: Cluster) -> None:
    """End the server as a crash does: no checkpoint, every connection torn, recovery from its log at the next start."""
    cluster.run("pg_ctl", "-D", str(cluster.folder / "data"), "-m", "immediate", "stop")


@contextmanager
def _workers(cluster: Cluster, folder: Path) -> Generator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "app", "headoffice", "serve", "--data-dir", str(folder)]
    command += ["--database-url", cluster.url("office"), "--port", str(port), "--workers", "2"]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(command, cwd=_PROJECT, stdout=log, stderr=log)
        try:
            url = f"http://127.0.0.1:{port}"
            _wait_for(url, server)
            yield url
        finally:
            server.terminate()
            server.wait(60)


def _wait_for(url: str, server: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + 60
    with httpx2.Client(base_url=url, timeout=5) as http:
        while time.monotonic() < end:
            assert server.poll() is None, "head office ended"
            with suppress(httpx2.HTTPError):
                if http.get("/ready").status_code == 200:
                    return
            select.select([], [], [], 0.1)
    raise AssertionError("head office never was ready")


@dataclass
class _Promised:
    """What one laptop was promised."""

    operations: set[str] = field(default_factory=set[str])
    notes: dict[str, str] = field(default_factory=dict[str, str])

    @classmethod
    def read(cls, file: Path) -> "_Promised":
        made = cls()
        for line in file.read_text(encoding="ascii").splitlines():
            told = json.loads(line)
            made.operations.update(told["ops"])
            if "visit" in told:
                made.notes[told["visit"]] = told["note"]
        return made


def test_histories_of_laptops_and_workers_hold_while_the_database_is_killed(tmp_path: Path) -> None:
    with _cluster() as cluster:
        cluster.execute("CREATE DATABASE office")
        database = OfficeDatabase(cluster.url("office"))
        prepare(database)
        office = FieldOffice.on(database, tmp_path)
        with database.write() as session:  # the visits are of a day long ago, the clocks are real
            corrections.allow(session, 100_000, datetime.now(UTC), "test")
        folders = [_enrolled(office, tmp_path / f"laptop-{number}") for number in range(_CLIENTS)]
        database.dispose()
        (tmp_path / "served").mkdir()
        with _workers(cluster, tmp_path / "served") as url:
            clients = [_client(folder, url, office, number) for number, folder in enumerate(folders)]
            kills = _kill_now_and_then(cluster, clients)
            states = _states(clients)
        promised = [_Promised.read(folder / "history") for folder in folders]
        wrong = _violations(database, promised, states)
        database.dispose()
    rounds: Counter[str] = Counter()
    for state in states:
        rounds.update(state["rounds"])
    saved = sum(len(one.operations) for one in promised)
    tally("PostgreSQL killed under two workers and many laptops", kills, len(wrong),
          f"{_CLIENTS} laptops, {saved} operations, rounds: {dict(rounds)}")  # fmt: skip
    assert not wrong, "\n".join(wrong)
    assert kills >= 1
    assert saved > _CLIENTS


def _enrolled(office: FieldOffice, folder: Path) -> Path:
    laptop = FieldLaptop(folder, office)
    laptop.round()
    close_store(laptop.database)
    return folder


def _client(folder: Path, url: str, office: FieldOffice, number: int) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "tests.sync.faults.jepsen_client", str(folder), url, office.shop, office.product]
    environment = os.environ | {"PYTHONPATH": str(_PROJECT)}
    with (folder / "errors").open("wb") as errors:
        return subprocess.Popen(
            [*command, str(number), str(_SECONDS)], cwd=_PROJECT, text=True, env=environment, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=errors,
        )  # fmt: skip


def _kill_now_and_then(cluster: Cluster, clients: "list[subprocess.Popen[str]]") -> int:
    """Kill the database and start it again until every laptop has sent everything; return how often."""
    draw, kills, begun = random.Random(2), 0, time.monotonic()  # noqa: S311
    waiting = {client.stdout for client in clients if client.stdout is not None}
    while waiting:
        ready, _, _ = select.select(list(waiting), [], [], draw.uniform(1.0, 3.0))
        for one in ready:
            assert one.readline() == "drained\n", _errors(clients)
            waiting.discard(one)
        if not ready and time.monotonic() - begun < _SECONDS + 2:
            _kill(cluster)
            select.select([], [], [], draw.uniform(0.0, 0.6))
            _start(cluster)
            kills += 1
    return kills


def _states(clients: "list[subprocess.Popen[str]]") -> list[dict[str, Any]]:
    states: list[dict[str, Any]] = []
    for client in clients:
        told, _ = client.communicate("go\n", timeout=120)
        assert client.returncode == 0, _errors(clients)
        states.append(json.loads(told))
    return states


def _errors(clients: "list[subprocess.Popen[str]]") -> str:
    return "\n".join(_complaints(client) for client in clients)


def _complaints(client: "subprocess.Popen[str]") -> str:
    assert isinstance(client.args, list)
    return (Path(str(client.args[3])) / "errors").read_text()[-1500:]


def _violations(database: OfficeDatabase, promised: list[_Promised], states: list[dict[str, Any]]) -> list[str]:
    wrong: list[str] = []
    asked = "SELECT replica, no, id, tbl, pk, kind FROM sync_op WHERE NOT repeat ORDER BY 1, 2"
    with database.read() as session:
        operations = [tuple(row) for row in session.execute(text(asked))]
        notes = {_hex(row[0]): row[1] for row in session.execute(text("SELECT id, need_note FROM visit"))}
        counts = session.execute(text("SELECT count(*) FROM stock_count")).scalar()
    seen = Counter(_hex(row[2]) for row in operations)
    for one in promised:
        wrong += [f"operation {key} was lost" for key in one.operations - seen.keys()]
        for key, note in one.notes.items():
            if notes.get(key) != note:
                wrong.append(f"visit {key}: {notes.get(key)!r}, promised {note!r}")
    wrong += [f"operation {key} was taken {times} times" for key, times in seen.items() if times > 1]
    wrong += _out_of_order(operations)
    if counts != len(notes):
        wrong.append(f"{len(notes)} visits, {counts} counts")
    if len({state["rows"] for state in states}) != 1:
        wrong.append(f"laptops hold different rows: {[state['count'] for state in states]}")
    differing = [state for state in states if state["differing"] or state["dangling"]]
    return wrong + [f"a laptop differs from head office: {state}" for state in differing]


def _hex(key: Any) -> str:
    return UUID(str(key)).hex


def _out_of_order(operations: list[tuple[Any, ...]]) -> list[str]:
    """Return where numbers of a replica have gaps, or a row was changed before it was made."""
    wrong: list[str] = []
    last: dict[str, int] = {}
    made: set[tuple[str, str]] = set()
    for replica, number, key, table, row, kind in operations:
        if number != last.get(replica, 0) + 1:
            wrong.append(f"{replica}: {number} after {last.get(replica, 0)}")
        last[replica] = number
        if kind == "insert":
            made.add((table, row))
        elif table == "visit" and (table, row) not in made:
            wrong.append(f"operation {key} changes a visit that comes later")
    return wrong
