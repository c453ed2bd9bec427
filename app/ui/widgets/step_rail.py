"""The steps of a visit at the left: which are done, which is open, free to jump."""

from dataclasses import dataclass
from enum import Enum
from typing import cast

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolButton, QVBoxLayout, QWidget
from typing_extensions import override

from app.ui.look.icons import paint_icon
from app.ui.look.theme import current_theme
from app.ui.widgets.labels import TextLabel
from app.ui.widgets.painting import begin, draw_focus, draw_text, is_look_event, text_width


class StepState(Enum):
    """How far a step is."""

    OPEN = "open"
    STARTED = "started"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its key as data, its title, how far it is, and that in words for screen readers."""

    key: str
    title: str
    state: StepState = StepState.OPEN
    state_words: str = ""


class StepRail(QWidget):
    """A column of numbered steps with a footer for times; Up and Down move, Enter or a click jumps."""

    jumped = Signal(object)
    """str: the key of the step that the person wants"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[_StepRow] = []
        self._current = ""
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(1, 0, 1, 0)
        self._layout.setSpacing(0)
        self._layout.addStretch(1)
        self._footer = TextLabel("", "hint", wrap=True)
        self._layout.addWidget(self._footer)
        self._measure()

    def set_steps(self, steps: tuple[Step, ...]) -> None:
        """Show these steps."""
        while len(self._rows) > len(steps):
            row = self._rows.pop()
            row.hide()
            row.deleteLater()
        while len(self._rows) < len(steps):
            row = _StepRow(len(self._rows) + 1, self)
            row.clicked.connect(self._on_clicked)
            self._layout.insertWidget(len(self._rows), row)
            self._rows.append(row)
        for row, step in zip(self._rows, steps, strict=True):
            row.set_step(step, is_current=step.key == self._current)

    def set_current(self, key: str) -> None:
        """Mark the step that is open."""
        self._current = key
        for row in self._rows:
            row.set_step(row.step, is_current=row.step.key == key)

    def set_footer(self, text: str) -> None:
        """Show the words below, such as time of arrival and of the last save."""
        self._footer.setText(text)

    @override
    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(max(hint.width(), current_theme().em(14.3)), hint.height())

    @override
    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(max(hint.width(), current_theme().em(12)), hint.height())

    def move_focus(self, row: QWidget, by: int) -> None:
        """Move the keyboard focus from a row up or down."""
        at = next((i for i, one in enumerate(self._rows) if one is row), 0)
        self._rows[min(len(self._rows) - 1, max(0, at + by))].setFocus(Qt.FocusReason.TabFocusReason)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_look_event(event) and hasattr(self, "_footer"):
            self._measure()

    def _measure(self) -> None:
        theme = current_theme()
        pad = theme.size("pad")
        self._footer.setContentsMargins(pad, theme.size("gap_small"), theme.size("gap_small"), theme.size("gap_small"))

    @Slot()
    def _on_clicked(self) -> None:
        row = self.sender()
        if isinstance(row, _StepRow):
            self.jumped.emit(row.step.key)


class _StepRow(QToolButton):
    """One step."""

    def __init__(self, number: int, rail: StepRail) -> None:
        super().__init__(rail)
        self.step = Step("", "")
        self._number = number
        self._is_current = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def set_step(self, step: Step, *, is_current: bool) -> None:
        """Show a step."""
        if (step, is_current) == (self.step, self._is_current):
            return
        self.step = step
        self._is_current = is_current
        self.setText(step.title)
        self.setAccessibleName(f"{self._number} {step.title}")
        self.setAccessibleDescription(step.state_words)
        self.setToolTip(" \u00b7 ".join(part for part in (f"{self._number} {step.title}", step.state_words) if part))
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        theme = current_theme()
        words = text_width(self.step.title, theme.font("body", bold=True))
        return QSize(int(words) + 2 * theme.size("pad") + theme.em(2.7), theme.size("row"))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self.sizeHint().width(), current_theme().em(2.4))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            cast("StepRail", self.parentWidget()).move_focus(self, 1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = begin(self)
        rect = QRectF(self.rect())
        if self._is_current:
            painter.fillRect(rect, theme.color("primary_soft"))
        elif self.underMouse():
            painter.fillRect(rect, theme.color("surface_hover"))
        radius = theme.em(0.92)
        middle = QPointF(theme.size("pad") + radius, rect.center().y())
        disc = QRectF(middle.x() - radius, middle.y() - radius, 2 * radius, 2 * radius)
        is_done = self.step.state is StepState.DONE
        line = theme.color("green" if is_done else "primary" if self._is_current else "line_strong")
        if self.step.state is StepState.STARTED and not self._is_current:
            line = theme.color("amber")
        painter.setPen(QPen(line, theme.em(0.1)))
        painter.setBrush(line if is_done else theme.color("surface"))
        painter.drawEllipse(disc)
        ink = theme.color("on_primary" if is_done else "primary_text" if self._is_current else "muted")
        font = theme.font("small", bold=self._is_current or is_done)
        draw_text(painter, disc, str(self._number), font, ink, Qt.AlignmentFlag.AlignCenter)
        if is_done:
            self._draw_tick(painter, disc, line)
        words = rect.adjusted(disc.right() + theme.em(0.8), 0, -theme.size("gap_tiny"), 0)
        draw_text(painter, words, self.step.title, theme.font("body", bold=self._is_current), theme.color("text"))
        if self.hasFocus():
            draw_focus(painter, rect)

    @staticmethod
    def _draw_tick(painter: QPainter, disc: QRectF, line: QColor) -> None:
        """Draw the tick at the edge of the disc: the number of the step stays readable."""
        theme = current_theme()
        side = theme.em(0.9)
        badge = QRectF(disc.right() - side * 0.6, disc.bottom() - side * 0.75, side, side)
        painter.setPen(QPen(line, theme.em(0.08)))
        painter.setBrush(theme.color("surface"))
        painter.drawEllipse(badge)
        inset = side * 0.16
        paint_icon(painter, "check", badge.adjusted(inset, inset, -inset, -inset), line)
