"""When the next round is due: pure reckoning, the caller owns clock and dice."""

from dataclasses import dataclass
from datetime import datetime, timedelta

SHORTEST, LONGEST = 5.0, 15 * 60.0
EVERY = timedelta(minutes=15)
JITTER = timedelta(minutes=5)
EVENING_BEGINS_H = 17


@dataclass(frozen=True, slots=True)
class Plan:
    """When to try next, and why."""

    at: datetime
    reason: str
    """backoff, asked (head office named the time), timer"""


def back_off(failures: int, chance: float, retry_after: float | None = None) -> float:
    """Return the seconds to wait after this many failures in a row; `chance` is a number from 0 to 1.

    Exponential with full jitter, 5 s to 15 min. What head office asks for is the least, with up to half more, so that
    two thousand laptops do not come back at the same moment.
    """
    if retry_after is not None:
        return min(retry_after, LONGEST * 4) * (1 + chance / 2)
    ceiling = min(LONGEST, SHORTEST * 2 ** min(max(failures, 1), 20))
    return SHORTEST + (ceiling - SHORTEST) * chance


def after_failure(now: datetime, failures: int, chance: float, retry_after: float | None = None) -> Plan:
    """Return when to try again after a failure."""
    wait = timedelta(seconds=back_off(failures, chance, retry_after))
    return Plan(now + wait, "backoff" if retry_after is None else "asked")


def after_success(now: datetime, chance: float) -> Plan:
    """Return when the timer comes round again."""
    return Plan(now + EVERY + JITTER * chance, "timer")


def evening_slot(now: datetime, slot_seconds: int) -> datetime:
    """Return this evening's time of this laptop, spread over 45 minutes by head office."""
    begin = now.replace(hour=EVENING_BEGINS_H, minute=0, second=0, microsecond=0)
    return begin + timedelta(seconds=slot_seconds)
