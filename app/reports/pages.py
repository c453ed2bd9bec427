"""Puts blocks and tables on pages: a table goes on over the page's end with its head repeated."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.reports.blocks import Block, Placed, stacked
from app.reports.paper import paper
from app.reports.tables import Table

_ROWS_KEPT_TOGETHER = 2
_WORTH_LEAVING_EMPTY = 0.4
"""The end of a page up to this share is left empty if that keeps a table in one piece."""


@dataclass(slots=True)
class Pages:
    """Pages being filled from top to bottom."""

    running_head: Block
    """Printed at the top of every page but the first."""
    footer_top: float = field(default_factory=lambda: paper().footer_top)
    """Measured from the top edge: another one where the paper lies on its side."""
    finished: list[list[Placed]] = field(default_factory=lambda: [[]])
    _y: float = field(default_factory=lambda: paper().margin_top)
    _gap: float = 0.0

    @property
    def left(self) -> float:
        """How much height is left on this page."""
        return self.footer_top - paper().footer_gap - self._y - self._gap

    @property
    def at_top(self) -> bool:
        """Whether nothing stands on this page yet."""
        return len(self.finished[-1]) == (0 if len(self.finished) == 1 else 1)

    @property
    def whole_page(self) -> float:
        """How much height a fresh page has."""
        look = paper()
        return self.footer_top - look.footer_gap - look.margin_top - self.running_head.height

    def add(self, block: Block) -> None:
        """Put an uncut block here, or on a new page if it does not fit."""
        if block.height > self.left and not self.at_top:
            self.turn()
        self.finished[-1].append(Placed(paper().margin_side, self._y + self._gap, block))
        self._y += self._gap + block.height
        self._gap = 0.0

    def gap(self, height: float) -> None:
        """Leave a space before what comes next on this page; asked for twice, it is left once."""
        self._gap = 0.0 if self.at_top else max(self._gap, height)

    def add_table(self, table: Table, closing: Block | None = None) -> None:
        """Put a table; no row is left alone before or after a page's end, and `closing` stays with the last rows."""
        groups = _groups(table.rows, closing)
        opening = stacked((table.title, table.head))
        whole = opening.height + sum(group.height for group in groups)
        kept_whole = whole <= self.whole_page and self.left < self.whole_page * _WORTH_LEAVING_EMPTY
        needed = whole if kept_whole else opening.height + groups[0].height
        if needed > self.left and not self.at_top:
            self.turn()
        self.add(opening)
        for number, group in enumerate(groups):
            if number and group.height > self.left:
                self.turn()
                self.add(stacked((table.title_again, table.head)))
            self.add(group)

    def turn(self) -> None:
        """Start a new page."""
        look = paper()
        self.finished.append([Placed(look.margin_side, look.margin_top, self.running_head)])
        self._y = look.margin_top + self.running_head.height
        self._gap = 0.0


def _groups(rows: Sequence[Block], closing: Block | None) -> list[Block]:
    """Bind the first two and the last two rows together, where they are not very high."""
    last = [*rows[-_ROWS_KEPT_TOGETHER:]] if len(rows) > _ROWS_KEPT_TOGETHER else [*rows]
    rest = rows[: len(rows) - len(last)]
    if len(rest) == 1:
        last.insert(0, rest[0])
        rest = ()
    opening = _bound(rest[:_ROWS_KEPT_TOGETHER])
    end = [] if closing is None else [closing]
    return [*opening, *rest[_ROWS_KEPT_TOGETHER:], *_bound([*last, *end])]


def _bound(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks as one, or as they are if together they are higher than half a page."""
    if sum(block.height for block in blocks) > paper().footer_top / 2:
        return [*blocks]
    return [stacked(blocks)] if blocks else []
