"""The one door to other threads: order, threads, dead owners, progress, stopping."""

import gc
import sys
import threading
import weakref

import pytest
from PySide6.QtCore import QObject, Signal, Slot
from pytestqt.qtbot import QtBot

from app.runtime.cancel import CancelledError, CancelToken, Report, TooLateError
from app.ui.background.change_bus import ChangeBus
from app.ui.background.gc_timer import GcTimer
from app.ui.background.task_runner import Lane, Progress, TaskRunner


class Page(QObject):
    """An owner that remembers what it was told, and on which thread."""

    heard = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.values: list[object] = []
        self.errors: list[BaseException] = []
        self.reports: list[Progress] = []
        self.threads: set[int] = set()

    @Slot(object)
    def on_done(self, value: object) -> None:
        self._remember()
        self.values.append(value)
        self.heard.emit()

    @Slot(object)
    def on_failed(self, error: BaseException) -> None:
        self._remember()
        self.errors.append(error)
        self.heard.emit()

    @Slot(object)
    def on_progress(self, progress: Progress) -> None:
        self._remember()
        self.reports.append(progress)

    def _remember(self) -> None:
        self.threads.add(threading.get_ident())


@pytest.fixture
def page() -> Page:
    return Page()


def wait_idle(qtbot: QtBot, tasks: TaskRunner) -> None:
    qtbot.waitUntil(lambda: tasks.is_idle)


def test_work_runs_on_another_thread_and_its_value_comes_back_on_this_one(
    qtbot: QtBot, tasks: TaskRunner, page: Page
) -> None:
    tasks.run(threading.get_ident, owner=page, done=page.on_done)
    wait_idle(qtbot, tasks)
    assert page.values
    assert page.values[0] != threading.get_ident()
    assert page.threads == {threading.get_ident()}


def test_the_database_lane_keeps_the_order(qtbot: QtBot, tasks: TaskRunner, page: Page) -> None:
    for number in range(50):
        tasks.run(lambda number=number: number, owner=page, done=page.on_done)
    wait_idle(qtbot, tasks)
    assert page.values == list(range(50))


def test_the_free_lane_goes_on_while_the_database_lane_is_busy(qtbot: QtBot, tasks: TaskRunner, page: Page) -> None:
    gate = threading.Event()
    tasks.run(lambda: gate.wait(10), owner=page, done=page.on_done)
    tasks.run(lambda: "free", owner=page, done=page.on_done, lane=Lane.FREE)
    qtbot.waitUntil(lambda: page.values == ["free"])
    assert not tasks.is_idle
    gate.set()
    wait_idle(qtbot, tasks)
    assert page.values == ["free", True]


def test_an_exception_reaches_the_owner(qtbot: QtBot, tasks: TaskRunner, page: Page) -> None:
    tasks.run(lambda: 1 // 0, owner=page, done=page.on_done, failed=page.on_failed)
    wait_idle(qtbot, tasks)
    assert isinstance(page.errors[0], ZeroDivisionError)
    assert not page.values


def test_an_exception_nobody_waits_for_reaches_the_failed_signal(qtbot: QtBot, tasks: TaskRunner, page: Page) -> None:
    with qtbot.waitSignal(tasks.failed) as told:
        tasks.run(lambda: 1 // 0, owner=page, done=page.on_done)
    assert told.args is not None
    assert isinstance(told.args[0], ZeroDivisionError)


def test_the_outcome_of_a_deleted_owner_is_dropped(qtbot: QtBot, tasks: TaskRunner) -> None:
    owner, told = Page(), []
    gate = threading.Event()
    tasks.run(lambda: gate.wait(10), owner=owner, done=told.append)
    with qtbot.waitSignal(owner.destroyed):
        owner.deleteLater()
    gate.set()
    wait_idle(qtbot, tasks)
    assert told == []


def test_waiting_work_does_not_keep_a_closed_page_alive(qtbot: QtBot, tasks: TaskRunner) -> None:
    gc.disable()
    try:
        owner = Page()
        alive = weakref.ref(owner)
        gate = threading.Event()
        tasks.run(lambda: gate.wait(10), owner=owner, done=owner.on_done)
        del owner
        assert alive() is None
        gate.set()
        wait_idle(qtbot, tasks)
    finally:
        gc.enable()


def test_what_the_work_captured_dies_on_the_gui_thread(qtbot: QtBot, tasks: TaskRunner, page: Page) -> None:
    died_on: list[int] = []

    class Captured:
        def __del__(self) -> None:
            died_on.append(threading.get_ident())

    for _ in range(100):
        captured = Captured()
        tasks.run(lambda captured=captured: id(captured), owner=page, done=page.on_done, lane=Lane.FREE)
        del captured
    wait_idle(qtbot, tasks)
    qtbot.waitUntil(lambda: len(died_on) == 100)
    assert set(died_on) == {threading.get_ident()}


def test_long_work_reports_at_most_every_tenth_of_a_second_and_always_its_end(
    qtbot: QtBot, tasks: TaskRunner, page: Page
) -> None:
    def count(_cancel: CancelToken, report: Report) -> str:
        for number in range(1, 20_001):
            report(number, 20_000)
        return "counted"

    tasks.run_long(count, owner=page, progress=page.on_progress, done=page.on_done)
    wait_idle(qtbot, tasks)
    assert page.values == ["counted"]
    assert page.reports[-1] == Progress(20_000, 20_000)
    assert len(page.reports) < 50


def test_stopped_work_fails_as_cancelled(qtbot: QtBot, tasks: TaskRunner, page: Page) -> None:
    started = threading.Event()

    def forever(cancel: CancelToken, _report: Report) -> None:
        started.set()
        while True:
            cancel.check()

    token = tasks.run_long(forever, owner=page, done=page.on_done, failed=page.on_failed)
    assert started.wait(10)
    token.cancel()
    wait_idle(qtbot, tasks)
    assert isinstance(page.errors[0], CancelledError)


def test_work_that_came_too_late_is_told_to_nobody(qtbot: QtBot, tasks: TaskRunner, page: Page) -> None:
    def too_late() -> None:
        raise TooLateError

    tasks.failed.connect(page.on_failed)
    tasks.run(too_late, owner=page, done=page.on_done, failed=page.on_failed)
    tasks.run(too_late, owner=page)
    wait_idle(qtbot, tasks)
    assert page.errors == []
    assert page.values == []


def test_after_all_is_dropped_nobody_hears_of_it_and_new_work_is_done(
    qtbot: QtBot, tasks: TaskRunner, page: Page
) -> None:
    started, may_end = threading.Event(), threading.Event()
    ran: list[str] = []

    def fails(cancel: CancelToken, _report: Report) -> None:
        started.set()
        assert may_end.wait(10)
        raise ValueError("stopped" if cancel.cancelled else "not stopped")

    tasks.failed.connect(page.on_failed)
    token = tasks.run_long(fails, owner=page, done=page.on_done)
    tasks.run(lambda: ran.append("waited"), owner=page, done=page.on_done)
    assert started.wait(10)
    tasks.drop_all()
    assert token.cancelled
    assert tasks.is_idle
    tasks.run(lambda: "anew", owner=page, done=page.on_done)
    may_end.set()
    wait_idle(qtbot, tasks)
    assert page.values == ["anew"]
    assert page.errors == []
    assert ran == []


@pytest.mark.usefixtures("qtbot")
def test_stopping_the_runner_ends_running_work_and_drops_what_waits(page: Page) -> None:
    tasks = TaskRunner()
    started = threading.Event()
    ran: list[str] = []

    def forever(cancel: CancelToken, _report: Report) -> None:
        started.set()
        while not cancel.cancelled:
            pass

    tasks.run_long(forever, owner=page, done=page.on_done)
    tasks.run(lambda: ran.append("late"), owner=page)
    assert started.wait(10)
    assert tasks.stop()
    assert tasks.is_idle
    tasks.run(lambda: ran.append("after the end"), owner=page)
    assert tasks.is_idle
    assert ran == []


@pytest.mark.usefixtures("qtbot")
def test_a_hundred_emits_lose_no_reference_of_true() -> None:
    bus, page = ChangeBus(), Page()
    bus.changed.connect(page.on_done)
    before = sys.getrefcount(True)
    for _ in range(100):
        bus.changed.emit("something")
    after = sys.getrefcount(True)
    assert len(page.values) == 100
    assert abs(after - before) < 20


def test_cyclic_garbage_is_collected_by_the_timer_on_the_gui_thread_only(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.ui.background.gc_timer.YOUNG_EVERY_MS", 1)
    died_on: list[int] = []

    class Cyclic:
        def __init__(self) -> None:
            self.me = self

        def __del__(self) -> None:
            died_on.append(threading.get_ident())

    timer = GcTimer()
    try:
        assert not gc.isenabled()
        maker = threading.Thread(target=lambda: [Cyclic() for _ in range(2000)])
        maker.start()
        maker.join()
        qtbot.waitUntil(lambda: len(died_on) == 2000)
        assert set(died_on) == {threading.get_ident()}
    finally:
        timer.stop()
    assert gc.isenabled()
