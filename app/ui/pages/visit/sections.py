"""A heading with lines of text below it: the building block of the brief."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.ui.look.theme import current_theme
from app.ui.widgets.chip import Chip
from app.ui.widgets.labels import TextLabel
from app.ui.widgets.layouts import clear_layout
from app.ui.widgets.painting import begin, draw_box
from app.ui.widgets.tones import Tone

Line = tuple[str, str, Tone | None]
"""The words of a chip (or none), the text, and the tone of the chip."""


class Section(QWidget):
    """Lines of text, each with a chip before it where it has one; says what is missing when there are none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = current_theme()
        self._heading = TextLabel("", "strong")
        self._lines = QVBoxLayout()
        self._lines.setSpacing(theme.size("gap_tiny"))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, theme.size("gap_small"))
        whole.setSpacing(theme.size("gap_small"))
        whole.addWidget(self._heading)
        whole.addLayout(self._lines)

    def set_heading(self, text: str) -> None:
        """Change the heading."""
        self._heading.setText(text)

    def set_lines(self, lines: Sequence[Line], none: str = "") -> None:
        """Show these lines; `none` is said when there are none, and the section hides without it."""
        clear_layout(self._lines)
        for line in lines:
            self._lines.addWidget(_make_line(*line))
        if not lines and none:
            self._lines.addWidget(TextLabel(none, "muted", wrap=True))
        self.setVisible(bool(lines or none))

    @property
    def texts(self) -> list[str]:
        """The lines shown."""
        return [label.text() for label in self.findChildren(TextLabel) if label.objectName() == "line"]


class TopicBox(QWidget):
    """One sentence that matters most, on a soft ground."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = current_theme()
        self._heading = TextLabel("", "hint")
        self._text = TextLabel("", "heading", wrap=True)
        self._text.setObjectName("line")
        whole = QVBoxLayout(self)
        pad, small = theme.size("gap"), theme.size("gap_small")
        whole.setContentsMargins(pad, small, pad, small)
        whole.setSpacing(theme.size("gap_tiny"))
        whole.addWidget(self._heading)
        whole.addWidget(self._text)

    def set_heading(self, text: str) -> None:
        """Change the small words above."""
        self._heading.setText(text)

    def set_text(self, text: str) -> None:
        """Change the sentence."""
        self._text.setText(text)

    @property
    def text(self) -> str:
        """The sentence shown."""
        return self._text.text()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        draw_box(begin(self), QRectF(self.rect()), current_theme().color("primary_soft"))


def _make_line(chip: str, text: str, tone: Tone | None) -> QWidget:
    theme = current_theme()
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.size("gap_small"))
    if chip and tone is not None:
        row.addWidget(Chip(chip, tone))
    else:
        row.addWidget(TextLabel("\u2022", "muted"))
    words = TextLabel(text, wrap=True)
    words.setObjectName("line")
    row.addWidget(words, 1)
    return line
