"""Sizes and times left as a person reads them, by one rule for the window and the command line."""

import math

_KILO = 1024
_MEGA_FROM = 1000
"""KB from which a size is written in MB."""
_MINUTE = 60


def size_words(size: int) -> str:
    """Return bytes as a person reads them: 175 KB, 41.0 MB; anything at all is at least 1 KB."""
    kilo = size / _KILO
    return f"{max(1, round(kilo)) if size else 0} KB" if kilo < _MEGA_FROM else f"{kilo / _KILO:.1f} MB"


def minutes_left(seconds: float) -> int:
    """Return whole minutes, rounded up; 0 is under a minute."""
    return 0 if seconds < _MINUTE else math.ceil(seconds / _MINUTE)
