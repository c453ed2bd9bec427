"""What journeys do again and again in the visit of the main shop."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QTableView

from app.domain.visit import Step
from app.ui.pages.visit.stock_table_model import Column
from app.ui.pages.visit.visit_page import VisitPage
from app.ui.widgets.message_bar import MessageBar
from tests.real_program import Program


def visit_page(program: Program) -> VisitPage:
    """Return the visit page."""
    page = program.workspace.page("visit")
    assert isinstance(page, VisitPage)
    return page


def open_visit(program: Program) -> None:
    """Go on with the visit that is under way, as the bar above the page offers."""
    bar = program.find(MessageBar, "windowMessage")
    program.click(next(b for b in bar.findChildren(QAbstractButton) if b.isVisible() and b.text()))
    program.wait(lambda: program.workspace.shown_key == "visit", "the visit")
    program.rest()


def go_to(program: Program, step: Step) -> None:
    """Go there by Alt and the arrows, step by step."""
    page = visit_page(program)
    page.setFocus()
    by = 1 if step.number > page.model.step.number else -1
    for _ in range(abs(step.number - page.model.step.number)):
        before = page.model.step
        program.key(Qt.Key.Key_Right if by > 0 else Qt.Key.Key_Left, alt=True)
        assert page.model.step is before.moved(by)
    at_step(program, step)
    program.rest()


def at_step(program: Program, step: Step) -> None:
    """Wait until the visit shows a step."""

    def is_there() -> bool:
        page = visit_page(program)
        return page.model.step is step and page.step_widget(step).isVisible() and not page.model.is_busy

    program.wait(lambda: program.workspace.shown_key == "visit" and is_there(), f"the step {step.value}")


def stock_table(program: Program) -> QTableView:
    """Return the table of the stock step with its SKUs, the keyboard in its first count."""
    table = program.find(QTableView, "stockTable")
    program.wait(lambda: table.model().rowCount() > 4, "the SKUs")
    table.setFocus()
    table.setCurrentIndex(table.model().index(0, Column.ON_HAND))
    return table
