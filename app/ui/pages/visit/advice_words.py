"""The words of the order guidance: columns, hints, the terms of the sum, and how sure the numbers are."""

from collections.abc import Mapping
from decimal import Decimal

from PySide6.QtCore import QObject

from app.domain.enumerations import Enumerations
from app.domain.order_advice import (
    AdviceLine,
    OrderPlan,
    Reason,
    ReasonCode,
    SalesSource,
    StepCode,
    StockSource,
    WhyStep,
)
from app.services.guidance import SkuAdvice
from app.ui.look.formats import MINUS, NO_VALUE, format_amount_round, format_number, format_percent
from app.ui.look.sentences import joined
from app.ui.look.translations import current_language
from app.ui.look.unit_words import UnitWords
from app.ui.widgets.tones import Tone

_MINOR = 100
_SHOWN_LOSS = 0.05
_WEEKS_A_MONTH = 4.345

HINT_TONES: Mapping[ReasonCode, Tone] = {
    ReasonCode.OUT_OF_STOCK: Tone.RED,
    ReasonCode.OUT_OF_STOCK_RISK: Tone.RED,
    ReasonCode.OVERDUE: Tone.RED,
    ReasonCode.SLOW_3_MONTHS: Tone.AMBER,
    ReasonCode.STOCK_ENOUGH: Tone.GREEN,
    ReasonCode.CAPPED: Tone.BLUE,
    ReasonCode.CUT: Tone.BLUE,
    ReasonCode.NO_HISTORY: Tone.GREY,
    ReasonCode.COUNTS_CONTRADICT: Tone.AMBER,
}
"""The reasons that are shown as hints in the table; the others stand beside it."""


def fill(text: str, *values: object) -> str:
    """Put values in the place of %1, %2 and so on."""
    for number, value in enumerate(values, 1):
        text = text.replace(f"%{number}", str(value))
    return text


class AdviceWords(QObject):
    """Puts the codes and numbers of the guidance into the language shown."""

    def __init__(self, lists: Enumerations, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lists = lists
        self._units = UnitWords(self)

    def header(self, column: str) -> str:
        """Return the header of a column."""
        return {
            "SKU": self.tr("SKU"),
            "WEEKS": self.tr("12 weeks"),
            "ON_HAND": self.tr("On hand"),
            "EXPECTED": self.tr("Per week"),
            "SAFETY": self.tr("Safety"),
            "ALLOWED": self.tr("Allowed"),
            "SUGGESTION": self.tr("Suggest"),
            "HINT": self.tr("Hint"),
        }[column]

    def subtitle(self, sku: SkuAdvice, unit: str | None, currency: str | None) -> str:
        """Return class and retail price of a SKU in one line."""
        parts: list[str] = []
        if sku.price_class:
            parts.append(self._lists.label("price_class", sku.price_class).of(current_language()))
        if sku.size:
            parts.append(sku.size)
        if sku.retail_price is not None:
            price = f"{sku.retail_price / _MINOR:.2f}".rstrip("0").rstrip(".")
            parts.append(fill(self.tr("%1 %2", "price and its unit"), price, self._units.price(unit, currency)))
        return " \u00b7 ".join(parts)

    def stock(self, line: AdviceLine) -> tuple[str, str]:
        """Return the stock on hand, and in a few words how it is known."""
        if line.stock is None:
            return NO_VALUE, self.tr("no count")
        if line.on_order:
            return str(line.stock), fill(self.tr("+%1 ordered"), line.on_order)
        if line.stock_source is StockSource.ESTIMATED:
            return f"\u2248{line.stock}", fill(self.tr("%1 d ago"), line.stock_age or 0)
        return str(line.stock), ""

    def hint(self, reason: Reason) -> str:
        """Return a reason in two or three words."""
        value = reason.value or 0.0
        return {
            ReasonCode.OUT_OF_STOCK: self.tr("Out of stock"),
            ReasonCode.OUT_OF_STOCK_RISK: self.tr("Stock-out risk"),
            ReasonCode.OVERDUE: self.tr("May be out"),
            ReasonCode.SLOW_3_MONTHS: self.tr("Slow: %n month(s)", "", max(3, int(value / _WEEKS_A_MONTH))),
            ReasonCode.STOCK_ENOUGH: self._enough(reason),
            ReasonCode.CAPPED: fill(self.tr("At most %1"), f"{value:.0f}"),
            ReasonCode.CUT: fill(self.tr("%1 less: limit"), f"{value:.0f}"),
            ReasonCode.SHORT_BEFORE: self.tr("Short before"),
            ReasonCode.NO_HISTORY: self.tr("No past"),
            ReasonCode.COUNTS_CONTRADICT: self.tr("Counts differ"),
            ReasonCode.STOCK_UNKNOWN: self.tr("Not counted"),
            ReasonCode.STOCK_ESTIMATED: self.tr("Estimated"),
            ReasonCode.SALES_ESTIMATED: self.tr("Estimated"),
        }[reason.code]

    def reason(self, reason: Reason) -> str:
        """Return a reason as a sentence."""
        count = round(reason.value or 0)
        sentences = {
            ReasonCode.OUT_OF_STOCK: self.tr("Counted zero: the shelf is empty."),
            ReasonCode.OUT_OF_STOCK_RISK: self.tr("What is there lasts about %n day(s).", "", count),
            ReasonCode.OVERDUE: fill(
                self.tr("Usually ordered every %1 wk, the last time %2 wk ago: it may be out of stock."),
                format_number(reason.other, 1).removesuffix(".0"),
                count,
            ),
            ReasonCode.SLOW_3_MONTHS: self.tr("Not ordered for %n week(s): sell what is there first.", "", count),
            ReasonCode.STOCK_ENOUGH: self._enough_sentence(reason),
            ReasonCode.CAPPED: fill(
                self.tr("No more than %1 may be ordered; without the limit it would be %2."),
                count,
                round(reason.other or 0),
            ),
            ReasonCode.CUT: fill(
                self.tr("The limit in all or the budget takes %1 off %2."), count, round(reason.other or 0)
            ),
            ReasonCode.SHORT_BEFORE: fill(
                self.tr("In %1 of the last %2 weeks it sold all that was allowed: demand was at least that."),
                count,
                round(reason.other or 0),
            ),
            ReasonCode.NO_HISTORY: self.tr("Never bought here: nothing can be forecast."),
            ReasonCode.STOCK_UNKNOWN: self.tr(
                "Nobody counted the stock. The sum presumes what the last purchase leaves over if sales go as expected."
            ),
            ReasonCode.STOCK_ESTIMATED: self.tr("The stock is estimated from a count %n day(s) ago.", "", count),
            ReasonCode.SALES_ESTIMATED: self.tr(
                "Sales are estimated from purchases: two counts would show real sales."
            ),
            ReasonCode.COUNTS_CONTRADICT: self.tr(
                "More was counted than could be there; the sales are estimated from purchases instead."
            ),
        }
        return sentences[reason.code]

    def term(self, code: StepCode) -> str:
        """Return the name of a term of the sum."""
        return {
            StepCode.COUNTED_SALES: self.tr("Counted sale"),
            StepCode.EXPECTED_SALES: self.tr("Expected sale"),
            StepCode.SAFETY_MARGIN: self.tr("Safety margin"),
            StepCode.CYCLE_FORECAST: self.tr("Sale of a cycle"),
            StepCode.LEAD_FORECAST: self.tr("Until goods come"),
            StepCode.SAFETY_STOCK: self.tr("Safety stock"),
            StepCode.SELL_FIRST: self.tr("Sell what is there"),
            StepCode.COUNTED_STOCK: self.tr("On hand, counted"),
            StepCode.ESTIMATED_STOCK: self.tr("On hand, estimated"),
            StepCode.PRESUMED_STOCK: self.tr("Presumably there"),
            StepCode.ON_ORDER: self.tr("On its way"),
            StepCode.NOTHING_NEEDED: self.tr("Not below zero"),
        }[code]

    def step(self, step: WhyStep, line: AdviceLine) -> str:
        """Return the name of a term, with the service level that it follows from."""
        if step.code is StepCode.SAFETY_STOCK and line.plan is not None:
            return f"{self.term(step.code)} ({format_percent(line.plan.service, 0)})"
        if step.code is StepCode.LEAD_FORECAST and line.plan is not None and line.plan.ends_before:
            return self.tr("Until goods come, while stock lasts")
        return self.term(step.code)

    def sales_source(self, source: SalesSource) -> str:
        """Say where the expected sale comes from."""
        return {
            SalesSource.COUNTS: self.tr("from two counts (F28)"),
            SalesSource.PURCHASES: self.tr("from purchases of 12 weeks"),
            SalesSource.UNKNOWN: self.tr("not known"),
        }[source]

    def past_error(self, share: float | None) -> str:
        """Say how far the forecasts of the past were off."""
        if share is None:
            return self.tr("Too few weeks to judge past forecasts.")
        return fill(
            self.tr("Forecasts made so for each of the last 26 weeks were off by %1 of what was bought."),
            format_percent(share),
        )

    def being_judged(self) -> str:
        """Say that the error is being worked out."""
        return self.tr("The past forecasts are being judged\u2026")

    def chances(self, plan: OrderPlan) -> str:
        """Say how likely it is to run out with the suggestion, and with what was ordered last."""
        said = fill(
            self.tr("Chance to run out between this delivery and the next on day %1: %2 with this suggestion."),
            plan.days,
            format_percent(plan.risk, 0),
        )
        if plan.ends_before:
            said = joined((self.tr("It may be gone before the goods come."), said))
        if plan.last_order is None or plan.last_risk is None:
            return said
        last = fill(self.tr("With the last order's %1 it is %2."), plan.last_order, format_percent(plan.last_risk, 0))
        return joined((said, last))

    def cost_of_limits(self, plan: OrderPlan, sign: str) -> str:
        """Say what limits are expected to cost; empty where they cost nothing."""
        if plan.lost < _SHOWN_LOSS:
            return ""
        lost = format_number(plan.lost)
        if plan.lost_margin is None:
            return fill(self.tr("The limit costs about %1 of sales before the next delivery."), lost)
        margin = format_amount_round(plan.lost_margin, sign)
        return fill(self.tr("The limit costs about %1 of sales before the next delivery, %2 of margin."), lost, margin)

    def trade_rule(self, plan: OrderPlan) -> str:
        """Return what F28 to F30 say, for comparison."""
        trade = plan.trade
        if trade.sales is None or trade.safety is None:
            return ""
        numbers = (format_number(float(trade.sales)), format_number(float(trade.safety)), trade.suggestion)
        return fill(
            self.tr("By the trade's rule: sale %1 (F28), safety stock %2 (F29), suggestion %3 (F30)."), *numbers
        )

    def with_unit(self, count: str, unit: str | None) -> str:
        """Return a written number with the unit behind it."""
        return self._units.with_count(count, unit)

    def unit(self, unit: str | None) -> str:
        """Return the unit of quantities."""
        return self._units.of(unit)

    def bad_number(self, name: str, text: str) -> str:
        """Say what is wrong with what was typed."""
        return fill(self.tr("%1: '%2' is no whole number of zero or more."), name, text)

    def above_cap(self, name: str, allowed: int) -> str:
        """Say that no more may be ordered."""
        return fill(self.tr("%1: no more than %2 may be ordered; the number before stays."), name, allowed)

    def was(self, suggestion: int | None) -> str:
        """Say what was suggested before a person changed it."""
        return fill(self.tr("Suggested: %1"), NO_VALUE if suggestion is None else suggestion)

    def anew(self, suggestion: int) -> str:
        """Say in two words what would be suggested now where another number was agreed."""
        return fill(self.tr("Now: %1"), suggestion)

    def kept(self, sku: SkuAdvice) -> str:
        """Say from which figures a kept suggestion came, and what would be suggested now."""
        line = sku.line
        if line.suggestion is None:
            return fill(self.tr("Not part of what was agreed. Counted anew, %1 would be suggested."), sku.instead)
        safety = None if line.safety is None else float(line.safety)
        said = fill(
            self.tr("Kept as agreed: on hand %1, %2 sold a week, safety stock %3."),
            NO_VALUE if line.stock is None else line.stock,
            format_number(line.weekly),
            format_number(safety),
        )
        return joined((said, fill(self.tr("Counted anew, %1 would be suggested."), sku.instead)))

    def _enough(self, reason: Reason) -> str:
        if reason.value is None:
            return self.tr("Stock is enough")
        return fill(self.tr("Lasts %1 weeks"), format_number(reason.value))

    def _enough_sentence(self, reason: Reason) -> str:
        if reason.value is None:
            return self.tr("Stock is enough: nothing sells at present.")
        return fill(self.tr("What is there lasts %1 weeks."), format_number(reason.value))


def term_text(amount: Decimal, *, signed: bool = True) -> str:
    """Write a term of a sum in full, so that the terms as shown add up: + 0.22, − 9.0."""
    if not amount:
        return "0"
    text = f"{abs(amount).normalize():f}"
    if "." not in text:
        text += ".0"
    if not signed:
        return f"{MINUS}{text}" if amount < 0 else text
    return f"{MINUS if amount < 0 else '+'} {text}"
