"""Kilometres and minutes between places, and how fast one really drives, learnt from one's own check-ins."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from statistics import median

import numpy as np
from numpy.typing import NDArray

from app.domain import geo
from app.domain.geo import EARTH_RADIUS_KM, GeoPoint, TravelRules
from app.domain.planning.problem import Span

FEWEST_LEGS = 20
"""Fewer legs than this say nothing certain: the proposed rules stay (proposed)."""
_SHORTEST_KM = 0.5
_LONGEST_MINUTES = 120.0
_SLOWEST_KMH, _FASTEST_KMH = 3.0, 120.0
_FAR_OUT = 3.0
_MAD_TO_DEVIATION = 1.4826
_LEAST_DEVIATION = 0.05
_LUNCH = Span(time(11, 30), time(14, 0))

Kilometres = NDArray[np.float64]
Minutes = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class TravelMatrix:
    """From every place (row) to every place (column): kilometres by road, and minutes rounded up."""

    km: Kilometres
    minutes: Minutes


@dataclass(frozen=True, slots=True)
class Leg:
    """One way between two shops: when the first was left and the next was reached, local time, and where they lie."""

    left: datetime
    reached: datetime
    origin: GeoPoint
    target: GeoPoint

    @property
    def straight_km(self) -> float:
        """How far apart the shops lie as the crow flies."""
        return geo.haversine_km(self.origin, self.target)

    @property
    def minutes(self) -> float:
        """How long the way took."""
        return (self.reached - self.left).total_seconds() / 60


@dataclass(frozen=True, slots=True)
class LearntTravel:
    """Rules of travel, on how many ways they stand, and how many more were left out as no plain driving."""

    rules: TravelRules
    legs: int
    left_out: int = 0

    @property
    def is_learnt(self) -> bool:
        """Whether the speed is one's own; else the rules are those that were proposed."""
        return self.legs >= FEWEST_LEGS


def straight_matrix(points: Sequence[GeoPoint]) -> Kilometres:
    """Return the straight kilometres (haversine) between all pairs of points."""
    lat = np.radians([point.lat for point in points])
    lon = np.radians([point.lon for point in points])
    half_lat = np.sin((lat[:, None] - lat[None, :]) / 2)
    half_lon = np.sin((lon[:, None] - lon[None, :]) / 2)
    h = half_lat**2 + np.cos(lat)[:, None] * np.cos(lat)[None, :] * half_lon**2
    return 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(1.0, h)))


def travel_matrix(points: Sequence[GeoPoint], rules: TravelRules | None = None) -> TravelMatrix:
    """Return the likely kilometres and minutes by road between all pairs of points.

    The same figures as `geo.road_km` and `geo.travel_minutes` give for each pair alone.
    """
    rules = rules or TravelRules()
    km = straight_matrix(points) * rules.road_factor
    return TravelMatrix(km, np.ceil(np.round(km / rules.speed_kmh * 60, 6)).astype(np.int64))


def learn_travel(legs: Sequence[Leg], rules: TravelRules | None = None, lunch: Span = _LUNCH) -> LearntTravel:
    """Learn how fast one gets ahead from the times between leaving one shop and reaching the next.

    Times say only how long a straight kilometre takes, not how long its road is: the road factor of the rules is kept,
    and the speed becomes the one that fits. The pace is the median over the legs, each weighted by its length, so that
    finding a place to park counts little. Left out are legs that touch lunch, end on another day, are shorter than
    500 m or longer than two hours, imply less than 3 or more than 120 km/h by road, or lie three deviations (by the
    median absolute deviation of the logarithm) off. With fewer than `FEWEST_LEGS` left the rules come back as given.
    """
    rules = rules or TravelRules()
    driven = [leg for leg in legs if _is_plain_driving(leg, rules, lunch)]
    km = np.array([leg.straight_km for leg in driven])
    pace = np.array([leg.minutes for leg in driven]) / km
    kept = _near_the_middle(pace)
    count = int(kept.sum())
    if count < FEWEST_LEGS:
        return LearntTravel(rules, count, len(legs) - count)
    speed = rules.road_factor * 60 / _weighted_median(pace[kept], km[kept])
    return LearntTravel(TravelRules(rules.road_factor, speed), count, len(legs) - count)


def _is_plain_driving(leg: Leg, rules: TravelRules, lunch: Span) -> bool:
    if leg.left.date() != leg.reached.date() or not 0 < leg.minutes <= _LONGEST_MINUTES:
        return False
    if leg.left.time() < lunch.ends and leg.reached.time() > lunch.begins:
        return False
    speed = leg.straight_km * rules.road_factor / leg.minutes * 60
    return leg.straight_km >= _SHORTEST_KM and _SLOWEST_KMH <= speed <= _FASTEST_KMH


def _near_the_middle(pace: Kilometres) -> NDArray[np.bool_]:
    if not len(pace):
        return np.zeros(0, bool)
    logs = np.log(pace)
    off = np.abs(logs - median(logs))
    deviation = _MAD_TO_DEVIATION * median(off)
    return off <= _FAR_OUT * max(deviation, _LEAST_DEVIATION)


def _weighted_median(values: Kilometres, weights: Kilometres) -> float:
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(reached, reached[-1] / 2)])
