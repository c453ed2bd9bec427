"""What is typed into the set-up: a place by shop or degrees of latitude and longitude, a time of day."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time

from app.domain.geo import GeoPoint, point_of
from app.domain.planning.views import MapShop
from app.domain.units import half_width

_DEGREES = re.compile(r"^(-?\d{1,2}(?:\.\d+)?)[\s,;、]+(-?\d{1,3}(?:\.\d+)?)$")

_TIME = re.compile(r"^([01]?\d|2[0-3])[:.\s]?([0-5]\d)$")


@dataclass(frozen=True, slots=True)
class Place:
    """A place and what it is called; neither where none is set."""

    point: GeoPoint | None = None
    name: str = ""


def find_place(text: str, shops: Iterable[MapShop]) -> Place | None:
    """Return the place that was typed, an empty one for no text; None where it is none."""
    typed = text.strip()
    if not typed:
        return Place()
    for shop in shops:
        if typed in (shop.name, shop.code):
            return Place(GeoPoint(shop.lat, shop.lon), shop.name)
    found = _DEGREES.match(half_width(typed))
    point = None if found is None else point_of(float(found[1]), float(found[2]))
    return None if point is None else Place(point)


def write_place(place: Place) -> str:
    """Return a place as it can be typed again."""
    if place.name or place.point is None:
        return place.name
    return f"{place.point.lat:.5f}, {place.point.lon:.5f}"


def find_time(text: str) -> time | None:
    """Return the time that was typed, as 08:30 or 0830; None where it is none."""
    found = _TIME.match(half_width(text).strip())
    return None if found is None else time(int(found[1]), int(found[2]))
