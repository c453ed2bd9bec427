"""How often Python looks for garbage that reference counts do not find."""

import gc
from collections.abc import Generator
from contextlib import contextmanager

_SELDOM = (100_000, 50, 50)


@contextmanager
def seldom_collected() -> Generator[None]:
    """Look for garbage seldom in the whole process, while many objects are made that go by themselves.

    Where rows are read by the thousand, looking through them as often as usual takes a third of the time.
    """
    usual = gc.get_threshold()
    gc.set_threshold(*_SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*usual)
