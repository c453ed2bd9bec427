"""The lines of the forecast table: sums that add up, an order that stays, filters that leave what they say."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from app.services.forecast_views import Correction
from app.ui.pages.forecast.desk_lines import (
    Filter,
    Line,
    SortBy,
    by_class,
    in_order,
    in_place,
    is_missed,
    passing,
    sum_of,
    with_typed,
)

_COUNTS = st.none() | st.integers(0, 5_000)


@st.composite
def _lines(draw: st.DrawFn) -> list[Line]:
    numbers = draw(st.lists(st.integers(1, 10_000), unique=True, max_size=30))
    return [
        Line(
            (UUID(int=number), None), f"SKU {number}", str(number), draw(st.sampled_from("12345")),
            last_month=draw(_COUNTS), last_year=draw(_COUNTS), model_value=draw(st.integers(0, 5_000)),
            accuracy=draw(st.none() | st.floats(-2, 1)), final=draw(st.integers(0, 5_000)),
            changed=draw(st.none() | st.integers(-50, 50)),
        )
        for number in numbers
    ]  # fmt: skip


@given(_lines())
def test_the_sums_of_the_classes_add_up_to_the_sum_of_all(lines: list[Line]) -> None:
    shown = by_class(lines, ("3", "1"))
    sums = [line for line in shown if line.is_sum]
    whole = sum_of(lines, "all")
    assert sum(line.final for line in sums) == whole.final == sum(line.final for line in lines)
    assert sum(line.model_value for line in sums) == whole.model_value
    assert sum(line.last_month or 0 for line in sums) == (whole.last_month or 0)
    assert [line for line in shown if not line.is_sum] == sorted(lines, key=lambda one: _place(one, shown))
    assert len({line.group for line in sums}) == len(sums)


def _place(line: Line, shown: list[Line]) -> int:
    return shown.index(line)


@given(_lines())
def test_a_sum_of_nothing_known_is_not_known(lines: list[Line]) -> None:
    total = sum_of(lines)
    assert (total.last_year is None) == all(line.last_year is None for line in lines)


@given(_lines(), st.sampled_from(SortBy), st.booleans())
def test_sorting_loses_no_line_and_puts_what_is_not_known_last(lines: list[Line], by: SortBy, down: bool) -> None:
    found = in_order(lines, Filter(sort=by, descending=down))
    assert sorted(line.code for line in found) == sorted(line.code for line in lines)
    if by is SortBy.LAST:
        known = [line.last_month is not None for line in found]
        assert known == sorted(known, reverse=True)


@given(_lines(), st.data())
def test_lines_stay_where_they_were_whatever_their_figures_are_now(lines: list[Line], data: st.DataObject) -> None:
    order = [line.key for line in lines]
    mixed = data.draw(st.permutations([with_typed(line, 7) for line in lines]))
    assert [line.key for line in in_place(mixed, order)] == order


@given(_lines())
def test_only_missed_leaves_what_fell_short_of_the_target(lines: list[Line]) -> None:
    left = passing(lines, Filter(only_missed=True), 0.85)
    assert all(is_missed(line, 0.85) for line in left)
    assert not any(is_missed(line, 0.85) for line in lines if line not in left)


def test_typing_keeps_the_reason_that_was_given_and_taking_back_shows_the_system() -> None:
    line = Line((UUID(int=1), None), "a", model_value=9, correction=Correction(4, 9, "event"), final=4)
    assert with_typed(line, 6).correction == Correction(6, 9, "event")
    assert with_typed(line, 6).final == 6
    assert with_typed(line, None).correction is None
    assert with_typed(line, None).final == 9


def test_a_figure_without_a_reason_lacks_one_until_a_note_says_why() -> None:
    line = with_typed(Line((UUID(int=1), None), "a", model_value=9), 5)
    assert line.lacks_reason
    assert not Line(line.key, "a", correction=Correction(5, 9, "other", "the fair")).lacks_reason
    assert not Line(line.key, "a", correction=Correction(5, 9, "event")).lacks_reason
