"""Numbers that were counted: which contradict each other, and which stock is worth a second look."""

import pytest

from app.domain.count_sense import Contradiction, contradictions, is_far_above_usual


def test_more_tags_than_skus_shown_is_a_contradiction() -> None:
    counts = {"sku_on_sale": 21, "sku_shown": 19, "sku_tagged": 25, "slots": 8}
    assert contradictions(counts) == (Contradiction("sku_tagged", 25, "sku_shown", 19),)


def test_what_was_not_counted_contradicts_nothing() -> None:
    assert contradictions({"sku_on_sale": 21, "sku_shown": None, "sku_tagged": 25}) == ()
    assert contradictions({"sku_on_sale": 21, "sku_shown": 21, "sku_tagged": 21}) == ()


@pytest.mark.parametrize(
    ("count", "weekly", "bought", "last", "far"),
    [
        (99999, 1.5, 18, 4, True),
        (55, 1.5, 18, 4, True),
        (54, 1.5, 18, 4, False),
        (50, None, 0, None, False),
        (51, None, 0, None, True),
        (300, 10.0, 120, None, False),
        (90, 0.0, 0, 40, False),
    ],
)
def test_a_stock_is_looked_at_twice_where_it_is_far_above_what_could_be_there(
    count: int, weekly: float | None, bought: int, last: int | None, far: bool
) -> None:
    assert is_far_above_usual(count, weekly, bought, last) is far
