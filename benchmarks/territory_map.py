"""Pushing and zooming a map of 5,000 shops: how long each frame keeps the window busy, beside 5,000 bare points."""

import random
import time
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

from app.ui.look.theme import Theme
from app.ui.widgets.map_marks import MarkStyle, Shape
from app.ui.widgets.map_scene import MapPoint
from app.ui.widgets.territory_map import TerritoryMap
from benchmarks.measuring import Figure, ms, p95
from benchmarks.painting import PaintWatch, frames_until

_SHOPS = 5_000
_SIZE = (1000, 640)
_STYLES = (
    MarkStyle(Shape.TRIANGLE, "red"),
    MarkStyle(Shape.DIAMOND, "map_orange"),
    MarkStyle(Shape.SQUARE, "map_yellow"),
    MarkStyle(Shape.CIRCLE, "blue"),
)
_LOOKS = (0, 4, 8, 12, 16)
"""At how many steps closer the map is pushed about."""
_PUSHES = 60
_GOAL = 0.032


def measure() -> list[Figure]:
    """Return the frames of pushing and of zooming."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme = Theme(app)
    chance = random.Random(20221122)
    places = [(30 + chance.gauss(0, 0.15), 110 + chance.gauss(0, 0.2)) for _ in range(_SHOPS)]
    map_ = TerritoryMap("territory")
    points = [MapPoint(str(number), lat, lon, f"店 {number}") for number, (lat, lon) in enumerate(places)]
    map_.set_shops(points, _STYLES, [chance.randrange(len(_STYLES)) for _ in places])
    bare = _BarePoints([QPointF((lon - 109) * 500, (31 - lat) * 320) for lat, lon in places], theme.color("blue"))
    for widget in (map_, bare):
        widget.resize(*_SIZE)
        widget.show()
    pushes, zooms, plain = _pushed(map_), _zoomed(map_), _drawn_bare(bare)
    return [
        _figure(f"pushing a map of {_SHOPS:,} shops", pushes, plain),
        _figure(f"zooming a map of {_SHOPS:,} shops", zooms, plain),
    ]


def _figure(name: str, frames: list[float], plain: list[float]) -> Figure:
    worst, usual = ms(max(frames)), ms(p95(frames))
    return Figure(
        f"{name}, 95th percentile of {len(frames)} frames (longest {worst})", usual,
        f"{ms(p95(plain))}, {_SHOPS:,} bare points", f"{p95(frames) / p95(plain):.2f}", "≤ 32 ms",
        p95(frames) <= _GOAL,
    )  # fmt: skip


def _pushed(map_: TerritoryMap) -> list[float]:
    """Push the map back and forth at every look."""
    watch, frames = PaintWatch(map_), list[float]()
    middle = QPointF(map_.rect().center())
    for steps in _LOOKS:
        map_.show_all()
        map_.zoom(steps)
        QTest.mousePress(map_, Qt.MouseButton.LeftButton, pos=middle.toPoint())
        for push in range(_PUSHES):
            way = 12.0 * (push if push < _PUSHES // 2 else _PUSHES - push)
            at = middle + QPointF(way + 7, way / 2)
            frames.append(_frame(watch, partial(_move, map_, at)))
        QTest.mouseRelease(map_, Qt.MouseButton.LeftButton, pos=middle.toPoint())
    return frames


def _zoomed(map_: TerritoryMap) -> list[float]:
    """Zoom in to the streets and out again, by half steps, twice: the first time nothing is gathered yet."""
    watch, frames = PaintWatch(map_), list[float]()
    map_.show_all()
    at = QPointF(400, 300)
    for step in 2 * ([0.5] * 40 + [-0.5] * 40):
        frames.append(_frame(watch, partial(map_.zoom, step, at)))
    return frames


def _drawn_bare(bare: "_BarePoints") -> list[float]:
    watch = PaintWatch(bare)
    return [_frame(watch, bare.update) for _ in range(160)]


def _frame(watch: PaintWatch, deed: Callable[[], object]) -> float:
    before, began = watch.count, time.perf_counter()
    deed()
    busy = time.perf_counter() - began
    return busy + sum(frames_until(lambda: watch.count > before, watch))


def _move(map_: TerritoryMap, at: QPointF) -> None:
    event = QMouseEvent(
        QEvent.Type.MouseMove, at, map_.mapToGlobal(at), Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(map_, event)


class _BarePoints(QWidget):
    """As little as a map can be: all points in one colour, in one call."""

    def __init__(self, places: list[QPointF], color: QColor) -> None:
        super().__init__()
        self._places = QPolygonF(places)
        self._pen = QPen(color, 8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw them."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._pen)
        painter.drawPoints(self._places)
