"""What can go wrong on a laptop in the field, through the real window: passwords, disks, files, a second program."""

import os
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from sqlalchemy import event

from app.domain.visit import Step
from app.runtime.paths import DataFolder
from app.services.opening import list_backup_infos
from app.storage.database import Database
from app.ui.pages.data_in.file_drop import FileDrop
from app.ui.pages.data_in.import_page import ImportPage
from app.ui.pages.visit.stock_table_model import Column
from tests.conftest import PASSWORD
from tests.journeys.disk import Disk
from tests.journeys.visit_hands import go_to, open_visit, stock_table, visit_page
from tests.real_program import Program, running
from tests.ui.startup_driver import damage

ROOT = Path(__file__).resolve().parents[2]
ORDERS = ROOT / "resources" / "sample_data" / "zh_practice" / "orders.csv"


# ---- passwords -------------------------------------------------------------------------------------------------------
def test_wrong_passwords_wait_longer_each_time_even_after_a_restart_and_the_right_one_opens(
    store: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The time of the vault stands still until the test lets it go on: a slow machine must not sit out the wait.
    watch = SimpleNamespace(now=1_772_000_000.0)
    monkeypatch.setattr("app.storage.vault.time", SimpleNamespace(time=lambda: watch.now))
    with running(store) as first:
        first.start()
        for number in range(3):
            _try_password(first, f"wrong horse {number}")
        assert "2" in first.words("unlockOpen")
        assert not first.find(QAbstractButton, "unlockOpen").isEnabled()
        assert first.desk.window is None
    with running(store) as again:
        again.start()
        again.wait(lambda: again.desk.start.view_model.gate.seconds_left > 0, "the wait to be remembered")
        watch.now += 2
        again.wait(lambda: again.desk.start.view_model.gate.is_open_for_tries, "the wait to end")
        _try_password(again, "wrong horse again")
        assert again.desk.start.view_model.gate.seconds_left == 4
        assert "数据" in again.words("unlockFormTrouble")  # and it says that they are safe


def _try_password(program: Program, password: str) -> None:
    program.find(QWidget, "unlockPassword")
    gate = program.desk.start.view_model.gate
    program.wait(lambda: gate.is_open_for_tries, "a try to be possible")
    gate.is_wrong = False
    program.type(password, into="unlockPassword")
    program.key(Qt.Key.Key_Return)
    program.wait(lambda: gate.is_wrong and not gate.is_busy, "the password to be refused")


# ---- a damaged file --------------------------------------------------------------------------------------------------
def test_a_damaged_store_is_moved_aside_unchanged_and_the_newest_backup_is_put_back(store: DataFolder) -> None:
    with running(store) as before:
        before.open()
        before.close()  # leaves a backup
    counts = Disk(store).counts()
    assert len(list_backup_infos(store)) == 1
    damage(store.store)
    broken = store.store.read_bytes()

    with running(store) as program:
        program.start()
        program.type(PASSWORD, into="unlockPassword")
        program.key(Qt.Key.Key_Return)
        [aside] = _wait_for_folders(program, "damaged-*")
        assert (aside / store.store.name).read_bytes() == broken
        program.wait(lambda: str(aside) in program.words("damagedAside"), "the place of the old file")
        program.wait(lambda: "1" in program.words("damagedContents"), "what the backup holds")
        program.type(PASSWORD, into="damagedPassword")
        program.click("damagedGoOn")
        program.wait_for_window()
        assert Disk(store).counts() == counts
        program.wait(lambda: "老周食杂店" in program.words("visitMessage"), "the visit that the backup holds")
        program.close()
    assert (aside / store.store.name).read_bytes() == broken


def test_damage_in_the_middle_of_the_file_is_found_at_the_start_after_a_power_cut(store: DataFolder) -> None:
    with running(store) as before:
        before.open()
        before.close()
    _mark_as_not_closed(store)
    content = bytearray(store.store.read_bytes())
    middle = len(content) // 2 // 4096 * 4096
    content[middle : middle + 4096] = bytes(4096)
    store.store.write_bytes(bytes(content))
    with running(store) as program:
        program.start(PASSWORD)
        program.find(QWidget, "damagedGoOn")
        [aside] = _wait_for_folders(program, "damaged-*")
        assert (aside / store.store.name).read_bytes() == bytes(content)


def _mark_as_not_closed(store: DataFolder) -> None:
    import contextlib

    from app.storage.database import connect

    with contextlib.closing(connect(store.store, Disk(store).key)) as connection:
        connection.execute("UPDATE store_fact SET value = 'no' WHERE key = 'closed_cleanly'")
        assert connection.execute("SELECT changes()").fetchone() == (1,)


def _wait_for_folders(program: Program, pattern: str) -> list[Path]:
    name = program.folder.store.name  # the folder is there a moment before what is moved into it
    program.wait(lambda: bool(list(program.folder.root.glob(f"{pattern}/{name}"))), pattern)
    return list(program.folder.root.glob(pattern))


# ---- a full disk -----------------------------------------------------------------------------------------------------
def test_on_a_full_disk_what_was_typed_stays_on_the_screen_and_is_saved_when_there_is_room(store: DataFolder) -> None:
    disk = Disk(store)
    words = "店主说下周要装修，" * 9_000  # more than the free pages of the file could take
    with running(store) as program:
        program.open()
        open_visit(program)
        go_to(program, Step.ARRIVAL)
        database = program.desk.application.database  # type: ignore[union-attr]
        with _no_room(database):
            program.click("metNote")
            QApplication.clipboard().setText(words)
            program.key(Qt.Key.Key_V, ctrl=True)
            program.wait(lambda: program.is_shown("visitMessage"), "the message")
            said = program.words("visitMessage")
            assert "磁盘已满" in said
            assert "安全" in said
            program.type("还有")
            assert program.words("metNote") == words + "还有"
            assert disk.one("SELECT count(*) FROM visit WHERE length(met_note) > 100") == 0
            program.window.close()
            program.click("closingStay")  # it does not go and leave the words behind
            assert program.words("metNote") == words + "还有"
        bar = program.find(QWidget, "visitMessage")
        again = next(b for b in bar.findChildren(QAbstractButton) if b.isVisible() and b.text())
        program.click(again)
        program.rest()
        program.wait(lambda: not program.is_shown("visitMessage"), "the message to go")
        assert disk.one("SELECT met_note FROM visit WHERE met_note IS NOT NULL AND met_note <> ''") == words + "还有"
        program.close()


@contextmanager
def _no_room(database: Database) -> Generator[None]:
    """Let SQLite find no page more, as on a full disk."""

    def full(connection: object, *_more: object) -> None:
        connection.execute("PRAGMA max_page_count = 1")  # type: ignore[attr-defined] - it becomes the present size

    def roomy(connection: object, *_more: object) -> None:
        connection.execute("PRAGMA max_page_count = 4294967294")  # type: ignore[attr-defined]

    event.listen(database.engine, "checkout", full)
    try:
        yield
    finally:
        event.remove(database.engine, "checkout", full)
        event.listen(database.engine, "checkout", roomy)


# ---- an import that is stopped ---------------------------------------------------------------------------------------
def test_an_import_stopped_half_way_leaves_nothing_behind(store: DataFolder, tmp_path: Path) -> None:
    disk = Disk(store)
    before = {table: disk.count(table) for table in ("purchase_order", "order_line", "customer_month")}
    file = tmp_path / "新订单.csv"
    file.write_text(_other_orders(ORDERS.read_text(encoding="utf-8")), encoding="utf-8")
    with running(store) as program:
        program.open()
        program.go("data_in")
        program.choose("importTarget", 3)
        program.drop(program.window.findChildren(FileDrop)[0], file)
        program.wait(lambda: program.find(QAbstractButton, "importRun").isEnabled(), "the import to be ready")
        program.click("importRun")
        page = program.workspace.page("data_in")
        assert isinstance(page, ImportPage)
        model = page._view_model
        program.wait(lambda: model.progress is not None and model.progress.done > 500, "the import to be under way")
        program.click("importStop")
        program.wait(lambda: not model.is_busy, "the import to end")
        assert {table: disk.count(table) for table in before} == before
        assert disk.unqueued() == {}
        program.close()
    assert {table: disk.count(table) for table in before} == before


def _other_orders(text: str) -> str:
    """Return the same lines as orders that the store does not have yet."""
    head, *lines = text.splitlines()
    return "\n".join([head, *(f"N{line}" for line in lines)]) + "\n"


# ---- leaving and a second program ------------------------------------------------------------------------------------
def test_closing_the_window_in_the_middle_of_a_word_loses_nothing(store: DataFolder) -> None:
    with running(store) as program:
        program.open()
        open_visit(program)
        go_to(program, Step.STOCK)
        table = stock_table(program)
        table.setCurrentIndex(table.model().index(20, Column.ON_HAND))
        code = visit_page(program).model.draft.place.field
        program.type("34")  # the cell is still open
        program.close()
    assert Disk(store).one("SELECT count(*) FROM stock_count WHERE on_hand = 34") == 1
    with running(store) as again:
        again.open()
        open_visit(again)
        assert visit_page(again).model.step is Step.STOCK
        assert visit_page(again).model.draft.place.field == code
        again.close()


def test_a_command_beside_the_open_window_disturbs_neither(store: DataFolder) -> None:
    with running(store) as program:
        program.open()
        open_visit(program)
        go_to(program, Step.ARRIVAL)
        program.type("先敲一半，", into="metNote")
        beside = _beside(store, "check")
        program.type("另一个程序在查")
        program.wait(lambda: beside.poll() is not None, "the command to end", 60)
        out, err = beside.communicate()
        assert (beside.returncode, err.decode()) == (0, ""), out
        program.type("，再敲一半")
        program.close()
    assert Disk(store).one("SELECT met_note FROM visit WHERE met_note <> ''") == "先敲一半，另一个程序在查，再敲一半"


def test_a_backup_is_not_put_back_under_an_open_window(store: DataFolder) -> None:
    with running(store) as before:
        before.open()
        before.close()
    [backup] = list_backup_infos(store)
    with running(store) as program:
        program.open()
        open_visit(program)
        go_to(program, Step.ARRIVAL)
        command = _beside(store, "restore", str(backup.file))
        program.wait(lambda: command.poll() is not None, "the command to end", 60)
        _out, err = command.communicate()
        assert command.returncode != 0
        assert len(err.decode().splitlines()) == 1
        program.type("接着写", into="metNote")
        program.close()
    assert Disk(store).one("SELECT met_note FROM visit WHERE met_note <> ''") == "接着写"
    assert list(store.root.glob("replaced-*")) == []


def _beside(store: DataFolder, *words: str) -> "subprocess.Popen[bytes]":
    """Start a command of the program in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "app", "--data-dir", str(store.root), "--lang", "en", *words],
        cwd=ROOT,
        env=os.environ | {"ZOUFANG_PASSWORD": PASSWORD},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


@pytest.fixture(autouse=True)
def _clean_clipboard() -> Generator[None]:
    yield
    QApplication.clipboard().clear()
