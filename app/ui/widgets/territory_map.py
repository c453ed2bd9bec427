"""The territory as a schematic: every shop a mark, no streets; pushed, zoomed, and selected from by hand or by keys."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPaintEvent, QPolygonF, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from app.domain.geo import GeoPoint
from app.domain.plane import Heap
from app.ui.look.theme import current_theme
from app.ui.widgets.map_layer import MapLayer
from app.ui.widgets.map_marks import MarkStyle
from app.ui.widgets.map_overlay import paint_current, paint_outline, paint_route, paint_scale
from app.ui.widgets.map_scene import MapPoint, MapScene
from app.ui.widgets.painting import begin, draw_focus, is_look_event
from app.ui.widgets.route_sketch import RouteStop

ZOOM_STEP = 1.25
_NOTCH = 120.0
_ARROWS = {
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}
_ZOOMS = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1, Qt.Key.Key_Underscore: -1}
_WHOLE = frozenset({Qt.Key.Key_0, Qt.Key.Key_Home})
_ENTERS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_PULLS = frozenset({Qt.MouseButton.MiddleButton, Qt.MouseButton.RightButton})
_ADDING = Qt.KeyboardModifier.ControlModifier
_BOXING = Qt.KeyboardModifier.ShiftModifier


class TerritoryMap(QWidget):
    """Drag pushes the map, the wheel zooms; Shift+drag draws a rectangle, Ctrl+drag or the lasso an outline.

    Keys: the arrows go to the next shop, Space selects it, Enter opens it, + and − zoom, 0 shows all, L takes the
    lasso, G the outlines of areas, Ctrl+A selects all, Esc lets go. With Ctrl a selection is added to the one before.
    """

    selection_changed = Signal()
    """The person selected something; `selected` tells what."""
    opened = Signal(object)
    """str: the key of a shop"""
    lasso_changed = Signal()
    """The lasso was taken or put away by a key."""
    outlines_changed = Signal()
    """The outlines were switched by a key."""

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scene = MapScene()
        self._layer = MapLayer()
        self._route: tuple[RouteStop, ...] = ()
        self._current: int | None = None
        self._is_lasso = False
        self._is_box = False
        self._outline: list[QPointF] = []
        self._pressed_at: QPointF | None = None
        self._pulled_from: QPointF | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(name)
        self._show_cursor()

    @property
    def selected(self) -> frozenset[str]:
        """The keys of the shops that are selected."""
        return frozenset(self._scene.points[index].key for index in self._scene.selected)

    @property
    def current(self) -> str | None:
        """The key of the shop at which the keyboard is."""
        return None if self._current is None else self._scene.points[self._current].key

    @property
    def is_lasso(self) -> bool:
        """Whether a drag draws an outline instead of pushing the map."""
        return self._is_lasso

    def set_shops(self, points: Sequence[MapPoint], styles: Sequence[MarkStyle], groups: Sequence[int]) -> None:
        """Show shops: what each group looks like, and the group of each. The view stays where no shop has moved."""
        current = self.current
        self._scene.put(points)
        self._scene.styles, self._scene.groups = tuple(styles), tuple(groups)
        self._current = None if current is None else self._scene.index_of(current)
        self._draw_anew()

    def set_selected(self, keys: Collection[str]) -> None:
        """Select these shops without telling it."""
        self._scene.selected = self._scene.indices_of(keys)
        self._draw_anew()

    def set_route(self, stops: Sequence[RouteStop]) -> None:
        """Draw the way of a day over the shops; no stops, no way."""
        self._route = tuple(stops)
        self._scene.way = tuple(GeoPoint(stop.latitude, stop.longitude) for stop in stops)
        self._draw_anew()

    @property
    def can_outline(self) -> bool:
        """Whether any area has shops enough for an outline."""
        return bool(self._scene.outlines)

    @property
    def is_outlined(self) -> bool:
        """Whether the outlines of areas are drawn."""
        return self._scene.has_outlines

    def set_outlined(self, *, is_on: bool) -> None:
        """Draw the outlines of areas below the shops, or leave them out."""
        self._scene.has_outlines = is_on
        self._draw_anew()

    def show_route(self) -> None:
        """Show the whole way of the day."""
        self._scene.show_places([(stop.latitude, stop.longitude) for stop in self._route])
        self.update()

    def set_lasso(self, *, is_on: bool) -> None:
        """Let a drag draw an outline, or push the map."""
        self._is_lasso = is_on
        self._show_cursor()

    def show_all(self) -> None:
        """Show the whole territory."""
        self._scene.show_all()
        self.update()

    def zoom(self, steps: float, at: QPointF | None = None) -> None:
        """Look closer (from farther away below zero) by some steps; what is seen there, or in the middle, stays."""
        self._scene.zoom(ZOOM_STEP**steps, QPointF(self.rect().center()) if at is None else at)
        self.update()

    def set_current(self, key: str) -> None:
        """Go to a shop as the arrow keys do: it is marked, and in view."""
        index = self._scene.index_of(key)
        if index is not None:
            self._set_current(index)

    def place_of(self, key: str) -> QPointF:
        """Return where a shop is drawn, by itself or in a ring; raises KeyError where it is not on the map."""
        index = self._scene.index_of(key)
        if index is None:
            raise KeyError(key)
        return self._scene.place(self._scene.heap_of(index))

    def drawn_with(self, key: str) -> frozenset[str]:
        """Return the keys of the shops that are drawn as one with this one."""
        index = self._scene.index_of(key)
        if index is None:
            raise KeyError(key)
        return frozenset(self._scene.points[member].key for member in self._scene.heap_of(index).members)

    @override
    def sizeHint(self) -> QSize:
        return QSize(current_theme().em(50), current_theme().em(38))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(current_theme().em(20), current_theme().em(16))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._scene.resize(self.width(), self.height())
        self.update()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_look_event(event) and hasattr(self, "_pulled_from"):
            self._scene.measure_anew()
            self._layer.forget_look()
            self.update()

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            heap = self._scene.heap_at(QPointF(event.pos()))
            if heap is None:
                QToolTip.hideText()
            else:
                QToolTip.showText(event.globalPos(), self._tip(heap), self)
            return True
        return super().event(event)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        self.zoom(event.angleDelta().y() / _NOTCH, event.position())
        event.accept()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() in _PULLS:
            self._pulled_from = event.position()
            self._show_cursor()
        elif event.button() is Qt.MouseButton.LeftButton:
            self._pressed_at = event.position()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        if self._pressed_at is not None and not self._outline and self._pulled_from is None:
            self._begin_drag(self._pressed_at, event)
        if self._pulled_from is not None:
            self._scene.look(self._scene.camera.moved(at - self._pulled_from))
            self._pulled_from = at
            self.update()
        elif self._outline:
            self._draw_on(at)
        else:
            self._show_cursor(at)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        is_adding = bool(event.modifiers() & _ADDING)
        if self._outline:
            self._draw_on(event.position())
            inside = self._scene.inside(QPolygonF(self._outline))
            self._choose(inside | self._scene.selected if is_adding else inside)
        elif self._pulled_from is None and self._pressed_at is not None:
            self._click(event.position(), is_adding=is_adding)
        self._let_go()

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        heap = self._scene.heap_at(event.position())
        if heap is not None and event.button() is Qt.MouseButton.LeftButton:
            self._enter(heap)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, is_control = Qt.Key(event.key()), bool(event.modifiers() & _ADDING)
        if key in _ARROWS and self._scene.points:
            self._step(*_ARROWS[key])
        elif key in _ZOOMS:
            self.zoom(_ZOOMS[key], self._eye())
        elif key in _WHOLE:
            self.show_all()
        elif key in _ENTERS and self._current is not None:
            self._enter(self._scene.heap_of(self._current))
        elif key is Qt.Key.Key_Space and self._current is not None:
            self._toggle(self._scene.heap_of(self._current).members)
        elif key is Qt.Key.Key_A and is_control:
            self._choose(frozenset(range(len(self._scene.points))))
        elif key is Qt.Key.Key_L and not is_control:
            self._take_lasso(is_on=not self._is_lasso)
        elif key is Qt.Key.Key_G and not is_control and self.can_outline:
            self.set_outlined(is_on=not self.is_outlined)
            self.outlines_changed.emit()
        elif key is not Qt.Key.Key_Escape or not self._escape():
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, scene = begin(self), self._scene
        self._layer.paint(painter, scene, is_pushed=self._pulled_from is not None)
        places = [scene.place_on_earth(stop.latitude, stop.longitude) for stop in self._route]
        paint_route(painter, self._route, places)
        if self._current is not None:
            heap = scene.heap_of(self._current)
            paint_current(painter, scene.place(heap), len(heap.members))
        paint_scale(painter, QRectF(self.rect()), scene.camera.scale)
        if self._outline:
            paint_outline(painter, QPolygonF(self._outline))
        if self.hasFocus():
            draw_focus(painter, QRectF(self.rect()))

    def _tip(self, heap: Heap) -> str:
        point = self._scene.points[heap.members[0]]
        if not heap.is_many:
            return point.tip or point.name
        return self.tr("%n shop(s) close together. A double click looks closer.", "", len(heap.members))

    def _eye(self) -> QPointF | None:
        """Return what zooming by key keeps in its place: the shop at which the keyboard is, if it is in view."""
        place = None if self._current is None else self._scene.place(self._scene.heap_of(self._current))
        return place if place is not None and self.rect().contains(place.toPoint()) else None

    def _begin_drag(self, pressed_at: QPointF, event: QMouseEvent) -> None:
        """Begin what this drag is for, once it has gone far enough to be one."""
        if (event.position() - pressed_at).manhattanLength() < current_theme().em(0.35):
            return
        self._is_box = bool(event.modifiers() & _BOXING)
        if self._is_box or self._is_lasso or event.modifiers() & _ADDING:
            self._outline = [pressed_at]
        else:
            self._pulled_from = pressed_at
        self._show_cursor()

    def _draw_on(self, at: QPointF) -> None:
        if self._is_box:
            first = self._outline[0]
            self._outline = [first, QPointF(at.x(), first.y()), at, QPointF(first.x(), at.y())]
        else:
            self._outline.append(at)
        self.update()

    def _click(self, at: QPointF, *, is_adding: bool) -> None:
        heap = self._scene.heap_at(at)
        if heap is not None:
            self._set_current(heap.members[0])
        if heap is not None and is_adding:
            self._toggle(heap.members)
        elif not is_adding:
            self._choose(frozenset(() if heap is None else heap.members))

    def _toggle(self, members: tuple[int, ...]) -> None:
        chosen = self._scene.selected
        self._choose(chosen - set(members) if chosen.issuperset(members) else chosen | set(members))

    def _choose(self, chosen: frozenset[int]) -> None:
        if chosen != self._scene.selected:
            self._scene.selected = chosen
            self._draw_anew()
            self.selection_changed.emit()

    def _enter(self, heap: Heap) -> None:
        """Open a shop; look closer at a ring."""
        if heap.is_many:
            self._scene.look_into(heap, ZOOM_STEP)
            self.update()
        else:
            self.opened.emit(self._scene.points[heap.members[0]].key)

    def _step(self, east: int, north: int) -> None:
        """Go to the next shop in a direction; the first step goes to the one nearest to the middle."""
        if self._current is None:
            found = self._scene.nearest_to_middle()
        else:
            found = self._scene.gathering.next_towards(self._scene.heap_of(self._current), east, north)
        if found is not None:
            self._set_current(found.members[0])

    def _set_current(self, index: int) -> None:
        self._current = index
        self.setAccessibleDescription(self._tip(self._scene.heap_of(index)))
        self._scene.bring_into_view(index)
        self.update()

    def _take_lasso(self, *, is_on: bool) -> None:
        self.set_lasso(is_on=is_on)
        self.lasso_changed.emit()

    def _escape(self) -> bool:
        """Let go of an outline, then of the selection, then of the lasso; return whether there was any."""
        if self._outline or self._pressed_at is not None:
            self._let_go()
        elif self._scene.selected:
            self._choose(frozenset())
        elif self._is_lasso:
            self._take_lasso(is_on=False)
        else:
            return False
        return True

    def _let_go(self) -> None:
        self._outline, self._pressed_at, self._pulled_from = [], None, None
        self._show_cursor()
        self.update()

    def _draw_anew(self) -> None:
        self._layer.forget()
        self.update()

    def _show_cursor(self, at: QPointF | None = None) -> None:
        if self._pulled_from is not None:
            shape = Qt.CursorShape.ClosedHandCursor
        elif self._is_lasso or self._outline:
            shape = Qt.CursorShape.CrossCursor
        elif at is not None and self._scene.heap_at(at) is not None:
            shape = Qt.CursorShape.PointingHandCursor
        else:
            shape = Qt.CursorShape.OpenHandCursor
        if self.cursor().shape() is not shape:
            self.setCursor(shape)
