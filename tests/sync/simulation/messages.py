"""What laptops and head office of the model say to each other, and the rules of its tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.sync.core.applying import Cursor
from app.sync.core.deciding import Operation
from app.sync.core.registry import Home, Kind, Parent, Policy, TableRule

RowKey = tuple[str, str]
TERRITORIES = ("terr:a", "terr:b", "terr:c")
CUSTOMER_FIELDS = {
    "name": Policy.OFFICE,
    "licence": Policy.REVIEW,
    "note": Policy.FIELD,
    "phone": Policy.LATEST,
    "tags": Policy.UNION,
}
RULES = {
    "customer": TableRule("customer", Kind.ARCHIVE, Home.TERRITORY, policies=CUSTOMER_FIELDS),
    "visit": TableRule("visit", Kind.AUTHORED, Home.TERRITORY, (Parent("customer_id", "customer"),)),
    "task": TableRule("task", Kind.ASSIGNED, Home.PERSON, reported=frozenset({"state", "report_note"})),
}


class NoConnection(Exception):  # noqa: N818 - a plain word, as everywhere
    """The line broke: the laptop knows nothing of what became of its request."""


class Crash(Exception):  # noqa: N818 - a plain word, as everywhere
    """The laptop went off; what it had stored is all it has."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """An answer of the closed set of errors."""

    error: str
    last: int = 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """The verdict on one operation, with the row as it is committed."""

    no: int
    id: str
    status: str
    version: int | None = None
    scope: str | None = None
    deleted: bool = False
    values: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """A row of the feed; `values` is None for an exit."""

    scope: str
    key: RowKey
    version: int
    deleted: bool
    values: Mapping[str, Any] | None


@dataclass(slots=True)
class Page:
    """The answer to a pull."""

    drop: list[str] = field(default_factory=list[str])
    reset: list[str] = field(default_factory=list[str])
    items: list[Item] = field(default_factory=list[Item])
    cursors: dict[str, Cursor] = field(default_factory=dict[str, Cursor])
    done: bool = False
    digests: dict[str, int] = field(default_factory=dict[str, int])


def parts(value: Any) -> list[Any]:
    """Return the elements of a list, or the one value."""
    return [] if value is None else list(value) if isinstance(value, list) else [value]


@dataclass(slots=True)
class Witness:
    """Knows what no machine of the model knows: what a person had before his eyes when he changed something."""

    saw: dict[str, Mapping[str, Any]] = field(default_factory=dict[str, Mapping[str, Any]])
    past: dict[Any, set[Any]] = field(default_factory=dict[Any, set[Any]])
    """What each value took the place of, in whatever history of head office."""
    violations: list[str] = field(default_factory=list[str])
    counter: int = 0

    def number(self) -> int:
        """Return a number never given before."""
        self.counter += 1
        return self.counter

    def moment(self, skew: int = 0) -> str:
        """Return a time that goes on with each number, wrong by some seconds."""
        seconds = max(self.counter + skew, 0)
        return f"2026-01-01T{seconds // 3600 % 24:02}:{seconds // 60 % 60:02}:{seconds % 60:02}Z"

    def made(self, op: Operation, screen: Mapping[str, Any], own: Sequence[Operation]) -> None:
        """Remember what the maker of an operation had seen: what was on the screen, and what he had written himself."""
        saw = {name: parts(value) for name, value in screen.items()}
        for earlier in own:
            for name, value in earlier.set.items():
                saw.setdefault(name, []).extend(parts(value))
        self.saw[op.id] = saw
        for name, value in op.set.items():
            self.follows(value, screen.get(name))

    def follows(self, new: Any, old: Any) -> None:
        """Remember that a value took the place of another."""
        present = parts(new)
        went = {part for part in parts(old) if part not in present}
        for part in [*went]:
            went |= self.past.get(part, set())
        for part in present:
            self.past.setdefault(part, set()).update(went)

    def unseen(self, lost: list[Any], seen: Any) -> list[Any]:
        """Return those of the values that neither were seen nor had gone before what was seen."""
        known = {*parts(seen), *(old for part in parts(seen) for old in self.past.get(part, ()))}
        return [part for part in lost if part not in known]

    def blame(self, invariant: str, what: str) -> None:
        """Note that an invariant is broken."""
        self.violations.append(f"{invariant}: {what}")
