"""One line of the diagnosis: item, last state, the choice, what is suggested or open, a few words, photos."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.diagnosis import State
from app.ui.look.formats import format_short_date
from app.ui.look.theme import current_theme
from app.ui.pages.visit.grade_choice import GradeChoice
from app.ui.widgets.buttons import Button
from app.ui.widgets.chip import Chip
from app.ui.widgets.labels import ElidedLabel, TextLabel
from app.ui.widgets.painting import begin, draw_text, is_look_event, text_width
from app.ui.widgets.tones import GRADE_TONES, Tone

_WIDE = 46.0
_NO_LIMIT = (1 << 24) - 1


@dataclass(frozen=True, slots=True)
class RowLook:
    """Everything a row shows, in words."""

    number: str
    name: str
    last_words: str
    last: State | None
    last_day: date | None
    value: State | None
    chips: tuple[tuple[str, Tone], ...]
    text: str
    is_note: bool
    photos: str
    photos_name: str
    reason: str
    reason_words: str
    """empty where no reason is asked"""
    reason_missing: bool


class DiagnosisRow(QWidget):
    """Letters and digits judge, up and down move on, Enter and = take over; clicking anywhere selects the row."""

    judged = Signal(object)
    """State | None"""
    reason_edited = Signal(object)
    """str"""
    photos_requested = Signal()
    move_requested = Signal(object)
    """int: rows down, or up below zero"""
    take_over_requested = Signal(object)
    """bool: go on to the next row afterwards"""

    def __init__(self, code: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.code = code
        self._is_current = False
        self._is_wide: bool | None = None
        self._name_width = 0
        self._shown_chips: tuple[tuple[str, Tone], ...] = ((" ", Tone.GREY),)
        self.setObjectName(f"row{code}")
        self._build()
        self._wire()

    def show_row(self, look: RowLook, name_width: int, *, by_typing: bool = False) -> None:
        """Show the row; with `by_typing` the reason is left alone where it is being typed."""
        self._number.setText(look.number)
        self._name.setText(look.name)
        self._name_width = name_width
        self._size_name()
        self._last.show_last(look.last_words, look.last, look.last_day)
        self.choice.set_name(look.name)
        self.choice.set_value(None if look.value is None else look.value.value)
        if look.chips != self._shown_chips:
            self._show_chips(look.chips)
        self._text.setText(look.text)
        self._text.set_role("" if look.is_note else "muted")
        self._photos.setText(look.photos)
        self._photos.setAccessibleName(look.photos_name)
        self._photos.setToolTip(look.photos_name)
        self._show_reason(look, by_typing=by_typing)

    def set_current(self, *, is_current: bool) -> None:
        """Mark the row whose details stand in the side panel."""
        if is_current is not self._is_current:
            self._is_current = is_current
            self.update()

    @property
    def chip_texts(self) -> list[str]:
        """The words of the chips shown."""
        return [chip.text() for chip in self._chips if not chip.isHidden()]

    @property
    def text(self) -> str:
        """The words beside the choice."""
        return self._text.text()

    def name_width(self, name: str) -> int:
        """Return the room that a name needs."""
        return int(text_width(name, current_theme().font("body", bold=True))) + current_theme().em(0.3)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.move_requested.emit(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.take_over_requested.emit(True)
        elif key == Qt.Key.Key_Equal or event.text() == "\uff1d":
            self.take_over_requested.emit(False)
        else:
            super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.choice.setFocus(Qt.FocusReason.MouseFocusReason)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_look_event(event) and hasattr(self, "_whole"):
            self._measure()

    @override
    def minimumSizeHint(self) -> QSize:
        # The row breaks into two lines where it gets narrow; how it stands now must not keep the page wide.
        return QSize(current_theme().em(20), super().minimumSizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = begin(self)
        whole = QRectF(self.rect())
        if self._is_current:
            painter.fillRect(whole, theme.color("surface_hover"))
            painter.fillRect(QRectF(0, 0, theme.size("bar"), whole.height()), theme.color("primary"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setPen(QPen(theme.color("line_soft"), theme.size("hairline")))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)

    def _build(self) -> None:
        self._number = TextLabel("", "muted")
        self._name = ElidedLabel("", "strong")
        self._last = _LastMark(self)
        self.choice = GradeChoice(self)
        self.choice.setObjectName(f"state{self.code}")
        self._chips = [Chip("", Tone.GREY, self) for _ in range(2)]
        self._text = TextLabel("", "muted", wrap=True)
        self._text.setObjectName("rowText")
        self._photos = Button("", "quiet", icon="camera", small=True)
        self._photos.setObjectName(f"photos{self.code}")
        self._photos.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.reason = QLineEdit(self)
        self.reason.setObjectName(f"reason{self.code}")
        self._reason_words = TextLabel("")
        self._first, self._second, self._third = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        for widget in (self._number, self._name, self._last, self.choice):
            self._first.addWidget(widget)
        self._first.addWidget(self._text, 1)
        for chip in self._chips:
            self._first.addWidget(chip)
        self._first.addWidget(self._photos)
        self._third.addWidget(self._reason_words)
        self._third.addWidget(self.reason, 1)
        self._whole = QVBoxLayout(self)
        self._whole.addLayout(self._first)
        self._whole.addLayout(self._second)
        self._whole.addLayout(self._third)
        self._measure()

    def _wire(self) -> None:
        self.choice.given.connect(self.judged)
        self.reason.textEdited.connect(self._on_reason_edited)
        self._photos.clicked.connect(self.photos_requested)

    def _measure(self) -> None:
        theme = current_theme()
        pad, small, tiny = theme.size("pad"), theme.size("gap_small"), theme.size("gap_tiny")
        around = theme.em(0.2)
        self._whole.setContentsMargins(pad, around, small, around)
        self._whole.setSpacing(tiny)
        for line in (self._first, self._second, self._third):
            line.setSpacing(small)
        self._third.setContentsMargins(theme.em(1.9) + small, 0, small, 0)
        self._number.setFixedWidth(theme.em(1.9))
        self._photos.setFixedHeight(theme.size("control_small"))

    def _arrange(self) -> None:
        """Stand in one line, or in two where there is little room."""
        is_wide = self.width() >= current_theme().em(_WIDE)
        if is_wide is self._is_wide:
            return
        self._is_wide = is_wide
        moving = (self._last, self._text, *self._chips)
        for widget in moving:
            (self._second if is_wide else self._first).removeWidget(widget)
        if is_wide:
            self._first.insertWidget(2, self._last)
            for place, widget in enumerate((self._text, *self._chips), start=4):
                self._first.insertWidget(place, widget, int(widget is self._text))
        else:
            for widget in (self._last, *self._chips, self._text):
                self._second.addWidget(widget, int(widget is self._text))
        indent = 0 if is_wide else current_theme().em(1.9) + current_theme().size("gap_small")
        self._second.setContentsMargins(indent, 0, 0, 0)
        self._first.setStretch(1, 0 if is_wide else 1)
        self._size_name()

    def _size_name(self) -> None:
        """Give all names of the list the same room, so that the choices stand below each other."""
        if self._is_wide:
            self._name.setFixedWidth(self._name_width)
        else:
            self._name.setMinimumWidth(0)
            self._name.setMaximumWidth(_NO_LIMIT)

    def _show_chips(self, chips: tuple[tuple[str, Tone], ...]) -> None:
        self._shown_chips = chips
        for place, chip in enumerate(self._chips):
            chip.setVisible(place < len(chips))
            if place < len(chips):
                chip.set_chip(*chips[place])

    def _show_reason(self, look: RowLook, *, by_typing: bool) -> None:
        is_asked = bool(look.reason_words)
        self.reason.setVisible(is_asked)
        self._reason_words.setVisible(is_asked)
        self._reason_words.setText(look.reason_words)
        self.reason.setAccessibleName(look.reason_words)
        if self.reason.text() != look.reason and not (by_typing and self.reason.hasFocus()):
            self.reason.setText(look.reason)
        problem = "warning" if look.reason_missing else ""
        if self.reason.property("problem") != problem:
            self.reason.setProperty("problem", problem)
            self.reason.style().polish(self.reason)

    @Slot(str)
    def _on_reason_edited(self, text: str) -> None:
        self.reason_edited.emit(text)


class _LastMark(QWidget):
    """How the item stood last time, and when."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = ""
        self._state: State | None = None
        self._day = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_last(self, words: str, state: State | None, day: date | None) -> None:
        """Show a state of before; nothing where there is none."""
        shown = (words if state is not None else "", state, format_short_date(day) if day and state else "")
        if shown == (self._words, self._state, self._day):
            return
        self._words, self._state, self._day = shown
        parts = (self._words, "" if state is None else state.value, self._day)
        self.setAccessibleName(" ".join(part for part in parts if part))
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        theme = current_theme()
        width = sum(text_width(text, theme.font("small", bold=True)) for text in (self._words, "B", "00-00"))
        return QSize(int(width) + theme.em(1.0), theme.size("line_text"))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._state is None:
            return
        theme = current_theme()
        painter = begin(self)
        small, bold = theme.font("small"), theme.font("body", bold=True)
        rect = QRectF(self.rect())
        gap = theme.em(0.35)
        rect.setLeft(rect.left() + draw_text(painter, rect, self._words, small, theme.color("muted")) + gap)
        tone = GRADE_TONES[self._state.value]
        rect.setLeft(rect.left() + draw_text(painter, rect, self._state.value, bold, tone.ink) + gap)
        draw_text(painter, rect, self._day, theme.font("caption"), theme.color("muted"))
