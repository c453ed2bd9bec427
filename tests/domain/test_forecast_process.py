"""The two kinds of brand and shop by their rules, and figures that add up whatever is corrected."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.domain.forecast_process import (
    BrandFacts,
    ForecastRules,
    Part,
    Sign,
    Steadiness,
    TooLittle,
    kind_of_brand,
    kind_of_shop,
    largest_remainder,
    said_by_hand,
    spread,
    substitutes_of,
    variation_of,
)
from app.domain.playbook import Playbook

RULES = ForecastRules(
    months=12, brand_variation=Decimal("0.35"), brand_error=Decimal("0.25"), brand_idle_months=2, new_months=6,
    substitutes=2, shop_variation=Decimal("0.4"), shop_error=Decimal("0.3"), shop_idle_months=2, shop_new_months=6,
    target_accuracy_pct=85, cause_from=5,
)  # fmt: skip
STEADY = [100, 104, 98, 101, 99, 103, 97, 100, 102, 101, 99, 100]


# ---- kinds -----------------------------------------------------------------------------------------------------------
def test_what_sells_steadily_and_was_foreseen_is_stable() -> None:
    kinded = kind_of_brand(BrandFacts(STEADY, 0.08), RULES)
    assert (kinded.kind, kinded.signs) == (Steadiness.STABLE, ())
    assert kinded.variation == pytest.approx(0.0196, abs=0.001)


@pytest.mark.parametrize(
    ("facts", "sign"),
    [
        (BrandFacts(STEADY, 0.08, is_key=True), Sign.KEY),
        (BrandFacts(STEADY, 0.08, is_new=True), Sign.NEW),
        (BrandFacts(STEADY[:5], 0.08), Sign.NEW),
        (BrandFacts(STEADY, 0.08, is_scarce=True), Sign.SCARCE),
        (BrandFacts(STEADY, 0.08, is_substitute=True), Sign.SUBSTITUTE),
        (BrandFacts([20, 180] * 6, 0.08), Sign.VOLATILE),
        (BrandFacts(STEADY, 0.26), Sign.MISSED),
    ],
)
def test_each_rule_makes_a_brand_difficult_and_says_so(facts: BrandFacts, sign: Sign) -> None:
    kinded = kind_of_brand(facts, RULES)
    assert (kinded.kind, kinded.signs) == (Steadiness.DIFFICULT, (sign,))


def test_months_without_a_sale_count_from_the_first_sale_on() -> None:
    kinded = kind_of_brand(BrandFacts([0, 0, *STEADY], 0.08), RULES)
    assert Sign.IDLE not in kinded.signs
    assert Sign.IDLE in kind_of_brand(BrandFacts([*STEADY, 0, 0], 0.08), RULES).signs


def test_a_shop_that_varies_is_to_be_visited_and_the_manager_may_say_otherwise() -> None:
    found = kind_of_shop([10, 90] * 6, 0.5, RULES)
    assert (found.kind, found.signs) == (Steadiness.DIFFICULT, (Sign.VOLATILE, Sign.MISSED))
    said = said_by_hand(found, Steadiness.STABLE)
    assert (said.kind, said.by_hand, said.signs) == (Steadiness.STABLE, True, found.signs)
    assert said_by_hand(found, None) is found


def test_what_has_no_past_error_is_not_called_missed() -> None:
    assert Sign.MISSED not in kind_of_shop(STEADY, None, RULES).signs


@given(st.lists(st.floats(0, 1e6), max_size=24), st.floats(0.1, 1e3))
def test_variation_does_not_depend_on_the_unit(months: list[float], unit: float) -> None:
    plain, scaled = variation_of(months), variation_of([month * unit for month in months])
    if plain is None:
        assert scaled is None
    else:
        assert scaled == pytest.approx(plain, abs=1e-6)


def test_substitutes_are_the_nearest_in_price_of_the_same_class() -> None:
    classes = {"scarce": "1", "near": "1", "nearer": "1", "far": "1", "other class": "2", "unpriced": "1"}
    prices = {"scarce": 400, "near": 430, "nearer": 390, "far": 900, "other class": 401, "unpriced": None}
    assert substitutes_of(["scarce"], classes, prices, 2) == {"near", "nearer"}
    assert substitutes_of(["unpriced"], classes, prices, 2) == frozenset()
    assert substitutes_of(["scarce", "nearer"], classes, prices, 1) == {"near"}, "a scarce one stands in for nothing"


def test_every_kind_and_sign_has_a_name(playbook: Playbook) -> None:
    lists = playbook.enumerations
    assert set(lists["forecast_sign"].codes) == set(Sign)
    assert set(lists["brand_kind"].codes) == set(lists["shop_kind"].codes) == set(Steadiness)
    assert lists["supply_flag"].find("紧俏") == "scarce"


# ---- figures that add up ---------------------------------------------------------------------------------------------
MODELS = st.lists(st.floats(0, 500), min_size=1, max_size=40)


@given(MODELS, st.integers(0, 5_000))
def test_shares_add_up_and_each_is_its_quota_up_or_down(weights: list[float], total: int) -> None:
    shares = largest_remainder(weights, total)
    assert sum(shares) == total
    whole = sum(weights)
    if whole > 0:
        assert all(abs(share - total * w / whole) < 1 + 1e-6 for share, w in zip(shares, weights, strict=True))


@given(MODELS, st.data())
def test_a_correction_of_shops_moves_the_total_and_nobody_else(models: list[float], data: st.DataObject) -> None:
    whole = round(sum(models))
    plain = spread([Part(model) for model in models], whole)
    assert sum(plain) == whole
    own = data.draw(st.lists(st.none() | st.integers(0, 900), min_size=len(models), max_size=len(models)))
    corrected = spread([Part(model, one) for model, one in zip(models, own, strict=True)], whole)
    assert corrected == [p if one is None else one for p, one in zip(plain, own, strict=True)]


@given(MODELS, st.data(), st.integers(0, 9_000))
def test_a_total_is_met_exactly_and_what_was_set_by_hand_stays(
    models: list[float], data: st.DataObject, total: int
) -> None:
    own = data.draw(st.lists(st.none() | st.integers(0, 200), min_size=len(models), max_size=len(models)))
    assume(None in own)
    by_hand = sum(one for one in own if one is not None)
    parts = [Part(model, one) for model, one in zip(models, own, strict=True)]
    if total < by_hand:
        with pytest.raises(TooLittle):
            spread(parts, round(sum(models)), total)
        return
    shares = spread(parts, round(sum(models)), total)
    assert sum(shares) == total
    assert all(share >= 0 for share in shares)
    assert all(share == part.own for share, part in zip(shares, parts, strict=True) if part.own is not None)


def test_a_total_is_shared_in_proportion_to_the_model() -> None:
    parts = [Part(10), Part(30), Part(60, own=50)]
    assert spread(parts, 100, 90) == [10, 30, 50]
    assert spread(parts, 100, 130) == [20, 60, 50]
    assert spread([replace(part, own=None) for part in parts], 100, 200) == [20, 60, 120]


def test_what_the_model_expects_nowhere_goes_to_the_last() -> None:
    assert spread([Part(0), Part(0), Part(0)], 0, 7) == [0, 0, 7]
