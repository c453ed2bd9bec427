"""What stands against a move of a visit: codes of the rules that it breaks, and which of them nobody may break."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Breach(StrEnum):
    """The rules that a move can break; the first four are never broken, the others a person may break knowingly."""

    BEGUN = "begun"
    LOCKED = "locked"
    PAST = "past"
    TWICE = "twice"
    DAY_OFF = "day_off"
    DEADLINE = "deadline"
    FULL = "full"


NEVER = frozenset({Breach.BEGUN, Breach.LOCKED, Breach.PAST, Breach.TWICE})


@dataclass(frozen=True, slots=True)
class Target:
    """The day that a visit would come to, as it would be with it."""

    day: date
    is_working: bool
    has_shop_already: bool
    is_over: bool
    """More would be planned on it than fits."""


def breach_of(
    target: Target, today: date, *, from_day: date, is_planned: bool, locked: bool, due_by: date | None
) -> Breach | None:
    """Return the gravest rule that a move to the target breaks; None when it breaks none."""
    stays = target.day == from_day
    found = {
        Breach.BEGUN: not is_planned,
        Breach.LOCKED: locked and not stays,
        Breach.PAST: target.day < today,
        Breach.TWICE: target.has_shop_already,
        Breach.DAY_OFF: not target.is_working,
        Breach.DEADLINE: due_by is not None and target.day > due_by,
        Breach.FULL: target.is_over and not stays,
    }
    return next((breach for breach, is_so in found.items() if is_so), None)
