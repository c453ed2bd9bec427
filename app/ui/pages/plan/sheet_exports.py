"""The papers of the plan as files: the plan table, the calendar file, the day sheet, forms to fill in by hand."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from app.domain.text import Language
from app.ui.background.task_runner import Lane, TaskRunner
from app.ui.look.icons import make_icon
from app.ui.look.translations import current_language


class Sheet(StrEnum):
    """The papers there are; the value is the ending of the file."""

    TABLE_PDF = "table.pdf"
    TABLE_XLSX = "table.xlsx"
    CALENDAR = "plan.ics"
    DAY_SHEET = "day.pdf"
    FORMS = "forms.pdf"

    @property
    def is_of_day(self) -> bool:
        """Whether it is about one day, not about the month."""
        return self in {Sheet.DAY_SHEET, Sheet.FORMS}

    @property
    def ending(self) -> str:
        """The ending of its file, without the dot."""
        return self.value.rpartition(".")[2]


WriteSheet = Callable[[Sheet, date, Language, Path], None]
"""Writes the paper of the month or day of a date."""


@dataclass(frozen=True, slots=True)
class Written:
    """A paper that is on disk."""

    path: Path


class SheetExports(QObject):
    """Asks where to, and writes away from the window."""

    written = Signal(object)
    """Written: it is on disk"""
    failed = Signal(object)
    """BaseException"""

    def __init__(self, write: WriteSheet, tasks: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._write = write
        self._tasks = tasks
        self._sheets: dict[QAction, Sheet] = {}
        self._day = date.min
        self._owner: QWidget | None = None

    def show_menu(self, spot: QPoint, day: date, owner: QWidget) -> None:
        """Let a paper be chosen for the month and the day looked at."""
        self._day, self._owner = day, owner
        menu = QMenu(owner)
        menu.setObjectName("planPapersMenu")
        self._sheets.clear()
        names = self._names()
        for sheet, icon in (
            (Sheet.TABLE_PDF, "print"),
            (Sheet.TABLE_XLSX, "export"),
            (Sheet.CALENDAR, "calendar"),
            (Sheet.DAY_SHEET, "print"),
            (Sheet.FORMS, "edit"),
        ):
            action = menu.addAction(make_icon(icon, "muted"), names[sheet])
            action.setObjectName(sheet.value)
            self._sheets[action] = sheet
            if sheet is Sheet.CALENDAR:
                menu.addSeparator()
        menu.triggered.connect(self._on_chosen)
        menu.popup(spot)

    def save(self, sheet: Sheet, day: date, path: Path) -> None:
        """Write a paper."""
        work = partial(_written, self._write, sheet, day, current_language(), path)
        self._tasks.run(work, owner=self, done=self._on_written, failed=self._on_failed, lane=Lane.FREE)

    def _names(self) -> dict[Sheet, str]:
        return {
            Sheet.TABLE_PDF: self.tr("Plan table of the month, PDF"),
            Sheet.TABLE_XLSX: self.tr("Plan table of the month, Excel"),
            Sheet.CALENDAR: self.tr("Month for a calendar program (.ics)"),
            Sheet.DAY_SHEET: self.tr("Day sheet, half a page"),
            Sheet.FORMS: self.tr("Forms of the day, to fill in by hand"),
        }

    @Slot(QAction)
    def _on_chosen(self, action: QAction) -> None:
        sheet = self._sheets.get(action)
        if sheet is None:
            return
        of = f"{self._day:%Y-%m-%d}" if sheet.is_of_day else f"{self._day:%Y-%m}"
        start = f"{self._title()} {of}.{sheet.ending}"
        kinds = f"*.{sheet.ending}"
        name, _ = QFileDialog.getSaveFileName(self._owner, self.tr("Save the paper"), start, kinds)
        if name:
            path = Path(name)
            self.save(sheet, self._day, path if path.suffix else path.with_suffix(f".{sheet.ending}"))

    def _title(self) -> str:
        return self.tr("Visit plan")

    def _on_written(self, written: Written) -> None:
        self.written.emit(written)

    def _on_failed(self, error: BaseException) -> None:
        self.failed.emit(error)


def _written(write: WriteSheet, sheet: Sheet, day: date, language: Language, path: Path) -> Written:
    write(sheet, day, language, path)
    return Written(path)
