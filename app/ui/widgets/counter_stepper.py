"""A count that is stepped by two buttons or typed: − 21 +, with the last count below."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.units import parse_count
from app.ui.look.formats import NO_VALUE
from app.ui.look.theme import current_theme
from app.ui.widgets.buttons import IconButton
from app.ui.widgets.labels import ElidedLabel, TextLabel
from app.ui.widgets.painting import begin, draw_box, text_width


class CounterStepper(QWidget):
    """None until counted; the first press of a button, or =, takes over the last count."""

    changed = Signal(object)
    """int | None"""

    def __init__(self, label: str = "", unit: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value: int | None = None
        self._last: int | None = None
        self._label = ElidedLabel(label, "hint")
        self._less = IconButton("minus", self.tr("One less"), framed=True, color="text")
        self._more = IconButton("plus", self.tr("One more"), framed=True, color="text")
        self._field = _CountField()
        self._unit = TextLabel(unit, "hint")
        self._below = ElidedLabel("", "hint")
        self._below.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._build()
        for button in (self._less, self._more):
            button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # Tab goes from count to count; Up and Down step
        self._less.clicked.connect(self._on_less)
        self._more.clicked.connect(self._on_more)
        self._field.textEdited.connect(self._on_edited)
        self._field.stepped.connect(self._on_stepped)
        self._field.take_over_requested.connect(self.take_over)
        self.set_label(label)

    @property
    def value(self) -> int | None:
        """The count; None while it was not taken."""
        return self._value

    def set_value(self, value: int | None) -> None:
        """Show a count without telling it; a field in which the person is typing is left alone."""
        self._value = value
        if not self._field.hasFocus() or _read(self._field.text()) != value:
            self._field.setText("" if value is None else str(value))

    def set_last(self, last: int | None, words: str = "") -> None:
        """Show what was counted last time, as a number to take over and in words."""
        self._last = last
        self._below.setText(words)
        self._field.setPlaceholderText(NO_VALUE if last is None else str(last))
        self._field.updateGeometry()

    def set_label(self, label: str, unit: str | None = None) -> None:
        """Change the words."""
        self._label.setText(label)
        self._field.setAccessibleName(label)
        if unit is not None:
            self._unit.setText(unit)

    def step(self, by: int) -> None:
        """Count on; from nothing it takes over the last count."""
        if self._value is None:
            self.take_over()
        else:
            self._set(max(0, self._value + by))

    @Slot()
    def take_over(self) -> None:
        """Take over the last count, or 0 if there is none."""
        self._set(self._last or 0)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        draw_box(begin(self), QRectF(self.rect()), theme.color("surface"), theme.color("line"))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._less.set_name(self.tr("One less"))
            self._more.set_name(self.tr("One more"))

    def _build(self) -> None:
        theme = current_theme()
        tiny = theme.size("gap_tiny")
        middle = QHBoxLayout()
        middle.setSpacing(tiny)
        middle.addWidget(self._less)
        middle.addStretch(1)
        middle.addWidget(self._field)
        middle.addWidget(self._unit, 0, Qt.AlignmentFlag.AlignBottom)
        middle.addStretch(1)
        middle.addWidget(self._more)
        self._unit.setContentsMargins(0, 0, 0, tiny)
        whole = QVBoxLayout(self)
        side = theme.size("gap_small")
        whole.setContentsMargins(side, side, side, side)
        whole.setSpacing(tiny)
        whole.addWidget(self._label)
        whole.addLayout(middle)
        whole.addWidget(self._below)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFocusProxy(self._field)

    def _set(self, value: int | None) -> None:
        if value == self._value:
            return
        self._value = value
        self._field.setText("" if value is None else str(value))
        self.changed.emit(value)

    @Slot()
    def _on_less(self) -> None:
        self.step(-1)

    @Slot()
    def _on_more(self) -> None:
        self.step(1)

    @Slot(object)
    def _on_stepped(self, by: int) -> None:
        self.step(by)

    @Slot(str)
    def _on_edited(self, text: str) -> None:
        value = _read(text)
        if text.strip() and value is None:
            self._field.setProperty("problem", "error")
        else:
            self._field.setProperty("problem", "")
            if value != self._value:
                self._value = value
                self.changed.emit(value)
        self._field.style().polish(self._field)


class _CountField(QLineEdit):
    """The figure in the middle; digits of any width, Up and Down step, = takes over."""

    stepped = Signal(object)
    """int: 1 or −1"""
    take_over_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("countField")
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        self.setPlaceholderText(NO_VALUE)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self.updateGeometry)

    @override
    def sizeHint(self) -> QSize:
        theme = current_theme()
        font = theme.font("figure", bold=True)
        # Room for two figures from the start: a page must not arrange itself anew when the first count is typed.
        words = max(text_width(text, font) for text in (self.text(), self.placeholderText(), "88"))
        return QSize(int(words) + theme.em(0.7), theme.em(2.5))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()  # Qt's own has room for the widest character, which pushes the figure aside

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(1 if event.key() == Qt.Key.Key_Up else -1)
        elif event.text() in ("=", "＝"):
            self.take_over_requested.emit()
        else:
            super().keyPressEvent(event)


def _read(text: str) -> int | None:
    try:
        return parse_count(text)
    except ValueError:
        return None
