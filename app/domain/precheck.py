"""What a round of sync may do with what this laptop has now: room on its disk, its battery, the kind of its network."""

from dataclasses import dataclass
from enum import StrEnum

from app.runtime.power import Battery

LEAST_FREE = 200 << 20
"""Bytes that must be free before anything comes down; sending needs no room."""
AMPLE = 2 << 30
"""Bytes that are enough for anything that can come: nobody is asked how much it is."""
_STORED = 20
"""Bytes that one byte of a packed answer takes here at most: staged, in the store, and in its write-ahead log."""


class Held(StrEnum):
    """Why large photos wait."""

    NONE = ""
    DATA_PLAN = "data_plan"
    BATTERY = "battery"


@dataclass(frozen=True, slots=True)
class Room:
    """Bytes that are free on the disk of the store, and how many must be before rows may come down."""

    free: int
    needed: int = LEAST_FREE

    @property
    def suffices(self) -> bool:
        """Whether rows may come down."""
        return self.free >= self.needed


@dataclass(frozen=True, slots=True)
class PhotoPlan:
    """How many bytes of originals may go, None without a limit; and why not all. Small pictures always go."""

    originals: int | None = None
    why: Held = Held.NONE


def room_for(free: int, coming: int | None) -> Room:
    """Return the room there is and the room it takes; `coming` is in packed bytes, None where nobody could say."""
    return Room(free, max(LEAST_FREE, _STORED * (coming or 0)))


def plan_photos(*, is_asked: bool, battery: Battery | None, left_of_day: int | None) -> PhotoPlan:
    """Return which photos may go.

    `is_asked`: a person waits for this round, so its battery is theirs to judge. `left_of_day` are the bytes that the
    person allows a day over a link paid by volume, None over any other.
    """
    if not is_asked and battery is not None and battery.is_low:
        return PhotoPlan(0, Held.BATTERY)
    if left_of_day is not None:
        return PhotoPlan(left_of_day, Held.DATA_PLAN)
    return PhotoPlan()
