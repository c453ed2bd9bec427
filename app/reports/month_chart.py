"""The purchases of twelve months as drawn in a PDF: a bar a month, a dark dash for the same month of last year.

A figure always stands on its own bar; where the dash of last year runs through it, the dash makes room.
"""

from collections.abc import Sequence
from dataclasses import replace

from app.domain.customer_summary import MonthLine
from app.reports.blocks import Align, Block, BoxMark, LineMark, Mark, TextMark, aligned
from app.reports.formats import count
from app.reports.line_breaking import Run
from app.reports.paper import Style, paper

_BAR_SHARE = 0.5
_DASH_SHARE = 0.74
_DASH_THICKNESS = 1.6
_AIR = 1.5
_LEAST_DASH = 0.1


def month_chart(months: Sequence[MonthLine], width: float, height: float) -> Block:
    """Draw the months; a month of which nothing is known gets a dash for its figure and no bar."""
    look = paper()
    labels = look.note.leading + 2
    ground = height - labels
    top = look.tiny_ink.leading + 2
    largest = max((value for month in months for value in (month.quantity, month.last_year) if value), default=0)
    scale = (ground - top) / largest if largest else 0.0
    slot = width / len(months)
    marks: list[Mark] = [LineMark(0.0, ground, width, ground, 0.8, look.ink)]
    for number, month in enumerate(months):
        marks.extend(_month(month, number * slot, slot, ground, scale))
    return Block(height, tuple(marks))


def legend(this_year: str, last_year: str) -> tuple[list[Mark], float]:
    """Return the two samples with their words, and how wide they are."""
    look = paper()
    style = look.note
    middle = style.leading / 2
    sample = style.size
    marks: list[Mark] = [BoxMark(0.0, middle - sample * 0.4, sample, sample * 0.8, fill=look.bar)]
    x = sample + 4
    marks.append(TextMark(x, style.baseline, this_year, style))
    x += Run(this_year, style).width + 12
    marks.append(LineMark(x, middle, x + sample * 1.5, middle, _DASH_THICKNESS, look.ink))
    x += sample * 1.5 + 4
    marks.append(TextMark(x, style.baseline, last_year, style))
    return marks, x + Run(last_year, style).width


def _month(month: MonthLine, x: float, slot: float, ground: float, scale: float) -> list[Mark]:
    look = paper()
    bar = (month.quantity or 0) * scale
    marks: list[Mark] = []
    if bar > 0:
        box = BoxMark(x + slot * (1 - _BAR_SHARE) / 2, ground - bar, slot * _BAR_SHARE, bar, fill=look.bar)
        # A month that is not over is an empty frame: it cannot be taken for a whole one, in grey neither.
        marks.append(box if month.until is None else replace(box, fill=None, frame=look.ink))
    figure = _centred(count(month.quantity), look.tiny_ink, x, slot, 0.0)
    foot = ground - bar - 2
    if month.last_year is not None:
        dash = ground - month.last_year * scale
        if foot - look.tiny_ink.leading < dash < foot + _DASH_THICKNESS:
            marks += _dash(dash, x, slot, figure)
        else:
            marks += _dash(dash, x, slot)
    marks.append(replace(figure, y=foot - (look.tiny_ink.leading - look.tiny_ink.baseline)))
    marks.append(_centred(month.label, look.note, x, slot, ground + 2 + look.note.baseline))
    return marks


def _dash(y: float, x: float, slot: float, around: TextMark | None = None) -> list[Mark]:
    """Return the dash of last year: in one piece, or in two that leave a figure free."""
    look = paper()
    inset = slot * (1 - _DASH_SHARE) / 2
    ends = [(x + inset, x + slot - inset)]
    if around is not None:
        right = around.x + Run(around.text, around.style).width
        least = slot * _LEAST_DASH
        ends = [
            (min(x + inset, around.x - _AIR - least), around.x - _AIR),
            (right + _AIR, max(x + slot - inset, right + _AIR + least)),
        ]
    return [LineMark(left, y, right, y, _DASH_THICKNESS, look.ink) for left, right in ends]


def _centred(words: str, style: Style, x: float, slot: float, y: float) -> TextMark:
    return TextMark(x + aligned(slot, Run(words, style).width, Align.CENTRE), y, words, style)
