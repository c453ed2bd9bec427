"""What a page says while it has nothing to show: one sentence, and what to do next."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from app.ui.look.icons import paint_icon
from app.ui.look.theme import current_theme
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import TextLabel
from app.ui.widgets.painting import begin


class EmptyState(QWidget):
    """An icon, a sentence, and a button if there is something to do."""

    action_requested = Signal()

    def __init__(self, icon: str = "info", text: str = "", action: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = _Picture(icon)
        self._text = TextLabel(text, "muted", wrap=True)
        self._text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._action = Button(action, "primary")
        theme = current_theme()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.size("pad"), theme.size("pad"), theme.size("pad"), theme.size("pad"))
        layout.setSpacing(theme.size("gap"))
        layout.addStretch(1)
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self._text)
        layout.addWidget(self._action, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(2)
        self._action.clicked.connect(self.action_requested)
        self.set_words(text, action)

    def set_words(self, text: str, action: str = "") -> None:
        """Show another sentence and another button (none if empty)."""
        self._text.setText(text)
        self._action.setText(action)
        self._action.setVisible(bool(action))
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
