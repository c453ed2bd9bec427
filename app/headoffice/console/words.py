"""The words of the console in both languages; they stand in `words.toml`, and nowhere else."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from app.domain.text import Language, Text

_FILE = Path(__file__).with_name("words.toml")


@cache
def words() -> Mapping[str, Text]:
    """Return all words by their names, such as `visits.title`."""
    parts: dict[str, dict[str, list[str]]] = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {f"{part}.{name}": Text(*both) for part, named in parts.items() for name, both in named.items()}


def say(language: Language, name: str, **facts: str | int) -> str:
    """Return a word or sentence; KeyError for one that does not exist."""
    text = words()[name].of(language)
    return text.format(**facts) if facts else text


def known(name: str) -> bool:
    """Return whether there are words of that name."""
    return name in words()
