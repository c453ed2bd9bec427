"""When a shop can be visited: opening hours as people write them, the tags, and where a shop is presumed to lie."""

import itertools
from datetime import time
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.geo import GeoPoint
from app.domain.planning.places import Whereabouts, presumed_places
from app.domain.planning.problem import Span
from app.domain.planning.shop_hours import open_spans

TAGS = ("opens_late", "no_noon", "closes_late", "school_peak", "market_morning", "harvest_jam")


def _hours(words: str | None, *tags: str) -> list[tuple[str, str]]:
    return [(f"{one.begins:%H:%M}", f"{one.ends:%H:%M}") for one in open_spans(words, tags)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("8:00-21:30", [("08:00", "21:30")]),
        ("07：30—22：00", [("07:30", "22:00")]),
        ("8-20", [("08:00", "20:00")]),
        ("8-8", [("08:00", "20:00")]),
        ("早上7点半到晚上10点", [("07:30", "22:00")]),
        ("8时30分至21时", [("08:30", "21:00")]),
        ("上午8点-12点，下午2点至9点", [("08:00", "12:00"), ("14:00", "21:00")]),
        ("周一至周日 6:00-23:00", [("06:00", "23:00")]),
        ("6am to 11pm", [("06:00", "23:00")]),
        ("18:00-02:00", [("18:00", "23:59")]),
        ("0:00-24:00", []),
        ("24小时", []),
        ("看情况", []),
        ("2024-05-01", []),
        ("", []),
        (None, []),
    ],
)
def test_opening_hours_are_read_as_people_write_them(words: str | None, expected: list[tuple[str, str]]) -> None:
    assert _hours(words) == expected


def test_tags_narrow_the_day() -> None:
    assert _hours(None, "opens_late") == [("10:00", "23:59")]
    assert _hours("8-20", "no_noon") == [("08:00", "11:30"), ("14:00", "20:00")]
    assert _hours("8-20", "market_morning") == [("09:30", "20:00")]
    assert _hours("8-20", "school_peak")[0] == ("08:30", "11:30")
    assert _hours(None, "closes_late", "harvest_jam") == []


def test_a_tag_that_leaves_no_time_is_passed_over() -> None:
    assert _hours("8-9:30", "opens_late") == [("08:00", "09:30")]


@given(
    begins=st.integers(0, 22), length=st.integers(1, 23), tags=st.lists(st.sampled_from(TAGS), max_size=4, unique=True)
)
def test_what_is_left_is_open_and_in_order(begins: int, length: int, tags: list[str]) -> None:
    ends = min(24, begins + length)
    spans = open_spans(f"{begins}:00-{ends}:00", tags)
    until = time.max.replace(microsecond=0) if ends == 24 else time(ends)
    assert all(time(begins) <= one.begins < one.ends <= until for one in spans)
    assert all(a.ends <= b.begins for a, b in itertools.pairwise(spans))
    assert spans or (begins, ends) == (0, 24)
    assert all(isinstance(one, Span) for one in spans)


def _at(number: int, point: GeoPoint | None = None, **known: object) -> Whereabouts:
    return Whereabouts(UUID(int=number), point, **known)  # pyright: ignore[reportArgumentType]


def test_a_shop_without_coordinates_lies_in_its_village_before_its_street_before_its_line() -> None:
    village, street, line = GeoPoint(30, 112), GeoPoint(31, 113), GeoPoint(32, 114)
    known = [_at(1, village, village="河东村"), _at(2, street, street="人民路"), _at(3, line, line="三线")]
    wanted = [
        _at(11, village="河东村", street="人民路", line="三线"),
        _at(12, village="河西村", street="人民路", line="三线"),
        _at(13, line="三线"),
        _at(14, village="河西村"),
    ]
    found = presumed_places([*known, *wanted])
    assert found == {UUID(int=11): village, UUID(int=12): street, UUID(int=13): line}


def test_on_a_line_a_shop_lies_between_its_neighbours() -> None:
    shops = [_at(n, GeoPoint(30 + n, 112), line="三线", place_on_line=n) for n in (1, 2, 5)]
    found = presumed_places([*shops, _at(9, line="三线", place_on_line=3), _at(8, line="三线", place_on_line=7)])
    assert found[UUID(int=9)] == GeoPoint(33.5, 112)
    assert found[UUID(int=8)] == GeoPoint(35, 112)
