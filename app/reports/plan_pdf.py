"""《客户经理拜访计划表》 as a PDF: A4 on its side, the days one after the other, the sums of the month at the end."""

from collections.abc import Sequence
from dataclasses import replace

from app.domain.planning.papers import PlanTable, PlanTableDay, PlanTableRow
from app.domain.text import Language
from app.reports import fonts, plan_words
from app.reports.blocks import Align, Block, BoxMark, LineMark, Placed, beside, space, stacked, text
from app.reports.formats import percent
from app.reports.line_breaking import Run
from app.reports.paper import paper
from app.reports.sheet import ON_ITS_SIDE
from app.reports.tables import Cell, Column, Table, cell, table

_SHARES = (
    (plan_words.NUMBER, 2.2),
    (plan_words.ARRIVAL, 4.9),
    (plan_words.NAME, 7.3),
    (plan_words.LINE, 3.6),
    (plan_words.TIER_CLASS, 4.1),
    (plan_words.ORDER_DAY, 2.9),
    (plan_words.LAST_VISIT, 3.3),
    (plan_words.VISIT_NO_HEAD, 2.4),
    (plan_words.PURPOSE, 5.2),
    (plan_words.PROBLEM, 5.1),
    (plan_words.ITEMS, 4.1),
    (plan_words.TASKS, 4.7),
    (plan_words.TO_BRING, 4.7),
    (plan_words.PRIORITY, 4.9),
    (plan_words.STATUS, 3.8),
    (plan_words.REASON, 3.7),
    (plan_words.RESULT, 3.5),
)
_PADDING = 2.2
_BAND = "#EEF1F4"
_SIGN_WIDTH, _SIGN_HEIGHT = 150.0, 34.0


def plan_pdf(plan: PlanTable) -> bytes:
    """Return the table as a PDF; the same table gives the same bytes."""
    fonts.register()
    look, sheet, language = paper(), ON_ITS_SIDE, plan.language
    title = plan_words.TITLE_OF_MONTH.of(language).format(month=plan_words.month_name(plan.month, language))
    with fonts.PDF_LOCK:
        again = text(plan_words.CONTINUED.of(language).format(title=title), look.note, sheet.inner)
        columns = [Column(name.of(language), share) for name, share in _SHARES]
        names = _laid_out(columns, ()).head
        pages = sheet.pages(stacked((again, space(look.gap * 0.3), names)))
        pages.add(_head(plan, title))
        pages.add(names if plan.days else text(plan_words.NO_VISITS.of(language), look.body, sheet.inner))
        for day in plan.days:
            pages.add_table(_of_day(day, columns, language), _sums(plan) if day is plan.days[-1] else None)
        return sheet.pdf(pages, title, language, plan_words.INTERNAL.of(language))


def _head(plan: PlanTable, title: str) -> Block:
    look, width = paper(), ON_ITS_SIDE.inner
    manager = plan_words.MANAGER.of(plan.language).format(manager=plan.manager) if plan.manager else ""
    titles = beside(((0.0, text(title, look.title, width)), (0.0, text(manager, look.body, width, Align.RIGHT))))
    return stacked((titles, space(look.gap * 0.4)))


def _of_day(day: PlanTableDay, columns: Sequence[Column], language: Language) -> Table:
    """Return a day under its band, which is repeated where the day goes on over a page's end."""
    found = _laid_out(columns, [_row(row, language) for row in day.rows])
    name = plan_words.day_name(day.day, language)
    sums = plan_words.DAY_SUMS.of(language)
    said = sums.format(stops=day.stops, km=f"{day.km:,.1f}", hours=f"{day.minutes / 60:.1f}")
    again = plan_words.CONTINUED.of(language).format(title=name)
    return Table(_band(name, said), _band(again, ""), space(0.0), found.rows)


def _laid_out(columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> Table:
    return table((space(0.0), space(0.0)), columns, rows, ON_ITS_SIDE.inner, _PADDING, paper().tiny)


def _band(name: str, said: str) -> Block:
    look, width = paper(), ON_ITS_SIDE.inner
    title = text(name, look.column, width)
    sums = text(said, look.tiny_ink, width - look.padding_x, Align.RIGHT)
    height = title.height + 4.0
    box = BoxMark(0.0, 0.0, width, height, fill=_BAND)
    return Block(height, (box,), (Placed(look.padding_x, 2.0, title), Placed(0.0, 3.0, sums)))


def _row(row: PlanTableRow, language: Language) -> list[Cell]:
    arrival = "" if row.planned_at is None else f"{row.planned_at:%H:%M}"
    minutes = plan_words.MINUTES_SHORT.of(language).format(minutes=row.minutes) if row.minutes else ""
    last = "" if row.last_visit is None else f"{row.last_visit:%m-%d}"
    number = "" if row.visit_no is None else str(row.visit_no)
    due = "" if row.due_by is None else plan_words.DUE_BY_SHORT.of(language).format(day=f"{row.due_by:%m-%d}")
    moved = "" if row.moved_to is None else f"→ {row.moved_to:%m-%d}"
    return [
        _plain("" if row.number is None else str(row.number)),
        _plain(arrival, minutes),
        (Run(row.name, replace(paper().tiny_ink, font=fonts.BOLD)), Run(f" {row.code}", paper().tiny)),
        _plain(row.line),
        _plain(tier_and_class(row)),
        _plain(plan_words.weekday(row.order_weekday, language)),
        _plain(last),
        _plain(number),
        _plain(plan_words.several(row.purposes, language)),
        _plain(row.problem),
        _plain(plan_words.several(row.items, language)),
        _plain(plan_words.several(row.tasks, language)),
        _plain(plan_words.several(row.to_bring, language)),
        _plain(row.cadence, due),
        _plain(row.status_words, moved),
        _plain(row.reason),
        _plain(row.result),
    ]


def tier_and_class(row: PlanTableRow) -> str:
    """Return tier and composite code as far as they are known."""
    return " / ".join(part for part in ("" if row.tier is None else str(row.tier), row.class_code) if part)


def _plain(*parts: str) -> Cell:
    return cell(" ".join(part for part in parts if part), paper().tiny_ink)


def _sums(plan: PlanTable) -> Block:
    look, width, language = paper(), ON_ITS_SIDE.inner, plan.language
    sums = plan_words.SUMS.of(language).format(
        stops=plan.stops,
        km=f"{plan.km:,.1f}",
        hours=f"{plan.hours:,.1f}",
        match=percent(plan.order_day_match),
    )
    words_width = width - _SIGN_WIDTH - look.column_gap
    said = stacked(
        (
            space(look.gap * 0.6),
            text(sums, look.strong, words_width),
            text(plan_words.HOW_SUMMED.of(language), look.tiny, words_width),
        )
    )
    line = LineMark(0.0, _SIGN_HEIGHT, _SIGN_WIDTH, _SIGN_HEIGHT, 0.8, look.ink)
    label = text(plan_words.APPROVED.of(language), look.note, _SIGN_WIDTH)
    sign = Block(_SIGN_HEIGHT, (line,), (Placed(0.0, look.gap, label),))
    return beside(((0.0, said), (width - _SIGN_WIDTH, sign)))
