"""Drives the order guidance as a person does."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit

from app.domain.order_advice import Wish
from app.domain.visit import Step
from app.ui.pages.visit.advice_table import AdviceTable
from app.ui.pages.visit.advice_table_model import AdviceColumn, AdviceTableModel
from app.ui.widgets.fact_list import FactList
from app.ui.widgets.message_bar import MessageBar
from app.ui.widgets.segmented_choice import SegmentedChoice
from app.ui.widgets.table_cells import CELL_ROLE, Cell
from tests.ui.visit_page_driver import VisitPageDriver


class AdviceDriver(VisitPageDriver):
    """A person at the order guidance."""

    @property
    def guide(self) -> AdviceTable:
        return self.find(AdviceTable, "adviceTable")

    @property
    def advice(self) -> AdviceTableModel:
        model = self.guide.model()
        assert isinstance(model, AdviceTableModel)
        return model

    def go_to_advice(self) -> None:
        self.page.model.go(Step.ADVICE)
        self.wait_for_step(Step.ADVICE)
        self._qtbot.waitUntil(lambda: self.advice.advice is not None)

    @property
    def names(self) -> list[str]:
        return [str(self._cell(row, AdviceColumn.SKU).text) for row in range(self.advice.rowCount())]

    def row(self, name: str) -> int:
        return self.names.index(name)

    def shown(self, name: str, column: AdviceColumn) -> Cell:
        return self._cell(self.row(name), column)

    def _cell(self, row: int, column: AdviceColumn) -> Cell:
        cell = self.advice.index(row, column).data(CELL_ROLE)
        assert isinstance(cell, Cell)
        return cell

    def suggestion(self, name: str) -> str:
        return self.shown(name, AdviceColumn.SUGGESTION).text

    def hint(self, name: str) -> list[str]:
        return [text for text, _ in self.shown(name, AdviceColumn.HINT).chips]

    def stand_on(self, name: str, column: AdviceColumn = AdviceColumn.SUGGESTION) -> None:
        self.guide.setFocus()
        self.guide.setCurrentIndex(self.advice.index(self.row(name), column))

    def choose_service(self, percent: int) -> None:
        """Press the segment of a service level."""
        (segment,) = (
            button
            for button in self.find(SegmentedChoice, "wishService").findChildren(QAbstractButton)
            if button.accessibleName() == f"{percent}%"
        )
        segment.click()

    def type_wish(self, name: str, text: str) -> None:
        """Type a limit or a budget."""
        field = self.find(QLineEdit, name)
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, text)

    def wait_for_suggestion(self, name: str, is_right: Callable[[int], bool]) -> None:
        self._qtbot.waitUntil(lambda: is_right(int(self.suggestion(name) or 0)))

    def wait_for_total(self, total: int | None) -> None:
        """Wait until the guidance follows the wish; with a total until it is that."""

        def is_there() -> bool:
            advice = self.advice.advice
            return advice is not None and advice.wish != Wish() and total in (None, advice.totals.quantity)

        self._qtbot.waitUntil(is_there)

    def wait_for_wish(self, wish: Wish) -> None:
        """Wait until the guidance shown is that of a wish."""
        self._qtbot.waitUntil(lambda: self.advice.advice is not None and self.advice.advice.wish == wish)

    def wait_for_text(self, name: str, part: str) -> None:
        self._qtbot.waitUntil(lambda: part in self.text_of(name))

    @property
    def current(self) -> str:
        sku = self.advice.sku_at(self.guide.currentIndex())
        assert sku is not None
        return sku.name

    def keys(self, text: str) -> None:
        """Press keys one by one; the first opens the cell."""
        for letter in text:
            QTest.keyClicks(self.focused, letter)

    def toggle(self, name: str) -> None:
        self.find(QAbstractButton, name).click()

    def text_of(self, name: str) -> str:
        return self.find(QLabel, name).text()

    @property
    def why_title(self) -> str:
        return self.page.step_widget(Step.ADVICE).side.accessibleName()

    def wait_for_why(self, title: str) -> None:
        self._qtbot.waitUntil(lambda: self.why_title == title)

    @property
    def sum(self) -> list[tuple[str, str]]:
        """The terms beside the table, the result last."""
        facts: Any = self.find(FactList, "whySteps")
        return [(name, label.text()) for name, label in facts._values.items()]

    @property
    def advice_message(self) -> str:
        return self.find(MessageBar, "adviceMessage").text

    def wait_for_text_of_notice(self, start: str) -> None:
        self._qtbot.waitUntil(lambda: self.advice_message.startswith(start))

    def use(self) -> None:
        self.click_next()
        self.wait_for_step(Step.IMPROVEMENT)
        self.wait_until_saved()

    def enter(self) -> None:
        """Hand the number over and go down; Qt closes the cell a moment later."""
        QTest.keyClick(self.focused, Qt.Key.Key_Return)
        self._qtbot.waitUntil(lambda: self.guide.state() == AdviceTable.State.NoState and self.guide.hasFocus())

    def press_key(self, key: Qt.Key) -> None:
        QTest.keyClick(self.focused, key)
