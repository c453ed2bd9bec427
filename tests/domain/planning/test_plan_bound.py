"""The bound of the benchmark is never above the shortest month that trying every month finds, and mostly near it."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.geo import GeoPoint
from app.domain.planning.month_board import END, START, Board
from app.domain.planning.needs import needs_of
from app.domain.planning.problem import MonthProblem
from benchmarks.plan.bound import least_of_month
from tests.domain.planning.months import MONTH, shop, working_days

HOME = GeoPoint(28.0, 113.0)


@st.composite
def tiny_months(draw: st.DrawFn) -> MonthProblem:
    """Draw two or three days and up to six shops on a coarse grid, some with windows, all with order days."""
    grid = st.integers(-3, 3)
    days = working_days(stops=4, minutes=2000)[: draw(st.integers(2, 3))]
    shops = [
        shop(number, weekday=draw(st.integers(1, 3)), point=GeoPoint(28 + draw(grid) / 10, 113 + draw(grid) / 10))
        for number in range(1, draw(st.integers(3, 5)) + 1)
    ]
    needs = tuple(
        replace(need, earliest=days[draw(st.integers(0, 1))].day, latest=days[-1].day) if draw(st.booleans()) else need
        for need in needs_of(shops, (), days)
    )
    return MonthProblem(MONTH, tuple(shops), needs, tuple(days), HOME, HOME)


def shortest(problem: MonthProblem, match: float, spread: int) -> float | None:
    """Return the kilometres of the shortest month under these goals, by trying all of them."""
    board = Board(problem)
    visits, days = range(len(board.needs)), range(len(board.days))
    lengths: dict[frozenset[int], float] = {frozenset(): 0.0}
    best = None
    for on in itertools.product(days, repeat=len(visits)):
        loads = [on.count(day) for day in days]
        fits = max(loads) <= board.days[0].stops and max(loads) - min(loads) <= spread
        matched = sum(bool(board.matches[visit, day]) for visit, day in zip(visits, on, strict=True))
        allowed = all(np.isfinite(board.static[visit, day]) for visit, day in zip(visits, on, strict=True))
        if not (fits and allowed) or matched < match * len(visits) - 1e-9:
            continue
        km = 0.0
        for day in days:
            held = frozenset(visit for visit in visits if on[visit] == day)
            if held not in lengths:
                lengths[held] = min(_length(board, order) for order in itertools.permutations(held))
            km += lengths[held]
        best = km if best is None else min(best, km)
    return best


def _length(board: Board, order: Sequence[int]) -> float:
    nodes = [START, *(board.node[visit] for visit in order), END]
    return float(sum(board.matrix[one, other] for one, other in itertools.pairwise(nodes)))


@given(tiny_months(), st.sampled_from([0.0, 0.5, 0.9]), st.integers(1, 3))
@settings(max_examples=20, deadline=None)
def test_no_month_is_shorter_than_the_bound(problem: MonthProblem, match: float, spread: int) -> None:
    best = shortest(problem, match, spread)
    if best is None:
        return
    bound = least_of_month(problem, match=match, spread=spread, near=best, steps=40)
    assert bound <= best + 1e-6


def _drawn(count: int) -> Iterator[MonthProblem]:
    for turn in range(count):
        shops = [
            shop(
                number, weekday=1 + number % 2, point=GeoPoint(28 + (number * 7 + turn) % 11 / 30, 113 + number % 3 / 9)
            )
            for number in range(1, 7)
        ]
        days = tuple(working_days(stops=4, minutes=2000)[:2])
        yield MonthProblem(MONTH, tuple(shops), needs_of(shops, (), days), days, HOME, HOME)


def test_the_bound_is_near_the_shortest_month() -> None:
    for problem in _drawn(2):
        best = shortest(problem, 0.5, 2)
        assert best is not None
        assert least_of_month(problem, match=0.5, spread=2, near=best, steps=200) > 0.75 * best


def test_a_price_on_misses_raises_the_bound() -> None:
    problem = next(_drawn(1))
    free, strict = (least_of_month(problem, match=match, spread=2, near=500.0, steps=150) for match in (0.0, 1.0))
    assert strict > free


def test_a_visit_without_a_place_has_no_bound() -> None:
    problem = next(_drawn(1))
    lost = tuple(replace(one, point=None) for one in problem.shops)
    with pytest.raises(ValueError, match="without a place"):
        least_of_month(replace(problem, shops=lost), match=0.9, spread=3, near=1.0)
