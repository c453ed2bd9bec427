"""Bars of the past, and bars of the forecast with whiskers for how sure it is."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from app.ui.look.theme import current_theme
from app.ui.widgets.chart_axes import round_top, scale_width, scale_words
from app.ui.widgets.painting import begin, draw_box, draw_text, is_look_event, text_width


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its value (None: not known), the label below (empty: none), and what hovering says."""

    value: float | None
    label: str = ""
    tip: str = ""
    is_forecast: bool = False
    low: float | None = None
    high: float | None = None
    mark: float | None = None
    """A short line across, such as the same month of last year."""
    is_open: bool = False
    """Not over yet: drawn as an empty frame."""


class BarChart(QWidget):
    """Bars on a common line, labels below, the scale's top at the left."""

    def __init__(self, name: str = "", *, values_shown: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars: tuple[Bar, ...] = ()
        self._values_shown = values_shown
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(name)

    def set_bars(self, bars: Sequence[Bar], name: str = "") -> None:
        """Show other bars."""
        self._bars = tuple(bars)
        if name:
            self.setAccessibleName(name)
        self.setAccessibleDescription(", ".join(_words(bar) for bar in self._bars))
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(current_theme().em(22), current_theme().em(12.5))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(current_theme().em(10), current_theme().em(6))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_look_event(event):
            self.updateGeometry()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        index = self._index_at(event.position().x())
        words = _words(self._bars[index]) if index is not None else ""
        if words:
            QToolTip.showText(event.globalPosition().toPoint(), words, self)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._bars:
            return
        painter = begin(self)
        plot = self._plot()
        top = self._top()
        self._paint_scale(painter, plot, top)
        for index, bar in enumerate(self._bars):
            self._paint_bar(painter, plot, top, index, bar)
        self._paint_labels(painter, plot)

    def _plot(self) -> QRectF:
        theme = current_theme()
        left = scale_width(self._top(), theme.font("caption")) + theme.em(0.6)
        above = theme.em(1.4) if self._values_shown else theme.em(0.7)
        return QRectF(self.rect()).adjusted(left, above, -theme.em(0.2), -theme.em(1.7))

    def _top(self) -> float:
        every = [v for bar in self._bars for v in (bar.value, bar.high, bar.mark) if v is not None]
        return round_top(max(every, default=0.0))

    def _index_at(self, x: float) -> int | None:
        plot = self._plot()
        if not self._bars or not plot.left() <= x <= plot.right():
            return None
        return min(len(self._bars) - 1, int((x - plot.left()) / plot.width() * len(self._bars)))

    def _paint_scale(self, painter: QPainter, plot: QRectF, top: float) -> None:
        theme = current_theme()
        font = theme.font("caption")
        height = QFontMetricsF(font).height()
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for share in (0.0, 0.5, 1.0):
            y = round(plot.bottom() - share * plot.height()) + 0.5
            painter.setPen(QPen(theme.color("line_strong" if share == 0 else "line_soft"), theme.size("hairline")))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            if share:
                words = QRectF(0, y - height / 2, plot.left() - theme.em(0.4), height)
                draw_text(painter, words, scale_words(top * share), font, theme.color("muted"), right)

    def _paint_bar(self, painter: QPainter, plot: QRectF, top: float, index: int, bar: Bar) -> None:
        theme = current_theme()
        slot = plot.width() / len(self._bars)
        width = min(slot * 0.66, theme.em(2.2))
        middle = plot.left() + (index + 0.5) * slot
        if bar.value is not None:
            height = bar.value / top * plot.height()
            box = QRectF(middle - width / 2, plot.bottom() - height, width, height)
            if height > 0:
                painter.save()
                painter.setClipRect(box)
                # Only the top is round: the box reaches below the line, where it is clipped.
                deeper = box.adjusted(0, 0, 0, theme.em(1))
                ink = theme.color("primary" if bar.is_forecast else "primary_tint")
                if bar.is_open:
                    draw_box(painter, deeper, theme.color("surface"), theme.color("primary"), radius="bar")
                else:
                    draw_box(painter, deeper, ink, radius="bar")
                painter.restore()
            if self._values_shown:
                words = QRectF(middle - slot / 2, box.top() - theme.em(1.3), slot, theme.em(1.3))
                align = Qt.AlignmentFlag.AlignCenter
                draw_text(painter, words, scale_words(bar.value), theme.font("caption"), theme.color("text"), align)
        strokes: list[tuple[QPointF, QPointF]] = []
        if bar.low is not None and bar.high is not None:
            low, high = (plot.bottom() - v / top * plot.height() for v in (bar.low, bar.high))
            cap = width * 0.22
            strokes.append((QPointF(middle, low), QPointF(middle, high)))
            strokes += [(QPointF(middle - cap, y), QPointF(middle + cap, y)) for y in (low, high)]
        if bar.mark is not None:
            y = plot.bottom() - bar.mark / top * plot.height()
            strokes.append((QPointF(middle - width * 0.7, y), QPointF(middle + width * 0.7, y)))
        # On a dark bar a thin light rim, inside the bar alone: wider, it would look like a notch.
        if bar.is_forecast and bar.value:
            painter.save()
            painter.setClipRect(QRectF(middle - width / 2, plot.bottom() - bar.value / top * plot.height(), width, 1e4))
            _stroke(painter, strokes, "surface", 0.18)
            painter.restore()
        _stroke(painter, strokes, "text", 0.1)

    def _paint_labels(self, painter: QPainter, plot: QRectF) -> None:
        theme = current_theme()
        font = theme.font("caption")
        slot = plot.width() / len(self._bars)
        free_from = plot.left() - theme.em(1)
        for index, bar in enumerate(self._bars):
            if not bar.label:
                continue
            width = text_width(bar.label, font) + 2
            left = plot.left() + (index + 0.5) * slot - width / 2
            left = min(max(left, plot.left() - theme.em(0.5)), self.width() - width)
            if left < free_from:
                continue
            ink = theme.color("primary_text" if bar.is_forecast else "muted")
            draw_text(painter, QRectF(left, plot.bottom() + theme.em(0.2), width, theme.em(1.4)), bar.label, font, ink)
            free_from = left + width + theme.em(0.4)


def _stroke(painter: QPainter, strokes: Sequence[tuple[QPointF, QPointF]], color: str, thickness: float) -> None:
    theme = current_theme()
    painter.setPen(QPen(theme.color(color), theme.em(thickness)))
    for start, end in strokes:
        painter.drawLine(start, end)


def _words(bar: Bar) -> str:
    return bar.tip or (f"{bar.label} {bar.value:g}".strip() if bar.value is not None else "")
