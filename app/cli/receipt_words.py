"""A receipt of the day as lines of text, for the screen of the command line and for paper."""

from app.domain.day_receipt import (
    COLLEAGUE,
    DIFFERS,
    KEPT_APART,
    NOT_HERE,
    NOT_TAKEN,
    NOT_THERE,
    SAME,
    DayReceipt,
    ReceiptLine,
)
from app.domain.text import Language, Text

_VERDICTS = {
    SAME: Text("一致", "same"),
    DIFFERS: Text("不一致", "differs"),
    NOT_THERE: Text("总部没有", "not at head office"),
    KEPT_APART: Text("总部搁置，待办理", "waits at head office"),
    NOT_TAKEN: Text("总部已退回", "not taken by head office"),
    NOT_HERE: Text("本机没有", "not on this laptop"),
    COLLEAGUE: Text("同事的走访", "a colleague's visit"),
}


def receipt_lines(receipt: DayReceipt, language: Language) -> list[str]:
    """Return the receipt as text, one visit a line, the verdict of the day first."""

    def say(zh: str, en: str) -> str:
        return Text(zh, en).of(language)

    confirmed, total = receipt.photos
    count = len(receipt.lines)
    lines = [say(f"{receipt.day} 当日回执", f"Receipt of {receipt.day}")]
    if receipt.complete:
        lines.append(
            say(f"当日完成，双方一致。回执号 {receipt.number}", f"Day complete, both agree. Receipt {receipt.number}")
        )
    else:
        lines.append(say("当日尚未完成：双方还不一致", "Day not complete: the two sides do not agree yet"))
    lines.append(
        say(
            f"走访 {count} 次，记录 {receipt.rows} 条，照片 {confirmed}/{total}，待发 {receipt.waiting} 条",
            f"{count} visits, {receipt.rows} records, photos {confirmed}/{total}, {receipt.waiting} waiting",
        )
    )
    if receipt.evidence:
        of_them = receipt.evidence
        lines.append(say(f"照片中 {of_them} 张是任务凭证", f"Of the photos {of_them} prove a task of head office"))
    lines += [_line(line, language) for line in receipt.lines]
    if receipt.missing_photos:
        lacking = len(receipt.missing_photos)
        lines.append(say(f"总部还缺 {lacking} 张照片", f"Head office lacks {lacking} photos"))
    if receipt.missing_serials:
        numbers = ", ".join(str(number) for number in receipt.missing_serials[:20])
        lines.append(say(f"总部从没见过的走访编号：{numbers}", f"Visits that head office has never seen: {numbers}"))
    lines.append(say(f"总部时间 {receipt.office_time}", f"Head office time {receipt.office_time}"))
    return lines


def _line(line: ReceiptLine, language: Language) -> str:
    serial = "–" if line.serial is None else f"#{line.serial}"
    photos = f"{line.photos_confirmed}/{line.photos_total}"
    verdict = _VERDICTS[line.verdict].of(language)
    words = Text(
        f"{serial:>6} {line.code} {line.shop} · {line.rows} 条 · 照片 {photos} · {verdict}",
        f"{serial:>6} {line.code} {line.shop} · {line.rows} records · photos {photos} · {verdict}",
    )
    return words.of(language)
