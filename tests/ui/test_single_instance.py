"""One program for one data folder: the second start calls the first."""

import subprocess
import sys
from pathlib import Path

from pytestqt.qtbot import QtBot

from app.ui.shell.single_instance import SingleInstance


def test_the_second_start_does_not_get_the_folder_and_calls_the_first(tmp_path: Path, qtbot: QtBot) -> None:
    first, second = SingleInstance(tmp_path / "data"), SingleInstance(tmp_path / "data")
    assert first.take()
    first.listen()
    try:
        assert not second.take()
        with qtbot.waitSignal(first.raise_requested, timeout=5_000):
            assert second.call_first()
    finally:
        first.release()


def test_two_folders_have_nothing_to_do_with_each_other(tmp_path: Path) -> None:
    one, other = SingleInstance(tmp_path / "one"), SingleInstance(tmp_path / "other")
    assert one.take()
    assert other.take()
    one.release()
    other.release()


def test_a_folder_that_was_let_go_can_be_taken_again(tmp_path: Path) -> None:
    first = SingleInstance(tmp_path)
    assert first.take()
    first.release()
    second = SingleInstance(tmp_path)
    assert second.take()
    second.release()


def test_a_program_that_was_killed_does_not_keep_the_folder(tmp_path: Path) -> None:
    code = (
        "import os, sys; from pathlib import Path; from PySide6.QtCore import QCoreApplication;"
        "from app.ui.shell.single_instance import SingleInstance;"
        "app = QCoreApplication([]); one = SingleInstance(Path(sys.argv[1])); assert one.take();"
        "os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False)
    assert (tmp_path / "running.lock").exists()
    again = SingleInstance(tmp_path)
    assert again.take()
    again.release()


def test_nobody_answers_where_nobody_runs(tmp_path: Path) -> None:
    assert not SingleInstance(tmp_path).call_first()
