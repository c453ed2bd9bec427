"""Our advice beside plain rules on the same world: the point of each rule, our curve over service levels.

How F29 is read: the sales of the last cycle as counted at the shop (F28), times k, less what is there. A second reading
with the mean of four cycles is steadier, and is shown beside.
"""

from dataclasses import dataclass

import numpy as np

from app.domain.replenishment.habit import Habits
from app.domain.replenishment.learnt import Learnt
from app.domain.replenishment.replay import Outcome, Rule, World, at_equal, replay
from app.domain.replenishment.rules import MeanOfLast, PeriodicReview, RepeatLast, TradeRule

SERVICES = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.998)
_OPENING_WEEKS = 13
GOALS = ("last order again", "mean of the last 4 orders", "F29 k=1.2", "F29 k=1.5")
"""The rules that the goals name; the others are beside."""


@dataclass(frozen=True, slots=True)
class Point:
    """A rule, or a service level of ours, with what it came to."""

    name: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Comparison:
    """Our curve and the points of the other rules."""

    ours: tuple[Point, ...]
    rules: tuple[Point, ...]

    def stock_at(self, fill: float) -> float | None:
        """Return the stock that our advice needs for a fill rate; None outside the curve."""
        return at_equal([(point.outcome.fill, point.outcome.stock) for point in self.ours], fill)

    def stock_outs_at(self, stock: float) -> float | None:
        """Return the share of row-weeks with a lost sale that our advice has with a stock; None outside the curve."""
        return at_equal([(point.outcome.stock, point.outcome.stock_outs) for point in self.ours], stock)


def compare(world: World, learnt: Learnt, supplied: float = 1.0) -> Comparison:
    """Replay every rule; all begin with two weeks of their rows' mean sales."""
    mean = world.past_weeks[:, -_OPENING_WEEKS:].mean(axis=1)
    opening = np.floor(2 * mean + 0.5).astype(int)
    rules: tuple[tuple[str, Rule], ...] = (
        ("last order again", RepeatLast()),
        ("mean of the last 4 orders", MeanOfLast()),
        ("F29 k=1.2", TradeRule(1.2)),
        ("F29 k=1.5", TradeRule(1.5)),
        ("F29 k=2", TradeRule(2.0)),
        ("F29 k=2.5", TradeRule(2.5)),
        ("F29 k=1.5, mean of 4 cycles", TradeRule(1.5, 4)),
        ("F29 k=2, mean of 4 cycles", TradeRule(2.0, 4)),
    )
    past = Habits.of(world.past_weeks)
    ours = tuple(
        Point(
            f"{service:.1%}".replace(".0%", "%"),
            replay(world, PeriodicReview(learnt, service, past), opening, supplied),
        )
        for service in SERVICES
    )
    return Comparison(ours, tuple(Point(name, replay(world, rule, opening, supplied)) for name, rule in rules))
