"""The steps with a new customer on the wrap-up: what was done at this visit is ticked, what was done before stands."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.planning.onboarding import Onboarding, StepDone, Ticked, ticked_anew
from app.services.visit_rows import VISIT_ROW
from app.ui.look.onboarding_words import OnboardingWords
from app.ui.look.theme import current_theme
from app.ui.pages.visit.visit_draft import VisitDraft
from app.ui.widgets.chip import Chip
from app.ui.widgets.labels import TextLabel
from app.ui.widgets.layouts import clear_layout
from app.ui.widgets.tones import Tone

_FIELD = "onboarding_done"


class OnboardingSection(QWidget):
    """A box to tick for each step; hidden for a shop that is not new."""

    def __init__(self, draft: VisitDraft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("onboardingSection")
        self._draft = draft
        self._words = OnboardingWords(self)
        self._read: Onboarding | None = None
        self._rows: list[_StepRow] = []
        theme = current_theme()
        self._heading = TextLabel("", "strong")
        self._heading.setObjectName("onboardingHeading")
        self._lines = QVBoxLayout()
        self._lines.setSpacing(theme.size("gap_tiny"))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, theme.size("gap_small"))
        whole.setSpacing(theme.size("gap_tiny"))
        whole.addWidget(self._heading)
        whole.addLayout(self._lines)
        self.hide()

    def show_checklist(self, checklist: Onboarding | None) -> None:
        """Show the checklist as it was read; None hides it."""
        if checklist is None or [one.step for one in checklist.steps] != [row.one.step for row in self._rows]:
            clear_layout(self._lines)
            self._rows = [] if checklist is None else [_StepRow(one) for one in checklist.steps]
            for row in self._rows:
                self._lines.addWidget(row)
                row.box.clicked.connect(self._on_clicked)
            if self._rows:
                self.setFocusProxy(self._rows[0].box)
        self._read = checklist
        self.setVisible(checklist is not None)
        self.show_ticks()

    def show_ticks(self) -> None:
        """Show what the draft holds."""
        if self._read is None or not self._draft.is_open:
            return
        head = self._draft.head
        now = ticked_anew(self._read, Ticked(head.day, head.visit_id, self._ticked()))
        self._heading.setText(self._words.heading(now))
        for row, one in zip(self._rows, now.steps, strict=True):
            is_earlier = one.visit not in {None, head.visit_id}
            row.show_step(one, *self._words.chip(one, now))
            row.box.setText(self._words.step(one))
            row.box.setEnabled(not is_earlier and not self._draft.is_read_only)
            row.box.setToolTip(self.tr("Done at an earlier visit") if is_earlier else "")

    def retranslate(self) -> None:
        """Word everything in the language shown."""
        self.show_ticks()

    def _ticked(self) -> tuple[str, ...]:
        value = self._draft.value(VISIT_ROW, _FIELD)
        return tuple(str(code) for code in value) if isinstance(value, tuple) else ()

    @Slot()
    def _on_clicked(self) -> None:
        """Keep the boxes as they stand now, in the order of the checklist."""
        visit = self._draft.head.visit_id
        own = [row.one.step.code for row in self._rows if row.box.isChecked() and row.one.visit in {None, visit}]
        self._draft.set(VISIT_ROW, **{_FIELD: tuple(own) or None})
        self.show_ticks()


class _StepRow(QWidget):
    """A box with the step beside it, and when it was done or is to be."""

    def __init__(self, one: StepDone) -> None:
        super().__init__()
        self.one = one
        self.box = QCheckBox()
        self.box.setObjectName(f"onboarding_{one.step.code}")
        self._chip = Chip("", Tone.GREY)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(current_theme().size("gap_small"))
        row.addWidget(self.box)
        row.addWidget(self._chip)
        row.addStretch(1)

    def show_step(self, one: StepDone, words: str, tone: Tone) -> None:
        """Show whether and when it was done."""
        self.one = one
        self.box.setChecked(one.done_on is not None)
        self._chip.set_chip(words, tone)
