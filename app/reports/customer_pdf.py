"""The customer's sheet (经营小结) as a PDF: puts the sections on pages in reading order and writes the file."""

import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from app.domain.customer_summary import CustomerSummary
from app.reports import fonts, words
from app.reports.blocks import Align, Block, LineMark, Placed, beside, space, stacked, text
from app.reports.customer_foot import closing, reminders
from app.reports.customer_head import document_title, head, key_figures, months
from app.reports.customer_tables import CustomerTables
from app.reports.drawing import draw
from app.reports.never_printed import cleared
from app.reports.pages import Pages
from app.reports.paper import Density, paper
from app.reports.tables import Table
from app.runtime.memory import give_back

TableOf = Callable[[float], Table]
"""Lays a table out to a width."""


def write_customer_pdf(summary: CustomerSummary, path: Path) -> None:
    """Write the sheet to this path; the file is whole or, if something fails, what was there before."""
    content = customer_pdf_bytes(summary)
    handle, name = tempfile.mkstemp(prefix=f".{path.stem}-", suffix=".part", dir=path.parent)
    partial = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    except BaseException:
        with suppress(OSError):
            partial.unlink()
        raise


def customer_pdf_bytes(summary: CustomerSummary) -> bytes:
    """Return the sheet as a PDF; the same summary gives the same bytes."""
    fonts.register()
    summary = cleared(summary)
    with fonts.PDF_LOCK:
        chosen = _airiest(summary)
        language = {"zh": "zh-CN", "en": "en"}[summary.language]
        pdf = draw(chosen.finished, document_title(summary), language, lambda page, of: _footer(summary, page, of))
        fonts.let_go()
    give_back()
    return pdf


def _airiest(summary: CustomerSummary) -> Pages:
    """Lay the sheet out with as much room as the smallest number of pages allows."""
    *airier, densest = paper().densities
    fewest = _pages(summary, densest)
    layouts = (_pages(summary, density) for density in airier)
    return next((pages for pages in layouts if len(pages.finished) == len(fewest.finished)), fewest)


def fewest_pages(summary: CustomerSummary) -> int:
    """Return how many pages the sheet takes when it is set as densely as it may be."""
    return len(_pages(summary, paper().densities[-1]).finished)


def _pages(summary: CustomerSummary, density: Density) -> Pages:
    look = paper()
    tables = CustomerTables(summary, density.padding_y)
    pages = Pages(running_head=_running_head(summary))
    pages.add(head(summary))
    pages.gap(look.gap * 0.7)
    pages.add(key_figures(summary))
    if (chart := months(summary, density.chart_height)) is not None:
        pages.gap(look.gap)
        pages.add(chart)
    _add_pair(
        pages,
        tables.classes if summary.classes else None,
        tables.top_skus if summary.top_skus else None,
    )
    _add_pair(
        pages,
        tables.slow if summary.slow else None,
        tables.out_of_stock if summary.out_of_stock else None,
    )
    last: list[Table] = []
    if summary.suggestions:
        last.append(tables.suggestions(look.width))
    if summary.steps:
        last.append(tables.steps(look.width))
    if notices := reminders(summary):
        last.append(tables.reminders(notices, look.width))
    for table in last[:-1]:
        pages.gap(look.gap)
        pages.add_table(table)
    pages.gap(look.gap)
    if last:
        pages.add_table(last[-1], closing(summary))
    else:
        pages.add(closing(summary))
    return pages


def _add_pair(pages: Pages, left: TableOf | None, right: TableOf | None) -> None:
    """Put two tables side by side; one alone, or two too long for one page, get the full width."""
    look = paper()
    half = (look.width - look.column_gap) / 2
    pages.gap(look.gap)
    if left and right:
        pair = beside(((0.0, left(half).whole), (half + look.column_gap, right(half).whole)))
        if pair.height <= pages.whole_page:
            pages.add(pair)
            return
    for table_of in (left, right):
        if table_of:
            pages.gap(look.gap)
            pages.add_table(table_of(look.width))


def _running_head(summary: CustomerSummary) -> Block:
    look = paper()
    line = words.SEPARATOR.of(summary.language).join((document_title(summary), summary.visit_date.isoformat()))
    return stacked((text(line, look.note, look.width), space(look.gap * 0.6)))


def _footer(summary: CustomerSummary, page: int, pages: int) -> Placed:
    look = paper()
    number = words.PAGE.of(summary.language).format(page=page, pages=pages)
    words_of_law = text(words.FOOTER.of(summary.language), look.note, look.width * 0.88)
    number_block = text(number, look.note, look.width, Align.RIGHT)
    lines = beside(((0.0, words_of_law), (0.0, number_block)))
    rule = LineMark(0.0, 0.0, look.width, 0.0, 0.6, look.line)
    return Placed(
        look.margin_side, look.footer_top, Block(lines.height, (rule,), (Placed(0.0, look.padding_x, lines),))
    )
