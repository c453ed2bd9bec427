"""The one status element: a dot and words; a click opens the details."""

from enum import Enum

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget
from typing_extensions import override

from app.ui.look.theme import current_theme
from app.ui.widgets.painting import begin, draw_box, draw_focus, draw_text, is_look_event, text_width


class PillState(Enum):
    """What the status says; the value is the colour of its dot."""

    PLAIN = ""
    OFFLINE = "grey"
    UP_TO_DATE = "green"
    WAITING = "amber"
    SENDING = "primary"
    ATTENTION = "red"


_HOLLOW = frozenset({PillState.OFFLINE})
_SQUARE = frozenset({PillState.ATTENTION})


class StatusPill(QPushButton):
    """A rounded button with a dot; the shape of the dot says as much as its colour."""

    def __init__(self, text: str = "", state: PillState = PillState.PLAIN, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._state = state
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def set_status(self, state: PillState, text: str) -> None:
        """Show a state and its words."""
        self._state = state
        self.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        theme = current_theme()
        dot = theme.em(1.1) if self._state is not PillState.PLAIN else 0
        return QSize(int(text_width(self.text(), theme.font("small"))) + 2 * theme.em(0.95) + dot, theme.em(2.1))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), current_theme().em(5)), self.sizeHint().height())

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_look_event(event):
            self.updateGeometry()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = begin(self)
        rect = QRectF(self.rect())
        ground = theme.color("surface_hover" if self.underMouse() else "surface")
        draw_box(painter, rect, ground, theme.color("line_strong"), "control")
        left = float(theme.em(0.95))
        if self._state is not PillState.PLAIN:
            side = theme.em(0.62)
            dot = QRectF(left, (rect.height() - side) / 2, side, side)
            color = theme.color(self._state.value)
            painter.setPen(QPen(color, theme.em(0.13)) if self._state in _HOLLOW else QPen(Qt.PenStyle.NoPen))
            painter.setBrush(Qt.BrushStyle.NoBrush if self._state in _HOLLOW else color)
            if self._state in _SQUARE:
                painter.drawRect(dot)
            else:
                painter.drawEllipse(dot)
            left += theme.em(1.1)
        words = rect.adjusted(left, 0, -theme.em(0.7), 0)
        draw_text(painter, words, self.text(), theme.font("small"), theme.color("text"))
        if self.hasFocus():
            draw_focus(painter, rect, "control")
