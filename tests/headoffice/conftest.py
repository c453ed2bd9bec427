"""Head office on both databases: SQLite in a file, and one private PostgreSQL cluster for the whole test session."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import psycopg
import pytest

from app.headoffice.database import OfficeDatabase
from app.headoffice.preparing import prepare
from app.headoffice.s3_store import S3BlobStore, read_address
from tests.headoffice.world import World

_BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
_numbers = count()


@dataclass(frozen=True)
class Cluster:
    """A running PostgreSQL of our own, reached by a socket."""

    folder: Path
    binaries: Path
    as_postgres: bool

    def run(self, program: str, *arguments: str) -> None:
        command = [str(self.binaries / program), *arguments]
        person = "postgres" if self.as_postgres else None
        subprocess.run(command, check=True, capture_output=True, cwd=self.folder, user=person, group=person)

    @property
    def user(self) -> str:
        return "postgres"

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://{self.user}@/{database}?host={self.folder}"

    def execute(self, statement: str) -> None:
        with closing(psycopg.connect(host=str(self.folder), user=self.user, dbname="postgres", autocommit=True)) as one:
            one.execute(statement.encode())


@dataclass(frozen=True)
class Bucket:
    """A bucket of a store with the S3 interface."""

    endpoint: str
    name: str

    @property
    def address(self) -> str:
        return f"s3://{self.name}/head/office?endpoint={self.endpoint}"

    def store(self) -> S3BlobStore:
        return S3BlobStore(read_address(self.address))


def _binaries() -> Path | None:
    if _BINARIES:
        return _BINARIES[0]
    found = shutil.which("initdb")
    return None if found is None else Path(found).resolve().parent


@pytest.fixture(scope="session")
def postgres() -> Generator[Cluster]:
    """Start PostgreSQL once; as root, under its own user, since it refuses to run as root."""
    binaries = _binaries()
    if binaries is None:
        pytest.skip("no PostgreSQL server is installed (Debian: apt-get install postgresql)")
    as_root = os.geteuid() == 0
    # A socket's path must be short, and be reached by the user postgres.
    folder = Path(tempfile.mkdtemp(prefix="zfpg", dir="/tmp"))
    folder.chmod(0o755)
    if as_root:
        shutil.chown(folder, "postgres")
    cluster = Cluster(folder, binaries, as_root)
    cluster.run("initdb", "-D", str(folder / "data"), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
    options = f"-k {folder} -c listen_addresses='' -c max_connections=60 -c shared_buffers=64MB"
    cluster.run("pg_ctl", "-D", str(folder / "data"), "-w", "-l", str(folder / "log"), "-o", options, "start")
    yield cluster
    cluster.run("pg_ctl", "-D", str(folder / "data"), "-w", "-m", "immediate", "stop")
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_template(postgres: Cluster) -> str:
    """Make the tables once; each test gets a copy."""
    postgres.execute("CREATE DATABASE template_office")
    database = OfficeDatabase(postgres.url("template_office"))
    database.create()
    database.dispose()
    return "template_office"


@pytest.fixture
def postgres_database(postgres: Cluster, postgres_template: str) -> Generator[OfficeDatabase]:
    """Return a fresh head office on PostgreSQL."""
    name = f"office_{next(_numbers)}"
    postgres.execute(f"CREATE DATABASE {name} TEMPLATE {postgres_template}")
    database = OfficeDatabase(postgres.url(name))
    yield database
    database.dispose()
    postgres.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the tables once; each test gets a copy of the file."""
    file = tmp_path_factory.mktemp("template") / "office.db"
    database = OfficeDatabase(f"sqlite:///{file}")
    prepare(database)
    database.dispose()
    return file


@pytest.fixture
def sqlite_database(sqlite_template: Path, tmp_path: Path) -> Generator[OfficeDatabase]:
    """Return a fresh head office in a SQLite file."""
    database = OfficeDatabase(f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'office.db')}")
    yield database
    database.dispose()


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest) -> OfficeDatabase:
    """Return a fresh head office, once on each of the two."""
    return request.getfixturevalue(f"{request.param}_database")


@pytest.fixture(scope="session")
def object_server() -> Generator[str]:
    """Start an object store with the S3 interface on a port of this machine; return its address."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(object_server: str, monkeypatch: pytest.MonkeyPatch) -> Bucket:
    """Return a fresh bucket, with keys in the environment as a service has them."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    made = Bucket(object_server, f"photos{next(_numbers)}")
    made.store()._client.create_bucket(Bucket=made.name)
    return made


@pytest.fixture
def world(database: OfficeDatabase) -> World:
    """Return a head office with two managers, two customers each and three products."""
    return World(database)
