"""A page that is closed is gone at once, without waiting for the collector; and no page opens the store by itself."""

import gc
import threading
import weakref
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.bootstrap.pages import Pages
from app.bootstrap.sync_door import SyncDoor
from app.runtime.paths import DataFolder
from app.services.maintenance import Maintenance
from app.ui.pages.visit.visit_page import VisitPage
from app.ui.shell.backup_keeper import BackupKeeper
from app.ui.shell.sync_controller import SyncController
from tests.real_program import Program, copy_store, main_visit, running

PAGES = ("today", "plan", "customers", "product", "visit", "forecast", "effects", "data_in", "sync", "settings")


@pytest.fixture
def store(practice_store: DataFolder, tmp_path: Path, _dressed: QApplication) -> DataFolder:
    """Return a store of one's own."""
    return copy_store(practice_store, tmp_path / "data")


def test_every_page_is_freed_when_it_is_closed(store: DataFolder) -> None:
    with running(store, watch=False) as program:
        program.open()
        makers = _pages(program).factories()
        assert set(makers) == set(PAGES)
        application = program.desk.application
        assert application is not None
        _, visit = main_visit(application)
        assert not gc.isenabled()  # only what nobody holds goes by itself
        for key in PAGES:
            page = makers[key]()
            page.resize(1200, 700)
            page.show()
            page.shown()  # type: ignore[attr-defined]
            if isinstance(page, VisitPage):
                page.open_visit(visit)
            program.rest()
            page.hide()
            program.rest()
            held = weakref.ref(page)
            page.deleteLater()
            del page
            program.wait(lambda held=held: held() is None, f"the page {key} to be freed")


def test_the_watch_over_the_store_sees_a_session_on_the_gui_thread(store: DataFolder) -> None:
    """All journeys run under this watch; here it is made to bark."""
    with running(store) as program:
        program.open()
        assert threading.current_thread() is threading.main_thread()
        application = program.desk.application
        assert application is not None
        with application.database.read():
            pass
        assert len(program.sessions_on_gui_thread) == 1
        program.sessions_on_gui_thread.clear()


def _pages(program: Program) -> Pages:
    application = program.desk.application
    assert application is not None
    maintenance = Maintenance(application.database, application.folder)
    keeper = BackupKeeper(maintenance, program.desk.tasks, program.desk)
    sync = SyncController(SyncDoor(application, use_keyring=False), program.desk.tasks, program.desk.bus, program.desk)
    return Pages(program.desk, application, maintenance, keeper, sync)
