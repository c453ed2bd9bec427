"""Backups and restores from the command line: what they say, what they refuse, what is kept."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from app.cli.passwords import VARIABLE
from app.runtime.paths import DataFolder
from app.storage.backup import SUFFIX
from app.storage.photo_files import PhotoFiles
from app.storage.vault import Vault
from tests.cli.program import ROOT, STORES, Zoufang
from tests.conftest import PASSWORD

HOLD_OPEN = """
import sys
from pathlib import Path
from app.runtime.paths import DataFolder
from app.storage.store import open_store
from app.storage.vault import Vault
folder = DataFolder(Path(sys.argv[1]))
opened = open_store(folder, Vault(folder.vault, use_keyring=False).unlock(sys.argv[2]))
print("open", flush=True)
sys.stdin.read()
"""


def key_of(folder: DataFolder) -> bytes:
    return Vault(folder.vault, use_keyring=False).unlock(PASSWORD)


def elsewhere(zoufang: Zoufang, folder: Path) -> Zoufang:
    return Zoufang(DataFolder(folder), zoufang.capsys)


@pytest.fixture
def backup(zoufang: Zoufang, tmp_path: Path) -> Path:
    file = tmp_path / "备份 1" / f"full{SUFFIX}"
    zoufang("backup", file).worked()
    return file


def test_a_backup_is_named_verified_and_says_what_it_holds(zoufang: Zoufang) -> None:
    data = zoufang("--json", "backup").worked().data
    assert set(data) == {"file", "made_at", "rows", "photos", "verified"}
    assert Path(data["file"]).parent == zoufang.folder.backups
    assert (data["rows"]["customer"], data["verified"]) == (249, True)


def test_a_backup_named_by_the_caller_takes_the_photos_along_and_may_replace_an_older_one(
    zoufang: Zoufang, tmp_path: Path
) -> None:
    file = tmp_path / f"all{SUFFIX}"
    zoufang("backup", file).worked()
    PhotoFiles(zoufang.folder.photos, key_of(zoufang.folder)).put(b"a picture")
    assert zoufang("--json", "backup", file).worked().data["photos"] == 1
    assert [path.name for path in tmp_path.glob("all*")] == [file.name]


def test_a_backup_overwrites_nothing_that_is_not_a_backup(zoufang: Zoufang, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("dear")
    before = zoufang.folder.store.read_bytes()
    for target in (letter, zoufang.folder.store, zoufang.folder.vault):
        assert "not overwritten" in zoufang("backup", target).refused_with(2)
    assert "is a folder" in zoufang("backup", tmp_path).refused_with(2)
    assert letter.read_text() == "dear"
    assert len(zoufang.folder.store.read_bytes()) == len(before)
    assert str(letter) in zoufang("backup", letter / "in a file").refused_with(2)


def test_a_restore_into_an_empty_folder_brings_everything_back(zoufang: Zoufang, backup: Path, tmp_path: Path) -> None:
    other = elsewhere(zoufang, tmp_path / "another laptop")
    data = other("--json", "restore", backup).worked().data
    assert set(data) == {"data_dir", "made_at", "rows", "replaced"}
    assert (data["rows"]["customer"], data["replaced"]) == (249, None)
    assert other("--json", "check").worked().data["rows"]["customer"] == 249


def test_a_restore_keeps_what_it_replaces_its_write_ahead_log_too(zoufang: Zoufang, backup: Path) -> None:
    log = zoufang.folder.store.with_name("zoufang.db-wal")
    log.write_bytes(b"left by a crash")
    present = zoufang.folder.store.read_bytes()
    kept = Path(zoufang("--json", "restore", backup).worked().data["replaced"])
    assert (kept / "zoufang.db").read_bytes() == present
    assert (kept / log.name).read_bytes() == b"left by a crash"
    assert zoufang("--json", "check").worked().data["rows"]["customer"] == 249
    assert str(kept.parent) in zoufang("restore", backup, lang="zh").worked().out


def test_a_wrong_password_restores_nothing(zoufang: Zoufang, backup: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = zoufang.folder.store.read_bytes()
    monkeypatch.setenv(VARIABLE, "not the password")
    zoufang("restore", backup).refused_with(3)
    assert zoufang.folder.store.read_bytes() == before
    assert not list(zoufang.folder.root.glob("replaced-*"))


def test_a_file_that_is_no_backup_is_refused_before_a_password_is_asked(
    zoufang: Zoufang, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(VARIABLE)
    note = tmp_path / "note.txt"
    note.write_text("hello")
    other_zip = tmp_path / "other.zip"
    with zipfile.ZipFile(other_zip, "w") as archive:
        archive.writestr("hello.txt", "hello")
    for file in (note, other_zip, tmp_path, tmp_path / "missing"):
        assert "no backup" in zoufang("restore", file).refused_with(2)


def test_a_damaged_backup_is_refused_and_the_store_stays(zoufang: Zoufang, backup: Path) -> None:
    content = bytearray(backup.read_bytes())
    content[len(content) // 2] ^= 1
    backup.write_bytes(content)
    before = zoufang.folder.store.read_bytes()
    line = zoufang("restore", backup).refused_with(2)
    assert str(backup) in line
    backup.write_bytes(content[: len(content) // 2])
    assert "no backup" in zoufang("restore", backup).refused_with(2)
    assert zoufang.folder.store.read_bytes() == before
    assert not [path for path in zoufang.folder.root.iterdir() if path.name.startswith(("tmp", "replaced"))]


def test_a_store_that_is_open_in_another_program_is_not_replaced(zoufang: Zoufang, backup: Path) -> None:
    before = zoufang.folder.store.read_bytes()
    with subprocess.Popen(
        [sys.executable, "-c", HOLD_OPEN, str(zoufang.folder.root), PASSWORD],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as window:
        assert window.stdout is not None
        assert window.stdout.readline() == b"open\n"
        assert "Another program" in zoufang("restore", backup).refused_with(2)
        assert "别的程序" in zoufang("restore", backup, lang="zh").refused_with(2)
        assert not list(zoufang.folder.root.glob("replaced-*"))
        zoufang("import", "customers", STORES, "--profile", "iowa").worked()  # what only adds goes on beside it
        zoufang("backup").worked()
        window.communicate(timeout=30)
    assert len(zoufang.folder.store.read_bytes()) == len(before)
    zoufang("restore", backup).worked()


def test_a_backup_of_a_store_in_use_does_not_call_the_store_closed(zoufang: Zoufang) -> None:
    """The window runs on: if it dies later, the next start must still check the file."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD_OPEN, str(zoufang.folder.root), PASSWORD],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as window:
        assert window.stdout is not None
        window.stdout.readline()
        zoufang("backup").worked()
        window.kill()
    from app.storage.store import close_store, open_store

    opened = open_store(zoufang.folder, key_of(zoufang.folder))
    assert not opened.closed_cleanly
    close_store(opened.database)
    again = open_store(zoufang.folder, key_of(zoufang.folder))
    assert again.closed_cleanly
    close_store(again.database)
