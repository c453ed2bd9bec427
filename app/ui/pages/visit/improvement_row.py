"""What the lines of the improvement step share: a head that is always there, details that open when it is selected."""

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.ui.look.theme import current_theme
from app.ui.pages.visit.improvement_words import Chips
from app.ui.widgets.chip import Chip
from app.ui.widgets.labels import ElidedLabel, TextLabel
from app.ui.widgets.painting import begin, is_look_event, text_width
from app.ui.widgets.segmented_choice import SegmentedChoice
from app.ui.widgets.tones import GRADE_TONES, Tone

_WIDE = 44.0
_CHIPS = 3
_NO_LIMIT = (1 << 24) - 1


class ImprovementRow(QWidget):
    """Name, current state, a choice and a few words; `details` holds what is filled in."""

    move_requested = Signal(object)
    """int: lines down, or up below zero"""

    def __init__(self, entry_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entry_id = entry_id
        self._is_current = False
        self._is_wide: bool | None = None
        self._name_width = 0
        self.name = ElidedLabel("", "strong")
        self.state = Chip()
        self.arrow = TextLabel("\u2192", "muted")
        self.choice = SegmentedChoice()
        self.text = ElidedLabel("", "muted")
        self.text.setObjectName("entryText")
        self.day = TextLabel("", "muted")
        self._chips = [Chip("", Tone.GREY, self) for _ in range(_CHIPS)]
        self.details = QWidget(self)
        self.details_body = QVBoxLayout(self.details)
        self.details.hide()
        self._lay_out()

    @property
    def chip_texts(self) -> list[str]:
        """The words of the chips shown."""
        return [chip.text() for chip in self._chips if not chip.isHidden()]

    def name_width(self, name: str) -> int:
        """Return the room that a name needs."""
        return int(text_width(name, current_theme().font("body", bold=True))) + current_theme().em(0.3)

    def set_name_width(self, width: int) -> None:
        """Give all names of the list the same room, so that the choices stand below each other."""
        self._name_width = width
        self._size_name()

    def show_day(self, words: str) -> None:
        """Show a day at the end of the line."""
        self.day.setText(words)
        self.day.setVisible(bool(words))

    def show_state(self, state: str) -> None:
        """Show the state in which the item stands."""
        self.state.set_chip(state, GRADE_TONES[state])

    def show_chips(self, chips: Chips) -> None:
        """Show these chips, as many as there is room for."""
        for place, chip in enumerate(self._chips):
            chip.setVisible(place < len(chips))
            if place < len(chips):
                chip.set_chip(*chips[place])

    def set_current(self, *, is_current: bool) -> None:
        """Open or fold the details."""
        if is_current is not self._is_current:
            self._is_current = is_current
            self.details.setVisible(is_current)
            self.update()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.move_requested.emit(1)
        elif key == Qt.Key.Key_Up:
            self.move_requested.emit(-1)
        else:
            super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._is_current:
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
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = begin(self)
        whole = QRectF(self.rect())
        if self._is_current:
            painter.fillRect(whole, theme.color("surface_alt"))
            painter.fillRect(QRectF(0, 0, theme.size("bar"), whole.height()), theme.color("primary"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setPen(QPen(theme.color("line_soft"), theme.size("hairline")))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)

    def _lay_out(self) -> None:
        self._first, self._second = QHBoxLayout(), QHBoxLayout()
        for widget in (self.name, self.state, self.arrow, self.choice):
            self._first.addWidget(widget)
        self._first.addWidget(self.text, 1)
        for widget in (*self._chips, self.day):
            self._first.addWidget(widget)
        self._whole = QVBoxLayout(self)
        self._whole.addLayout(self._first)
        self._whole.addLayout(self._second)
        self._whole.addWidget(self.details)
        self.setFocusProxy(self.choice)
        self._measure()

    def _measure(self) -> None:
        theme = current_theme()
        pad, small, around = theme.size("pad"), theme.size("gap_small"), theme.em(0.38)
        self._whole.setContentsMargins(pad, around, pad, around)
        self._whole.setSpacing(theme.size("gap_tiny"))
        for line in (self._first, self._second):
            line.setSpacing(small)
        self.details_body.setContentsMargins(0, theme.size("gap_tiny"), 0, small)
        self.details_body.setSpacing(small)

    def _arrange(self) -> None:
        """Stand in one line, or in two where there is little room."""
        is_wide = self.width() >= current_theme().em(_WIDE)
        if is_wide is self._is_wide:
            return
        self._is_wide = is_wide
        moving = (self.text, *self._chips, self.day)
        for widget in moving:
            (self._second if is_wide else self._first).removeWidget(widget)
        target = self._first if is_wide else self._second
        for widget in moving:
            target.addWidget(widget, int(widget is self.text))
        self._first.setStretch(0, 0 if is_wide else 1)
        self._size_name()

    def _size_name(self) -> None:
        if self._is_wide:
            self.name.setFixedWidth(self._name_width)
        else:
            self.name.setMinimumWidth(0)
            self.name.setMaximumWidth(_NO_LIMIT)
