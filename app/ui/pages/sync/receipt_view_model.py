"""The receipt of a day and the handover file, as the sync page asks for them."""

import platform
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QImage

from app.domain.day_receipt import DayReceipt
from app.domain.text import Language
from app.runtime.cancel import CancelledError, CancelToken, Report
from app.runtime.files import write_atomically
from app.services.sync_facts import Ended, Handed
from app.ui.background.task_runner import Lane, TaskRunner
from app.ui.shell.sync_controller import SyncController
from app.ui.widgets.pdf_pages import render_pages

_NOT_IN_NAMES = re.compile(r"[^\w.]+")


class PaperWork(Protocol):
    """What the page asks of the papers; each call runs on a worker thread."""

    def kept(self, day: date) -> DayReceipt | None:
        """Return what the last comparison of a day gave."""
        ...

    def compare(self, day: date, cancel: CancelToken) -> DayReceipt | Ended:
        """Compare a day with head office."""
        ...

    def hand_over(self, target: Path, cancel: CancelToken, report: Report) -> Handed:
        """Write what waits to a sealed file."""
        ...


@dataclass(frozen=True, slots=True)
class ReceiptPaper:
    """A receipt as paper."""

    day: date
    pdf: bytes
    pages: tuple[QImage, ...]


class ReceiptViewModel(QObject):
    """Holds the receipt of one day; comparing and writing go on beside the work and can be stopped."""

    changed = Signal()
    drawn = Signal(object)
    """ReceiptPaper"""
    saved = Signal(object)
    """Path"""
    failed = Signal(object)
    """BaseException: a file could not be written"""
    handed = Signal(object)
    """Handed"""

    def __init__(
        self,
        papers: PaperWork,
        sync: SyncController,
        tasks: TaskRunner,
        today: Callable[[], date],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._papers = papers
        self._sync = sync
        self._tasks = tasks
        self._today = today
        self._compares: CancelToken | None = None
        self._writes: CancelToken | None = None
        self.day = today()
        self.receipt: DayReceipt | None = None
        self.ended: Ended | None = None
        """Why the last comparison gave nothing."""
        self._counted = (0, 0)
        sync.ended.connect(self.read)
        sync.changed.connect(self._on_sync_changed)

    @property
    def is_comparing(self) -> bool:
        """Whether head office is being asked."""
        return self._compares is not None

    @property
    def is_writing(self) -> bool:
        """Whether a handover file is being written."""
        return self._writes is not None

    @property
    def is_today(self) -> bool:
        """Whether there is no later day to look at."""
        return self.day >= self._today()

    @property
    def waiting(self) -> int:
        """How many records and photos wait to go up; 0 for an earlier day, whose receipt speaks for itself."""
        standing = self._sync.standing
        return standing.waiting + standing.photos_waiting if standing is not None and self.is_today else 0

    @Slot()
    def read(self) -> None:
        """Read what is known of the day without asking head office."""
        if self._sync.is_member:
            self._tasks.run(partial(self._papers.kept, self.day), owner=self, done=self._on_kept)

    @Slot()
    def _on_sync_changed(self) -> None:
        """Look again whenever something was written or delivered: the day may be another one now."""
        standing = self._sync.standing
        counted = (0, 0) if standing is None else (standing.waiting, standing.photos_waiting)
        if counted != self._counted:
            self._counted = counted
            self.read()

    def go(self, days: int) -> None:
        """Turn to another day."""
        self.day = min(self._today(), self.day + timedelta(days=days))
        self.receipt = self.ended = None
        self.changed.emit()
        self.read()

    @Slot()
    def compare(self) -> None:
        """Ask head office to compare the day."""
        if self.is_comparing or not self._sync.is_member:
            return
        self.ended = None
        day = self.day
        self._compares = self._tasks.run_long(
            lambda cancel, _report: (day, self._papers.compare(day, cancel)),
            owner=self,
            done=self._on_compared,
            failed=self._on_not_compared,
            lane=Lane.SYNC,
        )
        self.changed.emit()

    @Slot()
    def stop(self) -> None:
        """Stop what is under way."""
        for token in (self._compares, self._writes):
            if token is not None:
                token.cancel()

    def draw(self, receipt: DayReceipt, language: Language) -> None:
        """Put a receipt on paper."""
        self._tasks.run(partial(_draw, receipt, language), owner=self, done=self.drawn.emit, lane=Lane.FREE)

    def save(self, paper: ReceiptPaper, path: Path) -> None:
        """Write the paper to a file."""
        work = partial(_write, paper.pdf, path)
        self._tasks.run(work, owner=self, done=self.saved.emit, failed=self.failed.emit, lane=Lane.FREE)

    def handover_name(self) -> str:
        """Return a name for the file that tells whose it is, from which laptop, and of which day."""
        manager = "" if self._sync.standing is None else self._sync.standing.manager
        parts = (manager, platform.node(), self._today().isoformat())
        return f"{'-'.join(_NOT_IN_NAMES.sub('', part) for part in parts if part)}.zoufang"

    def hand_over(self, path: Path) -> None:
        """Write what waits to a file for head office."""
        if self.is_writing:
            return
        self._writes = self._tasks.run_long(
            partial(self._papers.hand_over, path), owner=self, done=self._on_handed, failed=self._on_not_handed
        )
        self.changed.emit()

    def _on_kept(self, receipt: DayReceipt | None) -> None:
        if receipt is None or receipt.day == self.day.isoformat():
            self.receipt = receipt
            self.changed.emit()

    def _on_compared(self, answer: tuple[date, DayReceipt | Ended]) -> None:
        self._compares = None
        day, found = answer
        if day == self.day:
            if isinstance(found, Ended):
                self.ended = found
            else:
                self.receipt = found
        self.changed.emit()

    def _on_not_compared(self, error: BaseException) -> None:
        self._compares = None
        self.ended = Ended.STOPPED if isinstance(error, CancelledError) else Ended.FAILED
        self.changed.emit()

    def _on_handed(self, made: Handed) -> None:
        self._writes = None
        self.changed.emit()
        self.handed.emit(made)

    def _on_not_handed(self, error: BaseException) -> None:
        self._writes = None
        self.changed.emit()
        if not isinstance(error, CancelledError):
            self.failed.emit(error)


def _draw(receipt: DayReceipt, language: Language) -> ReceiptPaper:
    from app.reports.day_receipt_pdf import day_receipt_pdf  # noqa: PLC0415  reportlab, only when it is wanted

    pdf = day_receipt_pdf(receipt, language)
    return ReceiptPaper(date.fromisoformat(receipt.day), pdf, render_pages(pdf))


def _write(pdf: bytes, path: Path) -> Path:
    write_atomically(path, pdf)
    return path
