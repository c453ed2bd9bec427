"""A field for a time of day, typed as people write it: 10:21, 1021, １０：２１."""

import re
from datetime import time
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.units import half_width
from app.ui.look.theme import current_theme
from app.ui.pages.visit.typed_field import TypedField

if TYPE_CHECKING:
    from collections.abc import Callable

_WRITTEN = re.compile(r"^(\d{1,2})[:.\s]?(\d{2})$")
_WIDTH = 7


def parse_time(text: str) -> time | None:
    """Return the time that was written; None if it is none."""
    found = _WRITTEN.match(half_width(text))
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2])
    return time(hour, minute) if hour < 24 and minute < 60 else None  # noqa: PLR2004


class TimeField(TypedField[time]):
    """Marks what is no time, says so, and keeps it on the screen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.limit: Callable[[time], str] | None = None
        """Says what speaks against a time; empty if nothing does."""
        self.setPlaceholderText("--:--")
        self.setMaximumWidth(current_theme().em(_WIDTH))

    def show_time(self, shown: time | None) -> None:
        """Show a time without telling it; what is being typed is left alone."""
        self.show_value(shown)

    @override
    def read_text(self, text: str) -> time | None:
        return parse_time(text)

    @override
    def write_value(self, value: time) -> str:
        return f"{value:%H:%M}"

    @override
    def problem_of(self, text: str, value: time | None) -> str:
        if value is not None:
            return "" if self.limit is None else self.limit(value)
        words = self.tr("'%1' is no time of day: write it as 10:21 or 1021. The time of before stays.")
        return words.replace("%1", text.strip())
