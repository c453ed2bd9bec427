"""What came, what was forecast for it at the time, and what is expected with its range, month by month."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from app.ui.look.theme import current_theme
from app.ui.widgets.chart_axes import every_nth_label, round_top, scale_width, scale_words
from app.ui.widgets.painting import begin, draw_text, is_look_event, text_width


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


class FanChart(QWidget):
    """A solid line for what came, a dashed one for past forecasts, a fan for the months to come."""

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._points: tuple[FanPoint, ...] = ()
        self._hovered: int | None = None
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(name)

    def set_points(self, points: Sequence[FanPoint], name: str = "") -> None:
        """Show other months."""
        self._points = tuple(points)
        self._hovered = None
        if name:
            self.setAccessibleName(name)
        self.setAccessibleDescription(", ".join(point.tip for point in self._points if point.tip))
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(current_theme().em(24), current_theme().em(13))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(current_theme().em(12), current_theme().em(8))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_look_event(event):
            self.updateGeometry()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        plot = self._plot()
        if not self._points or plot.width() <= 0:
            return
        share = (event.position().x() - plot.left()) / plot.width()
        self._hovered = min(len(self._points) - 1, max(0, round(share * (len(self._points) - 1))))
        QToolTip.showText(event.globalPosition().toPoint(), self._points[self._hovered].tip, self)
        self.update()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hovered = None
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._points:
            return
        theme = current_theme()
        painter = begin(self)
        plot = self._plot()
        self._paint_scale(painter, plot)
        self._paint_fan(painter, plot)
        before = self._places(plot, [None if p.actual is None else p.forecast for p in self._points])
        dashed = QPen(theme.color("faint"), theme.em(0.11), Qt.PenStyle.CustomDashLine)
        dashed.setDashPattern([3.0, 2.5])
        draw_run(painter, dashed, before)
        ahead = self._places(plot, [p.actual if self._is_last_known(i) else p.forecast if p.actual is None else None
                                    for i, p in enumerate(self._points)])  # fmt: skip
        draw_run(painter, QPen(theme.color("primary_tint"), theme.em(0.15)), ahead)
        solid = QPen(theme.color("primary"), theme.em(0.16))
        solid.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        came = self._places(plot, [point.actual for point in self._points])
        draw_run(painter, solid, came)
        self._paint_own(painter, plot)
        self._paint_dots(painter, came, ahead)

    def _is_last_known(self, index: int) -> bool:
        following = self._points[index + 1] if index + 1 < len(self._points) else None
        return self._points[index].actual is not None and following is not None and following.actual is None

    def _plot(self) -> QRectF:
        theme = current_theme()
        left = scale_width(self._top(), theme.font("caption")) + theme.em(1.0)
        return QRectF(self.rect()).adjusted(left, theme.em(0.8), -theme.em(1.0), -theme.em(1.8))

    def _top(self) -> float:
        every = [v for p in self._points for v in (p.actual, p.forecast, p.high, p.own) if v is not None]
        return round_top(max(every, default=0.0))

    def _x(self, plot: QRectF, index: int) -> float:
        return plot.left() + plot.width() * index / max(1, len(self._points) - 1)

    def _y(self, plot: QRectF, value: float) -> float:
        return plot.bottom() - value / self._top() * plot.height()

    def _places(self, plot: QRectF, values: Sequence[float | None]) -> list[QPointF | None]:
        return [None if v is None else QPointF(self._x(plot, i), self._y(plot, v)) for i, v in enumerate(values)]

    def _paint_fan(self, painter: QPainter, plot: QRectF) -> None:
        """Fill from low to high, beginning at what came last."""
        edges: list[tuple[float, float, float]] = []
        for index, point in enumerate(self._points):
            if self._is_last_known(index) and point.actual is not None:
                edges.append((self._x(plot, index), point.actual, point.actual))
            elif point.actual is None and point.low is not None and point.high is not None:
                edges.append((self._x(plot, index), point.low, point.high))
        if len(edges) > 1:
            high = [QPointF(x, self._y(plot, top)) for x, _, top in edges]
            low = [QPointF(x, self._y(plot, bottom)) for x, bottom, _ in reversed(edges)]
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(current_theme().color("primary_soft"))
            painter.drawPolygon(QPolygonF([*high, *low]))

    def _paint_own(self, painter: QPainter, plot: QRectF) -> None:
        """Mark the manager's own figures with a square, so that no colour is needed to tell them."""
        theme = current_theme()
        side = theme.em(0.62)
        for index, point in enumerate(self._points):
            if point.own is not None:
                box = QRectF(0, 0, side, side)
                box.moveCenter(QPointF(self._x(plot, index), self._y(plot, point.own)))
                painter.setPen(QPen(theme.color("surface"), theme.em(0.1)))
                painter.setBrush(theme.color("amber"))
                painter.drawRect(box)

    def _paint_scale(self, painter: QPainter, plot: QRectF) -> None:
        theme = current_theme()
        font = theme.font("caption")
        height = QFontMetricsF(font).height()
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for index, point in enumerate(self._points):
            if point.is_focus:
                x = self._x(plot, index)
                painter.setPen(QPen(theme.color("line_strong"), theme.size("hairline"), Qt.PenStyle.DashLine))
                painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()))
        for share in (0.0, 0.5, 1.0):
            y = round(plot.bottom() - share * plot.height()) + 0.5
            painter.setPen(QPen(theme.color("line_strong" if share == 0 else "line_soft"), theme.size("hairline")))
            painter.drawLine(QPointF(plot.left() - theme.em(0.4), y), QPointF(plot.right() + theme.em(0.4), y))
            words = QRectF(0, y - height / 2, plot.left() - theme.em(0.7), height)
            draw_text(painter, words, scale_words(self._top() * share), font, theme.color("muted"), right)
        widest = max(text_width(point.label, font) for point in self._points)
        nth = every_nth_label(len(self._points), plot.width(), widest + theme.em(1.0))
        for index, point in enumerate(self._points):
            if (len(self._points) - 1 - index) % nth == 0:
                box = QRectF(self._x(plot, index) - widest, plot.bottom() + theme.em(0.3), 2 * widest, height)
                draw_text(painter, box, point.label, font, theme.color("muted"), Qt.AlignmentFlag.AlignCenter)

    def _paint_dots(self, painter: QPainter, came: list[QPointF | None], ahead: list[QPointF | None]) -> None:
        theme = current_theme()
        for index, point in enumerate(self._points):
            place = came[index] or ahead[index]
            if place is not None and (point.is_focus or index == self._hovered):
                painter.setPen(QPen(theme.color("primary"), theme.em(0.13)))
                painter.setBrush(theme.color("surface" if point.actual is None else "primary"))
                painter.drawEllipse(place, theme.em(0.3), theme.em(0.3))


def draw_run(painter: QPainter, pen: QPen, places: Sequence[QPointF | None]) -> None:
    """Draw a line through the places, broken where one is missing; a lone place is a point."""
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    run: list[QPointF] = []
    for place in [*places, None]:
        if place is not None:
            run.append(place)
            continue
        if len(run) > 1:
            painter.drawPolyline(QPolygonF(run))
        elif run:
            painter.drawPoint(run[0])
        run = []
