"""How well a new password withstands guessing: a rough hint, only its length is required."""

from enum import StrEnum

from app.services.opening import SHORTEST_PASSWORD

_RUNS = ("0123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_COMMON = ("password", "iloveyou", "welcome", "admin", "zoufang", "5201314", "1314520", "woaini")
_STRONG_BITS = 55
_FAIR_BITS = 36
_RUN = 4


class Strength(StrEnum):
    """What the hint says."""

    EMPTY = "empty"
    TOO_SHORT = "too_short"
    WEAK = "weak"
    FAIR = "fair"
    STRONG = "strong"


def strength_of(password: str) -> Strength:
    """Judge a password by what a guesser would have to try."""
    if not password:
        return Strength.EMPTY
    if len(password) < SHORTEST_PASSWORD:
        return Strength.TOO_SHORT
    bits = _unforeseen(password.lower()) * _bits_per_character(password)
    if bits >= _STRONG_BITS:
        return Strength.STRONG
    return Strength.FAIR if bits >= _FAIR_BITS else Strength.WEAK


def _bits_per_character(password: str) -> float:
    kinds = (str.isdigit, str.islower, str.isupper)
    used = sum(any(kind(one) for one in password) for kind in kinds)
    others = any(not one.isalnum() for one in password)
    beyond = any(not one.isascii() for one in password)
    return (3.3, 3.3, 4.2, 5.0)[used] + others * 0.6 + beyond * 3


def _unforeseen(text: str) -> int:
    """Count the characters that do not follow from those before: repeats, runs and common words count once."""
    for word in _COMMON:
        text = text.replace(word, word[:1])
    count = 0
    for place, one in enumerate(text):
        before = text[max(0, place - 2) : place]
        if one in before or _goes_on(text[max(0, place - _RUN + 1) : place + 1]):
            continue
        count += 1
    return count


def _goes_on(part: str) -> bool:
    return len(part) == _RUN and any(part in run or part[::-1] in run for run in _RUNS)
