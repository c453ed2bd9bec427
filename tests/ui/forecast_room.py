"""The forecast page of the real program on a store of its own, left as it was found."""

from collections.abc import Generator

import pytest
from PySide6.QtWidgets import QApplication

from app.domain.text import Language
from app.runtime.paths import DataFolder
from tests.real_program import Program, copy_store, running
from tests.ui.forecast_page_driver import Desk


@pytest.fixture(scope="module")
def program(
    practice_store: DataFolder, tmp_path_factory: pytest.TempPathFactory, _dressed: QApplication
) -> Generator[Program]:
    """The real window on a store of its own, in English."""
    folder = copy_store(practice_store, tmp_path_factory.mktemp("forecast") / "data")
    with running(folder) as program:
        program.open()
        program.desk.translations.set_language(Language.EN)
        yield program


@pytest.fixture
def desk(program: Program) -> Generator[Desk]:
    desk = Desk(program)
    yield desk
    if desk.page.model.product is not None:
        desk.page.model.close_sku()
    desk.page.model.show_six_months(on=False)
    desk.page.model.restrict(text="", kind=None, group=None, only_corrected=False, only_missed=False)
    desk.page.show_desk()
    program.rest()
    desk.take_all_back()
