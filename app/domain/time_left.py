"""The time left of something under way, as a person may look at it: it falls calmly and does not flicker."""

import math

_SETTLES = 15.0
"""Seconds in which a changed speed has moved the expected end by two thirds of the way."""
_CLEARLY, _CLEARLY_OF_LEFT = 15.0, 0.1
"""It must be more by so many seconds, and by this share of it, before more is shown."""
_MINUTE = 60.0


class TimeLeft:
    """Takes rough estimates and gives the seconds to be shown; moments are of any clock that only goes on."""

    def __init__(self) -> None:
        self._end: float | None = None
        self._at = 0.0
        self._shown: float | None = None

    def told(self, now: float, estimate: float | None) -> float | None:
        """Take an estimate in seconds, None where there is none now; return what to show, None before the first.

        While the estimates waver about a whole minute the lower one stays; it is shown less at once, and more only
        where it has become clearly more.
        """
        if estimate is not None:
            self._move(now, now + estimate)
        if self._end is None:
            return None
        left = max(0.0, self._end - now)
        if self._shown is None or left <= self._shown or left > self._most() + max(_CLEARLY, left * _CLEARLY_OF_LEFT):
            self._shown = left
        return self._shown

    def _move(self, now: float, end: float) -> None:
        if self._end is None:
            self._end = end
        else:
            self._end += (end - self._end) * (1 - math.exp(-(now - self._at) / _SETTLES))
        self._at = now

    def _most(self) -> float:
        """Return the whole minute that is shown."""
        return math.ceil((self._shown or 0.0) / _MINUTE) * _MINUTE
