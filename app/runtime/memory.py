"""Gives memory back to the system that the C library keeps for itself after large work, such as making a PDF."""

import ctypes
import sys


def give_back() -> None:
    """Return what is free to the system; takes a few milliseconds, and does nothing where no way is known."""
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # glibc has it, other libraries do not
        if trim is not None:
            trim(0)
    elif sys.platform == "win32":
        ctypes.CDLL("ucrtbase")._heapmin()  # noqa: SLF001  the name of the C library's function
