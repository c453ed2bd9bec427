"""Tables of a sheet: columns in, a head block and one block a row out, so that a page can end after any row."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.reports.blocks import Align, Block, LineMark, Placed, set_lines, space, stacked
from app.reports.line_breaking import Line, Run, break_lines
from app.reports.paper import Style, paper

Cell = tuple[Run, ...]

_LINES_A_BLOCK = 12
_WIDEST_FIGURE = 0.3


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, its share of the width (figures get more if they need it), and how its cells are set."""

    title: str
    share: float
    align: Align = Align.LEFT
    indent: float = 0.0
    """Additional room at its left."""


@dataclass(frozen=True, slots=True)
class Table:
    """A titled table, ready to be put on pages."""

    title: Block
    title_again: Block
    """The title on the pages that follow."""
    head: Block
    rows: tuple[Block, ...]

    @property
    def whole(self) -> Block:
        """The table as one uncut block."""
        return stacked((self.title, self.head, *self.rows))


def cell(words: str, style: Style | None = None) -> Cell:
    """Return a cell of one style, the body style if none is given."""
    return (Run(words, style or paper().body),)


def table(
    title: tuple[Block, Block],
    columns: Sequence[Column],
    rows: Sequence[Sequence[Cell]],
    width: float,
    padding: float,
    heads: Style | None = None,
) -> Table:
    """Lay out a table; the title comes as (first, repeated); `heads` is how the titles of the columns look."""
    titles = [cell(column.title, heads or paper().column) for column in columns]
    has_titles = any(column.title for column in columns)
    widths = _widths(columns, [titles, *rows], width)
    return Table(
        title=title[0],
        title_again=title[1],
        head=_row(columns, titles, widths, padding)[0] if has_titles else space(0.0),
        rows=tuple(block for row in rows for block in _row(columns, row, widths, padding)),
    )


def _widths(columns: Sequence[Column], rows: Sequence[Sequence[Cell]], width: float) -> list[float]:
    """Give figures the room they need, within reason, and share the rest among the words."""
    total = sum(column.share for column in columns)
    figures: dict[int, float] = {}
    for number, column in enumerate(columns):
        if column.align is Align.RIGHT:
            needed = max(sum(run.width for run in row[number]) for row in rows) + 2 * paper().padding_x
            figures[number] = max(width * column.share / total, min(needed, width * _WIDEST_FIGURE))
    left = width - sum(figures.values())
    shares = sum(column.share for number, column in enumerate(columns) if number not in figures)
    return [figures.get(number, left * column.share / shares) for number, column in enumerate(columns)]


def _row(
    columns: Sequence[Column], cells: Sequence[Cell], widths: Sequence[float], padding: float
) -> tuple[Block, ...]:
    """Lay out one row; a very long one is cut into several blocks so that it can go over a page's end."""
    inner = [full - column.indent - 2 * paper().padding_x for full, column in zip(widths, columns, strict=True)]
    broken = [break_lines(runs, room) for room, runs in zip(inner, cells, strict=True)]
    starts = range(0, max(len(lines) for lines in broken), _LINES_A_BLOCK)
    blocks = [
        _cells([lines[start : start + _LINES_A_BLOCK] for lines in broken], columns, widths, padding)
        for start in starts
    ]
    rule = LineMark(0.0, blocks[-1].height, sum(widths), blocks[-1].height, 0.5, paper().line)
    return (*blocks[:-1], replace(blocks[-1], marks=(rule,)))


def _cells(
    texts: Sequence[Sequence[Line]], columns: Sequence[Column], widths: Sequence[float], padding: float
) -> Block:
    look = paper()
    parts: list[Placed] = []
    x = 0.0
    for lines, column, full in zip(texts, columns, widths, strict=True):
        block = set_lines(lines, full - column.indent - 2 * look.padding_x, column.align)
        parts.append(Placed(x + column.indent + look.padding_x, padding, block))
        x += full
    height = max(look.body.leading, *(part.block.height for part in parts)) + 2 * padding
    return Block(height, parts=tuple(parts))
