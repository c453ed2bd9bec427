"""The improvement plan under the fingers of a person: what to raise, by which measures, and what became of plans."""

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.domain.text import Language
from app.domain.visit import Step, StepState
from app.models.visit import DiagnosisRating
from app.runtime.clock import Clock
from app.runtime.paths import DataFolder
from app.services.visit_rows import Values, rating_row
from app.storage.database import Database
from app.storage.photo_files import PhotoFiles
from app.ui.background.task_runner import TaskRunner
from app.ui.look.translations import Translations
from app.ui.pages.visit.improvement_entry import EntryKind
from app.ui.widgets.empty_state import EmptyState
from tests.ui.judging_driver import BEFORE, JudgingDriver, plan_at_the_last_visit, rate_the_last_visit
from tests.ui.visit_page_driver import DAY, VisitRoom, a_shop_with_a_visit

if TYPE_CHECKING:
    from app.domain.playbook import Playbook


@pytest.fixture
def room(database: Database, clock: Clock, playbook: "Playbook", data_folder: DataFolder, key: bytes) -> VisitRoom:
    return VisitRoom.over(database, clock, playbook, PhotoFiles(data_folder.photos, key))


@pytest.fixture
def visit_id(database: Database) -> UUID:
    """A visit with three items judged today; the shop has an open plan for D01 from the visit before."""
    visit = a_shop_with_a_visit(database)
    rate_the_last_visit(database, "B.C.......B...")
    with database.deliver(source="visit") as session:
        for item, state in (("D01", "B"), ("D03", "C"), ("D09", "B"), ("D14", "C"), ("D02", "A")):
            session.add(DiagnosisRating(visit_id=visit, item=item, state=state, k1=state))
    return visit


@pytest.fixture
def page(qtbot: QtBot, room: VisitRoom, tasks: TaskRunner, visit_id: UUID) -> JudgingDriver:
    driver = JudgingDriver(qtbot, room, tasks)
    driver.begin(visit_id, Step.IMPROVEMENT)
    return driver


def own_plan(page: JudgingDriver, visit_id: UUID, item: str) -> Values:
    found = [row for row in page.plans(visit_id) if row["item"] == item and row["visit_id"] == visit_id]
    assert len(found) == 1
    return found[0]


def test_earlier_plans_come_first_then_items_of_today_then_those_of_before(page: JudgingDriver) -> None:
    earlier = page.entries[0]
    assert page.earlier_row(UUID(earlier)).name.text() == "Display fixtures"
    assert page.entries[1:] == ["D03", "D09", "D14", "D11"]


def test_items_worth_a_plan_say_why(page: JudgingDriver) -> None:
    assert page.plan_row("D03").chip_texts == ["worth a plan"]
    assert page.plan_row("D03").text.text() == "C already on 04-13: it did not move by itself."
    assert page.plan_row("D09").chip_texts == []


def test_only_better_states_can_be_aimed_at(page: JudgingDriver) -> None:
    page.enter("D09")
    page.press(Qt.Key.Key_B)
    assert page.plan_row("D09").choice.value is None
    page.press(Qt.Key.Key_A)
    assert page.plan_row("D09").choice.value == "A"


def test_a_target_makes_a_plan_that_misses_its_measures(page: JudgingDriver, visit_id: UUID) -> None:
    page.enter("D03")
    page.press(Qt.Key.Key_B)
    assert page.plan_row("D03").problem_text == "Choose at least one measure."
    assert page.plan_row("D03").chip_texts == ["incomplete"]
    assert page.improvement.progress().open_fields == ("D03",)
    page.tick("D03-2")
    assert page.plan_row("D03").problem_text == ""
    assert page.improvement.progress().open_fields == ()
    plan = own_plan(page, visit_id, "D03")
    assert (plan["current_state"], plan["target_state"], plan["measures"]) == ("C", "B", ("D03-2",))
    assert (plan["due_on"], plan["support_requested"]) == (DAY + timedelta(days=30), False)


def test_a_measure_ticked_first_aims_at_the_nearest_state(page: JudgingDriver, visit_id: UUID) -> None:
    page.enter("D03")
    page.tick("D03-3")
    page.tick("D03-1")
    assert page.plan_row("D03").choice.value == "B"
    assert own_plan(page, visit_id, "D03")["measures"] == ("D03-1", "D03-3")


def test_a_measure_for_head_office_is_a_support_request(page: JudgingDriver, visit_id: UUID) -> None:
    page.enter("D14")
    page.tick("D14-2")
    assert page.plan_row("D14").chip_texts == ["⇧ support", "after approval"]
    assert own_plan(page, visit_id, "D14")["support_requested"] is True
    page.tick("D14-2")
    assert own_plan(page, visit_id, "D14")["support_requested"] is False


def test_help_of_head_office_is_asked_only_where_the_manager_says_so(page: JudgingDriver, visit_id: UUID) -> None:
    page.enter("D09")
    page.tick("D09-1")
    assert own_plan(page, visit_id, "D09")["support_requested"] is False
    page.click("helpD09-1")
    assert own_plan(page, visit_id, "D09")["support_requested"] is True
    assert page.plan_row("D09").chip_texts == ["⇧ support"]


def test_a_dropped_plan_is_gone_and_comes_back_by_undo(page: JudgingDriver, visit_id: UUID) -> None:
    page.enter("D03")
    page.tick("D03-1")
    page.click("dropD03")
    assert page.plan_row("D03").choice.value is None
    assert [row["item"] for row in page.plans(visit_id)] == ["D01"]
    page.page.model.draft.undo()
    assert page.plan_row("D03").choice.value == "B"
    assert own_plan(page, visit_id, "D03")["measures"] == ("D03-1",)


def test_the_day_is_typed_as_people_write_it(page: JudgingDriver, visit_id: UUID) -> None:
    page.enter("D03")
    page.tick("D03-1")
    due = page.plan_row("D03").due
    due.setFocus()
    due.selectAll()
    page.type("5-20")
    assert own_plan(page, visit_id, "D03")["due_on"] == DAY.replace(month=5, day=20)


def test_what_was_done_can_be_composed_in_chinese(page: JudgingDriver, visit_id: UUID) -> None:
    page.enter("D03")
    page.tick("D03-1")
    page.plan_row("D03").done_note.setFocus()
    page.compose("y", "yi", commit="已")
    page.compose("h", "huan", commit="换两个品规")
    assert page.plan_row("D03").done_note.toPlainText() == "已换两个品规"
    assert own_plan(page, visit_id, "D03")["actions_done"] == "已换两个品规"


def test_an_item_judged_anew_moves_its_plan_along(page: JudgingDriver, visit_id: UUID) -> None:
    page.enter("D03")
    page.tick("D03-1")
    page.press_target("D03", Qt.Key.Key_A)
    page.page.model.draft.set(rating_row("D03"), state="B")
    page.go(Step.DIAGNOSIS)
    page.go(Step.IMPROVEMENT)
    assert own_plan(page, visit_id, "D03")["current_state"] == "B"
    assert page.plan_row("D03").problem_text == ""


def test_a_target_that_is_no_better_any_more_is_refused_at_its_field(page: JudgingDriver) -> None:
    page.enter("D03")
    page.tick("D03-1")
    page.page.model.draft.set(rating_row("D03"), state="B")
    page.go(Step.DIAGNOSIS)
    page.go(Step.IMPROVEMENT)
    assert page.plan_row("D03").problem_text == "The target must be better than the present state."
    assert page.improvement.progress().open_fields == ("D03",)
    page.press_target("D03", Qt.Key.Key_A)
    assert page.plan_row("D03").problem_text == ""


def test_the_panel_tells_what_has_to_be_seen_for_the_target(page: JudgingDriver) -> None:
    page.enter("D03")
    assert page.improvement.side.accessibleName() == "Assortment"
    page.wait_for_standard("Width: 15 to 30 % away")
    page.press(Qt.Key.Key_A)
    page.wait_for_standard("Width: Within 15 % of the target width")


def test_a_reached_plan_is_assessed_with_one_key(page: JudgingDriver, visit_id: UUID) -> None:
    plan = UUID(page.entries[0])
    row = page.earlier_row(plan)
    assert (row.text.text(), row.chip_texts) == ("Judged B today: target met", [])
    page.enter(str(plan))
    page.press(Qt.Key.Key_Y)
    saved = next(row for row in page.plans(visit_id) if row["visit_id"] != visit_id)
    assert saved["self_reached"] is True
    assert saved["assessed_at"] is not None


def test_a_plan_not_reached_needs_its_cause_in_words(page: JudgingDriver, visit_id: UUID) -> None:
    plan = UUID(page.entries[0])
    page.enter(str(plan))
    page.press(Qt.Key.Key_N)
    row = page.earlier_row(plan)
    assert row.problem_text == "Not reached: say where the cause lies, and write it down."
    assert str(plan) in page.improvement.progress().open_fields
    row.cause.setFocus()
    page.press(Qt.Key.Key_2)
    assert row.problem_text != ""
    row.cause_note.setFocus()
    page.compose("h", "huo", commit="货源不足")
    assert row.problem_text == ""
    assert row.chip_texts == []
    saved = next(row for row in page.plans(visit_id) if row["visit_id"] != visit_id)
    assert (saved["self_reached"], saved["cause_kind"], saved["cause_note"]) == (False, "objective", "货源不足")


def test_a_cause_goes_when_the_plan_was_reached_after_all(page: JudgingDriver, visit_id: UUID) -> None:
    plan = UUID(page.entries[0])
    page.enter(str(plan))
    page.press(Qt.Key.Key_N)
    page.earlier_row(plan).cause_note.setFocus()
    page.type("too late")
    page.enter(str(plan))
    page.press(Qt.Key.Key_Y)
    saved = next(row for row in page.plans(visit_id) if row["visit_id"] != visit_id)
    assert (saved["self_reached"], saved["cause_note"]) == (True, None)


def test_an_item_with_an_open_plan_gets_no_second_one_before_it_is_assessed(page: JudgingDriver) -> None:
    assert "D01" not in page.entries
    page.enter(page.entries[0])
    page.press(Qt.Key.Key_N)
    page._qtbot.waitUntil(lambda: "D01" in page.entries)


def test_an_overdue_plan_is_asked_for_and_one_of_later_is_not(
    qtbot: QtBot, room: VisitRoom, tasks: TaskRunner, database: Database
) -> None:
    visit = a_shop_with_a_visit(database)
    late = plan_at_the_last_visit(database, "D13", "C", "B", due_on=DAY - timedelta(days=1), support_requested=True)
    driver = JudgingDriver(qtbot, room, tasks)
    driver.begin(visit, Step.IMPROVEMENT)
    assert driver.improvement.progress().open_fields == (str(late), "judge")
    assert driver.earlier_row(late).chip_texts == ["overdue", "⇧ support"]
    assert driver.earlier_row(late).text.text() == "Not judged today"
    assert f"Agreed on {BEFORE.isoformat()}" in driver.earlier_row(late)._measures.text()


def test_an_assessment_can_still_be_mended_after_the_program_was_closed(
    page: JudgingDriver, qtbot: QtBot, room: VisitRoom, tasks: TaskRunner, visit_id: UUID
) -> None:
    plan = UUID(page.entries[0])
    page.enter(str(plan))
    page.press(Qt.Key.Key_N)
    page.flush()
    again = JudgingDriver(qtbot, room, tasks)
    again.begin(visit_id, Step.IMPROVEMENT)
    assert again.earlier_row(plan).choice.value == "no"
    assert again.earlier_row(plan).problem_text != ""


def test_without_anything_to_plan_the_step_says_so(
    qtbot: QtBot, room: VisitRoom, tasks: TaskRunner, database: Database
) -> None:
    visit = a_shop_with_a_visit(database)
    driver = JudgingDriver(qtbot, room, tasks)
    driver.begin(visit, Step.IMPROVEMENT)
    driver.enter(driver.entries[0])
    assert driver.find(EmptyState, "nothingToPlan").isHidden()
    driver.remove_earlier_plans(database)
    fresh = JudgingDriver(qtbot, room, tasks)
    fresh.begin(visit, Step.IMPROVEMENT)
    assert fresh.find(EmptyState, "nothingToPlan").isVisible()
    assert fresh.improvement.progress().state is StepState.UNTOUCHED  # nothing was judged yet


def test_the_step_stays_open_until_an_item_of_b_or_c_got_a_plan(page: JudgingDriver) -> None:
    page.page.model.draft.set(page.earlier_key(page.entries[0]), self_reached=True)
    item = next(entry.id for entry in page.improvement._entries() if entry.kind is EntryKind.TODAY)
    assert page.improvement.progress().open_fields == (item,)
    page.press_target(item, Qt.Key.Key_A)
    page.tick(page.plan_row(item).measures[0].measure.code)
    assert page.improvement.progress().open_fields == ()


def test_arrows_walk_through_the_lines(page: JudgingDriver) -> None:
    page.enter(page.entries[0])
    for _ in page.entries[1:]:
        page.press(Qt.Key.Key_Down)
    assert page.improvement._current == "D11"
    page.press(Qt.Key.Key_Down)
    assert page.focused is page.improvement.next_button


def test_the_plan_is_worded_in_chinese_when_the_language_changes(
    page: JudgingDriver, translations: Translations, qtbot: QtBot
) -> None:
    page.enter("D14")
    translations.set_language(Language.ZH)
    qtbot.waitUntil(lambda: page.plan_row("D14").name.text() == "促销宣传")
    measure = page.plan_row("D14").measures[0]
    assert measure._law.text() == "合规审批后才可办"
    assert page.improvement.card.accessibleName() == "提升计划"
