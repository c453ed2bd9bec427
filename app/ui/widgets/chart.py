"""What every chart on a scale shares: its sizes, its plot with the lines of the scale, hovering that reads a place."""

from abc import abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from app.ui.look.theme import current_theme
from app.ui.widgets.chart_axes import every_nth_label, round_top, scale_width, scale_words
from app.ui.widgets.painting import begin, draw_text, is_look_event, text_width


@dataclass(frozen=True, slots=True)
class ChartShape:
    """The measures of a chart in em: its sizes, the room around its plot, and how the lines of the scale reach out."""

    wanted: tuple[float, float]
    least: tuple[float, float]
    left: float
    """beside the words of the scale"""
    above: float
    right: float
    below: float
    reach: float
    """of the lines beyond the plot"""
    gap: float
    """between the words of the scale and the plot"""
    has_zero: bool = True
    """the scale says 0"""


class Chart(QWidget):
    """A plot with a scale at the left; what it draws is its own business."""

    def __init__(self, shape: ChartShape, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shape = shape
        self._tips: tuple[str, ...] = ()
        self._round_top = 1.0
        self._hovered: int | None = None
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(name)

    @abstractmethod
    def draw(self, painter: QPainter, plot: QRectF) -> None:
        """Draw what stands in the plot; it is called only while there is something to show."""

    @abstractmethod
    def index_at(self, plot: QRectF, x: float) -> int | None:
        """Return what stands at a place from the left of the widget."""

    def show_chart(self, tips: Iterable[str], values: Iterable[float | None], name: str) -> None:
        """Show other things: what each says when it is hovered, and all values that the scale has to hold."""
        self._tips = tuple(tips)
        self._round_top = round_top(max((value for value in values if value is not None), default=0.0))
        self._hovered = None
        if name:
            self.setAccessibleName(name)
        self.setAccessibleDescription(", ".join(self._tips))
        self.update()

    def height_of(self, plot: QRectF, value: float) -> float:
        """Return where a value stands from the top of the widget."""
        return plot.bottom() - value / self._round_top * plot.height()

    @override
    def sizeHint(self) -> QSize:
        return _size(self._shape.wanted)

    @override
    def minimumSizeHint(self) -> QSize:
        return _size(self._shape.least)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_look_event(event):
            self.updateGeometry()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        plot = self._plot()
        self._hovered = self.index_at(plot, event.position().x()) if self._tips and plot.width() > 0 else None
        if self._hovered is not None and self._tips[self._hovered]:
            QToolTip.showText(event.globalPosition().toPoint(), self._tips[self._hovered], self)
        self.update()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hovered = None
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._tips:
            painter, plot = begin(self), self._plot()
            self._draw_scale(painter, plot)
            self.draw(painter, plot)

    def _plot(self) -> QRectF:
        theme, shape = current_theme(), self._shape
        left = scale_width(self._round_top, theme.font("caption")) + theme.em(shape.left)
        edges = (left, theme.em(shape.above), -theme.em(shape.right), -theme.em(shape.below))
        return QRectF(self.rect()).adjusted(*edges)

    def _draw_scale(self, painter: QPainter, plot: QRectF) -> None:
        theme, shape = current_theme(), self._shape
        font = theme.font("caption")
        height = QFontMetricsF(font).height()
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for share in (0.0, 0.5, 1.0):
            y = round(plot.bottom() - share * plot.height()) + 0.5
            painter.setPen(QPen(theme.color("line_strong" if share == 0 else "line_soft"), theme.size("hairline")))
            reach = theme.em(shape.reach)
            painter.drawLine(QPointF(plot.left() - reach, y), QPointF(plot.right() + reach, y))
            if share or shape.has_zero:
                words = QRectF(0, y - height / 2, plot.left() - theme.em(shape.gap), height)
                draw_text(painter, words, scale_words(self._round_top * share), font, theme.color("muted"), right)


class PointChart(Chart):
    """A chart whose points stand at equal distances, the first and the last on the edges of the plot."""

    @override
    def index_at(self, plot: QRectF, x: float) -> int | None:
        last = len(self._tips) - 1
        return min(last, max(0, round((x - plot.left()) / plot.width() * last)))

    def places(self, plot: QRectF, values: Sequence[float | None]) -> list[QPointF | None]:
        """Return where values stand; None where one is not known."""
        return [
            None if value is None else QPointF(self.middle_of(plot, index), self.height_of(plot, value))
            for index, value in enumerate(values)
        ]

    def middle_of(self, plot: QRectF, index: int) -> float:
        """Return where a point stands from the left of the widget."""
        return plot.left() + plot.width() * index / max(1, len(self._tips) - 1)

    def draw_labels(self, painter: QPainter, plot: QRectF, labels: Sequence[str], apart: float) -> None:
        """Write labels below the points, so many that none comes nearer than `apart` (em) to the next."""
        theme = current_theme()
        font = theme.font("caption")
        height, widest = QFontMetricsF(font).height(), max(text_width(label, font) for label in labels)
        nth = every_nth_label(len(labels), plot.width(), widest + theme.em(apart))
        for index, label in enumerate(labels):
            if (len(labels) - 1 - index) % nth == 0:
                left = self.middle_of(plot, index) - widest
                box = QRectF(left, plot.bottom() + theme.em(0.3), 2 * widest, height)
                draw_text(painter, box, label, font, theme.color("muted"), Qt.AlignmentFlag.AlignCenter)


def dashed_pen(thickness: float) -> QPen:
    """Return the pen of what is past or only said; its thickness in em."""
    theme = current_theme()
    pen = QPen(theme.color("faint"), theme.em(thickness), Qt.PenStyle.CustomDashLine)
    pen.setDashPattern([3.0, 2.5])
    return pen


def solid_pen(thickness: float) -> QPen:
    """Return the pen of what came; its thickness in em."""
    theme = current_theme()
    pen = QPen(theme.color("primary"), theme.em(thickness))
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen


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


def _size(ems: tuple[float, float]) -> QSize:
    theme = current_theme()
    return QSize(theme.em(ems[0]), theme.em(ems[1]))
