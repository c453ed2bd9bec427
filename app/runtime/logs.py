"""The log file in the data folder: small, rotating, and without anything about a customer in it.

Messages of exceptions are left out, since they carry the values that were being worked on; the kind of the exception
and the places in the code are what a person who helps needs.
"""

import logging
import sys
import traceback
from collections.abc import Iterable
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from typing_extensions import override

_SIZE = 1_000_000
_FILES = 4
_SAFE = (AttributeError, NameError, ImportError)
"""Exceptions whose message names only parts of the program."""
_ROOT = Path(__file__).resolve().parents[2]
_Caught = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def describe_error(error: BaseException) -> str:
    """Return the kinds of an exception and its causes with the places in the code, without any value."""
    return "\n".join(_parts(error))


class PlainFormatter(logging.Formatter):
    """Writes one line a message; an exception follows without its values."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    @override
    def format(self, record: logging.LogRecord) -> str:
        # Another handler may have left the exception in its own form, values included, in the record.
        kept, record.exc_text = record.exc_text, None
        try:
            return super().format(record)
        finally:
            record.exc_text = kept

    @override
    def formatException(self, ei: _Caught) -> str:
        return "" if ei[1] is None else describe_error(ei[1])


def start_logging(folder: Path) -> logging.Handler:
    """Write the log of the program into the folder and return the handler, to be given back to `stop_logging`."""
    folder.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(
        folder / "zoufang.log", maxBytes=_SIZE, backupCount=_FILES, encoding="utf-8", delay=True
    )
    handler.setFormatter(PlainFormatter())
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    return handler


def stop_logging(handler: logging.Handler) -> None:
    """Close the log file."""
    logging.getLogger().removeHandler(handler)
    handler.close()


def _parts(error: BaseException) -> Iterable[str]:
    told: set[int] = set()
    link: BaseException | None = error
    while link is not None and id(link) not in told:  # an exception can be among its own causes
        if told:
            yield "because of"
        told.add(id(link))
        yield from _told(link)
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)


def _told(error: BaseException) -> Iterable[str]:
    yield from (_place(frame) for frame in traceback.extract_tb(error.__traceback__))
    kind = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    code = getattr(error, "problem", "")
    detail = str(error) if isinstance(error, _SAFE) else str(code)
    yield f"{kind}: {detail}" if detail else kind


def _place(frame: traceback.FrameSummary) -> str:
    return f"  {_short(frame.filename)}:{frame.lineno} in {frame.name}"


def _short(name: str) -> str:
    """Name a file from the program's or a package's folder on: what lies before it may name the person."""
    path = Path(name)
    if path.is_relative_to(_ROOT) and "site-packages" not in path.parts:
        return path.relative_to(_ROOT).as_posix()
    for root in sorted((Path(entry) for entry in sys.path if entry), key=lambda entry: -len(entry.parts)):
        if path.is_relative_to(root):
            return path.relative_to(root).as_posix()
    return path.name
