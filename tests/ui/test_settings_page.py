"""The settings: choices hold at once, the password is changed, the store is checked, backups are made and listed."""

import gc
import re
import weakref
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import shiboken6
from pytestqt.qtbot import QtBot

from app.domain.problems import Problem, TroubleError
from app.runtime import resources
from app.runtime.paths import DataFolder
from app.runtime.settings import load_settings
from app.storage.database import Database
from app.storage.vault import Vault
from app.ui.background.task_runner import TaskRunner
from app.ui.look.theme import Scheme, Theme
from app.ui.look.translations import Translations
from app.ui.pages.settings.about_card import IOWA
from tests.builders import a_customer
from tests.conftest import CHEAP, PASSWORD
from tests.ui.settings_driver import SettingsDriver

if TYPE_CHECKING:
    from app.ui.widgets.page_title import PageTitle


@pytest.fixture
def page(qtbot: QtBot, data_folder: DataFolder, database: Database, tasks: TaskRunner) -> SettingsDriver:
    """The settings page over a store with one customer."""
    with database.write() as session:
        a_customer(session)
    driver = SettingsDriver(qtbot, data_folder, database, tasks)
    driver.open()
    return driver


def _vault(folder: DataFolder) -> Vault:
    return Vault(folder.vault, use_keyring=False, cost=CHEAP)


def test_the_language_changes_every_word_at_once_and_is_kept(
    page: SettingsDriver, translations: Translations, data_folder: DataFolder
) -> None:
    titles: list[PageTitle] = []
    page.page.title_changed.connect(titles.append)
    page.choose("settingsLanguage", "zh")
    page.wait_for_words("settingsCheck", "立即检查数据")
    assert titles[-1].title == "设置"
    assert translations.language == "zh"
    assert load_settings(data_folder.settings).language == "zh"


def test_the_colours_and_the_size_of_the_text_change_at_once_and_are_kept(
    page: SettingsDriver, theme: Theme, data_folder: DataFolder
) -> None:
    page.choose("settingsTheme", "dark")
    assert theme.scheme is Scheme.DARK
    page.choose("settingsScale", "1.25")
    assert theme.text_scale == 1.25
    kept = load_settings(data_folder.settings)
    assert (kept.theme, kept.text_scale) == ("dark", 1.25)


def test_a_choice_is_not_taken_back_by_delete(page: SettingsDriver) -> None:
    page.choose("settingsTheme", "dark")
    page.press_delete("settingsTheme")
    assert page.chosen("settingsTheme") == "dark"
    assert page.preferences.settings.theme == "dark"


def test_after_how_long_the_window_locks_is_kept(page: SettingsDriver, data_folder: DataFolder) -> None:
    page.choose_idle_lock(30)
    assert load_settings(data_folder.settings).idle_lock_minutes == 30
    page.choose_idle_lock(0)
    assert load_settings(data_folder.settings).idle_lock_minutes == 0


def test_the_password_is_changed_and_only_the_new_one_opens(page: SettingsDriver, data_folder: DataFolder) -> None:
    page.change_password(PASSWORD, "another good one")
    page.wait_for_words("safetyMessage", "The password is changed.")
    assert _vault(data_folder).unlock("another good one")
    with pytest.raises(TroubleError) as refused:
        _vault(data_folder).unlock(PASSWORD)
    assert refused.value.problem is Problem.WRONG_PASSWORD


def test_a_wrong_present_password_changes_nothing_and_is_said(page: SettingsDriver, data_folder: DataFolder) -> None:
    page.change_password("wrong horse", "another good one")
    page.wait_for_words("safetyMessage", "That password does not open this store.")
    assert _vault(data_folder).unlock(PASSWORD)


def test_without_a_keyring_the_person_is_told_that_the_password_will_be_asked(
    page: SettingsDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("keyring.set_password", lambda *_: None)
    monkeypatch.setattr("keyring.get_password", lambda *_: None)
    page.tick_keep_key()
    page.type_into("settingsOldPassword", PASSWORD)
    page.press("settingsConfirmPassword")
    page.wait_for_words("safetyMessage", "This system has no keyring")
    assert not page.keeps_key()
    assert not page.preferences.settings.keep_key


def test_the_key_is_kept_in_the_keyring_and_forgotten_again(
    page: SettingsDriver, monkeypatch: pytest.MonkeyPatch, data_folder: DataFolder, qtbot: QtBot
) -> None:
    kept: dict[str, str] = {}
    monkeypatch.setattr("keyring.set_password", lambda _service, name, value: kept.update({name: value}))
    monkeypatch.setattr("keyring.get_password", lambda _service, name: kept.get(name))
    monkeypatch.setattr("keyring.delete_password", lambda _service, name: kept.pop(name))
    page.tick_keep_key()
    page.type_into("settingsOldPassword", PASSWORD)
    page.press("settingsConfirmPassword")
    qtbot.waitUntil(page.keeps_key, timeout=20_000)
    assert len(kept) == 1
    assert load_settings(data_folder.settings).keep_key
    page.tick_keep_key()
    qtbot.waitUntil(lambda: not kept, timeout=20_000)
    assert not load_settings(data_folder.settings).keep_key


def test_the_store_is_checked_and_said_to_be_whole(page: SettingsDriver) -> None:
    page.press("settingsCheck")
    page.wait_for_words("storeMessage", "Checked: every page of the data file can be read and is whole.")
    assert page.facts().value_of("Customers") == "1"


def test_damage_found_by_the_check_is_said_with_what_to_do(
    page: SettingsDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    def find_damage(*_arguments: object) -> None:
        raise TroubleError(Problem.STORE_DAMAGED, "HMAC verification failed for page 7")

    monkeypatch.setattr("app.services.maintenance.check_file", find_damage)
    page.press("settingsCheck")
    page.wait_for_words("storeMessage", "The data file is damaged.")
    assert "at the next start" in page.words_of("storeMessage")


def test_a_backup_made_by_hand_appears_in_the_list(page: SettingsDriver) -> None:
    assert page.backups() == 0
    page.press("settingsBackUp")
    page.wait_for_backups(1)
    page.press("settingsBackUp")
    page.wait_for_backups(2)


def test_the_about_box_attributes_the_demo_data_in_the_words_of_their_licence(page: SettingsDriver) -> None:
    assert IOWA in page.words_of("aboutData")
    assert IOWA in resources.read_text("sample_data/README.md")


def test_a_settings_page_that_is_gone_is_freed(
    qtbot: QtBot, data_folder: DataFolder, database: Database, tasks: TaskRunner
) -> None:
    driver = SettingsDriver(qtbot, data_folder, database, tasks)
    driver.open()
    gone = weakref.ref(driver.page)
    driver.page.deleteLater()
    qtbot.waitUntil(lambda: not shiboken6.isValid(driver.page))
    del driver.page
    gc.collect()
    assert gone() is None


def test_the_about_box_names_a_file_of_licences_that_is_there(page: SettingsDriver) -> None:
    named = re.search(r"see the file ([\w.-]+\.md)", page.words_of("aboutLicences"))
    assert named is not None
    assert (Path(__file__).resolve().parents[2] / named.group(1)).is_file()
