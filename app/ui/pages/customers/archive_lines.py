"""The archive as lines to show: headings and fields, worded in a language, private values hidden until asked for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from app.domain.archive import ArchiveField, FieldType, Owner
from app.domain.enumerations import Enumerations
from app.domain.masking import is_private, mask_field
from app.domain.text import Language
from app.domain.units import format_money
from app.services.customer_profile import ArchivePart, ArchiveValue, CustomerProfile
from app.ui.look.formats import NO_VALUE, format_count, format_iso
from app.ui.widgets.tones import Tone

_YES_NO = {Language.ZH: ("是", "否"), Language.EN: ("Yes", "No")}
_JOINED = {Language.ZH: "、", Language.EN: ", "}

Mark = tuple[str, Tone, str]
"""How far a proposed change is, its tone, and what is said about it."""


@dataclass(frozen=True, slots=True)
class ArchiveLine:
    """A heading (without a field) or a field with its value in words."""

    label: str
    field: ArchiveField | None = None
    value: str = ""
    edited: str = ""
    """The value as it stands in the editor."""
    codes: tuple[str, ...] = ()
    choices: tuple[tuple[str, str], ...] = ()
    """(code, words) to choose from."""
    is_private: bool = False
    is_hidden: bool = False
    """Private, and only its end is shown."""
    is_empty: bool = False
    mark: str = ""
    """How far a proposed change of the field is."""
    mark_tone: Tone = Tone.GREY
    mark_text: str = ""

    @property
    def key(self) -> str:
        """The key of the field; empty for a heading."""
        return "" if self.field is None else self.field.key

    @property
    def is_editable(self) -> bool:
        """Whether the manager may write it."""
        return self.field is not None and self.field.owner.editable

    @property
    def is_proposal(self) -> bool:
        """Whether head office has to confirm what the manager writes."""
        return self.field is not None and self.field.owner is Owner.MANAGER_PROPOSES


def archive_lines(
    profile: CustomerProfile,
    enumerations: Enumerations,
    language: Language,
    revealed: frozenset[str],
    *,
    with_empty: bool,
    marks: Mapping[str, Mark] = MappingProxyType({}),
) -> tuple[ArchiveLine, ...]:
    """Return the lines of a customer's archive; fields without a value only when asked for, or with a mark."""
    lines: list[ArchiveLine] = []
    for part in profile.archive:
        fields = tuple(_fields(part, enumerations, language, revealed, marks, with_empty=with_empty))
        if fields:
            lines += [ArchiveLine(part.name.of(language)), *fields]
    return tuple(lines)


def _fields(
    part: ArchivePart,
    enumerations: Enumerations,
    language: Language,
    revealed: frozenset[str],
    marks: Mapping[str, Mark],
    *,
    with_empty: bool,
) -> Iterator[ArchiveLine]:
    for one in part.values:
        mark = marks.get(one.field.key, ("", Tone.GREY, ""))
        if one.value is None and not with_empty and not mark[0]:
            continue
        hidden = is_private(one.field) and one.value is not None and one.field.key not in revealed
        words = value_words(one, enumerations, language)
        yield ArchiveLine(
            one.field.label.of(language),
            one.field,
            mask_field(one.field, words) if hidden else words,
            _edited(one),
            _codes(one),
            _choices(one.field, enumerations, language),
            is_private=is_private(one.field) and one.value is not None,
            is_hidden=hidden,
            is_empty=one.value is None,
            mark=mark[0],
            mark_tone=mark[1],
            mark_text=mark[2],
        )


def value_words(one: ArchiveValue, enumerations: Enumerations, language: Language) -> str:  # noqa: PLR0911  one per type
    """Return the value of a field in words."""
    value, field_ = one.value, one.field
    unit = f" {field_.unit.of(language)}" if field_.unit is not None else ""
    match value:
        case None:
            return NO_VALUE
        case bool():
            return _YES_NO[language][0 if value else 1]
        case list():
            return _JOINED[language].join(enumerations.label(field_.enum, code).of(language) for code in value)
        case date():
            return format_iso(value)
        case Decimal():
            return f"{value.normalize():f}{unit}"
        case int() if field_.type is FieldType.MONEY:
            return f"{format_money(value)}{unit}"
        case int() if field_.type is FieldType.INT:
            return f"{format_count(value)}{unit}"
        case _:
            return enumerations.label(field_.enum, str(value)).of(language) if field_.enum else f"{value}{unit}"


def _edited(one: ArchiveValue) -> str:
    match one.value:
        case None:
            return ""
        case bool():
            return "yes" if one.value else "no"
        case int() if one.field.type is FieldType.MONEY:
            return f"{one.value / 100:.2f}"
        case Decimal():
            return f"{one.value.normalize():f}"
        case date():
            return one.value.isoformat()
        case _:
            return str(one.value)


def _codes(one: ArchiveValue) -> tuple[str, ...]:
    if isinstance(one.value, list):
        return tuple(one.value)
    return () if one.value is None else (_edited(one),)


def _choices(field_: ArchiveField, enumerations: Enumerations, language: Language) -> tuple[tuple[str, str], ...]:
    if field_.type is FieldType.BOOL:
        yes, no = _YES_NO[language]
        return (("yes", yes), ("no", no))
    if field_.enum is None or field_.enum not in enumerations:
        return ()
    return tuple((choice.code, choice.name.of(language)) for choice in enumerations[field_.enum].choices)
