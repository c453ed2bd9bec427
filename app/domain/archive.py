"""The data dictionary of the customer archive: what a field is called, who owns it, how private it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

from app.domain.text import Text


class Section(StrEnum):
    """The parts of the archive, in the order of the form."""

    IDENTITY = "identity"
    BASIC = "basic"
    LOCATION = "location"
    LEVEL = "level"
    TRADE = "trade"
    LAW = "law"
    RELATION = "relation"


class FieldType(StrEnum):
    """What a field holds."""

    TEXT = "text"
    INT = "int"
    DECIMAL = "decimal"
    DATE = "date"
    BOOL = "bool"
    ENUM = "enum"
    MULTI_ENUM = "multi_enum"
    MONEY = "money"


class Owner(StrEnum):
    """Who may say what the value is."""

    HEAD_OFFICE = "HO"
    MANAGER = "CM"
    MANAGER_PROPOSES = "CM*"
    COMPUTED = "computed"

    @property
    def editable(self) -> bool:
        """Whether the manager may write it: at once, or as a proposal that head office confirms."""
        return self in {Owner.MANAGER, Owner.MANAGER_PROPOSES}


class PersonalData(IntEnum):
    """How private a field is."""

    NONE = 0
    ORDINARY = 1
    SENSITIVE = 2


@dataclass(frozen=True, slots=True)
class ArchiveField:
    """One field of the archive."""

    key: str
    section: Section
    label: Text
    type: FieldType
    owner: Owner
    pii: PersonalData = PersonalData.NONE
    enum: str | None = None
    unit: Text | None = None
    expect: str | None = None
    """The usual form as a regular expression; anything else is only warned of."""
    hint: Text | None = None
    decimals: int | None = None
    low: int | None = None
    high: int | None = None
    consent: bool = False
    """Only with the day on which the person agreed."""
    off: bool = False
    """Belongs to a module that is off unless the company switches it on."""


@dataclass(frozen=True, slots=True)
class ArchiveSection:
    """A part of the archive with its heading."""

    key: Section
    name: Text


@dataclass(frozen=True, slots=True)
class Archive:
    """The whole data dictionary."""

    id: str
    version: int
    sections: tuple[ArchiveSection, ...]
    fields: tuple[ArchiveField, ...]
    _by_key: Mapping[str, ArchiveField] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_key", {f.key: f for f in self.fields})

    def field(self, key: str) -> ArchiveField | None:
        """Return the field with that key."""
        return self._by_key.get(key)

    def of_section(self, section: Section, *, with_off: bool = False) -> tuple[ArchiveField, ...]:
        """Return the fields of a part in the order of the form, those switched off only when asked for."""
        return tuple(f for f in self.fields if f.section is section and (with_off or not f.off))
