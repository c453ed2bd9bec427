"""The marks of the territory map: a shape, a colour and a letter for each group, and rings for many shops at once."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap, QPolygonF

from app.ui.look.theme import current_theme
from app.ui.widgets.painting import draw_text

_CORNERS = {"triangle": (3, -90.0), "diamond": (4, -90.0), "square": (4, -45.0), "pentagon": (5, -90.0)}
_FULL = 5760
"""A whole turn in the sixteenths of a degree that Qt counts in."""
_STEPS = 24
"""Into how many parts a ring is divided: rings that look alike are drawn once."""


class Shape(StrEnum):
    """What a mark looks like without its colour."""

    CIRCLE = "circle"
    TRIANGLE = "triangle"
    DIAMOND = "diamond"
    SQUARE = "square"
    PENTAGON = "pentagon"


@dataclass(frozen=True, slots=True)
class MarkStyle:
    """How a group of shops is marked; `color` is a token of the look."""

    shape: Shape
    color: str
    letter: str = ""


class MarkPainter:
    """Draws marks and rings, each kind once for a look and a screen."""

    def __init__(self, ratio: float) -> None:
        self._ratio = ratio
        self._drawn: dict[tuple[object, ...], QPixmap] = {}

    def is_for(self, ratio: float) -> bool:
        """Whether it draws for that screen."""
        return ratio == self._ratio

    def mark(self, painter: QPainter, at: QPointF, style: MarkStyle, *, hollow: bool, selected: bool) -> None:
        """Draw a mark; hollow where the place is only presumed."""
        key = (style, hollow, selected)
        picture = self._drawn.get(key)
        if picture is None:
            picture = self._drawn[key] = self._draw(
                mark_radius(style), lambda p, c: _mark(p, c, style, hollow, selected)
            )
        _put(painter, at, picture, self._ratio)

    def ring(self, painter: QPainter, at: QPointF, parts: Sequence[tuple[str, int]], selected: int) -> None:
        """Draw a ring that shows how many of each colour are in it, with their number in the middle."""
        count = sum(number for _, number in parts)
        shares = _rounded(parts, count)
        state = 0 if not selected else 2 if selected == count else 1
        radius = ring_radius(count)
        key = (shares, state, radius)
        picture = self._drawn.get(key)
        if picture is None:
            picture = self._drawn[key] = self._draw(radius, lambda p, c: _ring(p, c, radius, shares, state))
        _put(painter, at, picture, self._ratio)
        number = self._drawn.get((count,))
        if number is None:
            number = self._drawn[(count,)] = self._draw(radius, lambda p, c: _number(p, c, count))
        _put(painter, at, number, self._ratio)

    def _draw(self, radius: float, draw: Callable[[QPainter, QPointF], None]) -> QPixmap:
        half = math.ceil(radius + current_theme().em(0.5))
        picture = QPixmap(round(2 * half * self._ratio), round(2 * half * self._ratio))
        picture.setDevicePixelRatio(self._ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw(painter, QPointF(half, half))
        painter.end()
        return picture


_RING_SIZES = ((9, 0.95), (29, 1.1), (99, 1.25), (math.inf, 1.42))


def mark_radius(style: MarkStyle) -> float:
    """Return how far a mark reaches from its place."""
    return current_theme().em(0.72 if style.letter else 0.5)


def ring_radius(count: int) -> float:
    """Return how far a ring of so many shops reaches from its place."""
    return current_theme().em(next(size for most, size in _RING_SIZES if count <= most))


def paint_mark(painter: QPainter, center: QPointF, style: MarkStyle, *, hollow: bool = False) -> None:
    """Draw a mark by itself, as for a legend."""
    _mark(painter, center, style, hollow, selected=False)


def _put(painter: QPainter, at: QPointF, picture: QPixmap, ratio: float) -> None:
    half = picture.width() / ratio / 2
    painter.drawPixmap(QPointF(round(at.x() - half), round(at.y() - half)), picture)


def _mark(painter: QPainter, center: QPointF, style: MarkStyle, hollow: bool, selected: bool) -> None:
    theme = current_theme()
    radius, color = mark_radius(style), theme.color(style.color)
    if selected:
        painter.setPen(QPen(theme.color("text"), theme.em(0.15)))
        painter.setBrush(theme.color("surface"))
        around = radius + theme.em(0.32)
        painter.drawEllipse(center, around, around)
    line = color if hollow else theme.color("surface" if selected else "map_ground")
    painter.setPen(QPen(line, theme.em(0.15 if hollow else 0.08)))
    painter.setBrush(theme.color("surface") if hollow else color)
    _outline(painter, center, radius, style.shape)
    if style.letter:
        box = QRectF(center.x() - 2 * radius, center.y() - radius, 4 * radius, 2 * radius)
        ink = color if hollow else theme.color("on_primary")
        draw_text(painter, box, style.letter, theme.font("caption", bold=True), ink, Qt.AlignmentFlag.AlignCenter)


def _outline(painter: QPainter, center: QPointF, radius: float, shape: Shape) -> None:
    if shape is Shape.CIRCLE:
        painter.drawEllipse(center, radius, radius)
        return
    corners, first = _CORNERS[shape.value]
    far = radius * (1.25 if corners != 5 else 1.12)  # noqa: PLR2004  as large to the eye as the circle
    turns = [math.radians(first + 360 / corners * corner) for corner in range(corners)]
    painter.drawPolygon(QPolygonF([center + QPointF(far * math.cos(t), far * math.sin(t)) for t in turns]))


def _ring(painter: QPainter, center: QPointF, radius: float, shares: tuple[tuple[str, int], ...], state: int) -> None:
    theme = current_theme()
    box = QRectF(center.x() - radius, center.y() - radius, 2 * radius, 2 * radius)
    painter.setPen(Qt.PenStyle.NoPen)
    start = _FULL // 4
    for color, steps in shares:
        span = _FULL * steps // _STEPS
        painter.setBrush(theme.color(color))
        painter.drawPie(box, start - span, span)
        start -= span
    painter.setBrush(theme.color("surface"))
    inner = radius - theme.em(0.3)
    painter.drawEllipse(center, inner, inner)
    if state:
        painter.setPen(QPen(theme.color("text"), theme.em(0.2 if state > 1 else 0.08)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(center, radius + theme.em(0.2), radius + theme.em(0.2))


def _number(painter: QPainter, center: QPointF, count: int) -> None:
    theme, half = current_theme(), current_theme().em(2)
    box = QRectF(center.x() - half, center.y() - half, 2 * half, 2 * half)
    draw_text(
        painter, box, str(count), theme.font("caption", bold=True), theme.color("text"), Qt.AlignmentFlag.AlignCenter
    )


def _rounded(parts: Sequence[tuple[str, int]], count: int) -> tuple[tuple[str, int], ...]:
    """Divide the ring into its steps; every colour that occurs gets at least one."""
    steps = [(color, max(1, round(number * _STEPS / count))) for color, number in parts if number]
    over = sum(number for _, number in steps) - _STEPS
    widest = max(range(len(steps)), key=lambda at: steps[at][1])
    color, number = steps[widest]
    steps[widest] = (color, number - over)
    return tuple(steps)
