"""Why a handover file is refused, in words for the person who holds the stick."""

from app.domain.text import Text
from app.sync.core.sealing import Flaw, SealError

_WORDS = {
    Flaw.NOT_A_HANDOVER: Text("这不是走访的交接文件", "This is no handover file of Zoufang"),
    Flaw.OTHER_OFFICE: Text(
        "这个文件是为另一个总部封装的，这里打不开",
        "This file was sealed for another head office and cannot be opened here",
    ),
    Flaw.CUT_SHORT: Text(
        "文件不完整，后面缺了一部分。请重新复制，或在笔记本上重新导出",
        "The file is not whole: its end is missing. Copy it again, or write it again on the laptop",
    ),
    Flaw.CHANGED: Text(
        "文件内容有改动或已损坏。请重新复制，或在笔记本上重新导出",
        "The file was changed or is damaged. Copy it again, or write it again on the laptop",
    ),
    Flaw.LONGER: Text("文件末尾多了内容，不予导入", "Something was added behind the end of the file"),
    Flaw.UNKNOWN_LAPTOP: Text("总部没有登记这台笔记本：{}", "Head office does not know this laptop: {}"),
    Flaw.WRONG_SIGNATURE: Text(
        "签名不对：文件不是它所说的那台笔记本写的", "The signature is wrong: another laptop than it says wrote the file"
    ),
    Flaw.GAP: Text(
        "前面还有没到的记录（编号 {}）。请先导入更早的交接文件，或让笔记本联网同步一次",
        "Earlier records are missing (numbers {}). Import the earlier file first, or let the laptop sync once",
    ),
    Flaw.FORKED: Text(
        "这台笔记本后来从备份恢复过。请让它联网同步一次，再重新导出",
        "The laptop was restored from a backup. Let it sync once over the network, then write a new file",
    ),
}


def flaw_text(error: SealError) -> Text:
    """Return why the file is refused; nothing of it was taken in."""
    words = _WORDS[error.flaw]
    return Text(words.zh.format(error.detail), words.en.format(error.detail))
