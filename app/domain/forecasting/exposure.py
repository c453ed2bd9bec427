"""How many order days a month has for a shop: five Mondays are a quarter more than four for one that orders then."""

from dataclasses import dataclass

import numpy as np

from app.domain.forecasting.arrays import YEAR, Floats

_WEEKDAYS = 7


@dataclass(frozen=True, slots=True)
class Exposure:
    """The ordering weekdays of shops and the days of the months, past and to come."""

    bought: Floats
    """[shops, months, 7]: what a shop bought on each weekday of each past month"""
    days: Floats
    """[months and those to come, 7]: how many of each weekday a month has on which orders are taken"""

    def seen_from(self, origin: int) -> "SeenDays":
        """Return what is known at an origin: the weekdays of the year before it."""
        first = max(0, origin - YEAR)
        shares = self.bought[:, first:origin].sum(axis=1) + 1e-9
        whole = shares.sum(axis=0)
        usual = self.days[first:origin].mean(axis=0)
        return SeenDays(_shares(shares), _shares(whole[None]), self.days, usual)


@dataclass(frozen=True, slots=True)
class SeenDays:
    """Order days of any month over those of a usual month of the year before the origin, less one."""

    shares: Floats
    whole: Floats
    days: Floats
    usual: Floats

    def own(self, month: int) -> Floats:
        """Return [shops]: how much longer than usual a month is for each shop; 0.1 is a tenth more order days."""
        return self.shares @ self.days[month] / np.maximum(self.shares @ self.usual, 1e-9) - 1

    def everywhere(self, month: int) -> float:
        """Return how much longer than usual a month is for the territory as a whole."""
        return float((self.whole @ self.days[month] / np.maximum(self.whole @ self.usual, 1e-9))[0] - 1)


def _shares(quantities: Floats) -> Floats:
    return quantities / quantities.sum(axis=1, keepdims=True)
