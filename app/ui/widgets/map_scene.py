"""What the territory map knows: the shops on their plane, the view of it, and which shops are where."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPolygonF

from app.domain.geo import GeoPoint, middle, project
from app.domain.hull import hull
from app.domain.plane import Gathering, Heap, Spot
from app.ui.look.theme import current_theme
from app.ui.widgets.map_camera import CLOSEST, MapCamera
from app.ui.widgets.map_marks import MarkStyle, Shape

_MOST = 6
"""Up to this many shops of a cell stand by themselves."""
_CELL = 3.3
"""The least side of a cell, in em; at the most it is twice that."""
_FIRST_SIDE = 2.0**-20
_PLAIN = MarkStyle(Shape.CIRCLE, "primary")


@dataclass(frozen=True, slots=True)
class MapPoint:
    """One shop: its key as data, its place, its name, and the words of its tooltip."""

    key: str
    latitude: float
    longitude: float
    name: str = ""
    tip: str = ""
    is_presumed: bool = False
    area: str = ""
    """What it lies in; shops of one area have an outline together."""


@dataclass(frozen=True, slots=True)
class Outline:
    """The corners of an area, and its name."""

    name: str
    corners: tuple[Spot, ...]


class MapScene:
    """The shops, their colours, the selection and the view; indices count the points in their order."""

    def __init__(self) -> None:
        self.points: tuple[MapPoint, ...] = ()
        self.styles: tuple[MarkStyle, ...] = (_PLAIN,)
        self.groups: tuple[int, ...] = ()
        self.selected: frozenset[int] = frozenset()
        self.camera = MapCamera()
        self.way: tuple[GeoPoint, ...] = ()
        """Where the numbered stops of a day are drawn over the marks: names keep clear of them."""
        self.has_outlines = False
        """Whether the outlines of areas are drawn."""
        self._outlines: tuple[Outline, ...] | None = None
        self._is_whole = True
        self._spots: tuple[Spot, ...] = ()
        self._corners: tuple[Spot, ...] = ()
        self._origin = GeoPoint(0.0, 0.0)
        self._indices: dict[str, int] = {}
        self._gatherings: dict[float, Gathering] = {}

    def put(self, points: Sequence[MapPoint]) -> None:
        """Take other shops; the selection stays for those that are still there, the view where none has moved."""
        chosen = {self.points[index].key for index in self.selected}
        places = [GeoPoint(point.latitude, point.longitude) for point in points]
        spots_before, keys_before = self._spots, list(self._indices)
        self.points = tuple(points)
        self.styles, self.groups = (_PLAIN,), (0,) * len(points)
        self._indices = {point.key: index for index, point in enumerate(points)}
        self.selected = self.indices_of(chosen)
        self._origin = middle(places) or self._origin
        self._spots = project(places, self._origin)
        self._corners = _corners(self._spots)
        self._outlines = None
        if spots_before != self._spots or keys_before != list(self._indices):
            self._gatherings = {}
            self.show_all()

    @property
    def outlines(self) -> tuple[Outline, ...]:
        """The outlines of the areas with at least three shops whose place is known, the larger ones first."""
        if self._outlines is None:
            areas: dict[str, list[Spot]] = {}
            for point, spot in zip(self.points, self._spots, strict=True):
                if point.area and not point.is_presumed:
                    areas.setdefault(point.area, []).append(spot)
            found = [Outline(name, corners) for name, spots in areas.items() if (corners := hull(spots))]
            self._outlines = tuple(sorted(found, key=lambda one: -_extent(one.corners)))
        return self._outlines

    def index_of(self, key: str) -> int | None:
        """Return which shop that is; None where it is not on the map."""
        return self._indices.get(key)

    def indices_of(self, keys: Collection[str]) -> frozenset[int]:
        """Return which shops those are, without the ones that are not on the map."""
        return frozenset(index for key in keys if (index := self._indices.get(key)) is not None)

    def resize(self, width: float, height: float) -> None:
        """Show the same in a window of another size."""
        self.camera = self.camera.resized(width, height)
        self.measure_anew()

    def measure_anew(self) -> None:
        """Fit the whole again, where the whole is shown: the window or the text has another size."""
        if self._is_whole:
            self.show_all()

    def show_all(self) -> None:
        """Show the whole territory."""
        self.camera, self._is_whole = self._whole(), True

    def show_places(self, places: Sequence[tuple[float, float]]) -> None:
        """Show some places of the earth (latitude and longitude), all of them."""
        spots = project([GeoPoint(*place) for place in places], self._origin)
        if spots:
            self.look(MapCamera.fitting(spots, self.camera.width, self.camera.height, current_theme().em(5)))

    def look(self, camera: MapCamera) -> None:
        """Show another part."""
        self.camera, self._is_whole = camera, False

    def zoom(self, factor: float, at: QPointF) -> None:
        """Look closer or from farther away; what is seen there stays there."""
        self.look(self.camera.zoomed(factor, at, self._whole()))

    def look_into(self, heap: Heap, least_factor: float) -> None:
        """Show what is in a ring."""
        spots = [self._spots[index] for index in heap.members]
        closer = MapCamera.fitting(spots, self.camera.width, self.camera.height, current_theme().em(6))
        is_one_spot = len(set(spots)) == 1
        self.look(
            replace(closer, scale=CLOSEST if is_one_spot else max(closer.scale, self.camera.scale * least_factor))
        )

    @property
    def gathering(self) -> Gathering:
        """The shops as they are drawn at this scale."""
        least, side = current_theme().em(_CELL) / self.camera.scale, _FIRST_SIDE
        while side < least:
            side *= 2
        if side not in self._gatherings:
            self._gatherings[side] = Gathering(self._spots, side, _MOST)
        return self._gatherings[side]

    def heap_of(self, index: int) -> Heap:
        """Return what a shop is drawn in."""
        return self.gathering.heap_of(index)

    def place(self, heap: Heap) -> QPointF:
        """Return where it is drawn."""
        return self.camera.pixel(heap.x, heap.y)

    def place_on_earth(self, latitude: float, longitude: float) -> QPointF:
        """Return where a place of the earth is drawn."""
        return self.camera.pixel(*project([GeoPoint(latitude, longitude)], self._origin)[0])

    def heap_at(self, at: QPointF) -> Heap | None:
        """Return what is drawn there."""
        reach = current_theme().em(1.5) / self.camera.scale
        return self.gathering.nearest(*self.camera.spot(at), reach)

    def nearest_to_middle(self) -> Heap | None:
        """Return what is drawn nearest to the middle of the view."""
        middle_x, middle_y = self.camera.x, self.camera.y
        return min(
            self.gathering.all(), key=lambda h: ((h.x - middle_x) ** 2 + (h.y - middle_y) ** 2, h.members), default=None
        )

    def inside(self, outline: QPolygonF) -> frozenset[int]:
        """Return the shops drawn inside an outline, rings as a whole; loops of the outline count as inside."""
        box = outline.boundingRect()
        low, high = self.camera.spot(box.bottomLeft()), self.camera.spot(box.topRight())
        return frozenset(
            index
            for heap in self.gathering.within(*low, *high)
            if outline.containsPoint(self.place(heap), Qt.FillRule.WindingFill)
            for index in heap.members
        )

    def bring_into_view(self, index: int) -> None:
        """Push the map as far as needed to see a shop."""
        edge = current_theme().em(2)
        room = QRectF(0, 0, self.camera.width, self.camera.height).adjusted(edge, edge, -edge, -edge)
        place = self.place(self.heap_of(index))
        if room.isValid() and not room.contains(place):
            x = min(max(place.x(), room.left()), room.right())
            y = min(max(place.y(), room.top()), room.bottom())
            self.look(self.camera.moved(QPointF(x, y) - place))

    def _whole(self) -> MapCamera:
        return MapCamera.fitting(self._corners, self.camera.width, self.camera.height, current_theme().em(2.6))


def _corners(spots: Sequence[Spot]) -> tuple[Spot, ...]:
    """Return the south-western and the north-eastern corner of all spots."""
    if not spots:
        return ()
    xs, ys = [x for x, _ in spots], [y for _, y in spots]
    return (min(xs), min(ys)), (max(xs), max(ys))


def _extent(corners: Sequence[Spot]) -> float:
    (west, south), (east, north) = _corners(corners)
    return (east - west) * (north - south)
