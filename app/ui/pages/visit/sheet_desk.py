"""Makes the customer's sheet of a visit in the background: its data, the PDF, the pictures of its pages, the file."""

import logging
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from app.domain.customer_summary import CustomerSummary
from app.domain.text import Language
from app.services.summaries import Summaries
from app.ui.background.task_runner import Lane, TaskRunner
from app.ui.widgets.pdf_pages import render_pages

log = logging.getLogger(__name__)

SMALL_SCALE, LARGE_SCALE = 1.0, 2.0
"""Of the pictures beside the wrap-up and of those shown large; a large page takes 8 MB of memory."""
_FORBIDDEN_IN_NAMES = '\\/:*?"<>|'


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet that is ready: its data, its pages, and the texts that were left out of it."""

    visit_id: UUID
    summary: CustomerSummary
    pages: tuple[QImage, ...]
    """small pictures"""
    pdf: bytes
    withheld: tuple[str, ...]


class SheetDesk(QObject):
    """Asks for sheets one after the other; an answer about another visit, or an older one, is ignored."""

    ready = Signal(object)
    """Sheet"""
    enlarged = Signal(object)
    """tuple[QImage, ...]: large pictures of the newest sheet that was asked for"""
    failed = Signal(object)
    """BaseException"""
    saved = Signal(object)
    """Path: the file is written"""

    def __init__(self, summaries: Summaries, tasks: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._summaries = summaries
        self._tasks = tasks
        self._visit_id: UUID | None = None
        self._order = 0
        self._answered = 0

    @property
    def is_busy(self) -> bool:
        """Whether a newer sheet than the one shown is being made."""
        return self._answered < self._order

    def ask(self, customer_id: UUID, visit_id: UUID, language: Language) -> None:
        """Make the sheet of a visit from what is on disk now."""
        self._visit_id = visit_id
        self._order += 1
        work = partial(self._data, self._order, customer_id, visit_id, language)
        self._tasks.run(work, owner=self, done=self._on_data, failed=self._on_failed)

    def enlarge(self, sheet: Sheet) -> None:
        """Make large pictures of a sheet."""
        work = partial(_enlarge, self._order, sheet)
        self._tasks.run(work, owner=self, done=self._on_enlarged, failed=self._on_failed, lane=Lane.FREE)

    def save(self, sheet: Sheet, path: Path) -> None:
        """Write the sheet to a file."""
        work = partial(_write, sheet.summary, path)
        self._tasks.run(work, owner=self, done=self._on_saved, failed=self._on_failed, lane=Lane.FREE)

    def _data(self, order: int, customer_id: UUID, visit_id: UUID, language: Language) -> tuple[int, CustomerSummary]:
        return order, self._summaries.summary(customer_id, language=language, visit_id=visit_id)

    def _on_data(self, answer: tuple[int, CustomerSummary]) -> None:
        order, summary = answer
        if order == self._order and self._visit_id is not None:
            work = partial(_draw, order, self._visit_id, summary)
            self._tasks.run(work, owner=self, done=self._on_drawn, failed=self._on_failed, lane=Lane.FREE)

    def _on_drawn(self, answer: tuple[int, Sheet]) -> None:
        order, sheet = answer
        if order == self._order:
            self._answered = order
            self.ready.emit(sheet)

    def _on_enlarged(self, answer: tuple[int, tuple[QImage, ...]]) -> None:
        order, pages = answer
        if order == self._order:
            self.enlarged.emit(pages)

    def _on_saved(self, path: Path) -> None:
        log.info("the customer's sheet of visit %s was written to a file", self._visit_id)
        self.saved.emit(path)

    def _on_failed(self, error: BaseException) -> None:
        self._answered = self._order
        self.failed.emit(error)


def file_name(summary: CustomerSummary) -> str:
    """Return a file name with shop and date that every system takes."""
    letters = (" " if one in _FORBIDDEN_IN_NAMES or not one.isprintable() else one for one in summary.shop_name)
    shop = "".join(letters)
    title = {Language.ZH: "经营小结", Language.EN: "Business summary"}[summary.language]
    return " ".join(f"{shop} {summary.visit_date.isoformat()} {title}".split()) + ".pdf"


def _draw(order: int, visit_id: UUID, summary: CustomerSummary) -> tuple[int, Sheet]:
    # Making PDFs brings libraries that nobody waits for before the first wrap-up.
    from app.reports.customer_pdf import customer_pdf_bytes  # noqa: PLC0415
    from app.reports.fitting import fitted  # noqa: PLC0415
    from app.reports.never_printed import withheld  # noqa: PLC0415

    summary = fitted(summary)
    pdf = customer_pdf_bytes(summary)
    sheet = Sheet(visit_id, summary, render_pages(pdf, SMALL_SCALE), pdf, withheld(summary))
    return order, sheet


def _enlarge(order: int, sheet: Sheet) -> tuple[int, tuple[QImage, ...]]:
    return order, render_pages(sheet.pdf, LARGE_SCALE)


def _write(summary: CustomerSummary, path: Path) -> Path:
    from app.reports.customer_pdf import write_customer_pdf  # noqa: PLC0415

    write_customer_pdf(summary, path)
    return path
