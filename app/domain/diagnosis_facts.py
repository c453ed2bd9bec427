"""What the data already know about a shop: the criteria of the diagnosis that can be computed, with their figures."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from app.domain.diagnosis import Diagnosis, Metric, State, state_from_metric
from app.domain.playbook import Parameters
from app.domain.units import PACKS_PER_CARTON

_TENTH = Decimal("0.1")
_HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class ShopFacts:
    """Plain counts of one shop, each None while nobody knows it. Windows and limits are those of the parameters."""

    slots: int | None = None
    sku_count: int | None = None
    sku_target: int | None = None
    key_skus_supplied: int | None = None
    key_skus_stocked: int | None = None
    slow_skus: int | None = None
    in_stock_skus: int | None = None
    shown_skus: int | None = None
    tagged_skus: int | None = None
    display_age_days: int | None = None
    main_skus_out_of_stock: int | None = None
    stock_qty: int | None = None
    cycle_sales_qty: int | None = None
    order_cycles: int | None = None
    orders_on_time: int | None = None
    settlements_due: int | None = None
    settlements_ok: int | None = None
    suggested_qty: int | None = None
    suggestion_gap_qty: int | None = None
    """Sum over the SKUs of the absolute difference between order and suggestion."""
    advice_visits: int | None = None
    advice_adopted: int | None = None
    new_skus_supplied: int | None = None
    new_skus_tried: int | None = None
    new_skus_reordered: int | None = None
    feedback_month: int | None = None
    complaints: int | None = None
    monthly_qty: int | None = None
    buyers_per_day: int | None = None
    penalties: int | None = None
    serious_penalties: int | None = None
    credit: State | None = None
    influence: State | None = None
    substitutes_asked: int | None = None
    substitutes_right: int | None = None
    sellers_asked: int | None = None
    sellers_right: int | None = None
    products_asked: int | None = None
    products_right: int | None = None
    news_asked: int | None = None
    news_known: int | None = None
    prices_checked: int | None = None
    prices_matching: int | None = None
    prices_over_cap: int | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """One figure with what it was made of; no value where the denominator is zero or the data do not say."""

    value: Decimal | None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    hard_fail: bool = False


@dataclass(frozen=True, slots=True)
class ComputedFact:
    """What the data say about one criterion."""

    criterion: str
    metric: str
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    state: State | None
    formula_id: str
    hard_fail: bool = False


Measuring = Callable[[ShopFacts, Parameters], Reading | None]


def computed_facts(facts: ShopFacts, diagnosis: Diagnosis, parameters: Parameters) -> tuple[ComputedFact, ...]:
    """Return the facts of all criteria whose inputs are known, in the order of the checklist."""
    found: list[ComputedFact] = []
    for item in diagnosis.items:
        for criterion in item.criteria:
            if criterion.metric is None:
                continue
            reading = METRICS[criterion.metric.key](facts, parameters)
            if reading is not None:
                found.append(_fact(criterion.key, criterion.metric, reading))
    return tuple(found)


def _fact(criterion: str, metric: Metric, reading: Reading) -> ComputedFact:
    enough = reading.denominator is None or reading.denominator >= metric.at_least
    state = state_from_metric(reading.value, metric.thresholds) if enough else None
    return ComputedFact(
        criterion=criterion,
        metric=metric.key,
        value=reading.value,
        numerator=reading.numerator,
        denominator=reading.denominator,
        state=State.C if reading.hard_fail else state,
        formula_id=metric.formula,
        hard_fail=reading.hard_fail,
    )


# Values are rounded before they are judged: what a person reads is what was judged.


def _percent(part: int | None, whole: int | None) -> Reading | None:
    if part is None or whole is None:
        return None
    value = (Decimal(part) * 100 / whole).quantize(_TENTH, ROUND_HALF_UP) if whole else None
    return Reading(value, Decimal(part), Decimal(whole))


def _ratio(part: int | None, whole: int | Decimal | None) -> Reading | None:
    if part is None or whole is None:
        return None
    value = (Decimal(part) / whole).quantize(_HUNDREDTH, ROUND_HALF_UP) if whole else None
    return Reading(value, Decimal(part), Decimal(whole))


def _count(number: int | None) -> Reading | None:
    return None if number is None else Reading(Decimal(number), Decimal(number))


def _width_deviation(facts: ShopFacts, _: Parameters) -> Reading | None:
    if facts.sku_count is None or facts.sku_target is None:
        return None
    return _percent(abs(facts.sku_count - facts.sku_target), facts.sku_target)


def _channel(facts: ShopFacts, parameters: Parameters) -> Reading | None:
    if facts.monthly_qty is None or facts.buyers_per_day is None:
        return None
    rules = parameters.channel
    expected = facts.buyers_per_day * rules.days_per_month * rules.packs_per_buyer / PACKS_PER_CARTON
    return _ratio(facts.monthly_qty, expected)


def _new_sku_step(facts: ShopFacts, _: Parameters) -> Reading | None:
    if facts.new_skus_supplied is None or facts.new_skus_tried is None or facts.new_skus_reordered is None:
        return None
    supplied = Decimal(facts.new_skus_supplied)
    if not supplied:
        return Reading(None, Decimal(facts.new_skus_reordered), supplied)
    if facts.new_skus_reordered:
        return Reading(Decimal(2), Decimal(facts.new_skus_reordered), supplied)
    return Reading(Decimal(1 if facts.new_skus_tried else 0), Decimal(facts.new_skus_tried), supplied)


def _law_standing(facts: ShopFacts, _: Parameters) -> Reading | None:
    """2 is clean, 1 one slip or credit B, 0 anything worse; no value while the data leave it open."""
    serious, credit = facts.serious_penalties, facts.credit
    if credit is State.C or (serious is not None and serious > 0):
        return Reading(Decimal(0), hard_fail=True)
    if facts.penalties is None or credit is None:
        return None
    if facts.penalties == 0:
        return Reading(Decimal(2 if credit is State.A else 1), Decimal(0))
    if serious is None:
        return Reading(None, Decimal(facts.penalties))
    return Reading(Decimal(1 if facts.penalties == 1 else 0), Decimal(facts.penalties))


def _price_match(facts: ShopFacts, _: Parameters) -> Reading | None:
    reading = _percent(facts.prices_matching, facts.prices_checked)
    if facts.prices_over_cap:
        return replace(reading or Reading(None), hard_fail=True)
    return reading


def _state_points(state: State | None) -> Reading | None:
    return None if state is None else Reading(Decimal(state.rank - 1))


METRICS: Mapping[str, Measuring] = {
    "slots_per_sku": lambda f, _: _ratio(f.slots, f.sku_count),
    "display_rate": lambda f, _: _percent(f.shown_skus, f.in_stock_skus),
    "display_age": lambda f, _: _count(f.display_age_days),
    "width_deviation": _width_deviation,
    "key_sku_rate": lambda f, _: _percent(f.key_skus_stocked, f.key_skus_supplied),
    "slow_sku_rate": lambda f, _: _percent(f.slow_skus, f.sku_count),
    "main_out_of_stock": lambda f, _: _count(f.main_skus_out_of_stock),
    "cover": lambda f, _: _ratio(f.stock_qty, f.cycle_sales_qty),
    "substitutes_right": lambda f, _: _percent(f.substitutes_right, f.substitutes_asked),
    "new_sku_step": _new_sku_step,
    "sellers_right": lambda f, _: _percent(f.sellers_right, f.sellers_asked),
    "feedback": lambda f, _: _count(f.feedback_month),
    "complaints": lambda f, _: _count(f.complaints),
    "settlement_rate": lambda f, _: _percent(f.settlements_ok, f.settlements_due),
    "advice_rate": lambda f, _: _percent(f.advice_adopted, f.advice_visits),
    "influence": lambda f, _: _state_points(f.influence),
    "channel_ratio": _channel,
    "law_standing": _law_standing,
    "products_right": lambda f, _: _percent(f.products_right, f.products_asked),
    "news_known": lambda f, _: _percent(f.news_known, f.news_asked),
    "on_time_rate": lambda f, _: _percent(f.orders_on_time, f.order_cycles),
    "suggestion_gap": lambda f, _: _percent(f.suggestion_gap_qty, f.suggested_qty),
    "tag_rate": lambda f, _: _percent(f.tagged_skus, f.shown_skus),
    "price_match": _price_match,
}
"""How each metric of the playbook is computed."""
