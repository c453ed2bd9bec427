"""How long the data may be worked with without a word from head office, whatever the laptop's clock says."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

LEASE = timedelta(days=14)
WARN_DAYS = 3
"""So many days before its end a person is told of it."""


@dataclass(frozen=True, slots=True)
class Lease:
    """Until when the data may be opened without a word from head office."""

    until: datetime | None
    """None before this store was enrolled: there is no lease then."""
    now: datetime
    """The laptop's time, never earlier than the newest time head office has told."""

    @property
    def holds(self) -> bool:
        """Whether the store may be opened for work."""
        return self.until is None or self.now < self.until

    @property
    def days_left(self) -> int | None:
        """Whole days until the lease ends; None where there is none."""
        return None if self.until is None else max(0, (self.until - self.now).days)

    @property
    def ends_soon(self) -> bool:
        """Whether it is time to say so."""
        return self.until is not None and self.holds and self.until - self.now <= timedelta(days=WARN_DAYS)


@dataclass(frozen=True, slots=True)
class LeaseTerms:
    """What head office has told about lease and clock; enough to say at any moment whether the lease holds."""

    until: datetime | None = None
    seen: datetime | None = None
    """The newest time that head office has told: no clock that was turned back goes behind it."""
    offset: timedelta = field(default_factory=timedelta)
    """What must be added to this laptop's clock."""

    def at(self, now: datetime) -> Lease:
        """Return the lease at a moment of this laptop's clock."""
        corrected = now + self.offset
        return Lease(self.until, corrected if self.seen is None else max(corrected, self.seen))
