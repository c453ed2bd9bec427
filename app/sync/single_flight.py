"""One round at a time for one store: a lock file that the system frees when the program ends, however it ends."""

import os
import sys
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

from app.sync.trouble import RoundUnderWay


@contextmanager
def single_flight(store: Path) -> Generator[None]:
    """Hold the lock beside the store. Raises RoundUnderWay if another round has it."""
    handle = os.open(store.with_name(f"{store.name}.sync-lock"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _take(handle)
        try:
            yield
        finally:
            _give_back(handle)
    finally:
        os.close(handle)


def _take(handle: int) -> None:
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415 - there is none on Windows

            # flock and not lockf: a second round within this program must be refused too.
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise RoundUnderWay from error


def _give_back(handle: int) -> None:
    with suppress(OSError):
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415

            msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)
        else:
            import fcntl  # noqa: PLC0415

            fcntl.flock(handle, fcntl.LOCK_UN)
