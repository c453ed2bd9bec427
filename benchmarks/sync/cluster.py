"""PostgreSQL of our own for the length of the benchmark."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg

_OPTIONS = "-c listen_addresses='' -c max_connections=120 -c shared_buffers=256MB -c checkpoint_timeout=15min"


class Cluster:
    """A running server, reached by a socket; every commit is forced to the disk, as in production."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def fresh(self, name: str) -> str:
        """Make an empty database and return its URL."""
        with closing(psycopg.connect(host=str(self.folder), user="postgres", dbname="postgres", autocommit=True)) as db:
            db.execute(f"CREATE DATABASE {name}".encode())
        return f"postgresql+psycopg://postgres@/{name}?host={self.folder}"


@contextmanager
def cluster() -> Generator[Cluster]:
    """Start PostgreSQL; as root under its own user, since it refuses to run as root. Raises FileNotFoundError."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    path = shutil.which("initdb")
    if not found and path is None:
        raise FileNotFoundError("no PostgreSQL server is installed (Debian: apt-get install postgresql)")
    binaries = found[0] if found else Path(str(path)).resolve().parent
    folder = Path(tempfile.mkdtemp(prefix="zfbench", dir="/tmp"))
    folder.chmod(0o755)
    as_root = os.geteuid() == 0
    if as_root:
        shutil.chown(folder, "postgres")

    def run(program: str, *arguments: str) -> None:
        command = [str(binaries / program), *arguments]
        subprocess.run(
            ["runuser", "-u", "postgres", "--", *command] if as_root else command,
            check=True, capture_output=True, cwd=folder,
        )  # fmt: skip

    data, log = str(folder / "data"), str(folder / "log")
    run("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
    run("pg_ctl", "-D", data, "-w", "-l", log, "-o", f"-k {folder} {_OPTIONS}", "start")
    try:
        yield Cluster(folder)
    finally:
        run("pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)
