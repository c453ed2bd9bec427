"""Fixtures of every ui test: the theme, the fonts and the language of the application, and a task runner."""

import gc
import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.text import Language
from app.runtime.paths import DataFolder
from app.storage.database import Database
from app.ui.background.task_runner import TaskRunner
from app.ui.look.qm_files import ensure_qm
from app.ui.look.theme import Scheme, Theme, current_theme
from app.ui.look.translations import Translations
from tests.served_office import office_template, served

if TYPE_CHECKING:
    from tests.ui.sync_person import Person
    from tests.ui.virtual_office import Laptop, MakeLaptop

__all__ = ["office_template", "served"]

# No window server is needed, and none is opened on a developer's desk.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(scope="session")
def _dressed(qapp: QApplication) -> QApplication:
    """The one application, with the house's look and its translations at hand."""
    ensure_qm()
    Theme(qapp, Scheme.LIGHT)
    Translations(qapp, Language.EN)
    return qapp


@pytest.fixture(autouse=True)
def _collected_here() -> Iterator[None]:
    """As in the program, garbage is collected on this thread alone: a Qt object that dies on another one crashes."""
    gc.disable()
    yield
    gc.collect(1)


@pytest.fixture(autouse=True)
def theme(_dressed: QApplication) -> Iterator[Theme]:
    """The theme, light and of normal size again after each test."""
    theme = current_theme()
    yield theme
    theme.set_scheme(Scheme.LIGHT)
    theme.set_text_scale(1.0)


@pytest.fixture
def translations(_dressed: QApplication) -> Iterator[Translations]:
    """The translations, English again after each test."""
    found = _dressed.findChild(Translations)
    assert isinstance(found, Translations)
    yield found
    found.set_language(Language.EN)


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[TaskRunner]:  # noqa: ARG001  makes the event loop
    """A task runner that must have ended everything when the test is over."""
    runner = TaskRunner()
    yield runner
    assert runner.stop()
    gc.collect()


@pytest.fixture
def person(
    qtbot: QtBot, database: Database, data_folder: DataFolder, tasks: TaskRunner, monkeypatch: pytest.MonkeyPatch
) -> Iterator["Person"]:
    """Give a person at the sync page of a laptop whose system has no keyring."""
    from tests.ui.sync_person import at_the_sync_page

    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    with at_the_sync_page(qtbot, database, data_folder, tasks) as one:
        yield one


@pytest.fixture
def make_laptop(qtbot: QtBot, data_folder: DataFolder, database: Database, tasks: TaskRunner) -> Iterator["MakeLaptop"]:
    """Return a function that opens the window before a virtual head office."""
    from tests.ui.virtual_office import making_laptops

    with making_laptops(qtbot, data_folder, database, tasks) as make:
        yield make


@pytest.fixture
def member(make_laptop: "MakeLaptop") -> "Laptop":
    """Return a laptop whose window is open and whose head office can be reached."""
    from tests.ui.virtual_office import LONG_MS, VirtualOffice

    laptop = make_laptop(VirtualOffice(reached=True))
    laptop.open()
    laptop.sync.look()
    laptop.qtbot.waitUntil(lambda: laptop.sync.is_member, timeout=LONG_MS)
    return laptop
