"""How commands speak: results to stdout (one JSON object with --json), problems to stderr."""

import json
import sys
from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum, IntEnum
from pathlib import Path
from typing import Any
from uuid import UUID

from app.domain.text import Language


class ExitCode(IntEnum):
    """What the program tells its caller."""

    DONE = 0
    SOME_REFUSED = 1
    BAD_USAGE = 2
    WRONG_PASSWORD = 3
    STORE_DAMAGED = 4


class Output:
    """Prints for a person or for a program."""

    def __init__(self, language: Language, *, as_json: bool) -> None:
        self.language = language
        self.as_json = as_json

    def result(self, data: Mapping[str, Any], lines: list[str]) -> None:
        """Print the data as one JSON object, or the lines for a person."""
        if self.as_json:
            print(json.dumps(data, ensure_ascii=False, default=_plain))
        else:
            for line in lines:
                print(line)

    def problem(self, text: str) -> None:
        """Print a problem to stderr."""
        print(text, file=sys.stderr)

    def say(self, zh: str, en: str) -> str:
        """Return the words in the language of this output."""
        return zh if self.language is Language.ZH else en


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
