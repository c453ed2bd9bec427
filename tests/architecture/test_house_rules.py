"""The rules of the house that no tool checks: each in plain words, over the whole tree."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports
from packaging.version import Version

import app

ROOT = Path(__file__).resolve().parents[2]
APP = sorted((ROOT / "app").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
LONGEST_FILE = 400


def _calls(file: Path) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            yield node


def _name(call: ast.Call) -> str:
    function = call.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _where(file: Path, node: ast.AST) -> str:
    return f"{file.relative_to(ROOT)}:{getattr(node, 'lineno', 1)}"


def test_every_room_imports_only_the_rooms_below_it() -> None:
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == EXIT_STATUS_SUCCESS


def test_no_file_is_longer_than_four_hundred_lines() -> None:
    frozen = ROOT / "app/storage/migrations/versions"
    long = {
        str(file.relative_to(ROOT)): count
        for file in APP + TESTS
        if frozen not in file.parents and (count := len(file.read_text(encoding="utf-8").splitlines())) > LONGEST_FILE
    }
    assert long == {}


def test_every_file_says_in_its_first_line_what_it_is_for() -> None:
    silent = [
        str(file.relative_to(ROOT)) for file in APP + TESTS if not ast.get_docstring(ast.parse(file.read_text("utf-8")))
    ]
    assert silent == []


def test_only_literals_are_translated() -> None:
    wrong = [
        _where(file, call)
        for file in APP
        for call in _calls(file)
        if _name(call) == "tr" and not all(isinstance(a, ast.Constant) for a in call.args[:2])
    ]
    assert wrong == []


def test_no_translation_is_asked_for_inside_an_f_string() -> None:
    """The tool that collects the texts does not look into f-strings: such a text is never translated."""
    wrong = [
        _where(file, node)
        for file in APP
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.JoinedStr)
        if any(isinstance(call, ast.Call) and _name(call) == "tr" for call in ast.walk(node))
    ]
    assert wrong == []


def test_signals_are_connected_to_bound_methods_only() -> None:
    wrong = [
        _where(file, call)
        for file in APP
        for call in _calls(file)
        if _name(call) == "connect"
        and call.args
        and (
            isinstance(call.args[0], ast.Lambda)
            or (isinstance(call.args[0], ast.Call) and _name(call.args[0]) == "partial")
        )
    ]
    assert wrong == []


def test_view_models_know_no_widgets() -> None:
    wrong = [
        str(file.relative_to(ROOT))
        for file in APP
        if file.name.endswith(("_view_model.py", "_table_model.py")) and "QtWidgets" in file.read_text("utf-8")
    ]
    assert wrong == []


def test_no_thread_or_runnable_of_our_own() -> None:
    pattern = re.compile(r"\b(QThread|QRunnable|moveToThread|QtAsyncio)\b")
    runner = ROOT / "app/ui/background"
    wrong = [
        str(file.relative_to(ROOT))
        for file in APP
        if runner not in file.parents and pattern.search(file.read_text("utf-8"))
    ]
    assert wrong == []


def test_no_colour_is_written_in_python() -> None:
    pattern = re.compile(r"[\"']#[0-9A-Fa-f]{6}\b")
    wrong = [
        str(file.relative_to(ROOT))
        for file in sorted((ROOT / "app/ui").rglob("*.py"))
        if file.parent.name != "look" and pattern.search(file.read_text("utf-8"))
    ]
    assert wrong == []


def test_tests_wait_for_a_state_and_never_for_a_time() -> None:
    banned = {"sleep", "processEvents"}
    wrong = [
        _where(file, call)
        for file in TESTS
        for call in _calls(file)
        if _name(call) in banned or (_name(call) == "wait" and getattr(call.func, "value", None) is not None
                                     and getattr(call.func.value, "id", "") == "qtbot")  # type: ignore[attr-defined]
    ]  # fmt: skip
    assert wrong == []


def test_the_changelog_begins_with_the_version_of_the_package() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = re.search(r"^## \[?(\d+\.\d+\.\d+)", text, re.MULTILINE)
    assert newest is not None
    assert Version(newest.group(1)) == Version(app.__version__)
