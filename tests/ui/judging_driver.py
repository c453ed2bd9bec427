"""A person at the steps that judge and plan: the diagnosis and the improvement plan, over a small invented shop."""

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPlainTextEdit
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.domain.visit import Step
from app.models.customer import Customer
from app.models.visit import DiagnosisRating, ImprovementPlan, Visit
from app.services.diagnoses import Diagnoses
from app.services.improvements import Improvements
from app.services.visit_rows import RowKey, RowKind, Values
from app.storage.database import Database
from app.ui.background.change_bus import ChangeBus
from app.ui.background.task_runner import TaskRunner
from app.ui.pages.visit.criterion_box import CriterionBox
from app.ui.pages.visit.diagnosis_row import DiagnosisRow
from app.ui.pages.visit.earlier_plan_row import EarlierPlanRow
from app.ui.pages.visit.photo_desk import PhotoDesk
from app.ui.pages.visit.plan_row import PlanRow
from app.ui.pages.visit.step_diagnosis import StepDiagnosis
from app.ui.pages.visit.step_improvement import StepImprovement
from app.ui.pages.visit.visit_page import VisitPage
from app.ui.pages.visit.visit_view_model import VisitViewModel
from app.ui.widgets.message_bar import MessageBar
from tests.builders import a_visit
from tests.ui.visit_page_driver import DAY, VisitPageDriver, VisitRoom

if TYPE_CHECKING:
    from app.domain.diagnosis import State

BEFORE = DAY - timedelta(days=16)
LAST = "BBCBBCABBABBBA"
"""How the fourteen items stood at the visit before."""


def rate_the_last_visit(database: Database, states: str = LAST, *, with_criteria: bool = False) -> None:
    """Judge the fourteen items at the visit sixteen days ago; a dot leaves an item out."""
    with database.deliver(source="visit") as session:
        visit = session.scalars(select(Visit).where(Visit.status == "done")).one()
        for number, state in enumerate(states, start=1):
            if state != ".":
                criteria = {"k1": state, "k2": state, "k3": state} if with_criteria else {}
                session.add(DiagnosisRating(visit_id=visit.id, item=f"D{number:02d}", state=state, **criteria))


def plan_at_the_last_visit(database: Database, item: str, current: str, target: str, **fields: Any) -> UUID:
    """Make an improvement plan at the visit sixteen days ago."""
    with database.deliver(source="visit") as session:
        visit = session.scalars(select(Visit).where(Visit.status == "done")).one()
        values = {"measures": [], "support_requested": False, **fields}
        plan = ImprovementPlan(
            customer_id=visit.customer_id,
            visit_id=visit.id,
            item=item,
            current_state=current,
            target_state=target,
            **values,
        )
        session.add(plan)
        session.flush()
        return plan.id


def plan_items(database: Database, visit_id: UUID, *items: str) -> None:
    """Plan only these items for the visit."""
    with database.deliver(source="visit") as session:
        session.get_one(Visit, visit_id).planned_items = list(items)


def another_visit(database: Database, visit_id: UUID) -> UUID:
    """Make a second visit at the same shop."""
    with database.deliver(source="visit") as session:
        customer = session.get_one(Customer, session.get_one(Visit, visit_id).customer_id)
        return a_visit(session, customer, DAY, "planned").id


def make_judging_page(room: VisitRoom, tasks: TaskRunner) -> VisitPage:
    """Build the visit page with the steps that judge and plan."""
    model = VisitViewModel(room.visits, tasks, ChangeBus(tasks), room.clock)
    desk = PhotoDesk(model.draft, room.photos, tasks, model)
    steps = (
        StepDiagnosis(model.draft, Diagnoses(room.database, room.playbook), desk, tasks, room.playbook),
        StepImprovement(model.draft, Improvements(room.database, room.playbook), tasks, room.playbook),
    )
    page = VisitPage(model, steps)
    model.setParent(page)
    return page


class JudgingDriver(VisitPageDriver):
    """A person who judges items and plans what to raise."""

    def __init__(self, qtbot: QtBot, room: VisitRoom, tasks: TaskRunner) -> None:
        super().__init__(qtbot, make_judging_page(room, tasks), tasks)
        self.room = room

    def begin(self, visit_id: UUID, step: Step = Step.DIAGNOSIS) -> None:
        """Open a visit at a step, and wait for what is known of the shop."""
        self.show()
        self.open(visit_id)
        self.go(step)

    def go(self, step: Step) -> None:
        self.page.model.go(step)
        self.wait_for_step(step)
        self._qtbot.waitUntil(lambda: self._knows(step))
        self.wait_until_quiet()

    def _knows(self, step: Step) -> bool:
        widget = self.page.step_widget(step)
        assert isinstance(widget, (StepDiagnosis, StepImprovement))
        sheet = widget._desk.sheet
        return sheet is not None and sheet.visit_id == self.page.model.draft.head.visit_id

    # ---- the diagnosis ------------------------------------------------------------------------------------------
    @property
    def diagnosis(self) -> StepDiagnosis:
        widget = self.page.step_widget(Step.DIAGNOSIS)
        assert isinstance(widget, StepDiagnosis)
        return widget

    def row(self, item: str) -> DiagnosisRow:
        return self.find(DiagnosisRow, f"row{item}")

    @property
    def rows(self) -> list[str]:
        """The items whose rows are shown."""
        found = self.page.findChildren(DiagnosisRow)
        return [row.code for row in found if not row.isHidden()]

    def select_item(self, item: str) -> None:
        self.row(item).choice.setFocus()
        self._qtbot.waitUntil(lambda: self.row(item).choice.isAncestorOf(self.focused))

    @property
    def current(self) -> str:
        """The item whose row has the keyboard."""
        focus = self.focused
        return next(code for code in self.rows if self.row(code).isAncestorOf(focus))

    def value(self, item: str) -> "State | str | None":
        return self.row(item).choice.value

    def box(self, number: int) -> CriterionBox:
        return self.find(CriterionBox, f"criterion{number}")

    def rate(self, number: int, key: Qt.Key) -> None:
        """Put the keyboard into a criterion of the side panel and press a key."""
        self.box(number).choice.setFocus()
        self.press(key)

    @property
    def note_text(self) -> str:
        return self.find(QPlainTextEdit, "itemNote").toPlainText()

    @property
    def notice(self) -> str:
        bar = self.find(MessageBar, "diagnosisMessage")
        return bar.text if bar.isVisible() else ""

    @property
    def footer(self) -> str:
        shown = self.page.step_widget(self.page.model.step)
        label = shown.findChild(QLabel, "footerHint")
        assert isinstance(label, QLabel)
        return label.text()

    def rating(self, visit_id: UUID, item: str) -> Values:
        """The row of an item as it is on disk."""
        self.flush()
        return self._rows(visit_id).get(RowKey(RowKind.RATING, item), {})

    # ---- the improvement plan -----------------------------------------------------------------------------------
    @property
    def improvement(self) -> StepImprovement:
        widget = self.page.step_widget(Step.IMPROVEMENT)
        assert isinstance(widget, StepImprovement)
        return widget

    def plan_row(self, item: str) -> PlanRow:
        return self.find(PlanRow, f"plan{item}")

    def earlier_row(self, plan: UUID) -> EarlierPlanRow:
        return self.find(EarlierPlanRow, f"earlier{plan}")

    @property
    def entries(self) -> list[str]:
        """The lines of the improvement step, from top to bottom."""
        kinds = (PlanRow, EarlierPlanRow)
        found = [row for kind in kinds for row in self.page.findChildren(kind) if not row.isHidden()]
        found.sort(key=lambda row: row.mapTo(self.page, row.rect().topLeft()).y())
        return [row.entry_id for row in found]

    def earlier_key(self, entry: str) -> RowKey:
        """The row of an earlier plan in the draft."""
        return RowKey(RowKind.PLAN, UUID(entry))

    def enter(self, entry: str) -> None:
        """Put the keyboard into the choice of a line."""
        self.improvement.focus_field(entry)

    def tick(self, measure: str) -> None:
        self._click(self.find(QAbstractButton, f"measure{measure}"))

    def wait_for_standard(self, words: str) -> None:
        self._qtbot.waitUntil(lambda: self.improvement._panel.standards[:1] == [words])

    def press_target(self, item: str, key: Qt.Key) -> None:
        self.plan_row(item).choice.setFocus()
        self.press(key)

    def remove_earlier_plans(self, database: Database) -> None:
        with database.deliver(source="visit") as session:
            for plan in session.scalars(select(ImprovementPlan)):
                plan.deleted_at = plan.changed_at

    def plans(self, visit_id: UUID) -> list[Values]:
        """The plans as they are on disk, those of earlier visits included."""
        self.flush()
        return [row for key, row in self._rows(visit_id).items() if key.kind is RowKind.PLAN]

    def _rows(self, visit_id: UUID) -> Mapping[RowKey, Values]:
        return self.room.visits.sheet(visit_id).rows

    def click(self, name: str) -> None:
        QTest.mouseClick(self.find(QAbstractButton, name), Qt.MouseButton.LeftButton)

    def send_text(self, text: str) -> None:
        """Press a key that gives this text, as a keyboard set to full width does."""
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(self.focused, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, text))

    def select_row_by_mouse(self, item: str) -> None:
        QTest.mouseClick(self.row(item), Qt.MouseButton.LeftButton, pos=self.row(item).rect().topLeft())
