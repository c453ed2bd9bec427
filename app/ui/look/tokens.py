"""Reads the tokens of the look: colours of a scheme, sizes, and the style sheet they are put into."""

import tomllib
from dataclasses import dataclass
from string import Template
from typing import cast

from app.runtime import resources


@dataclass(frozen=True, slots=True)
class Sizes:
    """Text sizes and lengths; texts and lengths are multiples of the body text."""

    body: int
    text: dict[str, float]
    em: dict[str, float]


def load_colors(scheme: str) -> dict[str, str]:
    """Return the colours of `light` or `dark` by name."""
    return cast("dict[str, str]", tomllib.loads(resources.read_text(f"styles/{scheme}.toml")))


def load_sizes() -> Sizes:
    """Return the sizes, the same for both schemes."""
    data = tomllib.loads(resources.read_text("styles/sizes.toml"))
    return Sizes(body=data["body"], text=data["text"], em=data["em"])


def style_sheet(values: dict[str, str]) -> str:
    """Return the house style with every placeholder filled; an unknown one is a KeyError."""
    return Template(resources.read_text("styles/base.qss")).substitute(values)
