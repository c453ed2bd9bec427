"""Tables break over pages as a person would break them."""

import pytest

from app.reports.blocks import Block, Placed, space
from app.reports.pages import Pages
from app.reports.paper import paper
from app.reports.tables import Table

ROW = 20.0
TITLE, AGAIN, HEAD, CLOSING = space(17.0), space(18.0), space(19.0), space(60.0)


def a_table(rows: int) -> Table:
    return Table(TITLE, AGAIN, HEAD, tuple(space(ROW) for _ in range(rows)))


def leaves(block: Block) -> list[Block]:
    return [leaf for part in block.parts for leaf in leaves(part.block)] if block.parts else [block]


def rows_on(page: list[Placed]) -> int:
    return sum(leaf.height == ROW for placed in page for leaf in leaves(placed.block))


def has(page: list[Placed], block: Block) -> bool:
    return any(leaf is block for placed in page for leaf in leaves(placed.block))


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 30, 31, 32, 60, 61])
def test_no_page_has_a_single_row_and_the_end_stays_with_the_last_rows(count: int) -> None:
    for filled in range(0, 740, 7):
        pages = Pages(running_head=space(15.0))
        pages.add(space(float(filled)))
        pages.add_table(a_table(count), CLOSING)
        counts = [rows_on(page) for page in pages.finished]
        assert sum(counts) == count
        assert all(rows == 0 or rows >= min(2, count) for rows in counts), (filled, counts)
        assert counts[-1] > 0
        assert has(pages.finished[-1], CLOSING)
        with_rows = [page for page in pages.finished if rows_on(page)]
        assert has(with_rows[0], TITLE)
        assert all(has(page, AGAIN) and has(page, HEAD) for page in with_rows[1:])


def test_nothing_reaches_into_the_footer() -> None:
    for filled in range(0, 740, 7):
        pages = Pages(running_head=space(15.0))
        pages.add(space(float(filled)))
        pages.gap(15.0)
        pages.add_table(a_table(45), CLOSING)
        for page in pages.finished:
            assert all(placed.y + placed.block.height <= paper().footer_top for placed in page)


def test_a_table_that_would_be_cut_near_the_end_of_a_page_goes_to_the_next_in_one_piece() -> None:
    pages = Pages(running_head=space(15.0))
    pages.add(space(600.0))
    pages.add_table(a_table(10))
    assert [rows_on(page) for page in pages.finished] == [0, 10]


def test_a_gap_asked_for_twice_is_left_once_and_none_at_the_top_of_a_page() -> None:
    pages = Pages(running_head=space(15.0))
    pages.gap(10.0)
    pages.add(space(100.0))
    pages.gap(10.0)
    pages.gap(12.0)
    pages.add(space(100.0))
    first, second = pages.finished[0]
    assert first.y == paper().margin_top
    assert second.y == first.y + 112.0
