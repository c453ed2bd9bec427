"""Fixtures: a head office and an enrolled laptop."""

from collections.abc import Generator
from pathlib import Path

import pytest

from tests.sync.both.laptops import Laptop, Office


@pytest.fixture
def office(tmp_path: Path) -> Generator[Office]:
    """Give a head office on SQLite."""
    made = Office(tmp_path)
    yield made
    made.close()


@pytest.fixture
def laptop(tmp_path: Path, office: Office) -> Generator[Laptop]:
    """Give an enrolled laptop that has not synced yet."""
    made = Laptop(tmp_path / "laptop", office)
    yield made
    made.close()
