"""What the forms of the start window share: title, words, fields below each other, a line of buttons."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.look.theme import current_theme
from app.ui.widgets.labels import TextLabel
from app.ui.widgets.message_bar import MessageBar
from app.ui.widgets.tones import Tone


class FormFrame(QWidget):
    """A column: title, explanation, trouble, the form's own widgets, buttons."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._title = TextLabel("", "title", wrap=True)
        self._title.setObjectName(f"{name}Title")
        self._words = TextLabel("", "muted", wrap=True)
        self.trouble = MessageBar()
        self.trouble.setObjectName(f"{name}Trouble")
        self.body = QVBoxLayout()
        self.buttons = QHBoxLayout()
        theme = current_theme()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.size("gap"))
        self.body.setSpacing(theme.size("gap"))
        self.buttons.setSpacing(theme.size("gap_small"))
        whole.addWidget(self._title)
        whole.addWidget(self._words)
        whole.addWidget(self.trouble)
        whole.addLayout(self.body)
        whole.addLayout(self.buttons)

    def set_words(self, title: str, words: str) -> None:
        """Show the title and the explanation."""
        self._title.setText(title)
        self._words.setText(words)
        self._words.setVisible(bool(words))

    def show_trouble(self, text: str, tone: Tone = Tone.RED) -> None:
        """Say what went wrong; empty for nothing."""
        if text:
            if text != self.trouble.text:
                self.trouble.show_message(text, tone)
        else:
            self.trouble.clear()

    def add_button(self, button: QWidget) -> None:
        """Add a button to the line at the end, from the left."""
        self.buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
