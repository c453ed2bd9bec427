"""A field for a day, typed as people write it: 2026-12-05, 12-5, 12月5日, １２．５."""

import re
from datetime import date

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.units import half_width
from app.ui.look.formats import format_date, format_iso
from app.ui.look.theme import current_theme
from app.ui.look.translations import current_language
from app.ui.pages.visit.typed_field import TypedField

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


class DayField(TypedField[date]):
    """Marks what is no day, or a day too early, says so, and keeps it on the screen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._after = date.min
        self._earliest = date.min
        self.setPlaceholderText("---- -- --")
        self.setFixedWidth(current_theme().em(_WIDTH))

    def set_after(self, after: date) -> None:
        """Take a day written without its year as the next one from here on."""
        self._after = after

    def set_earliest(self, earliest: date) -> None:
        """Refuse days before this one."""
        self._earliest = earliest

    def show_day(self, shown: date | None) -> None:
        """Show a day without telling it; what is being typed is left alone."""
        self.show_value(shown)

    @override
    def read_text(self, text: str) -> date | None:
        return parse_day(text, self._after)

    @override
    def write_value(self, value: date) -> str:
        return format_iso(value)

    @override
    def problem_of(self, text: str, value: date | None) -> str:
        if value is None:
            words = self.tr("'%1' is no day of the calendar: write it as 2026-12-05 or 12-5. The day of before stays.")
            return words.replace("%1", text.strip())
        if value < self._earliest:
            words = self.tr("%1 is in the past: choose %2 or later. The day of before stays.")
            language = current_language()
            return words.replace("%1", format_date(value, language)).replace(
                "%2", format_date(self._earliest, language)
            )
        return ""
