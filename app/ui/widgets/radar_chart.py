"""The diagnosis as a radar: one axis an item, rings for C, B and A, the previous one dashed."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from app.ui.look.theme import current_theme
from app.ui.widgets.painting import begin, draw_text, is_look_event, text_width
from app.ui.widgets.tones import GRADE_TONES

_RINGS = {"C": 1 / 3, "B": 2 / 3, "A": 1.0}


@dataclass(frozen=True, slots=True)
class RadarAxis:
    """One item: its short name, its state now and before (A, B, C; None: not judged)."""

    label: str
    grade: str | None
    previous: str | None = None


class RadarChart(QWidget):
    """Axes in a circle from the top, clockwise; a point that was not judged is left out."""

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._axes: tuple[RadarAxis, ...] = ()
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(name)

    def set_axes(self, axes: Sequence[RadarAxis], name: str = "") -> None:
        """Show another diagnosis."""
        self._axes = tuple(axes)
        if name:
            self.setAccessibleName(name)
        self.setAccessibleDescription(", ".join(_words(axis) for axis in self._axes))
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(current_theme().em(21), current_theme().em(17))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(current_theme().em(12), current_theme().em(11))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_look_event(event):
            self.updateGeometry()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self._axes:
            return
        away = event.position() - self._middle()
        turn = (math.atan2(away.x(), -away.y()) / (2 * math.pi)) % 1.0
        axis = self._axes[round(turn * len(self._axes)) % len(self._axes)]
        QToolTip.showText(event.globalPosition().toPoint(), _words(axis), self)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._axes:
            return
        theme = current_theme()
        painter = begin(self)
        self._paint_rings(painter)
        self._paint_labels(painter)
        before = [self._place(i, _RINGS[a.previous]) for i, a in enumerate(self._axes) if a.previous in _RINGS]
        now = [self._place(i, _RINGS[a.grade]) for i, a in enumerate(self._axes) if a.grade in _RINGS]
        fill = theme.color("primary")
        fill.setAlphaF(0.16)
        painter.setPen(QPen(theme.color("primary"), theme.em(0.15)))
        painter.setBrush(fill)
        painter.drawPolygon(QPolygonF(now))
        dashed = QPen(theme.color("faint"), theme.em(0.12), Qt.PenStyle.CustomDashLine)
        dashed.setDashPattern([3.0, 2.5])
        painter.setPen(dashed)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolygon(QPolygonF(before))
        self._paint_points(painter)

    def _radius(self) -> float:
        theme = current_theme()
        widest = max(text_width(axis.label, theme.font("caption")) for axis in self._axes)
        across = self.width() / 2 - widest - theme.em(0.6)
        down = self.height() / 2 - theme.em(1.8)
        return max(float(theme.em(3)), min(across, down))

    def _middle(self) -> QPointF:
        return QPointF(self.width() / 2, self.height() / 2)

    def _place(self, index: int, share: float) -> QPointF:
        angle = 2 * math.pi * index / len(self._axes)
        reach = share * self._radius()
        return self._middle() + QPointF(math.sin(angle) * reach, -math.cos(angle) * reach)

    def _paint_rings(self, painter: QPainter) -> None:
        theme = current_theme()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for share in _RINGS.values():
            painter.setPen(QPen(theme.color("line" if share < 1 else "line_strong"), theme.size("hairline")))
            painter.drawPolygon(QPolygonF([self._place(i, share) for i in range(len(self._axes))]))
        painter.setPen(QPen(theme.color("line_soft"), theme.size("hairline")))
        for index in range(len(self._axes)):
            painter.drawLine(self._middle(), self._place(index, 1.0))
        font = theme.font("caption", bold=True)
        side = QFontMetricsF(font).height()
        for letter, share in _RINGS.items():
            spot = self._place(0, share) + QPointF(-side - theme.em(0.1), -side * 0.1)
            box = QRectF(spot.x(), spot.y(), side, side)
            draw_text(painter, box, letter, font, GRADE_TONES[letter].ink, Qt.AlignmentFlag.AlignCenter)

    def _paint_labels(self, painter: QPainter) -> None:
        theme = current_theme()
        font = theme.font("caption")
        height = QFontMetricsF(font).height()
        for index, axis in enumerate(self._axes):
            spot = self._place(index, 1.0 + theme.em(0.75) / self._radius())
            width = text_width(axis.label, font) + 1
            side = math.sin(2 * math.pi * index / len(self._axes))
            # Labels near the top and bottom move aside, or neighbours would touch.
            left = spot.x() - width / 2 + max(-1.0, min(1.0, side * 2.2)) * width / 2
            box = QRectF(left, spot.y() - height / 2, width, height)
            draw_text(painter, box, axis.label, font, theme.color("muted"))

    def _paint_points(self, painter: QPainter) -> None:
        theme = current_theme()
        painter.setPen(QPen(theme.color("surface"), theme.em(0.1)))
        for index, axis in enumerate(self._axes):
            if axis.grade in _RINGS:
                painter.setBrush(GRADE_TONES[axis.grade].fill)
                painter.drawEllipse(self._place(index, _RINGS[axis.grade]), theme.em(0.3), theme.em(0.3))


def _words(axis: RadarAxis) -> str:
    states = [state for state in (axis.previous, axis.grade) if state]
    return f"{axis.label} {' → '.join(states)}".strip()
