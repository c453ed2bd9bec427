"""The demo of a first start: what it promises is what is loaded, and the program stands on the day of its data."""

from datetime import date

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from app.bootstrap.application import Application
from app.domain.text import Language
from app.runtime.paths import DataFolder
from app.services.sample_territories import IOWA, PRACTICE_TERRITORY
from tests.conftest import PASSWORD
from tests.real_program import Program, running


def _load_demo(program: Program) -> Application:
    program.start(PASSWORD)
    program.click("fillDemo")
    program.wait_for_window()
    return _opened(program)


def _opened(program: Program) -> Application:
    assert program.desk.application is not None
    return program.desk.application


def _fill_words(program: Program) -> str:
    form = program.find(QWidget, "fillForm")
    return " ".join(label.text() for label in form.findChildren(QLabel))


def test_the_practice_day_is_today_after_loading_and_after_a_restart(nothing: DataFolder) -> None:
    with running(nothing, day=None) as program:
        assert _load_demo(program).clock.today() == PRACTICE_TERRITORY.today
        assert PRACTICE_TERRITORY.today.isoformat() in program.words("territoryPill")
        program.close()
    with running(nothing, day=None) as program:
        program.open()
        assert _opened(program).clock.today() == PRACTICE_TERRITORY.today
        assert PRACTICE_TERRITORY.today.isoformat() in program.words("territoryPill")
        program.close()


def test_a_day_that_was_asked_for_goes_before_the_practice_day(nothing: DataFolder) -> None:
    asked = date(2026, 11, 19)
    with running(nothing, day=asked) as program:
        assert _load_demo(program).clock.today() == asked
        program.close()


def test_a_store_of_ones_own_follows_the_calendar(nothing: DataFolder) -> None:
    with running(nothing, day=None) as program:
        program.start(PASSWORD)
        program.click("fillEmpty")
        program.wait_for_window()
        assert _opened(program).clock.as_of is None
        assert not program.is_shown("territoryPill")
        program.close()


@pytest.mark.parametrize("language", list(Language))
def test_the_form_speaks_of_the_territory_that_it_loads(nothing: DataFolder, language: Language) -> None:
    with running(nothing, language=language, day=None) as program:
        program.start(PASSWORD)
        program.find(QWidget, "fillDemo")
        words = _fill_words(program)
        program.click("fillDemo")
        program.wait_for_window()
        info = program.desk.window is not None and _opened(program)
        assert info
        expected = PRACTICE_TERRITORY if language is Language.ZH else IOWA
        assert _opened(program).clock.today() == expected.today
        assert (expected is IOWA) == any(word in words for word in ("Iowa", "艾奥瓦"))
        program.close()
