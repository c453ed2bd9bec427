"""Stopping long work from another thread, and telling how far it is."""

import threading
from collections.abc import Callable

Report = Callable[[int, int], None]
"""Called with (done, total); total is 0 while it is unknown."""


Check = Callable[[], None]
"""Called between the steps of long work; it raises where nobody waits for the result any more."""


class CancelledError(Exception):
    """The person stopped the work; whatever it did has been undone."""


class TooLateError(CancelledError):
    """What the work was about has been erased meanwhile: there is nothing to do, and nobody to tell."""


class CancelToken:
    """Set by the person who stops, checked by the work."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def cancel(self) -> None:
        """Ask the work to stop at its next check."""
        self._event.set()

    @property
    def cancelled(self) -> bool:
        """Whether somebody asked to stop."""
        return self._event.is_set()

    def check(self) -> None:
        """Raise CancelledError if somebody asked to stop."""
        if self._event.is_set():
            raise CancelledError


def go_on() -> None:
    """Never stop."""


def no_report(_done: int, _total: int) -> None:
    """Report to nobody."""
