"""A tiny line without axes: how something went, at a glance."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from app.ui.look.theme import current_theme
from app.ui.widgets.painting import begin, is_look_event


class Sparkline(QWidget):
    """A line of values; a gap where there is none."""

    def __init__(self, values: Sequence[float | None] = (), name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values: tuple[float | None, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_values(values, name)

    def set_values(self, values: Sequence[float | None], name: str = "") -> None:
        """Show other values; `name` says them to screen readers."""
        self._values = tuple(values)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(current_theme().em(6.6), current_theme().em(1.7))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_look_event(event):
            self.updateGeometry()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        draw_sparkline(begin(self), QRectF(self.rect()), self._values, current_theme().color("primary"))


def draw_sparkline(painter: QPainter, rect: QRectF, values: Sequence[float | None], color: QColor) -> None:
    """Draw a sparkline into a rectangle, for widgets and for cells of a table."""
    known = [value for value in values if value is not None]
    if not known:
        return
    width = current_theme().em(0.11)
    inner = rect.adjusted(width, width * 2, -width, -width * 2)
    low, high = min(0.0, *known), max(known)
    span = (high - low) or 1.0
    step = inner.width() / max(1, len(values) - 1)
    painter.setPen(QPen(color, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for run in _runs(values):
        points = [QPointF(inner.left() + i * step, inner.bottom() - (v - low) / span * inner.height()) for i, v in run]
        if len(points) == 1:
            painter.drawPoint(points[0])
        else:
            painter.drawPolyline(QPolygonF(points))


def _runs(values: Sequence[float | None]) -> list[list[tuple[int, float]]]:
    """Split values into runs without a gap."""
    runs: list[list[tuple[int, float]]] = [[]]
    for index, value in enumerate(values):
        if value is None:
            runs.append([])
        else:
            runs[-1].append((index, value))
    return [run for run in runs if run]
