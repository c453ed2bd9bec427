"""What was agreed at a visit stays agreed; other figures are offered and never written by themselves."""

import json
from threading import Event
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from sqlalchemy import select

from app.domain.order_advice import Wish
from app.domain.text import Language
from app.domain.visit import Step
from app.models.trade import Product
from app.storage.database import Database
from app.storage.facts import ORDER_LEARNT, write_fact
from app.ui.background.task_runner import TaskRunner
from app.ui.pages.visit.advice_notice import AdviceNotice
from tests.ui.advice_driver import AdviceDriver
from tests.ui.advice_visit import AdviceFixtures, advice_rows
from tests.ui.visit_page_driver import DAY
from tests.ui.wrap_up_room import WrapUpRoom

_OTHER = {"drift": (0.0, 0.5, 0.39, 0.07), "spread": (4.8, 0.64, 1.0, 0.96)}


def _learn_otherwise(database: Database) -> None:
    write_fact(database, ORDER_LEARNT, json.dumps({"day": DAY.isoformat(), **_OTHER}))


def _press(driver: AdviceDriver) -> None:
    driver.find(AdviceNotice, "adviceMessage").action_requested.emit()


def _agreed(database: Database) -> dict[str, int | None]:
    rows = advice_rows(database).items()
    return {name: row.suggested if row.agreed is None else row.agreed for name, row in rows}


class TestAgreed(AdviceFixtures):
    def _use_and_learn(self, driver: AdviceDriver, database: Database) -> dict[str, int | None]:
        driver.go_to_advice()
        driver.use()
        agreed = _agreed(database)
        _learn_otherwise(database)
        driver.go_to_advice()
        driver.wait_until_quiet()
        driver.flush()
        return agreed

    def test_opening_the_step_again_changes_nothing_that_was_agreed(
        self, driver: AdviceDriver, database: Database
    ) -> None:
        agreed = self._use_and_learn(driver, database)
        assert _agreed(database) == agreed
        assert {name: int(driver.suggestion(name) or 0) for name in driver.names} == agreed
        assert driver.advice_message.startswith(f"What was agreed stays: {sum(n or 0 for n in agreed.values())} ctn.")
        driver.use()
        assert _agreed(database) == agreed

    def test_other_figures_are_taken_over_by_a_press_and_given_back_by_another(
        self, driver: AdviceDriver, database: Database
    ) -> None:
        agreed = self._use_and_learn(driver, database)
        _press(driver)
        driver.flush()
        taken = _agreed(database)
        assert taken["雅韵(硬)"] != agreed["雅韵(硬)"]
        assert int(driver.suggestion("雅韵(硬)")) == taken["雅韵(硬)"]
        assert driver.advice_message.startswith("Taken over: ")
        _press(driver)
        driver.flush()
        assert _agreed(database) == agreed
        assert driver.advice_message.startswith("What was agreed stays")

    def test_a_number_that_was_typed_stays_when_the_rest_is_taken_over(
        self, driver: AdviceDriver, database: Database
    ) -> None:
        driver.go_to_advice()
        driver.stand_on("雅韵(硬)")
        driver.keys("33")
        driver.enter()
        _learn_otherwise(database)
        driver.go_to_advice()
        driver.page.step_widget(Step.ADVICE).shown()
        driver.wait_for_text_of_notice("What was agreed stays")
        _press(driver)
        driver.flush()
        assert _agreed(database)["雅韵(硬)"] == 33

    def test_a_program_begun_anew_shows_what_was_agreed_with_its_figures(
        self, driver: AdviceDriver, database: Database, room: WrapUpRoom, tasks: TaskRunner, visit_id: UUID
    ) -> None:
        agreed = self._use_and_learn(driver, database)
        again = AdviceDriver(driver._qtbot, room.make_page(tasks), tasks)
        again.show()
        again.open(visit_id)
        again.go_to_advice()
        assert {name: int(again.suggestion(name) or 0) for name in again.names} == agreed
        again.stand_on("雅韵(硬)")
        assert again.text_of("whyReasons").startswith("Kept as agreed: on hand 2, ")
        assert again.hint("雅韵(硬)")[0].startswith("Now: ")
        again.flush()
        assert _agreed(database) == agreed

    def test_the_sheet_and_the_summary_say_what_was_agreed(
        self, driver: AdviceDriver, database: Database, room: WrapUpRoom, visit_id: UUID
    ) -> None:
        customer = driver.page.model.draft.head.customer_id
        agreed = self._use_and_learn(driver, database)
        sheet = room.summaries.summary(customer, DAY, Language.EN, visit_id)
        told = {line.name: line.suggested for line in sheet.suggestions if line.suggested}
        assert told == {name: number for name, number in agreed.items() if number}
        order = room.wrap_ups.read_back(visit_id).order
        assert order is not None
        assert order.totals.quantity == sum(number or 0 for number in agreed.values())

    def test_a_stock_counted_later_is_offered(
        self, driver: AdviceDriver, database: Database, room: WrapUpRoom, visit_id: UUID
    ) -> None:
        driver.go_to_advice()
        driver.use()
        with database.read() as session:
            product = session.scalars(select(Product.id).where(Product.name == "雅韵(硬)")).one()
        room.visits.record_stock(visit_id, product, on_hand=8)
        driver.go_to_advice()
        driver.wait_for_text_of_notice("What was agreed stays")
        driver.flush()
        assert (advice_rows(database)["雅韵(硬)"].on_hand, _agreed(database)["雅韵(硬)"]) == (2, 14)
        _press(driver)
        driver.flush()
        assert (advice_rows(database)["雅韵(硬)"].on_hand, _agreed(database)["雅韵(硬)"]) == (8, 8)

    def test_a_wish_asked_for_later_is_shown_and_not_written(self, driver: AdviceDriver, database: Database) -> None:
        driver.go_to_advice()
        driver.use()
        agreed = _agreed(database)
        driver.go_to_advice()
        driver.wait_until_quiet()
        driver.type_wish("wishTotal", "9")
        driver.wait_for_total(9)
        driver.flush()
        assert _agreed(database) == agreed
        assert "What was agreed stays until you use it" in driver.advice_message
        driver.use()
        assert sum(number or 0 for number in _agreed(database).values()) == 9

    def test_a_typed_number_that_passes_the_limit_and_the_budget_is_said(self, driver: AdviceDriver) -> None:
        driver.go_to_advice()
        driver.type_wish("wishTotal", "9")
        driver.wait_for_total(9)
        driver.type_wish("wishBudget", "500")
        driver.wait_for_wish(Wish(total=9, budget=50_000))
        assert driver.text_of("wishPassed") == ""
        driver.stand_on("雅韵(硬)")
        driver.keys("100")
        driver.enter()
        said = driver.text_of("wishPassed")
        assert "above the limit" in said
        assert "above the budget" in said


class TestLearning(AdviceFixtures):
    @pytest.fixture
    def learnt(self, room: WrapUpRoom, database: Database, monkeypatch: pytest.MonkeyPatch) -> Event:
        """Learning takes until this event."""
        learnt = Event()

        def learn() -> bool:
            learnt.wait(20)
            _learn_otherwise(database)
            return True

        monkeypatch.setattr(room.guidance, "learn", learn)
        return learnt

    def test_nothing_is_suggested_before_the_territory_was_learnt(self, driver: AdviceDriver, learnt: Event) -> None:
        driver.page.model.go(Step.ADVICE)
        driver.wait_for_text_of_notice("Learning from the orders of the territory")
        assert driver.names == []
        learnt.set()
        driver._qtbot.waitUntil(lambda: driver.names != [])
        before = [driver.suggestion(name) for name in driver.names]
        driver.page.step_widget(Step.ADVICE).shown()
        driver.wait_until_quiet()
        assert [driver.suggestion(name) for name in driver.names] == before

    def test_who_does_not_wait_is_told_that_the_numbers_may_change(self, driver: AdviceDriver, learnt: Event) -> None:
        driver.page.model.go(Step.ADVICE)
        driver.wait_for_text_of_notice("Learning from the orders of the territory")
        _press(driver)
        driver._qtbot.waitUntil(lambda: driver.names != [])
        driver.wait_for_text_of_notice("Nothing is learnt from the territory yet")
        learnt.set()


class TestTyping(AdviceFixtures):
    @pytest.mark.parametrize("end", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
    def test_too_much_leaves_the_number_of_before(self, driver: AdviceDriver, database: Database, end: Qt.Key) -> None:
        driver.go_to_advice()
        driver.stand_on("金穗(软)")
        driver.keys("4")
        driver.enter()
        driver.stand_on("金穗(软)")
        driver.keys("20")
        assert "no more than 5" in driver.text_of("adviceProblem")
        driver.press_key(end)
        driver.flush()
        assert advice_rows(database)["金穗(软)"].agreed == 4

    def test_digits_go_on_while_a_late_answer_comes(self, driver: AdviceDriver, database: Database) -> None:
        driver.go_to_advice()
        driver.stand_on("雅韵(硬)")
        driver.keys("4")
        advice = driver.advice.advice
        assert advice is not None
        driver.advice.show_advice(advice)
        driver.keys("5")
        driver.advice.set_filter(None, only_suggested=True)
        assert isinstance(driver.focused, QLineEdit)
        driver.keys("6")
        QTest.keyClick(driver.focused, Qt.Key.Key_Return)
        driver.flush()
        assert advice_rows(database)["雅韵(硬)"].agreed == 456
