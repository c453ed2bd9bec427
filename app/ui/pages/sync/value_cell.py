"""One of the values that clash, in a box that can be pressed: the one that shall stand is filled."""

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QRadioButton, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from app.ui.look.theme import current_theme
from app.ui.widgets.labels import TextLabel
from app.ui.widgets.painting import begin, draw_box, draw_focus
from app.ui.widgets.tones import Tone


class ValueCell(QWidget):
    """A radio button with words that may break into lines; who wrote it, and when, stands below."""

    chosen = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = current_theme()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.radio = QRadioButton()
        self.radio.setObjectName(name)
        # The group keeps one of the two chosen; alone in its box each button would rule for itself.
        self.radio.setAutoExclusive(False)
        self._value = TextLabel("", wrap=True)
        self._who = TextLabel("", "hint", wrap=True)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._value)
        words.addWidget(self._who)
        row = QHBoxLayout(self)
        side = theme.em(0.6)
        row.setContentsMargins(side, theme.em(0.25), side, theme.em(0.25))
        row.setSpacing(theme.size("gap_tiny"))
        row.addWidget(self.radio, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        self.radio.toggled.connect(self._on_toggled)

    def set_words(self, value: str, who: str, name: str) -> None:
        """Show the value and who wrote it; `name` is what a screen reader says before it."""
        self._value.setText(value)
        self._who.setText(who)
        self._who.setVisible(bool(who))
        self.radio.setAccessibleName(f"{name}: {value}")

    def set_enabled(self, *, can_choose: bool) -> None:
        """Let the value be chosen, or only be read."""
        self.radio.setEnabled(can_choose)
        self.setCursor(Qt.CursorShape.PointingHandCursor if can_choose else Qt.CursorShape.ArrowCursor)

    @Slot(bool)
    def _on_toggled(self, is_on: bool) -> None:
        self._value.set_role("strong" if is_on else "")
        self.update()
        if is_on:
            self.chosen.emit()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.radio.isEnabled() and self.rect().contains(event.position().toPoint()):
            self.radio.setChecked(True)
            self.radio.setFocus()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = begin(self)
        rect = QRectF(self.rect()).adjusted(0, 1, 0, -1)
        if self.radio.isChecked():
            draw_box(painter, rect, Tone.PRIMARY.ground, theme.color("primary_tint"))
        else:
            draw_box(painter, rect, None, theme.color("line"))
        if self.radio.hasFocus():
            draw_focus(painter, rect)
