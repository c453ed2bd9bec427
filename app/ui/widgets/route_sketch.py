"""A schematic of the day's way: numbered stops joined by a line, the other shops as grey dots."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from app.ui.look.icons import paint_icon
from app.ui.look.theme import current_theme
from app.ui.widgets.painting import begin, draw_focus, draw_text, is_look_event


@dataclass(frozen=True, slots=True)
class RouteStop:
    """One stop: its key as data, its number on the way, its place, its name, and whether it is done."""

    key: str
    number: int
    latitude: float
    longitude: float
    name: str = ""
    is_done: bool = False


class RouteSketch(QWidget):
    """Click a stop, or go along the way with the arrow keys; Enter chooses."""

    stop_chosen = Signal(object)
    """str: the key of the stop"""

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stops: tuple[RouteStop, ...] = ()
        self._others: tuple[tuple[float, float], ...] = ()
        self._current = ""
        self._fit = _Fit((), QRectF())
        self._ground: QPixmap | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(name)

    def set_route(self, stops: Sequence[RouteStop], others: Sequence[tuple[float, float]] = ()) -> None:
        """Show stops in their order, and (latitude, longitude) of the shops around."""
        self._stops = tuple(stops)
        self._others = tuple(others)
        self.setAccessibleDescription(", ".join(f"{stop.number} {stop.name}" for stop in self._stops))
        self._measure()

    def set_current(self, key: str) -> None:
        """Mark the stop that is looked at."""
        self._current = key
        self.update()

    def place_of(self, key: str) -> QPointF:
        """Return where a stop is drawn."""
        return next(self._place(stop) for stop in self._stops if stop.key == key)

    @override
    def sizeHint(self) -> QSize:
        return QSize(current_theme().em(34), current_theme().em(34))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(current_theme().em(14), current_theme().em(12))

    @override
    def resizeEvent(self, event: object) -> None:
        self._measure()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_look_event(event):
            self._measure()

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            stop = self._stop_at(QPointF(event.pos()))
            if stop is not None:
                QToolTip.showText(event.globalPos(), f"{stop.number}  {stop.name}", self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self._stop_at(event.position()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        stop = self._stop_at(event.position())
        if stop is not None:
            self._choose(stop)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
        key = Qt.Key(event.key())
        if key in steps and self._stops:
            at = next((i for i, stop in enumerate(self._stops) if stop.key == self._current), -1)
            self._choose(self._stops[min(len(self._stops) - 1, max(0, at + steps[key]))])
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = begin(self)
        painter.drawPixmap(0, 0, self._drawn_ground())
        painter.setPen(QPen(theme.color("primary"), theme.em(0.25), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawPolyline(QPolygonF([self._place(stop) for stop in self._stops]))
        for stop in sorted(self._stops, key=lambda one: one.key == self._current):
            self._paint_stop(painter, stop)
        if self.hasFocus():
            draw_focus(painter, QRectF(self.rect()))

    def _drawn_ground(self) -> QPixmap:
        """Return the ground with the other shops, drawn once: a territory has thousands of them."""
        ratio = self.devicePixelRatioF()
        if self._ground is None or self._ground.devicePixelRatio() != ratio:
            theme = current_theme()
            self._ground = QPixmap(self.size() * ratio)
            self._ground.setDevicePixelRatio(ratio)
            self._ground.fill(theme.color("map_ground"))
            painter = QPainter(self._ground)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("map_shop"))
            dot = theme.em(0.24)
            for latitude, longitude in self._others:
                painter.drawEllipse(self._fit.place(latitude, longitude), dot, dot)
            painter.end()
        return self._ground

    def _paint_stop(self, painter: QPainter, stop: RouteStop) -> None:
        theme = current_theme()
        is_current = stop.key == self._current
        radius = theme.em(1.55 if is_current else 1.2) * (0.85 if len(self._stops) > _CROWDED else 1.0)
        disc = QRectF(0, 0, 2 * radius, 2 * radius)
        disc.moveCenter(self._place(stop))
        is_filled = is_current or stop.is_done
        edge = theme.color("green" if stop.is_done and not is_current else "primary")
        painter.setPen(QPen(theme.color("map_ground") if is_filled else edge, theme.em(0.17)))
        painter.setBrush(edge if is_filled else theme.color("surface"))
        painter.drawEllipse(disc)
        if stop.is_done and not is_current:
            inset = radius * 0.42
            paint_icon(painter, "check", disc.adjusted(inset, inset, -inset, -inset), theme.color("on_primary"))
            return
        ink = theme.color("on_primary" if is_filled else "primary_text")
        font = theme.font("heading" if is_current else "body", bold=True)
        draw_text(painter, disc, str(stop.number), font, ink, Qt.AlignmentFlag.AlignCenter)

    def _choose(self, stop: RouteStop) -> None:
        self.set_current(stop.key)
        self.stop_chosen.emit(stop.key)

    def _stop_at(self, spot: QPointF) -> RouteStop | None:
        reach = current_theme().em(1.7)
        near = [(math.hypot(*(self._place(s) - spot).toTuple()), s) for s in self._stops]  # pyright: ignore[reportArgumentType]
        distance, stop = min(near, key=lambda pair: pair[0], default=(math.inf, None))
        return stop if distance <= reach else None

    def _place(self, stop: RouteStop) -> QPointF:
        return self._fit.place(stop.latitude, stop.longitude)

    def _measure(self) -> None:
        edge = current_theme().em(2.6)
        room = QRectF(self.rect()).adjusted(edge, edge, -edge, -edge)
        self._ground = None
        self._fit = _Fit(tuple((stop.latitude, stop.longitude) for stop in self._stops) or self._others, room)
        self.update()


_CROWDED = 15


class _Fit:
    """Puts places of the earth into a rectangle: north up, the same scale both ways."""

    def __init__(self, places: tuple[tuple[float, float], ...], room: QRectF) -> None:
        latitudes = [latitude for latitude, _ in places] or [0.0]
        longitudes = [longitude for _, longitude in places] or [0.0]
        self._middle = (min(latitudes) + max(latitudes)) / 2, (min(longitudes) + max(longitudes)) / 2
        self._narrow = math.cos(math.radians(self._middle[0]))
        wide = (max(longitudes) - min(longitudes)) * self._narrow
        high = max(latitudes) - min(latitudes)
        scales = [side / span for side, span in ((room.width(), wide), (room.height(), high)) if span > 0]
        self._scale = min(scales, default=0.0)
        self._center = room.center()

    def place(self, latitude: float, longitude: float) -> QPointF:
        """Return where a place is drawn."""
        x = (longitude - self._middle[1]) * self._narrow * self._scale
        y = (self._middle[0] - latitude) * self._scale
        return self._center + QPointF(x, y)
