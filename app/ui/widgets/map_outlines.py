"""Light outlines of the areas of a territory, below the marks of their shops; drawn from the shops themselves."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPainterPathStroker, QPen, QPolygonF

from app.ui.look.theme import current_theme
from app.ui.widgets.map_scene import MapScene
from app.ui.widgets.painting import draw_text, text_width

_AROUND = 3.4
"""How wide the brush is that draws an outline, in em: half of it lies outside the corners, around the marks."""
_GROUND, _EDGE = 0.06, 0.4


def paint_outlines(painter: QPainter, scene: MapScene, room: QRectF) -> None:
    """Draw the outlines that are seen in the room, each with its name above it where there is place for the name."""
    theme = current_theme()
    painter.save()
    taken: list[QRectF] = []
    for outline in scene.outlines:
        corners = QPolygonF([scene.camera.pixel(*corner) for corner in outline.corners])
        reach = theme.em(_AROUND)
        if not corners.boundingRect().adjusted(-reach, -reach, reach, reach).intersects(room):
            continue
        shape = _shape(corners)
        ground, edge = theme.color("primary"), theme.color("primary")
        ground.setAlphaF(_GROUND)
        edge.setAlphaF(_EDGE)
        painter.setPen(QPen(edge, theme.em(0.09)))
        painter.setBrush(ground)
        painter.drawPath(shape)
        _paint_name(painter, outline.name, shape.boundingRect() & room, taken)
    painter.restore()


def _shape(corners: QPolygonF) -> QPainterPath:
    """Return the outline with room around its corners, rounded."""
    path = QPainterPath()
    path.addPolygon(corners)
    path.closeSubpath()
    brush = QPainterPathStroker()
    brush.setWidth(current_theme().em(_AROUND))
    brush.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    brush.setCapStyle(Qt.PenCapStyle.RoundCap)
    return brush.createStroke(path).united(path)


def _paint_name(painter: QPainter, name: str, box: QRectF, taken: list[QRectF]) -> None:
    theme = current_theme()
    font = theme.font("caption", bold=True)
    size = QPointF(text_width(name, font) + theme.em(0.4), theme.em(1.3))
    top = max(theme.em(0.3), box.top() - size.y())
    room = QRectF(box.center().x() - size.x() / 2, top, size.x(), size.y())
    if any(room.intersects(other) for other in taken):
        return
    taken.append(room)
    draw_text(painter, room, name, font, theme.color("primary_text"), Qt.AlignmentFlag.AlignCenter)
