"""A choice of a few that is made with one key: A/B/C or 1/2/3, yes or no."""

from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QRadioButton, QSizePolicy, QWidget
from typing_extensions import override

from app.domain.units import half_width
from app.ui.look.theme import current_theme
from app.ui.widgets.painting import begin, draw_box, draw_focus, draw_text, is_look_event, text_width
from app.ui.widgets.tones import GRADE_TONES, Tone


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer: its key as data, the words shown, its tone, and a letter that chooses it."""

    key: str
    label: str
    tone: Tone
    letter: str = ""


GRADE_CHOICES = tuple(Choice(letter, letter, tone, letter) for letter, tone in GRADE_TONES.items())
"""The states A, B and C."""

YES_LETTER, NO_LETTER = "Y", "N"


class SegmentedChoice(QWidget):
    """Segments side by side; the number of a segment or its letter chooses it, Delete takes the choice back."""

    chosen = Signal(object)
    """str | None: the key that the person chose"""

    def __init__(
        self, choices: tuple[Choice, ...] = GRADE_CHOICES, name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._segments: list[_Segment] = []
        self._value: str | None = None
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.set_name(name)
        self.set_choices(choices)

    @property
    def value(self) -> str | None:
        """The key chosen; None while nothing is."""
        return self._value

    def set_value(self, value: str | None) -> None:
        """Show a choice without telling it."""
        self._value = value
        self._show()

    def set_choices(self, choices: tuple[Choice, ...]) -> None:
        """Show other words or other answers; the value stays if it still exists."""
        if [s.choice.key for s in self._segments] == [c.key for c in choices]:
            for segment, choice in zip(self._segments, choices, strict=True):
                segment.set_choice(choice)
        else:
            self._rebuild(choices)
        self._show()

    def set_name(self, name: str) -> None:
        """Say what is being chosen, for screen readers."""
        self.setAccessibleName(name)
        for segment in self._segments:
            segment.setAccessibleDescription(name)

    def handle_key(self, event: QKeyEvent) -> bool:
        """Choose by a key that a row of a list received; return whether it meant something here."""
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            return False
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._choose(None)
            return True
        typed = half_width(event.text()).upper()
        for number, segment in enumerate(self._segments, start=1):
            if typed and typed in (str(number), segment.choice.letter):
                self._choose(segment.choice.key)
                return True
        return False

    def step(self, by: int) -> None:
        """Choose the next or previous answer and move the focus there."""
        keys = [segment.choice.key for segment in self._segments]
        at = keys.index(self._value) if self._value in keys else (-1 if by > 0 else len(keys))
        target = min(len(keys) - 1, max(0, at + by))
        self._choose(keys[target])
        self._segments[target].setFocus(Qt.FocusReason.TabFocusReason)

    def _rebuild(self, choices: tuple[Choice, ...]) -> None:
        for segment in self._segments:
            self._row.removeWidget(segment)
            segment.hide()
            segment.deleteLater()
        self._segments = []
        for index, choice in enumerate(choices):
            segment = _Segment(choice, index == 0, index == len(choices) - 1, self)
            segment.setAccessibleDescription(self.accessibleName())
            segment.clicked.connect(self._on_clicked)
            self._row.addWidget(segment)
            self._segments.append(segment)
        self.setFocusProxy(self._segments[0])

    @Slot()
    def _on_clicked(self) -> None:
        segment = self.sender()
        if isinstance(segment, _Segment):
            self._choose(segment.choice.key)

    def _choose(self, value: str | None) -> None:
        changed = value != self._value
        self._value = value
        self._show()
        if changed:
            self.chosen.emit(value)

    def _show(self) -> None:
        keys = [segment.choice.key for segment in self._segments]
        stop = keys.index(self._value) if self._value in keys else 0
        for index, segment in enumerate(self._segments):
            # Exclusive for screen readers, but not while nothing may be chosen.
            segment.setAutoExclusive(False)
            segment.setChecked(segment.choice.key == self._value)
            segment.setAutoExclusive(True)
            # One stop for Tab, as in any group of radio buttons.
            segment.setFocusPolicy(Qt.FocusPolicy.StrongFocus if index == stop else Qt.FocusPolicy.ClickFocus)
        self.setFocusProxy(self._segments[stop])


class _Segment(QRadioButton):
    """One answer of a choice."""

    def __init__(self, choice: Choice, is_first: bool, is_last: bool, parent: SegmentedChoice) -> None:
        super().__init__(choice.label, parent)
        self.choice = choice
        self._is_first = is_first
        self._is_last = is_last
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_choice(choice)

    def set_choice(self, choice: Choice) -> None:
        """Show other words."""
        self.choice = choice
        self.setText(choice.label)
        self.setAccessibleName(choice.label)
        self.updateGeometry()

    @override
    def sizeHint(self) -> QSize:
        theme = current_theme()
        words = text_width(self.text(), theme.font("body", bold=True)) + 2 * theme.size("gap_small")
        return QSize(max(theme.em(2.92), int(words) + 1), theme.size("control_small"))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def hitButton(self, pos: object) -> bool:
        return True

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_look_event(event):
            self.updateGeometry()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._group().step(1 if event.key() == Qt.Key.Key_Right else -1)
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()  # a list of choices moves to the next row
        elif not self._group().handle_key(event):
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = begin(self)
        whole = QRectF(self.rect())
        painter.setClipPath(self._corner_path(whole))
        tone = self.choice.tone
        ground = tone.ground if self.isChecked() else theme.color("surface_hover" if self.underMouse() else "surface")
        painter.fillRect(whole, ground)
        painter.setClipping(False)
        wide = whole.adjusted(
            0 if self._is_first else -2 * whole.width(), 0, 0 if self._is_last else 2 * whole.width(), 0
        )
        painter.setClipRect(whole)
        draw_box(painter, wide, None, theme.color("line_strong"))
        if not self._is_first:
            painter.setPen(QPen(theme.color("line_strong"), theme.size("hairline")))
            painter.drawLine(0, 1, 0, self.height() - 2)
        ink = tone.ink if self.isChecked() else theme.color("muted")
        draw_text(painter, whole, self.text(), theme.font("body", bold=True), ink, Qt.AlignmentFlag.AlignCenter)
        if self.hasFocus():
            draw_focus(painter, whole)

    def _group(self) -> SegmentedChoice:
        # Asked for each time: a reference kept here would be a cycle that only the collector could free.
        return cast("SegmentedChoice", self.parentWidget())

    def _corner_path(self, rect: QRectF) -> QPainterPath:
        far = 2 * rect.width()
        wide = rect.adjusted(0 if self._is_first else -far, 0, 0 if self._is_last else far, 0)
        path = QPainterPath()
        corner = current_theme().size("radius_control")
        path.addRoundedRect(wide, corner, corner)
        return path


def yes_no(yes: str, no: str) -> tuple[Choice, Choice]:
    """Return the choice of yes (Y, 1) or no (N, 2) in the words of the language shown."""
    return Choice("yes", yes, Tone.GREEN, YES_LETTER), Choice("no", no, Tone.RED, NO_LETTER)
