"""Stopping a command from outside: Ctrl-C, or the signal with which `timeout` and service managers end a program."""

import signal
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from types import FrameType

from app.runtime.cancel import CancelToken

_Handler = Callable[[int, FrameType | None], object]


@contextmanager
def ended_like_ctrl_c() -> Generator[None]:
    """Treat SIGTERM as Ctrl-C within the block, so that whatever is half done is undone first."""
    with _handling(signal.SIGTERM, _raise_interrupt):
        yield


@contextmanager
def cancelling() -> Generator[CancelToken]:
    """Give a token that the first Ctrl-C within the block cancels; a second one breaks off at once."""
    token = CancelToken()

    def stop(number: int, frame: FrameType | None) -> None:
        if token.cancelled:
            signal.default_int_handler(number, frame)
        token.cancel()

    with _handling(signal.SIGINT, stop):
        yield token


def _raise_interrupt(_number: int, _frame: FrameType | None) -> None:
    signal.raise_signal(signal.SIGINT)


@contextmanager
def _handling(number: signal.Signals, handler: _Handler) -> Generator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(number, handler)
    try:
        yield
    finally:
        signal.signal(number, before)
