"""Bars of the past, and bars of the forecast with whiskers for how sure it is."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.ui.look.theme import current_theme
from app.ui.widgets.chart import Chart, ChartShape
from app.ui.widgets.chart_axes import scale_words
from app.ui.widgets.painting import draw_box, draw_text, text_width

_SHAPE = ChartShape((22, 12.5), (10, 6), left=0.6, above=0.7, right=0.2, below=1.7, reach=0.0, gap=0.4, has_zero=False)
_ABOVE_VALUES = 1.4


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


class BarChart(Chart):
    """Bars on a common line, labels below, the scale's top at the left."""

    def __init__(self, name: str = "", *, values_shown: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(replace(_SHAPE, above=_ABOVE_VALUES) if values_shown else _SHAPE, name, parent)
        self._bars: tuple[Bar, ...] = ()
        self._values_shown = values_shown

    def set_bars(self, bars: Sequence[Bar], name: str = "") -> None:
        """Show other bars."""
        self._bars = tuple(bars)
        values = (value for bar in self._bars for value in (bar.value, bar.high, bar.mark))
        self.show_chart((_words(bar) for bar in self._bars), values, name)

    @override
    def index_at(self, plot: QRectF, x: float) -> int | None:
        if not plot.left() <= x <= plot.right():
            return None
        return min(len(self._bars) - 1, int((x - plot.left()) / plot.width() * len(self._bars)))

    @override
    def draw(self, painter: QPainter, plot: QRectF) -> None:
        for index, bar in enumerate(self._bars):
            self._draw_bar(painter, plot, index, bar)
        self._draw_labels(painter, plot)

    def _draw_bar(self, painter: QPainter, plot: QRectF, index: int, bar: Bar) -> None:
        theme = current_theme()
        slot = plot.width() / len(self._bars)
        width = min(slot * 0.66, theme.em(2.2))
        middle = plot.left() + (index + 0.5) * slot
        if bar.value is not None:
            above = self.height_of(plot, bar.value)
            height = plot.bottom() - above
            box = QRectF(middle - width / 2, above, width, height)
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
            low, high = (self.height_of(plot, v) for v in (bar.low, bar.high))
            cap = width * 0.22
            strokes.append((QPointF(middle, low), QPointF(middle, high)))
            strokes += [(QPointF(middle - cap, y), QPointF(middle + cap, y)) for y in (low, high)]
        if bar.mark is not None:
            y = self.height_of(plot, bar.mark)
            strokes.append((QPointF(middle - width * 0.7, y), QPointF(middle + width * 0.7, y)))
        # On a dark bar a thin light rim, inside the bar alone: wider, it would look like a notch.
        if bar.is_forecast and bar.value:
            painter.save()
            painter.setClipRect(QRectF(middle - width / 2, self.height_of(plot, bar.value), width, 1e4))
            _stroke(painter, strokes, "surface", 0.18)
            painter.restore()
        _stroke(painter, strokes, "text", 0.1)

    def _draw_labels(self, painter: QPainter, plot: QRectF) -> None:
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
