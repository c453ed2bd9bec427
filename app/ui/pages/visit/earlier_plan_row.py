"""A plan of an earlier visit: what was aimed at and done, whether it was reached, and if not, why."""

from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from app.domain.enumerations import Enumeration
from app.domain.improvement import CauseKind
from app.ui.look.formats import format_iso, format_short_date
from app.ui.look.sentences import joined
from app.ui.look.theme import current_theme
from app.ui.look.translations import current_language
from app.ui.pages.visit.improvement_entry import PlanEntry
from app.ui.pages.visit.improvement_row import ImprovementRow
from app.ui.pages.visit.improvement_words import ImprovementWords
from app.ui.widgets.labels import TextLabel
from app.ui.widgets.note_field import NoteField
from app.ui.widgets.segmented_choice import Choice, SegmentedChoice, yes_no
from app.ui.widgets.tones import Tone

_YES, _NO = "yes", "no"


class EarlierPlanRow(ImprovementRow):
    """Yes or no; a no asks for the cause, subjective or objective, in words."""

    assessed = Signal(object)
    """bool | None"""
    cause_chosen = Signal(object)
    """CauseKind | None"""
    cause_edited = Signal(object)
    """str"""
    actions_edited = Signal(object)
    """str | None"""

    def __init__(
        self, entry_id: str, words: ImprovementWords, causes: Enumeration, parent: QWidget | None = None
    ) -> None:
        super().__init__(entry_id, parent)
        self.setObjectName(f"earlier{entry_id}")
        self._words = words
        self._causes = causes
        self._build()
        self._wire()

    def show_entry(self, entry: PlanEntry, day: date, *, by_typing: bool) -> None:
        """Show the plan and its assessment; what is being typed is left alone."""
        language = current_language()
        name = entry.item.name.of(language)
        self.name.setText(name)
        aim = f"{entry.current.value}\u2192{entry.target.value}" if entry.target is not None else entry.current.value
        self.state.set_chip(aim, Tone.GREY)
        self.choice.set_name(self.tr("%1: was the target reached?").replace("%1", name))
        self.choice.set_value(None if entry.reached is None else _YES if entry.reached else _NO)
        self.text.setText(self._words.standing(entry))
        self.show_chips(self._words.earlier_chips(entry, is_overdue=entry.is_overdue(day)))
        self.show_day(self.tr("due %1").replace("%1", format_short_date(entry.due)) if entry.due else "")
        made = format_iso(entry.made_on)
        agreed = self.tr("Agreed on %1: %2").replace("%1", made)
        self._measures.setText(agreed.replace("%2", self._words.summary(entry)))
        self._show_cause(entry, by_typing=by_typing)
        if not (by_typing and self.done_note.hasFocus()):
            self.done_note.show_text(entry.actions)

    def retranslate(self) -> None:
        """Word everything in the language shown."""
        language = current_language()
        self.choice.set_choices(yes_no(self.tr("Reached"), self.tr("Not reached")))
        tones = {CauseKind.SUBJECTIVE.value: Tone.AMBER, CauseKind.OBJECTIVE.value: Tone.BLUE}
        self.cause.set_choices(
            tuple(Choice(c.code, c.name.of(language), tones.get(c.code, Tone.GREY)) for c in self._causes.choices)
        )
        self.cause.set_name(self.tr("Where the cause lies"))
        self.cause_note.setPlaceholderText(self.tr("The cause in a few words"))
        self.cause_note.setAccessibleName(self.tr("The cause in a few words"))
        self._done_words.setText(self.tr("Done so far"))
        self.done_note.set_name(self.tr("Done so far"), self.tr("Date and what was done"))

    @property
    def problem_text(self) -> str:
        """What is missing, as it is shown."""
        return "" if self._problem.isHidden() else self._problem.text()

    def _build(self) -> None:
        theme = current_theme()
        self.arrow.hide()
        self.choice.set_choices(yes_no("", ""))
        self.choice.setObjectName("reached")
        self._measures = TextLabel("", "muted", wrap=True)
        self._problem = TextLabel("", "error", wrap=True)
        self._problem.setObjectName("causeProblem")
        self.cause = SegmentedChoice()
        self.cause.setObjectName("causeKind")
        self.cause_note = QLineEdit()
        self.cause_note.setObjectName("causeNote")
        self._cause_line = QWidget()
        line = QHBoxLayout(self._cause_line)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.size("gap_small"))
        line.addWidget(self.cause)
        line.addWidget(self.cause_note, 1)
        self._done_words = TextLabel("")
        self.done_note = NoteField(2)
        self.done_note.setObjectName("doneNote")
        for widget in (self._measures, self._problem, self._cause_line, self._done_words, self.done_note):
            self.details_body.addWidget(widget)

    def _wire(self) -> None:
        self.choice.chosen.connect(self._on_chosen)
        self.cause.chosen.connect(self._on_cause_chosen)
        self.cause_note.textEdited.connect(self._on_cause_edited)
        self.done_note.edited.connect(self.actions_edited)

    def _show_cause(self, entry: PlanEntry, *, by_typing: bool) -> None:
        is_asked = entry.reached is False
        self._cause_line.setVisible(is_asked)
        self.cause.set_value(None if entry.cause_kind is None else entry.cause_kind.value)
        if self.cause_note.text() != entry.cause_note and not (by_typing and self.cause_note.hasFocus()):
            self.cause_note.setText(entry.cause_note)
        problem = "warning" if is_asked and not entry.cause_note.strip() else ""
        if self.cause_note.property("problem") != problem:
            self.cause_note.setProperty("problem", problem)
            self.cause_note.style().polish(self.cause_note)
        words = joined(self._words.refusal(refusal) for refusal in entry.refusals)
        self._problem.setText(words)
        self._problem.setVisible(bool(words))

    @Slot(object)
    def _on_chosen(self, value: str | None) -> None:
        self.assessed.emit(None if value is None else value == _YES)

    @Slot(object)
    def _on_cause_chosen(self, value: str | None) -> None:
        self.cause_chosen.emit(None if value is None else CauseKind(value))

    @Slot(str)
    def _on_cause_edited(self, text: str) -> None:
        self.cause_edited.emit(text)
