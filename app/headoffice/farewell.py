"""The end of a worker: it says so first, for a moment, and only then lets go of its port."""

import asyncio
import signal
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from types import FrameType

from app.headoffice.log import LOG
from app.headoffice.office import Office

_Handler = Callable[[int, FrameType | None], object]


@contextmanager
def announced_stop(office: Office, seconds: float) -> Generator[None]:
    """Within the block, have a signal to stop turn readiness off, and stop the server only so many seconds later.

    Whoever spreads the load over workers sees in that time that this one goes; a laptop that still comes gets a polite
    503. A second Ctrl-C stops at once.
    """
    if threading.current_thread() is not threading.main_thread():  # signals come to the main thread alone
        yield
        return
    loop = asyncio.get_running_loop()
    before = {one: signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM)}

    def stop(number: int, frame: FrameType | None) -> None:
        handler = before[signal.Signals(number)]
        go = handler if callable(handler) else _nothing
        if not office.stopping:
            office.stopping = True
            LOG.info("stopping")
            loop.call_soon_threadsafe(loop.call_later, seconds, go, number, None)
        elif number == signal.SIGINT:
            go(number, frame)

    for one in before:
        signal.signal(one, stop)
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def _nothing(_number: int, _frame: FrameType | None) -> None:
    """Stand for a handler that is none of Python's."""
