"""The parts of the brief: a heading with lines below it, and the box of the suggested topic."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.ui.look.theme import current_theme
from app.ui.widgets.chip import Chip
from app.ui.widgets.labels import TextLabel
from app.ui.widgets.layouts import clear_layout
from app.ui.widgets.painting import begin, draw_box, is_look_event
from app.ui.widgets.tones import Tone

_TOP = Qt.AlignmentFlag.AlignTop


@dataclass(frozen=True, slots=True)
class BriefLine:
    """One line: its words, and a chip before them where it has one (else a dot)."""

    text: str
    chip: str = ""
    tone: Tone = Tone.GREY


class BriefSection(QWidget):
    """Lines below a heading; hidden while there are none."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._shown: tuple[BriefLine, ...] | None = None
        self._heading = TextLabel("", "strong")
        self._lines = QVBoxLayout()
        self._whole = QVBoxLayout(self)
        self._whole.addWidget(self._heading)
        self._whole.addLayout(self._lines)
        self._measure()

    @property
    def texts(self) -> tuple[str, ...]:
        """The lines shown, each with its chip before it."""
        return tuple(f"{line.chip} {line.text}".strip() for line in self._shown or ())

    def set_heading(self, text: str) -> None:
        """Change the heading."""
        self._heading.setText(text)

    def set_lines(self, lines: Sequence[BriefLine]) -> None:
        """Show these lines."""
        fresh = tuple(lines)
        if fresh != self._shown:
            self._shown = fresh
            clear_layout(self._lines)
            for line in fresh:
                self._lines.addWidget(_make_line(line))
        self.setVisible(bool(fresh))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_look_event(event) and hasattr(self, "_whole"):
            self._measure()

    def _measure(self) -> None:
        theme = current_theme()
        self._whole.setContentsMargins(0, theme.size("gap_tiny"), 0, theme.size("gap_tiny"))
        self._whole.setSpacing(theme.size("gap_tiny"))
        self._lines.setSpacing(theme.size("gap_tiny"))


class TopicBox(QWidget):
    """The one thing to talk about, on the soft primary colour."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("topic")
        self._heading = TextLabel("", "hint")
        self._text = TextLabel("", "strong", wrap=True)
        self._whole = QVBoxLayout(self)
        self._whole.addWidget(self._heading)
        self._whole.addWidget(self._text)
        self._measure()

    @property
    def text(self) -> str:
        """The words shown."""
        return self._text.text()

    def set_topic(self, heading: str, text: str) -> None:
        """Show a topic."""
        self._heading.setText(heading)
        self._text.setText(text)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_look_event(event) and hasattr(self, "_whole"):
            self._measure()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        draw_box(begin(self), QRectF(self.rect()), Tone.PRIMARY.ground)

    def _measure(self) -> None:
        theme = current_theme()
        side, top = theme.size("gap"), theme.size("gap_small")
        self._whole.setContentsMargins(side, top, side, top)
        self._whole.setSpacing(theme.size("gap_tiny"))


def _make_line(line: BriefLine) -> QWidget:
    whole = QWidget()
    row = QHBoxLayout(whole)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(current_theme().size("gap_small"))
    words = TextLabel(line.text, wrap=True)
    if line.chip:
        chip = Chip(line.chip, line.tone)
        row.addWidget(chip)
        row.setAlignment(chip, _TOP)
    else:
        dot = TextLabel("\u2022", "muted")
        row.addWidget(dot)
        row.setAlignment(dot, _TOP)
    row.addWidget(words, 1)
    return whole
