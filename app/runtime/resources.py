"""Finds the files that ship with the program. Nobody else knows the folder."""

from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2] / "resources"


def path(name: str) -> Path:
    """Return the path of a resource such as `styles/base.qss`."""
    return _ROOT / name


def read_text(name: str) -> str:
    """Return the text of a resource."""
    return path(name).read_text(encoding="utf-8")
