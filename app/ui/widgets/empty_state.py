"""What a page says while it has nothing to show: one sentence, and what to do next."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.ui.look.icons import paint_icon
from app.ui.look.theme import current_theme
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import TextLabel
from app.ui.widgets.painting import begin


class EmptyState(QWidget):
    """An icon, a sentence, and a button if there is something to do; a second one if there is another way."""

    action_requested = Signal()
    other_requested = Signal()

    def __init__(self, icon: str = "info", text: str = "", action: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = _Picture(icon)
        self._text = TextLabel(text, "muted", wrap=True)
        self._text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._action = Button(action, "primary")
        self._other = Button("")
        theme = current_theme()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.size("pad"), theme.size("pad"), theme.size("pad"), theme.size("pad"))
        layout.setSpacing(theme.size("gap"))
        layout.addStretch(1)
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self._text)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.size("gap"))
        buttons.addStretch(1)
        buttons.addWidget(self._action)
        buttons.addWidget(self._other)
        buttons.addStretch(1)
        layout.addLayout(buttons)
        layout.addStretch(2)
        self._action.clicked.connect(self.action_requested)
        self._other.clicked.connect(self.other_requested)
        self.set_words(text, action)

    def set_words(self, text: str, action: str = "", other: str = "") -> None:
        """Show another sentence and other buttons (none where empty)."""
        self._text.setText(text)
        self._action.setText(action)
        self._action.setVisible(bool(action))
        self._other.setText(other)
        self._other.setVisible(bool(other))
        self.setAccessibleName(text)


class _Picture(QWidget):
    """The icon, big and faint."""

    def __init__(self, icon: str) -> None:
        super().__init__()
        self._icon = icon
        side = current_theme().em(3.4)
        self.setFixedSize(side, side)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = begin(self)
        rect = QRectF(self.rect())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("grey_soft"))
        painter.drawEllipse(rect)
        inset = rect.width() * 0.26
        paint_icon(painter, self._icon, rect.adjusted(inset, inset, -inset, -inset), theme.color("muted"))
