"""What came, what was forecast for it at the time, and what is expected with its range, month by month."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.ui.look.theme import current_theme
from app.ui.widgets.chart import ChartShape, PointChart, dashed_pen, draw_run, solid_pen

_SHAPE = ChartShape((24, 13), (12, 8), left=1.0, above=0.8, right=1.0, below=1.8, reach=0.4, gap=0.7)


@dataclass(frozen=True, slots=True)
class FanPoint:
    """One month: what came, what was or is expected, its range, the manager's own figure, and what hovering says."""

    label: str
    actual: float | None = None
    forecast: float | None = None
    low: float | None = None
    high: float | None = None
    own: float | None = None
    tip: str = ""
    is_focus: bool = False
    """the month that is being worked on"""


class FanChart(PointChart):
    """A solid line for what came, a dashed one for past forecasts, a fan for the months to come."""

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(_SHAPE, name, parent)
        self._points: tuple[FanPoint, ...] = ()

    def set_points(self, points: Sequence[FanPoint], name: str = "") -> None:
        """Show other months."""
        self._points = tuple(points)
        values = (value for p in self._points for value in (p.actual, p.forecast, p.high, p.own))
        self.show_chart((point.tip for point in self._points), values, name)

    @override
    def draw(self, painter: QPainter, plot: QRectF) -> None:
        theme, points = current_theme(), self._points
        self._draw_focus(painter, plot)
        self.draw_labels(painter, plot, [point.label for point in points], 1.0)
        self._draw_fan(painter, plot)
        draw_run(
            painter, dashed_pen(0.11), self.places(plot, [None if p.actual is None else p.forecast for p in points])
        )
        ahead = self.places(plot, [p.actual if self._is_last_known(i) else p.forecast if p.actual is None else None
                                   for i, p in enumerate(points)])  # fmt: skip
        draw_run(painter, QPen(theme.color("primary_tint"), theme.em(0.15)), ahead)
        came = self.places(plot, [point.actual for point in points])
        draw_run(painter, solid_pen(0.16), came)
        self._draw_own(painter, plot)
        self._draw_dots(painter, came, ahead)

    def _is_last_known(self, index: int) -> bool:
        following = self._points[index + 1] if index + 1 < len(self._points) else None
        return self._points[index].actual is not None and following is not None and following.actual is None

    def _draw_focus(self, painter: QPainter, plot: QRectF) -> None:
        theme = current_theme()
        painter.setPen(QPen(theme.color("line_strong"), theme.size("hairline"), Qt.PenStyle.DashLine))
        for index, point in enumerate(self._points):
            if point.is_focus:
                x = self.middle_of(plot, index)
                painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()))

    def _draw_fan(self, painter: QPainter, plot: QRectF) -> None:
        """Fill from low to high, beginning at what came last."""
        edges: list[tuple[float, float, float]] = []
        for index, point in enumerate(self._points):
            if self._is_last_known(index) and point.actual is not None:
                edges.append((self.middle_of(plot, index), point.actual, point.actual))
            elif point.actual is None and point.low is not None and point.high is not None:
                edges.append((self.middle_of(plot, index), point.low, point.high))
        if len(edges) > 1:
            high = [QPointF(x, self.height_of(plot, top)) for x, _, top in edges]
            low = [QPointF(x, self.height_of(plot, bottom)) for x, bottom, _ in reversed(edges)]
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(current_theme().color("primary_soft"))
            painter.drawPolygon(QPolygonF([*high, *low]))

    def _draw_own(self, painter: QPainter, plot: QRectF) -> None:
        """Mark the manager's own figures with a square, so that no colour is needed to tell them."""
        theme = current_theme()
        side = theme.em(0.62)
        painter.setPen(QPen(theme.color("surface"), theme.em(0.1)))
        painter.setBrush(theme.color("amber"))
        for place in self.places(plot, [point.own for point in self._points]):
            if place is not None:
                painter.drawRect(QRectF(place.x() - side / 2, place.y() - side / 2, side, side))

    def _draw_dots(self, painter: QPainter, came: list[QPointF | None], ahead: list[QPointF | None]) -> None:
        theme = current_theme()
        for index, point in enumerate(self._points):
            place = came[index] or ahead[index]
            if place is not None and (point.is_focus or index == self._hovered):
                painter.setPen(QPen(theme.color("primary"), theme.em(0.13)))
                painter.setBrush(theme.color("surface" if point.actual is None else "primary"))
                painter.drawEllipse(place, theme.em(0.3), theme.em(0.3))
