"""Who may work now: so many requests at once for each worker, photos fewest; some wait, the rest is told when to come.

A quarter of the places is kept for laptops in front of which a person waits (spec, 2: classes).
"""

import math
import random
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from enum import Enum

from app.headoffice.http_problems import NoPlace


class Lane(Enum):
    """What a request is for, and what share of the places it may take; the day's work comes before all else."""

    PUSH = 1.0
    PULL = 0.75
    FIRST_LOAD = 0.5
    PHOTO = 0.4


_KEPT_FOR_PERSONS = 4
"""One place in so many."""


class Admission:
    """The places of one worker; used from many threads."""

    def __init__(self, places: int, patience: float = 0.0) -> None:
        self._places = places
        self._patience = patience
        self._waiting = 0
        self._kept = places // _KEPT_FOR_PERSONS
        self._kept_taken = 0
        self._lock = threading.Condition()
        self._taken = 0
        self._turned_away = 0.0
        self._seconds = 0.1
        self._chance = random.Random()  # noqa: S311  spreads load, guards nothing

    @property
    def taken(self) -> int:
        """How many requests are being worked on."""
        return self._taken + self._kept_taken

    @property
    def waiting(self) -> int:
        """How many wait for a place."""
        return self._waiting

    @contextmanager
    def enter(self, lane: Lane, *, asked: bool = False) -> Generator[None]:
        """Take a place within the block, or raise NoPlace with the seconds until there may be one.

        Where there is none it waits for one first, for `patience` seconds and beside at most as many as have places.
        `asked`: a person waits for it; the kept places are tried first then, those of everybody after them.
        """
        is_kept = self._take(lane, asked=asked)
        begun = time.monotonic()
        try:
            yield
        finally:
            with self._lock:
                if is_kept:
                    self._kept_taken -= 1
                else:
                    self._taken -= 1
                self._turned_away = max(0.0, self._turned_away - 1)
                self._seconds += (time.monotonic() - begun - self._seconds) / 8
                self._lock.notify_all()

    def _take(self, lane: Lane, *, asked: bool) -> bool:
        """Take a place and return whether it is one of the kept ones."""
        with self._lock:
            if not self._is_free(lane, asked=asked) and not self._waited(lane, asked=asked):
                self._turned_away += 1
                raise NoPlace(self._expected())
            if asked and self._kept_taken < self._kept:
                self._kept_taken += 1
                return True
            self._taken += 1
            return False

    def _is_free(self, lane: Lane, *, asked: bool) -> bool:
        if asked and self._kept_taken < self._kept:
            return True
        return self._taken < max(1, math.floor((self._places - self._kept) * lane.value))

    def _waited(self, lane: Lane, *, asked: bool) -> bool:
        """Wait until there is a place; whoever waits holds a thread, so they are few, and of photos fewest."""
        if self._waiting >= self._places * lane.value:
            return False
        self._waiting += 1
        try:
            return self._lock.wait_for(lambda: self._is_free(lane, asked=asked), self._patience)
        finally:
            self._waiting -= 1

    def _expected(self) -> float:
        """Return the time in which those inside and those turned away drain, half of it more or less by chance."""
        drain = max(1.0, self._seconds * (self.taken + self._turned_away) / self._places)
        return drain * self._chance.uniform(0.5, 1.5)


class Throttle:
    """So many wrong tries a minute; used against guessing of codes."""

    def __init__(self, tries: int, seconds: float = 60) -> None:
        self._tries = tries
        self._seconds = seconds
        self._lock = threading.Lock()
        self._begun = 0.0
        self._count = 0

    def left(self) -> float:
        """Return 0 where a try may be made, else the seconds to wait."""
        with self._lock:
            passed = time.monotonic() - self._begun
            return 0.0 if self._count < self._tries or passed >= self._seconds else self._seconds - passed

    def failed(self) -> None:
        """Count a wrong try."""
        with self._lock:
            if time.monotonic() - self._begun >= self._seconds:
                self._begun, self._count = time.monotonic(), 0
            self._count += 1
