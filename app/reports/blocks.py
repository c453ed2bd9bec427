"""Pieces of a page that know their height: text, lines, boxes, and blocks made of them. Measures count downwards."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from app.reports.line_breaking import Line, Run, break_lines
from app.reports.paper import Style


class Align(Enum):
    """To which side of its column a text is set."""

    LEFT = auto()
    RIGHT = auto()
    CENTRE = auto()


@dataclass(frozen=True, slots=True)
class TextMark:
    """A text whose baseline starts at x, y."""

    x: float
    y: float
    text: str
    style: Style


@dataclass(frozen=True, slots=True)
class LineMark:
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    thickness: float
    colour: str


@dataclass(frozen=True, slots=True)
class BoxMark:
    """A rectangle with its top left corner at x, y; filled, framed or both."""

    x: float
    y: float
    width: float
    height: float
    fill: str | None = None
    frame: str | None = None
    radius: float = 0.0


Mark = TextMark | LineMark | BoxMark


@dataclass(frozen=True, slots=True)
class Placed:
    """A block at a place."""

    x: float
    y: float
    block: "Block"


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a page that is never cut."""

    height: float
    marks: tuple[Mark, ...] = ()
    parts: tuple[Placed, ...] = ()


def space(height: float) -> Block:
    """Return an empty block."""
    return Block(height)


def stacked(blocks: Sequence[Block]) -> Block:
    """Return the blocks one below the other as one."""
    parts: list[Placed] = []
    height = 0.0
    for block in blocks:
        parts.append(Placed(0.0, height, block))
        height += block.height
    return Block(height, parts=tuple(parts))


def beside(blocks: Sequence[tuple[float, Block]]) -> Block:
    """Return the blocks side by side, each at its distance from the left."""
    return Block(
        max((block.height for _, block in blocks), default=0.0),
        parts=tuple(Placed(x, 0.0, block) for x, block in blocks),
    )


def paragraph(runs: Sequence[Run], width: float, align: Align = Align.LEFT) -> Block:
    """Return a text set to this width."""
    return set_lines(break_lines(runs, width), width, align)


def set_lines(lines: Sequence[Line], width: float, align: Align = Align.LEFT) -> Block:
    """Return lines that are already broken, one below the other."""
    leading = max((run.style.leading for line in lines for run in line), default=0.0)
    baseline = max((run.style.baseline for line in lines for run in line), default=0.0)
    marks: list[Mark] = []
    for number, line in enumerate(lines):
        widths = [run.width for run in line]
        x = aligned(width, sum(widths), align)
        for run, run_width in zip(line, widths, strict=True):
            marks.append(TextMark(x, number * leading + baseline, run.text, run.style))
            x += run_width
    return Block(len(lines) * leading, tuple(marks))


def text(words: str, style: Style, width: float, align: Align = Align.LEFT) -> Block:
    """Return a text of one style set to this width."""
    return paragraph((Run(words, style),), width, align)


def aligned(width: float, used: float, align: Align) -> float:
    """Return how far from the left a line of the used width starts."""
    if align is Align.RIGHT:
        return width - used
    return (width - used) / 2 if align is Align.CENTRE else 0.0
