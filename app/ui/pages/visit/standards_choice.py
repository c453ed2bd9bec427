"""What has to be seen for A, B and C of one criterion, as lines to choose from."""

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.diagnosis import State
from app.domain.units import half_width
from app.ui.look.theme import current_theme
from app.ui.widgets.painting import begin, draw_box, draw_focus, draw_text, is_look_event
from app.ui.widgets.tones import GRADE_TONES

_FLAGS = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop) | int(Qt.TextFlag.TextWordWrap)


class StandardsChoice(QWidget):
    """Three lines; A, B, C or 1, 2, 3 choose one, up and down walk through them, Delete takes the choice back."""

    given = Signal(object)
    """State | None"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = {state: _Standard(state, self) for state in State}
        self._value: State | None = None
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(current_theme().em(0.15))
        for line in self._lines.values():
            whole.addWidget(line)
            line.clicked.connect(self._on_clicked)
        self.show_choice(None, is_given=False)

    @property
    def value(self) -> State | None:
        """The state shown, given by a person or known from the data."""
        return self._value

    def set_words(self, name: str, words: dict[State, str]) -> None:
        """Show other standards."""
        self.setAccessibleName(name)
        for state, line in self._lines.items():
            line.set_words(words[state], name)

    def show_choice(self, value: State | None, *, is_given: bool) -> None:
        """Show a state; what nobody gave yet, but the data say, is only outlined."""
        self._value = value
        for state, line in self._lines.items():
            line.set_look(is_chosen=state is value, is_given=is_given)
            line.setFocusPolicy(
                Qt.FocusPolicy.StrongFocus if state is (value or State.A) else Qt.FocusPolicy.ClickFocus
            )
        self.setFocusProxy(self._lines[value or State.A])

    def handle_key(self, event: QKeyEvent, at: State) -> bool:
        """Do what a key means on one of the lines; return whether it meant something."""
        states = list(State)
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            return False
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            to = states.index(at) + (1 if event.key() == Qt.Key.Key_Down else -1)
            if not 0 <= to < len(states):
                return False
            self._lines[states[to]].setFocus(Qt.FocusReason.TabFocusReason)
            return True
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.given.emit(None)
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.given.emit(at)
            return True
        return self._choose_by_letter(half_width(event.text()).upper(), states)

    def _choose_by_letter(self, typed: str, states: list[State]) -> bool:
        for number, state in enumerate(states, start=1):
            if typed and typed in (str(number), state.value):
                self.given.emit(state)
                return True
        return False

    @Slot()
    def _on_clicked(self) -> None:
        line = self.sender()
        if isinstance(line, _Standard):
            self.given.emit(line.state)


class _Standard(QAbstractButton):
    """One line: the letter in its box, and what has to be seen."""

    def __init__(self, state: State, group: StandardsChoice) -> None:
        super().__init__(group)
        self.state = state
        self._group = group
        self._is_given = False
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_words(self, words: str, name: str) -> None:
        """Show other words."""
        if (words, name) == (self.text(), self.accessibleDescription()):
            return
        self.setText(words)
        self.setAccessibleName(f"{self.state.value} {words}")
        self.setAccessibleDescription(name)
        self.updateGeometry()

    def set_look(self, *, is_chosen: bool, is_given: bool) -> None:
        """Show whether it is chosen, and by whom."""
        if (is_chosen, is_given) == (self.isChecked(), self._is_given):
            return
        self.setChecked(is_chosen)
        self._is_given = is_given
        self.update()

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        theme = current_theme()
        metrics = QFontMetrics(theme.font("small"))
        room = QRect(0, 0, max(theme.em(4), width - self._words_left() - theme.size("gap_tiny")), 10_000)
        return max(theme.em(1.75), metrics.boundingRect(room, _FLAGS, self.text()).height() + theme.em(0.5))

    @override
    def sizeHint(self) -> QSize:
        width = current_theme().em(14)
        return QSize(width, self.heightForWidth(width))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(current_theme().em(8), current_theme().em(1.75))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._group.handle_key(event, self.state):
            super().keyPressEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_look_event(event):
            self.updateGeometry()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = begin(self)
        whole = QRectF(self.rect())
        tone = GRADE_TONES[self.state.value]
        is_full = self.isChecked() and self._is_given
        if is_full:
            draw_box(painter, whole, tone.ground)
        elif self.underMouse():
            draw_box(painter, whole, theme.color("surface_hover"))
        side = theme.em(1.4)
        box = QRectF(theme.em(0.2), theme.em(0.18), side, side)
        line = tone.fill if self.isChecked() else theme.color("line_strong")
        draw_box(painter, box, tone.ground if is_full else None, line, "radius_chip")
        ink = tone.ink if self.isChecked() else theme.color("muted")
        bold = theme.font("small", bold=True)
        draw_text(painter, box, self.state.value, bold, ink, Qt.AlignmentFlag.AlignCenter)
        painter.setFont(theme.font("small"))
        painter.setPen(tone.ink if is_full else theme.color("text" if self.isChecked() else "muted"))
        words = whole.adjusted(self._words_left(), theme.em(0.25), -theme.size("gap_tiny"), 0)
        painter.drawText(words, _FLAGS, self.text())
        if self.hasFocus():
            draw_focus(painter, whole)

    def _words_left(self) -> int:
        return current_theme().em(2.1)
