"""Day sheets (拜访日程) to carry: half a page a day, two days on one A4; a long day takes a page of its own."""

from collections.abc import Sequence
from dataclasses import replace

from app.domain.planning.papers import PlanTable, PlanTableDay, PlanTableRow
from app.domain.text import Language
from app.reports import fonts, plan_words
from app.reports.blocks import Align, Block, BoxMark, LineMark, Placed, beside, space, text
from app.reports.line_breaking import Run
from app.reports.paper import paper
from app.reports.sheet import UPRIGHT
from app.reports.tables import Cell, Column, Table, cell, table

_SHARES = (
    (plan_words.NUMBER, 1.7),
    (plan_words.ARRIVAL, 2.8),
    (plan_words.NAME, 8.0),
    (plan_words.ORDER_DAY, 2.6),
    (plan_words.WHY, 8.0),
    (plan_words.TO_BRING, 6.5),
    (plan_words.DONE_BOX, 2.0),
    (plan_words.REMARKS, 5.0),
)
_PADDINGS = (3.6, 2.4, 1.4)
"""From airy to dense: a day takes the first that fits on half a page."""
_BOX = 8.0


def day_sheets_pdf(plan: PlanTable) -> bytes:
    """Return the sheets of the days in the table, in order; the same table gives the same bytes."""
    fonts.register()
    look, sheet, language = paper(), UPRIGHT, plan.language
    title = plan_words.DAY_SHEET.of(language).format(day=plan_words.month_name(plan.month, language))
    with fonts.PDF_LOCK:
        pages = sheet.pages(space(0.0))
        half = (pages.whole_page - look.gap) / 2
        days = [day for day in plan.days if day.stops]
        if not days:
            pages.add(text(plan_words.NO_VISITS.of(language), look.body, sheet.inner))
        for day in days:
            layouts = [_of_day(day, language, padding) for padding in _PADDINGS]
            fitting = next((one for one in layouts if one.whole.height <= half), None)
            if fitting is not None:
                is_upper = pages.at_top or half > pages.left
                pages.add(_halved(fitting.whole, half, is_upper=is_upper))
                pages.gap(look.gap)
            else:
                pages.add_table(layouts[0])
                pages.gap(look.gap)
        return sheet.pdf(pages, title, language, plan_words.INTERNAL.of(language))


def _halved(whole: Block, half: float, *, is_upper: bool) -> Block:
    """Return a day that fills half a page; the upper one has a line at its foot to cut along."""
    cut = LineMark(0.0, half, UPRIGHT.inner, half, 0.4, paper().line)
    return Block(half, (cut,) if is_upper else (), (Placed(0.0, 0.0, whole),))


def _of_day(day: PlanTableDay, language: Language, padding: float) -> Table:
    columns = [Column(name.of(language), share) for name, share in _SHARES]
    rows = [row for row in day.rows if row.number is not None]
    cells = [_row(row, language) for row in rows]
    found = table((space(0.0), space(0.0)), columns, cells, UPRIGHT.inner, padding, paper().tiny)
    name = plan_words.DAY_SHEET.of(language).format(day=plan_words.day_name(day.day, language))
    again = text(plan_words.CONTINUED.of(language).format(title=name), paper().heading, UPRIGHT.inner)
    boxed = [_boxed(block) for block in found.rows]
    return replace(found, title=_title(name, day, language), title_again=again, rows=tuple(boxed))


def _title(name: str, day: PlanTableDay, language: Language) -> Block:
    look, width = paper(), UPRIGHT.inner
    sums = plan_words.DAY_SUMS.of(language)
    said = sums.format(stops=day.stops, km=f"{day.km:,.1f}", hours=f"{day.minutes / 60:.1f}")
    return beside(((0.0, text(name, look.heading, width)), (0.0, text(said, look.note, width, Align.RIGHT))))


def _boxed(row: Block) -> Block:
    """Put a box to tick into the last column but one."""
    before = sum(share for _, share in _SHARES[:-2])
    x = UPRIGHT.inner * before / sum(share for _, share in _SHARES) + paper().padding_x
    box = BoxMark(x, (row.height - _BOX) / 2, _BOX, _BOX, frame=paper().ink)
    return replace(row, marks=(*row.marks, box))


def _row(row: PlanTableRow, language: Language) -> Sequence[Cell]:
    look = paper()
    why = plan_words.several(tuple(part for part in (row.problem, *row.tasks) if part), language)
    return (
        _small(str(row.number)),
        _small("" if row.planned_at is None else f"{row.planned_at:%H:%M}"),
        (Run(row.name, replace(look.tiny_ink, font=fonts.BOLD)), Run(f" {row.code}", look.tiny)),
        _small(plan_words.weekday(row.order_weekday, language)),
        _small(why or plan_words.several(row.purposes, language)),
        _small(plan_words.several(row.to_bring, language)),
        _small(""),
        _small(""),
    )


def _small(words: str) -> Cell:
    return cell(words, paper().tiny_ink)
