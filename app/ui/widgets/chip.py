"""Chips: a word on a soft colour, as a tag to read or as a filter to press."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolButton, QWidget
from typing_extensions import override

from app.ui.look.theme import current_theme
from app.ui.widgets.painting import begin, chip_size, draw_box, draw_focus, draw_text, is_look_event
from app.ui.widgets.tones import GRADE_TONES, Tone


class Chip(QLabel):
    """A short word to read, such as 订货日 or 主销."""

    def __init__(self, text: str = "", tone: Tone = Tone.PRIMARY, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._tone = tone
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    @classmethod
    def grade(cls, letter: str, parent: QWidget | None = None) -> "Chip":
        """Return the chip of a state A, B or C."""
        return cls(letter, GRADE_TONES[letter], parent)

    def set_chip(self, text: str, tone: Tone) -> None:
        """Show another word in another tone."""
        self._tone = tone
        self.setText(text)
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return _size(self.text())

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), current_theme().em(3)), self.sizeHint().height())

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_look_event(event):
            self.updateGeometry()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = begin(self)
        rect = QRectF(self.rect())
        draw_box(painter, rect, self._tone.ground, radius="radius_chip")
        inner = rect.adjusted(current_theme().em(0.4), 0, -current_theme().em(0.4), 0)
        draw_text(
            painter, inner, self.text(), current_theme().font("small"), self._tone.ink, Qt.AlignmentFlag.AlignCenter
        )


class FilterChip(QToolButton):
    """A chip that can be pressed to filter a list; `toggled` tells."""

    def __init__(self, text: str = "", tone: Tone = Tone.GREY, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone = tone
        self.setText(text)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        size = _size(self.text())
        return QSize(size.width() + current_theme().em(0.3), size.height() + current_theme().em(0.5))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = begin(self)
        rect = QRectF(self.rect())
        line = self._tone.fill if self.isChecked() or self.underMouse() else None
        draw_box(painter, rect, self._tone.ground, line, "radius_chip")
        font = current_theme().font("small", bold=self.isChecked())
        draw_text(painter, rect, self.text(), font, self._tone.ink, Qt.AlignmentFlag.AlignCenter)
        if self.hasFocus():
            draw_focus(painter, rect, "radius_chip")


def _size(text: str) -> QSize:
    size = chip_size(text, current_theme().font("small", bold=True))
    return QSize(int(size.x()) + 1, int(size.y()) + 1)
