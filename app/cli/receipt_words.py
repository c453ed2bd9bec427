"""A receipt of the day as lines of text, for the screen of the command line and for paper."""

from app.cli.output import local_time
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

_VERDICTS = {
    SAME: Text("一致", "same"),
    DIFFERS: Text("不一致", "differs"),
    NOT_THERE: Text("总部没有", "not at head office"),
    KEPT_APART: Text("总部搁置", "parked at head office"),
    NOT_TAKEN: Text("总部已退回", "refused by head office"),
    NOT_HERE: Text("本机没有", "not on this laptop"),
    COLLEAGUE: Text("同事的拜访", "a colleague's visit"),
    HANDED_ON: Text("客户已移交，在总部", "shop handed on, at head office"),
}
_STANDS = {
    Stand.UNDER_WAY: Text("进行中", "in progress"),
    Stand.OTHERWISE: Text("未拜访成", "no visit made"),
    Stand.PLANNED: Text("计划", "planned"),
}


def receipt_lines(receipt: DayReceipt, language: Language, waits: int = 0, *, is_fresh: bool = True) -> list[str]:
    """Return the receipt as text, one visit a line, the verdict of the day first; `waits`: what is not up now.

    Without a network it is what head office answered the last time, and nothing that was changed since counts as
    delivered.
    """

    def say(zh: str, en: str) -> str:
        return Text(zh, en).of(language)

    asked = f"{local_time(receipt.asked_at):%Y-%m-%d %H:%M:%S}"
    lines = [say(f"{receipt.day} 当日回执", f"Receipt of {receipt.day}")]
    if not is_fresh:
        lines.append(say(f"现在连不上总部，以下是 {asked} 核对的结果", f"Head office cannot be reached: as of {asked}"))
    if receipt.is_outdated:
        changed = Text("核对之后又有改动，待重新核对，不能作为送达凭证",
                       "Changed since: to be compared again; this is no proof of delivery")  # fmt: skip
        lines.append(changed.of(language))
    else:
        lines += [_verdict(receipt, waits, language), *_sums(receipt, language)]
        lines += [_line(line, language) for line in receipt.shown]
    lines += _lacking(receipt, language)
    if not is_fresh:
        lines.append(_waits(waits, language))
    return lines


def _sums(receipt: DayReceipt, language: Language) -> list[str]:
    confirmed, total = receipt.photos
    counts = _counts(receipt, language)
    sums = Text(
        f"{counts}，记录 {receipt.rows} 条，照片 {confirmed}/{total}，待上传 {receipt.waiting} 条",
        f"{counts}, records {receipt.rows}, photos {confirmed}/{total}, waiting {receipt.waiting}",
    )
    told = [sums.of(language)]
    if of_them := receipt.evidence:
        told.append(Text(f"照片中 {of_them} 张是任务凭证", f"Of the photos {of_them} prove a task").of(language))
    return told


def _lacking(receipt: DayReceipt, language: Language) -> list[str]:
    """Say what head office lacked when it answered, and when that was."""
    told: list[Text] = []
    if lacking := len(receipt.missing_photos):
        told.append(Text(f"总部还缺 {lacking} 张照片", f"Head office lacks {lacking} photos"))
    if receipt.missing_serials:
        numbers = ", ".join(str(number) for number in receipt.missing_serials[:20])
        told.append(Text(f"总部从没收到的拜访编号：{numbers}", f"Visits that head office has never seen: {numbers}"))
    answered = f"{local_time(receipt.office_time):%Y-%m-%d %H:%M:%S}"
    told.append(Text(f"总部答复时间 {answered}", f"Head office answered at {answered}"))
    return [one.of(language) for one in told]


def _verdict(receipt: DayReceipt, waits: int, language: Language) -> str:
    """Say whether the day is complete; with other things waiting, that its visits are."""
    if receipt.is_empty:
        words = Text("当日没有拜访", "No visits on this day")
    elif receipt.complete:
        words = Text(
            f"当日完成，双方一致。回执号 {receipt.number}", f"Day complete, both agree. Receipt {receipt.number}"
        )
        if waits:
            words = Text(
                f"拜访已完成，双方一致，回执号 {receipt.number}；另有 {waits} 条待上传",
                f"Visits complete, both agree, receipt {receipt.number}; {waits} more to upload",
            )
    elif receipt.count(Stand.UNDER_WAY):
        words = Text("当日尚未完成：还有拜访进行中", "Day not complete: a visit is still in progress")
    else:
        words = Text("当日尚未完成：双方还不一致", "Day not complete: the two sides do not agree yet")
    return words.of(language)


def _waits(waits: int, language: Language) -> str:
    """Say what is on this laptop alone at this moment."""
    if not waits:
        return Text("本机现在没有待上传的内容", "Nothing waits on this laptop now").of(language)
    return Text(f"本机现在有 {waits} 条待上传，尚未送达", f"{waits} wait on this laptop now, not delivered").of(
        language
    )


def _counts(receipt: DayReceipt, language: Language) -> str:
    """Count what was made, and apart from it what is under way or ended otherwise."""
    visits, open_ones, others = (receipt.count(one) for one in (Stand.MADE, Stand.UNDER_WAY, Stand.OTHERWISE))
    made = Text(f"拜访 {visits} 次", f"{visits} visit" if visits == 1 else f"{visits} visits")
    under_way = Text(f"进行中 {open_ones} 次", f"{open_ones} in progress")
    otherwise = Text(f"未拜访成 {others} 户", f"{others} without a visit")
    said = [made, *([under_way] if open_ones else []), *([otherwise] if others else [])]
    return {Language.ZH: "，", Language.EN: ", "}[language].join(one.of(language) for one in said)


def _line(line: ReceiptLine, language: Language) -> str:
    serial = "–" if line.serial is None else f"#{line.serial}"
    photos = f"{line.photos_confirmed}/{line.photos_total}"
    verdict = _VERDICTS[line.verdict].of(language)
    if line.stand in _STANDS:
        verdict = f"{_STANDS[line.stand].of(language)} · {verdict}"
    words = Text(
        f"{serial:>6} {line.code} {line.shop} · {line.rows} 条 · 照片 {photos} · {verdict}",
        f"{serial:>6} {line.code} {line.shop} · {line.rows} records · photos {photos} · {verdict}",
    )
    return words.of(language)
