"""An item that could get a plan, or has one: the target, up to three measures, the day, what was done."""

from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.diagnosis import Item, State
from app.ui.look.formats import format_short_date
from app.ui.look.sentences import joined
from app.ui.look.theme import current_theme
from app.ui.look.translations import current_language
from app.ui.pages.visit.day_field import DayField
from app.ui.pages.visit.improvement_entry import PlanEntry
from app.ui.pages.visit.improvement_row import ImprovementRow
from app.ui.pages.visit.improvement_words import ImprovementWords
from app.ui.pages.visit.measure_line import MeasureLine
from app.ui.pages.visit.typed_field import ProblemLabel
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import TextLabel
from app.ui.widgets.note_field import NoteField
from app.ui.widgets.segmented_choice import Choice
from app.ui.widgets.tones import GRADE_TONES


class PlanRow(ImprovementRow):
    """Choosing a better state makes the plan; it can be dropped again."""

    target_chosen = Signal(object)
    """State | None"""
    measure_chosen = Signal(object)
    """tuple[str, bool]: the measure's code, chosen or not"""
    help_asked = Signal(object)
    """bool"""
    due_edited = Signal(object)
    """date | None"""
    actions_edited = Signal(object)
    """str | None"""

    def __init__(self, item: Item, words: ImprovementWords, parent: QWidget | None = None) -> None:
        super().__init__(item.code, parent)
        self.setObjectName(f"plan{item.code}")
        self._words = words
        self._build(item)
        self._wire()

    def show_entry(self, entry: PlanEntry, day: date, *, by_typing: bool) -> None:
        """Show the item and its plan; what is being typed is left alone."""
        name = entry.item.name.of(current_language())
        self.name.setText(name)
        self.show_state(entry.current.value)
        self.choice.set_choices(tuple(Choice(s.value, s.value, GRADE_TONES[s.value], s.value) for s in _asked(entry)))
        self.choice.set_name(self.tr("Target of %1").replace("%1", name))
        self.choice.set_value(None if entry.target is None else entry.target.value)
        self.text.setText(self._words.summary(entry))
        self.show_chips(self._words.chips(entry))
        self.show_day(format_short_date(entry.due) if entry.is_planned and entry.due else "")
        self._show_details(entry, day, by_typing=by_typing)

    def retranslate(self) -> None:
        """Word everything in the language shown."""
        self._due_words.setText(self.tr("Due"))
        self.due.setAccessibleName(self.tr("Due"))
        self._done_words.setText(self.tr("Done so far"))
        self.done_note.set_name(self.tr("Done so far"), self.tr("Date and what was done"))
        self._drop.setText(self.tr("No plan"))

    @property
    def problem_text(self) -> str:
        """What is missing, as it is shown."""
        return "" if self._problem.isHidden() else self._problem.text()

    def _build(self, item: Item) -> None:
        theme = current_theme()
        self.choice.setObjectName(f"target{item.code}")
        self._problem = TextLabel("", "error", wrap=True)
        self._problem.setObjectName("planProblem")
        self.measures = tuple(MeasureLine(measure) for measure in item.measures)
        self._due_words = TextLabel("")
        self.due = DayField()
        self.due.setObjectName(f"due{item.code}")
        self._drop = Button("", "quiet", icon="delete", small=True)
        self._drop.setObjectName(f"drop{item.code}")
        self._due_problem = ProblemLabel(self.due)
        line = QHBoxLayout()
        line.setSpacing(theme.size("gap_small"))
        line.addWidget(self._due_words)
        line.addWidget(self.due)
        line.addStretch(1)
        line.addWidget(self._drop)
        self._done_words = TextLabel("")
        self.done_note = NoteField(2)
        self.done_note.setObjectName(f"done{item.code}")
        self.details_body.addWidget(self._problem)
        for measure in self.measures:
            self.details_body.addWidget(measure)
        self.details_body.addLayout(line)
        self.details_body.addWidget(self._due_problem)
        self.details_body.addWidget(self._done_words)
        self.details_body.addWidget(self.done_note)

    def _wire(self) -> None:
        self.choice.chosen.connect(self._on_chosen)
        for measure in self.measures:
            measure.chosen.connect(self._on_measure_chosen)
            measure.help_asked.connect(self.help_asked)
        self.due.edited.connect(self.due_edited)
        self.done_note.edited.connect(self.actions_edited)
        self._drop.clicked.connect(self._on_drop)

    def _show_details(self, entry: PlanEntry, day: date, *, by_typing: bool) -> None:
        problem = joined(self._words.refusal(refusal) for refusal in entry.refusals)
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        for measure in self.measures:
            measure.show_measure(is_chosen=measure.measure.code in entry.measures, asks_help=entry.asks_help)
        for widget in (self._due_words, self.due, self._drop, self._done_words, self.done_note):
            widget.setVisible(entry.is_planned)
        self.due.set_after(day)
        self.due.set_earliest(day)
        self.due.show_day(entry.due)
        if not (by_typing and self.done_note.hasFocus()):
            self.done_note.show_text(entry.actions)

    @Slot(object)
    def _on_chosen(self, value: str | None) -> None:
        self.target_chosen.emit(None if value is None else State(value))

    @Slot(object)
    def _on_measure_chosen(self, is_chosen: bool) -> None:
        line = self.sender()
        if isinstance(line, MeasureLine):
            self.measure_chosen.emit((line.measure.code, is_chosen))

    @Slot()
    def _on_drop(self) -> None:
        self.target_chosen.emit(None)


def _asked(entry: PlanEntry) -> tuple[State, ...]:
    """Return the states to aim at; an aim that is no better any more stays to be seen until it is changed."""
    kept = (entry.target,) if entry.target is not None and entry.target not in entry.targets else ()
    return (*entry.targets, *kept)
