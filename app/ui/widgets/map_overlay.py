"""What lies over the marks of the territory map: the way of a day, the keyboard, an outline, the scale."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from app.ui.look.formats import format_number
from app.ui.look.theme import current_theme
from app.ui.widgets.map_marks import ring_radius
from app.ui.widgets.painting import draw_text, text_width
from app.ui.widgets.route_sketch import RouteStop

STOP_RADIUS = 0.95
"""Of the disc with the number of a stop, in em."""
_ROUND = (1.0, 2.0, 5.0)


def paint_route(painter: QPainter, stops: Sequence[RouteStop], places: Sequence[QPointF]) -> None:
    """Draw the way of a day: a line through its stops in their order, each with its number."""
    if not stops:
        return
    theme = current_theme()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    line = QPen(theme.color("primary"), theme.em(0.2), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
    painter.setPen(line)
    painter.drawPolyline(QPolygonF(list(places)))
    radius = theme.em(STOP_RADIUS)
    for stop, place in zip(stops, places, strict=True):
        disc = QRectF(place.x() - radius, place.y() - radius, 2 * radius, 2 * radius)
        painter.setPen(QPen(theme.color("primary"), theme.em(0.15)))
        painter.setBrush(theme.color("primary" if stop.is_done else "surface"))
        painter.drawEllipse(disc)
        ink = theme.color("on_primary" if stop.is_done else "primary_text")
        draw_text(painter, disc, str(stop.number), theme.font("small", bold=True), ink, Qt.AlignmentFlag.AlignCenter)


def paint_current(painter: QPainter, place: QPointF, count: int) -> None:
    """Show the shop at which the keyboard is."""
    theme = current_theme()
    reach = ring_radius(count) + theme.em(0.4) if count > 1 else theme.em(1.3)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.color("focus"), theme.em(0.2)))
    painter.drawRoundedRect(QRectF(place.x() - reach, place.y() - reach, 2 * reach, 2 * reach), reach / 2, reach / 2)


def paint_outline(painter: QPainter, outline: QPolygonF) -> None:
    """Draw the outline that a hand is drawing."""
    theme = current_theme()
    inside = theme.color("primary")
    inside.setAlphaF(0.12)
    painter.setBrush(inside)
    painter.setPen(QPen(theme.color("primary"), theme.em(0.12), Qt.PenStyle.DashLine))
    painter.drawPolygon(outline, Qt.FillRule.WindingFill)


def paint_scale(painter: QPainter, room: QRectF, scale: float) -> None:
    """Draw a bar of a round length, in the lower left corner."""
    theme = current_theme()
    km = scale_km(scale)
    words = f"{format_number(km, 0)} km" if km >= 1 else f"{format_number(km * 1000, 0)} m"
    font, length = theme.font("caption"), km * scale
    left, bottom = room.left() + theme.em(1), room.bottom() - theme.em(0.9)
    box = QRectF(left - theme.em(0.4), bottom - theme.em(1.6), 0, theme.em(2.1))
    box.setWidth(max(length, text_width(words, font)) + theme.em(0.8))
    ground = theme.color("map_ground")
    ground.setAlphaF(0.85)
    painter.fillRect(box, ground)
    painter.setPen(QPen(theme.color("muted"), theme.em(0.12)))
    tick = theme.em(0.3)
    ends = QPointF(left, bottom), QPointF(left + length, bottom)
    painter.drawPolyline(QPolygonF([ends[0] - QPointF(0, tick), *ends, ends[1] - QPointF(0, tick)]))
    draw_text(
        painter, QRectF(left, bottom - theme.em(1.5), theme.em(9), theme.em(1.2)), words, font, theme.color("muted")
    )


def scale_km(scale: float) -> float:
    """Return the round length of the bar, and between the lines of the ground, at so many pixels a kilometre."""
    return round_km(current_theme().em(9) / scale)


def round_km(most: float) -> float:
    """Return the longest round length (1, 2 or 5 times a power of ten) that is no longer than that."""
    power = 1.0
    while power > most:
        power /= 10
    while power * 10 <= most:
        power *= 10
    return max(power * step for step in _ROUND if power * step <= most)
