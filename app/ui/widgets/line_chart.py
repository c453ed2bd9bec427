"""A line of this year over a dashed line of last year, month by month."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.ui.look.theme import current_theme
from app.ui.widgets.chart import ChartShape, PointChart, dashed_pen, draw_run, solid_pen

_SHAPE = ChartShape((36, 11), (12, 6), left=1.2, above=0.8, right=1.2, below=1.8, reach=0.5, gap=0.9)


@dataclass(frozen=True, slots=True)
class LinePoint:
    """One place on the axis: its label, this year's and last year's value (None: not known), what hovering says."""

    label: str
    value: float | None
    previous: float | None = None
    tip: str = ""
    is_open: bool = False
    """Not over yet: the way to it is thin and its dot hollow."""


class LineChart(PointChart):
    """Two lines on one scale; hovering reads a month."""

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(_SHAPE, name, parent)
        self._points: tuple[LinePoint, ...] = ()

    def set_points(self, points: Sequence[LinePoint], name: str = "") -> None:
        """Show other values."""
        self._points = tuple(points)
        values = (value for point in self._points for value in (point.value, point.previous))
        self.show_chart((_words(point) for point in self._points), values, name)

    @override
    def draw(self, painter: QPainter, plot: QRectF) -> None:
        theme, points = current_theme(), self._points
        self.draw_labels(painter, plot, [point.label for point in points], 0.8)
        draw_run(painter, dashed_pen(0.13), self.places(plot, [point.previous for point in points]))
        current = self.places(plot, [point.value for point in points])
        is_open = points[-1].is_open
        if is_open:
            draw_run(painter, QPen(theme.color("primary"), theme.em(0.1), Qt.PenStyle.DotLine), current[-2:])
        draw_run(painter, solid_pen(0.17), current[:-1] if is_open else current)
        self._draw_dots(painter, current)

    def _draw_dots(self, painter: QPainter, places: list[QPointF | None]) -> None:
        theme = current_theme()
        last = max((i for i, place in enumerate(places) if place is not None), default=None)
        for index in {last, self._hovered}:
            place = None if index is None else places[index]
            if index is not None and place is not None:
                is_open = self._points[index].is_open
                painter.setPen(QPen(theme.color("primary" if is_open else "surface"), theme.em(0.13)))
                painter.setBrush(theme.color("surface" if is_open else "primary"))
                painter.drawEllipse(place, theme.em(0.34), theme.em(0.34))


def _words(point: LinePoint) -> str:
    if point.tip:
        return point.tip
    values = [f"{v:g}" for v in (point.value, point.previous) if v is not None]
    return f"{point.label} {' / '.join(values)}".strip()
