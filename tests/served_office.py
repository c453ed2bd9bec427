"""A head office that listens on this machine, as fixtures; what it needs is imported by the first test that asks."""

from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.headoffice.http.served import Served


@pytest.fixture(scope="session")
def office_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the database of a head office, to be copied for each test."""
    from tests.ui.sync_person import prepared_office

    return prepared_office(tmp_path_factory.mktemp("office"))


@pytest.fixture
def served(office_template: Path, tmp_path: Path) -> Generator["Served"]:
    """Give a head office that listens."""
    from tests.ui.sync_person import listening

    with listening(office_template, tmp_path) as one:
        yield one
