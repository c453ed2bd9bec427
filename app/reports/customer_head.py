"""The top of the customer's sheet: the shop's name, the four key figures and the months with their chart."""

from dataclasses import replace

from app.domain.customer_summary import CustomerSummary
from app.reports import words
from app.reports.blocks import Align, Block, BoxMark, LineMark, Placed, beside, paragraph, space, stacked, text
from app.reports.formats import Formats, percent
from app.reports.line_breaking import Run
from app.reports.month_chart import legend, month_chart
from app.reports.paper import paper

_RIGHT_SHARE = 0.32
_CARDS_GAP = 7.5
_CARD_RADIUS = 5.0

Figure = tuple[str, tuple[str, str], str]
"""Label, (number, unit behind it), note."""


def head(summary: CustomerSummary) -> Block:
    """Return the name of the shop, the dates, and at the right the order rhythm and the licence."""
    look = paper()
    language = summary.language
    formats = Formats.of(summary)
    right = look.width * _RIGHT_SHARE
    left = look.width - right - look.column_gap
    facts = [words.VISITED.of(language).format(date=formats.day(summary.visit_date))]
    if summary.previous_visit:
        same_year = summary.previous_visit.year == summary.visit_date.year
        previous = formats.day(summary.previous_visit, year=not same_year)
        facts.append(words.PREVIOUS.of(language).format(date=previous))
    if summary.code:
        facts.append(words.CODE.of(language).format(code=summary.code))
    facts.append(words.FOR_RETAILER.of(language))
    terms = [summary.order_rhythm] if summary.order_rhythm else []
    if summary.licence_expiry:
        terms.append(words.LICENCE.of(language).format(date=summary.licence_expiry.isoformat()))
    if summary.next_visit:
        same_year = summary.next_visit.year == summary.visit_date.year
        date = formats.day(summary.next_visit, year=not same_year)
        terms.append(words.NEXT_VISIT.of(language).format(date=date))
    title = text(document_title(summary), look.title, left if len(terms) > 1 else look.width)
    under = text(words.SEPARATOR.of(language).join(facts), look.note, left)
    at_right = stacked([text(term, look.note, right, Align.RIGHT) for term in terms])
    height = max(title.height + under.height, at_right.height)
    return Block(
        height,
        parts=(
            Placed(0.0, 0.0, title),
            Placed(0.0, title.height, under),
            Placed(look.width - right, height - at_right.height, at_right),
        ),
    )


def document_title(summary: CustomerSummary) -> str:
    """Return the title of the sheet, the shop's name in it."""
    return words.TITLE.of(summary.language).format(shop=summary.shop_name)


def key_figures(summary: CustomerSummary) -> Block:
    """Return the four cards with the figures of the last four weeks."""
    look = paper()
    figures = _figures(summary)
    width = (look.width - _CARDS_GAP * (len(figures) - 1)) / len(figures)
    bodies = [_card(figure, width) for figure in figures]
    height = max(body.height for body in bodies)
    frames = tuple(
        BoxMark(number * (width + _CARDS_GAP), 0.0, width, height, frame=look.line, radius=_CARD_RADIUS)
        for number in range(len(figures))
    )
    cards = beside([(number * (width + _CARDS_GAP), body) for number, body in enumerate(bodies)])
    return replace(cards, marks=frames)


def _figures(summary: CustomerSummary) -> tuple[Figure, ...]:
    language = summary.language
    formats = Formats.of(summary)
    key = summary.figures
    quantity, unit = (formats.quantity(key.quantity).partition(" ")[0], formats.unit_of(key.quantity))
    basis = words.IN_BRACKETS.of(language).format(text=key.margin_basis) if key.margin_basis else ""
    known = key.orders_on_time is not None and key.orders_due is not None
    on_time = (
        (f"{key.orders_on_time} / {key.orders_due}", words.ON_TIME_UNIT.of(language)) if known else (words.NONE, "")
    )
    cycles = words.LAST_CYCLES.of(language).format(count=key.orders_due) if known else words.CYCLES.of(language)
    change = formats.money_text(key.value_change, like=key.value_per_unit, signed=True)
    return (
        (
            words.BOUGHT.of(language),
            (quantity, "" if key.quantity is None else unit),
            words.LAST_YEAR.of(language).format(figure=formats.quantity(key.quantity_last_year)),
        ),
        (
            words.VALUE_PER_UNIT.of(language).format(unit=summary.unit.one),
            formats.money(key.value_per_unit),
            words.AGAINST_LAST_YEAR.of(language).format(figure=change),
        ),
        (
            words.MARGIN.of(language),
            formats.money(key.margin),
            words.MARGIN_RATE.of(language).format(rate=percent(key.margin_rate)) + basis,
        ),
        (words.ON_TIME.of(language), on_time, cycles),
    )


def _card(figure: Figure, width: float) -> Block:
    look = paper()
    label, (number, unit), note = figure
    inner = width - 2 * look.padding_x * 2
    runs = [Run(number, look.figure)]
    if unit:
        runs.append(Run(f" {unit}", look.body))
    used = sum(run.width for run in runs)
    if used > inner:
        runs = [Run(run.text, replace(run.style, size=run.style.size * inner / used)) for run in runs]
    body = stacked(
        (
            space(look.padding_x * 1.5),
            text(label, look.note, inner),
            paragraph(runs, inner + 1),
            text(note, look.note, inner),
            space(look.padding_x * 1.5),
        )
    )
    return beside(((look.padding_x * 2, body),))


def months(summary: CustomerSummary, chart_height: float) -> Block | None:
    """Return the chart of the months with its sentence, or None if nothing is known of any month."""
    if all(month.quantity is None and month.last_year is None for month in summary.months):
        return None
    look = paper()
    language = summary.language
    title = words.MONTHS.of(language).format(unit=summary.unit.many)
    key, key_width = legend(words.THIS_YEAR_BARS.of(language), words.LAST_YEAR_DASHES.of(language))
    samples = beside(((look.width - key_width, Block(look.note.leading, tuple(key))),))
    chart = month_chart(summary.months, look.width, chart_height)
    under_way = words.month_under_way(summary.months, language)
    blocks = [section_title(title, under_way, look.width, samples), space(look.padding_x), chart]
    if summary.explanation:
        blocks += [space(look.padding_x), text(summary.explanation, look.body, look.width)]
    return stacked(blocks)


def section_title(title: str, note: str, width: float, at_right: Block | None = None) -> Block:
    """Return a heading with a note beside it and a rule below."""
    look = paper()
    runs = [Run(title, look.heading)]
    if note:
        runs.append(Run(f"  {note}", look.note))
    words_block = paragraph(runs, width)
    height = words_block.height + look.padding_x
    parts = [Placed(0.0, 0.0, words_block)]
    if at_right is not None:
        parts.append(Placed(0.0, words_block.height - at_right.height, at_right))
    return Block(height, (LineMark(0.0, height, width, height, 0.9, look.ink),), tuple(parts))
