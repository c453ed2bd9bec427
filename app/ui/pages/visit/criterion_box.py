"""One criterion in the side panel: its name, what is computed, what has to be seen, and the hard fail."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.diagnosis import Criterion, State
from app.services.diagnoses import DiagnosisSheet
from app.ui.look.theme import current_theme
from app.ui.look.translations import current_language
from app.ui.pages.visit.diagnosis_item import CriterionView
from app.ui.pages.visit.diagnosis_words import DiagnosisWords
from app.ui.pages.visit.standards_choice import StandardsChoice
from app.ui.widgets.chip import Chip
from app.ui.widgets.help_tip import HelpTip
from app.ui.widgets.labels import TextLabel
from app.ui.widgets.tones import GRADE_TONES, Tone


class CriterionBox(QWidget):
    """Rates one criterion; figures come with their formula, and what was seen on the shelf stands beside."""

    rated = Signal(object)
    """State | None"""
    fail_marked = Signal(object)
    """bool"""

    def __init__(self, words: DiagnosisWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._criterion: Criterion | None = None
        self._build()
        self.choice.given.connect(self.rated)
        self._fail.toggled.connect(self._on_fail_toggled)

    @property
    def criterion(self) -> Criterion | None:
        """The criterion shown."""
        return self._criterion

    @property
    def fact_text(self) -> str:
        """The computed figure as it is shown."""
        return self._fact.text()

    def show_criterion(self, view: CriterionView, sheet: DiagnosisSheet | None, *, marked: bool) -> None:
        """Show a criterion, how it is rated and what is known."""
        criterion = view.criterion
        language = current_language()
        self._criterion = criterion
        name = criterion.name.of(language)
        self._name.setText(name)
        self._law.setVisible(criterion.always)
        self._law.setText(self.tr("by law"))
        self.choice.set_words(name, {state: criterion.standard(state).of(language) for state in State})
        self.choice.show_choice(view.rating, is_given=view.is_given)
        self._show_fact(view, sheet)
        self._show_fail(view, marked=marked)

    def _build(self) -> None:
        theme = current_theme()
        self._name = TextLabel("", "strong", wrap=True)
        self._law = Chip("", Tone.BLUE)
        self._help = HelpTip()
        head = QHBoxLayout()
        head.setSpacing(theme.size("gap_tiny"))
        head.addWidget(self._name, 1)
        head.addWidget(self._law)
        head.addWidget(self._help)
        self._grade = Chip()
        self._fact = TextLabel("", wrap=True)
        self._fact.setObjectName("fact")
        line = QHBoxLayout()
        line.setSpacing(theme.size("gap_small"))
        line.addWidget(self._grade)
        line.addWidget(self._fact, 1)
        self._about = TextLabel("", "hint", wrap=True)
        self._about.setObjectName("about")
        self.choice = StandardsChoice(self)
        self._fail = QCheckBox()
        self._fail.setObjectName("hardFail")
        self._fail_words = TextLabel("", "hint", wrap=True)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, theme.size("gap_small"))
        whole.setSpacing(theme.size("gap_tiny"))
        whole.addLayout(head)
        whole.addLayout(line)
        whole.addWidget(self._about)
        whole.addWidget(self.choice)
        whole.addWidget(self._fail)
        whole.addWidget(self._fail_words)

    def _show_fact(self, view: CriterionView, sheet: DiagnosisSheet | None) -> None:
        metric, fact = view.criterion.metric, view.fact
        self._help.setVisible(metric is not None)
        if metric is not None:
            self._words.tips.explain(self._help, metric.formula)
        text = about = ""
        if fact is not None and sheet is not None:
            text, about = self._words.fact(fact, sheet), self._words.about(fact, sheet)
        elif view.seen is not None:
            text = self._words.seen(view)
        elif not view.is_given:
            about = self._words.not_computed(view.criterion, sheet)
        self._fact.setText(text)
        self._fact.setVisible(bool(text))
        self._about.setText(about)
        self._about.setVisible(bool(about))
        state = view.known
        self._grade.setVisible(bool(text) and state is not None)
        if state is not None:
            self._grade.set_chip(state.value, GRADE_TONES[state.value])

    def _show_fail(self, view: CriterionView, *, marked: bool) -> None:
        hard = view.criterion.hard_fail
        by_hand = hard is not None and not hard.grade_c
        words = "" if hard is None else hard.text.of(current_language())
        self._fail.setVisible(by_hand)
        self._fail_words.setVisible(hard is not None)
        self._fail.blockSignals(True)
        self._fail.setChecked(by_hand and marked)
        self._fail.blockSignals(False)
        self._fail.setText(self.tr("Hard fail: the item is C"))
        self._fail.setAccessibleDescription(words)
        text = words if by_hand else self.tr("\u2716 A C here makes the whole item C")
        self._fail_words.setText(text if hard is not None else "")

    @Slot(bool)
    def _on_fail_toggled(self, checked: bool) -> None:
        self.fail_marked.emit(checked)
