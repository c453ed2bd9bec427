"""The looks of a printed page: colours, sizes and text styles read from `resources/styles/paper.toml`."""

import tomllib
from dataclasses import dataclass
from functools import cache

from app.reports import fonts
from app.runtime import resources

PAGE_WIDTH = 595.28
PAGE_HEIGHT = 841.89


@dataclass(frozen=True, slots=True)
class Style:
    """How a piece of text looks."""

    font: str
    size: float
    colour: str

    @property
    def leading(self) -> float:
        """The height of one line."""
        return self.size * 1.42

    @property
    def baseline(self) -> float:
        """How far the baseline lies below the top of a line."""
        return (self.leading - self.size) / 2 + self.size * 0.88


@dataclass(frozen=True, slots=True)
class Density:
    """How much room a sheet gives to its rows and its chart."""

    padding_y: float
    chart_height: float


@dataclass(frozen=True, slots=True)
class Paper:
    """Everything measured in points that the sections of a sheet share."""

    ink: str
    muted: str
    line: str
    bar: str
    white: str
    margin_side: float
    margin_top: float
    footer_top: float
    footer_gap: float
    gap: float
    padding_x: float
    column_gap: float
    title: Style
    figure: Style
    heading: Style
    body: Style
    strong: Style
    note: Style
    column: Style
    tiny: Style
    tiny_ink: Style
    densities: tuple[Density, ...]

    @property
    def width(self) -> float:
        """The width between the margins."""
        return PAGE_WIDTH - 2 * self.margin_side


@cache
def paper() -> Paper:
    """Return the looks of a page; the file is read once."""
    tokens = tomllib.loads(resources.read_text("styles/paper.toml"))
    colours: dict[str, str] = tokens["colours"]
    page: dict[str, float] = tokens["page"]
    table: dict[str, float] = tokens["table"]
    sizes: dict[str, float] = tokens["sizes"]
    densities: list[dict[str, float]] = tokens["density"]
    ink, muted = colours["ink"], colours["muted"]
    return Paper(
        ink=ink,
        muted=muted,
        line=colours["line"],
        bar=colours["bar"],
        white=colours["paper"],
        **page,
        **table,
        title=Style(fonts.BOLD, sizes["title"], ink),
        figure=Style(fonts.BOLD, sizes["figure"], ink),
        heading=Style(fonts.BOLD, sizes["heading"], ink),
        body=Style(fonts.REGULAR, sizes["body"], ink),
        strong=Style(fonts.BOLD, sizes["body"], ink),
        note=Style(fonts.REGULAR, sizes["small"], muted),
        column=Style(fonts.BOLD, sizes["small"], muted),
        tiny=Style(fonts.REGULAR, sizes["tiny"], muted),
        tiny_ink=Style(fonts.REGULAR, sizes["tiny"], ink),
        densities=tuple(Density(**density) for density in densities),
    )
