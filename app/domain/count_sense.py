"""Whether numbers that were counted make sense: counts that contradict each other, a stock far above the usual."""

from collections.abc import Mapping
from typing import NamedTuple

_FEW = 50
_TIMES = 3
_WEEKS = 12
_PARTS = (("sku_shown", "sku_on_sale"), ("sku_tagged", "sku_shown"))
"""What is a part of what: of the SKUs on sale some are shown, of those shown some have a price tag."""


class Contradiction(NamedTuple):
    """A count of a part that is larger than the whole."""

    part: str
    part_count: int
    whole: str
    whole_count: int


def contradictions(counts: Mapping[str, int | None]) -> tuple[Contradiction, ...]:
    """Return the shelf counts that cannot both be right."""
    found = ((part, counts.get(part), whole, counts.get(whole)) for part, whole in _PARTS)
    return tuple(
        Contradiction(part, more, whole, less)
        for part, more, whole, less in found
        if more is not None and less is not None and more > less
    )


def is_far_above_usual(count: int, weekly_sale: float | None, bought: int, last: int | None) -> bool:
    """Tell whether a stock is worth a second look: more than three times what could well be there, and not a few.

    What could well be there is the largest of twelve weeks' sales, what was bought in twelve weeks, and what was
    counted last.
    """
    usual = max((weekly_sale or 0.0) * _WEEKS, bought, last or 0)
    return count > max(_FEW, usual * _TIMES)
