"""The diagnosis as a radar, with the one before it and the count of states."""

from PySide6.QtCore import QEvent, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.diagnosis import State
from app.services.diagnosis_reading import DiagnosisView
from app.ui.look.formats import format_iso, format_signed
from app.ui.look.theme import current_theme
from app.ui.look.translations import current_language
from app.ui.pages.customers.profile_view_model import ProfileViewModel
from app.ui.widgets.card import Card
from app.ui.widgets.chip import Chip
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.labels import TextLabel
from app.ui.widgets.painting import is_language_event
from app.ui.widgets.radar_chart import RadarAxis, RadarChart
from app.ui.widgets.tones import GRADE_TONES, Tone


class DiagnosisCard(Card):
    """Fourteen items in a circle; what was not judged yet is left out."""

    def __init__(self, model: ProfileViewModel, parent: QWidget | None = None) -> None:
        super().__init__(" ", parent=parent)
        self._model = model
        self._build()
        model.changed.connect(self._render)
        self.retranslate()

    def _build(self) -> None:
        self._radar = RadarChart()
        self._radar.setObjectName("diagnosisRadar")
        self._counts = {state: Chip("", GRADE_TONES[state]) for state in State}
        self._better = Chip()
        self._part = TextLabel("", "hint", wrap=True)
        self._part.setObjectName("diagnosisPart")
        foot = QHBoxLayout()
        foot.setSpacing(current_theme().size("gap_small"))
        for chip in (*self._counts.values(), self._better):
            foot.addWidget(chip)
        foot.addStretch(1)
        full = QWidget()
        whole = QVBoxLayout(full)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._radar, 1)
        whole.addWidget(self._part)
        whole.addLayout(foot)
        self._empty = EmptyState("visit")
        self._stack = QStackedWidget()
        self._stack.addWidget(full)
        self._stack.addWidget(self._empty)
        self.body.addWidget(self._stack, 1)

    def retranslate(self) -> None:
        """Word everything in the language now shown."""
        self.set_title(self.tr("Diagnosis"))
        self._empty.set_words(self.tr("Not judged yet. The next visit makes the first diagnosis."))
        self._render()

    @Slot()
    def _render(self) -> None:
        profile = self._model.profile
        view = profile.diagnosis if profile is not None else DiagnosisView(())
        language = current_language()
        self._stack.setCurrentIndex(1 if profile is not None and view.day is None else 0)
        axes = [RadarAxis(item.name.of(language), item.state, item.previous) for item in view.items]
        self._radar.set_axes(axes, self.tr("Diagnosis now and before"))
        for state, chip in self._counts.items():
            chip.set_chip(f"{state} {view.count(state)}", GRADE_TONES[state])
            chip.setVisible(view.day is not None)
        self._render_before(view)

    def _render_before(self, view: DiagnosisView) -> None:
        self._better.setVisible(view.previous_day is not None)
        days = f"— {format_iso(view.day)}" if view.day is not None else ""
        part = self.tr("%1 of %2 items judged anew; the others stand as before.")
        self._part.setText(part.replace("%1", str(view.judged)).replace("%2", str(len(view.items))))
        self._part.setVisible(view.previous_day is not None and view.judged < len(view.items))
        if view.previous_day is None:
            self.set_hint(days)
            return
        self.set_hint(f"{days}  ┄ {format_iso(view.previous_day)}")
        tone = Tone.GREY if view.better == 0 else Tone.GREEN if view.better > 0 else Tone.RED
        self._better.set_chip(
            self.tr("vs last %1").replace("%1", format_signed(view.better) if view.better else "±0"), tone
        )

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_language_event(event) and hasattr(self, "_stack"):
            self.retranslate()
