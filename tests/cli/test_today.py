"""The shops of a day on the command line."""

import pytest

from app.cli.reason_words import REASONS, in_words
from app.domain.reasons import VisitReason, Why
from app.domain.text import Language
from tests.cli.program import Zoufang

STOP = {"seq", "code", "name", "class", "planned_at", "status", "reasons", "last_visit", "km"}
DAY = {"date", "shops", "done", "served", "waits", "photos_waiting", "km", "hours", "left_out", "stops"}


def test_the_day_comes_as_one_object_with_its_stops_in_order(zoufang: Zoufang) -> None:
    data = zoufang("--json", "today", "--date", "2022-04-29").worked().data
    assert set(data) == DAY
    assert (data["date"], data["shops"]) == ("2022-04-29", len(data["stops"]))
    assert [stop["seq"] for stop in data["stops"]] == list(range(1, data["shops"] + 1))
    assert data["stops"]
    for stop in data["stops"]:
        assert set(stop) == STOP
        assert set(stop["reasons"]) & {"order_day_today", "order_day_next"}
        assert stop["last_visit"] is None


def test_the_clock_may_be_set_before_the_command_or_after_it_and_date_goes_first(zoufang: Zoufang) -> None:
    by_date = zoufang("--json", "today", "--date", "2022-04-29").worked().data
    assert zoufang("--json", "--as-of", "2022-04-29", "today").worked().data == by_date
    assert zoufang("today", "--as-of", "2022-04-29", "--json").worked().data == by_date
    assert zoufang("--as-of", "2020-01-01", "--json", "today", "--date", "2022-04-29").worked().data == by_date


@pytest.mark.parametrize(("lang", "words"), [("en", "orders today"), ("zh", "今天订货")])
def test_each_line_says_why_in_the_language_asked_for(zoufang: Zoufang, lang: str, words: str) -> None:
    head, *lines = zoufang("today", "--date", "2022-04-29", lang=lang).worked().out.splitlines()
    assert head.startswith("2022-04-29 · ")
    assert words in lines[0]
    assert "order_day" not in "".join(lines)


def test_looking_at_the_day_writes_nothing(zoufang: Zoufang) -> None:
    before = zoufang("--json", "check").data["rows"]
    zoufang("today", "--date", "2022-04-29").worked()
    assert zoufang("--json", "check").data["rows"] == before


def test_every_reason_has_words_in_both_languages() -> None:
    assert set(REASONS) == set(VisitReason)
    for reason in VisitReason:
        chinese, english = (in_words(Why(reason, 3), language) for language in Language)
        assert chinese != english
        assert "{" not in chinese + english
