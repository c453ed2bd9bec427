"""The figures of the customer's sheet, drawn from one shop's papers: purchases, margin, months, classes, SKUs."""

from dataclasses import dataclass
from datetime import date

from app.domain import formulas
from app.domain.customer_summary import ClassLine, KeyFigures, MonthLine, SkuRemark, TopSku
from app.domain.enumerations import Enumerations
from app.domain.purchase_history import QUARTER_WEEKS, YEAR_WEEKS, ProductWeeks, PurchaseHistory
from app.domain.purchase_signs import ShopAnalysis, analyse
from app.domain.text import Language, Text
from app.services import summary_words as words
from app.services.shop_papers import ShopPapers

_TOP = 8
_SLOW = 6
_WEEKS = 4
_LEAST_COVERED = 0.5
_WHOLE = 0.995
_NEW_COUNT_DAYS = 56


@dataclass(frozen=True, slots=True)
class SheetFigures:
    """Draws the figures of one shop in one language."""

    papers: ShopPapers
    history: PurchaseHistory
    analysis: ShopAnalysis
    lists: Enumerations
    language: Language

    @classmethod
    def of(
        cls, papers: ShopPapers, history: PurchaseHistory, lists: Enumerations, language: Language
    ) -> "SheetFigures":
        """Analyse the purchases once."""
        classes = {number: sku.price_class or "" for number, sku in papers.skus.items()}
        return cls(papers, history, analyse(history, classes), lists, language)

    def key_figures(self) -> KeyFigures:
        """Return the four figures at the top."""
        four, value, on_time = self.analysis.four_weeks, self.analysis.carton_value, self.analysis.punctuality
        margin, rate, basis = self._margin()
        return KeyFigures(
            quantity=four.this,
            quantity_last_year=four.last_year,
            value_per_unit=value.this,
            value_change=value.change,
            margin=margin,
            margin_rate=rate,
            margin_basis=basis,
            orders_on_time=None if on_time is None else on_time.on_time,
            orders_due=None if on_time is None else on_time.cycles,
        )

    def months(self) -> tuple[MonthLine, ...]:
        """Return the last twelve months; a month before the first order has no value."""
        first = min(self.history.months, default=None)
        return tuple(
            MonthLine(
                words.month(point.month, self.language),
                point.quantity if first is not None and (point.year, point.month) >= first else None,
                point.last_year,
                point.until,
            )
            for point in self.analysis.months
        )

    def explanation(self) -> str:
        """Return one sentence that says against what purchases rose or fell, and which SKUs made it."""
        change = self.analysis.four_weeks.change
        if change is None:
            return self._trend()
        if change == 0:
            return self._say(words.PLAIN, sentence=words.SAME_AS_LAST_YEAR.of(self.language))
        text = words.MORE_THAN_LAST_YEAR if change > 0 else words.LESS_THAN_LAST_YEAR
        sentence = self._say(text, change=self.quantity(abs(change)))
        causes = self._causes(rose=change > 0)
        if not causes:
            return self._say(words.PLAIN, sentence=sentence)
        return self._say(words.WITH_CAUSES, sentence=sentence, causes=words.LIST_COMMA.of(self.language).join(causes))

    def classes(self) -> tuple[ClassLine, ...]:
        """Return what each class makes of the last three months."""
        return tuple(
            ClassLine(self._class_name(one.code), one.quantity, one.quantity_share, one.amount)
            for one in sorted(self.analysis.classes, key=lambda one: (not one.code, one.code))
        )

    def top_skus(self) -> tuple[TopSku, ...]:
        """Return the SKUs bought most in the last three months."""
        fair = self.history.reaches(2 * QUARTER_WEEKS)
        found: list[TopSku] = []
        for one in self.analysis.ranked[:_TOP]:
            before = self.history.products[one.product].quantity(QUARTER_WEEKS, QUARTER_WEEKS)
            change = one.quantity - before if fair else None
            found.append(TopSku(self.papers.name_of(one.product), self.class_of(one.product), one.quantity, change))
        return tuple(found)

    def slow(self) -> tuple[SkuRemark, ...]:
        """Return the SKUs that lie still, with what is known of each."""
        return tuple(
            SkuRemark(
                self.papers.name_of(one.product),
                self.class_of(one.product),
                self._slow_remark(one.product, one.last_day, one.weeks_since),
            )
            for one in self.analysis.slow[:_SLOW]
        )

    def class_of(self, number: int) -> str:
        """Return the name of a SKU's class; empty where it has none."""
        sku = self.papers.skus.get(number)
        return "" if sku is None or not sku.price_class else self._class_name(sku.price_class)

    def quantity(self, count: int) -> str:
        """Write a quantity with its unit."""
        one, many = words.unit_of(self.papers.unit)
        return f"{count:,} {(one if count == 1 else many).of(self.language)}"

    def _class_name(self, code: str) -> str:
        return (self.lists.label("price_class", code) if code else words.NO_CLASS).of(self.language)

    def _margin(self) -> tuple[int | None, float | None, str]:
        """Return margin, margin rate and the words for the prices it stands on, over the last four weeks."""
        takings = cost = paid = 0
        seen = guided = False
        for number, row in self.history.products.items():
            amount = row.amount(_WEEKS)
            paid += amount
            retail = self.papers.retail(number)
            if retail is None or not row.quantity(_WEEKS):
                continue
            takings += retail * row.quantity(_WEEKS)
            cost += amount
            known = self.papers.seen.get(number)
            at_shelf_price = known is not None and known.retail_price is not None
            seen, guided = seen or at_shelf_price, guided or not at_shelf_price
        share = formulas.ratio(cost, paid)
        if share is None or share < _LEAST_COVERED:
            return None, None, ""
        prices = words.BY_BOTH_PRICES if seen and guided else words.BY_SHELF_PRICE if seen else words.BY_GUIDE_PRICE
        basis = prices.of(self.language)
        if share < _WHOLE:
            basis = self._say(words.PART_OF_AMOUNT, basis=basis, share=f"{share:.0%}")
        return takings - cost, formulas.ratio(takings - cost, takings), basis

    def _causes(self, *, rose: bool) -> list[str]:
        """Return the SKU that did most for the change, and the one that did most against it."""
        changes = sorted(
            (row.quantity(_WEEKS) - row.quantity(_WEEKS, YEAR_WEEKS), -row.product)
            for row in self.history.products.values()
            if _moved(row)
        )
        if not changes:
            return []
        ends = [changes[-1], changes[0]] if rose else [changes[0], changes[-1]]
        return [
            self._say(
                words.SKU_MORE if change > 0 else words.SKU_LESS,
                name=self.papers.name_of(-negative),
                change=self.quantity(abs(change)),
            )
            for place, (change, negative) in enumerate(ends)
            if change and (change > 0) is (rose if place == 0 else not rose)
        ]

    def _trend(self) -> str:
        trend = self.analysis.trend
        if trend is None or trend.now == trend.before:
            return ""
        text = words.MORE_THAN_BEFORE if trend.now > trend.before else words.LESS_THAN_BEFORE
        sentence = self._say(text, change=self.quantity(abs(trend.now - trend.before)))
        return self._say(words.PLAIN, sentence=sentence)

    def _slow_remark(self, number: int, last_day: date, weeks: int) -> str:
        day = words.short_day(last_day, self.language, self.papers.day)
        remark = self._say(words.SLOW_REMARK, day=day, weeks=weeks)
        seen = self.papers.seen.get(number)
        if seen is None or seen.on_hand is None or (self.papers.day - seen.day).days > _NEW_COUNT_DAYS:
            return remark
        return self._say(words.SLOW_REMARK_STOCK, stock=self.quantity(seen.on_hand), remark=remark)

    def _say(self, text: Text, **values: object) -> str:
        return text.of(self.language).format(**values)


def _moved(row: ProductWeeks) -> bool:
    return row.quantity(_WEEKS) != row.quantity(_WEEKS, YEAR_WEEKS)
