"""Hides the middle of numbers and names until a person asks; the length stays, so that hits can be marked."""

_HEAD = 3
_TAIL = 4
_STAR = "*"


def mask_number(text: str) -> str:
    """Hide the middle of a licence or phone number: 330*****0417; short numbers keep only their end."""
    if len(text) <= _TAIL:
        return text
    head = _HEAD if len(text) > _HEAD + _TAIL else 0
    return text[:head] + _STAR * (len(text) - head - _TAIL) + text[-_TAIL:]


def mask_person(text: str) -> str:
    """Hide a name but for its first character: 周**."""
    return text[:1] + _STAR * (len(text) - 1)
