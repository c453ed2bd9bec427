"""How long visits take, learnt from one's own check-ins: of the shop itself, else of shops of its class."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from statistics import median
from uuid import UUID

FEWEST_OF_SHOP, NEWEST_OF_SHOP = 3, 12
FEWEST_OF_CLASS, FEWEST_SHOPS_OF_CLASS = 20, 5
"""Fewer timed visits than these say nothing certain (proposed)."""
LONGEST_VISIT = 180
"""Minutes; who stayed longer forgot to leave in the program, or let the laptop sleep (proposed)."""
_SHORTEST_VISIT = 2
"""Minutes; who left sooner opened the visit only to write it down (proposed)."""
_FAR_ABOVE = 4
"""Times the median of all visits; what lies beyond ended when the laptop was opened again (proposed)."""


@dataclass(frozen=True, slots=True)
class VisitLengths:
    """Minutes of a visit by shop and by class, each only where enough visits were timed."""

    of_shop: Mapping[UUID, int]
    of_class: Mapping[str, int]

    def minutes(self, shop: UUID, code: str, otherwise: int) -> int:
        """Return the minutes of the shop itself, else of its class, else those given."""
        return self.of_shop.get(shop, self.of_class.get(code, otherwise))


def is_plausible(minutes: float) -> bool:
    """Tell whether a visit can have taken so long."""
    return _SHORTEST_VISIT <= minutes <= LONGEST_VISIT


def learn_lengths(timed: Mapping[UUID, Sequence[float]], class_of: Mapping[UUID, str]) -> VisitLengths:
    """Learn from the minutes of each shop's own visits, newest first; the length is the median, rounded up.

    Left out are visits of under two minutes or over three hours, and those longer than four times the median of all.
    A shop speaks for itself from three timed visits on, of which the newest twelve count; a class from twenty visits to
    five of its shops on, of which each shop counts with its newest twelve.
    """
    plausible = {shop: [one for one in minutes if is_plausible(one)] for shop, minutes in timed.items()}
    everything = [one for minutes in plausible.values() for one in minutes]
    most = _FAR_ABOVE * median(everything) if len(everything) >= FEWEST_OF_CLASS else LONGEST_VISIT
    kept = {shop: [one for one in minutes if one <= most][:NEWEST_OF_SHOP] for shop, minutes in plausible.items()}
    classes: dict[str, list[list[float]]] = {}
    for shop, minutes in kept.items():
        if minutes and shop in class_of:
            classes.setdefault(class_of[shop], []).append(minutes)
    return VisitLengths(
        {shop: _length(minutes) for shop, minutes in kept.items() if len(minutes) >= FEWEST_OF_SHOP},
        {
            code: _length([one for minutes in shops for one in minutes])
            for code, shops in classes.items()
            if _say(shops)
        },
    )


def _say(shops: Sequence[Sequence[float]]) -> bool:
    """Tell whether the visits of a class are enough to learn from."""
    return len(shops) >= FEWEST_SHOPS_OF_CLASS and sum(map(len, shops)) >= FEWEST_OF_CLASS


def _length(minutes: Sequence[float]) -> int:
    return max(1, ceil(median(minutes)))
