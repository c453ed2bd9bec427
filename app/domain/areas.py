"""In which area a shop is outlined on the map: the smallest one whose shops lie together."""

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from statistics import median
from typing import TypeVar

from app.domain.geo import GeoPoint, haversine_km, middle

_Shop = TypeVar("_Shop", bound=Hashable)
_TIGHT = 0.5
"""The shops of an area lie together where they are so much nearer to its middle than all shops are to theirs."""


def outlined_areas(shops: Mapping[_Shop, tuple[Sequence[str], GeoPoint]]) -> dict[_Shop, str]:
    """Return the area of each shop that has one; each comes with its areas, the smallest first, and its place.

    An area whose shops lie all over the territory would be drawn across the others, so the next larger one counts;
    the largest one always does. Median distances (km) are compared.
    """
    members: dict[str, list[GeoPoint]] = defaultdict(list)
    for names, point in shops.values():
        for name in names:
            members[name].append(point)
    most = _TIGHT * _spread([point for _, point in shops.values()])
    tight = {name for name, points in members.items() if _spread(points) <= most}
    return {
        shop: next((name for name in names if name in tight), names[-1])
        for shop, (names, _) in shops.items()
        if names
    }  # fmt: skip


def _spread(points: Sequence[GeoPoint]) -> float:
    """Return how far half of the places lie from their middle at most."""
    centre = middle(points)
    return 0.0 if centre is None else median(haversine_km(centre, point) for point in points)
