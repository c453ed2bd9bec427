"""How fast the line to head office is: measured by the calls that are made anyway, kept from round to round."""

import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from app.storage.facts import fact_of, put_fact

LINK = "sync_link"
"""The fact that holds the last measured speed."""
_WORTH = 8 << 10
"""Bytes below which a call says more about the way there and back than about the speed."""
_LEAST_SECONDS = 0.001
TELLING = 64 << 10
"""Bytes from which a measured speed is worth telling a person; less is good enough to reckon with."""


@dataclass(frozen=True, slots=True)
class LinkSpeed:
    """Bytes a second each way, and the seconds of one way there and back; None where nothing was measured."""

    up: float | None
    down: float | None
    latency: float
    measured_at: datetime | None = None
    measured_by: int = 0
    """Bytes of the way that was measured by fewer."""

    @property
    def is_telling(self) -> bool:
        """Whether both ways were measured by so much that a person may be told."""
        return self.is_whole and self.measured_by >= TELLING

    @property
    def is_whole(self) -> bool:
        """Whether both ways were measured."""
        return self.up is not None and self.down is not None


class LinkMeter:
    """Adds up what calls took; the shortest answer to a small call is the way there and back."""

    def __init__(self) -> None:
        self._latency: float | None = None
        self._up_bytes = self._down_bytes = 0
        self._up_seconds = self._down_seconds = 0.0

    def note(self, sent: int, until_answer: float, received: int, of_answer: float) -> None:
        """Take in one call: bytes and seconds until the answer began, bytes and seconds of the answer."""
        if self._latency is None or (sent < _WORTH and until_answer < self._latency):
            self._latency = until_answer
        if sent >= _WORTH:
            self._up_bytes += sent
            self._up_seconds += max(_LEAST_SECONDS, until_answer - self._way(until_answer))
        if received >= _WORTH:
            self._down_bytes += received
            self._down_seconds += max(_LEAST_SECONDS, of_answer)

    def speed(self, now: datetime) -> LinkSpeed | None:
        """Return what was measured, None where no call was large enough for either way."""
        up = self._up_bytes / self._up_seconds if self._up_bytes else None
        down = self._down_bytes / self._down_seconds if self._down_bytes else None
        if up is None and down is None:
            return None
        least = min(self._up_bytes, self._down_bytes)
        return LinkSpeed(up, down, self._latency or 0.0, now.astimezone(UTC), least)

    def _way(self, until_answer: float) -> float:
        """Return the way there and back, never so much that nothing would be left for the bytes."""
        return min(self._latency or 0.0, until_answer / 2)


def read_speed(cursor: Any) -> LinkSpeed | None:
    """Return the speed that was measured last."""
    with suppress(ValueError, KeyError, TypeError):
        told = json.loads(fact_of(cursor, LINK) or "")
        at = datetime.fromisoformat(told["measured_at"])
        return LinkSpeed(told["up"], told["down"], told["latency"], at, told.get("measured_by", 0))
    return None


def keep_speed(cursor: Any, speed: LinkSpeed) -> None:
    """Keep a measured speed; a way that was not measured this time keeps what it was."""
    before = read_speed(cursor)
    if before is not None:
        up, down = speed.up or before.up, speed.down or before.down
        by = speed.measured_by if speed.is_whole else before.measured_by
        speed = LinkSpeed(up, down, speed.latency, speed.measured_at, by)
    at = speed.measured_at.isoformat() if speed.measured_at else None
    put_fact(cursor, LINK, json.dumps(asdict(speed) | {"measured_at": at}))
