"""The search box of the top bar; results are shown by its page, never in a popup with a second field."""

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from app.ui.look.icons import paint_icon
from app.ui.look.theme import current_theme
from app.ui.widgets.painting import begin, draw_box, draw_text, is_look_event, text_width


class SearchField(QLineEdit):
    """A field with a magnifier and its shortcut; listen to `textEdited`, which is silent while a word is composed."""

    focused = Signal()

    def __init__(self, placeholder: str = "", shortcut: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shortcut = shortcut
        self.set_placeholder(placeholder)
        self.setClearButtonEnabled(False)
        self._measure()

    def set_placeholder(self, text: str) -> None:
        """Say what can be searched."""
        self.setPlaceholderText(text)
        self.setAccessibleName(text)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_look_event(event):
            self._measure()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme = current_theme()
        painter = begin(self)
        side = theme.size("icon")
        top = (self.height() - side) / 2
        paint_icon(painter, "search", QRectF(theme.size("gap_small"), top, side, side), theme.color("muted"))
        if not self._shortcut or self.text() or self.hasFocus():
            return
        font = theme.font("caption")
        width = text_width(self._shortcut, font) + theme.em(0.9)
        height = theme.em(1.45)
        box = QRectF(self.width() - width - theme.size("gap_small"), (self.height() - height) / 2, width, height)
        draw_box(painter, box, theme.color("surface"), theme.color("line_strong"), "radius_chip")
        draw_text(painter, box, self._shortcut, font, theme.color("muted"), Qt.AlignmentFlag.AlignCenter)

    def _measure(self) -> None:
        theme = current_theme()
        right = int(text_width(self._shortcut, theme.font("caption"))) + theme.em(1.2) if self._shortcut else 0
        self.setTextMargins(theme.size("icon") + theme.em(0.25), 0, right, 0)
