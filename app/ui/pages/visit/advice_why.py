"""Beside the order guidance: the purchases of one SKU with the forecast, and the sum that leads to its suggestion."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain import formulas
from app.domain.forecast import TrackRecord
from app.domain.order_advice import AdviceChart, AdviceLine, ReasonCode
from app.domain.playbook import Playbook
from app.domain.shop_desk import judged
from app.runtime.cancel import CancelledError, CancelToken, Report
from app.services.guidance import TRADE_RULE, Guidance, ShopAdvice, SkuAdvice
from app.services.shop_papers import ShopPapers
from app.ui.background.task_runner import Lane, TaskRunner
from app.ui.look.formats import format_month, format_number, format_short_date
from app.ui.look.kpi_tips import KpiTips
from app.ui.look.theme import current_theme
from app.ui.look.translations import current_language
from app.ui.look.unit_words import currency_sign
from app.ui.pages.visit.advice_words import AdviceWords, fill, term_text
from app.ui.widgets.bar_chart import Bar, BarChart
from app.ui.widgets.fact_list import Fact, FactList
from app.ui.widgets.help_tip import HelpTip
from app.ui.widgets.labels import ElidedLabel, TextLabel

_FORMULAS = ("F28", "F29", "F30")


class AdviceWhy(QWidget):
    """Shows how the suggestion for one SKU comes about; the terms as shown add up."""

    def __init__(
        self, words: AdviceWords, playbook: Playbook, guidance: Guidance, tasks: TaskRunner,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._guidance = guidance
        self._tasks = tasks
        self._judged: ShopPapers | None = None
        """the papers whose forecasts are judged, or being judged"""
        self._records: Mapping[int, TrackRecord] | None = None
        self._token: CancelToken | None = None
        self._words = words
        self._definitions = KpiTips(playbook.formulas, self)
        self._advice: ShopAdvice | None = None
        self._sku: SkuAdvice | None = None
        self._build()

    def show_sku(self, advice: ShopAdvice | None, sku: SkuAdvice | None) -> None:
        """Explain another SKU."""
        self._advice, self._sku = advice, sku
        if advice is not None and advice.papers is not self._judged:
            self._judge(advice)
        self._render()

    def _judge(self, advice: ShopAdvice) -> None:
        """Work out beside everything else how far off the past forecasts of this shop were."""
        if self._token is not None:
            self._token.cancel()
        self._judged, self._records = advice.papers, None
        guidance = self._guidance

        def work(token: CancelToken, _report: Report) -> tuple[ShopPapers, Mapping[int, TrackRecord]]:
            return advice.papers, guidance.records(advice, token.check)

        self._token = self._tasks.run_long(
            work, owner=self, done=self._on_judged, failed=self._on_not_judged, lane=Lane.FREE
        )

    def _on_judged(self, answer: tuple[ShopPapers, Mapping[int, TrackRecord]]) -> None:
        papers, records = answer
        if papers is self._judged:
            self._records, self._token = records, None
            self._render()

    def _on_not_judged(self, error: BaseException) -> None:
        if not isinstance(error, CancelledError):
            raise error

    def title(self) -> str:
        """Return the question that this panel answers."""
        if self._sku is None or self._advice is None:
            return self.tr("Why this suggestion?")
        if self._sku.line.suggestion is None:
            return self.tr("Why no suggestion?")
        number = self._words.with_unit(str(self._sku.line.suggestion), self._advice.unit)
        return fill(self.tr("Why %1?"), number)

    def retranslate(self) -> None:
        """Word everything in the language shown."""
        self._chart_caption.setText(self.tr("Bought in 12 weeks, and the next three"))
        for code, tip in self._tips.items():
            self._definitions.explain(tip, code)
        self._render()

    def _build(self) -> None:
        theme = current_theme()
        self._name = ElidedLabel("", "strong")
        self._name.setObjectName("whyName")
        self._chart_caption = TextLabel("", "muted", wrap=True)
        self._chart = BarChart()
        self._chart.setObjectName("adviceChart")
        self._sum = FactList()
        self._sum.setObjectName("whySteps")
        self._tips = {code: HelpTip() for code in _FORMULAS}
        self._tips_line = QWidget()
        line = QHBoxLayout(self._tips_line)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.size("gap_tiny"))
        for code, tip in self._tips.items():
            line.addWidget(TextLabel(code, "muted"))
            line.addWidget(tip)
        line.addStretch(1)
        self._reasons = TextLabel("", wrap=True)
        self._reasons.setObjectName("whyReasons")
        self._chances = TextLabel("", wrap=True)
        self._chances.setObjectName("whyChances")
        self._trade = TextLabel("", "muted", wrap=True)
        self._trade.setObjectName("whyTradeRule")
        self._error = TextLabel("", "muted", wrap=True)
        self._error.setObjectName("pastError")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.size("gap_small"))
        for widget in (self._name, self._chart_caption, self._chart, self._sum, self._chances):
            whole.addWidget(widget)
        for widget in (self._reasons, self._trade, self._tips_line, self._error):
            whole.addWidget(widget)
        whole.addStretch(1)

    def _render(self) -> None:
        advice, sku = self._advice, self._sku
        self.setVisible(sku is not None and advice is not None)
        if sku is None or advice is None:
            return
        line = sku.line
        record = None if self._records is None else self._records.get(line.product)
        chart = line.chart if record is None else judged(line.chart, record)
        self._name.setText(sku.full_name)
        self._chart.set_bars(self._bars(advice, chart), self._chart_caption.text())
        self._sum.set_facts(tuple(self._facts(line)))
        self._tips_line.setVisible(bool(line.why))
        kept = () if sku.instead is None else (self._words.kept(sku),)
        self._reasons.setText("\n".join((*kept, *map(self._words.reason, line.reasons))))
        self._reasons.setVisible(bool(self._reasons.text()))
        self._render_plan(advice, line)
        is_open = self._records is None and advice.engine != TRADE_RULE
        self._error.setText(self._words.being_judged() if is_open else self._words.past_error(chart.error_share))

    def _render_plan(self, advice: ShopAdvice, line: AdviceLine) -> None:
        """Show the chances, what limits cost and the trade's rule; an engine without a plan has none of them."""
        plan = line.plan
        said = () if plan is None else (
            self._words.chances(plan), self._words.cost_of_limits(plan, currency_sign(advice.currency))
        )  # fmt: skip
        self._chances.setText(" ".join(part for part in said if part))
        self._trade.setText("" if plan is None else self._words.trade_rule(plan))
        for label in (self._chances, self._trade):
            label.setVisible(bool(label.text()))

    def _bars(self, advice: ShopAdvice, chart: AdviceChart) -> list[Bar]:
        language = current_language()
        bars: list[Bar] = []
        month = 0
        for end, quantity in zip(advice.week_ends, chart.weeks, strict=True):
            label = "" if end.month == month else format_month(end, language)
            month = end.month
            bars.append(Bar(quantity, label, self._tip(end, str(quantity))))
        # Leave the label out of the first bar if the next month begins right after it.
        if len(bars) > 1 and bars[0].label and bars[1].label:
            bars[0] = Bar(bars[0].value, "", bars[0].tip)
        for number, ahead in enumerate(chart.forecast):
            label = self.tr("Forecast") if number == 0 else ""
            spread = format_number(ahead.middle)
            if ahead.low is not None and ahead.high is not None:
                spread = f"{spread} ({format_number(ahead.low)} \u2013 {format_number(ahead.high)})"
            end = advice.week_ends[-1] + timedelta(days=7 * (number + 1))
            bars.append(
                Bar(ahead.middle, label, self._tip(end, spread), is_forecast=True, low=ahead.low, high=ahead.high)
            )
        return bars

    def _tip(self, end: date, text: str) -> str:
        return fill(self.tr("Week until %1: %2"), format_short_date(end), text)

    def _facts(self, line: AdviceLine) -> Iterable[Fact]:
        if line.suggestion is None or line.unrounded is None:
            return
        for number, step in enumerate(line.why):
            yield Fact(self._words.step(step, line), term_text(step.amount, signed=number > 0))
        rounded = Decimal(formulas.whole(line.unrounded))
        if rounded != line.unrounded:
            yield Fact(self.tr("Rounded"), term_text(rounded - line.unrounded))
        if any(reason.code is ReasonCode.CAPPED for reason in line.reasons):
            yield Fact(self.tr("Allowed limit"), term_text(min(Decimal(0), max(0, line.allowed or 0) - rounded)))
        cut = next((reason for reason in line.reasons if reason.code is ReasonCode.CUT), None)
        if cut is not None and cut.value:
            yield Fact(self.tr("Limit in all"), term_text(-Decimal(round(cut.value))))
        yield Fact(self.tr("Suggestion"), str(line.suggestion), strong=True)
