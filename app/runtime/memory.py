"""Keeps the C library from holding on to memory that large work, such as making a PDF, needed only once."""

import ctypes
import sys
from collections.abc import Mapping

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
"""Numbers of glibc's `mallopt`."""
_LARGE = 128 * 1024
"""glibc begins with this bound for "large", and raises it each time something larger is freed."""


def share_one_heap() -> None:
    """Let all threads take memory from one heap, so that none keeps what another could use; before they begin.

    Python lets one thread work at a time anyway. Does nothing where no way is known.
    """
    _set_options({_ARENA_MAX: 1})


def keep_little() -> None:
    """Let large blocks go back to the system as soon as they are free; does nothing where no way is known."""
    _set_options({_MMAP_THRESHOLD: _LARGE, _TRIM_THRESHOLD: _LARGE})


def give_back() -> None:
    """Return what is free to the system; takes a few milliseconds, and does nothing where no way is known."""
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)
    elif sys.platform == "win32":
        ctypes.CDLL("ucrtbase")._heapmin()  # noqa: SLF001  the name of the C library's function


def _set_options(options: Mapping[int, int]) -> None:
    if sys.platform == "linux":
        mallopt = getattr(ctypes.CDLL(None), "mallopt", None)  # glibc has it, other libraries do not
        if mallopt is not None:
            for option, value in options.items():
                mallopt(option, value)
