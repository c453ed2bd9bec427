"""A store that is damaged, missing, newer or busy: what is said, where it goes, what the exit code is."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from app.cli import check_command
from app.models.visit import Photo
from app.runtime.paths import DataFolder
from app.storage import sqlcipher
from app.storage.database import Database
from app.storage.photo_files import PhotoFiles
from app.storage.vault import Vault
from tests.builders import a_customer, a_visit
from tests.cli.program import STORES, Zoufang
from tests.conftest import PASSWORD

if TYPE_CHECKING:
    from collections.abc import Callable


def key_of(folder: DataFolder) -> bytes:
    return Vault(folder.vault, use_keyring=False).unlock(PASSWORD)


def flip(file: Path, place: int) -> None:
    content = bytearray(file.read_bytes())
    content[place] ^= 1
    file.write_bytes(content)


def moved_to(zoufang: Zoufang) -> Path:
    [aside] = zoufang.folder.root.glob("damaged-*")
    assert not zoufang.folder.store.exists()
    assert (aside / "zoufang.db").exists()
    return aside


def test_a_whole_store_passes_the_check(zoufang: Zoufang) -> None:
    data = zoufang("--json", "check").worked().data
    assert set(data) == {"data_dir", "store", "photos", "photos_bad", "rows"}
    assert (data["store"], data["photos_bad"], data["rows"]["customer"]) == ("ok", [], 249)
    assert "The store is whole" in zoufang("check").worked().out
    assert "数据库完好" in zoufang("check", lang="zh").worked().out


def test_one_flipped_bit_is_found_by_the_check_and_the_file_moved_aside(zoufang: Zoufang) -> None:
    flip(zoufang.folder.store, zoufang.folder.store.stat().st_size - 3000)
    line = zoufang("check").refused_with(4)
    assert str(moved_to(zoufang)) in line
    assert "restore" in line


def test_a_store_damaged_at_its_head_is_moved_aside_when_it_is_opened(zoufang: Zoufang) -> None:
    flip(zoufang.folder.store, 50)
    damaged = zoufang.folder.store.read_bytes()
    line = zoufang("today", lang="zh").refused_with(4)
    assert str(moved_to(zoufang)) in line
    assert (moved_to(zoufang) / "zoufang.db").read_bytes() == damaged


def test_damage_met_in_the_middle_of_a_command_ends_the_same_way(zoufang: Zoufang) -> None:
    for place in range(8 * 4096 + 100, zoufang.folder.store.stat().st_size, 4096):
        flip(zoufang.folder.store, place)
    line = zoufang("import", "customers", STORES, "--profile", "iowa").refused_with(4)
    assert str(moved_to(zoufang)) in line


def test_after_damage_every_command_says_how_to_go_on_and_a_restore_does(zoufang: Zoufang, tmp_path: Path) -> None:
    backup = tmp_path / "b"
    zoufang("backup", backup).worked()
    flip(zoufang.folder.store, 50)
    zoufang("check").refused_with(4)
    for lang in ("en", "zh"):
        assert "zoufang restore FILE" in zoufang("check", lang=lang).refused_with(4)
    assert "restore" in zoufang("init").refused_with(2)
    zoufang("restore", backup).worked()
    zoufang("check").worked()


def test_a_broken_key_file_is_called_by_its_name_and_the_store_left_alone(zoufang: Zoufang) -> None:
    zoufang.folder.vault.write_text("{")
    line = zoufang("today").refused_with(4)
    assert "vault.json" in line
    assert "not touched" in line
    assert zoufang.folder.store.exists()


def test_a_folder_without_store_ends_with_2_and_names_init(nothing: Zoufang) -> None:
    for lang in ("en", "zh"):
        line = nothing("today", lang=lang).refused_with(2)
        assert "zoufang init" in line
        assert str(nothing.folder.root) in line
    assert not nothing.folder.root.exists()


def test_a_store_of_a_newer_program_is_not_called_damaged(zoufang: Zoufang) -> None:
    database = Database(zoufang.folder.store, key_of(zoufang.folder))
    with database.write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    database.close()
    assert "newer" in zoufang("today").refused_with(2)
    assert zoufang.folder.store.exists()


def test_a_photo_that_was_changed_or_lost_is_named_and_ends_with_4(zoufang: Zoufang) -> None:
    database = Database(zoufang.folder.store, key_of(zoufang.folder))
    files = PhotoFiles(zoufang.folder.photos, database.key)
    names = [files.put(content) for content in (b"whole", b"changed", b"lost")]
    with database.write() as session:
        visit = a_visit(session, a_customer(session), date(2022, 4, 29))
        session.add_all(a_photo(visit.id, name) for name in names)
    database.close()
    paths = {name: path for path in zoufang.folder.photos.rglob("*.photo") for name in names if name in path.name}
    flip(paths[names[1]], 20)
    paths[names[2]].unlink()
    result = zoufang("--json", "check")
    assert result.code == 4
    assert set(result.data["photos_bad"]) == set(names[1:])
    assert result.data["store"] == "ok"
    assert all(name in result.err for name in names[1:])
    assert zoufang.folder.store.exists()


def a_photo(visit_id: Any, name: str) -> Photo:
    return Photo(visit_id=visit_id, sha256=name, byte_size=5, width=1, height=1, added_at=datetime.now(UTC))


def test_a_backup_that_cannot_be_read_back_is_no_damage_of_the_store(
    zoufang: Zoufang, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from app.storage import backup as backups

    copy_online: Callable[[Database, Path], None] = backups._copy_online

    def onto_a_bad_disk(database: Database, copy: Path) -> None:
        copy_online(database, copy)
        flip(copy, 50)

    monkeypatch.setattr(backups, "_copy_online", onto_a_bad_disk)
    assert "another disk" in zoufang("backup", tmp_path / "b").refused_with(2)
    assert zoufang.folder.store.exists()
    assert list(tmp_path.glob("b*")) == []


def test_a_store_that_is_being_written_to_for_long_is_busy_in_words(
    zoufang: Zoufang, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = Database(zoufang.folder.store, key_of(zoufang.folder))
    connect = sqlcipher.dbapi.connect

    def impatient(path: str, **settings: Any) -> Any:
        return connect(path, **(settings | {"timeout": 0.1}))

    with database.write() as session:
        session.execute(text("DELETE FROM store_fact WHERE key = 'nothing'"))
        with monkeypatch.context() as patch:
            patch.setattr(sqlcipher.dbapi, "connect", impatient)
            assert "Another program" in zoufang("today").refused_with(2)
    database.close()
    zoufang("today").worked()


def test_an_unexpected_error_is_one_line_and_a_log_without_what_was_worked_on(
    zoufang: Zoufang, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_application: object) -> None:
        raise ValueError("老周食杂店 13800001111")

    monkeypatch.setattr(check_command, "_count_rows", fail)
    line = zoufang("check").refused_with(5)
    log = zoufang.folder.logs / "zoufang.log"
    assert str(log) in line
    assert "老周" not in line + log.read_text("utf-8")
    assert "ValueError" in log.read_text("utf-8")
    assert "check_command.py" in log.read_text("utf-8")
    assert "意外" in zoufang("check", lang="zh").refused_with(5)


def test_an_unexpected_error_without_a_store_still_finds_a_place_for_its_log(
    nothing: Zoufang, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fail(*_arguments: object) -> None:
        raise ValueError

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("app.bootstrap.application.Vault", fail)
    nothing.folder.root.mkdir(parents=True)
    nothing.folder.vault.write_text("{}")
    nothing.folder.logs.write_text("a file where the folder should be")
    line = nothing("today").refused_with(5)
    [log] = tmp_path.glob("zoufang-log-*/zoufang.log")
    assert str(log) in line
