"""A line of this year over a dashed line of last year, month by month."""

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
class LinePoint:
    """One place on the axis: its label, this year's and last year's value (None: not known), what hovering says."""

    label: str
    value: float | None
    previous: float | None = None
    tip: str = ""
    is_open: bool = False
    """Not over yet: the way to it is thin and its dot hollow."""


class LineChart(QWidget):
    """Two lines on one scale; hovering reads a month."""

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._points: tuple[LinePoint, ...] = ()
        self._hovered: int | None = None
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(name)

    def set_points(self, points: Sequence[LinePoint], name: str = "") -> None:
        """Show other values."""
        self._points = tuple(points)
        self._hovered = None
        if name:
            self.setAccessibleName(name)
        self.setAccessibleDescription(", ".join(_words(point) for point in self._points))
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(current_theme().em(36), current_theme().em(11))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(current_theme().em(12), current_theme().em(6))

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
        QToolTip.showText(event.globalPosition().toPoint(), _words(self._points[self._hovered]), self)
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
        plot, top = self._plot(), self._top()
        self._paint_scale(painter, plot, top)
        dashed = QPen(theme.color("faint"), theme.em(0.13), Qt.PenStyle.CustomDashLine)
        dashed.setDashPattern([3.0, 2.5])
        _draw(painter, dashed, self._places(plot, top, [point.previous for point in self._points]))
        solid = QPen(theme.color("primary"), theme.em(0.17))
        solid.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        current = self._places(plot, top, [point.value for point in self._points])
        if self._points[-1].is_open:
            thin = QPen(theme.color("primary"), theme.em(0.1), Qt.PenStyle.DotLine)
            _draw(painter, thin, current[-2:])
            _draw(painter, solid, current[:-1])
        else:
            _draw(painter, solid, current)
        self._paint_dots(painter, current)

    def _plot(self) -> QRectF:
        theme = current_theme()
        left = scale_width(self._top(), theme.font("caption")) + theme.em(1.2)
        return QRectF(self.rect()).adjusted(left, theme.em(0.8), -theme.em(1.2), -theme.em(1.8))

    def _top(self) -> float:
        every = [v for point in self._points for v in (point.value, point.previous) if v is not None]
        return round_top(max(every, default=0.0))

    def _x(self, plot: QRectF, index: int) -> float:
        return plot.left() + plot.width() * index / max(1, len(self._points) - 1)

    def _places(self, plot: QRectF, top: float, values: Sequence[float | None]) -> list[QPointF | None]:
        return [
            None if v is None else QPointF(self._x(plot, i), plot.bottom() - v / top * plot.height())
            for i, v in enumerate(values)
        ]

    def _paint_scale(self, painter: QPainter, plot: QRectF, top: float) -> None:
        theme = current_theme()
        font = theme.font("caption")
        height = QFontMetricsF(font).height()
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for share in (0.0, 0.5, 1.0):
            y = round(plot.bottom() - share * plot.height()) + 0.5
            painter.setPen(QPen(theme.color("line_strong" if share == 0 else "line_soft"), theme.size("hairline")))
            painter.drawLine(QPointF(plot.left() - theme.em(0.5), y), QPointF(plot.right() + theme.em(0.5), y))
            words = QRectF(0, y - height / 2, plot.left() - theme.em(0.9), height)
            draw_text(painter, words, scale_words(top * share), font, theme.color("muted"), right)
        widest = max(text_width(point.label, font) for point in self._points)
        nth = every_nth_label(len(self._points), plot.width(), widest + theme.em(0.8))
        for index, point in enumerate(self._points):
            if (len(self._points) - 1 - index) % nth == 0:
                box = QRectF(self._x(plot, index) - widest, plot.bottom() + theme.em(0.3), 2 * widest, height)
                draw_text(painter, box, point.label, font, theme.color("muted"), Qt.AlignmentFlag.AlignCenter)

    def _paint_dots(self, painter: QPainter, places: list[QPointF | None]) -> None:
        theme = current_theme()
        last = max((i for i, place in enumerate(places) if place is not None), default=None)
        for index in {last, self._hovered}:
            place = None if index is None else places[index]
            if index is not None and place is not None:
                is_open = self._points[index].is_open
                painter.setPen(QPen(theme.color("primary" if is_open else "surface"), theme.em(0.13)))
                painter.setBrush(theme.color("surface" if is_open else "primary"))
                painter.drawEllipse(place, theme.em(0.34), theme.em(0.34))


def _draw(painter: QPainter, pen: QPen, places: list[QPointF | None]) -> None:
    """Draw a line through the places, broken where one is missing."""
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


def _words(point: LinePoint) -> str:
    if point.tip:
        return point.tip
    values = [f"{v:g}" for v in (point.value, point.previous) if v is not None]
    return f"{point.label} {' / '.join(values)}".strip()
