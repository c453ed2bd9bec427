"""The console served on this machine: a day that happened, for all tests that only look, or fresh for one that acts."""

import shutil
from collections.abc import Generator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from playwright.sync_api import Browser, sync_playwright

from app.headoffice import people
from app.headoffice.database import OfficeDatabase
from tests.headoffice.console import story
from tests.headoffice.console.browsing import Desk
from tests.headoffice.console.clerk import Told
from tests.headoffice.console.lands import Lands, tell_of_both
from tests.headoffice.http.served import serving
from tests.headoffice.world import World


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let these tests, and no others, reach this machine itself."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.allow_hosts(["127.0.0.1"]))


@pytest.fixture(scope="session", autouse=True)
def cheap_passwords() -> Generator[None]:
    """Have passwords cost little: what a hash costs is written in it, and it is checked in the same way."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(people, "_HASHER", PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
        yield


def _telling(database: OfficeDatabase, folder: Path) -> Generator[Told]:
    world = World(database)
    story.add_users(world)
    with serving(world, folder) as served:
        told = story.tell(world, folder)
        served.set_clock(world.now)
        given = Told(served, told)
        yield given
        given.close()


@pytest.fixture(scope="session")
def day_template(
    cheap_passwords: None,  # noqa: ARG001
    sqlite_template: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[Path, story.Story, World]:
    """Let the day happen once; each test gets a copy of its files."""
    folder = tmp_path_factory.mktemp("day")
    database = OfficeDatabase(f"sqlite:///{shutil.copy(sqlite_template, folder / 'office.db')}")
    world = World(database)
    story.add_users(world)
    told = story.tell(world, folder)
    database.dispose()
    return folder, told, world


@pytest.fixture(scope="session")
def browser() -> Generator[Browser]:
    """Start the browser of this machine, once for all tests."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("no Chromium is installed (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def desk(browser: Browser, told: Told) -> Generator[Desk]:
    """Give a person before the browser; what the browser complains of fails the test."""
    given = Desk(browser, told)
    yield given
    given.close()
    assert given.complaints == []


@pytest.fixture
def told(day_template: tuple[Path, story.Story, World], tmp_path: Path) -> Generator[Told]:
    """Give the console after the day, on a copy of its own."""
    yield from _copied(day_template, tmp_path)


@pytest.fixture
def lands(told: Told) -> Lands:
    """Give two territories, and people who work for one of them."""
    return tell_of_both(told)


@pytest.fixture(scope="module")
def both(day_template: tuple[Path, story.Story, World], tmp_path_factory: pytest.TempPathFactory) -> Generator[Lands]:
    """Give the same to tests that change nothing."""
    for told in _copied(day_template, tmp_path_factory.mktemp("both")):
        yield tell_of_both(told)


def _copied(template: tuple[Path, story.Story, World], own: Path) -> Generator[Told]:
    folder, happened, world = template
    shutil.copytree(folder, own / "day")
    copy = World.__new__(World)
    copy.database = OfficeDatabase(f"sqlite:///{own / 'day/office.db'}")
    copy.now, copy.products, copy.customers = world.now, world.products, world.customers
    with serving(copy, own / "day") as served:
        served.set_clock(copy.now)
        given = Told(served, happened)
        yield given
        given.close()
    copy.database.dispose()


@pytest.fixture
def told_on_postgres(postgres_database: OfficeDatabase, tmp_path: Path) -> Generator[Told]:
    """Give the same on PostgreSQL."""
    yield from _telling(postgres_database, tmp_path)
