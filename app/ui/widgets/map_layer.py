"""The still part of the territory map: ground, marks and names, drawn once for a view and pushed about with it."""

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap

from app.domain.plane import Heap
from app.ui.look.theme import current_theme
from app.ui.widgets.map_camera import MapCamera
from app.ui.widgets.map_marks import MarkPainter, mark_radius
from app.ui.widgets.map_outlines import paint_outlines
from app.ui.widgets.map_overlay import STOP_RADIUS, scale_km
from app.ui.widgets.map_scene import MapScene
from app.ui.widgets.painting import draw_text, text_width

_MARGIN = 0.3
"""How much is drawn beyond each edge while the map is pushed, as a part of its size."""
_NAMED = 90
"""Names are drawn while no more shops than this stand by themselves."""


class MapLayer:
    """A picture of a view; while the map is only pushed, the same picture serves."""

    def __init__(self) -> None:
        self._picture: QPixmap | None = None
        self._camera = MapCamera()
        self._margin = QPointF()
        self._marks: MarkPainter | None = None

    def forget(self) -> None:
        """Draw anew next time: something on it changed."""
        self._picture = None

    def forget_look(self) -> None:
        """Draw anew, marks and all: the colours or the size of the text changed."""
        self._picture = self._marks = None

    def paint(self, painter: QPainter, scene: MapScene, *, is_pushed: bool) -> None:
        """Draw the view, from the picture where it still holds; while it is pushed, with something beyond its edges."""
        ratio = painter.device().devicePixelRatio()
        picture, shift = self._picture, self._shift(scene.camera, ratio)
        if picture is None or shift is None:
            shift = QPointF()
            picture = self._picture = self._render(scene, ratio, _MARGIN if is_pushed else 0.0)
        painter.drawPixmap(shift - self._margin, picture)

    def _shift(self, camera: MapCamera, ratio: float) -> QPointF | None:
        """Return how far the picture has to be pushed to show the view; None where it does not reach."""
        drawn = self._camera
        if self._picture is None or self._picture.devicePixelRatio() != ratio:
            return None
        if (drawn.scale, drawn.width, drawn.height) != (camera.scale, camera.width, camera.height):
            return None
        shift = camera.pixel(drawn.x, drawn.y) - QPointF(camera.width / 2, camera.height / 2)
        reaches = abs(shift.x()) <= self._margin.x() and abs(shift.y()) <= self._margin.y()
        return QPointF(round(shift.x()), round(shift.y())) if reaches else None

    def _render(self, scene: MapScene, ratio: float, beyond: float) -> QPixmap:
        camera = self._camera = scene.camera
        self._margin = QPointF(round(camera.width * beyond), round(camera.height * beyond))
        wide, high = camera.width + 2 * self._margin.x(), camera.height + 2 * self._margin.y()
        picture = QPixmap(round(wide * ratio), round(high * ratio))
        picture.setDevicePixelRatio(ratio)
        picture.fill(current_theme().color("map_ground"))
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(self._margin)
        if self._marks is None or not self._marks.is_for(ratio):
            self._marks = MarkPainter(ratio)
        room = QRectF(-self._margin.x(), -self._margin.y(), wide, high)
        _paint_ground(painter, camera, room)
        if scene.has_outlines:
            paint_outlines(painter, scene, room)
        _paint_heaps(painter, scene, self._marks, max(self._margin.x(), self._margin.y()))
        painter.end()
        return picture


def _paint_ground(painter: QPainter, camera: MapCamera, room: QRectF) -> None:
    """Draw lines as far apart as the bar of the scale is long, so that pushing and zooming can be seen."""
    theme, step = current_theme(), scale_km(camera.scale)
    painter.setPen(QPen(theme.color("line"), theme.size("hairline")))
    (west, north), (east, south) = camera.spot(room.topLeft()), camera.spot(room.bottomRight())
    for number in range(math.ceil(west / step), math.floor(east / step) + 1):
        x = round(camera.pixel(number * step, 0).x()) + 0.5
        painter.drawLine(QPointF(x, room.top()), QPointF(x, room.bottom()))
    for number in range(math.ceil(south / step), math.floor(north / step) + 1):
        y = round(camera.pixel(0, number * step).y()) + 0.5
        painter.drawLine(QPointF(room.left(), y), QPointF(room.right(), y))


def _paint_heaps(painter: QPainter, scene: MapScene, marks: MarkPainter, beyond: float) -> None:
    heaps = list(scene.gathering.within(*scene.camera.bounds(beyond)))
    single = [heap for heap in heaps if not heap.is_many]
    rings = [heap for heap in heaps if heap.is_many]
    for heap in sorted(single, key=lambda one: (one.members[0] in scene.selected, -one.y)):
        index = heap.members[0]
        style = scene.styles[scene.groups[index]]
        is_presumed, selected = scene.points[index].is_presumed, index in scene.selected
        marks.mark(painter, scene.place(heap), style, hollow=is_presumed, selected=selected)
    for heap in rings:
        numbers = [0] * len(scene.styles)
        for index in heap.members:
            numbers[scene.groups[index]] += 1
        parts = [(style.color, number) for style, number in zip(scene.styles, numbers, strict=True)]
        selected = len(scene.selected.intersection(heap.members))
        marks.ring(painter, scene.place(heap), parts, selected)
    if len(single) <= _NAMED:
        _paint_names(painter, scene, single, rings)


def _paint_names(painter: QPainter, scene: MapScene, single: list[Heap], rings: list[Heap]) -> None:
    """Write names beside the marks, where there is room for them."""
    theme = current_theme()
    font, height = theme.font("caption"), theme.em(1.2)
    taken = [_around(scene.place(heap), theme.em(0.8)) for heap in single]
    taken += [_around(scene.place(heap), theme.em(1.7)) for heap in rings]
    discs = [_around(scene.place_on_earth(stop.lat, stop.lon), STOP_RADIUS * theme.em(1)) for stop in scene.way]
    taken += discs
    for heap in single:
        index, at = heap.members[0], scene.place(heap)
        is_stop = any(disc.contains(at) for disc in discs)
        radius = STOP_RADIUS * theme.em(1) if is_stop else mark_radius(scene.styles[scene.groups[index]])
        gap = radius + theme.em(0.35)
        width = min(text_width(scene.points[index].name, font) + 1, theme.em(13))
        is_at_edge = at.x() <= scene.camera.width < at.x() + gap + width
        room = QRectF(at.x() - gap - width if is_at_edge else at.x() + gap, at.y() - height / 2, width, height)
        if any(room.intersects(other) and not other.contains(at) for other in taken):
            continue
        taken.append(room)
        draw_text(painter, room, scene.points[index].name, font, theme.color("muted"), Qt.AlignmentFlag.AlignVCenter)


def _around(at: QPointF, reach: float) -> QRectF:
    return QRectF(at.x() - reach, at.y() - reach, 2 * reach, 2 * reach)
