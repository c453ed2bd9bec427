"""What is known of the line the keyboard is on: its months as a picture, its past errors in words, its model."""

from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from app.domain.forecast_process import Steadiness
from app.services.forecast_views import Point, Record
from app.ui.look.formats import format_count, format_month
from app.ui.look.theme import current_theme
from app.ui.look.translations import current_language
from app.ui.pages.forecast.desk_lines import Line
from app.ui.pages.forecast.forecast_words import ForecastWords
from app.ui.widgets.card import Card
from app.ui.widgets.fan_chart import FanChart, FanPoint
from app.ui.widgets.labels import TextLabel
from app.ui.widgets.segmented_choice import Choice, SegmentedChoice
from app.ui.widgets.tones import Tone

HISTORY = 24
BY_RULE = "rule"


class StoryCard(Card):
    """Chart, legend, two or three sentences, and what kind of brand or shop it is."""

    kind_said = Signal(object)
    """Steadiness | None: what the manager says it is, or that the rules decide"""

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
        self._kind = SegmentedChoice((Choice(BY_RULE, "", Tone.GREEN),))
        self._kind.setObjectName("forecastKind")
        self._kind.hide()  # until a line has a kind
        self._kind.chosen.connect(self._on_kind_chosen)
        for widget in (self._chart, self._legend, self._now, self._past, self._model, self._kind):
            self.body.addWidget(widget)
        self.body.addStretch(1)

    def retranslate(self) -> None:
        """Word the legend in the language now shown."""
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
        kinded = line.kind
        self._kind.setVisible(kinded is not None)
        if kinded is None:
            return
        of_shop = line.key[1] is not None
        self._kind.set_name(self.tr("Kind of shop") if of_shop else self.tr("Kind of brand"))
        names = [(one.value, self._words.kind_name(one, of_shop=of_shop)) for one in Steadiness]
        self._kind.set_choices(tuple(Choice(*one, Tone.GREEN) for one in [(BY_RULE, self.tr("By the rule")), *names]))
        self._kind.set_value(kinded.kind.value if kinded.by_hand else BY_RULE)
        self._kind.setToolTip(self._words.kind_tip(kinded, of_shop=of_shop))

    @Slot(object)
    def _on_kind_chosen(self, chosen: str | None) -> None:
        self.kind_said.emit(None if chosen in {None, BY_RULE} else Steadiness(str(chosen)))

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
