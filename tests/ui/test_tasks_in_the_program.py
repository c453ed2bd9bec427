"""Tasks of head office and proposed changes in the real program: on Today, in the visit, in the archive."""

from collections.abc import Generator
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QPlainTextEdit, QWidget

from app.domain.tasks import evidence_item
from app.domain.text import Language
from app.domain.visit import Step
from app.runtime.paths import DataFolder
from app.ui.tasks.task_row import TaskRow
from tests.journeys.disk import Disk
from tests.journeys.visit_hands import visit_page
from tests.real_program import Program, copy_store, main_visit, running

PHONE, TAGS = "核对经营者联系电话", "检查价签并拍照"
STOCK, RULES = "报送本周样本户库存", "学习新规：未成年人保护提示牌"


@pytest.fixture
def program(practice_store: DataFolder, tmp_path: Path) -> Generator[Program]:
    with running(copy_store(practice_store, tmp_path / "data"), language=Language.EN) as program:
        yield program.open()


@pytest.fixture
def disk(program: Program) -> Disk:
    return Disk(program.folder)


def row_of(program: Program, title: str) -> TaskRow:
    """Return the row of a task that can be seen."""

    def found() -> list[TaskRow]:
        rows = [row for row in program.window.findChildren(TaskRow) if row.isVisible()]
        return [row for row in rows if row._line is not None and row._line.title == title]

    program.wait(lambda: bool(found()), f"the task {title}")
    return found()[0]


def press(program: Program, title: str, button: str) -> None:
    """Press a button in the row of a task."""
    row = row_of(program, title)
    found = row.findChild(QAbstractButton, button)
    assert found is not None, button
    assert found.isVisible(), (title, button)
    program.click(found)
    program.rest()


def state_of(disk: Disk, title: str) -> tuple[object, ...]:
    return disk.rows("SELECT state, report_note, report_reason FROM task WHERE title = ?", title)[0]


def open_tasks(program: Program) -> None:
    program.wait(lambda: program.is_shown("openTasks"), "the tasks to be read")
    program.key(Qt.Key.Key_T, ctrl=True)
    program.find(QWidget, "taskPanel")
    program.rest()


def open_visit(program: Program, step: Step) -> UUID:
    application = program.desk.application
    assert application is not None
    visit = main_visit(application)[1]
    program.sessions_on_gui_thread.clear()
    program.workspace.open_visit(visit)
    program.rest()
    visit_page(program).model.go(step)
    program.wait(lambda: visit_page(program).step_widget(step).isVisible(), f"the step {step.value}")
    program.rest()
    return visit


def test_today_counts_the_open_tasks_and_each_step_is_written_and_taken_back(program: Program, disk: Disk) -> None:
    program.wait(lambda: program.is_shown("openTasks"), "the tasks to be read")
    assert program.words("openTasks") == "Tasks 6"
    open_tasks(program)
    press(program, STOCK, "acceptTask")
    assert state_of(disk, STOCK)[0] == "accepted"
    press(program, STOCK, "doneTask")
    program.type("6 shops sent in")
    program.key(Qt.Key.Key_Return, ctrl=True)
    program.rest()
    assert state_of(disk, STOCK)[:2] == ("done", "6 shops sent in")
    assert program.words("taskMessage") == f"Reported done: {STOCK}"
    assert [title for (title,) in disk.rows("SELECT title FROM task WHERE report_visit_id IS NOT NULL")] == []
    undo = program.find(QWidget, "taskMessage").findChildren(QAbstractButton)[0]
    program.click(undo)
    program.rest()
    assert state_of(disk, STOCK) == ("accepted", None, None)
    program.click("tasksBack")
    assert program.words("openTasks") == "Tasks 6"


def test_a_task_without_a_reason_stays_open_and_its_words_survive_leaving_the_page(
    program: Program, disk: Disk
) -> None:
    open_tasks(program)
    press(program, RULES, "cannotTask")
    press(program, RULES, "sendTask")
    assert program.words("taskProblem") == "Please give a reason."
    assert state_of(disk, RULES)[0] == "assigned"
    program.type("no leaflets yet")
    program.go("customers")
    program.go("today")
    assert row_of(program, RULES).findChildren(QPlainTextEdit)[0].toPlainText() == "no leaflets yet"
    press(program, RULES, "taskReason")
    press(program, RULES, "sendTask")
    assert state_of(disk, RULES) == ("cannot", None, "no leaflets yet; Owner not there")
    # Esc gives up a form before it leaves the tasks.
    press(program, STOCK, "doneTask")
    program.key(Qt.Key.Key_Escape)
    program.wait(lambda: not program.is_shown("taskWords"), "the form to close")
    assert program.is_shown("taskPanel")
    program.key(Qt.Key.Key_Escape)
    program.wait(lambda: not program.is_shown("taskPanel"), "the shops to come back")


def test_a_task_is_reported_in_the_visit_with_a_photo_as_its_evidence(program: Program, disk: Disk) -> None:
    visit = open_visit(program, Step.BRIEF)
    press(program, TAGS, "doneTask")
    program.type("tags are complete")
    tile = next(one for one in program.window.findChildren(QAbstractButton, "pickPhoto") if one.isVisible())
    for is_chosen in (True, False, True):
        program.click(tile)
        program.wait(lambda wanted=is_chosen: tile.isChecked() is wanted, "the photo to change")
        program.rest()
    press(program, TAGS, "sendTask")
    found = disk.rows("SELECT id, state, report_visit_id FROM task WHERE title = ?", TAGS)[0]
    assert found[1:] == ("done", visit.hex)
    item = evidence_item(UUID(found[0]))
    assert disk.rows("SELECT count(*) FROM photo WHERE item = ? AND deleted_at IS NULL", item) == [(1,)]
    assert disk.rows("SELECT count(*) FROM photo WHERE item IS NULL AND deleted_at IS NULL") == [(2,)]
    assert "1 photo as evidence" in row_of(program, TAGS)._report.text()
    press(program, TAGS, "takeBackTask")
    assert state_of(disk, TAGS)[0] == "assigned"


def test_what_is_not_reported_is_an_open_point_and_an_ended_visit_has_no_button(program: Program) -> None:
    open_visit(program, Step.WRAP_UP)
    step = visit_page(program).step_widget(Step.WRAP_UP)
    before = step.progress()
    assert sum(field.startswith("task:") for field in before.open_fields) == 2
    assert program.words("openTaskPoints") == "2 tasks not reported yet"
    press(program, PHONE, "doneTask")
    press(program, PHONE, "sendTask")
    assert step.progress().open == before.open - 1
    assert program.words("openTaskPoints") == "1 task not reported yet"

    visit_page(program).model.finish()
    program.rest()
    visit_page(program).model.go(Step.BRIEF)
    row = row_of(program, TAGS)
    assert [one for one in row.findChildren(QAbstractButton) if one.isVisible()] == []


def test_a_proposed_change_stands_beside_its_field_and_is_withdrawn_from_the_list(program: Program, disk: Disk) -> None:
    application = program.desk.application
    assert application is not None
    customer = main_visit(application)[0]
    application.customers.change_field(customer, "shop_name", "老周便利店")
    program.sessions_on_gui_thread.clear()
    program.workspace.open_customer(customer)
    program.rest()
    fields = program.find(QAbstractItemView, "archiveList").model()
    spoken = [str(fields.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)) for row in range(fields.rowCount())]
    assert "Shop sign: 老周便利店 (waits to be sent: before: 老周食杂店)" in spoken
    program.click("profileProposals")
    assert program.words("proposalChange") == "老周食杂店 → 老周便利店"
    program.click("withdrawProposal")
    program.rest()
    assert disk.rows("SELECT shop_name FROM customer WHERE id = ?", customer.hex) == [("老周食杂店",)]
    program.wait(lambda: not program.is_shown("proposalChange"), "the list to be empty")
    program.click("leaveProposals")
    assert program.is_shown("archiveList")
