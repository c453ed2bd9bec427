"""The board of the plan: one widget that paints all days, and on which visits are chosen, dragged and moved by keys."""

from uuid import UUID

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, QSizeF, Qt, Signal, Slot
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from app.ui.look.theme import current_theme
from app.ui.pages.plan.board_keys import spot_after
from app.ui.pages.plan.board_lay import Cell, Lay, Row, arrange
from app.ui.pages.plan.board_painter import BoardPainter, Marks, paint_bubble
from app.ui.pages.plan.dragging import Grip, drag, grip_of, is_drag
from app.ui.pages.plan.effect_reader import Move
from app.ui.pages.plan.plan_shown import Span, Spot
from app.ui.pages.plan.plan_view_model import PlanViewModel
from app.ui.pages.plan.visit_plan_words import PlanWords
from app.ui.widgets.painting import begin, is_look_event

_STEPS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class PlanBoard(QWidget):
    """Shows the span that the view-model looks at."""

    open_requested = Signal()
    """Enter on a visit"""
    customer_requested = Signal()
    """A double click on a visit"""
    day_requested = Signal()
    """Enter or a double click on a day"""
    why_requested = Signal()
    """Space on a visit"""
    menu_requested = Signal(object)
    """QPoint on the screen"""
    seen_wished = Signal(object)
    """QRectF that should be scrolled into view"""

    def __init__(self, model: PlanViewModel, words: PlanWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._words = words
        self._lay = Lay(Span.MONTH, ())
        self._pressed: QPoint | None = None
        self._dragged: UUID | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAcceptDrops(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setObjectName("planBoard")

    @property
    def lay(self) -> Lay:
        """Where everything lies."""
        return self._lay

    @Slot()
    def render_plan(self) -> None:
        """Show the plan."""
        self._measure()
        self.setAccessibleDescription(self._spoken())
        row = self._row_of(self._model.spot.visit_id)
        if row is not None and self.hasFocus():
            self.seen_wished.emit(row.box)

    @Slot()
    def render_effect(self) -> None:
        """Show what a move would change."""
        self.setAccessibleDescription(self._spoken())
        self.update()

    def menu_spot(self) -> QPoint:
        """Return where the menu of what is looked at belongs, on the screen."""
        row, cell = self._row_of(self._model.spot.visit_id), self._lay.cell_of(self._model.spot.day)
        box = row.box if row is not None else cell.head if cell is not None else QRectF(self.rect())
        return self.mapToGlobal(box.center().toPoint())

    # ---- size and look ------------------------------------------------------------------------------------------
    @override
    def sizeHint(self) -> QSize:
        return QSize(current_theme().em(40), max(current_theme().em(20), int(self._lay.height)))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(current_theme().em(18), current_theme().em(10))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_look_event(event) and hasattr(self, "_lay"):
            self._measure()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = begin(self)
        BoardPainter(painter, self._words, self._lay, self._marks()).paint(QRectF(event.rect()))
        move, effect = self._model.effects.move, self._model.effects.effect
        cell = None if move is None else self._lay.cell_of(move.to_day)
        if effect is not None and cell is not None:
            seen = QRectF(self.visibleRegion().boundingRect())
            paint_bubble(painter, seen, cell.box.intersected(seen), self._words.effect(effect))

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self._tip(QPointF(event.pos())), self)
            return True
        return super().event(event)

    def _tip(self, spot: QPointF) -> str:
        row, cell = self._lay.row_at(spot), self._lay.cell_at(spot)
        if row is not None:
            return self._words.stop_tip(row.stop)
        return "" if cell is None else self._words.day_tip(cell.day)

    def _measure(self) -> None:
        model = self._model
        holder = self.parentWidget()
        room = self.size() if holder is None else holder.size()
        size = QSizeF(self.width(), min(self.height(), room.height()))
        self._lay = arrange(model.span, model.days, model.spot, size)
        needed = int(self._lay.height)
        if self.minimumHeight() != needed and model.span is not Span.MONTH:
            self.setMinimumHeight(needed)
        elif model.span is Span.MONTH:
            self.setMinimumHeight(needed if needed > room.height() else 0)
        self.update()

    def _marks(self) -> Marks:
        model = self._model
        move, late = model.effects.move, model.late_day.late
        held = self._dragged or model.held or model.swapping
        return Marks(
            model.today,
            model.spot,
            self.hasFocus(),
            held,
            None if move is None else move.to_day,
            None if move is None else move.place,
            frozenset() if late is None else frozenset(stop.visit_id for stop in late.falls_out),
            () if late is None else tuple((stop.visit_id, f"{stop.arrive:%H:%M}") for stop in late.stops),
        )

    def _spoken(self) -> str:
        """Return what is looked at as a sentence, for screen readers."""
        model = self._model
        stop, day = model.stop, model.day
        parts = [self._words.stop_tip(stop)] if stop is not None else []
        parts += [self._words.day_tip(day)] if day is not None else []
        if model.effects.effect is not None:
            parts += [text for text, _ in self._words.effect(model.effects.effect)]
        return ", ".join(parts).replace("\n", ", ")

    def _row_of(self, visit_id: UUID | None) -> Row | None:
        rows = (row for cell in self._lay.cells for row in cell.rows)
        return None if visit_id is None else next((row for row in rows if row.stop.visit_id == visit_id), None)

    # ---- mouse --------------------------------------------------------------------------------------------------
    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self._lay.row_at(event.position())
        self._point_at(event.position())
        if self._model.swapping is not None and row is not None:
            self._model.swap_here()
        is_left = event.button() == Qt.MouseButton.LeftButton
        self._pressed = event.position().toPoint() if is_left and row is not None else None

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        pressed = self._pressed
        if pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        stop = self._model.stop
        if not is_drag(pressed, event.position().toPoint()):
            return
        self._pressed = None
        if not self._model.tell_fixed() and stop is not None and self._model.can_move(stop):
            drag(Grip(stop.visit_id), self)
            self._leave_drag()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pressed = None

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._point_at(event.position())
        if self._lay.row_at(event.position()) is not None:
            self.customer_requested.emit()
        elif self._lay.cell_at(event.position()) is not None:
            self.day_requested.emit()

    def _point_at(self, at: QPointF) -> None:
        """Look at the visit that lies there, or at the day."""
        cell, row = self._lay.cell_at(at), self._lay.row_at(at)
        if cell is not None:
            self._model.go_to(Spot(cell.day.day, None if row is None else row.stop.visit_id))

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            self._point_at(QPointF(event.pos()))
        self.menu_requested.emit(event.globalPos())

    # ---- dropping -----------------------------------------------------------------------------------------------
    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if grip_of(event.mimeData()) is not None and self._model.is_editable:
            event.acceptProposedAction()

    @override
    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        grip, move = grip_of(event.mimeData()), self._move_at(event)
        self._dragged = None if grip is None or grip.is_shop else grip.what
        self._model.effects.try_move(move)
        at = event.position()
        margin = current_theme().em(3)
        self.seen_wished.emit(QRectF(at.x() - 1, at.y() - margin, 2, 2 * margin))
        if move is None:
            event.ignore()
        else:
            event.acceptProposedAction()

    @override
    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._leave_drag()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        move = self._move_at(event)
        self._leave_drag()
        if move is None:
            return
        if move.is_shop:
            self._model.drop_in(move.what, move.to_day, move.place)
        else:
            self._model.put(move.what, move.to_day, move.place)
        event.acceptProposedAction()

    def _leave_drag(self) -> None:
        self._dragged = None
        self._model.effects.try_move(None)
        self.update()

    def _move_at(self, event: QDropEvent) -> Move | None:
        grip = grip_of(event.mimeData())
        cell = self._lay.cell_at(event.position())
        if grip is None or cell is None or not self._model.can_take(cell.day.day):
            return None
        return Move(grip.what, cell.day.day, self._place(cell, event.position(), grip.what), grip.is_shop)

    def _place(self, cell: Cell, at: QPointF, visit_id: UUID) -> int | None:
        place = self._lay.place_at(cell, at, visit_id)
        ended = sum(row.stop.status.ended for row in cell.rows if row.stop.visit_id != visit_id)
        return None if place is None else max(place, ended + 1)

    # ---- keys ---------------------------------------------------------------------------------------------------
    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, model = Qt.Key(event.key()), self._model
        is_alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if key in _STEPS and is_alt:
            days, places = _STEPS[key]
            if days:
                model.move_days(days)
            else:
                model.move_places(places)
        elif key in _STEPS:
            model.go_to(spot_after(model.span, model.days, model.spot, _STEPS[key]))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            model.step(1 if key == Qt.Key.Key_PageDown else -1)
        elif key == Qt.Key.Key_Home:
            model.go_today()
        elif key == Qt.Key.Key_Delete:
            model.take_out()
        elif key == Qt.Key.Key_Space:
            self.why_requested.emit()
        elif key == Qt.Key.Key_Escape and (model.held or model.swapping):
            model.let_go()
        elif key in _ENTER and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._enter()
        else:
            super().keyPressEvent(event)

    def _enter(self) -> None:
        model = self._model
        if model.swapping is not None:
            model.swap_here()
        elif model.stop is not None:
            self.open_requested.emit()
        else:
            self.day_requested.emit()
