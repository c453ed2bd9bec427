"""The words of the diagnosis: computed figures with what they are made of, answers of the shelf step, what is open."""

from decimal import Decimal

from PySide6.QtCore import QObject

from app.domain.adoption import Adoption
from app.domain.diagnosis import Criterion, Evidence, State
from app.domain.diagnosis_facts import ComputedFact
from app.domain.formulas import ChannelHint
from app.domain.playbook import Playbook
from app.services.diagnoses import DiagnosisSheet
from app.services.peer_width import Peers
from app.ui.look.formats import NO_VALUE, format_iso, format_percent
from app.ui.look.kpi_tips import KpiTips
from app.ui.look.translations import current_language
from app.ui.pages.visit.diagnosis_item import CriterionView, ItemView

_NAMED = 4
_PERCENT = "%"
_FACTS = 2
"""How many figures a row shows: the worst; the panel has them all."""
_NOTE = 60
_COMPARED = frozenset({"advice_rate", "suggestion_gap", "width_deviation"})


def _fill(text: str, *values: object) -> str:
    for number, value in enumerate(values, 1):
        text = text.replace(f"%{number}", str(value))
    return text


class DiagnosisWords(QObject):
    """Puts facts and open points into the language shown."""

    def __init__(self, playbook: Playbook, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._playbook = playbook
        self.tips = KpiTips(playbook.formulas, self)

    def fact(self, fact: ComputedFact, sheet: DiagnosisSheet) -> str:
        """Return a figure with its numerator, denominator and the number of its formula."""
        return _fill(self.tr("%1 (%2)"), self.brief(fact, sheet), fact.formula_id)

    def brief(self, fact: ComputedFact, sheet: DiagnosisSheet) -> str:
        """Return a figure in a few words, for the line of an item."""
        name = self._criterion_name(fact.criterion)
        if fact.value is None:
            return _fill(self.tr("%1 %2"), name, NO_VALUE)
        special = self._special(fact, sheet)
        if special:
            return special
        value, unit = _number(fact.value), self._unit(fact)
        if fact.denominator is None or fact.numerator is None:
            is_said = unit.casefold() in name.casefold()
            return _fill(self.tr("%1 %2"), name, value) if is_said else _fill(self.tr("%1 %2 %3"), name, value, unit)
        if unit == _PERCENT:
            value += _PERCENT
        return _fill(self.tr("%1 %2/%3 = %4"), name, _number(fact.numerator), _number(fact.denominator), value)

    def about(self, fact: ComputedFact, sheet: DiagnosisSheet) -> str:
        """Return what stands behind a figure: the SKUs it speaks of, whom it is measured by, a neutral hint."""
        names = sheet.names.get(fact.criterion, ())
        if fact.metric == "channel_ratio":
            return self._channel(sheet.channel)
        if fact.metric in _COMPARED:
            return self._peers(sheet) if fact.metric == "width_deviation" else self._adoption(sheet.adoption)
        if fact.value is None:
            return self.no_value(fact.formula_id)
        if not names:
            return ""
        shown = self.tr(", ").join(names[:_NAMED])
        if len(names) > _NAMED:
            shown = _fill(self.tr("%1 and %2 more"), shown, len(names) - _NAMED)
        texts = {
            "main_out_of_stock": self.tr("Out of stock: %1"),
            "key_sku_rate": self.tr("Missing: %1"),
            "slow_sku_rate": self.tr("Slow SKUs: %1"),
            "price_match": self.tr("Above the highest price: %1"),
        }
        words = _fill(texts.get(fact.metric, self.tr("%1")), shown)
        if fact.metric != "slow_sku_rate" or fact.denominator is None:
            return words
        whole = self.tr("Of the %1 SKUs of the last year, those no longer ordered included.")
        return f"{words}\n{_fill(whole, _number(fact.denominator))}"

    def _adoption(self, adoption: Adoption) -> str:
        """Return how many lines were followed, and over which visits."""
        if adoption.period is None:
            return ""
        since, until = adoption.period
        visits = self.tr("Advice of %n visit(s), %1 to %2.", "", len(adoption.visits))
        words = _fill(visits, format_iso(since), format_iso(until))
        if adoption.rate is None:
            return words
        rate = self.tr("%1 of %2 lines followed (%3).")
        return f"{words} {_fill(rate, adoption.adopted, adoption.judged, format_percent(adoption.rate))}"

    def not_computed(self, criterion: Criterion, sheet: DiagnosisSheet | None) -> str:
        """Return why a figure that could be computed has no value yet."""
        metric = criterion.metric
        if metric is None or Evidence.QUIZ in criterion.evidence:
            return ""
        if metric.key == "main_out_of_stock" and sheet is not None and sheet.main_counted:
            return _fill(self.tr("%1 of the %2 main SKUs counted so far"), sheet.main_counted, sheet.main_skus)
        return self.no_value(metric.formula)

    def no_value(self, formula: str) -> str:
        """Return when a formula gives no value."""
        formulas = self._playbook.formulas
        return formulas[formula].no_value.of(current_language()) if formula in formulas else ""

    def seen(self, view: CriterionView) -> str:
        """Return what the shelf step answered."""
        if view.seen is None:
            return ""
        return self.tr("Step 4: yes") if view.seen.answer else self.tr("Step 4: no")

    def item_line(self, view: ItemView, sheet: DiagnosisSheet | None) -> str:
        """Return the text beside the choice of an item: its note, the reason given, or the facts, worst first."""
        if view.note or (view.reason and view.overrides):
            words = " ".join((view.note or view.reason).split())
            return words if len(words) <= _NOTE else f"{words[: _NOTE - 1]}\u2026"
        if sheet is None:
            return ""
        asked = [c for c in view.criteria if view.law is None or c.criterion is view.law]
        facts = [c.fact for c in asked if c.fact is not None and c.fact.value is not None]
        facts.sort(key=_weight)
        return self.tr(" \u00b7 ").join(self.brief(fact, sheet) for fact in facts[:_FACTS])

    def barred(self, view: ItemView) -> str:
        """Say why an item can only be C."""
        language = current_language()
        failed = [c.criterion.name.of(language) for c in view.criteria if c.criterion.key in view.hard_fails]
        return _fill(
            self.tr("%1 stays C: '%2' fails hard. If that is not so, mend the criterion first."),
            view.item.name.of(language),
            self.tr(", ").join(failed),
        )

    def ask_for_reason(self, view: ItemView) -> str:
        """Return what the reason field asks."""
        chosen, suggested = view.state, view.suggested
        if view.law is None and chosen is not None and suggested is not None and chosen is not suggested:
            return _fill(self.tr("Suggested %1, judged %2: why?"), suggested.value, chosen.value)
        subject = next(
            (c for c in view.criteria if c.is_given and c.fact is not None and c.fact.state not in (None, c.rating)),
            None,
        )
        if subject is None:
            return self.tr("Why?")
        name = subject.criterion.name.of(current_language())
        return _fill(self.tr("%1 is computed otherwise: why?"), name)

    def _special(self, fact: ComputedFact, sheet: DiagnosisSheet) -> str:
        if fact.metric == "width_deviation" and fact.denominator is not None:
            return _fill(self.tr("%1 SKUs, target %2"), sheet.sku_count, _number(fact.denominator))
        if fact.metric in ("new_sku_step", "influence", "law_standing"):
            criterion = self._playbook.diagnosis.criterion(fact.criterion)
            if criterion is not None and fact.state is not None:
                return criterion.standard(fact.state).of(current_language())
        return ""

    def _peers(self, sheet: DiagnosisSheet) -> str:
        if sheet.target is None:
            return ""
        texts = {
            Peers.SAME_CLASS: self.tr("Target: middle of %n shop(s) of the same class", "", sheet.target.shops),
            Peers.SAME_SIZE: self.tr("Target: middle of %n shop(s) of the same size", "", sheet.target.shops),
            Peers.ALL: self.tr("Target: middle of all %n other shop(s)", "", sheet.target.shops),
        }
        return texts[sheet.target.peers]

    def _channel(self, hint: ChannelHint | None) -> str:
        texts = {
            ChannelHint.BUYS_MORE: self.tr("More is bought than the buyers explain: ask for the cause."),
            ChannelHint.BUYS_LESS: self.tr("Less is bought than the buyers would take: ask for the cause."),
        }
        return texts.get(hint, "") if hint is not None else ""

    def _criterion_name(self, key: str) -> str:
        criterion = self._playbook.diagnosis.criterion(key)
        return key if criterion is None else criterion.name.of(current_language())

    def _unit(self, fact: ComputedFact) -> str:
        formulas = self._playbook.formulas
        return formulas[fact.formula_id].unit.of(current_language()) if fact.formula_id in formulas else ""


def _number(value: Decimal) -> str:
    whole = value.to_integral_value()
    return f"{whole:,f}" if value == whole else f"{value.normalize():,f}"


def _weight(fact: ComputedFact) -> int:
    order = {State.C: 0, State.B: 1, State.A: 2}
    return order[fact.state] if fact.state is not None else len(order)
