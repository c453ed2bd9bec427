"""What the words on the command line may be, and what a person is told of every kind of trouble."""

import os
import sys
from pathlib import Path

import pytest

from app import __version__
from app.cli.main import run, system_language
from app.cli.words import WORDS, of_refusal, of_trouble
from app.domain.problems import Problem, Refusal, RuleError, TroubleError
from app.domain.text import Language
from app.runtime.paths import DataFolder
from tests.cli.program import Zoufang


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["nonsense"], "invalid choice"),
        (["import", "shops", "x.csv", "--profile", "iowa"], "invalid choice"),
        (["import", "customers", "x.csv"], "--profile"),
        (["import", "customers"], "required"),
        (["today", "extra"], "unrecognized"),
        (["today", "--date", "2022-13-01"], "write it as 2022-04-29"),
        (["--as-of", "yesterday", "today"], "write it as 2022-04-29"),
        (["--as-of", "0001-01-01", "today"], "out of the years"),
        (["--lang", "fr", "today"], "invalid choice"),
        (["--data-dir", "", "today"], "is empty"),
        (["restore", ""], "is empty"),
        (["--pass=x", "today"], "unrecognized"),
    ],
)
def test_bad_usage_ends_with_2_and_says_what_is_wrong(
    capsys: pytest.CaptureFixture[str], words: list[str], told: str
) -> None:
    assert run(words) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("usage: zoufang")
    assert told in captured.err


def test_help_tells_the_exit_codes_and_every_command_has_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0
    told = capsys.readouterr().out
    assert "4 store damaged" in told
    for command in ("init", "demo", "import", "search", "customers", "customer", "today", "advice", "summary"):
        assert run([command, "--help"]) == 0
        assert command in told
    for command in ("backup", "restore", "check", "shots"):
        assert run([command, "--help"]) == 0
        assert command in told
    capsys.readouterr()
    assert run(["--version"]) == 0
    assert capsys.readouterr().out == f"zoufang {__version__}\n"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux runs without a screen")
def test_without_a_screen_the_window_is_refused_in_words(nothing: Zoufang, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    assert "zoufang --help" in nothing().refused_with(2)
    assert "没有屏幕" in nothing(lang="zh").refused_with(2)


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({"LC_ALL": "zh_CN.UTF-8"}, Language.ZH),
        ({"LANG": "zh_CN.GB18030"}, Language.ZH),
        ({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, Language.EN),
        ({"LC_MESSAGES": "zh_TW.UTF-8", "LANG": "en_US.UTF-8"}, Language.ZH),
        ({"LANG": "de_DE.UTF-8"}, Language.EN),
    ],
)
def test_without_lang_the_language_is_that_of_the_system(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], language: Language
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert system_language() is language


def test_on_windows_the_language_comes_from_the_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("locale.getlocale", lambda: ("Chinese (Simplified)_China", "936"))
    assert system_language() is Language.ZH


@pytest.mark.parametrize("problem", Problem)
def test_every_problem_has_words_in_both_languages(problem: Problem, tmp_path: Path) -> None:
    assert problem in WORDS
    folder = DataFolder(tmp_path)
    chinese, english = (of_trouble(TroubleError(problem, "17"), folder, language) for language in Language)
    assert chinese.isascii() is False
    assert english.isascii() is True
    assert "17" in chinese
    assert "17" in english
    assert "{}" not in chinese + english


def test_every_reason_of_a_refusal_is_told() -> None:
    refused = RuleError(Refusal(Problem.BAD_VALUE, "qty"), Refusal(Problem.REASON_MISSING))
    line = of_refusal(refused, Language.EN)
    assert "qty" in line
    assert "reason is missing" in line


def test_a_data_folder_that_is_a_file_is_told(nothing: Zoufang, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZOUFANG_PASSWORD", "correct horse battery")
    nothing.folder.root.parent.mkdir(parents=True)
    nothing.folder.root.write_text("not a folder")
    assert str(nothing.folder.root) in nothing("init").refused_with(2)
    assert nothing.folder.root.read_text() == "not a folder"
    assert "zoufang init" in nothing("today").refused_with(2)


def test_a_demo_is_built_again_in_its_place_and_never_over_anything_else(nothing: Zoufang) -> None:
    words = ("--json", "demo", "--practice", "--build-only")
    first = nothing(*words).worked().data
    assert first["customers"] > 0
    assert nothing(*words).worked().data == first
    other = nothing.folder.root / "letters"
    other.mkdir()
    (other / "letter.txt").write_text("dear")
    line = Zoufang(DataFolder(other), nothing.capsys)("demo", "--practice", "--build-only").refused_with(2)
    assert str(other) in line
    assert (other / "letter.txt").exists()


def test_a_relative_data_folder_is_the_one_from_here(
    zoufang: Zoufang, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(zoufang.folder.root.parent)
    assert run(["--data-dir", os.path.basename(zoufang.folder.root), "--json", "check"]) == 0  # noqa: PTH119
    assert str(zoufang.folder.root) in capsys.readouterr().out
