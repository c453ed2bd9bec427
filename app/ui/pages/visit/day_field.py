"""A field for a day, typed as people write it: 2026-12-05, 12-5, 12月5日, １２．５."""

import re
from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from app.domain.units import half_width
from app.ui.look.formats import format_iso
from app.ui.look.theme import current_theme

_FULL = re.compile(r"^(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?$|^(\d{4})(\d{2})(\d{2})$")
_SHORT = re.compile(r"^(\d{1,2})[-./月](\d{1,2})日?$")
_WIDTH = 8.4


def parse_day(text: str, after: date) -> date | None:
    """Return the day that was written; without a year the next such day from `after` on. None if it is none."""
    written = half_width(text).replace(" ", "")
    full, short = _FULL.match(written), _SHORT.match(written)
    if full is not None:
        year, month, day = (int(part) for part in full.groups() if part is not None)
        return _day(year, month, day)
    if short is None:
        return None
    found = _day(after.year, int(short[1]), int(short[2]))
    return _day(after.year + 1, int(short[1]), int(short[2])) if found is not None and found < after else found


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


class DayField(QLineEdit):
    """Marks what is no day and keeps it on the screen."""

    edited = Signal(object)
    """date | None"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._after = date.min
        self.setPlaceholderText("---- -- --")
        self.setFixedWidth(current_theme().em(_WIDTH))
        self.textEdited.connect(self._on_text_edited)

    def set_after(self, after: date) -> None:
        """Take a day written without its year as the next one from here on."""
        self._after = after

    def show_day(self, shown: date | None) -> None:
        """Show a day without telling it; what is being typed is left alone."""
        if parse_day(self.text(), self._after) == shown and (self.hasFocus() or shown is not None):
            return
        self.setText("" if shown is None else format_iso(shown))
        self._mark(is_wrong=False)

    @Slot(str)
    def _on_text_edited(self, text: str) -> None:
        typed = parse_day(text, self._after)
        self._mark(is_wrong=bool(text.strip()) and typed is None)
        if typed is not None or not text.strip():
            self.edited.emit(typed)

    def _mark(self, *, is_wrong: bool) -> None:
        self.setProperty("problem", "error" if is_wrong else "")
        self.setToolTip(self.tr("Write a day such as 2026-12-05 or 12-5") if is_wrong else "")
        self.style().polish(self)
