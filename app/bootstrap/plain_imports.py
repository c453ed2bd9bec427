"""Takes PySide's hook out of Python's import, which reads the source of every module that is imported after Qt.

The hook looks for `from __feature__ import …` (snake_case names for Qt), which this program does not use; it costs a
quarter of the start.
"""

import builtins
from collections.abc import Generator
from contextlib import contextmanager


@contextmanager
def plain_imports() -> Generator[None]:
    """Give Python its own import back after the block, in which Qt is imported for the first time."""
    own = builtins.__import__
    try:
        yield
    finally:
        builtins.__import__ = own
