"""Fixtures of every ui test: the theme, the fonts and the language of the application, and a task runner."""

import gc
import os
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.text import Language
from app.ui.background.task_runner import TaskRunner
from app.ui.look.qm_files import ensure_qm
from app.ui.look.theme import Scheme, Theme, current_theme
from app.ui.look.translations import Translations

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
