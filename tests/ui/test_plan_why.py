"""Why a visit is on its day, on the page: by Space, for the visit looked at; other days are tried before one is taken.

A shop without a day is asked about, dragged to a day and put on one in the same way.
"""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.domain.planning.setup import PlanSetup
from app.domain.playbook import Playbook
from app.models.exchange import Task
from app.storage.database import Database
from app.ui.background.task_runner import TaskRunner
from app.ui.look.theme import current_theme
from app.ui.pages.plan import health_panel
from app.ui.pages.plan.dragging import Grip
from app.ui.pages.plan.plan_shown import Span, Spot
from tests.ui.plan_page_driver import TODAY, PlanDriver, visits_on
from tests.ui.today_page_driver import NAMES, some_shops

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support grabbing the keyboard")
A, B, C, D = NAMES[:4]


@pytest.fixture
def shops(database: Database) -> list[UUID]:
    made = some_shops(database)
    visits_on(database, made, 7, 7, 8, 10)
    return made


@pytest.fixture
def plan(qtbot: QtBot, database: Database, playbook: Playbook, tasks: TaskRunner, shops: list[UUID]) -> PlanDriver:
    assert len(shops) == 6
    return PlanDriver(qtbot, database, playbook, tasks)


@pytest.fixture
def short(plan: PlanDriver, shops: list[UUID]) -> PlanDriver:
    """A planned month in which not every visit has a day: six shops a week, and one shop a day."""
    plan.plans.save_setup(PlanSetup(stops=1))
    for shop in shops:
        plan.plans.set_cadence(shop, "V1", "a test")
    plan.plans.keep(plan.plans.make(TODAY, lambda _: None, lambda: False))
    assert plan.unplaced
    return plan


def test_space_says_why_a_visit_is_on_its_day_and_follows_the_arrows(plan: PlanDriver, shops: list[UUID]) -> None:
    plan.plans.set_cadence(shops[0], "V1", "new owner")
    plan.open()
    plan.choose(A)
    plan.press(Qt.Key.Key_Space)
    plan.wait_for_why("Why on 06-07 Tue")
    assert A in plan.why
    assert "new owner" in plan.why
    assert "The day has 2 of 25 shops" in plan.why
    plan.press(Qt.Key.Key_Down)
    plan.wait_for_why(B)
    plan.wait(lambda: "new owner" not in plan.why)
    plan.press(Qt.Key.Key_Escape)
    assert not plan.is_visible("planWhy")
    assert plan.is_visible("planHealth")


def test_another_day_is_tried_on_the_calendar_before_the_visit_is_put_there(plan: PlanDriver) -> None:
    plan.open()
    plan.choose(A)
    plan.press(Qt.Key.Key_Space)
    plan.wait_for_why("06-09 Thu")
    plan.look_at_choice("06-09")
    plan.wait(lambda: plan.model.effects.effect is not None)
    assert plan.stored(9) == []
    plan.take_choice("06-09")
    plan.rest()
    assert plan.stored(9) == [A]
    plan.wait_for_why("Why on 06-09 Thu")
    plan.press_ctrl(Qt.Key.Key_Z)
    plan.rest()
    assert plan.stored(7) == [A, B]


def test_a_fixed_visit_tells_so_and_is_offered_no_other_day(plan: PlanDriver) -> None:
    plan.open()
    plan.choose(A)
    plan.press_ctrl(Qt.Key.Key_B)
    plan.rest()
    plan.press(Qt.Key.Key_Space)
    plan.wait_for_why("Fixed on this day")
    assert "Where else it could be" not in plan.why


def test_in_a_narrow_window_why_takes_the_room_of_the_calendar_and_gives_it_back(plan: PlanDriver) -> None:
    plan.page.resize(current_theme().em(70), current_theme().em(50))
    plan.open()
    plan.choose(A)
    plan.press(Qt.Key.Key_Space)
    plan.wait_for_why("Why on 06-07 Tue")
    assert not plan.is_visible("planCard")
    plan.click("planWhyClose")
    assert plan.is_visible("planCard")


def test_a_shop_without_a_day_is_dragged_to_one_with_its_effect_shown_and_undone(short: PlanDriver) -> None:
    short.open(Span.WEEK)
    name = short.unplaced[0]
    drag = short.drag_unplaced(name, 9)
    assert drag.is_taken
    short.wait(lambda: short.model.effects.effect is not None)
    before = short.unplaced.count(name)
    drag.drop()
    assert name in short.names(9)
    short.rest()
    assert name in short.stored(9)
    assert short.unplaced.count(name) < before
    short.press_ctrl(Qt.Key.Key_Z)
    short.rest()
    assert name not in short.stored(9)
    assert short.unplaced.count(name) == before


def test_a_line_of_a_shop_without_a_day_is_taken_hold_of_by_mouse(
    short: PlanDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    held: list[Grip] = []
    monkeypatch.setattr(health_panel, "drag", lambda grip, _source: held.append(grip))
    short.open()
    short.pull_unplaced()
    short.wait(lambda: bool(held))
    view = short.model.health_view
    assert view is not None
    assert held == [Grip(view.unplaced[0].customer_id, is_shop=True)]


def test_with_the_keyboard_alone_a_shop_without_a_day_is_tried_and_put_on_the_day_looked_at(short: PlanDriver) -> None:
    short.open()
    name = short.unplaced[0]
    short.model.go_to(Spot(date(2022, 6, 9)))
    short.press_ctrl(Qt.Key.Key_M)
    short.wait(lambda: short.model.effects.effect is not None)
    assert short.model.effects.move is not None
    assert short.model.effects.move.is_shop
    short.press_focused(Qt.Key.Key_Space)
    short.rest()
    assert name in short.stored(9)
    assert short.board.hasFocus()


def test_a_visit_that_comes_too_late_is_moved_by_its_line_and_gets_no_second_one(
    plan: PlanDriver, database: Database, shops: list[UUID]
) -> None:
    with database.write() as session:
        at = datetime(2022, 6, 1, tzinfo=UTC)
        asked = {"assigned_by": "office", "assigned_at": at, "state": "assigned", "due_on": date(2022, 6, 9)}
        session.add(Task(manager="M1", customer_id=shops[0], title="look at the sign", **asked))
    plan.plans.keep(plan.plans.make(TODAY, lambda _: None, lambda: False))
    view = plan.plans.month(TODAY)
    visit = next(stop for day in view.days for stop in day.stops if stop.customer_id == shops[0])
    plan.plans.move(visit.visit_id, date(2022, 6, 17))
    assert A in plan.unplaced
    plan.open()
    plan.model.go_to(Spot(date(2022, 6, 8)))
    plan.click("unplacedPut")
    plan.rest()
    assert plan.names(8).count(A) == 1
    assert plan.names(17).count(A) == 0
    assert A not in plan.unplaced


def test_a_shop_without_a_day_tells_why_and_on_which_days_it_could_be(short: PlanDriver) -> None:
    short.open()
    name = short.unplaced[0]
    short.click("unplacedWhy")
    short.wait_for_why("Why it has no day")
    short.wait_for_why("Days it could go to")
    day = next(one.day for one in short.model.why.answer.choices)  # type: ignore[union-attr]
    short.take_choice(f"{day:%m-%d}")
    short.rest()
    assert name in short.stored(day.day)
    assert short.is_visible("planHealth")
