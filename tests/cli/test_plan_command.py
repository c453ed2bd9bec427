"""`zoufang plan` and `zoufang route`: the month computed, kept, explained, written; a day in the shortest order."""

import re
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from app.cli import plan_words
from app.domain.planning.month_explain import Reason, WayOut
from app.domain.planning.triggers import TriggerCode
from app.domain.text import Language
from app.domain.visit import VisitStatus
from tests.cli.program import Zoufang
from tests.fresh_stores import PASSWORD, fresh_store, fresh_vault
from tests.services.plan_town import TODAY, build_town

SHOPS = 5
AS_OF = ("--as-of", TODAY.isoformat())
JULY = ("--month", "2026-07", *AS_OF)


@pytest.fixture
def town(nothing: Zoufang, monkeypatch: pytest.MonkeyPatch) -> Zoufang:
    """Give the program on a town of a few shops that are owed two visits a month."""
    monkeypatch.setenv("ZOUFANG_PASSWORD", PASSWORD)
    key = fresh_vault(nothing.folder)
    database = fresh_store(nothing.folder, key).database
    build_town(database, SHOPS, tier=20)
    database.close()
    return nothing


def _lines(file: Path) -> int:
    return len(CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0).to_python())


def test_a_month_is_shown_kept_explained_and_written(town: Zoufang, tmp_path: Path) -> None:
    shown = town("plan", *JULY, "--json")
    assert shown.code == 0
    assert (shown.data["kept"], shown.data["planned"], shown.data["due"]) == (False, 2 * SHOPS, 2 * SHOPS)
    assert shown.err.splitlines()[-1] == "planning 100%"

    file = tmp_path / "计划.xlsx"
    draft = town("plan", *JULY, "--out", file, "--json")
    assert draft.data["file"] == str(file)
    assert _lines(file) == 2 * SHOPS + 1
    assert not town("plan", *JULY, "--json").data["kept"]

    kept = town("plan", *JULY, "--keep", "--json")
    assert (kept.data["kept"], kept.data["changed"]) == (True, 2 * SHOPS)
    stored = town("plan", *JULY, "--json").worked().data
    assert stored["plan"] == kept.data["plan"]
    assert "seconds" not in stored
    again = town("plan", *JULY, "--keep", "--json").data
    assert (again["changed"], again["moved"]) == (0, [])
    assert town("plan", *JULY, "--out", file, "--json").worked().data["due"] == 2 * SHOPS
    assert _lines(file) == 2 * SHOPS + 1

    told = town("plan", "--explain", "C003", *JULY, "--json").worked().data
    codes = [why["code"] for why in told["why"]]
    assert codes[0] == "cadence"
    assert codes.count("planned") == 2
    assert {"window", "load", "km_added"} <= set(codes)

    day = next(day for day in stored["plan"] if day["stops"])
    route = town("route", "--date", day["date"], "--json").worked().data
    assert {stop["code"] for stop in route["stops"]} == {stop["code"] for stop in day["stops"]}
    assert route["km"] <= route["km_as_stored"] + 0.1


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_words_are_whole_in_both_languages(town: Zoufang, lang: str) -> None:
    for words in (("plan", *JULY, "--keep"), ("plan", *JULY), ("plan", "--explain", "C001", *JULY), ("route", *AS_OF)):
        done = town(*words, lang=lang)
        assert done.code == 0
        assert done.out
        assert "{" not in done.out
        if lang == "zh":
            assert not re.search("[a-z]{3,}_[a-z]+", done.out)


def test_what_cannot_be_done_is_refused(town: Zoufang) -> None:
    assert "is over" in town("plan", "--month", "2026-05", *AS_OF).refused_with(2)
    assert "Not found" in town("plan", "--explain", "C999", *JULY).refused_with(2)
    assert town("plan", "--keep", "--explain", "C001", *JULY).code == 2


def test_a_day_without_stops_says_so(town: Zoufang) -> None:
    sunday = town("route", "--date", "2026-06-21", "--json").worked().data
    assert sunday["stops"] or sunday["km"] == 0


def test_every_code_has_words_in_both_languages() -> None:
    assert {code.value for code in Reason} <= set(plan_words.REASONS)
    assert {code.value for code in WayOut} <= set(plan_words.WAYS_OUT)
    assert {code.value for code in VisitStatus} <= set(plan_words.STATUSES)
    assert {code.value for code in TriggerCode} <= set(plan_words.TRIGGERS)
    for table in (plan_words.REASONS, plan_words.WAYS_OUT, plan_words.WHY, plan_words.TRIGGERS):
        for words in table.values():
            assert set(re.findall(r"\{\w+\}", words.of(Language.ZH))) == set(
                re.findall(r"\{\w+\}", words.of(Language.EN))
            )
