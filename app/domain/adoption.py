"""What became of order advice: adopted or not, line by line, and what happened then.

The order that answers advice is the first one from the day of the visit to the end of its cycle. A line follows the
advice if it is at most so many per cent or one 条 off; what the allowed quantity cut is held against nobody.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from app.domain import formulas

ANSWER_DAYS = 8
"""One order cycle and a day: the order that answers the advice comes within it."""


class Outcome(StrEnum):
    """What an order made of one line of the advice."""

    ADOPTED = "adopted"
    RAISED = "raised"
    LOWERED = "lowered"
    NOT_ORDERED = "not_ordered"
    LIMITED = "limited"
    """as much as was allowed, though less than advised"""


@dataclass(frozen=True, slots=True)
class Ordered:
    """What an order holds of one SKU; `allowed` is the cap it was made under, None for none."""

    quantity: int
    allowed: int | None = None


@dataclass(frozen=True, slots=True)
class FollowedLine:
    """One SKU of the advice: advised and ordered 条, and what happened in the weeks after.

    `ran_out`: a later count found none (True), some (False), nobody counted (None). `repeated`: bought again within
    the repeat days; None while there still is time for it, or if it was not ordered.
    """

    product: int
    advised: int
    ordered: int
    outcome: Outcome
    ran_out: bool | None = None
    repeated: bool | None = None


@dataclass(frozen=True, slots=True)
class FollowedAdvice:
    """The advice of one visit: the sum suggested, the sum of the differences to the order SKU by SKU, the lines.

    `order_day` is None if no order came within the cycle. What was ordered without being advised counts into the gap.
    """

    day: date
    suggested: int
    gap: int
    order_day: date | None = None
    lines: tuple[FollowedLine, ...] = ()

    def is_adopted(self, limit_pct: Decimal) -> bool:
        """Tell whether the order lay within so many per cent of the advice."""
        return self.gap * 100 <= limit_pct * self.suggested

    def count(self, *outcomes: Outcome) -> int:
        """Return how many lines ended so."""
        return sum(line.outcome in outcomes for line in self.lines)

    @property
    def judged(self) -> int:
        """How many lines the shop was free to follow."""
        return len(self.lines) - self.count(Outcome.LIMITED)


@dataclass(frozen=True, slots=True)
class Adoption:
    """A shop's advice of the last visits, newest first, and the adoption rate over their period."""

    visits: tuple[FollowedAdvice, ...]

    @property
    def rate(self) -> float | None:
        """Adopted lines ÷ lines that the shop was free to follow; None without any."""
        return formulas.ratio(self.adopted, self.judged)

    @property
    def adopted(self) -> int:
        """Lines that followed the advice."""
        return sum(one.count(Outcome.ADOPTED) for one in self.visits)

    @property
    def judged(self) -> int:
        """Lines that the shop was free to follow."""
        return sum(one.judged for one in self.visits)

    @property
    def suggested(self) -> int:
        """条 suggested over the period."""
        return sum(one.suggested for one in self.visits)

    @property
    def gap(self) -> int:
        """Sum of the differences between orders and advice over the period, in 条."""
        return sum(one.gap for one in self.visits)

    @property
    def period(self) -> tuple[date, date] | None:
        """The days of the first and the last visit that count; None without any."""
        return (self.visits[-1].day, self.visits[0].day) if self.visits else None


NO_ADVICE = Adoption(())
"""Of a shop that got no advice yet, or none that an order could answer."""


@dataclass(frozen=True, slots=True)
class Afterwards:
    """What a shop bought and what was counted there: quantities by day and SKU."""

    orders: Mapping[date, Mapping[int, Ordered]] = field(default_factory=dict[date, Mapping[int, Ordered]])
    counts: Mapping[int, Sequence[tuple[date, int]]] = field(default_factory=dict[int, Sequence[tuple[date, int]]])


def outcome_of(advised: int, ordered: Ordered, within_pct: int) -> Outcome:
    """Judge one line; `within_pct` is how far it may lie from the advice."""
    gap = ordered.quantity - advised
    if advised and not ordered.quantity:
        return Outcome.LIMITED if ordered.allowed == 0 else Outcome.NOT_ORDERED
    if advised and abs(gap) * 100 <= max(100, within_pct * advised):
        return Outcome.ADOPTED
    if gap > 0:
        return Outcome.RAISED
    if not gap:
        return Outcome.ADOPTED
    return Outcome.LIMITED if ordered.allowed is not None and ordered.quantity >= ordered.allowed else Outcome.LOWERED


def follow(
    day: date, advised: Mapping[int, int], then: Afterwards, as_of: date, *, within_pct: int, repeat_days: int
) -> FollowedAdvice | None:
    """Compare the advice of a day with the order that answered it; None while its order may still come.

    Nothing after `as_of` is looked at. Lines on which advice and order both say nothing are left out.
    """
    until = day + timedelta(ANSWER_DAYS)
    order_day = min((d for d in then.orders if day <= d <= min(until, as_of)), default=None)
    if not sum(advised.values()) or (order_day is None and until >= as_of):
        return None
    order = then.orders[order_day] if order_day is not None else {}
    nothing = Ordered(0)
    gap = sum(abs(order.get(sku, nothing).quantity - advised.get(sku, 0)) for sku in {*advised, *order})
    lines: list[FollowedLine] = []
    for product, quantity in advised.items():
        ordered = order.get(product, nothing)
        if not quantity and not ordered.quantity:
            continue
        outcome = outcome_of(quantity, ordered, within_pct)
        ran_out = _ran_out(then.counts.get(product, ()), order_day or until, repeat_days, as_of)
        repeated = _repeated(product, then, order_day, repeat_days, as_of) if ordered.quantity else None
        lines.append(FollowedLine(product, quantity, ordered.quantity, outcome, ran_out, repeated))
    return FollowedAdvice(day, sum(advised.values()), gap, order_day, tuple(lines))


def _ran_out(counts: Sequence[tuple[date, int]], since: date, days: int, as_of: date) -> bool | None:
    seen = [on_hand for day, on_hand in counts if since < day <= min(since + timedelta(days), as_of)]
    return any(on_hand == 0 for on_hand in seen) if seen else None


def _repeated(product: int, then: Afterwards, order_day: date | None, days: int, as_of: date) -> bool | None:
    if order_day is None:
        return None
    until = order_day + timedelta(days)
    again = any(
        order_day < day <= min(until, as_of) and order.get(product, Ordered(0)).quantity > 0
        for day, order in then.orders.items()
    )
    return True if again else None if as_of < until else False
