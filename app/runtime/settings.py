"""What the person chose on this machine: language, theme, text size and the like, kept as TOML in the data folder."""

import contextlib
import json
import re
import tomllib
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, Literal, cast

from app.runtime.files import write_atomically

LanguageChoice = Literal["system", "zh", "en"]
ThemeChoice = Literal["system", "light", "dark"]

_CHOICES = {"language": ("system", "zh", "en"), "theme": ("system", "light", "dark")}
_RANGES = {"text_scale": (0.8, 2.0), "idle_lock_minutes": (0, 240), "photo_megabytes": (0, 10_000)}


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting with its default; a value that makes no sense in the file counts as not set."""

    language: LanguageChoice = "system"
    theme: ThemeChoice = "system"
    text_scale: float = 1.0
    idle_lock_minutes: int = 10
    """After how long without a key or a click the window is locked; 0 means never."""
    keep_key: bool = True
    """Whether the key of the store is kept in the keyring of the system, so that a start asks no password."""
    saves_data: bool = False
    """Whether the person works over a phone hotspot: small pictures go up, originals only up to the next number."""
    photo_megabytes: int = 20
    """How many megabytes of originals go up a day over a link that is paid by volume."""


def load_settings(file: Path) -> Settings:
    """Read the settings; a missing or broken file gives the defaults."""
    found = _read(file)
    known = {field.name for field in fields(Settings)}
    chosen = {name: value for name, value in found.items() if name in known and _is_possible(name, value)}
    return replace(Settings(), **cast("dict[str, Any]", chosen))


def save_settings(file: Path, settings: Settings) -> None:
    """Write the settings; lines that this version does not know stay as they are.

    A file that cannot be read as TOML is kept beside the new one, with the ending `.broken`.
    """
    lines = _kept_lines(file)
    head = next((place for place, line in enumerate(lines) if line.lstrip().startswith("[")), len(lines))
    for field in fields(Settings):
        line = f"{field.name} = {_toml(getattr(settings, field.name))}"
        place = next((n for n in range(head) if re.match(rf"\s*{field.name}\s*=", lines[n])), None)
        if place is None:
            lines.insert(head, line)
            head += 1
        else:
            lines[place] = line
    write_atomically(file, ("\n".join(lines) + "\n").encode())


def _read(file: Path) -> dict[str, object]:
    with contextlib.suppress(OSError, ValueError):
        return tomllib.loads(file.read_text(encoding="utf-8"))
    return {}


def _kept_lines(file: Path) -> list[str]:
    if not file.exists():
        return []
    try:
        text = file.read_text(encoding="utf-8")
        tomllib.loads(text)
    except ValueError:
        file.replace(file.with_name(f"{file.name}.broken"))
        return []
    return text.splitlines()


def _is_possible(name: str, value: object) -> bool:
    if name in _CHOICES:
        return value in _CHOICES[name]
    if name in _RANGES:
        low, high = _RANGES[name]
        whole = isinstance(value, int) and not isinstance(value, bool)
        fits = whole or (isinstance(value, float) and isinstance(getattr(Settings(), name), float))
        return fits and isinstance(value, int | float) and low <= value <= high
    return isinstance(value, bool)


def _toml(value: str | float | bool) -> str:
    # The JSON form of these four types is their TOML form.
    return json.dumps(value, ensure_ascii=False)
