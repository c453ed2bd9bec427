"""Neutral hints: facts of a shop that do not fit together."""

from decimal import Decimal

import pytest

from app.domain.playbook import ChannelRules, HintRules, Playbook
from app.domain.shop_hints import HintCode, HintFacts, shop_hints


@pytest.fixture(scope="module")
def rules(playbook: Playbook) -> HintRules:
    return playbook.parameters.hints


CHANNEL = ChannelRules(Decimal("1.2"), 30, Decimal("0.5"), Decimal("1.8"))


def codes(rules: HintRules, **facts: object) -> list[HintCode]:
    given = HintFacts(**({"format": None, "size_class": None, "months": ()} | facts))  # type: ignore[arg-type]
    return [hint.code for hint in shop_hints(given, rules, CHANNEL)]


def test_an_ordinary_shop_has_no_hint(rules: HintRules) -> None:
    assert codes(rules, format="Z", size_class="3", months=(90, 100, 110), buyers_per_day=30.0) == []


def test_a_large_grocery_and_a_small_supermarket_are_hinted_at(rules: HintRules) -> None:
    assert codes(rules, format="Z", size_class="1") == [HintCode.GROCERY_LARGE]
    assert codes(rules, format="S", size_class="3") == [HintCode.BIG_FORMAT_SMALL]
    assert codes(rules, format="S", size_class="1") == []


def test_a_grocery_above_95_of_100_peers_is_hinted_at_but_not_among_few_peers(rules: HintRules) -> None:
    assert codes(rules, format="Z", peers=20, peers_below=19) == [HintCode.ABOVE_PEERS]
    assert codes(rules, format="Z", peers=100, peers_below=94) == []
    assert codes(rules, format="Z", peers=19, peers_below=19) == []


@pytest.mark.parametrize(
    ("bought", "code"), [(195, HintCode.BUYS_MORE_THAN_BUYERS), (53, HintCode.BUYS_LESS_THAN_BUYERS)]
)
def test_purchases_that_the_buyers_do_not_explain_are_hinted_at(rules: HintRules, bought: int, code: HintCode) -> None:
    # 30 buyers a day take 30 × 30 × 1.2 ÷ 10 = 108 a month: the band is 54 to 194.4.
    assert codes(rules, months=(bought, bought, bought), buyers_per_day=30.0) == [code]
    assert codes(rules, months=(None, None), buyers_per_day=30.0) == []


def test_a_month_of_more_than_twice_the_month_before_is_hinted_at_unless_it_is_small(rules: HintRules) -> None:
    assert codes(rules, months=(50, 101)) == [HintCode.MONTH_JUMP]
    assert codes(rules, months=(50, 100)) == []
    assert codes(rules, months=(5, 19)) == []
    assert codes(rules, months=(0, 100)) == []
