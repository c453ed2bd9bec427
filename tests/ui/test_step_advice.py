"""The order guidance as a person uses it: read, type over, restore, use; and that nothing is ordered or lost."""

from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from app.domain.order_advice import Wish
from app.domain.text import Language
from app.domain.visit import Step, StepState
from app.models.trade import PurchaseOrder
from app.runtime.clock import Clock
from app.services.guidance import ENGINE
from app.storage.database import Database
from app.ui.background.task_runner import TaskRunner
from app.ui.look.translations import Translations
from app.ui.pages.visit.advice_table_model import AdviceColumn
from app.ui.widgets.message_bar import MessageBar
from tests.builders import a_customer, a_visit
from tests.ui.advice_driver import AdviceDriver
from tests.ui.advice_visit import a_visit_with_counts, advice_rows
from tests.ui.visit_page_driver import DAY
from tests.ui.wrap_up_room import WrapUpRoom

if TYPE_CHECKING:
    from app.domain.playbook import Playbook


@pytest.fixture
def visit_id(database: Database) -> UUID:
    return a_visit_with_counts(database)


@pytest.fixture
def room(database: Database, clock: Clock, playbook: "Playbook") -> WrapUpRoom:
    return WrapUpRoom.over(database, clock, playbook)


@pytest.fixture
def driver(qtbot: QtBot, room: WrapUpRoom, tasks: TaskRunner, visit_id: UUID) -> AdviceDriver:
    driver = AdviceDriver(qtbot, room.make_page(tasks), tasks)
    driver.show()
    driver.open(visit_id)
    driver.go_to_advice()
    return driver


def test_what_may_run_out_comes_first_with_its_hint(driver: AdviceDriver) -> None:
    assert driver.names[:2] == ["雅韵(硬)", "金穗(软)"]
    assert driver.hint("雅韵(硬)") == ["Stock-out risk"]
    assert driver.hint("金穗(软)") == ["Out of stock"]
    assert driver.hint("大河(硬)")[0].startswith("Lasts 3.3 weeks")


def test_a_stock_that_nobody_counted_is_said_and_never_zero(driver: AdviceDriver) -> None:
    unknown = driver.shown("编外品规1", AdviceColumn.ON_HAND)
    assert (unknown.text, unknown.second) == ("—", "no count")
    assert driver.advice_message == "3 SKUs not counted: their stock is presumed."
    estimated = driver.shown("晨光(爆珠)", AdviceColumn.ON_HAND)
    assert (estimated.text, estimated.second) == ("≈3", "16 d ago")
    counted = driver.shown("云岭(细支)", AdviceColumn.ON_HAND)
    assert (counted.text, counted.second) == ("3", "")


def test_an_allowed_quantity_is_shown_only_where_there_is_one(driver: AdviceDriver) -> None:
    assert driver.shown("金穗(软)", AdviceColumn.ALLOWED).text == "5"
    assert driver.shown("雅韵(硬)", AdviceColumn.ALLOWED).text == "—"
    assert driver.suggestion("金穗(软)") == "5"


def test_the_page_says_that_nothing_is_ordered(driver: AdviceDriver, database: Database) -> None:
    assert any("a suggestion, nothing is ordered here" in words for words in driver.words_shown(Step.ADVICE))
    with database.read() as session:
        before = session.scalar(select(func.count()).select_from(PurchaseOrder))
    driver.use()
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(PurchaseOrder)) == before


def test_the_sum_beside_the_table_adds_up_as_it_is_shown(driver: AdviceDriver) -> None:
    driver.stand_on("雅韵(硬)")
    assert driver.why_title == "Why 14 ctn?"
    terms = driver.sum
    assert terms[-1] == ("Suggestion", "14")
    amounts = [float(text.replace("−", "-").replace(" ", "")) for _, text in terms[:-1]]
    assert sum(amounts) == pytest.approx(14, abs=1e-9)


def test_the_chance_to_run_out_and_the_rule_of_the_trade_stand_beside(driver: AdviceDriver) -> None:
    driver.stand_on("雅韵(硬)")
    said = driver.text_of("whyChances")
    assert said.startswith(
        "It may be gone before the goods come. Chance to run out between this delivery and the next on day 9: "
    )
    assert "With the last order's" in said
    assert "safety stock 12.6 (F29), suggestion 11 (F30)" in driver.text_of("whyTradeRule")
    driver.stand_on("金穗(软)")
    assert "The limit costs about " in driver.text_of("whyChances")


def test_another_service_level_changes_every_suggestion_and_comes_back(driver: AdviceDriver) -> None:
    before = {name: driver.suggestion(name) for name in driver.names}
    driver.choose_service(98)
    driver.wait_for_suggestion("雅韵(硬)", lambda number: number > int(before["雅韵(硬)"]))
    assert all(int(driver.suggestion(name)) >= int(number) for name, number in before.items())
    assert ("Safety stock (98%)", driver.sum[2][1]) == driver.sum[2]
    driver.toggle("wishUsual")
    driver.wait_for_suggestion("雅韵(硬)", lambda number: number == int(before["雅韵(硬)"]))
    assert {name: driver.suggestion(name) for name in driver.names} == before


def test_a_limit_in_all_is_met_to_the_last(driver: AdviceDriver) -> None:
    driver.type_wish("wishTotal", "9")
    driver.wait_for_total(9)
    assert driver.text_of("adviceTotal").startswith("Total 9 ctn")


def test_a_wish_is_taken_back_and_done_again_by_the_keys(driver: AdviceDriver) -> None:
    before = driver.text_of("adviceTotal")
    driver.choose_service(98)
    driver.wait_for_suggestion("雅韵(硬)", lambda number: number > 0)
    driver.type_wish("wishTotal", "9")
    driver.wait_for_total(9)
    driver.guide.setFocus()
    driver.undo()
    driver.wait_for_wish(Wish(service=0.98))
    driver.undo()
    driver.wait_for_wish(Wish())
    assert driver.text_of("adviceTotal") == before
    driver.redo()
    driver.redo()
    driver.wait_for_total(9)
    driver.toggle("wishUsual")
    driver.wait_for_wish(Wish())
    driver.undo()
    driver.wait_for_total(9)


def test_the_past_error_is_that_of_the_forecast_shown(driver: AdviceDriver, room: WrapUpRoom) -> None:
    driver.wait_for_text("pastError", "were off by")
    advice = driver.advice.advice
    assert advice is not None
    driver.stand_on("雅韵(硬)")
    line = next(sku.line for sku in advice.skus if sku.full_name == "雅韵(硬)")
    share = room.guidance.records(advice)[line.product].error_share
    assert share is not None
    assert f"{share:.0%}" in driver.text_of("pastError")


def test_a_budget_is_not_passed(driver: AdviceDriver) -> None:
    driver.type_wish("wishBudget", "500")
    driver.wait_for_total(None)
    assert driver.advice.advice is not None
    assert 0 < (driver.advice.advice.totals.amount or 0) <= 50_000


def test_a_wish_that_is_no_number_is_said_and_changes_nothing(driver: AdviceDriver) -> None:
    before = driver.text_of("adviceTotal")
    driver.type_wish("wishTotal", "x")
    assert "no whole number" in driver.text_of("adviceProblem")
    driver.wait_until_quiet()
    assert driver.text_of("adviceTotal") == before


def test_the_cap_is_a_term_of_the_sum(driver: AdviceDriver) -> None:
    driver.stand_on("金穗(软)")
    assert ("Allowed limit", "− 6.0") in driver.sum
    assert driver.sum[-1] == ("Suggestion", "5")


def test_digits_go_into_the_number_enter_goes_down(driver: AdviceDriver, database: Database) -> None:
    driver.stand_on("雅韵(硬)", AdviceColumn.SKU)
    driver.keys("12")
    driver.enter()
    assert driver.current == "金穗(软)"
    assert driver.suggestion("雅韵(硬)") == "12"
    assert driver.hint("雅韵(硬)") == ["Suggested: 14"]
    driver.flush()
    row = advice_rows(database)["雅韵(硬)"]
    assert (row.suggested, row.agreed, row.on_hand, row.engine) == (14, 12, 2, ENGINE)


def test_each_key_is_kept_before_the_cell_is_left(driver: AdviceDriver, database: Database) -> None:
    driver.stand_on("雅韵(硬)")
    driver.keys("7")
    driver.wait_until_saved()
    assert advice_rows(database)["雅韵(硬)"].agreed == 7


def test_full_width_digits_are_digits(driver: AdviceDriver) -> None:
    driver.stand_on("雅韵(硬)")
    driver.advice.setData(driver.guide.currentIndex(), "１２")
    assert driver.suggestion("雅韵(硬)") == "12"


def test_escape_brings_the_number_of_before_back(driver: AdviceDriver, database: Database) -> None:
    driver.stand_on("雅韵(硬)")
    driver.keys("33")
    driver.press_key(Qt.Key.Key_Escape)
    assert driver.suggestion("雅韵(硬)") == "14"
    driver.flush()
    assert advice_rows(database)["雅韵(硬)"].agreed is None


def test_equals_restores_the_suggestion(driver: AdviceDriver) -> None:
    driver.stand_on("雅韵(硬)")
    driver.keys("3")
    driver.enter()
    driver.stand_on("雅韵(硬)")
    driver.keys("=")
    assert (driver.suggestion("雅韵(硬)"), driver.hint("雅韵(硬)")) == ("14", ["Stock-out risk"])


def test_what_is_no_number_stays_on_the_screen_marked_and_is_not_kept(driver: AdviceDriver, database: Database) -> None:
    driver.stand_on("雅韵(硬)")
    driver.keys("1x")
    assert "no whole number" in driver.text_of("adviceProblem")
    driver.enter()
    assert driver.suggestion("雅韵(硬)") == "1x"
    driver.flush()
    assert advice_rows(database)["雅韵(硬)"].agreed is None


def test_more_than_is_allowed_is_refused_in_words(driver: AdviceDriver, database: Database) -> None:
    driver.stand_on("金穗(软)")
    driver.keys("9")
    assert "no more than 5" in driver.text_of("adviceProblem")
    driver.flush()
    assert "金穗(软)" not in advice_rows(database)


def test_one_undo_takes_the_whole_typed_number_back(driver: AdviceDriver) -> None:
    first, second = driver.names[:2]
    before = driver.suggestion(first)
    driver.stand_on(first)
    driver.keys("99")
    driver.enter()
    driver.stand_on(second)
    driver.keys("x")
    driver.enter()
    driver.undo()
    assert driver.suggestion(first) == before


def test_the_sums_follow_every_change(driver: AdviceDriver) -> None:
    before = driver.text_of("adviceTotal")
    driver.stand_on("雅韵(硬)")
    driver.keys("0")
    driver.enter()
    assert driver.text_of("adviceTotal") != before
    driver.toggle("restoreSuggestions")
    assert driver.text_of("adviceTotal") == before
    assert driver.text_of("adviceTotal").startswith("Total ")


def test_use_puts_the_whole_guidance_on_record_at_once(driver: AdviceDriver, database: Database) -> None:
    assert driver.page.step_widget(Step.ADVICE).progress().state is StepState.UNTOUCHED
    driver.use()
    rows = advice_rows(database)
    assert set(rows) == set(driver.names)
    assert {row.agreed for row in rows.values()} == {None}
    assert (rows["金穗(软)"].allowed, rows["金穗(软)"].suggested, rows["金穗(软)"].on_hand) == (5, 5, 0)
    assert rows["红枫(硬)"].engine == ENGINE
    assert driver.page.step_widget(Step.ADVICE).progress().state is StepState.COMPLETE


def test_a_first_typed_number_puts_the_other_suggestions_on_record_too(
    driver: AdviceDriver, database: Database
) -> None:
    driver.stand_on("雅韵(硬)")
    driver.keys("4")
    driver.flush()
    rows = advice_rows(database)
    assert set(rows) == set(driver.names)
    assert [name for name, row in rows.items() if row.agreed is not None] == ["雅韵(硬)"]


def test_undo_takes_back_the_typed_number_and_nothing_else(driver: AdviceDriver, database: Database) -> None:
    driver.stand_on("雅韵(硬)")
    driver.keys("4")
    driver.enter()
    driver.undo()
    assert driver.suggestion("雅韵(硬)") == "14"
    driver.flush()
    assert advice_rows(database)["雅韵(硬)"].agreed is None
    assert set(advice_rows(database)) == set(driver.names)


def test_the_chips_filter_and_count(driver: AdviceDriver) -> None:
    everything = driver.names
    driver.toggle("chip_risk")
    at_risk = driver.names
    assert "雅韵(硬)" in at_risk
    assert "大河(硬)" not in at_risk
    driver.toggle("chip_risk")
    assert driver.names == everything
    driver.toggle("onlySuggested")
    assert "大河(硬)" not in driver.names
    assert all(int(driver.suggestion(name)) > 0 for name in driver.names)


def test_count_now_leads_to_the_stock_step(driver: AdviceDriver) -> None:
    driver.find(MessageBar, "adviceMessage").action_requested.emit()
    driver.wait_for_step(Step.STOCK)


def test_an_ended_visit_shows_the_numbers_and_takes_no_more(
    driver: AdviceDriver, room: WrapUpRoom, visit_id: UUID, database: Database
) -> None:
    driver.stand_on("雅韵(硬)")
    driver.keys("4")
    driver.flush()
    driver.page.model.finish()
    driver.wait_until_quiet()
    driver.wait_for_message("This visit has ended.")
    driver.go_to_advice()
    driver.stand_on("雅韵(硬)")
    driver.keys("7")
    assert driver.suggestion("雅韵(硬)") == "4"
    driver.flush()
    assert advice_rows(database)["雅韵(硬)"].agreed == 4
    assert room.visits.head(visit_id).status.ended


def test_another_visit_begins_without_the_numbers_of_this_one(driver: AdviceDriver, database: Database) -> None:
    driver.use()
    with database.write() as session:
        other = a_visit(session, a_customer(session, "C2", "空店"), DAY, "planned").id
    driver.open(other)
    driver.go_to_advice()
    driver.wait_until_quiet()
    assert driver.advice.advice is not None
    assert driver.advice.advice.visit_id == other
    assert driver.names == []
    assert driver.page.step_widget(Step.ADVICE).progress().state is StepState.COMPLETE


def test_the_step_speaks_chinese(driver: AdviceDriver, translations: Translations) -> None:
    translations.set_language(Language.ZH)
    driver.wait_for_why("为什么建议订 14 条？")
    assert driver.hint("雅韵(硬)") == ["断货风险"]
    assert driver.text_of("adviceTotal").startswith("合计 ")
    headers = [driver.advice.headerData(column, Qt.Orientation.Horizontal) for column in AdviceColumn]
    assert headers == ["品规", "近 12 周", "现存", "预测周销", "安全库存", "可订量", "建议订", "提示"]


def test_the_model_keeps_the_rules_of_qt(driver: AdviceDriver, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(driver.advice)
