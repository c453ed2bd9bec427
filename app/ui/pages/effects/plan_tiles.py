"""The four plans of a month at a glance: volume, key SKUs, value per unit, shops with an order."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.kpi.effect import Giver, KpiLine
from app.domain.kpi.tallies import Period, Subject
from app.services.kpis import KpiMonth
from app.ui.look.formats import NO_VALUE, format_change, format_percent
from app.ui.look.theme import current_theme
from app.ui.pages.effects.effect_words import EffectWords
from app.ui.pages.effects.effects_table_model import tone_of
from app.ui.widgets.card import Card
from app.ui.widgets.key_figure import KeyFigure
from app.ui.widgets.labels import ElidedLabel
from app.ui.widgets.target_bar import TargetBar
from app.ui.widgets.tones import Tone

SUBJECTS = (Subject.VOLUME, Subject.KEY, Subject.VALUE, Subject.CUSTOMERS)


class PlanTiles(QWidget):
    """Four cards side by side; what they tell stands in the table below them too."""

    def __init__(self, words: EffectWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tiles = {subject: _Tile(words) for subject in SUBJECTS}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(current_theme().size("gap"))
        for subject, tile in self._tiles.items():
            tile.setObjectName(f"planTile_{subject.value}")
            row.addWidget(tile, 1)

    def set_low(self, *, is_low: bool) -> None:
        """Leave out last year and the year so far where the window is low; the table tells them too."""
        for tile in self._tiles.values():
            tile.set_low(is_low=is_low)

    def show_month(self, view: KpiMonth) -> None:
        """Show the plans of a month."""
        for subject, tile in self._tiles.items():
            month, year = (view.line(f"F05:{subject.value}:{period.value}:") for period in Period)
            if month is not None and year is not None:
                tile.show_plan(month, year, view)


class _Tile(Card):
    """Actual, target, how far it is and should be, and the year so far."""

    def __init__(self, words: EffectWords) -> None:
        super().__init__()
        self._words = words
        self._figure = KeyFigure()
        self._bar = TargetBar()
        self._change, self._year = ElidedLabel("", "muted"), ElidedLabel("", "muted")
        body = QVBoxLayout()
        body.setSpacing(current_theme().size("gap_tiny"))
        for part in (self._figure, self._bar, self._change, self._year):
            body.addWidget(part)
        self.body.addLayout(body)

    def set_low(self, *, is_low: bool) -> None:
        """Show the month alone, or the year too."""
        for part in (self._change, self._year):
            part.setHidden(is_low)

    def show_plan(self, month: KpiLine, year: KpiLine, view: KpiMonth) -> None:
        """Show a plan for its month, and for the year so far."""
        tone = tone_of(month)
        self._figure.set_label(self._words.name(month, view))
        number = self._words.number(month.actual, month.measure, view)
        unit = "" if month.actual is None else self._words.unit(month.measure, view)
        self._figure.set_figure(number, unit, self._told(month, view), tone)
        due = None if month.target is None or view.is_over else month.expected
        self._bar.set_shares(month.attainment, due, tone or Tone.PRIMARY)
        growth = NO_VALUE if month.growth is None else format_change(month.growth)
        self._change.setText(self.tr("%1 on last year").replace("%1", growth))
        told = self.tr("Year so far %1").replace("%1", self._words.value(year.actual, year, view))
        if year.attainment is not None:
            told += " · " + self.tr("%1 of the target").replace("%1", format_percent(year.attainment, 1))
        self._year.setText(told)
        self._words.tips.explain(self, "F05")

    def _told(self, line: KpiLine, view: KpiMonth) -> str:
        if line.attainment is None or line.target is None:
            return self._words.why_empty(line)
        target = self._words.number(line.target.value, line.measure, view)
        told = self.tr("%1 of %2").replace("%1", format_percent(line.attainment, 1)).replace("%2", target)
        if line.target.giver is Giver.OFFICE:
            told += f" ({self._words.from_office()})"
        if line.expected is not None and not view.is_over:
            told += " · " + self.tr("%1 due now").replace("%1", format_percent(line.expected))
        return told
