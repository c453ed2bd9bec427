"""Room kept for the worst day: a file that is given up when the disk is full, so that what waits can still go up."""

import contextlib
import os
import shutil
from pathlib import Path

SIZE = 16 << 20
_AMPLE = 4 * SIZE
"""So much must be free before room is set apart: the reserve itself must not fill a disk."""
_PART = 1 << 20


def set_apart(folder: Path, size: int = SIZE) -> bool:
    """Make the reserve of a data folder, or make it anew after it was given up; return whether it is there now."""
    file = file_of(folder)
    if _size(file) >= size:
        return True
    try:
        if shutil.disk_usage(folder).free < _AMPLE:
            return False
        with file.open("wb") as made:
            if hasattr(os, "posix_fallocate"):
                os.posix_fallocate(made.fileno(), 0, size)
            else:
                for _ in range(0, size, _PART):
                    made.write(bytes(_PART))
    except OSError:
        give_up(folder)
        return False
    return True


def give_up(folder: Path) -> bool:
    """Free the room; return whether there was any. The empty file says that the disk was full."""
    file = file_of(folder)
    had = _size(file) > 0
    if had:
        with contextlib.suppress(OSError):
            os.truncate(file, 0)
    return had


def is_given_up(folder: Path) -> bool:
    """Return whether the disk was full and still is: what is left belongs to the rows that wait, not to photos."""
    file = file_of(folder)
    try:
        return file.exists() and _size(file) == 0 and shutil.disk_usage(folder).free < 2 * SIZE
    except OSError:
        return False


def file_of(folder: Path) -> Path:
    """Return where the reserve of a data folder lies."""
    return folder / "room-for-sync"


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0
