"""A head office on SQLite and a laptop that belongs to it."""

from collections.abc import Generator
from pathlib import Path

import pytest

from tests.headoffice.fresh_office import fresh_office
from tests.sync.photos.both_sides import Laptop, OfficeSide


@pytest.fixture
def office(tmp_path: Path) -> Generator[OfficeSide]:
    database = fresh_office(tmp_path / "office.db")
    yield OfficeSide(database, tmp_path / "blobs")
    database.dispose()


@pytest.fixture
def laptop(office: OfficeSide, tmp_path: Path) -> Generator[Laptop]:
    made = Laptop(office, tmp_path / "laptop")
    yield made
    made.close()
