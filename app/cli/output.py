"""How commands speak: results to stdout (one JSON object with --json), problems to stderr; never a crash over that."""

import contextlib
import errno
import io
import json
import os
import sys
from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum, IntEnum
from pathlib import Path
from typing import IO, Any
from uuid import UUID

from app.domain.text import Language, Text


class ExitCode(IntEnum):
    """What the program tells its caller."""

    DONE = 0
    SOME_REFUSED = 1
    BAD_USAGE = 2
    """It could not be done as it was asked; nothing was changed."""
    WRONG_PASSWORD = 3
    STORE_DAMAGED = 4
    UNEXPECTED = 5
    """A fault of the program; the log tells where."""
    STOPPED = 130
    """Ctrl-C or SIGTERM, as shells count it."""


class CommandError(Exception):
    """A command cannot do what it was asked; says why in both languages."""

    def __init__(self, text: Text, code: ExitCode = ExitCode.BAD_USAGE) -> None:
        super().__init__(text.en)
        self.text = text
        self.code = code


class Output:
    """Prints for a person or for a program."""

    def __init__(self, language: Language, *, as_json: bool) -> None:
        self.language = language
        self.as_json = as_json

    def result(self, data: Mapping[str, Any], lines: list[str]) -> None:
        """Print the data as one JSON object, or the lines for a person."""
        if self.as_json:
            # A pipe in the code page of the system would lose names: escapes come through every encoding.
            _write(sys.stdout, json.dumps(data, ensure_ascii=not _is_unicode(sys.stdout), default=_plain))
        else:
            _write(sys.stdout, "\n".join(lines))

    def step(self, text: str) -> None:
        """Print a line while the command goes on; with --json to stderr, since stdout holds the one object."""
        _write(sys.stderr if self.as_json else sys.stdout, text)

    def problem(self, text: str) -> None:
        """Print a problem to stderr."""
        _write(sys.stderr, text)

    def say(self, zh: str, en: str) -> str:
        """Return the words in the language of this output."""
        return zh if self.language is Language.ZH else en


def local_time(moment: str) -> datetime:
    """Return a stored moment as this machine's clock showed it, to the second."""
    return datetime.fromisoformat(moment).astimezone().replace(microsecond=0)


def prepare_streams() -> None:
    """Let characters that the console or pipe cannot show become question marks instead of a crash."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def let_go_of_streams() -> None:
    """Write out what is left; what nobody reads any more is dropped without a word."""
    for stream in (sys.stdout, sys.stderr):
        if stream is None:  # pyright: ignore[reportUnnecessaryComparison] - a window has no stream at all
            continue
        try:
            stream.flush()
        except (OSError, ValueError):
            _drop(stream)


def _write(stream: IO[str] | None, text: str) -> None:
    """Write a line and flush; `zoufang … | head` closes the pipe early."""
    if stream is None:
        return
    try:
        stream.write(f"{text}\n")
        stream.flush()
    except OSError as error:
        if error.errno not in {errno.EPIPE, errno.EINVAL}:  # Windows says EINVAL for a closed pipe
            raise
        _drop(stream)


def _drop(stream: IO[str]) -> None:
    """Send the rest to nowhere, or the interpreter would complain about it at its end."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def _is_unicode(stream: IO[str] | None) -> bool:
    return "utf" in (getattr(stream, "encoding", None) or "").lower()


def _plain(value: Any) -> Any:
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, UUID | Decimal | Path):
        return str(value)
    if isinstance(value, frozenset | set):
        return sorted(value)
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    raise TypeError(type(value).__name__)
