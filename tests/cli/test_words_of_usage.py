"""The command line in Chinese: no English sentence in help, usage, errors of the system, guidance and refusals."""

import argparse
import re
import subprocess
import sys
from pathlib import Path

import pytest

from app.cli.advice_reasons import REASONS
from app.cli.arguments import build_parser, parse
from app.cli.main import run
from app.cli.usage_words import CHINESE
from app.domain.order_advice import ReasonCode
from app.domain.text import Language
from tests.cli.program import ROOT, Zoufang

_ENGLISH = re.compile(r"[A-Za-z]+ [a-z]+ [a-z]+")
"""Three English words in a row are a sentence; names of commands and files are none."""
_SHOWS_WINDOW = """
from PySide6.QtCore import qWarning
from PySide6.QtWidgets import QApplication, QWidget
from app.cli.quiet import leave_out_size_hints
leave_out_size_hints()
app = QApplication([])
window = QWidget()
window.show()
qWarning("something else")
"""


def _texts(parser: argparse.ArgumentParser) -> set[str]:
    texts = {parser.description or "", parser.epilog or ""}
    for action in parser._actions:
        texts |= {action.help or ""} - {argparse.SUPPRESS}
        if isinstance(action, argparse._SubParsersAction):
            texts |= {choice.help or "" for choice in action._choices_actions}
            for below in action.choices.values():
                texts |= _texts(below)
    return texts - {""}


def test_every_text_of_the_help_has_its_chinese() -> None:
    assert sorted(_texts(build_parser()) - set(CHINESE)) == []


@pytest.mark.parametrize(
    "words",
    [
        ["nonsense"],
        ["import", "shops", "x.csv", "--profile", "iowa"],
        ["import", "customers"],
        ["today", "extra"],
        ["today", "--date"],
        ["--as-of", "yesterday", "today"],
        ["--as-of", "0001-01-01", "today"],
        ["--data-dir", "", "today"],
        ["today", "--password", "x"],
    ],
)
def test_bad_usage_is_told_in_chinese(capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    assert run(["--lang=zh", *words]) == 2
    usage, *_, told = capsys.readouterr().err.splitlines()
    assert usage.startswith("用法：zoufang")
    assert re.search("[\u4e00-\u9fff]", told)
    assert not _ENGLISH.search(told), told


def test_help_is_chinese_and_the_next_run_is_english_again(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--lang", "zh", "import", "--help"]) == 0
    told = capsys.readouterr().out
    assert "映射方案" in told
    assert not _ENGLISH.search(told), told
    assert run(["--lang", "en", "--help"]) == 0
    assert capsys.readouterr().out.startswith("usage: zoufang")
    assert parse(["--lang", "zh", "check"], Language.ZH).command == "check"


def test_what_the_system_says_is_put_into_the_language(zoufang: Zoufang, tmp_path: Path) -> None:
    words = ("import", "customers", tmp_path / "nowhere.csv", "--profile", "iowa")
    assert "没有这个文件" in zoufang(*words, lang="zh").refused_with(2)
    assert "There is no such file" in zoufang(*words).refused_with(2)
    assert "这是文件夹" in zoufang("import", "customers", tmp_path, "--profile", "iowa", lang="zh").refused_with(2)
    unknown = zoufang("import", "customers", tmp_path / "nowhere.csv", "--profile", "nix", lang="zh").refused_with(2)
    assert "没有这个映射方案；现有：" in unknown


def test_every_reason_of_the_guidance_has_words_in_both_languages() -> None:
    assert set(REASONS) == set(ReasonCode)


def test_nothing_to_search_for_is_refused(zoufang: Zoufang) -> None:
    assert "Nothing to search for" in zoufang("search", "  ").refused_with(2)


def test_the_line_of_qt_about_size_hints_is_left_out_and_nothing_else(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _SHOWS_WINDOW], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True,
        env={"QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path), "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.stdout == ""
    assert done.stderr.splitlines() == ["something else"]
