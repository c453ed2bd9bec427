"""The diagnosis as a radar: one axis an item, rings for C, B and A, the previous one dashed."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from app.ui.look.theme import current_theme
from app.ui.widgets.painting import begin, draw_text, is_look_event, text_width
from app.ui.widgets.tones import GRADE_TONES

_STEEP = 0.2
"""A sine below this is as good as none: the label stands above or below its axis."""
_AWAY = 0.75
_LEAST_RADIUS = 5.5
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
        before = self._places([axis.previous for axis in self._axes])
        now = self._places([axis.grade for axis in self._axes])
        fill = theme.color("primary")
        fill.setAlphaF(0.16)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawPolygon(QPolygonF([self._middle() if place is None else place for place in now]))
        painter.setPen(QPen(theme.color("primary"), theme.em(0.15)))
        _draw_round(painter, now)
        dashed = QPen(theme.color("faint"), theme.em(0.12), Qt.PenStyle.CustomDashLine)
        dashed.setDashPattern([3.0, 2.5])
        painter.setPen(dashed)
        _draw_round(painter, before)
        self._paint_points(painter)

    @property
    def _is_numbered(self) -> bool:
        """Whether the names are too long to stand around the figure: then numbers do, and a list names them."""
        beside = self._radius_with(self._label_size, self.height())
        return beside < current_theme().em(_LEAST_RADIUS) and beside < self._numbered_radius()

    def _radius(self) -> float:
        if self._is_numbered:
            return self._numbered_radius()
        return max(float(current_theme().em(3)), self._radius_with(self._label_size, self.height()))

    def _numbered_radius(self) -> float:
        return self._radius_with(self._number_size, self.height() - self._list_height())

    def _radius_with(self, size_of: Callable[[str], QSizeF], height: float) -> float:
        """Return how far the outer ring may reach so that every label, beside its own axis, is inside."""
        theme = current_theme()
        away = theme.em(_AWAY)
        room = height / 2 - theme.em(0.3)
        reach = [room]
        for index, axis in enumerate(self._axes):
            angle = 2 * math.pi * index / len(self._axes)
            side, up = abs(math.sin(angle)), abs(math.cos(angle))
            box = size_of(axis.label)
            if side > _STEEP:
                beside = box.width() * (1 + min(1.0, side * 2.2)) / 2
                reach.append((self.width() / 2 - beside) / side - away)
            if up > _STEEP:
                reach.append((room - box.height() / 2) / up - away)
        return min(reach)

    def _number_size(self, _label: str) -> QSizeF:
        return self._label_size("00")

    def _list_height(self) -> float:
        return QFontMetricsF(current_theme().font("caption")).height() * self._list_rows + current_theme().em(0.4)

    @property
    def _list_rows(self) -> int:
        return (len(self._axes) + 1) // 2

    def _label_size(self, label: str) -> QSizeF:
        font = current_theme().font("caption")
        return QSizeF(text_width(label, font) + 1, QFontMetricsF(font).height())

    def _places(self, grades: Sequence[str | None]) -> list[QPointF | None]:
        return [self._place(i, _RINGS[grade]) if grade in _RINGS else None for i, grade in enumerate(grades)]

    def _middle(self) -> QPointF:
        height = self.height() - (self._list_height() if self._is_numbered else 0)
        return QPointF(self.width() / 2, height / 2)

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
        numbered = self._is_numbered
        for index, axis in enumerate(self._axes):
            label = str(index + 1) if numbered else axis.label
            spot = self._place(index, 1.0 + theme.em(_AWAY) / self._radius())
            size = self._label_size(label)
            side = math.sin(2 * math.pi * index / len(self._axes))
            # Labels near the top and bottom move aside, or neighbours would touch.
            left = spot.x() - size.width() / 2 + max(-1.0, min(1.0, side * 2.2)) * size.width() / 2
            box = QRectF(left, spot.y() - height / 2, size.width(), height)
            draw_text(painter, box, label, font, theme.color("muted"), Qt.AlignmentFlag.AlignCenter)
        if numbered:
            self._paint_list(painter)

    def _paint_list(self, painter: QPainter) -> None:
        """Write what the numbers mean, in two columns below the figure."""
        theme = current_theme()
        font = theme.font("caption")
        height, column = QFontMetricsF(font).height(), self.width() / 2
        top = self.height() - height * self._list_rows
        for index, axis in enumerate(self._axes):
            side, row = divmod(index, self._list_rows)
            box = QRectF(side * column, top + row * height, column - theme.em(0.3), height)
            draw_text(painter, box, f"{index + 1}  {axis.label}", font, theme.color("muted"))

    def _paint_points(self, painter: QPainter) -> None:
        theme = current_theme()
        painter.setPen(QPen(theme.color("surface"), theme.em(0.1)))
        for index, axis in enumerate(self._axes):
            if axis.grade in _RINGS:
                painter.setBrush(GRADE_TONES[axis.grade].fill)
                painter.drawEllipse(self._place(index, _RINGS[axis.grade]), theme.em(0.3), theme.em(0.3))


def _draw_round(painter: QPainter, places: list[QPointF | None]) -> None:
    """Draw the lines between neighbours; where one is not known the line is broken, never cut across."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if None not in places:
        painter.drawPolygon(QPolygonF([place for place in places if place is not None]))
        return
    for place, following in zip(places, [*places[1:], *places[:1]], strict=True):
        if place is not None and following is not None:
            painter.drawLine(place, following)


def _words(axis: RadarAxis) -> str:
    states = [state for state in (axis.previous, axis.grade) if state]
    return f"{axis.label} {' → '.join(states)}".strip()
