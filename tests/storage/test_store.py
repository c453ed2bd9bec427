"""Opening, damage, backups and restore, on real files."""

import os
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.domain.problems import Problem, TroubleError
from app.models.customer import Customer
from app.runtime.cancel import TooLateError
from app.runtime.paths import DataFolder
from app.storage.backup import SUFFIX, list_backups, make_backup, read_contents, restore_backup
from app.storage.database import Database
from app.storage.photo_files import PhotoFiles
from app.storage.store import check_file, close_store, open_store
from tests.builders import a_customer
from tests.conftest import PASSWORD


def _customers(database: Database) -> int | None:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(Customer))


def _fill(database: Database, count: int = 300) -> None:
    with database.write() as session:
        for number in range(count):
            a_customer(session, code=f"C{number}")


def test_a_store_that_was_closed_says_so_and_one_that_was_killed_does_not(
    database: Database, data_folder: DataFolder, key: bytes
) -> None:
    database.engine.dispose()
    killed = open_store(data_folder, key)
    assert not killed.closed_cleanly
    close_store(killed.database)
    closed = open_store(data_folder, key)
    assert closed.closed_cleanly
    closed.database.close()


@pytest.mark.parametrize("harm", ["overwritten page", "cut short", "zeroed header"])
def test_a_damaged_file_is_moved_aside_and_never_overwritten(
    database: Database, data_folder: DataFolder, key: bytes, harm: str
) -> None:
    _fill(database)
    database.close()
    content = bytearray(data_folder.store.read_bytes())
    if harm == "overwritten page":
        content[len(content) // 2 : len(content) // 2 + 512] = os.urandom(512)
    elif harm == "cut short":
        del content[len(content) // 2 :]
    else:
        content[:100] = bytes(100)
    data_folder.store.write_bytes(content)
    with pytest.raises(TroubleError) as trouble:
        open_store(data_folder, key)
    assert trouble.value.problem is Problem.STORE_DAMAGED
    aside = Path(trouble.value.detail)
    assert (aside / "zoufang.db").read_bytes()[:4096] == content[:4096]
    assert not data_folder.store.exists()


def test_a_backup_holds_what_was_committed_and_is_encrypted(database: Database, data_folder: DataFolder) -> None:
    _fill(database)
    file = make_backup(database, data_folder)
    assert read_contents(file).rows["customer"] == 300
    with zipfile.ZipFile(file) as archive:
        assert not archive.read("zoufang.db").startswith(b"SQLite format 3")
    assert list_backups(data_folder) == [file]


def test_only_the_ten_newest_automatic_backups_are_kept(database: Database, data_folder: DataFolder) -> None:
    files = [make_backup(database, data_folder) for _ in range(12)]
    assert list_backups(data_folder) == files[:1:-1]


def test_a_backup_of_a_store_that_was_erased_is_none(database: Database, data_folder: DataFolder) -> None:
    database.close_for_good()
    data_folder.store.unlink()
    with pytest.raises(TooLateError):
        make_backup(database, data_folder)
    assert not data_folder.store.exists()
    assert list_backups(data_folder) == []


def test_a_restore_brings_back_the_rows_and_keeps_what_it_replaced(
    database: Database, data_folder: DataFolder, key: bytes
) -> None:
    _fill(database, 3)
    file = make_backup(database, data_folder)
    _fill_more(database)
    database.close()
    restore_backup(file, data_folder, PASSWORD)
    opened = open_store(data_folder, key)
    assert _customers(opened.database) == 3
    opened.database.close()
    [aside] = data_folder.root.glob("replaced-*")
    assert (aside / "zoufang.db").exists()


def _fill_more(database: Database) -> None:
    with database.write() as session:
        a_customer(session, code="later")


def test_a_restore_after_a_kill_does_not_mix_in_the_old_write_ahead_log(
    database: Database, data_folder: DataFolder, key: bytes
) -> None:
    _fill(database, 3)
    file = make_backup(database, data_folder)
    _fill_more(database)
    assert data_folder.store.with_name("zoufang.db-wal").exists()
    restore_backup(file, data_folder, PASSWORD)
    opened = open_store(data_folder, key)
    assert _customers(opened.database) == 3
    opened.database.close()


def test_a_full_backup_brings_the_photos_to_another_laptop(
    database: Database, data_folder: DataFolder, key: bytes, tmp_path: Path
) -> None:
    name = PhotoFiles(data_folder.photos, key).put(b"a picture")
    file = make_backup(database, data_folder, tmp_path / f"all{SUFFIX}")
    other = DataFolder(tmp_path / "other")
    restore_backup(file, other, PASSWORD)
    assert PhotoFiles(other.photos, key).get(name) == b"a picture"


def test_a_wrong_password_or_another_file_restores_nothing(
    database: Database, data_folder: DataFolder, tmp_path: Path
) -> None:
    _fill(database, 3)
    file = make_backup(database, data_folder)
    with pytest.raises(TroubleError) as wrong:
        restore_backup(file, data_folder, "not the password")
    assert wrong.value.problem is Problem.WRONG_PASSWORD
    other = tmp_path / "note.txt"
    other.write_text("hello")
    with pytest.raises(TroubleError) as unreadable:
        restore_backup(other, data_folder, PASSWORD)
    assert unreadable.value.problem is Problem.FILE_NOT_READABLE
    assert _customers(database) == 3


def test_a_check_finds_nothing_in_a_good_store(database: Database, data_folder: DataFolder, key: bytes) -> None:
    _fill(database)
    check_file(data_folder.store, key)


def test_photo_bytes_are_encrypted_and_changes_are_noticed(data_folder: DataFolder, key: bytes) -> None:
    files = PhotoFiles(data_folder.photos, key)
    name = files.put(b"a picture of a counter")
    [file] = data_folder.photos.rglob("*.photo")
    assert b"counter" not in file.read_bytes()
    assert files.missing_or_changed([name]) == []
    file.write_bytes(file.read_bytes()[:-1] + b"x")
    assert files.missing_or_changed([name]) == [name]
    with pytest.raises(TroubleError):
        files.get(name)
