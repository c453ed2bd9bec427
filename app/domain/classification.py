"""How a shop is classed: composite code (CZ1), the manager's influence, licence reminders and visit-due colours."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.domain.units import half_width

LICENCE_STEPS = (90, 60, 30)
RENEWAL_DAYS = 30
_WEEK = 7
_TWO_WEEKS = 14
_FORTNIGHT_ANCHOR = date(2024, 1, 1).toordinal()
_WEAK_SIGNS = 2


@dataclass(frozen=True, slots=True)
class CodeScheme:
    """The letters and digits that a composite code may have; the meanings are in the playbook."""

    name: str
    markets: str
    formats: str
    sizes: str = "123"


CT2008 = CodeScheme("CT2008", "CX", "ZBSNYFQ")


@dataclass(frozen=True, slots=True)
class CompositeCode:
    """市场类型 + 经营业态 + 经营规模, and whatever a region appends: CZ1 is town, grocery, large."""

    market: str
    format: str
    size: str
    ext: str = ""

    @property
    def base(self) -> str:
        """The three signs without the regional part."""
        return self.market + self.format + self.size

    @property
    def text(self) -> str:
        """The code as it is written."""
        return self.base + self.ext


def parse_code(text: str, scheme: CodeScheme = CT2008) -> CompositeCode | None:
    """Read a composite code, full-width and lower-case letters included; None if the scheme does not know it."""
    signs = (scheme.markets, scheme.formats, scheme.sizes)
    pattern = "".join(f"([{re.escape(allowed)}])" for allowed in signs) + r"\s*(.*)"
    cleaned = half_width(text)
    found = re.fullmatch(pattern, cleaned[:3].upper() + cleaned[3:])
    return CompositeCode(*found.groups()) if found else None


class Influence(StrEnum):
    """The manager's influence (影响能力) on a shop, and the strength of each of its three signs."""

    STRONG = "strong"
    ORDINARY = "ordinary"
    WEAK = "weak"


def influence(rapport: Influence | None, advice: Influence | None, law: Influence | None) -> Influence | None:
    """Rate the influence from its three signs: all strong is strong, two weak are weak, else ordinary.

    None while a missing sign could still change the answer.
    """
    signs = (rapport, advice, law)
    if signs.count(Influence.WEAK) >= _WEAK_SIGNS:
        return Influence.WEAK
    if None in signs:
        return None
    return Influence.STRONG if signs.count(Influence.STRONG) == len(signs) else Influence.ORDINARY


@dataclass(frozen=True, slots=True)
class LicenceReminder:
    """How long the retail licence still holds; `step` is the reminder reached (90, 60 or 30 days), None before."""

    expires: date
    days_left: int
    step: int | None

    @property
    def expired(self) -> bool:
        """Whether the last valid day has passed."""
        return self.days_left < 0

    @property
    def renewal_late(self) -> bool:
        """Whether the day by which a renewal must be filed (30 days before the end) has passed."""
        return self.days_left < RENEWAL_DAYS


def licence_reminder(
    expires: date | None, today: date, steps: tuple[int, ...] = LICENCE_STEPS
) -> LicenceReminder | None:
    """Return where the licence stands today; None if its end is not known. The last day itself is still valid."""
    if expires is None:
        return None
    days_left = (expires - today).days
    return LicenceReminder(expires, days_left, min((step for step in steps if days_left <= step), default=None))


class Cadence(StrEnum):
    """How often a shop is visited: each order cycle, every two weeks, monthly."""

    V1 = "v1"
    V2 = "v2"
    V3 = "v3"


class DueColour(StrEnum):
    """How soon a visit is due: within a week, within two weeks, later in the cycle, already made."""

    RED = "red"
    ORANGE = "orange"
    YELLOW = "yellow"
    BLUE = "blue"


@dataclass(frozen=True, slots=True)
class VisitDue:
    """When a shop has to be visited; `latest` is the last working day left in the cycle, None if there is none."""

    colour: DueColour
    cycle_end: date
    latest: date | None
    days_since: int | None


def visit_cycle(cadence: Cadence, today: date) -> tuple[date, date]:
    """Return the first and last day of the visit cycle that holds today: week from Monday, two weeks, or month."""
    if cadence is Cadence.V3:
        first = today.replace(day=1)
        return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    length = _WEEK if cadence is Cadence.V1 else _TWO_WEEKS
    first = today - timedelta(days=(today.toordinal() - _FORTNIGHT_ANCHOR) % length)
    return first, first + timedelta(days=length - 1)


def visit_due(
    last_visit: date | None, cadence: Cadence, today: date, days_off: frozenset[date] = frozenset()
) -> VisitDue:
    """Return the due colour of a shop: blue when visited in this cycle, else by the days that the cycle still has.

    Saturdays, Sundays and `days_off` are no working days.
    """
    first, end = visit_cycle(cadence, today)
    since = (today - last_visit).days if last_visit is not None else None
    left = (end - today).days + 1
    ahead = (end - timedelta(days=back) for back in range(left))
    latest = next((day for day in ahead if day.weekday() < 5 and day not in days_off), None)  # noqa: PLR2004
    if last_visit is not None and last_visit >= first:
        return VisitDue(DueColour.BLUE, end, latest, since)
    colour = DueColour.RED if left <= _WEEK else DueColour.ORANGE if left <= _TWO_WEEKS else DueColour.YELLOW
    return VisitDue(colour, end, latest, since)
