"""Code lists of the trade: a code has a name in both languages; codes that nobody knows are shown as they are."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.diagnosis import State
from app.domain.text import Text
from app.domain.units import half_width


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a code list."""

    code: str
    name: Text
    note: Text | None = None
    aliases: tuple[str, ...] = ()
    """Other ways in which imported files write it."""
    low: int | None = None
    """Where the choice is a band of numbers: the smallest one in it."""
    high: int | None = None
    """The first number above the band."""
    grade: State | None = None
    """What the choice means where it answers a criterion of the diagnosis."""
    details: tuple["Choice", ...] = ()
    """The second level: reasons of an outcome, sub-formats of a format."""

    def detail(self, code: str) -> Text:
        """Return the name of a second-level code, or the code itself."""
        return next((d.name for d in self.details if d.code == code), Text(code, code))

    def holds(self, number: int) -> bool:
        """Tell whether the number lies in this band."""
        if self.low is None and self.high is None:
            return False
        return (self.low is None or number >= self.low) and (self.high is None or number < self.high)


@dataclass(frozen=True, slots=True)
class Enumeration:
    """A code list."""

    id: str
    name: Text
    choices: tuple[Choice, ...]
    _by_code: Mapping[str, Choice] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_code", {c.code: c for c in self.choices})

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the codes in the order of the list."""
        return tuple(self._by_code)

    def choice(self, code: str) -> Choice | None:
        """Return the choice with that code."""
        return self._by_code.get(code)

    def label(self, code: str) -> Text:
        """Return the name of a code; a code that is not in the list is its own name."""
        choice = self._by_code.get(code)
        return choice.name if choice else Text(code, code)

    def find(self, written: str) -> str | None:
        """Return the code that a file means by this text: a code, a name in either language or another spelling."""
        wanted = half_width(written).casefold()
        exact = next((c.code for c in self.choices if c.code.casefold() == wanted), None)
        if exact is not None:
            return exact
        return next((c.code for c in self.choices if wanted in _spellings(c)), None)

    def code_for(self, number: int) -> str | None:
        """Return the code of the band in which the number lies."""
        return next((c.code for c in self.choices if c.holds(number)), None)

    def grade(self, code: str | None) -> State | None:
        """Return what the code means for the diagnosis, if anything."""
        choice = self._by_code.get(code) if code is not None else None
        return choice.grade if choice else None


@dataclass(frozen=True, slots=True)
class Enumerations:
    """All code lists of a playbook."""

    id: str
    version: int
    lists: tuple[Enumeration, ...]
    _by_id: Mapping[str, Enumeration] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_id", {e.id: e for e in self.lists})

    def __getitem__(self, enumeration: str) -> Enumeration:
        return self._by_id[enumeration]

    def __contains__(self, enumeration: object) -> bool:
        return enumeration in self._by_id

    def label(self, enumeration: str | None, code: str) -> Text:
        """Return the name of a code in a list; the code itself where list or code are unknown."""
        known = self._by_id.get(enumeration) if enumeration is not None else None
        return known.label(code) if known else Text(code, code)


def _spellings(choice: Choice) -> frozenset[str]:
    return frozenset(half_width(s).casefold() for s in (choice.name.zh, choice.name.en, *choice.aliases))
