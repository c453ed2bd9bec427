"""The words of a brief: why to come, what to talk about, what was agreed, what fell; for Today and the visit."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.domain.brief import OpenPlan, Owner, PastVisit, Promise, Topic, TopicCode
from app.domain.playbook import Playbook
from app.domain.purchase_signs import Fall, FallBasis, OverdueProduct, SlowProduct
from app.domain.purchases import Trend, TrendKind
from app.domain.reasons import VisitReason, Why
from app.ui.look.formats import NO_VALUE, format_change, format_number, format_percent, format_short_date
from app.ui.look.kpi_tips import KpiTips
from app.ui.look.translations import current_language
from app.ui.look.unit_words import UnitWords

if TYPE_CHECKING:
    from app.services.briefs import ShopBrief


def _fill(text: str, *values: object) -> str:
    for number, value in enumerate(values, 1):
        text = text.replace(f"%{number}", str(value))
    return text


class BriefWords(QObject):
    """Puts codes and numbers of a brief into the language shown."""

    def __init__(self, playbook: Playbook, unit: str | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._playbook = playbook
        self._unit = unit
        self._units = UnitWords(self)
        self.tips = KpiTips(playbook.formulas, self)

    def set_unit(self, unit: str | None) -> None:
        """Count in this unit."""
        self._unit = unit

    def why(self, why: Why) -> str:
        """Return a reason to come as one line."""
        count = int(why.value or 0)
        texts = {
            VisitReason.ORDER_DAY_TODAY: self.tr("Orders today"),
            VisitReason.ORDER_DAY_NEXT: self.tr("Orders in %n day(s)", "", count),
            VisitReason.NEVER_VISITED: self.tr("Never visited so far"),
            VisitReason.LONG_UNVISITED: self.tr("Not visited for %n day(s)", "", count),
            VisitReason.COMPLAINT: self.tr("%n complaint(s) open", "", count),
            VisitReason.PROMISE_DUE: self.tr("%n agreed step(s) due", "", count),
            VisitReason.PLAN_DUE: _fill(
                self.tr("Improvement of '%1' due %2"), self.item(why.subject), format_short_date(why.day)
            ),
            VisitReason.MISSED_ORDERS: self.tr("%n order cycle(s) missed in a row", "", count),
            VisitReason.STOCK_OUT_SIGNS: self.tr("%n main SKU(s) may be out of stock", "", count),
            VisitReason.SHARP_FALL: _fill(
                self.tr("Purchases %1 against last year"), format_change(why.value, decimals=0)
            ),
            VisitReason.LICENCE_ENDING: self.tr("Licence ends in %n day(s)", "", count),
            VisitReason.LICENCE_EXPIRED: self.tr("Licence expired %n day(s) ago", "", count),
            VisitReason.PINNED: self.tr("Put on the day by hand"),
        }
        return texts[why.code]

    def topic(self, shop: "ShopBrief") -> str:
        """Return the suggested topic as a sentence."""
        topic = shop.brief.topic
        count = int(topic.value or 0)
        names = self.products(topic.products, shop.names)
        texts = {
            TopicCode.LICENCE_EXPIRED: self.tr("The licence has expired: ask for the new one first."),
            TopicCode.COMPLAINT: self.tr("Answer the open complaint first."),
            TopicCode.OUR_PROMISE: _fill(self.tr("We promised '%1' and are late: settle it."), topic.subject),
            TopicCode.MISSED_ORDERS: self.tr("Ask why %n order cycle(s) were left out.", "", count),
            TopicCode.STOCK_OUT: _fill(self.tr("Check whether %1 can still be bought here."), names),
            TopicCode.SHARP_FALL: self._sharp_fall(topic, names),
            TopicCode.LICENCE_RENEWAL: self.tr("The licence ends in %n day(s): help with the renewal.", "", count),
            TopicCode.PLAN_DUE: _fill(
                self.tr("Look together at what became of the plan for '%1'."), self.item(topic.subject)
            ),
            TopicCode.WORSE_ITEM: _fill(
                self.tr("'%1' was worse than before: find the cause."), self.item(topic.subject)
            ),
            TopicCode.SLOW_PRODUCTS: _fill(
                self.tr("%1 of the SKUs are slow (%2): talk about how to move them."),
                format_percent(topic.value),
                names,
            ),
            TopicCode.PRODUCT_FELL: _fill(
                self.tr("%1 sells less than before: ask what customers take instead."), names
            ),
            TopicCode.ROUTINE: self.tr("Nothing is urgent: ask what sells better than last month, and why."),
        }
        return texts[topic.code]

    def _sharp_fall(self, topic: Topic, names: str) -> str:
        change = format_change(topic.value)
        if not topic.products:
            return _fill(self.tr("Purchases are %1 against last year: ask for the cause."), change)
        return _fill(self.tr("Purchases are %1 against last year, most of all %2: ask for the cause."), change, names)

    def item(self, code: str) -> str:
        """Return the name of a diagnosis item."""
        found = self._playbook.diagnosis.item(code)
        return code if found is None else found.name.of(current_language())

    def products(self, numbers: tuple[int, ...], names: Mapping[int, str]) -> str:
        """Return names of products in one line."""
        return self.tr(", ").join(names.get(number, str(number)) for number in numbers)

    def promise(self, promise: Promise) -> str:
        """Return an agreed step with whose it is and when it is due."""
        owner = {
            Owner.MANAGER: self.tr("ours"),
            Owner.SHOP: self.tr("the shop's"),
            Owner.HEAD_OFFICE: self.tr("head office's"),
        }[promise.owner]
        text = _fill(self.tr("%1 (%2)"), promise.text, owner)
        return text if promise.due is None else _fill(self.tr("%1, due %2"), text, format_short_date(promise.due))

    def plan(self, plan: OpenPlan) -> str:
        """Return an open improvement plan in one line."""
        text = _fill(self.tr("%1 %2\u2192%3"), self.item(plan.item), plan.current, plan.target)
        return text if plan.due is None else _fill(self.tr("%1, due %2"), text, format_short_date(plan.due))

    def visit(self, visit: PastVisit) -> str:
        """Return how an earlier visit ended, with its note."""
        outcome = self._playbook.enumerations.label("visit_outcome", visit.status.value).of(current_language())
        return _fill(self.tr("%1: %2"), outcome, visit.note) if visit.note else outcome

    def trend(self, trend: Trend | None) -> str:
        """Return where the purchases of the last eight weeks are heading."""
        if trend is None:
            return self.tr("Too few weeks for a trend")
        change = format_change(trend.change)
        texts = {
            TrendKind.RISING: self.tr("Rising: %1 in 8 weeks"),
            TrendKind.STEADY: self.tr("Steady: %1 in 8 weeks"),
            TrendKind.FALLING: self.tr("Falling: %1 in 8 weeks"),
        }
        return _fill(texts[trend.kind], change)

    def fall(self, fall: Fall, names: Mapping[int, str]) -> str:
        """Return what is bought less, and against what."""
        before = fall.before if fall.basis is FallBasis.WEEKS_BEFORE else fall.last_year
        basis = self.tr("8 weeks before")
        if fall.basis is FallBasis.LAST_YEAR:
            basis = self.tr("same weeks last year")
        now = self._units.with_count(str(fall.now), self._unit)
        was = NO_VALUE if before is None else self._units.with_count(str(before), self._unit)
        return _fill(self.tr("%1: %2 (%3: %4)"), names.get(fall.product, fall.product), now, basis, was)

    def overdue(self, sign: OverdueProduct, names: Mapping[int, str]) -> str:
        """Return why a product may be out of stock."""
        text = self.tr("%1: usually every %2 weeks, now %3 weeks ago")
        return _fill(text, names.get(sign.product, sign.product), format_number(sign.usual_weeks), sign.weeks_since)

    def slow(self, slow: SlowProduct, names: Mapping[int, str]) -> str:
        """Return since when a product lies still."""
        text = self.tr("%1: no purchase for %2 weeks")
        return _fill(text, names.get(slow.product, slow.product), slow.weeks_since)
