"""Arithmetic that the charts share: round scales and the places of values."""

import math

from PySide6.QtGui import QFont, QFontMetricsF


def round_top(largest: float) -> float:
    """Return the round number at the top of a scale that must show the largest value."""
    if largest <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(largest))
    for step in (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0):
        if step * power >= largest:
            return step * power
    return 10.0 * power


def scale_width(top: float, font: QFont) -> float:
    """Return the room that the words of a scale with a middle and a top need."""
    metrics = QFontMetricsF(font)
    return max(metrics.horizontalAdvance(scale_words(top)), metrics.horizontalAdvance(scale_words(top / 2)))


def scale_words(value: float) -> str:
    """Write a value of the scale, shortened from ten thousand on."""
    if value >= 10_000:  # noqa: PLR2004
        return f"{value / 1000:g}k"
    return f"{value:g}"


def every_nth_label(count: int, width: float, label_width: float) -> int:
    """Return how many labels to go on at a time so that none touches the next."""
    if count <= 1 or width <= 0:
        return 1
    return max(1, math.ceil(label_width / (width / count)))
