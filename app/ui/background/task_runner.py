"""The one door to other threads: plain callables go in, their outcome comes back on the GUI thread."""

import contextlib
import inspect
import itertools
import logging
import time
import weakref
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import TypeVar

import shiboken6
from PySide6.QtCore import QObject, QThreadPool, Signal, Slot

from app.runtime.cancel import CancelledError, CancelToken, Report, TooLateError

log = logging.getLogger(__name__)

_Value = TypeVar("_Value")

REPORT_EVERY = 0.1
"""Seconds between two reports of progress that reach the screen."""


class Lane(Enum):
    """Where work runs: the database lane keeps the order, the free lane runs beside it, sync has one of its own."""

    DATABASE = "database"
    FREE = "free"
    SYNC = "sync"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far long work is; `total` is 0 while it is unknown."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class _Message:
    """What a worker tells the runner: progress of a task, or its outcome."""

    task: int
    progress: Progress | None = None
    value: object = None
    error: BaseException | None = None


@dataclass(slots=True)
class _Job:
    """The work of one task; emptied on the GUI thread, so that what it captured dies there."""

    work: Callable[[], object] | None


@dataclass(frozen=True, slots=True)
class _Task:
    """What the runner remembers about work that is under way."""

    job: _Job
    owner: weakref.ref[QObject]
    done: Callable[[], Callable[..., None] | None]
    failed: Callable[[], Callable[..., None] | None]
    progress: Callable[[], Callable[..., None] | None]
    has_failed: bool
    token: CancelToken


def _held(callback: Callable[..., None] | None) -> Callable[[], Callable[..., None] | None]:
    """Hold a bound method weakly, so that running work does not keep a closed page alive."""
    if callback is not None and inspect.ismethod(callback):
        return weakref.WeakMethod(callback)
    return lambda: callback


class TaskRunner(QObject):
    """Runs plain callables on three lanes and answers on the GUI thread; an answer to a dead owner is dropped."""

    failed = Signal(object)
    """BaseException: work without a `failed` callback went wrong."""
    _told = Signal(object)
    """_Message"""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ids = itertools.count(1)
        self._tasks: dict[int, _Task] = {}
        self._stopped = False
        self._pools = {lane: QThreadPool(self) for lane in Lane}
        for lane in (Lane.DATABASE, Lane.SYNC):
            self._pools[lane].setMaxThreadCount(1)
        self._pools[Lane.FREE].setMaxThreadCount(max(2, QThreadPool.globalInstance().maxThreadCount() - 1))
        for pool in self._pools.values():
            pool.setExpiryTimeout(-1)
        self._told.connect(self._on_told)

    @property
    def is_idle(self) -> bool:
        """Whether no work is waiting, running or still to be answered."""
        return not self._tasks

    def run(
        self,
        work: Callable[[], _Value],
        *,
        owner: QObject,
        done: Callable[[_Value], None] | None = None,
        failed: Callable[[BaseException], None] | None = None,
        lane: Lane = Lane.DATABASE,
    ) -> None:
        """Run the work on a lane; then call `done` with its value or `failed` with its exception."""
        self._start(work, owner, done, failed, None, lane, CancelToken())

    def run_long(
        self,
        work: Callable[[CancelToken, Report], _Value],
        *,
        owner: QObject,
        progress: Callable[[Progress], None] | None = None,
        done: Callable[[_Value], None] | None = None,
        failed: Callable[[BaseException], None] | None = None,
        lane: Lane = Lane.DATABASE,
    ) -> CancelToken:
        """Run work that reports and can be stopped; stopped work fails with CancelledError. Return its token."""
        token = CancelToken()
        task = next(self._ids)
        reporter = _Reporter(self._told, task)

        def whole() -> _Value:
            return work(token, reporter.report)

        self._start(whole, owner, done, failed, progress, lane, token, task)
        return token

    def drop_all(self) -> None:
        """Begin anew: what waits is not done, what runs is asked to stop, and nobody hears of either."""
        for task in self._tasks.values():
            task.token.cancel()
        for pool in self._pools.values():
            pool.clear()
        self._tasks.clear()

    def stop(self, wait_ms: int = 10_000) -> bool:
        """Drop what waits, ask what runs to stop and wait for it; called once at exit. Return whether all ended."""
        self._stopped = True
        self.drop_all()
        ended = [pool.waitForDone(wait_ms) for pool in self._pools.values()]
        return all(ended)

    def _start(
        self,
        work: Callable[[], object],
        owner: QObject,
        done: Callable[..., None] | None,
        failed: Callable[..., None] | None,
        progress: Callable[..., None] | None,
        lane: Lane,
        token: CancelToken,
        task: int | None = None,
    ) -> None:
        if self._stopped:
            log.info("work after the end was dropped")
            return
        task = next(self._ids) if task is None else task
        job = _Job(work)
        self._tasks[task] = _Task(
            job, weakref.ref(owner), _held(done), _held(failed), _held(progress), failed is not None, token
        )
        self._pools[lane].start(_Run(task, job, self._told))

    @Slot(object)
    def _on_told(self, message: _Message) -> None:
        if message.progress is not None:
            task = self._tasks.get(message.task)
            if task is not None and not task.token.cancelled:
                self._call(task, task.progress(), message.progress)
            return
        task = self._tasks.pop(message.task, None)
        if task is None:
            return
        task.job.work = None
        if message.error is None:
            self._call(task, task.done(), message.value)
        elif isinstance(message.error, TooLateError):
            log.info("work on what was erased meanwhile was dropped")
        elif task.has_failed:
            self._call(task, task.failed(), message.error)
        elif not isinstance(message.error, CancelledError):
            self.failed.emit(message.error)

    def _call(self, task: _Task, callback: Callable[..., None] | None, argument: object) -> None:
        owner = task.owner()
        if callback is not None and owner is not None and shiboken6.isValid(owner):
            callback(argument)


class _Run:
    """The callable that a lane runs; it lets go of the work before its outcome is told."""

    def __init__(self, task: int, job: _Job, told: object) -> None:
        self._task = task
        self._job = job
        self._told = told

    def __call__(self) -> None:
        message = self._outcome()
        # The runner is gone only when the program ends: nobody is left to hear.
        with contextlib.suppress(RuntimeError):
            self._told.emit(message)  # pyright: ignore[reportAttributeAccessIssue]

    def _outcome(self) -> _Message:
        work = self._job.work
        if work is None:
            return _Message(self._task)
        try:
            return _Message(self._task, value=work())
        except BaseException as error:  # noqa: BLE001  a lane must answer whatever happened
            return _Message(self._task, error=error)


class _Reporter:
    """Turns the reports of long work into few messages; the last one is always told."""

    def __init__(self, told: object, task: int) -> None:
        self._told = told
        self._task = task
        self._last = 0.0

    def report(self, done: int, total: int) -> None:
        """Tell how far the work is, at most every tenth of a second."""
        now = time.monotonic()
        if now - self._last < REPORT_EVERY and (total == 0 or done < total):
            return
        self._last = now
        with contextlib.suppress(RuntimeError):
            self._told.emit(_Message(self._task, Progress(done, total)))  # pyright: ignore[reportAttributeAccessIssue]
