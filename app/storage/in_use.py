"""Asks the system whether another program has the store open; no key is needed for that."""

import os
import sys
from pathlib import Path

# Bytes that SQLite locks in the index of the write-ahead log: one for as long as the file is in use (os_unix.c, DMS).
_IN_USE_BYTE = 128


def is_open_elsewhere(store: Path) -> bool:
    """Return whether another process has the store open. This process must have closed it."""
    index = store.with_name(f"{store.name}-shm")
    if not index.exists():
        return False
    return _is_held(store) if os.name == "nt" else _is_locked(index)


def _is_held(file: Path) -> bool:
    """Windows moves no file that a program has open, not even to where it is."""
    try:
        file.rename(file)
    except PermissionError:
        return True
    except OSError:
        return False
    return False


def _is_locked(index: Path) -> bool:
    if sys.platform == "win32":
        return False
    import fcntl  # noqa: PLC0415 - there is none on Windows

    try:
        with index.open("r+b") as file:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, _IN_USE_BYTE)
            fcntl.lockf(file, fcntl.LOCK_UN, 1, _IN_USE_BYTE)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False
