"""A pause of the rounds that are made by themselves: how long it holds, and that it never outlasts a day unasked."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

_HOUR = timedelta(hours=1)
_SKEW = timedelta(minutes=5)
"""A clock that was set back by more than this makes no pause longer: the pause is over."""


class PauseFor(StrEnum):
    """How long a person wants no round."""

    HOUR = "hour"
    TOMORROW = "tomorrow"
    OPEN = "open"
    """Until the person goes on, or starts the program on a later day."""


@dataclass(frozen=True, slots=True)
class Pause:
    """A pause that a person chose at a moment."""

    since: datetime
    kind: PauseFor

    @property
    def until(self) -> datetime | None:
        """When it ends by itself, in the time of this machine; None while the person has to go on."""
        if self.kind is PauseFor.HOUR:
            return self.since.astimezone() + _HOUR
        return self._midnight(1) if self.kind is PauseFor.TOMORROW else None

    @property
    def latest(self) -> datetime:
        """When it is over in any case: a program that nobody ends goes on by itself once the next day is over."""
        return self.until or self._midnight(2)

    def holds(self, now: datetime) -> bool:
        """Return whether no round is made by itself now."""
        if now < self.since - _SKEW:
            return False
        return now < self.latest

    def holds_at_start(self, now: datetime) -> bool:
        """Return whether it still holds when the program starts: on a later day none does."""
        return self.holds(now) and now.astimezone().date() <= self.since.astimezone().date()

    def _midnight(self, days: int) -> datetime:
        begun = self.since.astimezone()
        return datetime.combine(begun.date() + timedelta(days=days), time(), begun.tzinfo)

    def as_text(self) -> str:
        """Return it as one line, to be kept."""
        return f"{self.kind.value} {self.since.isoformat()}"


def read_pause(text: str | None) -> Pause | None:
    """Return a pause from the line it was kept as; None where there is none, or nobody can read it."""
    kind, _, since = (text or "").partition(" ")
    try:
        pause = Pause(datetime.fromisoformat(since), PauseFor(kind))
    except ValueError:
        return None
    return pause if pause.since.tzinfo is not None else None
