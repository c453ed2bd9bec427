"""What is known of the line the keyboard is on: its months as a picture, its past errors in words, its model."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.services.forecast_views import Point, Record
from app.ui.look.formats import format_count, format_month
from app.ui.look.theme import current_theme
from app.ui.look.translations import current_language
from app.ui.pages.forecast.desk_lines import Line
from app.ui.pages.forecast.forecast_words import ForecastWords
from app.ui.widgets.buttons import Button
from app.ui.widgets.card import Card
from app.ui.widgets.fan_chart import FanChart, FanPoint
from app.ui.widgets.labels import TextLabel

HISTORY = 24
_LOW_CHART = 9.0


class StoryCard(Card):
    """Chart, legend, two or three sentences, and what kind of brand or shop it is."""

    kind_requested = Signal()
    """the kind of what is shown is to be looked at, and perhaps changed"""

    def __init__(self, words: ForecastWords, parent: QWidget | None = None) -> None:
        super().__init__(" ", scroll=True, parent=parent)
        self._words = words
        self._chart = FanChart()
        self._chart.setObjectName("forecastChart")
        self._chart.setMinimumHeight(current_theme().em(8.6))
        self._chart.setMaximumHeight(current_theme().em(15))
        self._legend = TextLabel("", "hint", wrap=True)
        self._now = TextLabel("", "strong", wrap=True)
        self._now.setObjectName("forecastNow")
        self._past = TextLabel("", "muted", wrap=True)
        self._past.setObjectName("forecastPast")
        self._model = TextLabel("", "muted", wrap=True)
        self._model.setObjectName("forecastModel")
        self._kind = TextLabel("", "muted", wrap=True)
        self._change = Button("", "quiet", small=True)
        self._change.setObjectName("forecastKind")
        self._change.clicked.connect(self.kind_requested)
        self._kind_line = QWidget()
        self._kind_line.hide()  # until a line has a kind
        kind = QHBoxLayout(self._kind_line)
        kind.setContentsMargins(0, 0, 0, 0)
        kind.addWidget(self._kind, 1)
        kind.addWidget(self._change)
        for widget in (self._chart, self._legend, self._now, self._past, self._model, self._kind_line):
            self.body.addWidget(widget)
        self.body.addStretch(1)

    def set_low(self) -> None:
        """Keep the picture small enough to be seen whole in a low card."""
        self._chart.setMaximumHeight(current_theme().em(_LOW_CHART))

    def retranslate(self) -> None:
        """Word the legend in the language now shown."""
        self._change.setText(self.tr("Kind…"))
        self._change.setToolTip(self.tr("Why it is of this kind, and to say otherwise"))
        self._legend.setText(self.tr("━ came  ┄ forecast a month ahead  ▒ four of five times  ■ your own figure"))

    def show_line(self, line: Line, name: str, unit: str | None) -> None:
        """Say what is expected of a line; its months come with `show_points`."""
        self.set_title(name)
        expected = self._words.units.with_count(format_count(line.model_value), unit)
        if line.low is None or line.high is None:
            text = self.tr("Expected %1").replace("%1", expected)
        else:
            text = self.tr("Expected %1, four times of five between %2 and %3").replace("%1", expected)
            text = text.replace("%2", format_count(round(line.low))).replace("%3", format_count(round(line.high)))
        if line.final != line.model_value:
            own = self.tr("yours %1").replace("%1", self._words.units.with_count(format_count(line.final), unit))
            text = f"{text} · {own}"
        self._now.setText(text)
        self._model.setText("" if line.is_sum else self._words.model(line))
        self._show_kind(line)

    def _show_kind(self, line: Line) -> None:
        self._kind_line.setVisible(line.kind is not None)
        if line.kind is not None:
            told = self._words.kind_told(line.kind, of_shop=line.key[1] is not None)
            self._kind.setText(told)
            self._kind.setToolTip(self._words.kind_tip(line.kind, of_shop=line.key[1] is not None))

    def show_points(
        self, points: tuple[Point, ...], record: Record, focus: date | None, unit: str | None
    ) -> None:  # fmt: skip
        """Draw the months and say how the forecasts of the past ones did."""
        first_ahead = next((i for i, p in enumerate(points) if p.actual is None), len(points))
        shown = points[max(0, first_ahead - HISTORY) :]
        self._chart.set_points(
            [self._fan_point(point, focus, unit) for point in shown],
            self.tr("Twenty-four months, the forecasts made for them, and the months to come"),
        )
        self._past.setText(self._words.past(points, record, unit) if points else "")

    def _fan_point(self, point: Point, focus: date | None, unit: str | None) -> FanPoint:
        expected = None if point.forecast is None else round(point.forecast)
        is_own = expected is None or (point.final is not None and abs(point.final - expected) > 1)  # 1 is rounding
        own = point.final if point.actual is None and is_own else None
        return FanPoint(
            format_month(point.month, current_language()), point.actual, point.forecast, point.low, point.high, own,
            self._words.point(point, unit), is_focus=point.month == focus,
        )  # fmt: skip
