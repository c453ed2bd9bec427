"""The words of the console: every one that a page uses stands in both languages, reasons are told plainly."""

import re
import tomllib
from pathlib import Path

import pytest

from app.domain.text import Language
from app.headoffice.console import words
from app.headoffice.console.telling import Teller

CONSOLE = Path(words.__file__).parent
TEMPLATES = sorted((CONSOLE / "templates").glob("*.html"))


def test_every_word_that_a_page_uses_stands_in_both_languages() -> None:
    raw = tomllib.loads((CONSOLE / "words.toml").read_text(encoding="utf-8"))
    assert all(len(both) == 2 and all(both) for part in raw.values() for both in part.values())
    sources = [path.read_text(encoding="utf-8") for path in TEMPLATES]
    used = {name for source in sources for name in re.findall(r"\bt\('([\w.]+)'[,)]", source)}
    assert len(used) > 100
    assert {name for name in used if not words.known(name)} == set()


def test_words_with_a_place_for_a_number_have_it_in_both_languages() -> None:
    for name, text in words.words().items():
        assert re.findall(r"\{\w+\}", text.zh).sort() == re.findall(r"\{\w+\}", text.en).sort(), name


@pytest.mark.parametrize(
    ("reason", "zh"),
    [
        ("day is empty", "“日期”没有填。"),
        ("no customer_id, day", "缺少“客户、日期”。"),
        ("customer_id stays", "“客户”不能改。"),
        ("visit has no colour", "总部没有“colour”这一栏，程序版本不一致。"),
        ("visit.day: not a day", "“日期”的值不能识别。"),
        ("replica_lost", "电脑已停用，上面的记录要由总部逐条决定。"),
        ("something new", "内容不符合要求 (something new)"),
    ],
)
def test_reasons_are_told_in_plain_words(reason: str, zh: str) -> None:
    assert Teller(Language.ZH).reason("invalid", reason, "visit") == zh
