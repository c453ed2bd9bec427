"""Distances on the map and the order of stops: pure geometry in kilometres, no maps and no road network."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from math import asin, ceil, cos, isfinite, radians, sin, sqrt

from app.domain.route_search import shortest_path

EARTH_RADIUS_KM = 6371.0088


@dataclass(frozen=True, slots=True)
class GeoPoint:
    """A place on earth in WGS 84 degrees."""

    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class TravelRules:
    """How straight lines become roads and minutes; proposed defaults, to be set per territory."""

    road_factor: float = 1.35
    speed_kmh: float = 40.0


@dataclass(frozen=True, slots=True)
class RouteOrder:
    """An order of stops: indices into the given points.

    `order` holds every index once, the ones without coordinates last (they are also in `unplaced`); `straight_km` is
    the length between the placed ones as the crow flies, from the start and to the end where they were given.
    """

    order: tuple[int, ...]
    unplaced: tuple[int, ...]
    straight_km: float


def point_of(lat: float | None, lon: float | None) -> GeoPoint | None:
    """Return the point, or None where a part is missing or cannot be a place (out of range, or exactly 0, 0)."""
    if lat is None or lon is None or not (isfinite(lat) and isfinite(lon)):
        return None
    if abs(lat) > 90 or abs(lon) > 180 or (lat == 0 and lon == 0):  # noqa: PLR2004
        return None
    return GeoPoint(lat, lon)


def haversine_km(a: GeoPoint, b: GeoPoint) -> float:
    """Return the straight distance over the ground in kilometres."""
    half_lat = sin(radians(b.lat - a.lat) / 2)
    half_lon = sin(radians(b.lon - a.lon) / 2)
    h = half_lat * half_lat + cos(radians(a.lat)) * cos(radians(b.lat)) * half_lon * half_lon
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(h)))


def road_km(straight_km: float, rules: TravelRules | None = None) -> float:
    """Return the likely kilometres on the road for a straight distance."""
    return straight_km * (rules or TravelRules()).road_factor


def travel_minutes(straight_km: float, rules: TravelRules | None = None) -> int:
    """Return the likely travel time in whole minutes, rounded up, for a straight distance."""
    rules = rules or TravelRules()
    return ceil(round(road_km(straight_km, rules) / rules.speed_kmh * 60, 6))


def middle(points: Sequence[GeoPoint | None]) -> GeoPoint | None:
    """Return the median place of the points that have one: a stand-in for a home base that nobody entered."""
    known = [point for point in points if point is not None]
    if not known:
        return None
    half = len(known) // 2
    return GeoPoint(sorted(p.lat for p in known)[half], sorted(p.lon for p in known)[half])


def project(points: Sequence[GeoPoint], origin: GeoPoint | None = None) -> tuple[tuple[float, float], ...]:
    """Return (x, y) in kilometres east and north of the origin, for a sketch of a territory.

    Equirectangular around the origin (by default the middle of the points): true to 0.1 % over 100 km.
    """
    centre = origin or middle(points)
    if centre is None:
        return ()
    km_per_degree = radians(1) * EARTH_RADIUS_KM
    shrink = cos(radians(centre.lat))
    return tuple(
        (((p.lon - centre.lon + 180) % 360 - 180) * km_per_degree * shrink, (p.lat - centre.lat) * km_per_degree)
        for p in points
    )


def path_km(points: Sequence[GeoPoint | None], start: GeoPoint | None = None) -> float:
    """Return the straight length through the points in the given order; points without coordinates are passed over."""
    placed = [point for point in (start, *points) if point is not None]
    return sum(haversine_km(a, b) for a, b in itertools.pairwise(placed))


def order_by_distance(
    points: Sequence[GeoPoint | None], start: GeoPoint | None = None, end: GeoPoint | None = None
) -> RouteOrder:
    """Put the stops into a short order: a path from `start` to `end`, or from and to whichever stop suits best.

    Exact up to nine stops, above that nearest neighbour improved by 2-opt and Or-opt. The same input always gives the
    same order. Stops without coordinates come last, in the order given.
    """
    placed = [index for index, point in enumerate(points) if point is not None]
    unplaced = tuple(index for index, point in enumerate(points) if point is None)
    places = [point for point in points if point is not None]
    between = [[haversine_km(a, b) for b in places] for a in places]
    from_start = [haversine_km(start, b) for b in places] if start is not None else [0.0] * len(places)
    to_end = [haversine_km(a, end) for a in places] if end is not None else []
    path = shortest_path(between, from_start, to_end)
    order = tuple(placed[stop] for stop in path)
    return RouteOrder(order + unplaced, unplaced, path_km([*(points[index] for index in order), end], start))
