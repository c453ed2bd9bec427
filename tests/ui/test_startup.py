"""The start: first start, unlock, wrong passwords, a damaged, a missing and a newer store, with real stores."""

import gc
import subprocess
import sys
import weakref
from collections.abc import Callable, Generator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from app.runtime.cancel import CancelToken, Report
from app.runtime.paths import DataFolder
from app.services.maintenance import Maintenance
from app.services.opening import SHORTEST_PASSWORD
from app.storage.store import OpenedStore, close_store, open_store
from app.storage.vault import MIN_PASSWORD
from app.ui.background.task_runner import TaskRunner
from app.ui.look.translations import Translations
from app.ui.shell.startup_view_model import Demo, Stage
from app.ui.widgets.password_field import PasswordField
from tests.builders import a_customer
from tests.conftest import PASSWORD
from tests.ui.startup_driver import StartDriver, damage

MakeDriver = Callable[..., StartDriver]


@pytest.fixture
def make(qtbot: QtBot, data_folder: DataFolder, tasks: TaskRunner) -> Generator[MakeDriver]:
    """Return a function that makes start windows on the same data folder."""
    made: list[StartDriver] = []

    def make_one(**options: object) -> StartDriver:
        made.append(StartDriver(qtbot, data_folder, tasks, **options))  # type: ignore[arg-type]
        return made[-1]

    yield make_one
    qtbot.waitUntil(lambda: tasks.is_idle, timeout=20_000)
    for driver in made:
        driver.close_store()
        driver.leave()


@pytest.fixture
def store(data_folder: DataFolder, key: bytes) -> DataFolder:
    """A store with one customer and a backup of it, closed in order."""
    opened = open_store(data_folder, key, create=True)
    with opened.database.write() as session:
        a_customer(session)
    Maintenance(opened.database, data_folder).back_up()
    close_store(opened.database)
    return data_folder


def test_the_first_start_sets_the_password_and_opens_an_empty_store(make: MakeDriver, data_folder: DataFolder) -> None:
    driver = make()
    driver.start()
    driver.create_store(PASSWORD)
    driver.press("fillEmpty")
    opened = driver.wait_until_open()
    assert driver.controller.first_page == "today"
    assert Maintenance(opened.database, data_folder).info().customers == 0
    driver.close_store()
    again = make()
    again.start()
    again.unlock(PASSWORD)
    assert again.wait_until_open()


def test_a_password_typed_differently_the_second_time_is_not_taken(make: MakeDriver) -> None:
    driver = make()
    driver.start()
    driver.wait_for(Stage.FIRST)
    driver.type_into("firstPasswordFirst", PASSWORD)
    driver.type_into("firstPasswordSecond", "correct house")
    assert not driver.is_enabled("firstCreate")
    assert driver.words_of("firstPasswordHint") == "The two are not the same."


def test_a_short_password_is_called_too_short_and_not_taken(make: MakeDriver) -> None:
    assert SHORTEST_PASSWORD == MIN_PASSWORD
    driver = make()
    driver.start()
    driver.wait_for(Stage.FIRST)
    driver.type_into("firstPasswordFirst", "1234567")
    driver.type_into("firstPasswordSecond", "1234567")
    assert driver.words_of("firstPasswordStrength") == "too short"
    assert not driver.is_enabled("firstCreate")


def test_the_language_of_the_first_start_changes_at_once_and_is_kept(
    make: MakeDriver, translations: Translations, data_folder: DataFolder
) -> None:
    driver = make(translations=translations)
    driver.start()
    driver.wait_for(Stage.FIRST)
    driver.preferences.set_language("zh")
    driver.wait_for_words("firstCreate", "建立数据库")
    assert 'language = "zh"' in data_folder.settings.read_text(encoding="utf-8")


@pytest.mark.parametrize(("way", "page"), [("fillEnrol", "sync"), ("fillImport", "data_in"), ("fillEmpty", "today")])
def test_after_the_first_start_each_way_leads_to_its_page(make: MakeDriver, way: str, page: str) -> None:
    driver = make()
    driver.start()
    driver.create_store(PASSWORD)
    driver.press(way)
    driver.wait_until_open()
    assert driver.controller.first_page == page


def test_the_demo_territory_is_loaded_before_the_program_opens(make: MakeDriver, data_folder: DataFolder) -> None:
    def load(application: object, _demo: Demo, _token: CancelToken, report: Report) -> object:
        assert isinstance(application, OpenedStore)
        with application.database.write() as session:
            a_customer(session)
        report(1, 1)
        return application

    driver = make(load_demo=load)
    driver.start()
    driver.create_store(PASSWORD)
    driver.press("fillDemo")
    opened = driver.wait_until_open()
    assert Maintenance(opened.database, data_folder).info().customers == 1


def test_loading_the_demo_can_be_stopped_and_then_another_way_chosen(make: MakeDriver, qtbot: QtBot) -> None:
    def load_until_stopped(_application: object, _demo: Demo, token: CancelToken, report: Report) -> object:
        while True:
            report(1, 100)
            token.check()

    driver = make(load_demo=load_until_stopped)
    driver.start()
    driver.create_store(PASSWORD)
    driver.press("fillDemo")
    qtbot.waitUntil(lambda: driver.controller.view_model.progress is not None)
    driver.press("fillStop")
    qtbot.waitUntil(lambda: driver.is_enabled("fillEmpty"), timeout=10_000)
    driver.press("fillEmpty")
    assert driver.wait_until_open()


def test_a_wrong_password_is_said_and_the_right_one_opens(make: MakeDriver, store: DataFolder) -> None:
    driver = make()
    driver.start()
    driver.unlock("wrong horse")
    driver.wait_for_words("unlockFormTrouble", "That password does not open this store.")
    driver.unlock(PASSWORD)
    opened = driver.wait_until_open()
    assert Maintenance(opened.database, store).info().customers == 1


@pytest.mark.usefixtures("store")
def test_after_three_wrong_passwords_the_wait_is_counted_down_and_holds_after_a_restart(
    make: MakeDriver, qtbot: QtBot
) -> None:
    driver = make()
    driver.start()
    for _ in range(3):
        driver.unlock("wrong horse")
        qtbot.waitUntil(lambda: not driver.controller.view_model.gate.is_busy, timeout=20_000)
    driver.wait_for_words("unlockOpen", "Wait ")
    assert not driver.is_enabled("unlockOpen")
    again = make()
    again.start()
    again.wait_for_words("unlockOpen", "Wait ")
    again.unlock(PASSWORD)
    assert again.wait_until_open()


@pytest.mark.usefixtures("store")
def test_a_password_given_while_the_wait_runs_is_tried_when_it_is_over(make: MakeDriver, qtbot: QtBot) -> None:
    driver = make()
    driver.start()
    for _ in range(3):
        driver.unlock("wrong horse")
        qtbot.waitUntil(lambda: not driver.controller.view_model.gate.is_busy, timeout=20_000)
    driver.wait_for_words("unlockFormTrouble", "That password does not open this store.")
    field = driver.field("unlockPassword")
    assert field.selectedText() == "wrong horse"
    qtbot.keyClicks(field, PASSWORD)
    assert field.text() == PASSWORD
    driver.wait_for_words("unlockFormTrouble", "Too many wrong passwords in a row.")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    driver.wait_for_words("unlockFormTrouble", "is tried by itself in")
    assert driver.wait_until_open()


@pytest.mark.usefixtures("store")
def test_what_is_typed_after_a_wrong_password_is_not_called_wrong(make: MakeDriver, qtbot: QtBot) -> None:
    driver = make()
    driver.start()
    driver.unlock("wrong horse")
    driver.wait_for_words("unlockFormTrouble", "That password does not open this store.")
    qtbot.keyClicks(driver.field("unlockPassword"), "x")
    assert driver.field("unlockPassword").text() == "x"
    assert driver.words_of("unlockFormTrouble") == ""


@pytest.mark.usefixtures("store")
def test_a_password_of_the_command_line_is_not_asked_for(make: MakeDriver) -> None:
    driver = make()
    driver.start(PASSWORD)
    assert driver.wait_until_open()


@pytest.mark.usefixtures("store")
def test_a_wrong_password_of_the_command_line_is_asked_for(make: MakeDriver) -> None:
    driver = make()
    driver.start("wrong horse")
    driver.wait_for(Stage.UNLOCK)
    driver.wait_for_words("unlockFormTrouble", "That password does not open this store.")


@pytest.mark.usefixtures("store")
def test_what_is_typed_as_a_password_can_be_shown_and_hidden(make: MakeDriver) -> None:
    driver = make()
    driver.start()
    driver.wait_for(Stage.UNLOCK)
    field = driver.field("unlockPassword")
    assert field.echoMode() is QLineEdit.EchoMode.Password
    driver.press("unlockPasswordEye")
    assert field.echoMode() is QLineEdit.EchoMode.Normal
    driver.press("unlockPasswordEye")
    assert field.echoMode() is QLineEdit.EchoMode.Password


@pytest.mark.usefixtures("store")
def test_letters_that_come_out_big_without_shift_give_caps_lock_away(make: MakeDriver, qtbot: QtBot) -> None:
    driver = make()
    driver.start()
    driver.wait_for(Stage.UNLOCK)
    box = driver.field("unlockPassword").parent()
    assert isinstance(box, PasswordField)
    qtbot.keyClick(driver.field("unlockPassword"), Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier)
    assert box.hint == ""
    qtbot.keyClicks(driver.field("unlockPassword"), "A", Qt.KeyboardModifier.NoModifier)
    assert box.hint == "Caps Lock seems to be on."


def test_a_damaged_store_is_moved_aside_and_the_newest_backup_brings_the_data_back(
    make: MakeDriver, store: DataFolder
) -> None:
    damage(store.store)
    driver = make()
    driver.start()
    driver.unlock(PASSWORD)
    driver.wait_for(Stage.DAMAGED)
    aside = driver.controller.view_model.aside
    assert aside is not None
    assert (aside / store.store.name).exists()
    driver.wait_for_words("damagedContents", "It holds 1 customers")
    assert str(aside) in driver.words_of("damagedAside")
    driver.type_into("damagedPassword", PASSWORD)
    driver.press("damagedGoOn")
    opened = driver.wait_until_open()
    assert Maintenance(opened.database, store).info().customers == 1
    assert (aside / store.store.name).exists()


def test_restoring_with_a_wrong_password_says_so_and_can_be_tried_again(make: MakeDriver, store: DataFolder) -> None:
    store.store.unlink()
    driver = make()
    driver.start()
    driver.wait_for(Stage.DAMAGED)
    driver.wait_for_words("damagedContents", "It holds 1 customers")
    driver.type_into("damagedPassword", "wrong horse")
    driver.press("damagedGoOn")
    driver.wait_for_words("damagedFormTrouble", "That password does not open this store.")
    driver.type_into("damagedPassword", PASSWORD)
    driver.press("damagedGoOn")
    assert driver.wait_until_open()


def test_instead_of_a_backup_an_empty_store_can_be_begun_and_the_old_files_are_kept(
    make: MakeDriver, store: DataFolder
) -> None:
    damage(store.store)
    old_vault = store.vault.read_bytes()
    driver = make()
    driver.start()
    driver.unlock(PASSWORD)
    driver.wait_for(Stage.DAMAGED)
    driver.press("damagedAnew")
    driver.type_into("damagedNewFirst", "another good one")
    driver.type_into("damagedNewSecond", "another good one")
    driver.press("damagedGoOn")
    driver.wait_for(Stage.FILL)
    driver.press("fillEmpty")
    opened = driver.wait_until_open()
    assert Maintenance(opened.database, store).info().customers == 0
    kept = {file.name: file.read_bytes() for file in store.root.glob("damaged-*/*")}
    assert kept["vault.json"] == old_vault
    assert "zoufang.db" in kept


def test_a_store_of_a_newer_version_is_left_alone(make: MakeDriver, store: DataFolder, key: bytes) -> None:
    opened = open_store(store, key)
    with opened.database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    close_store(opened.database)
    before = store.store.read_bytes()
    driver = make()
    driver.start()
    driver.unlock(PASSWORD)
    driver.wait_for(Stage.NEWER)
    assert driver.words_of("troubleFormTitle") == "The data were written by a newer version of this program."
    assert store.store.read_bytes() == before


@pytest.mark.usefixtures("key")
def test_a_first_start_that_was_cut_short_after_the_password_is_finished_by_it(
    make: MakeDriver, data_folder: DataFolder
) -> None:
    assert data_folder.vault.exists()
    assert not data_folder.store.exists()
    driver = make()
    driver.start()
    driver.unlock(PASSWORD)
    assert driver.wait_until_open()


@pytest.mark.usefixtures("store")
def test_a_closed_start_window_is_freed(make: MakeDriver, qtbot: QtBot) -> None:
    driver = make()
    driver.start(PASSWORD)
    driver.wait_until_open()
    gone = weakref.ref(driver.window)
    with qtbot.waitSignal(driver.window.destroyed):
        driver.leave()
    gc.collect()
    assert gone() is None


def test_the_door_is_light_to_import() -> None:
    heavy = "{'sqlalchemy', 'alembic', 'pypinyin', 'reportlab', 'pydantic', 'cryptography', 'argon2', 'keyring', 'PIL'}"
    code = f"import sys, app.ui.shell.startup; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.usefixtures("store")
def test_the_key_in_the_keyring_opens_the_store_without_a_password(
    make: MakeDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: dict[tuple[str, str], str] = {}
    monkeypatch.setattr("keyring.set_password", lambda service, name, value: kept.update({(service, name): value}))
    monkeypatch.setattr("keyring.get_password", lambda service, name: kept.get((service, name)))
    first = make(keep_key=True)
    first.start()
    first.unlock(PASSWORD)
    first.wait_until_open()
    first.close_store()
    second = make(keep_key=True)
    second.start()
    assert second.wait_until_open()
