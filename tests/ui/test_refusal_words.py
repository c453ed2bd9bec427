"""Every reason for which a record can be refused, as it stands in the code of both sides, has words of its own."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.headoffice.parked import DROPPED
from app.ui.pages.sync.refusal_words import RefusalWords

APP = Path(__file__).resolve().parents[2] / "app"
FILES = (
    *(APP / "sync" / "core").glob("*.py"), APP / "sync" / "refusals.py", APP / "sync" / "push.py",
    *(APP / "headoffice" / f"{name}.py" for name in ("operations", "conflicts", "parked", "push", "fields", "writer")),
)  # fmt: skip
STATUSES = {"forbidden", "invalid", "parked", "gone", "moved", "malformed", "too_large"}
NOT_OF_OPERATIONS = {
    "the numbers are not in order", "not an id", "not a moment", "a new customer needs its territory",
}  # fmt: skip
"""Refused with the whole message, or said to those who import at head office."""


def _texts(node: ast.expr) -> Iterator[str]:
    """Yield what an expression can be as a text; what is filled in becomes a field's name."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from (*_texts(node.body), *_texts(node.orelse))
    elif isinstance(node, ast.JoinedStr):
        yield "".join(str(part.value) if isinstance(part, ast.Constant) else "field_name" for part in node.values)


def _reasons(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg == "reason":
            yield from _texts(node.value)
        elif (
            isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Malformed" and node.args
        ):
            yield from _texts(node.args[0])
        elif isinstance(node, ast.Tuple):
            yield from _of_tuple(node)


def _of_tuple(node: ast.Tuple) -> Iterator[str]:
    """Yield the reason of `Status.X, "reason"` and of `("invalid", "reason")`."""
    for status, reason in zip(node.elts, node.elts[1:], strict=False):
        is_status = (
            isinstance(status, ast.Attribute) and isinstance(status.value, ast.Name) and status.value.id == "Status"
        )
        is_text = isinstance(status, ast.Constant) and status.value in STATUSES and len(node.elts) == 2
        if is_status or is_text:
            yield from _texts(reason)


def _all() -> set[str]:
    found = {reason for file in FILES for reason in _reasons(ast.parse(file.read_text(encoding="utf-8")))}
    return {reason for reason in found if reason and reason not in NOT_OF_OPERATIONS}


def test_the_reasons_are_found_in_the_code() -> None:
    found = _all()
    assert {"read_only", "text_too_long", "not_yours", "illegal_step", "field_name is empty", "unknown_row"} <= found
    assert len(found) > 20


def test_every_reason_has_words_of_its_own() -> None:
    words = RefusalWords()
    missing = sorted(reason for reason in _all() if not words.knows(reason))
    assert missing == []


def test_every_status_has_words_where_a_newer_head_office_gives_another_reason() -> None:
    words = RefusalWords()
    last = words.of("new_status", "new_reason")
    assert all(words.of(status, "new_reason") != last for status in STATUSES)


def test_what_a_person_of_the_office_wrote_is_read_as_it_stands() -> None:
    words = RefusalWords()
    assert words.knows(f"{DROPPED}: 重复录入")
    assert "“重复录入: 见 3 月 2 日”" in words.of("invalid", f"{DROPPED}: 重复录入: 见 3 月 2 日")
    assert words.of("invalid", DROPPED) not in {words.of("invalid", ""), words.of("invalid", "unknown")}


def test_a_reason_that_names_fields_tells_which() -> None:
    words = RefusalWords()
    assert words.fields_in("no cust_name, phone_main") == ("cust_name", "phone_main")
    assert words.fields_in("day is empty") == ("day",)
    assert words.fields_in("stock_count.on_hand: no number") == ("on_hand",)
    assert words.fields_in("read_only") == ()


def test_each_of_these_words_is_translated() -> None:
    source = (APP / "ui" / "pages" / "sync" / "refusal_words.py").read_text(encoding="utf-8")
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    texts = {text for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr == "tr"
             for text in _texts(call.args[0])}  # fmt: skip
    catalogue = (APP.parent / "resources" / "translations" / "app_zh_CN.ts").read_text(encoding="utf-8")
    context = re.search(r"<name>RefusalWords</name>(.*?)</context>", catalogue, re.DOTALL)
    done = re.findall(
        r"<source>(.*?)</source>\s*<translation>[^<]+</translation>", context[1] if context else "", re.DOTALL
    )
    if not done:
        pytest.skip("the catalogue has not been filled in since these words were written")
    assert texts <= {text.replace("&apos;", "'").replace("&quot;", '"').replace("&amp;", "&") for text in done}
