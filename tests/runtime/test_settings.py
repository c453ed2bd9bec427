"""The settings file: defaults, round trip, what a person or a later version wrote stays."""

from pathlib import Path

import pytest

from app.runtime.settings import Settings, load_settings, save_settings


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


def test_without_a_file_the_defaults_hold(file: Path) -> None:
    assert load_settings(file) == Settings()


def test_what_was_saved_comes_back(file: Path) -> None:
    chosen = Settings(language="zh", theme="dark", text_scale=1.25, idle_lock_minutes=0, keep_key=False)
    save_settings(file, chosen)
    assert load_settings(file) == chosen


def test_saving_keeps_comments_unknown_keys_and_unknown_tables(file: Path) -> None:
    file.write_text(
        '# by hand\nlanguage = "en"\nfuture = [1, 2]\n\n[window]\nlanguage = "not ours"\n', encoding="utf-8"
    )
    save_settings(file, Settings(language="zh"))
    text = file.read_text(encoding="utf-8")
    assert "# by hand" in text
    assert "future = [1, 2]" in text
    assert '[window]\nlanguage = "not ours"' in text
    assert load_settings(file).language == "zh"


def test_a_second_save_writes_the_same_file(file: Path) -> None:
    save_settings(file, Settings(theme="light"))
    first = file.read_bytes()
    save_settings(file, Settings(theme="light"))
    assert file.read_bytes() == first


def test_a_value_that_makes_no_sense_counts_as_not_set(file: Path) -> None:
    file.write_text(
        'language = "fr"\ntheme = 3\ntext_scale = "big"\nidle_lock_minutes = 2.5\nkeep_key = "yes"\n', encoding="utf-8"
    )
    assert load_settings(file) == Settings()


def test_a_broken_file_gives_the_defaults_and_is_kept_beside_the_new_one(file: Path) -> None:
    file.write_text("language = \n[[", encoding="utf-8")
    assert load_settings(file) == Settings()
    save_settings(file, Settings(language="en"))
    assert load_settings(file).language == "en"
    assert file.with_name("settings.toml.broken").read_text(encoding="utf-8") == "language = \n[["
