"""The one source of "now": the machine's clock, or a day of the past with the machine's time of day."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Clock:
    """Tells the time; `as_of` moves the date, so that old data can be worked with as if it were that day."""

    as_of: date | None = None

    def now(self) -> datetime:
        """Return the time now, with the time zone of this machine."""
        now = datetime.now().astimezone()
        if self.as_of is None:
            return now
        return datetime.combine(self.as_of, now.time()).astimezone()

    def today(self) -> date:
        """Return the day that is today here."""
        return self.now().date()
