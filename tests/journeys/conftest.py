"""Fixtures of the journeys: a copy of the practice store, an empty folder, the one QApplication."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.runtime.paths import DataFolder
from tests.real_program import copy_store


@pytest.fixture(autouse=True)
def _application(qapp: QApplication) -> None:
    """Make the application before anything else does."""


@pytest.fixture
def store(practice_store: DataFolder, tmp_path: Path) -> DataFolder:
    """Return a store of one's own, closed, with a day under way."""
    return copy_store(practice_store, tmp_path / "我的 数据")


@pytest.fixture
def nothing(tmp_path: Path) -> DataFolder:
    """Return a folder that is not there yet."""
    return DataFolder(tmp_path / "我的 数据" / "走访")
