"""The start window in both languages: every form of it fits, speaks one language and can be used by keyboard alone."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.text import Language
from app.runtime.paths import DataFolder
from app.storage.facts import CLEAN_CLOSE
from tests.conftest import PASSWORD
from tests.journeys.disk import Disk
from tests.real_program import Program, copy_store, running
from tests.ui import page_checks as check
from tests.ui.startup_driver import damage

SIZES = ((910, 512), (1366, 768))


def _first(program: Program) -> None:
    program.start()
    program.find(QWidget, "firstCreate")


def _fill(program: Program) -> None:
    program.start(PASSWORD)
    program.find(QWidget, "fillDemo")


def _unlock(program: Program) -> None:
    program.start()
    program.find(QWidget, "unlockOpen")


def _damaged(program: Program) -> None:
    program.start(PASSWORD)
    program.find(QWidget, "damagedGoOn")
    program.rest()


def _newer(program: Program) -> None:
    program.start(PASSWORD)
    program.find(QWidget, "troubleQuit")


FORMS: dict[str, Callable[[Program], None]] = {
    "first start": _first,
    "filling": _fill,
    "unlock": _unlock,
    "damaged": _damaged,
    "newer": _newer,
}


@pytest.fixture
def folder(request: pytest.FixtureRequest, practice_store: DataFolder, tmp_path: Path) -> DataFolder:
    """Return the data folder in which the form of the test comes up."""
    name: str = request.param
    if name in {"first start", "filling"}:
        return DataFolder(tmp_path / "new")
    store = copy_store(practice_store, tmp_path / "data")
    if name == "damaged":
        damage(store.store)
    if name == "newer":
        Disk(store).change("UPDATE alembic_version SET version_num = '9999'")
    return store


@pytest.mark.parametrize(("folder", "name"), [(name, name) for name in FORMS], indirect=["folder"])
@pytest.mark.usefixtures("_dressed")
def test_every_form_of_the_start_fits_speaks_one_language_and_answers_the_keyboard(
    folder: DataFolder, name: str
) -> None:
    with running(folder) as program:
        FORMS[name](program)
        wrong: list[str] = []
        for language in Language:
            program.desk.translations.set_language(language)
            for size in SIZES:
                program.window.resize(*size)
                program.lay_out()
                found = [*check.cut_words(program.window), *check.sideways(program.window)]
                wrong += [f"{language} {size[0]}: {one}" for one in found]
        assert wrong == [], "\n".join(wrong)
        assert check.chinese_words(program.window, "中文走访数据我的") == []
        program.desk.translations.set_language(Language.ZH)
        program.lay_out()
        foreign = check.foreign_words(program.window, {"English", "CSV", "Excel"}.__contains__)
        assert [text for text in foreign if str(folder.root) not in text] == []
        assert check.nameless(program.window) == []
        assert check.unreached(program.window, lambda: program.key(Qt.Key.Key_Tab), QApplication.focusWidget) == []


@pytest.mark.usefixtures("_dressed")
def test_a_start_window_that_is_closed_before_the_store_is_filled_leaves_the_store_in_order(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "new")
    with running(folder) as program:
        _fill(program)
    assert Disk(folder).one("SELECT value FROM store_fact WHERE key = ?", CLEAN_CLOSE) == "yes"
