"""The plan page as a person uses it: drag and drop, keys, undo, a draft, days off, visits that are fixed."""

import threading
from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QRadioButton
from pytestqt.qtbot import QtBot

from app.domain.playbook import Playbook
from app.models.visit import Visit
from app.services.plan_values import PlanDraft
from app.storage.database import Database
from app.ui.background.task_runner import TaskRunner
from app.ui.pages.plan.plan_shown import Span, Spot
from tests.ui.plan_page_driver import TODAY, PlanDriver, visits_on
from tests.ui.today_page_driver import NAMES, some_shops

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support grabbing the keyboard")
A, B, C, D = NAMES[:4]


@pytest.fixture
def shops(database: Database) -> list[UUID]:
    """Six shops, four of them with a visit: two on Tuesday the 7th, one on Wednesday, one on Friday."""
    made = some_shops(database)
    visits_on(database, made, 7, 7, 8, 10)
    return made


@pytest.fixture
def plan(qtbot: QtBot, database: Database, playbook: Playbook, tasks: TaskRunner, shops: list[UUID]) -> PlanDriver:
    assert len(shops) == 6
    return PlanDriver(qtbot, database, playbook, tasks)


def test_a_visit_dropped_on_another_day_is_stored_there_and_can_be_taken_back(plan: PlanDriver) -> None:
    plan.open()
    plan.drag(A, 9).drop()
    assert plan.names(9) == [A]
    plan.rest()
    assert (plan.stored(7), plan.stored(9)) == ([B], [A])
    assert plan.said == f"{A} is planned on 06-09."
    plan.act_on_said()
    plan.rest()
    assert (plan.stored(7), plan.stored(9)) == ([A, B], [])
    assert plan.said == "Taken back."


def test_undo_and_redo_by_keys_go_through_several_deeds(plan: PlanDriver) -> None:
    plan.open()
    plan.drag(A, 9).drop()
    plan.rest()
    plan.drag(C, 10).drop()
    plan.rest()
    plan.press_ctrl(Qt.Key.Key_Z)
    plan.press_ctrl(Qt.Key.Key_Z)
    plan.rest()
    assert (plan.stored(7), plan.stored(8), plan.stored(9)) == ([A, B], [C], [])
    plan.press_ctrl(Qt.Key.Key_Y)
    plan.rest()
    assert (plan.stored(7), plan.stored(8), plan.stored(9)) == ([B], [C], [A])


def test_while_a_visit_is_held_over_a_day_its_effect_is_told_and_nothing_is_written(plan: PlanDriver) -> None:
    plan.open()
    drag = plan.drag(A, 10)
    assert drag.is_taken
    plan.wait(lambda: plan.model.effects.effect is not None)
    effect = plan.model.effects.effect
    assert effect is not None
    assert (effect.from_stops, effect.to_stops) == (1, 2)
    assert effect.on_order_day
    assert "Order day matches" in plan.spoken
    drag.leave()
    plan.rest()
    assert plan.model.effects.move is None
    assert plan.stored(7) == [A, B]


def test_the_past_takes_no_visit(plan: PlanDriver) -> None:
    plan.open()
    drag = plan.drag(A, 3)
    assert not drag.is_taken
    drag.drop()
    plan.rest()
    assert plan.stored(7) == [A, B]


def test_in_the_week_a_visit_dropped_between_two_others_gets_that_place(plan: PlanDriver) -> None:
    plan.open(Span.WEEK)
    plan.drag(C, 7, before=B).drop()
    plan.rest()
    assert plan.stored(7) == [A, C, B]


def test_within_a_day_the_order_is_changed_by_mouse_and_by_keys(plan: PlanDriver) -> None:
    plan.open(Span.WEEK)
    plan.drag(B, 7, before=A).drop()
    plan.rest()
    assert plan.stored(7) == [B, A]
    plan.choose(B)
    plan.press_alt(Qt.Key.Key_Down)
    plan.rest()
    assert plan.stored(7) == [A, B]


def test_alt_and_an_arrow_take_a_visit_to_the_next_working_day_over_the_weekend(plan: PlanDriver) -> None:
    plan.open()
    plan.choose(D)
    plan.press_alt(Qt.Key.Key_Right)
    plan.rest()
    assert plan.stored(13) == [D]
    plan.press_alt(Qt.Key.Key_Left)
    plan.rest()
    assert plan.stored(10) == [D]


def test_a_visit_that_was_cut_is_put_on_the_day_to_which_the_arrows_led(plan: PlanDriver) -> None:
    plan.open()
    plan.choose(C)
    plan.press_ctrl(Qt.Key.Key_X)
    assert plan.text("planHeld").startswith(C)
    plan.press(Qt.Key.Key_Right)
    plan.wait(lambda: plan.model.effects.effect is not None)
    plan.press_ctrl(Qt.Key.Key_V)
    plan.rest()
    assert plan.stored(9) == [C]
    assert not plan.is_visible("planHeld")


def test_escape_lets_go_of_what_was_cut(plan: PlanDriver) -> None:
    plan.open()
    plan.choose(C)
    plan.press_ctrl(Qt.Key.Key_X)
    plan.press(Qt.Key.Key_Escape)
    plan.press(Qt.Key.Key_Right)
    plan.press_ctrl(Qt.Key.Key_V)
    plan.rest()
    assert plan.stored(8) == [C]


def test_two_visits_change_places(plan: PlanDriver) -> None:
    plan.open()
    plan.choose(A)
    plan.menu("swap")
    plan.choose(D)
    plan.rest()
    assert (plan.stored(7), plan.stored(10)) == ([D, B], [A])


def test_a_fixed_visit_stays_until_it_is_freed(plan: PlanDriver) -> None:
    plan.open()
    plan.choose(A)
    plan.press_ctrl(Qt.Key.Key_B)
    plan.rest()
    plan.press_alt(Qt.Key.Key_Right)
    plan.rest()
    assert plan.stored(7) == [A, B]
    assert A in plan.said
    assert "locked" in plan.said
    assert "tomorrow" not in plan.offered()
    plan.press_ctrl(Qt.Key.Key_B)
    plan.rest()
    plan.press_ctrl(Qt.Key.Key_D)
    plan.rest()
    assert A in plan.stored(8)


def test_a_visit_taken_out_comes_back_by_undo(plan: PlanDriver) -> None:
    plan.open()
    plan.choose(A)
    plan.press(Qt.Key.Key_Delete)
    assert plan.names(7) == [B]
    plan.rest()
    assert plan.stored(7) == [B]
    plan.press_ctrl(Qt.Key.Key_Z)
    plan.rest()
    assert plan.stored(7) == [A, B]


def test_a_shop_nearby_is_dropped_into_the_day(plan: PlanDriver) -> None:
    plan.open(Span.WEEK)
    plan.choose(C)
    plan.press_ctrl(Qt.Key.Key_N)
    dialog = plan.dialog("nearbyDialog")
    plan.click_in(dialog, "nearbyPut")
    plan.rest()
    assert len(plan.stored(8)) == 2


def test_a_double_click_opens_the_customer_and_enter_on_a_stop_of_today_its_brief(
    plan: PlanDriver, database: Database, shops: list[UUID]
) -> None:
    visits_on(database, shops[4:], TODAY.day)
    plan.open(Span.WEEK)
    plan.open_by_mouse(A)
    assert plan.opened_customers == [shops[0]]
    plan.choose(NAMES[4])
    plan.press(Qt.Key.Key_Return)
    assert plan.opened_stops == [shops[4]]


def test_a_visit_of_a_day_behind_is_opened_to_be_entered_from_paper_and_none_of_a_day_ahead(
    plan: PlanDriver, database: Database, shops: list[UUID]
) -> None:
    missed = visits_on(database, shops[4:], 3)
    plan.open()
    plan.choose(NAMES[4])
    plan.menu("visit")
    assert plan.opened_visits == missed
    plan.choose(A)
    assert "visit" not in plan.offered()


def test_a_month_is_planned_as_a_draft_that_is_stored_only_when_it_is_kept(plan: PlanDriver) -> None:
    plan.open()
    before = [stop.visit_id for day in plan.plans.month(TODAY).days for stop in day.stops]
    plan.click("planMake")
    plan.wait(lambda: plan.is_visible("planDraft"))
    assert not plan.drag(A, 9).is_taken
    assert [stop.visit_id for day in plan.plans.month(TODAY).days for stop in day.stops] == before
    plan.click("planKeep")
    plan.rest()
    view = plan.plans.month(TODAY)
    assert view.is_planned
    assert sum(len(day.stops) for day in view.days) > len(before)
    assert plan.said == "The plan of the month is kept."
    plan.press_ctrl(Qt.Key.Key_Z)
    plan.rest()
    assert [stop.visit_id for day in plan.plans.month(TODAY).days for stop in day.stops] == before


def test_a_draft_can_be_thrown_away(plan: PlanDriver) -> None:
    plan.open()
    plan.click("planMake")
    plan.wait(lambda: plan.is_visible("planDraft"))
    plan.click("planDiscard")
    plan.rest()
    assert not plan.is_visible("planDraft")
    assert plan.names(7) == plan.stored(7) == [A, B]


def test_planning_that_is_stopped_leaves_the_plan_as_it_was(plan: PlanDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, original = threading.Event(), plan.plans.make

    def make(month: date, progress: Callable[[float], None], cancelled: Callable[[], bool]) -> PlanDraft:
        begun.set()
        while not cancelled():
            pass
        return original(month, progress, cancelled)

    monkeypatch.setattr(plan.plans, "make", make)
    plan.open()
    plan.click("planMake")
    plan.wait(begun.is_set)
    plan.click("planCancel")
    plan.wait(lambda: plan.said == "Planning was stopped; the plan is as it was.")
    assert plan.names(7) == [A, B]


def test_a_day_made_off_is_named_and_given_back_by_undo(plan: PlanDriver) -> None:
    plan.open()
    plan.choose_day(9)
    plan.menu("leave")
    plan.rest()
    plan.wait(lambda: "Leave" in plan.spoken)
    plan.press_ctrl(Qt.Key.Key_Z)
    plan.rest()
    plan.wait(lambda: "Leave" not in plan.spoken)


def test_a_visit_begun_meanwhile_is_not_moved_and_that_is_said(
    plan: PlanDriver, database: Database, shops: list[UUID]
) -> None:
    plan.open()
    with database.write() as session:
        visit = session.query(Visit).filter_by(customer_id=shops[0]).one()
        visit.status = "in_progress"  # type: ignore[assignment]
    plan.drag(A, 9).drop()
    plan.rest()
    assert plan.said
    assert plan.names(7) == [A, B]


def test_undoing_how_often_a_shop_is_visited_gives_back_what_was_chosen_before(
    plan: PlanDriver, shops: list[UUID]
) -> None:
    plan.plans.set_cadence(shops[0], "V2", "agreed in spring")
    plan.open()
    plan.choose(A)
    plan.menu("cadence")
    dialog = plan.dialog("cadenceDialog")
    plan.wait(lambda: "agreed in spring" in plan.text("cadenceDecided"))
    chosen = dialog.findChild(QRadioButton, "cadence_V2")
    assert chosen is not None
    assert chosen.isChecked()
    plan.click_in(dialog, "cadence_V1")
    plan.type_in(dialog, "cadenceReason", "new owner")
    plan.click_in(dialog, "cadenceKeep")
    plan.rest()
    plan.press_ctrl(Qt.Key.Key_Z)
    plan.rest()
    assert {stop.cadence for day in plan.model.days for stop in day.stops if stop.name == A} == {"V2"}


def test_the_day_looked_at_has_a_column_even_on_a_weekend(plan: PlanDriver) -> None:
    plan.open()
    assert plan.board.lay.cell_of(date(2022, 6, 11)) is None
    plan.model.go_to(Spot(date(2022, 6, 11)))
    assert plan.board.lay.cell_of(date(2022, 6, 11)) is not None


def test_how_often_a_shop_is_visited_needs_a_reason(plan: PlanDriver) -> None:
    plan.open()
    plan.choose(A)
    plan.menu("cadence")
    dialog = plan.dialog("cadenceDialog")
    plan.click_in(dialog, "cadence_V1")
    plan.type_in(dialog, "cadenceReason", "new owner")
    plan.click_in(dialog, "cadenceKeep")
    plan.rest()
    view = plan.plans.month(TODAY)
    assert {stop.cadence for day in view.days for stop in day.stops if stop.name == A} == {"V1"}


def test_the_set_up_is_kept_and_taken_back(plan: PlanDriver) -> None:
    plan.open()
    plan.click("planSetup")
    dialog = plan.dialog("setupDialog")
    plan.type_in(dialog, "setupStart", "C1")
    plan.click_in(dialog, "setupKeep")
    plan.rest()
    assert plan.plans.setup().start_name == B
    plan.press_ctrl(Qt.Key.Key_Z)
    plan.rest()
    assert plan.plans.setup().start_name == ""


def test_a_late_day_says_which_stops_do_not_fit(plan: PlanDriver, database: Database, shops: list[UUID]) -> None:
    visits_on(database, shops[4:], TODAY.day, TODAY.day)
    plan.open(Span.DAY)
    plan.click("planLateButton")
    plan.rest()
    assert plan.text("planLate").startswith("From ")
    before = plan.model.late_day.late
    plan.click("lateLater")
    plan.rest()
    after = plan.model.late_day.late
    assert before is not None
    assert after is not None
    assert timedelta(minutes=29) < after.now - before.now < timedelta(minutes=31)
