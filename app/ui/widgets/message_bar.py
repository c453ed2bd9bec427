"""A bar that says what happened, what is safe and what to do; never in the way of the work."""

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget
from typing_extensions import override

from app.ui.look.icons import paint_icon
from app.ui.look.theme import current_theme
from app.ui.widgets.buttons import Button, IconButton
from app.ui.widgets.labels import TextLabel
from app.ui.widgets.painting import begin, draw_box, is_language_event
from app.ui.widgets.tones import Tone

_ICONS = {Tone.RED: "error", Tone.AMBER: "warning", Tone.GREEN: "done"}


class MessageBar(QWidget):
    """Hidden until `show_message`; one action and a cross."""

    action_requested = Signal()
    dismissed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone = Tone.BLUE
        self._text = TextLabel(wrap=True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._action = Button("", "quiet", small=True)
        self._close = IconButton("close")
        self._space = QLabel()
        layout = QHBoxLayout(self)
        theme = current_theme()
        tiny = theme.size("gap_tiny")
        layout.setContentsMargins(theme.size("gap"), tiny, tiny, tiny)
        layout.setSpacing(theme.size("gap_small"))
        self._space.setFixedWidth(theme.size("icon"))
        layout.addWidget(self._space)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._action)
        layout.addWidget(self._close)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._action.clicked.connect(self.action_requested)
        self._close.clicked.connect(self._on_closed)
        self._retranslate()
        self.hide()

    @property
    def text(self) -> str:
        """The words shown; empty while the bar is hidden."""
        return "" if self.isHidden() else self._text.text()

    @property
    def line_width(self) -> int:
        """How wide the bar is with its words in one line."""
        layout = self.layout()
        assert layout is not None  # noqa: S101 - it is made with the bar
        shown = [self._space, self._close, *([] if self._action.isHidden() else [self._action])]
        margins = layout.contentsMargins()
        words = (
            self._text.fontMetrics().horizontalAdvance(self._text.text()) + self._text.fontMetrics().averageCharWidth()
        )
        rest = sum(widget.sizeHint().width() for widget in shown) + layout.spacing() * len(shown)
        return margins.left() + words + rest + margins.right()

    def show_message(self, text: str, tone: Tone = Tone.BLUE, action: str = "") -> None:
        """Show words, and a button for the one thing to do about them."""
        self._tone = tone
        self._text.setText(text)
        self._action.setText(action)
        self._action.setVisible(bool(action))
        self.setAccessibleName(text)
        self.show()
        self.update()

    def clear(self) -> None:
        """Hide the bar."""
        self.hide()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_language_event(event) and hasattr(self, "_close"):
            self._retranslate()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = begin(self)
        draw_box(painter, QRectF(self.rect()), self._tone.ground, self._tone.fill)
        icon = QRectF(self._space.geometry())
        paint_icon(painter, _ICONS.get(self._tone, "info"), icon, self._tone.ink)

    def _retranslate(self) -> None:
        self._close.set_name(self.tr("Dismiss"))

    def _on_closed(self) -> None:
        self.hide()
        self.dismissed.emit()
