"""The wrap-up as a person uses it: read back, agree, next day, the customer's sheet, and the end of the visit."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from pytestqt.qtbot import QtBot
from sqlalchemy import delete, select

from app.domain.text import Language
from app.domain.visit import Step, VisitStatus
from app.models.trade import Product
from app.models.visit import AdviceLine, ImprovementPlan, Promise, ShelfCheck, StockCount, Visit
from app.reports.customer_pdf import customer_pdf_bytes
from app.runtime.clock import Clock
from app.services.visit_rows import SHELF_ROW
from app.storage.database import Database
from app.ui.background.task_runner import TaskRunner
from app.ui.look.translations import Translations
from app.ui.pages.visit.visit_view_model import Ending
from tests.builders import a_customer, a_visit
from tests.ui.visit_page_driver import DAY, a_shop_with_a_visit
from tests.ui.wrap_up_driver import WrapUpDriver
from tests.ui.wrap_up_room import OpenedFiles, WrapUpRoom

if TYPE_CHECKING:
    from app.domain.playbook import Playbook


@pytest.fixture
def visit_id(database: Database) -> UUID:
    """A visit under way: two SKUs counted, the sign on minors missing, a plan and an agreed order."""
    visit_id = a_shop_with_a_visit(database)
    with database.write() as session:
        visit = session.get_one(Visit, visit_id)
        visit.status, visit.started_at = "in_progress", Clock(DAY).now()
        products = list(session.scalars(select(Product).order_by(Product.no)))
        session.add(StockCount(visit_id=visit_id, product_id=products[0].id, on_hand=0, has_tag=True))
        session.add(StockCount(visit_id=visit_id, product_id=products[1].id, on_hand=9, has_tag=False))
        session.add(ShelfCheck(visit_id=visit_id, minors_sign=False, license_shown=True))
        session.add(AdviceLine(visit_id=visit_id, product_id=products[0].id, suggested=11, agreed=8))
        session.add(
            ImprovementPlan(
                customer_id=visit.customer_id,
                visit_id=visit_id,
                item="D13",
                current_state="C",
                target_state="B",
                measures=["D13-1"],
                due_on=DAY + timedelta(days=30),
            )
        )
    return visit_id


@pytest.fixture
def room(database: Database, clock: Clock, playbook: "Playbook") -> WrapUpRoom:
    return WrapUpRoom.over(database, clock, playbook)


@pytest.fixture
def driver(qtbot: QtBot, room: WrapUpRoom, tasks: TaskRunner, visit_id: UUID) -> WrapUpDriver:
    driver = WrapUpDriver(qtbot, room.make_page(tasks), tasks)
    driver.show()
    driver.open(visit_id)
    driver.go_to_wrap_up()
    return driver


@pytest.fixture
def opened() -> Iterator[OpenedFiles]:
    """Take files that would be opened in the viewer of the system."""
    files = OpenedFiles()
    QDesktopServices.setUrlHandler("file", files, "take")  # pyright: ignore[reportArgumentType]
    yield files
    QDesktopServices.unsetUrlHandler("file")


def _promises(database: Database) -> dict[str, Promise]:
    with database.read() as session:
        return {row.text: row for row in session.scalars(select(Promise).where(Promise.deleted_at.is_(None)))}


def _visit(database: Database, visit_id: UUID) -> Visit:
    with database.read() as session:
        return session.get_one(Visit, visit_id)


def test_the_read_back_says_what_was_found_and_agreed(driver: WrapUpDriver) -> None:
    assert driver.said("foundList") == ["2 SKUs counted", "雅韵(硬)", "金穗(软)", "Sign 'no sale to minors'"]
    order, plan = driver.said("agreedList")[0], driver.said("agreedList")[-1]
    assert order.startswith("1 SKUs, 8 ctn suggested for the next order")
    assert plan.startswith("Price marking: ")
    assert driver.promised == ["补齐 6 张价签"]


def test_a_new_step_is_on_disk_as_it_is_typed(driver: WrapUpDriver, database: Database) -> None:
    line = driver.begin_promise()
    assert driver.focused is driver.promise_text(line)
    driver.type("换灯管")
    driver.wait_until_saved()
    found = _promises(database)["换灯管"]
    assert (found.by_shop, found.due_on, found.done_on) == (True, DAY + timedelta(days=7), None)


def test_who_and_until_when_can_be_changed(driver: WrapUpDriver, database: Database) -> None:
    line = driver.begin_promise()
    driver.type("送新版价签")
    driver.write(driver.due(line), "5-20")
    driver.flush()
    found = _promises(database)["送新版价签"]
    assert found.due_on == date(2022, 5, 20)


def test_a_step_of_an_earlier_visit_is_ticked_off_and_stands_so_on_the_sheet(
    driver: WrapUpDriver, database: Database
) -> None:
    driver.tick(driver.promises[0])
    driver.flush()
    assert _promises(database)["补齐 6 张价签"].done_on == DAY
    driver.wait_for_step_on_sheet("补齐 6 张价签", "Done")


def test_a_step_that_was_never_worded_leaves_no_trace(driver: WrapUpDriver, database: Database) -> None:
    driver.begin_promise()
    driver.page.model.go(Step.ADVICE)
    driver.wait_for_step(Step.ADVICE)
    driver.flush()
    assert set(_promises(database)) == {"补齐 6 张价签"}


def test_a_step_that_was_thrown_away_comes_back_by_undo(driver: WrapUpDriver, database: Database) -> None:
    line = driver.begin_promise()
    driver.type("换灯管")
    driver.throw_away(line)
    assert driver.promised == ["补齐 6 张价签"]
    driver.undo()
    assert "换灯管" in driver.promised
    driver.flush()
    assert "换灯管" in _promises(database)


def test_chinese_is_composed_in_the_step_without_being_torn(driver: WrapUpDriver, database: Database) -> None:
    driver.begin_promise()
    driver.compose("n", "ni", "nihao", commit="你好")
    driver.type("2")
    driver.flush()
    assert "你好2" in _promises(database)


def test_notes_and_the_read_back_are_kept(driver: WrapUpDriver, database: Database, visit_id: UUID) -> None:
    driver.note("wrapNote")
    driver.type("ok")
    driver.note("needNote")
    driver.compose(commit="想多要两条云岭")
    driver.press_named("readBack")
    driver.flush()
    visit = _visit(database, visit_id)
    assert (visit.wrap_note, visit.need_note, visit.read_back) == ("ok", "想多要两条云岭", True)


def test_the_next_visit_is_suggested_and_taken_with_one_press(
    driver: WrapUpDriver, database: Database, visit_id: UUID
) -> None:
    driver.press_named("takeNextVisit")
    driver.flush()
    assert _visit(database, visit_id).next_visit_on == date(2022, 5, 6)
    assert driver.next_day.text() == "2022-05-06"
    assert not driver.is_shown("takeNextVisit")


def test_a_day_that_is_none_is_marked_and_not_kept(driver: WrapUpDriver, database: Database, visit_id: UUID) -> None:
    driver.write(driver.next_day, "13-45")
    driver.flush()
    assert _visit(database, visit_id).next_visit_on is None
    assert driver.next_day.property("problem") == "error"
    driver.write(driver.next_day, "6-3")
    driver.flush()
    assert _visit(database, visit_id).next_visit_on == date(2022, 6, 3)
    assert not driver.next_day.property("problem")


def test_an_open_point_leads_to_its_step(driver: WrapUpDriver, database: Database) -> None:
    with database.write() as session:
        for row in session.scalars(select(AdviceLine)):
            session.delete(row)
    driver.open(driver.page.model.draft.head.visit_id)
    driver.go_to_wrap_up()
    driver.jump_to(Step.ADVICE)


def test_the_sheet_in_the_app_is_the_one_that_is_saved(
    driver: WrapUpDriver, tmp_path: Path, room: WrapUpRoom, visit_id: UUID
) -> None:
    target = tmp_path / "小结.pdf"
    assert driver.save_as(target) == "老周食杂店 2022-04-29 Business summary.pdf"
    head = room.visits.head(visit_id)
    summary = room.summaries.summary(head.customer_id, language=Language.EN, visit_id=visit_id)
    assert target.read_bytes() == customer_pdf_bytes(summary)
    assert str(target) in driver.text_of("sheetMessage")


def test_a_file_that_cannot_be_written_is_said_and_nothing_is_left(driver: WrapUpDriver, tmp_path: Path) -> None:
    driver.save_as(tmp_path / "no such folder" / "a.pdf")
    assert driver.text_of("sheetMessage").startswith("The file could not be written")
    assert list(tmp_path.iterdir()) == [tmp_path / "data"]


def test_printing_opens_the_pdf_in_the_viewer_of_the_system(driver: WrapUpDriver, opened: OpenedFiles) -> None:
    driver.print_sheet()
    [url] = opened.urls
    assert Path(url.toLocalFile()).read_bytes().startswith(b"%PDF")
    assert driver.text_of("sheetMessage").startswith("Opened in the PDF viewer")


def test_the_sheet_is_shown_large_and_small_again(driver: WrapUpDriver) -> None:
    driver.press_named("enlargeSheet")
    assert driver.large.isVisible()
    assert driver.large.page_count == 2
    driver.press_named("enlargeSheet")
    assert not driver.large.isVisible()


def test_words_that_may_not_be_printed_are_told_to_the_manager(driver: WrapUpDriver) -> None:
    driver.begin_promise()
    driver.compose(commit="别再从其他渠道进货")
    driver.flush()
    driver.wait_for_withheld("别再从其他渠道进货")


def test_the_sheet_follows_the_language_shown(driver: WrapUpDriver, translations: Translations) -> None:
    translations.set_language(Language.ZH)
    driver.wait_for_sheet_language(Language.ZH)
    assert driver.panel.sheet is not None
    assert driver.panel.sheet.summary.unit.one == "条"


def test_finishing_says_what_is_saved_and_what_waits(driver: WrapUpDriver, database: Database, visit_id: UUID) -> None:
    driver.finish()
    assert _visit(database, visit_id).status == VisitStatus.DONE
    assert driver.text_of("endedHeading") == "The visit is done, everything is saved on this computer."
    assert "2 SKUs counted" in driver.said("keptRecords")
    waiting = driver.text_of("waitingToSend")
    assert "Waiting: " in waiting
    assert "Nothing counts as delivered" in waiting
    assert not driver.is_shown("finishVisit")


def test_after_the_end_today_or_the_next_shop_is_one_press_away(
    driver: WrapUpDriver, database: Database, qtbot: QtBot
) -> None:
    with database.write() as session:
        other = a_visit(session, a_customer(session, "C2", "城南超市"), DAY, "planned", seq=2).id
    driver.finish()
    with qtbot.waitSignal(driver.page.open_page_requested) as today:
        driver.press_named("backToToday")
    assert today.args == ["today"]
    assert driver.button_words("nextShop") == "Next: 城南超市"
    driver.press_named("nextShop")
    driver.wait_for_visit(other)


def test_a_visit_can_end_otherwise_with_its_reason(driver: WrapUpDriver, database: Database, visit_id: UUID) -> None:
    driver.press_named("endOtherwiseButton")
    assert driver.asks_how_it_ends
    driver.page.model.end_otherwise(Ending(VisitStatus.CLOSED, "not_open", "门锁着"))
    driver.wait_for_end()
    visit = _visit(database, visit_id)
    assert (visit.status, visit.end_reason, visit.end_note) == (VisitStatus.CLOSED, "not_open", "门锁着")
    assert driver.text_of("endedHeading").startswith("The visit ended: ")


def test_an_end_without_a_reason_is_refused_in_place(driver: WrapUpDriver, visit_id: UUID, database: Database) -> None:
    driver.press_named("endOtherwiseButton")
    driver.page.model.end_otherwise(Ending(VisitStatus.REFUSED, ""))
    driver.wait_for_words("endProblem", "Please give a reason.")
    assert _visit(database, visit_id).status == VisitStatus.IN_PROGRESS


def test_a_visit_taken_up_again_is_the_form_again(driver: WrapUpDriver, visit_id: UUID, database: Database) -> None:
    driver.finish()
    driver.press_message_action()
    driver.wait_for_form()
    assert _visit(database, visit_id).status == VisitStatus.IN_PROGRESS
    driver.begin_promise()
    driver.type("x")
    driver.flush()
    assert "x" in _promises(database)


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("2022-05-32", "'2022-05-32' is no day of the calendar"),
        ("2022-02-30", "'2022-02-30' is no day of the calendar"),
        ("2022-04-28", "2022-04-28 Thu is in the past: choose 2022-04-29 Fri or later."),
    ],
)
def test_a_next_day_that_is_none_or_past_leaves_the_day_of_before_and_says_why(
    driver: WrapUpDriver, database: Database, visit_id: UUID, typed: str, problem: str
) -> None:
    driver.write(driver.next_day, "5-12")
    driver.flush()
    driver.write(driver.next_day, typed)
    driver.flush()
    assert _visit(database, visit_id).next_visit_on == date(2022, 5, 12)
    assert driver.next_day.text() == typed
    assert driver.text_of("nextVisitProblem").startswith(problem)
    assert not driver.is_shown("nextVisitWeekday")


def test_an_end_without_a_must_check_is_asked_once(driver: WrapUpDriver, database: Database, visit_id: UUID) -> None:
    driver.page.model.draft.set(SHELF_ROW, minors_sign=None)
    driver.press_named("finishVisit")
    assert "Sign 'no sale to minors'" in driver.form_message
    assert "Licence" not in driver.form_message
    assert _visit(database, visit_id).status == VisitStatus.IN_PROGRESS
    driver.finish()
    assert _visit(database, visit_id).status == VisitStatus.DONE


def test_an_end_with_nothing_recorded_is_asked_and_answered_in_the_bar(
    driver: WrapUpDriver, database: Database
) -> None:
    with database.write() as session:
        customer = a_customer(session, "C2", "空店")
        other = a_visit(session, customer, DAY, "in_progress", started_at=Clock(DAY).now()).id
    driver.open(other)
    driver.go_to_wrap_up()
    driver.press_named("finishVisit")
    assert driver.form_message == "Nothing was recorded at this visit. Finish it all the same?"
    driver.answer_form_message()
    driver.wait_for_end()
    ended = _visit(database, other)
    assert (ended.status, ended.arrived_at) == (VisitStatus.DONE, None)


def test_esc_closes_the_enlarged_sheet(driver: WrapUpDriver) -> None:
    driver.press_named("enlargeSheet")
    assert driver.large.isVisible()
    driver.press(Qt.Key.Key_Escape)
    assert not driver.large.isVisible()


def test_the_visit_of_another_shop_shows_nothing_of_this_one(driver: WrapUpDriver, database: Database) -> None:
    with database.write() as session:
        other = a_visit(session, a_customer(session, "C2", "空店"), DAY, "in_progress", started_at=Clock(DAY).now())
        other_id = other.id
    driver.open(other_id)
    driver.go_to_wrap_up()
    driver.wait_for_sheet_of("空店")
    assert driver.promised == []
    assert driver.said("foundList") == []


def test_a_visit_that_left_meanwhile_is_no_failure(
    driver: WrapUpDriver, database: Database, tasks: TaskRunner, qtbot: QtBot, visit_id: UUID
) -> None:
    driver.finish()
    with database.deliver(source="head office") as session:
        for model in (StockCount, ShelfCheck, AdviceLine, ImprovementPlan, Promise):
            session.execute(delete(model).where(model.visit_id == visit_id))
        session.execute(delete(Visit).where(Visit.id == visit_id))
    with qtbot.assertNotEmitted(tasks.failed):
        driver.page.step_widget(Step.WRAP_UP).shown()
        driver.page.model.ended.emit(visit_id)
        qtbot.waitUntil(lambda: tasks.is_idle, timeout=15_000)
