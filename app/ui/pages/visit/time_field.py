"""A field for a time of day, typed as people write it: 10:21, 1021, １０：２１."""

import re
from datetime import time

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from app.domain.units import half_width
from app.ui.look.theme import current_theme

_WRITTEN = re.compile(r"^(\d{1,2})[:.\s]?(\d{2})$")
_WIDTH = 7


def parse_time(text: str) -> time | None:
    """Return the time that was written; None if it is none."""
    found = _WRITTEN.match(half_width(text))
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2])
    return time(hour, minute) if hour < 24 and minute < 60 else None  # noqa: PLR2004


class TimeField(QLineEdit):
    """Marks what is no time and keeps it on the screen."""

    edited = Signal(object)
    """time | None"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText("--:--")
        self.setMaximumWidth(current_theme().em(_WIDTH))
        self.textEdited.connect(self._on_text_edited)

    def show_time(self, shown: time | None) -> None:
        """Show a time without telling it; what is being typed is left alone."""
        if parse_time(self.text()) == shown and (self.hasFocus() or shown is not None):
            return
        self.setText("" if shown is None else f"{shown:%H:%M}")
        self._mark(is_wrong=False)

    @Slot(str)
    def _on_text_edited(self, text: str) -> None:
        typed = parse_time(text)
        self._mark(is_wrong=bool(text.strip()) and typed is None)
        if typed is not None or not text.strip():
            self.edited.emit(typed)

    def _mark(self, *, is_wrong: bool) -> None:
        self.setProperty("problem", "error" if is_wrong else "")
        self.setToolTip(self.tr("Write a time such as 10:21") if is_wrong else "")
        self.style().polish(self)
