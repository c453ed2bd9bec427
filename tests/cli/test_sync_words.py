"""The words of sync are those of the glossary: no second name on the command line, on paper or in the console."""

import re
from pathlib import Path

import pytest

from app.domain.text import Language
from app.headoffice.console.words import words

ROOT = Path(__file__).resolve().parents[2]
SPOKEN = [
    *sorted((ROOT / "app/cli").glob("sync_*.py")),
    *sorted((ROOT / "app/cli").glob("receipt_*.py")),
    ROOT / "app/cli/today_command.py",
    ROOT / "app/cli/leave_command.py",
    ROOT / "app/reports/day_receipt_pdf.py",
]
OTHER_NAMES = ("待发送", "待发 ", "待传", "已发送", "对账", "等待办理", "等待中", "已拒收", "未采纳", "待决定")
"""What 待上传, 已上传, 核对, 待办理, 搁置, 退回 and 冲突待定 were called here and there."""
OF_LISTS = ("targets_import.", "deed_detail.refused")
"""Rows of an import are 拒收, which is no word of sync."""


@pytest.mark.parametrize("file", SPOKEN, ids=lambda file: file.name)
def test_the_command_line_and_the_paper_use_the_words_of_the_glossary(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert [name for name in OTHER_NAMES if name in text] == []


def test_the_console_uses_the_words_of_the_glossary() -> None:
    told = {name: text.of(Language.ZH) for name, text in words().items() if not name.startswith(OF_LISTS)}
    wrong = {name: text for name, text in told.items() if any(one in text for one in (*OTHER_NAMES, "拒收"))}
    assert wrong == {}
    english = {name: text.of(Language.EN) for name, text in words().items()}
    assert {name: text for name, text in english.items() if re.search(r"\bconflicts?\b", text, re.IGNORECASE)} == {}


def test_every_word_of_the_table_stands_in_the_glossary_once() -> None:
    table = (ROOT / "docs/glossary.md").read_text(encoding="utf-8").partition("## Words of sync")[2]
    named = re.findall(r"^\| (\S+) \| ", table, re.MULTILINE)
    wanted = {"待上传", "已上传", "已接收", "已送达", "搁置", "退回", "冲突", "待办理", "核对", "回执", "当日完成"}
    assert wanted <= set(named)
    whole = re.findall(r"^\| (\S+) \| ", (ROOT / "docs/glossary.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert [one for one in wanted if whole.count(one) != 1] == []
