"""What all tests share: a fresh encrypted store, a fixed day, the playbook, the public data where it is there."""

import gc
import importlib
import itertools
import os
from collections import deque
from collections.abc import Generator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from app.bootstrap.plain_imports import plain_imports
from app.runtime.clock import Clock
from app.runtime.paths import DataFolder
from app.storage.database import Database
from tests.fresh_stores import CHEAP, PASSWORD, fresh_store, fresh_vault

if TYPE_CHECKING:
    from app.domain.playbook import Playbook

with plain_imports():  # as in the program: every import after this one costs less
    importlib.import_module("PySide6.QtWidgets")

__all__ = ["CHEAP", "PASSWORD"]

_LONG = ("tests/cli/test_processes.py", "tests/journeys/")
"""They begin first: none of them runs on alone when the others are done."""
_BEGUN = itertools.count(1)
SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"

# A busy machine is no failure: how long an example took says nothing about whether it is right. The same examples are
# tried each time, so that a red gate tells of the change; `HYPOTHESIS_PROFILE=explore` looks for new ones.
settings.register_profile("zoufang", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
settings.register_profile("explore", settings.get_profile("zoufang"), derandomize=False)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "zoufang"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest tests; skip tests of the public data where it is absent, and say so."""
    items.sort(key=lambda item: not item.nodeid.startswith(_LONG))
    if SHARED_DATA.exists():
        return
    for item in items:
        if item.get_closest_marker("shared_data"):
            item.add_marker(pytest.mark.skip(reason="the public data set is not beside the project (../shared/data)"))


def pytest_collection_finish() -> None:
    """Keep what is loaded by now out of every later collection of garbage: the tests of the window make many."""
    from app.ui.background.class_maker import making_all

    deque(making_all(), maxlen=0)  # as in the program, a moment after its window is up
    gc.collect()
    gc.freeze()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    """Now and then put what stays alive (caches, word lists) where later collections of garbage do not look."""
    if next(_BEGUN) % 20 == 0:
        gc.collect()
        gc.freeze()


@pytest.fixture
def data_folder(tmp_path: Path) -> DataFolder:
    """Return an empty data folder with a vault in it."""
    return DataFolder(tmp_path / "data")


@pytest.fixture
def key(data_folder: DataFolder) -> bytes:
    """Set the password and return the key of the store."""
    return fresh_vault(data_folder)


@pytest.fixture
def database(data_folder: DataFolder, key: bytes) -> Generator[Database]:
    """Give a fresh encrypted store with the newest schema."""
    opened = fresh_store(data_folder, key)
    yield opened.database
    opened.database.close()


@pytest.fixture
def clock() -> Clock:
    """Return the clock of the last working day of the Iowa data."""
    return Clock(as_of=date(2022, 4, 29))


@pytest.fixture(scope="session")
def playbook() -> "Playbook":
    """Return the playbook that ships with the program."""
    from app.playbooks import load_playbook

    return load_playbook()


@pytest.fixture(scope="session")
def practice_store(tmp_path_factory: pytest.TempPathFactory) -> DataFolder:
    """Return a closed store of the Chinese practice territory with a day under way; to be copied before it is used."""
    from tests.real_program import build_practice_store

    return build_practice_store(tmp_path_factory.mktemp("practice"))
