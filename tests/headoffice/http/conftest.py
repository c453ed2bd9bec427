"""A head office that listens on this machine; in a soak on both databases."""

from collections.abc import Generator
from pathlib import Path

import pytest

from app.headoffice.database import OfficeDatabase
from tests.headoffice.http.served import HttpLaptop, Served, serving
from tests.headoffice.world import World
from tests.sync.soak import SOAK


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let these tests, and no others, reach this machine itself."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.allow_hosts(["127.0.0.1"]))


@pytest.fixture(params=["sqlite", "postgres"] if SOAK else ["sqlite"])
def database(request: pytest.FixtureRequest) -> OfficeDatabase:
    """Return a fresh head office; what the calls do is tested on both databases below this layer."""
    return request.getfixturevalue(f"{request.param}_database")


@pytest.fixture
def served(world: World, tmp_path: Path) -> Generator[Served]:
    """Give a head office with two managers."""
    with serving(world, tmp_path) as one:
        yield one


@pytest.fixture
def on_sqlite(sqlite_database: OfficeDatabase, tmp_path: Path) -> Generator[Served]:
    """Give a head office on SQLite alone, where the database does not matter."""
    with serving(World(sqlite_database), tmp_path) as one:
        yield one


@pytest.fixture
def laptop(served: Served) -> HttpLaptop:
    """Give a laptop of manager M1 that holds an access token."""
    return served.laptop()
