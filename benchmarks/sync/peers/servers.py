"""Installs the peers, runs their servers and asks their clients for a sync."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from abc import ABC, abstractmethod
from collections.abc import Generator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from typing_extensions import override

from benchmarks.sync.places import FOLDER, PEERS
from benchmarks.sync.records import Record
from benchmarks.sync.serving import free_port

_HERE = Path(__file__).parent
_INSTALL_SECONDS, _BEGIN_SECONDS, _SYNC_SECONDS = 240, 30, 150


@dataclass(frozen=True, slots=True)
class Synced:
    """What one sync of a peer's client did."""

    seconds: float
    sent: int
    received: int


class Peer(ABC):
    """One other sync system."""

    name = ""
    stored = ""
    """How its server and client keep what they get."""
    pushed = 10_000
    """How many records it is asked to take."""

    @property
    def home(self) -> Path:
        """The folder that it is installed in."""
        return PEERS / self.name.split()[0].lower()

    @abstractmethod
    def install(self) -> None:
        """Install it if it is not there. Raises OSError or CalledProcessError."""

    @abstractmethod
    def _server(self, port: int, folder: Path) -> tuple[list[str], dict[str, str]]: ...

    @abstractmethod
    def _client(self) -> list[str]: ...

    @contextmanager
    def serve(self) -> Generator[int]:
        """Run its server with nothing in it; gives its port."""
        folder = FOLDER / f"peer-{self.home.name}"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        port = free_port()
        command, environment = self._server(port, folder)
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(command, cwd=folder, env={**os.environ, **environment}, stdout=log, stderr=log)
            try:
                _wait_for(port, process)
                yield port
            finally:
                process.terminate()
                with suppress(subprocess.TimeoutExpired):
                    process.wait(10)
                process.kill()

    def sync(self, url: str, client: str, records: Sequence[Record] = ()) -> Synced:
        """Have a client of that name make these records, then sync; only the sync is timed."""
        folder = FOLDER / f"peer-{self.home.name}"
        arguments = [url, str(folder / client)]
        if records:
            file = folder / f"{client}.jsonl"
            lines = (json.dumps({"id": str(one.key), "table": one.table, **one.wire}) for one in records)
            file.write_text("\n".join(lines) + "\n", encoding="utf-8")
            arguments.append(str(file))
        done = subprocess.run(
            [*self._client(), *arguments], cwd=self.home, check=True, capture_output=True, text=True,
            timeout=_SYNC_SECONDS, env={**os.environ, "PYTHONPATH": ""},
        )  # fmt: skip
        return Synced(**json.loads(done.stdout.splitlines()[-1]))


class Kinto(Peer):
    """Mozilla's server of JSON records."""

    name = "Kinto"
    stored = "in the server's memory, plain SQLite at the client"
    pushed = 2_000

    @override
    def install(self) -> None:
        """Install it with pip into an environment of its own."""
        _pip_install(self.home, "kinto")

    @override
    def _server(self, port: int, folder: Path) -> tuple[list[str], dict[str, str]]:
        ini = folder / "kinto.ini"
        text = (_HERE / "kinto.ini").read_text(encoding="utf-8").replace("%(http_port)s", str(port))
        ini.write_text(text, encoding="utf-8")
        return [str(self.home / "bin" / "kinto"), "start", "--ini", str(ini)], {"PYTHONPATH": ""}

    @override
    def _client(self) -> list[str]:
        return [str(self.home / "bin" / "python"), str(_HERE / "kinto_client.py")]


class Anki(Peer):
    """Anki's sync server and client library, both in Rust."""

    name = "Anki"
    stored = "SQLite on both sides, a note for each record"

    @override
    def install(self) -> None:
        """Install it with pip into an environment of its own."""
        _pip_install(self.home, "anki")

    @override
    def _server(self, port: int, folder: Path) -> tuple[list[str], dict[str, str]]:
        environment = {
            "SYNC_USER1": "bench:bench", "SYNC_HOST": "127.0.0.1", "SYNC_PORT": str(port), "SYNC_BASE": str(folder),
            "PYTHONPATH": "", "MAX_SYNC_PAYLOAD_MEGS": "500",
        }  # fmt: skip
        return [str(self.home / "bin" / "python"), "-m", "anki.syncserver"], environment

    @override
    def _client(self) -> list[str]:
        return [str(self.home / "bin" / "python"), str(_HERE / "anki_client.py")]


class Pouch(Peer):
    """PouchDB against pouchdb-server."""

    name = "Pouch (PouchDB, pouchdb-server)"
    stored = "LevelDB on both sides"

    @override
    def install(self) -> None:
        """Install it with npm. Raises FileNotFoundError without node."""
        if shutil.which("node") is None or shutil.which("npm") is None:
            raise FileNotFoundError("node and npm are not installed")
        if not (self.home / "node_modules" / "pouchdb-server").exists():
            self.home.mkdir(parents=True, exist_ok=True)
            _run(["npm", "init", "-y"], self.home)
            _run(["npm", "install", "--no-audit", "--no-fund", "pouchdb", "pouchdb-server"], self.home)

    @override
    def _server(self, port: int, folder: Path) -> tuple[list[str], dict[str, str]]:
        program = self.home / "node_modules" / ".bin" / "pouchdb-server"
        return [str(program), "--port", str(port), "--dir", str(folder / "data"), "--no-stdout-logs"], {}

    @override
    def _client(self) -> list[str]:
        return ["node", str(_HERE / "pouch_client.js")]


PEERS_KNOWN: tuple[Peer, ...] = (Kinto(), Anki(), Pouch())


def _pip_install(home: Path, package: str) -> None:
    python = home / "bin" / "python"
    if (home / "installed").exists():
        return
    if not python.exists():
        _run([sys.executable, "-m", "venv", str(home)], PEERS.parent)
    _run([str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", package], home)
    (home / "installed").touch()


def _run(command: list[str], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(
        command, cwd=folder, check=True, capture_output=True, timeout=_INSTALL_SECONDS,
        env={**os.environ, "PYTHONPATH": ""},
    )  # fmt: skip


def _wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + _BEGIN_SECONDS
    while time.monotonic() < end and process.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise OSError("its server does not begin")
