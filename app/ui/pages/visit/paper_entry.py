"""The part of the arrival where a visit is entered later from a paper form: both times of the visit are asked for."""

from datetime import datetime, time

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.visit import refusals_of_paper_times
from app.services.visit_rows import VISIT_ROW
from app.ui.look.formats import format_iso, format_time
from app.ui.look.theme import current_theme
from app.ui.pages.visit.time_field import TimeField
from app.ui.pages.visit.typed_field import ProblemLabel
from app.ui.pages.visit.visit_draft import VisitDraft
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import TextLabel


class PaperEntry(QWidget):
    """One button marks the visit as written on paper and takes the mark back; then the time of leaving is asked."""

    begun = Signal()
    """The visit was marked: the time of the arrival comes next."""

    def __init__(self, draft: VisitDraft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self._build()
        self._button.clicked.connect(self._on_pressed)
        self.left.edited.connect(self._on_left_edited)
        self.left.limit = self._against_leaving

    @property
    def is_on(self) -> bool:
        """Whether the visit is entered from paper."""
        return self._entered is not None

    def against_arrival(self, typed: time) -> str:
        """Say what speaks against a time of arrival; nothing does where the visit is entered at the shop."""
        return self._against(self._moment(typed), self._of("left_at")) if self.is_on else ""

    def show_state(self) -> None:
        """Show the mark and the time of leaving."""
        entered, left = self._entered, self._of("left_at")
        is_ahead = self._draft.head.day > self._draft.now().astimezone().date()
        self._button.setVisible(not self._draft.is_read_only and (self.is_on or not is_ahead))
        self._asked.setVisible(entered is not None)
        self._name_button()
        if entered is not None:
            self._said.setText(self._words(entered))
        self.left.show_time(None if left is None else left.time().replace(second=0, microsecond=0))

    def retranslate(self) -> None:
        """Word everything in the language now shown."""
        self._left_label.setText(self.tr("Left at"))
        self.left.setAccessibleName(self.tr("Left at"))
        self._name_button()

    def forget_typed(self) -> None:
        """Let go of what was typed and could not be read: another visit is shown."""
        self.left.forget_typed()

    def _build(self) -> None:
        theme = current_theme()
        self._button = Button("", kind="quiet", icon="edit")
        self._button.setObjectName("enterFromPaper")
        self._said = TextLabel("", "muted", wrap=True)
        self._said.setObjectName("paperSaid")
        self._left_label = TextLabel("", "strong")
        self.left = TimeField()
        self.left.setObjectName("leftAt")
        problem = ProblemLabel(self.left)
        problem.setObjectName("leftAtProblem")
        self._asked = QWidget()
        inside = QVBoxLayout(self._asked)
        inside.setContentsMargins(0, theme.size("gap_small"), 0, 0)
        inside.addWidget(self._left_label)
        inside.addWidget(self.left)
        inside.addWidget(problem)
        inside.addWidget(self._said)
        line = QHBoxLayout()
        line.addWidget(self._button)
        line.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.size("gap_small"))
        whole.addWidget(self._asked)
        whole.addLayout(line)

    def _name_button(self) -> None:
        self._button.setText(self.tr("Not from paper") if self.is_on else self.tr("Enter from paper"))

    def _words(self, entered: datetime) -> str:
        here = entered.astimezone()
        words = self.tr("Entered from paper since %1 %2: give the times of the visit itself.")
        return words.replace("%1", format_iso(here.date())).replace("%2", format_time(here))

    def _against_leaving(self, typed: time) -> str:
        return self._against(self._of("arrived_at"), self._moment(typed))

    def _against(self, arrived: datetime | None, left: datetime | None) -> str:
        now = self._draft.now()
        if not refusals_of_paper_times(self._draft.head.day, arrived, left, now):
            return ""
        if any(moment is not None and moment > now for moment in (arrived, left)):
            return self.tr("This time is still to come. The time of before stays.")
        return self.tr("Nobody leaves before arriving. The time of before stays.")

    def _moment(self, typed: time) -> datetime:
        return datetime.combine(self._draft.head.day, typed).astimezone()

    @property
    def _entered(self) -> datetime | None:
        return self._of("paper_entered_at")

    def _of(self, field: str) -> datetime | None:
        value = self._draft.value(VISIT_ROW, field)
        return value if isinstance(value, datetime) else None

    @Slot()
    def _on_pressed(self) -> None:
        if self.is_on:
            self._draft.set(VISIT_ROW, paper_entered_at=None, left_at=None)
            return
        arrived = self._of("arrived_at")
        if arrived is not None and arrived.astimezone().date() != self._draft.head.day:
            # The key that says "here now" was pressed on another day than that of the visit.
            arrived = None
        self._draft.set(VISIT_ROW, paper_entered_at=self._draft.now().replace(microsecond=0), arrived_at=arrived)
        self.begun.emit()

    @Slot(object)
    def _on_left_edited(self, typed: time | None) -> None:
        self._draft.set(VISIT_ROW, left_at=None if typed is None else self._moment(typed))
