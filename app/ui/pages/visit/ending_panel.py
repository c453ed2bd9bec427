"""How a visit ends when it cannot be made: moved, closed, refused or cancelled, with the reason."""

from datetime import date, timedelta

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from app.domain.next_visit import working_day_after
from app.domain.playbook import Playbook
from app.domain.problems import Refusal
from app.domain.visit import VisitStatus
from app.ui.look.formats import weekday_name
from app.ui.look.messages import Messages
from app.ui.look.theme import current_theme
from app.ui.look.translations import current_language
from app.ui.pages.visit.day_field import DayField
from app.ui.pages.visit.typed_field import ProblemLabel
from app.ui.pages.visit.visit_view_model import Ending
from app.ui.widgets.buttons import Button
from app.ui.widgets.chip import FilterChip
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.labels import TextLabel
from app.ui.widgets.tones import Tone

_OUTCOMES = (VisitStatus.CLOSED, VisitStatus.REFUSED, VisitStatus.MOVED, VisitStatus.CANCELLED)
_LIST = "visit_outcome"


class EndingPanel(QWidget):
    """Outcome, reason, note, and a new day where the visit is moved."""

    ending_requested = Signal(object)
    """Ending"""

    def __init__(self, playbook: Playbook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._outcomes = playbook.enumerations[_LIST]
        self._messages = Messages(self)
        self._outcome: VisitStatus | None = None
        self._reason_codes: tuple[str, ...] = ()
        self._build()
        self._wire()

    def retranslate(self) -> None:
        """Word everything in the language shown."""
        language = current_language()
        self._intro.setText(self.tr("If the visit cannot be made, say how it ends:"))
        for outcome, chip in self._chips.items():
            chip.setText(self._outcomes.label(outcome).of(language))
            chip.updateGeometry()
        self._note.setPlaceholderText(self.tr("Note (optional)"))
        self._note.setAccessibleName(self.tr("Note"))
        self._day_label.setText(self.tr("New day"))
        self._day.setAccessibleName(self.tr("New day"))
        self._end.setText(self.tr("End the visit"))
        self._render()

    def reset(self, today: date) -> None:
        """Begin anew for another visit; the next working day is offered where it is moved."""
        self._show_outcome(None)
        self._note.clear()
        self._problem.hide()
        self._day.set_after(today + timedelta(days=1))
        self._day.set_earliest(today + timedelta(days=1))
        self._day.forget_typed()
        self._day.show_day(working_day_after(today))
        self._render()

    def show_refusals(self, refusals: tuple[Refusal, ...]) -> None:
        """Say why the visit cannot end this way."""
        self._problem.setText("\n".join(self._messages.of(one.problem).whole for one in refusals))
        self._problem.show()

    def _build(self) -> None:
        self._intro = TextLabel("", "muted", wrap=True)
        outcomes = QWidget()
        flow = FlowLayout(outcomes)
        self._chips = {outcome: FilterChip("", Tone.AMBER) for outcome in _OUTCOMES}
        for outcome, chip in self._chips.items():
            chip.setObjectName(f"outcome_{outcome.value}")
            flow.addWidget(chip)
        self._reasons = QVBoxLayout()
        self._reasons.setSpacing(0)
        self._group = QButtonGroup(self)
        self._note = QLineEdit()
        self._note.setObjectName("endNote")
        self._day_label = TextLabel("", "muted")
        self._day = DayField()
        self._day.setObjectName("movedTo")
        self._weekday = TextLabel("", "muted")
        self._weekday.setObjectName("movedToWeekday")
        self._day_line = QWidget()
        line = QHBoxLayout(self._day_line)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(current_theme().size("gap_small"))
        line.addWidget(self._day)
        line.addWidget(self._weekday)
        line.addStretch(1)
        self._day_problem = ProblemLabel(self._day)
        self._problem = TextLabel("", "error", wrap=True)
        self._problem.setObjectName("endProblem")
        self._problem.hide()
        self._end = Button("", kind="danger")
        self._end.setObjectName("endOtherwise")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(current_theme().size("gap_small"))
        for widget in (self._intro, outcomes):
            whole.addWidget(widget)
        whole.addLayout(self._reasons)
        for widget in (
            self._day_label,
            self._day_line,
            self._day_problem,
            self._note,
            self._problem,
            self._end,
        ):
            whole.addWidget(widget)

    def _wire(self) -> None:
        for chip in self._chips.values():
            chip.clicked.connect(self._on_outcome_clicked)
        self._end.clicked.connect(self._on_end)
        self._day.edited.connect(self._render_weekday)
        self._day.problem_said.connect(self._render_weekday)

    def _render(self) -> None:
        outcome = self._outcome
        is_moved = outcome is VisitStatus.MOVED
        self._day_label.setVisible(is_moved)
        self._day_line.setVisible(is_moved)
        self._day_problem.setVisible(is_moved and bool(self._day.problem))
        self._render_weekday()
        for widget in (self._note, self._end):
            widget.setVisible(outcome is not None)
        self._render_reasons(outcome)

    @Slot()
    def _render_weekday(self) -> None:
        day = None if self._day.problem else self._day.value
        self._weekday.setText("" if day is None else weekday_name(day, current_language()))

    def _render_reasons(self, outcome: VisitStatus | None) -> None:
        chosen = self._chosen_reason()
        for button in self._group.buttons():
            self._group.removeButton(button)
            button.hide()
            button.deleteLater()
        found = self._outcomes.choice(outcome) if outcome is not None else None
        details = found.details if found is not None else ()
        self._reason_codes = tuple(detail.code for detail in details)
        for number, detail in enumerate(details):
            button = QRadioButton(detail.name.of(current_language()))
            button.setObjectName(f"reason_{detail.code}")
            button.setChecked(detail.code == chosen)
            self._group.addButton(button, number)
            self._reasons.addWidget(button)

    def _chosen_reason(self) -> str:
        number = self._group.checkedId()
        return self._reason_codes[number] if 0 <= number < len(self._reason_codes) else ""

    def _show_outcome(self, outcome: VisitStatus | None) -> None:
        self._outcome = outcome
        for one, chip in self._chips.items():
            chip.setChecked(one is outcome)

    @Slot()
    def _on_outcome_clicked(self) -> None:
        sender = self.sender()
        chosen = next((outcome for outcome, chip in self._chips.items() if chip is sender), None)
        self._show_outcome(None if chosen is self._outcome else chosen)
        self._problem.hide()
        self._render()

    @Slot()
    def _on_end(self) -> None:
        outcome = self._outcome
        if outcome is None:
            return
        if outcome is VisitStatus.MOVED and self._day.problem:
            self._day.setFocus()  # what is wrong stands below it in words
            return
        moved_to = self._day.value if outcome is VisitStatus.MOVED else None
        note = self._note.text().strip() or None
        self.ending_requested.emit(Ending(outcome, self._chosen_reason(), note, moved_to))
