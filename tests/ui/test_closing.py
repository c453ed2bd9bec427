"""Leaving the program: a slow disk is waited for, a disk that refuses is told."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import cast
from uuid import UUID

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.domain.changes import Changes
from app.domain.problems import Problem, TroubleError
from app.runtime.paths import DataFolder
from app.services.maintenance import Maintenance
from app.services.visit_rows import RowKey, RowKind
from app.services.visits import Saved, Visits
from app.storage.database import Database
from app.ui.background.task_runner import TaskRunner
from app.ui.pages.visit.saver import Saver
from app.ui.shell.backup_keeper import BackupKeeper
from app.ui.shell.closing_view_model import Closing, ClosingStage

VISIT, ROW = UUID(int=1), RowKey(RowKind.VISIT, UUID(int=1))
LONG_MS = 20_000


class SlowDisk:
    """Writes only when it is let, or refuses."""

    def __init__(self) -> None:
        self.written: list[object] = []
        self.begun = threading.Event()
        self.may_go_on = threading.Event()
        self.error: Exception | None = None

    def record(self, _visit: UUID, changes: tuple[object, ...], _place: object) -> Saved:
        self.begun.set()
        assert self.may_go_on.wait(10)
        if self.error is not None:
            raise self.error
        self.written.extend(changes)
        return Saved(Changes(frozenset(), frozenset()), datetime.now(UTC))


class Leaving:
    """A person who types, and closes the window at once."""

    def __init__(self, qtbot: QtBot, database: Database, folder: DataFolder, tasks: TaskRunner) -> None:
        self._qtbot = qtbot
        self._parent = QObject()
        self.disk = SlowDisk()
        self.saver = Saver(cast("Visits", self.disk), tasks, self._parent)
        keeper = BackupKeeper(Maintenance(database, folder), tasks, self._parent)
        self.closing = Closing(self.saver.flush, lambda: not self.saver.is_settled, keeper, tasks, self._parent)
        self.saver.open(VISIT)

    def type(self, text: str) -> None:
        self.saver.put(ROW, {"met_note": text})

    def wait(self, ready: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(ready, timeout=LONG_MS)


@pytest.fixture
def leaving(qtbot: QtBot, database: Database, data_folder: DataFolder, tasks: TaskRunner) -> Leaving:
    return Leaving(qtbot, database, data_folder, tasks)


def test_what_is_typed_while_an_earlier_word_is_still_being_written_is_waited_for(leaving: Leaving) -> None:
    leaving.type("3")
    leaving.saver.flush()
    leaving.wait(leaving.disk.begun.is_set)
    leaving.type("34")
    leaving.closing.begin()
    leaving.disk.may_go_on.set()
    leaving.wait(lambda: leaving.closing.stage is ClosingStage.DONE)
    assert len(leaving.disk.written) == 2


def test_a_disk_that_refuses_is_told_before_anything_is_lost(leaving: Leaving) -> None:
    leaving.disk.error = TroubleError(Problem.DISK_FULL)
    leaving.disk.may_go_on.set()
    leaving.type("3")
    leaving.closing.begin()
    leaving.wait(lambda: leaving.closing.stage is ClosingStage.UNSAVED)
    leaving.closing.stay()
    leaving.disk.error = None
    leaving.closing.begin()
    leaving.wait(lambda: leaving.closing.stage is ClosingStage.DONE)
    assert len(leaving.disk.written) == 1
