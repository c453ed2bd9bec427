"""The tones that a chip, a bar or a choice can have: always a word or letter beside the colour."""

from enum import StrEnum

from PySide6.QtGui import QColor

from app.ui.look.theme import current_theme


class Tone(StrEnum):
    """What a colour says; every tone has a soft ground and a text colour that reads on it."""

    PRIMARY = "primary"
    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    BLUE = "blue"
    GREY = "grey"

    @property
    def ground(self) -> QColor:
        """The soft colour behind words."""
        return current_theme().color(f"{self.value}_soft")

    @property
    def ink(self) -> QColor:
        """The colour of words."""
        return current_theme().color(f"{self.value}_text")

    @property
    def fill(self) -> QColor:
        """The strong colour of lines and shapes."""
        return current_theme().color(self.value)


GRADE_TONES = {"A": Tone.GREEN, "B": Tone.AMBER, "C": Tone.RED}
"""The tone of a state, shown with its letter."""
