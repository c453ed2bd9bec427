"""Hides the middle of numbers and names until a person asks; the length stays, so that hits can be marked."""

from app.domain.archive import ArchiveField, FieldType, PersonalData

_NUMBERS = frozenset({"license_no", "phone_main"})
_OWN = frozenset({"manager_id"})
"""What tells of nobody but the person who works with it."""
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


def is_private(field: ArchiveField) -> bool:
    """Tell whether a value is hidden at first: texts about a person of the shop, and the licence number."""
    tells_of_person = field.pii > PersonalData.NONE and field.key not in _OWN
    return field.type is FieldType.TEXT and (tells_of_person or field.key in _NUMBERS)


def mask_field(field: ArchiveField, text: str) -> str:
    """Return the text of a field as it may be seen by whoever looks over the shoulder."""
    if not is_private(field):
        return text
    return mask_number(text) if field.key in _NUMBERS else mask_person(text)
