"""The receipt of a day on paper: what both sides hold of each visit, the number of head office, room to sign."""

from datetime import datetime

from app.domain.day_receipt import (
    COLLEAGUE,
    DIFFERS,
    HANDED_ON,
    KEPT_APART,
    NOT_HERE,
    NOT_TAKEN,
    NOT_THERE,
    SAME,
    DayReceipt,
    ReceiptLine,
    Stand,
)
from app.domain.text import Language, Text
from app.reports import fonts
from app.reports.blocks import Align, Block, LineMark, Placed, beside, space, stacked, text
from app.reports.drawing import draw
from app.reports.pages import Pages
from app.reports.paper import paper
from app.reports.tables import Cell, Column, Table, cell, table
from app.runtime.memory import give_back

VERDICTS = {
    SAME: Text("双方一致", "Both hold the same"),
    DIFFERS: Text("内容不一致", "Differs"),
    NOT_THERE: Text("总部没有", "Not at head office"),
    KEPT_APART: Text("总部搁置", "Parked at head office"),
    NOT_TAKEN: Text("总部已退回", "Refused by head office"),
    NOT_HERE: Text("本机没有", "Not on this laptop"),
    COLLEAGUE: Text("同事的拜访", "A colleague's visit"),
    HANDED_ON: Text("客户已移交，在总部", "Shop handed on, at head office"),
}
_STANDS = {
    Stand.UNDER_WAY: Text("进行中", "In progress"),
    Stand.OTHERWISE: Text("未拜访成", "No visit made"),
    Stand.PLANNED: Text("计划", "Planned"),
}
_TITLE = Text("{day} 拜访数据回执", "Receipt of {day}")
_COMPLETE = Text("当日完成：总部与本机一致，回执号 {number}", "Day complete: both hold the same. Receipt {number}")
_OPEN = Text("当日尚未完成，不能作为送达凭证", "Day not complete: this is no proof of delivery")
_OUTDATED = Text(
    "核对之后又有改动，待重新核对，不能作为送达凭证",
    "Changed since it was compared: to be compared again, no proof of delivery",
)
_SAME_THEN = Text("核对时一致", "The same then")
_EMPTY = Text("当日没有拜访", "No visits on this day")
_UNDER_WAY = Text(
    "当日尚未完成：还有 {count} 次拜访进行中，不能作为送达凭证",
    "Day not complete: visits in progress: {count}. This is no proof of delivery",
)
_SUMS = Text(
    "拜访 {visits} 次 · 记录 {rows} 条 · 照片 {confirmed} / {photos} · 待上传 {waiting} 条",
    "Visits {visits}  |  records {rows}  |  photos {confirmed} / {photos}  |  waiting {waiting}",
)
_EVIDENCE = Text("照片中 {count} 张是任务凭证", "Of the photos {count} prove a task of head office")
_WHO = Text("客户经理 {manager} · 电脑 {replica}", "Customer manager {manager}  |  laptop {replica}")
_WHEN = Text("总部时间 {office} · 核对时间 {asked}", "Head office time {office}  |  compared {asked}")
_VISITS = Text("逐户核对", "Visit by visit")
_COLUMNS = (
    (Text("序号", "No."), 0.7, Align.RIGHT),
    (Text("客户", "Shop"), 3.6, Align.LEFT),
    (Text("记录", "Records"), 0.9, Align.RIGHT),
    (Text("照片", "Photos"), 0.9, Align.RIGHT),
    (Text("核对码", "Check"), 1.8, Align.LEFT),
    (Text("结果", "Result"), 2.0, Align.LEFT),
)
_LACKING = Text("总部还缺 {count} 张照片", "Head office lacks {count} photos")
_UNSEEN = Text("总部从未收到的拜访序号：{numbers}", "Visits that head office has never seen: {numbers}")
_SIGNED = (Text("客户经理签字", "Customer manager"), Text("总部确认", "For head office"))
_PAGE = Text("第 {page} / {pages} 页", "{page} / {pages}")
_SIGN_WIDTH, _SIGN_HEIGHT = 180.0, 42.0
_MOST_NUMBERS = 20
_CHECK_LETTERS = 8


def day_receipt_pdf(receipt: DayReceipt, language: Language) -> bytes:
    """Return the receipt as a PDF; the same receipt gives the same bytes."""
    fonts.register()
    title = _TITLE.of(language).format(day=receipt.day)
    with fonts.PDF_LOCK:
        pages = Pages(running_head=text(title, paper().note, paper().width))
        pages.add(_head(receipt, title, language))
        pages.gap(paper().gap)
        pages.add_table(_visits(receipt, language))
        pages.gap(paper().gap)
        pages.add(_closing(receipt, language))
        name = {Language.ZH: "zh-CN", Language.EN: "en"}[language]
        pdf = draw(pages.finished, title, name, lambda page, of: _footer(page, of, language))
        fonts.let_go()
    give_back()
    return pdf


def _head(receipt: DayReceipt, title: str, language: Language) -> Block:
    look = paper()
    confirmed, photos = receipt.photos
    sums = _SUMS.of(language).format(
        visits=receipt.count(Stand.MADE), rows=receipt.rows, confirmed=confirmed, photos=photos, waiting=receipt.waiting
    )
    who = _WHO.of(language).format(manager=receipt.manager, replica=receipt.replica[:_CHECK_LETTERS])
    when = _WHEN.of(language).format(office=_minute(receipt.office_time), asked=_minute(receipt.asked_at))
    return stacked(
        (
            text(title, look.title, look.width),
            text(f"{who}    {when}", look.note, look.width),
            space(look.gap),
            text(_verdict(receipt, language), look.heading, look.width),
            text(sums, look.body, look.width),
        )
    )


def _verdict(receipt: DayReceipt, language: Language) -> str:
    if receipt.is_outdated:
        return _OUTDATED.of(language)
    if receipt.is_empty:
        return _EMPTY.of(language)
    if receipt.complete:
        return _COMPLETE.of(language).format(number=receipt.number)
    under_way = receipt.count(Stand.UNDER_WAY)
    return _UNDER_WAY.of(language).format(count=under_way) if under_way else _OPEN.of(language)


def _visits(receipt: DayReceipt, language: Language) -> Table:
    look = paper()
    columns = [Column(title.of(language), share, align) for title, share, align in _COLUMNS]
    heading = text(_VISITS.of(language), look.heading, look.width)
    rows = [_row(line, language, is_outdated=receipt.is_outdated) for line in receipt.shown]
    return table((heading, heading), columns, rows, look.width, look.densities[0].padding_y)


def _row(line: ReceiptLine, language: Language, *, is_outdated: bool) -> list[Cell]:
    look = paper()
    return [
        cell("—" if line.serial is None else str(line.serial)),
        (*cell(line.shop, look.strong), *cell(f"  {line.code}", look.note)),
        cell(str(line.rows)),
        cell(f"{line.photos_confirmed} / {line.photos_total}"),
        cell(line.digest[-_CHECK_LETTERS:], look.note),
        cell(_result(line, language, is_outdated=is_outdated), look.body if line.verdict == SAME else look.strong),
    ]


def _result(line: ReceiptLine, language: Language, *, is_outdated: bool) -> str:
    said = (_SAME_THEN if is_outdated and line.verdict == SAME else VERDICTS[line.verdict]).of(language)
    return said if line.stand is Stand.MADE else f"{_STANDS[line.stand].of(language)} · {said}"


def _closing(receipt: DayReceipt, language: Language) -> Block:
    look = paper()
    words: list[str] = []
    if receipt.evidence:
        words.append(_EVIDENCE.of(language).format(count=receipt.evidence))
    if receipt.missing_photos:
        words.append(_LACKING.of(language).format(count=len(receipt.missing_photos)))
    if receipt.missing_serials:
        numbers = ", ".join(str(number) for number in receipt.missing_serials[:_MOST_NUMBERS])
        words.append(_UNSEEN.of(language).format(numbers=numbers))
    notes = [text(line, look.body, look.width) for line in words]
    signs = [
        (number * (_SIGN_WIDTH + look.column_gap), _sign(label.of(language))) for number, label in enumerate(_SIGNED)
    ]
    return stacked((*notes, space(look.gap), beside(signs)))


def _sign(label: str) -> Block:
    look = paper()
    line = LineMark(0.0, _SIGN_HEIGHT, _SIGN_WIDTH, _SIGN_HEIGHT, 0.8, look.ink)
    return Block(_SIGN_HEIGHT, (line,), (Placed(0.0, 0.0, text(label, look.note, _SIGN_WIDTH)),))


def _footer(page: int, pages: int, language: Language) -> Placed:
    look = paper()
    number = text(_PAGE.of(language).format(page=page, pages=pages), look.note, look.width, Align.RIGHT)
    rule = LineMark(0.0, 0.0, look.width, 0.0, 0.6, look.line)
    return Placed(
        look.margin_side, look.footer_top, Block(number.height, (rule,), (Placed(0.0, look.padding_x, number),))
    )


def _minute(moment: str) -> str:
    """Return a moment of ISO 8601 by the clock of this place: day, hour and minute."""
    return f"{datetime.fromisoformat(moment).astimezone():%Y-%m-%d %H:%M}"
