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
    KEPT_APART: Text("总部搁置，待办理", "waits at head office"),
    NOT_TAKEN: Text("总部已退回", "not taken by head office"),
    NOT_HERE: Text("本机没有", "not on this laptop"),
    COLLEAGUE: Text("同事的拜访", "a colleague's visit"),
    HANDED_ON: Text("客户已移交，在总部", "shop handed on, at head office"),
}
_STANDS = {
    Stand.UNDER_WAY: Text("进行中", "in progress"),
    Stand.OTHERWISE: Text("未拜访成", "no visit made"),
    Stand.PLANNED: Text("计划", "planned"),
}


def receipt_lines(receipt: DayReceipt, language: Language) -> list[str]:
    """Return the receipt as text, one visit a line, the verdict of the day first."""

    def say(zh: str, en: str) -> str:
        return Text(zh, en).of(language)

    confirmed, total = receipt.photos
    lines = [say(f"{receipt.day} 当日回执", f"Receipt of {receipt.day}")]
    if receipt.is_empty:
        lines.append(say("当日没有拜访", "No visits on this day"))
    elif receipt.complete:
        lines.append(
            say(f"当日完成，双方一致。回执号 {receipt.number}", f"Day complete, both agree. Receipt {receipt.number}")
        )
    elif receipt.count(Stand.UNDER_WAY):
        lines.append(say("当日尚未完成：还有拜访进行中", "Day not complete: a visit is still in progress"))
    else:
        lines.append(say("当日尚未完成：双方还不一致", "Day not complete: the two sides do not agree yet"))
    lines.append(
        say(
            f"{_counts(receipt, language)}，记录 {receipt.rows} 条，"
            f"照片 {confirmed}/{total}，待发 {receipt.waiting} 条",
            f"{_counts(receipt, language)}, records {receipt.rows}, photos {confirmed}/{total}, "
            f"waiting {receipt.waiting}",
        )
    )
    if receipt.evidence:
        of_them = receipt.evidence
        lines.append(say(f"照片中 {of_them} 张是任务凭证", f"Of the photos {of_them} prove a task of head office"))
    lines += [_line(line, language) for line in receipt.shown]
    if receipt.missing_photos:
        lacking = len(receipt.missing_photos)
        lines.append(say(f"总部还缺 {lacking} 张照片", f"Head office lacks {lacking} photos"))
    if receipt.missing_serials:
        numbers = ", ".join(str(number) for number in receipt.missing_serials[:20])
        lines.append(say(f"总部从没收到的拜访编号：{numbers}", f"Visits that head office has never seen: {numbers}"))
    answered = f"{local_time(receipt.office_time):%Y-%m-%d %H:%M:%S}"
    lines.append(say(f"总部答复时间 {answered}", f"Head office answered at {answered}"))
    return lines


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
