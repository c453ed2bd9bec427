"""Unhandled exceptions: logged, told on the GUI thread, trouble and bugs apart, a report without personal data."""

import sys
import threading
from collections.abc import Generator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from app.domain.problems import Problem, TroubleError
from app.ui.background.task_runner import TaskRunner
from app.ui.shell.crash_catcher import CrashCatcher
from app.ui.shell.crash_dialog import CrashDialog


@pytest.fixture
def catcher() -> Generator[CrashCatcher]:
    """A catcher that is installed."""
    catcher = CrashCatcher()
    catcher.install()
    yield catcher
    catcher.remove()


def _break(message: str) -> None:
    raise RuntimeError(message)


def test_a_bug_in_a_slot_reaches_the_dialog_without_the_values_it_was_about(
    catcher: CrashCatcher, qtbot: QtBot
) -> None:
    dialog = CrashDialog()
    qtbot.addWidget(dialog)
    catcher.bug_met.connect(dialog.show_bug)
    try:
        _break("老周食杂店 13912345678")
    except RuntimeError as error:
        sys.excepthook(RuntimeError, error, error.__traceback__)
    qtbot.waitUntil(dialog.isVisible)
    assert "RuntimeError" in dialog.report
    assert "in _break" in dialog.report
    assert "zoufang " in dialog.report
    assert "老周" not in dialog.report
    assert "139" not in dialog.report


def test_a_bug_on_another_thread_is_told_on_the_gui_thread(catcher: CrashCatcher, qtbot: QtBot) -> None:
    seen: list[bool] = []
    catcher.bug_met.connect(lambda _report: seen.append(threading.current_thread() is threading.main_thread()))
    thread = threading.Thread(target=_break, args=("on a thread",))
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: seen == [True])


def test_work_that_fails_without_anybody_to_hear_is_told(
    catcher: CrashCatcher, tasks: TaskRunner, qtbot: QtBot
) -> None:
    tasks.failed.connect(catcher.report)
    with qtbot.waitSignal(catcher.bug_met, timeout=10_000):
        tasks.run(lambda: _break("in the lane"), owner=tasks)


def test_trouble_is_told_apart_from_bugs(catcher: CrashCatcher, qtbot: QtBot) -> None:
    with qtbot.waitSignal(catcher.trouble_met) as told:
        catcher.report(TroubleError(Problem.DISK_FULL))
    assert told.args is not None
    assert told.args[0].problem is Problem.DISK_FULL


def test_the_report_is_copied_and_the_same_bug_is_not_told_twice(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = CrashDialog(tmp_path)
    qtbot.addWidget(dialog)
    dialog.show_bug("ValueError\n  app/one.py:3 in two")
    dialog.show_bug("ValueError\n  app/one.py:3 in two")
    assert dialog.report.count("ValueError") == 1
    button = dialog.findChild(QPushButton, "crashCopy")
    assert button is not None
    button.click()
    assert QGuiApplication.clipboard().text() == dialog.report
    field = dialog.findChild(QPlainTextEdit, "crashReport")
    assert field is not None
    assert field.isReadOnly()
