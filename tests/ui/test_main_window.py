"""The main window: pages on first use, wishes between pages, lock, leaving, status, backups, restored visits."""

import gc
import weakref
from collections.abc import Callable, Generator
from uuid import uuid4

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from app.domain.changes import Changes, Kind
from app.domain.problems import Problem, TroubleError
from app.domain.visit import Step
from app.runtime.paths import DataFolder
from app.services.visit_reading import Place, RestoredVisit
from app.storage.backup import SUFFIX
from app.storage.database import Database
from app.storage.facts import TERRITORY, write_fact
from app.ui.background.task_runner import TaskRunner
from app.ui.look.translations import Translations
from tests.builders import a_customer
from tests.conftest import PASSWORD
from tests.ui.main_window_driver import WindowDriver, files_of

MakeWindow = Callable[..., WindowDriver]
RESTORED = RestoredVisit(uuid4(), "老周食杂店", Place(Step.STOCK), None, {})


@pytest.fixture
def make(qtbot: QtBot, data_folder: DataFolder, database: Database, tasks: TaskRunner) -> Generator[MakeWindow]:
    """Return a function that makes windows on the store."""
    made: list[WindowDriver] = []

    def make_one(**options: object) -> WindowDriver:
        made.append(WindowDriver(qtbot, data_folder, database, tasks, **options))  # type: ignore[arg-type]
        return made[-1]

    yield make_one
    qtbot.waitUntil(lambda: tasks.is_idle, timeout=20_000)
    for driver in made:
        driver.leave()


@pytest.fixture
def window(make: MakeWindow) -> WindowDriver:
    """A window that is open on Today."""
    driver = make()
    driver.open()
    return driver


def backups(folder: DataFolder) -> list[str]:
    return [name for name in files_of(folder.backups) if name.endswith(SUFFIX)]


def test_only_the_first_page_is_made_at_the_start(window: WindowDriver) -> None:
    assert window.made == ["today"]
    window.press_key(Qt.Key.Key_2)
    assert window.made == ["today", "customers"]
    assert window.window.workspace.shown_key == "customers"


def test_the_keys_lead_to_the_pages_in_the_order_of_the_rail(window: WindowDriver) -> None:
    for key, page in ((Qt.Key.Key_2, "customers"), (Qt.Key.Key_3, "visit"), (Qt.Key.Key_4, "settings")):
        window.press_key(key)
        assert window.window.workspace.shown_key == page
    window.press_key(Qt.Key.Key_1)
    assert window.page("today").seen == 2


def test_the_header_shows_what_the_page_tells(window: WindowDriver) -> None:
    assert window.words_of("pageTitle") == "Title of today"
    window.press_key(Qt.Key.Key_2)
    assert window.words_of("pageTitle") == "Title of customers"
    assert window.words_of("pageSubtitle") == "shown 1"


def test_a_customer_that_one_page_wishes_to_see_is_opened_on_the_customers_page(window: WindowDriver) -> None:
    wanted = uuid4()
    window.page("today").open_customer_requested.emit(wanted)
    assert window.window.workspace.shown_key == "customers"
    assert window.page("customers").asked_for == [wanted]


def test_a_visit_that_one_page_wishes_to_open_is_opened_on_the_visit_page(window: WindowDriver) -> None:
    wanted = uuid4()
    window.page("today").open_visit_requested.emit(wanted)
    assert window.window.workspace.shown_key == "visit"
    assert window.page("visit").asked_for == [wanted]


def test_ctrl_k_puts_the_keyboard_into_the_search_box(window: WindowDriver, qtbot: QtBot) -> None:
    window.page("today").note.setFocus()
    window.press_key(Qt.Key.Key_K)
    qtbot.waitUntil(lambda: window.window.focusWidget() is window.search)


def test_the_pill_counts_what_waits_for_head_office(window: WindowDriver, database: Database) -> None:
    assert window.words_of("statusPill") == "Offline · nothing waits"
    with database.write() as session:
        customer = a_customer(session)
    window.bus.changed.emit(Changes.of(Kind.CUSTOMER, customer.id))
    window.wait_for_words("statusPill", "Offline · 1 record waiting")


def test_a_click_on_the_pill_says_in_words_what_waits(window: WindowDriver, database: Database) -> None:
    with database.write() as session:
        a_customer(session)
    window.press("statusPill")
    assert window.window.workspace.shown_key == "status"
    window.wait_for_words("waitingWords", "1 changes wait for head office")
    window.press("statusBackUp")
    window.wait_for_words("statusBackUp", "Back up now")


def test_the_territory_is_named_in_the_header(make: MakeWindow, database: Database) -> None:
    write_fact(database, TERRITORY, "河东三线")
    window = make()
    window.open()
    assert window.words_of("territoryPill") == "河东三线"


def test_locking_saves_what_is_typed_and_keeps_it_and_the_password_brings_it_back(
    window: WindowDriver, qtbot: QtBot
) -> None:
    window.type_note("today", "half a sen")
    window.press_key(Qt.Key.Key_L)
    window.wait_until_locked()
    assert not window.page("today").isVisible()
    qtbot.waitUntil(lambda: window.saved_note("today") == "half a sen")
    window.unlock("wrong horse")
    window.wait_for_words("lockFormTrouble", "That password does not open this store.")
    window.unlock(PASSWORD)
    window.wait_until_unlocked()
    assert window.page("today").isVisible()
    assert window.page("today").note.text() == "half a sen"
    window.type_note("today", "tence")
    assert window.page("today").note.text() == "half a sentence"


def test_while_locked_no_key_leads_anywhere_and_no_other_window_shows(window: WindowDriver) -> None:
    second = QDialog(window.window)
    second.show()
    window.press_key(Qt.Key.Key_L)
    window.wait_until_locked()
    assert not second.isVisible()
    window.press_key(Qt.Key.Key_2)
    assert window.window.workspace.shown_key == "today"
    window.unlock(PASSWORD)
    window.wait_until_unlocked()
    assert second.isVisible()


def test_the_window_locks_itself_when_nobody_touches_it(window: WindowDriver) -> None:
    window.window._idle.set_milliseconds(30)
    window.wait_until_locked()


def test_a_key_puts_the_lock_off(window: WindowDriver, qtbot: QtBot) -> None:
    idle = window.window._idle
    idle.set_milliseconds(60_000)
    handle = window.window.windowHandle()
    idle._on_focus_window(handle)
    idle._timer.start(50_000)
    qtbot.keyClick(handle, Qt.Key.Key_A)
    assert idle._timer.remainingTime() > 49_000
    assert not window.window.is_locked


def test_closing_saves_what_is_typed_makes_a_backup_and_then_ends(
    window: WindowDriver, data_folder: DataFolder
) -> None:
    window.type_note("today", "typed a moment ago")
    window.ask_to_close()
    assert window.window.isVisible()
    window.wait_until_closed()
    assert not window.window.isVisible()
    assert window.saved_note("today") == "typed a moment ago"
    assert len(backups(data_folder)) == 1


def test_what_cannot_be_saved_stops_the_leaving_and_is_still_there(
    window: WindowDriver, data_folder: DataFolder
) -> None:
    page = window.page("today")
    page.can_save = False
    window.type_note("today", "the disk is full")
    window.ask_to_close()
    window.wait_for_words("closingFormTitle", "The last entry could not be saved")
    window.press("closingStay")
    assert page.isVisible()
    assert page.note.text() == "the disk is full"
    assert backups(data_folder) == []
    page.can_save = True
    window.ask_to_close()
    window.wait_until_closed()
    assert window.saved_note("today") == "the disk is full"


def test_a_failed_backup_at_close_is_said_and_the_person_decides(window: WindowDriver, data_folder: DataFolder) -> None:
    data_folder.backups.write_text("a file where the folder should be")
    window.ask_to_close()
    window.wait_for_words("closingFormTitle", "No backup could be made")
    assert not window.closed
    window.press("closingGoOn")
    window.wait_until_closed()


def test_after_each_visit_a_backup_is_made(window: WindowDriver, data_folder: DataFolder, qtbot: QtBot) -> None:
    window.page("visit").visit_ended.emit(uuid4())
    qtbot.waitUntil(lambda: window.keeper.last is not None, timeout=20_000)
    assert len(backups(data_folder)) == 1


def test_a_failed_backup_is_said_once_with_what_is_safe(
    window: WindowDriver, data_folder: DataFolder, qtbot: QtBot
) -> None:
    data_folder.backups.write_text("a file where the folder should be")
    told: list[object] = []
    window.keeper.failed.connect(told.append)
    for _ in range(2):
        with qtbot.waitSignal(window.keeper.ended, timeout=20_000):
            window.page("visit").visit_ended.emit(uuid4())
    assert "Your data themselves are saved." in window.bar
    assert len(told) == 1


def test_trouble_of_a_page_is_said_in_the_bar(window: WindowDriver) -> None:
    window.page("today").trouble_met.emit(TroubleError(Problem.DISK_FULL))
    assert "The disk is full" in window.bar
    assert "Everything saved before is safe." in window.bar


def test_no_page_moves_when_the_bar_comes_and_the_bar_is_whole(window: WindowDriver) -> None:
    workspace, page = window.window.workspace, window.page("today")
    before = page.mapTo(workspace, page.rect().topLeft()), page.size()
    for error in (TroubleError(Problem.DISK_FULL), TroubleError(Problem.DISK_FULL, "C:/folder " * 40)):
        page.trouble_met.emit(error)
        assert (page.mapTo(workspace, page.rect().topLeft()), page.size()) == before
        bar = workspace.bar
        assert bar.isVisible()
        assert workspace.rect().contains(bar.geometry())
        assert bar.height() >= bar.heightForWidth(bar.width())
    workspace.hush()
    assert not workspace.bar.isVisible()


def test_a_visit_cut_short_by_a_crash_is_taken_up_at_once(make: MakeWindow, qtbot: QtBot) -> None:
    window = make(restored=RESTORED, closed_cleanly=False)
    window.open()
    qtbot.waitUntil(lambda: window.window.workspace.shown_key == "visit")
    assert window.page("visit").asked_for == [RESTORED]


def test_a_visit_left_open_is_offered_and_one_click_leads_to_it(make: MakeWindow) -> None:
    window = make(restored=RESTORED)
    window.open()
    window.wait_for_words("windowMessage", "The visit at 老周食杂店 is not finished.")
    assert window.window.workspace.shown_key == "today"
    window.window.workspace.bar.action_requested.emit()
    assert window.page("visit").asked_for == [RESTORED.visit_id]


def test_the_window_comes_back_with_the_size_it_had(make: MakeWindow, data_folder: DataFolder) -> None:
    first = make()
    first.open()
    first.window.resize(first.window.width() - 100, first.window.height() - 80)
    size = first.window.size()
    first.ask_to_close()
    first.wait_until_closed()
    assert (data_folder.root / "window.ini").exists()
    assert make().window.size() == size


def test_bigger_text_is_shown_at_once_and_kept(window: WindowDriver, data_folder: DataFolder) -> None:
    window.press_key(Qt.Key.Key_Plus)
    assert window.preferences.settings.text_scale > 1
    assert "text_scale = 1.1" in data_folder.settings.read_text(encoding="utf-8")
    window.press_key(Qt.Key.Key_Minus)
    assert window.preferences.settings.text_scale == 1.0


def test_the_language_changes_without_a_restart(window: WindowDriver, translations: Translations) -> None:
    window.press("statusPill")
    window.preferences.set_language("zh")
    window.wait_for_words("statusBackUp", "立即备份")
    window.wait_for_words("statusPill", "离线")
    assert translations.language == "zh"


def test_f1_shows_the_keys(window: WindowDriver) -> None:
    window.press_key(Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier)
    sheet = window.window.findChild(QDialog, "helpSheet")
    assert sheet is not None
    assert sheet.isVisible()


def test_a_window_that_is_gone_is_freed(make: MakeWindow, qtbot: QtBot) -> None:
    driver = make()
    driver.open()
    gone = weakref.ref(driver.window)
    driver.window.deleteLater()
    qtbot.waitUntil(lambda: not shiboken6.isValid(driver.window))
    del driver.window
    gc.collect()
    assert gone() is None


def test_the_window_is_small_enough_for_a_laptop_at_150_per_cent(window: WindowDriver) -> None:
    least = window.window.minimumSizeHint()
    assert least.width() <= 1366 / 1.5
    assert least.height() <= 768 / 1.5
