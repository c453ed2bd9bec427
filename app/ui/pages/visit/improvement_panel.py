"""The side panel of the improvement step: what to see for the target, earlier plans, a question to close."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.diagnosis import State
from app.services.improvements import EarlierPlan, ImprovementSheet
from app.services.visit_rows import Values
from app.ui.look.formats import format_short_date
from app.ui.look.theme import current_theme
from app.ui.look.translations import current_language
from app.ui.pages.visit.diagnosis_item import column_of, state_of
from app.ui.pages.visit.improvement_entry import PlanEntry
from app.ui.pages.visit.improvement_words import ImprovementWords
from app.ui.pages.visit.sections import Line, Section
from app.ui.widgets.labels import TextLabel
from app.ui.widgets.tones import GRADE_TONES, Tone


class ImprovementPanel(QWidget):
    """Why an item is worth the effort, and what reaching the target means."""

    def __init__(self, words: ImprovementWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._shown: dict[Section, tuple[list[Line], str]] = {}
        theme = current_theme()
        self._why = TextLabel("", wrap=True)
        self._why.setObjectName("whyPlan")
        self._target = Section()
        self._question = Section()
        self._past = Section()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.size("gap_small"))
        for widget in (self._why, self._target, self._question, self._past):
            whole.addWidget(widget)

    def retranslate(self) -> None:
        """Word the headings in the language shown."""
        self._target.set_heading(self.tr("To be seen for the target"))
        self._question.set_heading(self.tr("Ask to close"))
        self._past.set_heading(self.tr("Earlier plans"))

    def show_entry(self, entry: PlanEntry, rating: Values, sheet: ImprovementSheet | None) -> None:
        """Show what is known of a line."""
        self._why.setText(self._words.hint(entry.hint) if entry.hint is not None else "")
        self._why.setVisible(entry.hint is not None)
        self._show(self._target, self._standards(entry, rating))
        question = entry.item.questions.need_payoff.of(current_language())
        self._show(self._question, [("", question, None)])
        plans = sheet.plans_of(entry.item.code) if sheet is not None else ()
        self._show(self._past, [self._past_line(plan) for plan in plans], self.tr("None so far"))

    @property
    def standards(self) -> list[str]:
        """What has to be seen, as it is shown."""
        labels = self._target.findChildren(TextLabel, "line")
        return [label.text() for label in labels if label.isVisibleTo(self)]

    def _show(self, section: Section, lines: list[Line], none: str = "") -> None:
        """Show lines unless they stand there already: every key typed beside comes by here."""
        if self._shown.get(section) != (lines, none):
            self._shown[section] = (lines, none)
            section.set_lines(lines, none)

    def _standards(self, entry: PlanEntry, rating: Values) -> list[Line]:
        """Return what has to be seen for the target, criterion by criterion, where it is not there yet."""
        language = current_language()
        aim = entry.target or (entry.targets[0] if entry.targets else State.A)
        lines: list[Line] = []
        for criterion in entry.item.criteria:
            now = state_of(rating.get(column_of(criterion)))
            if now is not None and not aim.better_than(now):
                continue
            words = self.tr("%1: %2").replace("%1", criterion.name.of(language))
            lines.append((aim.value, words.replace("%2", criterion.standard(aim).of(language)), _tone(aim)))
        return lines

    def _past_line(self, plan: EarlierPlan) -> Line:
        target = plan.target.value if plan.target is not None else ""
        words = self.tr("%1 %2\u2192%3").replace("%1", format_short_date(plan.made_on))
        words = words.replace("%2", plan.current.value).replace("%3", target)
        if plan.reached is None:
            return self.tr("open"), words, Tone.GREY
        return (self.tr("reached"), words, Tone.GREEN) if plan.reached else (self.tr("not"), words, Tone.RED)


def _tone(state: State) -> Tone:
    return GRADE_TONES[state.value]
