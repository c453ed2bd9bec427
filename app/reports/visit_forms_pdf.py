"""Forms for planned shops, to be filled in by hand where no laptop can be used: one page a shop, upright A4.

The fields stand in the order of the guided visit, so that they are typed in later from top to bottom.
"""

from collections.abc import Sequence
from dataclasses import replace

from app.domain.diagnosis import State
from app.domain.planning.papers import FormSku, VisitForm
from app.domain.text import Language
from app.reports import fonts, form_words, plan_words
from app.reports.blocks import Block, Placed, beside, space, stacked, text
from app.reports.hand_boxes import WRITING, box, centred, choices, choices_width, heading, label_before, labelled, rule
from app.reports.paper import Style, paper
from app.reports.sheet import UPRIGHT

_ROW = 21.0
_COLUMN_GAP = 14.0
_MOST_PROMISES = 2
_BEFORE_NOTES = 5.0
_LEAST_SKUS = 8
"""So many rows there are, the last ones for what the pen names."""


def visit_forms_pdf(forms: Sequence[VisitForm], language: Language) -> bytes:
    """Return one page for each form; the same forms give the same bytes. Without any, a page says that none is due."""
    fonts.register()
    days = sorted({form.row.day for form in forms})
    title = form_words.DOCUMENT.of(language).format(day=", ".join(day.isoformat() for day in days))
    with fonts.PDF_LOCK:
        pages = UPRIGHT.pages(space(0.0))
        if not forms:
            pages.add(text(plan_words.NO_VISITS.of(language), paper().body, UPRIGHT.inner))
        for number, form in enumerate(forms):
            if number:
                pages.turn()
            pages.add(_page(form, language, pages.whole_page))
        foot = f"{form_words.LATER.of(language)} · {plan_words.INTERNAL.of(language)}"
        return UPRIGHT.pdf(pages, title, language, foot)


def _page(form: VisitForm, language: Language, height: float) -> Block:
    """Return a page: every part, and all the room that is left as a box for notes."""
    parts = (
        _head(form, language),
        _arrival(form, language),
        _stock(form, language),
        _shelf(language),
        _items(form, language),
        _advice(language),
        _agreed(form, language),
    )
    used = sum(part.height for part in parts)
    return stacked((*parts, _notes(language, max(WRITING, height - used))))


def _head(form: VisitForm, language: Language) -> Block:
    look, width, row = paper(), UPRIGHT.inner, form.row
    planned = () if row.planned_at is None else (f"{row.planned_at:%H:%M}",)
    head = form_words.HEAD.of(language).format(
        code=row.code,
        when=" ".join((plan_words.day_name(row.day, language), *planned)),
        order=plan_words.weekday(row.order_weekday, language) or "—",
    )
    last = "" if row.last_visit is None else form_words.LAST.of(language).format(day=row.last_visit.isoformat())
    why = plan_words.several(tuple(part for part in (row.problem, *row.tasks, *row.to_bring) if part), language)
    said = form_words.WHY.of(language).format(why=why) if why else ""
    title = form_words.TITLE.of(language).format(shop=row.name)
    return stacked(
        (
            _one_line(title, replace(look.title, size=14.0), width),
            text("    ".join(part for part in (head, last) if part), look.note, width),
            *((_one_line(said, look.note, width),) if said else ()),
        )
    )


def _one_line(words: str, style: Style, width: float) -> Block:
    return centred(words, style, width, style.leading)


def _arrival(form: VisitForm, language: Language) -> Block:
    width = UPRIGHT.inner
    times = 118.0
    parts = [
        (0.0, label_before(form_words.ARRIVED.of(language), times)),
        (times + _COLUMN_GAP, label_before(form_words.LEFT.of(language), times)),
    ]
    x = 2 * (times + _COLUMN_GAP)
    met = centred(form_words.MET.of(language), paper().tiny, 52.0, WRITING)
    parts += [(x, met), (x + 54.0, choices(form.met, 6.0, WRITING))]
    return stacked((heading(form_words.ARRIVAL, language), beside(parts), space(2.0), rule(width)))


def _stock(form: VisitForm, language: Language) -> Block:
    half = (UPRIGHT.inner - _COLUMN_GAP) / 2
    count = max(len(form.skus), _LEAST_SKUS)
    rows: list[FormSku | None] = [*form.skus, *[None] * (count - len(form.skus))]
    cut = (count + 1) // 2
    columns = [
        stacked((_stock_titles(form, half, language), *(_sku(sku, half) for sku in some)))
        for some in (rows[:cut], rows[cut:])
    ]
    note = form_words.STOCK_NOTE.of(language)
    both = beside(((0.0, columns[0]), (half + _COLUMN_GAP, columns[1])))
    return stacked((heading(form_words.STOCK, language, note), both))


_GUIDE, _LAST, _TAG = 34.0, 24.0, 22.0
_HAND, _PRICE = 44.0, 44.0


def _places(width: float) -> tuple[float, float, float, float, float]:
    """Return where guide price, last count, count, price and tag stand, from the left."""
    tag = width - _TAG
    price = tag - _PRICE - 4.0
    hand = price - _HAND - 4.0
    last = hand - _LAST
    return last - _GUIDE, last, hand, price, tag


def _stock_titles(form: VisitForm, width: float, language: Language) -> Block:
    look = paper()
    guide, last, hand, price, tag = _places(width)
    on_hand = (
        form_words.STOCK_UNIT.of(language).format(unit=form.unit) if form.unit else form_words.ON_HAND.of(language)
    )
    words = (
        (0.0, form_words.SKU.of(language), guide),
        (guide, form_words.GUIDE.of(language), _GUIDE),
        (last, form_words.BEFORE.of(language), _LAST),
        (hand, on_hand, _HAND + 4.0),
        (price, form_words.PRICE.of(language), _PRICE),
        (tag, form_words.TAG.of(language), _TAG + 4.0),
    )
    return beside([(x, text(name, look.tiny, room)) for x, name, room in words])


def _sku(sku: FormSku | None, width: float) -> Block:
    look = paper()
    guide, last, hand, price, tag = _places(width)
    said: list[tuple[float, Block]] = []
    if sku is None:
        said.append((0.0, Block(_ROW, parts=(Placed(0.0, _ROW - 3.0, rule(guide - 6.0)),))))
    else:
        before = "" if sku.last_on_hand is None else str(sku.last_on_hand)
        said += [
            (0.0, centred(sku.name, look.tiny_ink, guide - 4.0, _ROW)),
            (guide, centred(_price(sku.guide_price), look.tiny, _GUIDE, _ROW)),
            (last, centred(before, look.tiny, _LAST, _ROW)),
        ]
    boxes = [(hand, box(_HAND, _ROW - 3.0)), (price, box(_PRICE, _ROW - 3.0)), (tag, choices(("",), 0.0, _ROW - 3.0))]
    return Block(_ROW, parts=(Placed(0.0, 1.0, beside([*said, *boxes])),))


def _price(minor: int | None) -> str:
    return "" if minor is None else f"{minor / 100:.2f}"


def _shelf(language: Language) -> Block:
    width = UPRIGHT.inner
    room = (width - 3 * _COLUMN_GAP) / 4
    counts = [
        (place * (room + _COLUMN_GAP), labelled(name.of(language), room, _ROW))
        for place, name in enumerate(form_words.COUNTS)
    ]
    half = (width - _COLUMN_GAP) / 2
    checks = [
        _question(check.of(language), tuple(word.of(language) for word in (form_words.YES, form_words.NO)), half, 16.0)
        for check in form_words.CHECKS
    ]
    return stacked((heading(form_words.SHELF, language), beside(counts), space(3.0), _in_two(checks)))


def _items(form: VisitForm, language: Language) -> Block:
    half = (UPRIGHT.inner - _COLUMN_GAP) / 2
    grades = tuple(state.value for state in State)
    internal = form_words.INTERNAL_ITEM.of(language)
    rows = [_question(f"{code} {name or internal}", grades, half, 18.0) for code, name in form.items]
    return stacked((heading(form_words.ITEMS, language), _in_two(rows)))


def _question(words: str, answers: Sequence[str], width: float, height: float) -> Block:
    taken = choices_width(answers, 10.0)
    asked = centred(words, paper().tiny_ink, width - taken - 6.0, height)
    line = Block(height, parts=(Placed(0.0, height, rule(width)),))
    return beside(((0.0, asked), (width - taken, choices(answers, 10.0, height)), (0.0, line)))


def _in_two(rows: Sequence[Block]) -> Block:
    """Return the rows in two columns, the first half at the left."""
    half = (UPRIGHT.inner + _COLUMN_GAP) / 2
    cut = (len(rows) + 1) // 2
    return beside(((0.0, stacked(rows[:cut])), (half, stacked(rows[cut:]))))


def _agreed(form: VisitForm, language: Language) -> Block:
    width = UPRIGHT.inner
    who, due = 84.0, 84.0
    what = width - who - due - 2 * 4.0
    titles = beside(
        [
            (0.0, text(form_words.WHAT.of(language), paper().tiny, what)),
            (what + 4.0, text(form_words.WHO.of(language), paper().tiny, who)),
            (what + who + 8.0, text(form_words.DUE.of(language), paper().tiny, due)),
        ]
    )
    row = Block(
        WRITING + 3.0,
        parts=tuple(Placed(x, 0.0, box(room)) for x, room in ((0.0, what), (what + 4.0, who), (what + who + 8.0, due))),
    )
    still_open = plan_words.several(form.promises[:_MOST_PROMISES], language)
    said = form_words.OPEN.of(language).format(text=still_open) if still_open else ""
    opened = (_one_line(said, paper().tiny_ink, width),) if said else ()
    return stacked((heading(form_words.AGREED, language), *opened, titles, row, row))


def _advice(language: Language) -> Block:
    return stacked((heading(form_words.ADVICE, language), box(UPRIGHT.inner, 2 * WRITING)))


def _notes(language: Language, height: float) -> Block:
    """Return the box for notes, which takes the height that is left, and the day of the next visit beside it."""
    width, room = UPRIGHT.inner, 150.0
    left = max(WRITING, height - _BEFORE_NOTES - paper().tiny.leading)
    wide = labelled(form_words.NOTES.of(language), width - room - _COLUMN_GAP, left)
    next_visit = labelled(form_words.NEXT.of(language), room)
    return stacked((space(_BEFORE_NOTES), beside(((0.0, wide), (width - room, next_visit)))))
