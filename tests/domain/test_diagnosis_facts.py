"""What the data already know about a shop: every computed criterion, its bounds and its missing values."""

from dataclasses import fields
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import formulas
from app.domain.diagnosis import State
from app.domain.diagnosis_facts import METRICS, ComputedFact, ShopFacts, computed_facts
from app.domain.playbook import Playbook
from app.playbooks import load_playbook

A, B, C = State.A, State.B, State.C

COMPUTED: list[tuple[str, ShopFacts, str | None, State | None]] = [
    ("slots_per_sku", ShopFacts(slots=24, sku_count=24), "1.00", A),
    ("slots_per_sku", ShopFacts(slots=24, sku_count=30), "0.80", B),
    ("slots_per_sku", ShopFacts(slots=20, sku_count=30), "0.67", C),
    ("slots_per_sku", ShopFacts(slots=20, sku_count=0), None, None),
    ("display_rate", ShopFacts(shown_skus=19, in_stock_skus=20), "95.0", A),
    ("display_rate", ShopFacts(shown_skus=19, in_stock_skus=21), "90.5", B),
    ("display_rate", ShopFacts(shown_skus=15, in_stock_skus=20), "75.0", C),
    ("display_rate", ShopFacts(shown_skus=0, in_stock_skus=0), None, None),
    ("display_age", ShopFacts(display_age_days=30), "30", A),
    ("display_age", ShopFacts(display_age_days=31), "31", B),
    ("display_age", ShopFacts(display_age_days=91), "91", C),
    ("width_deviation", ShopFacts(sku_count=27, sku_target=27), "0.0", A),
    ("width_deviation", ShopFacts(sku_count=21, sku_target=27), "22.2", B),
    ("width_deviation", ShopFacts(sku_count=40, sku_target=27), "48.1", C),
    ("width_deviation", ShopFacts(sku_count=40, sku_target=0), None, None),
    ("key_sku_rate", ShopFacts(key_skus_stocked=4, key_skus_supplied=5), "80.0", A),
    ("key_sku_rate", ShopFacts(key_skus_stocked=2, key_skus_supplied=4), "50.0", B),
    ("key_sku_rate", ShopFacts(key_skus_stocked=0, key_skus_supplied=4), "0.0", C),
    ("slow_sku_rate", ShopFacts(slow_skus=1, sku_count=20), "5.0", A),
    ("slow_sku_rate", ShopFacts(slow_skus=3, sku_count=20), "15.0", B),
    ("slow_sku_rate", ShopFacts(slow_skus=4, sku_count=20), "20.0", C),
    ("main_out_of_stock", ShopFacts(main_skus_out_of_stock=0), "0", A),
    ("main_out_of_stock", ShopFacts(main_skus_out_of_stock=2), "2", B),
    ("main_out_of_stock", ShopFacts(main_skus_out_of_stock=3), "3", C),
    ("cover", ShopFacts(stock_qty=120, cycle_sales_qty=100), "1.20", A),
    ("cover", ShopFacts(stock_qty=80, cycle_sales_qty=100), "0.80", B),
    ("cover", ShopFacts(stock_qty=200, cycle_sales_qty=100), "2.00", B),
    ("cover", ShopFacts(stock_qty=300, cycle_sales_qty=100), "3.00", C),
    ("cover", ShopFacts(stock_qty=300, cycle_sales_qty=0), None, None),
    ("substitutes_right", ShopFacts(substitutes_right=3, substitutes_asked=3), "100.0", A),
    ("substitutes_right", ShopFacts(substitutes_right=2, substitutes_asked=3), "66.7", B),
    ("substitutes_right", ShopFacts(substitutes_right=1, substitutes_asked=3), "33.3", C),
    ("substitutes_right", ShopFacts(substitutes_right=2, substitutes_asked=2), "100.0", None),
    ("new_sku_step", ShopFacts(new_skus_supplied=2, new_skus_tried=2, new_skus_reordered=1), "2", A),
    ("new_sku_step", ShopFacts(new_skus_supplied=2, new_skus_tried=1, new_skus_reordered=0), "1", B),
    ("new_sku_step", ShopFacts(new_skus_supplied=2, new_skus_tried=0, new_skus_reordered=0), "0", C),
    ("new_sku_step", ShopFacts(new_skus_supplied=0, new_skus_tried=0, new_skus_reordered=0), None, None),
    ("sellers_right", ShopFacts(sellers_right=5, sellers_asked=5), "100.0", A),
    ("sellers_right", ShopFacts(sellers_right=3, sellers_asked=5), "60.0", B),
    ("sellers_right", ShopFacts(sellers_right=2, sellers_asked=5), "40.0", C),
    ("feedback", ShopFacts(feedback_month=2), "2", A),
    ("feedback", ShopFacts(feedback_month=1), "1", B),
    ("feedback", ShopFacts(feedback_month=0), "0", C),
    ("complaints", ShopFacts(complaints=0), "0", A),
    ("complaints", ShopFacts(complaints=1), "1", B),
    ("complaints", ShopFacts(complaints=2), "2", C),
    ("settlement_rate", ShopFacts(settlements_ok=4, settlements_due=4), "100.0", A),
    ("settlement_rate", ShopFacts(settlements_ok=3, settlements_due=4), "75.0", B),
    ("settlement_rate", ShopFacts(settlements_ok=2, settlements_due=4), "50.0", C),
    ("advice_rate", ShopFacts(advice_adopted=2, advice_visits=3), "66.7", A),
    ("advice_rate", ShopFacts(advice_adopted=1, advice_visits=3), "33.3", B),
    ("advice_rate", ShopFacts(advice_adopted=0, advice_visits=3), "0.0", C),
    ("influence", ShopFacts(influence=A), "2", A),
    ("influence", ShopFacts(influence=B), "1", B),
    ("influence", ShopFacts(influence=C), "0", C),
    ("channel_ratio", ShopFacts(monthly_qty=86, buyers_per_day=35), "0.68", A),
    ("channel_ratio", ShopFacts(monthly_qty=260, buyers_per_day=35), "2.06", B),
    ("channel_ratio", ShopFacts(monthly_qty=600, buyers_per_day=35), "4.76", C),
    ("channel_ratio", ShopFacts(monthly_qty=10, buyers_per_day=35), "0.08", C),
    ("channel_ratio", ShopFacts(monthly_qty=10, buyers_per_day=0), None, None),
    ("law_standing", ShopFacts(penalties=0, credit=A), "2", A),
    ("law_standing", ShopFacts(penalties=0, credit=B), "1", B),
    ("law_standing", ShopFacts(penalties=1, serious_penalties=0, credit=A), "1", B),
    ("law_standing", ShopFacts(penalties=2, serious_penalties=0, credit=A), "0", C),
    ("law_standing", ShopFacts(penalties=1, credit=A), None, None),
    ("products_right", ShopFacts(products_right=4, products_asked=5), "80.0", A),
    ("products_right", ShopFacts(products_right=3, products_asked=5), "60.0", B),
    ("products_right", ShopFacts(products_right=2, products_asked=5), "40.0", C),
    ("news_known", ShopFacts(news_known=3, news_asked=3), "100.0", A),
    ("news_known", ShopFacts(news_known=1, news_asked=3), "33.3", B),
    ("news_known", ShopFacts(news_known=0, news_asked=3), "0.0", C),
    ("on_time_rate", ShopFacts(orders_on_time=8, order_cycles=8), "100.0", A),
    ("on_time_rate", ShopFacts(orders_on_time=3, order_cycles=3), "100.0", A),
    ("on_time_rate", ShopFacts(orders_on_time=6, order_cycles=8), "75.0", B),
    ("on_time_rate", ShopFacts(orders_on_time=5, order_cycles=8), "62.5", C),
    ("on_time_rate", ShopFacts(orders_on_time=0, order_cycles=0), None, None),
    ("suggestion_gap", ShopFacts(suggestion_gap_qty=4, suggested_qty=24), "16.7", A),
    ("suggestion_gap", ShopFacts(suggestion_gap_qty=8, suggested_qty=24), "33.3", B),
    ("suggestion_gap", ShopFacts(suggestion_gap_qty=30, suggested_qty=24), "125.0", C),
    ("tag_rate", ShopFacts(tagged_skus=49, shown_skus=50), "98.0", A),
    ("tag_rate", ShopFacts(tagged_skus=17, shown_skus=19), "89.5", B),
    ("tag_rate", ShopFacts(tagged_skus=12, shown_skus=19), "63.2", C),
    ("price_match", ShopFacts(prices_matching=5, prices_checked=5), "100.0", A),
    ("price_match", ShopFacts(prices_matching=4, prices_checked=5), "80.0", B),
    ("price_match", ShopFacts(prices_matching=3, prices_checked=5), "60.0", C),
    ("price_match", ShopFacts(prices_matching=4, prices_checked=4), "100.0", None),
]

counts = st.none() | st.integers(0, 500)
shops = st.builds(
    ShopFacts,
    **{
        f.name: st.none() | st.sampled_from(State) if f.name in {"credit", "influence"} else counts
        for f in fields(ShopFacts)
    },
)


@pytest.fixture(scope="module")
def playbook() -> Playbook:
    return load_playbook()


def facts_of(playbook: Playbook, facts: ShopFacts) -> dict[str, ComputedFact]:
    return {f.metric: f for f in computed_facts(facts, playbook.diagnosis, playbook.parameters)}


@pytest.mark.parametrize(("metric", "facts", "value", "state"), COMPUTED)
def test_a_criterion_is_computed_with_its_value_and_state(
    playbook: Playbook, metric: str, facts: ShopFacts, value: str | None, state: State | None
) -> None:
    fact = facts_of(playbook, facts)[metric]
    assert (fact.value, fact.state) == (None if value is None else Decimal(value), state)
    assert str(fact.value) == str(value)


def test_every_metric_has_an_example_for_each_state() -> None:
    shown = {(metric, state) for metric, _, _, state in COMPUTED}
    assert {(m, s) for m in METRICS for s in State} <= shown


def test_a_shop_of_which_nothing_is_known_gets_no_facts(playbook: Playbook) -> None:
    assert facts_of(playbook, ShopFacts()) == {}


def test_a_fact_names_its_criterion_its_formula_and_what_was_divided(playbook: Playbook) -> None:
    fact = facts_of(playbook, ShopFacts(tagged_skus=17, shown_skus=19))["tag_rate"]
    assert fact == ComputedFact(
        criterion="D13.k1",
        metric="tag_rate",
        value=Decimal("89.5"),
        numerator=Decimal(17),
        denominator=Decimal(19),
        state=B,
        formula_id="F37b",
    )


def test_what_a_person_reads_is_what_was_judged(playbook: Playbook) -> None:
    # 1,899 of 2,000 are 94.95 %: that is shown as 95.0, so it is judged as 95.0.
    fact = facts_of(playbook, ShopFacts(shown_skus=1899, in_stock_skus=2000))["display_rate"]
    assert (str(fact.value), fact.state) == ("95.0", A)


def test_a_serious_penalty_or_bad_credit_fails_hard(playbook: Playbook) -> None:
    for facts in (ShopFacts(serious_penalties=1), ShopFacts(credit=C, penalties=0)):
        fact = facts_of(playbook, facts)["law_standing"]
        assert (fact.state, fact.hard_fail) == (C, True)


def test_a_price_above_the_cap_fails_hard_whatever_the_tags_say(playbook: Playbook) -> None:
    facts = ShopFacts(prices_checked=5, prices_matching=5, prices_over_cap=1)
    fact = facts_of(playbook, facts)["price_match"]
    assert (fact.value, fact.state, fact.hard_fail) == (Decimal("100.0"), C, True)
    alone = facts_of(playbook, ShopFacts(prices_over_cap=2))["price_match"]
    assert (alone.value, alone.state, alone.hard_fail) == (None, C, True)


@given(shops)
def test_any_shop_can_be_computed_and_no_value_means_no_state(playbook: Playbook, shop: ShopFacts) -> None:
    facts = computed_facts(shop, playbook.diagnosis, playbook.parameters)
    assert [f.criterion for f in facts] == sorted(f.criterion for f in facts)
    for fact in facts:
        assert fact.value is None or fact.value >= 0
        assert fact.value is not None or fact.state is None or fact.hard_fail
        assert fact.formula_id in playbook.formulas


@given(st.integers(0, 400), st.integers(0, 400))
def test_the_figures_are_those_of_the_numbered_formulas(playbook: Playbook, part: int, whole: int) -> None:
    facts = facts_of(
        playbook,
        ShopFacts(shown_skus=part, in_stock_skus=whole, stock_qty=part, cycle_sales_qty=whole)
        if part % 2
        else ShopFacts(tagged_skus=part, shown_skus=whole, monthly_qty=part, buyers_per_day=whole),
    )
    same = {
        "display_rate": (formulas.display_rate(part, whole), 100, 0.05),
        "cover": (formulas.stock_to_sales(part, whole), 1, 0.005),
        "tag_rate": (formulas.price_tag_rate(part, whole), 100, 0.05),
        "channel_ratio": (formulas.channel_ratio(part, whole), 1, 0.005),
    }
    for metric in facts.keys() & same.keys():
        expected, scale, rounding = same[metric]
        value = facts[metric].value
        assert (value is None) == (expected is None)
        if value is not None and expected is not None:
            assert float(value) == pytest.approx(expected * scale, abs=rounding * 1.000001)


@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 60))
def test_one_more_tag_never_worsens_the_state(playbook: Playbook, shown: int, tagged: int, more: int) -> None:
    before = facts_of(playbook, ShopFacts(tagged_skus=min(tagged, shown), shown_skus=shown))["tag_rate"]
    after = facts_of(playbook, ShopFacts(tagged_skus=min(tagged + more, shown), shown_skus=shown))["tag_rate"]
    assert (before.state is None) == (after.state is None) == (shown == 0)
    assert before.state is None or after.state is None or not before.state.better_than(after.state)
