"""`zoufang tasks`: what head office wants done, most urgent first."""

import shutil

import pytest

from app.cli.passwords import VARIABLE
from app.runtime.paths import DataFolder
from tests.cli.program import Zoufang
from tests.conftest import PASSWORD


@pytest.fixture
def practice(nothing: Zoufang, practice_store: DataFolder, monkeypatch: pytest.MonkeyPatch) -> Zoufang:
    """Give the program on the invented territory, which has tasks."""
    shutil.copytree(practice_store.root, nothing.folder.root)
    monkeypatch.setenv(VARIABLE, PASSWORD)
    return nothing


def test_the_open_tasks_come_as_one_object_most_urgent_first(practice: Zoufang) -> None:
    data = practice("--json", "tasks").worked().data
    assert (data["date"], data["open"], data["overdue"]) == ("2026-11-21", 6, 1)
    assert [task["due_on"] for task in data["tasks"]][:2] == ["2026-11-20", "2026-11-21"]
    assert data["tasks"][0]["customer"] == "HD3003"
    assert data["tasks"][-1]["due_on"] is None


def test_another_day_makes_other_tasks_overdue(practice: Zoufang) -> None:
    assert practice("--json", "tasks", "--date", "2026-11-24").worked().data["overdue"] == 4


@pytest.mark.parametrize(("lang", "words"), [("zh", "逾期"), ("en", "overdue")])
def test_a_line_says_what_is_late_in_the_language_asked_for(practice: Zoufang, lang: str, words: str) -> None:
    first = practice("tasks", lang=lang).worked().out.splitlines()[0]
    assert first.startswith("2026-11-20 · ")
    assert first.endswith(words)
    assert "HD3003 老周食杂店" in first


def test_a_store_without_tasks_says_so(zoufang: Zoufang) -> None:
    assert zoufang("tasks", lang="zh").worked().out == "没有总部任务\n"
    assert zoufang("--json", "tasks").worked().data["tasks"] == []
