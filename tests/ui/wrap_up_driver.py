"""Drives the wrap-up as a person does."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QAbstractButton, QCheckBox, QFileDialog, QLabel, QLineEdit, QWidget

from app.domain.customer_summary import CustomerSummary
from app.domain.text import Language
from app.domain.visit import Step
from app.ui.pages.visit.day_field import DayField
from app.ui.pages.visit.ending_panel import EndingPanel
from app.ui.pages.visit.promise_list import PromiseLine, PromiseList
from app.ui.pages.visit.sections import Section
from app.ui.pages.visit.sheet_panel import SheetPanel
from app.ui.widgets.message_bar import MessageBar
from app.ui.widgets.pdf_view import PdfView
from tests.ui.visit_page_driver import VisitPageDriver


class WrapUpDriver(VisitPageDriver):
    """A person at the wrap-up."""

    def go_to_wrap_up(self) -> None:
        self.page.model.go(Step.WRAP_UP)
        self.wait_for_step(Step.WRAP_UP)
        self.wait_for_sheet()

    def wait_for_sheet(self) -> None:
        """Wait until the sheet shows what is on disk now."""
        self._qtbot.waitUntil(lambda: self._tasks.is_idle and self.panel.sheet is not None, timeout=15_000)

    def wait_for_step_on_sheet(self, text: str, state: str) -> None:
        def printed() -> bool:
            sheet = self.panel.sheet
            return sheet is not None and (text, state) in [(one.what, one.state) for one in sheet.summary.steps]

        self._qtbot.waitUntil(printed, timeout=15_000)

    @property
    def panel(self) -> SheetPanel:
        return self.page.findChildren(SheetPanel)[0]

    def said(self, name: str) -> list[str]:
        section: Section = self.find(Section, name)
        return section.texts

    # ---- promises -----------------------------------------------------------------------------------------------
    @property
    def promises(self) -> list[PromiseLine]:
        return list(self.page.findChildren(PromiseList)[0]._lines.values())

    @property
    def promised(self) -> list[str]:
        return [self.promise_text(line).text() for line in self.promises]

    def promise_text(self, line: PromiseLine) -> QLineEdit:
        return self._in(line, QLineEdit, "promiseText")

    def due(self, line: PromiseLine) -> DayField:
        return self._in(line, DayField, "promiseDue")

    def begin_promise(self) -> PromiseLine:
        self.press_named("addPromise")
        return self.promises[-1]

    def tick(self, line: PromiseLine) -> None:
        self._in(line, QCheckBox, "promiseDone").click()

    def throw_away(self, line: PromiseLine) -> None:
        self._in(line, QAbstractButton, "removePromise").click()

    def _in(self, line: QWidget, kind: Any, name: str) -> Any:
        found = line.findChild(kind, name)
        assert found is not None
        return found

    # ---- the rest of the form -----------------------------------------------------------------------------------
    def press_named(self, name: str) -> None:
        self.find(QAbstractButton, name).click()

    @property
    def next_day(self) -> DayField:
        return self.find(DayField, "nextVisit")

    def text_of(self, name: str) -> str:
        return self.find(QLabel, name).text()

    def is_shown(self, name: str) -> bool:
        return self.find(QWidget, name).isVisible()

    @property
    def form_message(self) -> str:
        return self.find(MessageBar, "wrapUpMessage").text

    def answer_form_message(self) -> None:
        self.find(MessageBar, "wrapUpMessage").action_requested.emit()

    def jump_to(self, step: Step) -> None:
        self.press_named(f"open_{step}")
        self.wait_for_step(step)

    # ---- the sheet ----------------------------------------------------------------------------------------------
    @property
    def large(self) -> PdfView:
        return self.find(PdfView, "sheetLarge")

    def save_as(self, path: Path) -> str:
        """Choose a file in the dialog; return the name that it offered."""
        self.press_named("saveSheet")
        dialog: QFileDialog = self.find(QFileDialog, "saveSheetDialog")
        offered = Path(dialog.selectedFiles()[0]).name
        dialog.fileSelected.emit(str(path))
        dialog.reject()
        self._qtbot.waitUntil(lambda: self._tasks.is_idle and bool(self.text_of("sheetMessage")))
        return offered

    def print_sheet(self) -> None:
        self.press_named("printSheet")
        self._qtbot.waitUntil(lambda: self._tasks.is_idle and bool(self.text_of("sheetMessage")))

    @property
    def asks_how_it_ends(self) -> bool:
        return self.page.findChildren(EndingPanel)[0].isVisible()

    # ---- the end ------------------------------------------------------------------------------------------------
    def finish(self) -> None:
        self.press_named("finishVisit")
        self.wait_for_end()

    def wait_for_end(self) -> None:
        self._qtbot.waitUntil(lambda: self.is_shown("endedHeading") and self._tasks.is_idle, timeout=15_000)

    def wait_for_form(self) -> None:
        self._qtbot.waitUntil(lambda: self.is_shown("finishVisit") and self.is_shown("addPromise"))

    def wait_for_visit(self, visit_id: UUID) -> None:
        draft = self.page.model.draft
        self._qtbot.waitUntil(lambda: draft.head.visit_id == visit_id)
        self.wait_until_quiet()

    def button_words(self, name: str) -> str:
        return self.find(QAbstractButton, name).text()

    def wait_for_withheld(self, words: str) -> None:
        label = self.find(QLabel, "withheld")
        self._qtbot.waitUntil(lambda: label.isVisible() and words in label.text(), timeout=15_000)

    def wait_for_sheet_language(self, language: Language) -> None:
        self._wait_for_summary(lambda summary: summary.language is language)

    def wait_for_sheet_of(self, shop: str) -> None:
        self._wait_for_summary(lambda summary: summary.shop_name == shop)

    def _wait_for_summary(self, fits: Callable[[CustomerSummary], bool]) -> None:
        def ready() -> bool:
            sheet = self.panel.sheet
            return sheet is not None and fits(sheet.summary)

        self._qtbot.waitUntil(ready, timeout=15_000)
        self.wait_until_quiet()
