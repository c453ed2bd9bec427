"""One program for one data folder: the second start calls the first."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.ui.shell import single_instance
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


def test_a_first_program_that_is_slow_to_start_is_waited_for(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = SingleInstance(tmp_path), SingleInstance(tmp_path)
    assert first.take()
    _between_the_calls(monkeypatch, 3, first.listen)
    try:
        with qtbot.waitSignal(first.raise_requested, timeout=5_000):
            assert second.call_first()
    finally:
        first.release()


def test_a_first_program_that_ends_while_starting_leaves_the_folder_to_the_second(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = SingleInstance(tmp_path), SingleInstance(tmp_path)
    assert first.take()
    _between_the_calls(monkeypatch, 3, first.release)
    assert not second.call_first()
    assert second.take()
    second.release()


def test_a_program_that_has_long_been_open_and_does_not_answer_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = SingleInstance(tmp_path), SingleInstance(tmp_path)
    assert first.take()
    earlier = time.time() - 3_600
    os.utime(tmp_path / "running.lock", (earlier, earlier))
    _between_the_calls(monkeypatch, 1, lambda: pytest.fail("it asked again"))
    assert not second.call_first()
    first.release()


def _between_the_calls(monkeypatch: pytest.MonkeyPatch, call: int, happen: Callable[[], None]) -> None:
    """Let something happen after so many calls without an answer, in a program of no patience."""
    calls: list[float] = []

    def rest(seconds: float) -> None:
        calls.append(seconds)
        if len(calls) == call:
            happen()

    monkeypatch.setattr(single_instance, "_ANSWER_MS", 0)
    monkeypatch.setattr(single_instance.time, "sleep", rest)


def test_nobody_answers_where_nobody_runs(tmp_path: Path) -> None:
    assert not SingleInstance(tmp_path).call_first()
