"""Where a shop without coordinates probably lies: in the middle of its village, of its street, or on its line."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from app.domain.geo import GeoPoint, middle


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """What the archive says of where a shop lies; `place_on_line` is its sequence number there."""

    shop: UUID
    point: GeoPoint | None
    village: str | None = None
    street: str | None = None
    line: str | None = None
    place_on_line: int | None = None


def presumed_places(shops: Sequence[Whereabouts]) -> dict[UUID, GeoPoint]:
    """Return where the shops without coordinates probably lie; those of which nothing can be said are not among them.

    The median place of the shops of the same village, else of the same street; else between the two nearest on the
    line by sequence number, else the median place of the line.
    """
    villages = _by((shop.village, shop.point) for shop in shops)
    streets = _by((shop.street, shop.point) for shop in shops)
    lines: dict[str, list[tuple[int, GeoPoint]]] = defaultdict(list)
    for shop in shops:
        if shop.line and shop.point is not None and shop.place_on_line is not None:
            lines[shop.line].append((shop.place_on_line, shop.point))
    all_of_line = _by((shop.line, shop.point) for shop in shops)
    found: dict[UUID, GeoPoint] = {}
    for shop in shops:
        if shop.point is not None:
            continue
        place = (
            middle(villages.get(shop.village, ()))
            or middle(streets.get(shop.street, ()))
            or _between(lines.get(shop.line or "", ()), shop.place_on_line)
            or middle(all_of_line.get(shop.line, ()))
        )
        if place is not None:
            found[shop.shop] = place
    return found


def _by(named: Iterable[tuple[str | None, GeoPoint | None]]) -> Mapping[Hashable, list[GeoPoint]]:
    places: dict[Hashable, list[GeoPoint]] = defaultdict(list)
    for name, point in named:
        if name and point is not None:
            places[name].append(point)
    return places


def _between(line: Sequence[tuple[int, GeoPoint]], place: int | None) -> GeoPoint | None:
    """Return the middle between the neighbours before and behind; at an end of the line the only neighbour."""
    if place is None:
        return None
    before = max((one for one in line if one[0] <= place), key=lambda one: one[0], default=None)
    behind = min((one for one in line if one[0] > place), key=lambda one: one[0], default=None)
    near = [one[1] for one in (before, behind) if one is not None]
    if not near:
        return None
    return GeoPoint(sum(one.lat for one in near) / len(near), sum(one.lon for one in near) / len(near))
