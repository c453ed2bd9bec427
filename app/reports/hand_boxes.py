"""Pieces of a form for the pen: boxes to write into, small ones to tick, lines, headings between them."""

from collections.abc import Sequence

from app.domain.text import Language, Text
from app.reports.blocks import Align, Block, BoxMark, LineMark, Placed, beside, space, stacked, text
from app.reports.fonts import width_of
from app.reports.paper import Style, paper
from app.reports.sheet import UPRIGHT

WRITING = 22.0
"""How high a box is that is written into: nearly 8 mm."""
TICK = 11.0
_GAP = 6.0


def heading(title: Text, language: Language, note: str = "") -> Block:
    """Return the heading of a part of the form."""
    look = paper()
    width = UPRIGHT.inner
    words = beside(
        ((0.0, text(title.of(language), look.heading, width)), (0.0, text(note, look.tiny, width, Align.RIGHT)))
    )
    return stacked((space(5.0), words, space(1.0)))


def box(width: float, height: float = WRITING) -> Block:
    """Return an empty box."""
    return Block(height, (BoxMark(0.0, 0.0, width, height, frame=paper().muted),))


def labelled(label: str, width: float, height: float = WRITING) -> Block:
    """Return a small label above a box."""
    return stacked((text(label, paper().tiny, width), box(width, height)))


def label_before(label: str, width: float, height: float = WRITING) -> Block:
    """Return a label with a box behind it that takes what is left of the width."""
    taken = width_of(label, paper().tiny_ink.font, paper().tiny_ink.size) + _GAP
    words = centred(label, paper().tiny_ink, taken, height)
    return beside(((0.0, words), (taken, box(width - taken, height))))


def centred(words: str, style: Style, width: float, height: float) -> Block:
    """Return a text in the middle of the height; of a long one the first lines, as many as there is room for."""
    said = text(words, style, width)
    lines = max(1, int(height / style.leading))
    marks = tuple(mark for mark in said.marks if getattr(mark, "y", 0.0) < lines * style.leading)
    shown = Block(min(said.height, lines * style.leading), marks)
    return Block(height, parts=(Placed(0.0, (height - shown.height) / 2, shown),))


def choices(names: Sequence[str], gap: float, height: float = TICK) -> Block:
    """Return boxes to tick with their names behind them, in one line."""
    style, x = paper().tiny_ink, 0.0
    parts: list[tuple[float, Block]] = []
    for name in names:
        tick = Block(height, (BoxMark(0.0, (height - TICK) / 2, TICK, TICK, frame=paper().muted),))
        width = width_of(name, style.font, style.size) + 1.0
        parts += [(x, tick), (x + TICK + 3.0, centred(name, style, width, height))]
        x += TICK + 3.0 + width + gap
    return beside(parts)


def choices_width(names: Sequence[str], gap: float) -> float:
    """Return how wide such a line of boxes is."""
    style = paper().tiny_ink
    return sum(TICK + 4.0 + width_of(name, style.font, style.size) + gap for name in names) - gap


def rule(width: float) -> Block:
    """Return a hair line."""
    return Block(0.0, (LineMark(0.0, 0.0, width, 0.0, 0.5, paper().line),))
