"""The accuracies of a month in one line, each with its number and its definition one hover away."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.forecast_tracking import Scores
from app.services.forecast_views import TrackView
from app.ui.look.formats import format_change, format_number, format_percent
from app.ui.look.kpi_tips import KpiTips
from app.ui.look.theme import current_theme
from app.ui.pages.forecast.forecast_words import ForecastWords
from app.ui.widgets.card import Card
from app.ui.widgets.key_figure import KeyFigure

_FIGURES = ("f01", "f03", "f04", "wape", "mase", "bias")


class ScoreLine(Card):
    """Six figures; below each what the system alone would have reached."""

    def __init__(self, words: ForecastWords, tips: KpiTips, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setObjectName("scoreLine")
        self._words = words
        self._tips = tips
        self.figures = {name: KeyFigure() for name in _FIGURES}
        row = QHBoxLayout()
        row.setSpacing(current_theme().size("gap"))
        for name, figure in self.figures.items():
            figure.setObjectName(f"score_{name}")
            row.addWidget(figure, 1)
        self.body.addLayout(row)

    def show_scores(self, view: TrackView) -> None:
        """Show the scores of a month."""
        labels = {
            "f01": self.tr("F01 total"),
            "f03": self.tr("F03 SKUs"),
            "f04": self.tr("F04 hits"),
            "wape": self.tr("WAPE"),
            "mase": self.tr("MASE"),
            "bias": self.tr("Bias"),
        }
        tips = {
            "f01": "\n".join((self._tips.of("F01"), "", self._tips.of("F02"), *self._classes(view))),
            "f03": self._tips.of("F03"),
            "f04": self._tips.of("F04"),
            "wape": self.tr("Σ |F − D| ÷ Σ D over the SKUs: how much of what came was misjudged."),
            "mase": self.tr(
                "Mean error of each SKU over that of “as a year ago” in earlier months; below 1 is nearer."
            ),
            "bias": self.tr("Σ (F − D) ÷ Σ D: above 0 too much was forecast, below 0 too little."),
        }
        for name, figure in self.figures.items():
            figure.set_label(labels[name])
            system = self.tr("sys. %1").replace("%1", _written(view.system_scores, name))
            figure.set_figure(_written(view.scores, name), "", system)
            figure.setToolTip(tips[name])

    def _classes(self, view: TrackView) -> list[str]:
        return [f"{self._words.group(group)} {format_percent(share, 1)}" for group, share in view.by_class]


def _written(scores: Scores, name: str) -> str:
    value: float | None = getattr(scores, name)
    if name == "mase":
        return format_number(value, 2)
    return format_change(value, 1) if name == "bias" else format_percent(value, 1)
