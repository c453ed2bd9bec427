"""Beside the stock table: what was bought of the SKU in twelve weeks, the last count, and what is likely left."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.services.stock_sheets import StockLine
from app.services.visit_reading import VisitHead
from app.ui.look.formats import NO_VALUE, format_number, format_short_date, format_signed
from app.ui.look.theme import current_theme
from app.ui.look.unit_words import UnitWords
from app.ui.pages.visit.stock_words import price_text
from app.ui.widgets.bar_chart import Bar, BarChart
from app.ui.widgets.fact_list import Fact, FactList
from app.ui.widgets.labels import TextLabel


class StockPanel(QWidget):
    """Shows one SKU; an estimate is for orientation and never fills a field."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._units = UnitWords(self)
        self._line: StockLine | None = None
        self._head: VisitHead | None = None
        self._caption = TextLabel("", "muted", wrap=True)
        self._chart = BarChart()
        self._chart.setObjectName("weekChart")
        self._facts = FactList()
        self._facts.setObjectName("stockFacts")
        self._hint = TextLabel("", "hint", wrap=True)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(current_theme().size("gap_small"))
        for widget in (self._caption, self._chart, self._facts, self._hint):
            whole.addWidget(widget)
        whole.addStretch(1)
        self.retranslate()

    def show_line(self, line: StockLine | None, head: VisitHead) -> None:
        """Show a SKU."""
        self._line, self._head = line, head
        self._render()

    def retranslate(self) -> None:
        """Word everything in the language shown."""
        self._caption.setText(self.tr("Purchases of the last 12 weeks"))
        self._hint.setText(self.tr("The estimate is for orientation only; what counts is what you count."))
        self._render()

    def _render(self) -> None:
        line, head = self._line, self._head
        self.setVisible(line is not None)
        if line is None or head is None:
            return
        weeks = line.weeks or (0,) * 12
        last = len(weeks) - 1
        bars = [
            Bar(value, label=self._week_label(last - place), tip=self._week_tip(last - place, value))
            for place, value in enumerate(weeks)
        ]
        self._chart.set_bars(bars, self.tr("Purchases by week"))
        self._facts.set_facts(self._lines(line, head.unit))

    def _lines(self, line: StockLine, unit: str | None) -> tuple[Fact, ...]:
        counted = self.tr("Last count")
        if line.last is not None:
            counted = self.tr("Last count %1").replace("%1", format_short_date(line.last.day))
        on_hand = None if line.last is None else line.last.on_hand
        estimate = self._amount(line.estimate, unit)
        if line.estimate is not None:
            estimate = self.tr("about %1").replace("%1", estimate)
        weekly = NO_VALUE
        if line.weekly_sale is not None:
            weekly = self._units.with_count(format_number(line.weekly_sale), unit)
        since = NO_VALUE
        if line.since_last is not None:
            since = self._units.with_count(format_signed(line.since_last), unit)
        return (
            Fact(counted, self._amount(on_hand, unit)),
            Fact(self.tr("Bought since"), since),
            Fact(self.tr("Likely left by sales"), estimate),
            Fact(self.tr("Sold per week, about"), weekly),
            Fact(self.tr("Guide price"), price_text(line.guide_price)),
        )

    def _amount(self, value: int | None, unit: str | None) -> str:
        return NO_VALUE if value is None else self._units.with_count(str(value), unit)

    def _week_label(self, back: int) -> str:
        if back == 0:
            return self.tr("last week")
        return f"\u2212{back}" if back in {3, 7, 11} else ""

    def _week_tip(self, back: int, value: int) -> str:
        unit = self._head.unit if self._head is not None else None
        words = self.tr("%n week(s) back: %1", "", back + 1)
        return words.replace("%1", self._units.with_count(str(value), unit))
