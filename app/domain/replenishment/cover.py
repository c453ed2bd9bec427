"""How much an order has to cover: the demand until the delivery after next, as far as it can be served at all.

What is asked for at an empty shelf before the goods come is lost; an order need not be large enough for it. So the days
to cover are one cycle and those of the days before it that the stock lasts.
"""

from dataclasses import dataclass

import numpy as np

from app.domain.forecasting.arrays import Flags, Floats, Ints
from app.domain.replenishment.demand import Demand
from app.domain.replenishment.habit import WEEK, Habits
from app.domain.replenishment.learnt import Learnt


@dataclass(frozen=True, slots=True)
class Cover:
    """The days of `lead` that the stock lasts, the demand over them and one cycle, and the stock that covers it.

    `cycle` is the demand of one cycle alone; `is_known` tells where the stock is known.
    """

    lead: Floats
    demand: Demand
    cycle: Demand
    level: Ints
    is_known: Flags

    def risk(self, position: Ints, quantities: Ints) -> Floats:
        """Return the chance to run out between this delivery and the next; known stock makes it no larger than none."""
        chance = self.demand.chance_above(position + quantities)
        return np.where(self.is_known, np.minimum(chance, self.cycle.chance_above(quantities)), chance)


def cover(
    habits: Habits, learnt: Learnt, service: Floats | float, position: Floats | Ints,
    lead: Ints | int, cycle: int,
) -> Cover:  # fmt: skip
    """Return what an order covers with the chance `service`, for `position` 条 there and under way.

    `lead` are the days until goods come, `cycle` those from delivery to delivery. A row that has less in stock is never
    given a smaller order for it; an infinite position leaves the whole lead time in.
    """
    before = habits.weekly(learnt) * lead / WEEK
    share = np.divide(position, before, out=np.ones(len(before)), where=before > 0)
    lasting = np.asarray(np.minimum(1, share) * lead, float)
    demand = habits.demand(learnt, cycle + lasting)
    alone = habits.demand(learnt, cycle)
    level = np.minimum(demand.order_up_to(service), position + alone.order_up_to(service)).astype(int)
    return Cover(lasting, demand, alone, level, np.isfinite(position))
