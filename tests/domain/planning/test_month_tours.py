"""The search sees the same prices as the board, and a tour that was taken back is the one that was there before."""

from dataclasses import replace
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.planning.month_board import Board
from app.domain.planning.month_search import improve, put_cheapest
from app.domain.planning.month_tours import Month
from app.domain.planning.problem import MonthProblem
from tests.domain.planning.months import months


def with_time(problem: MonthProblem) -> MonthProblem:
    """Return the month with long days: of two places that are equally near, one may be too late for a short one."""
    return replace(problem, days=tuple(replace(day, minutes=5000) for day in problem.days))


def filled(problem: MonthProblem) -> Board:
    board = Board(problem)
    put_cheapest(board, range(len(board.needs)))
    return board


@given(months(), st.integers(0, 1000))
@settings(max_examples=40, deadline=None)
def test_a_visit_costs_the_search_what_it_costs_on_the_board(problem: MonthProblem, seed: int) -> None:
    board = filled(with_time(problem))
    month = Month(board)
    placed = [place for place in range(len(board.needs)) if board.has_day(place)]
    torn = Random(seed).sample(placed, min(3, len(placed)))  # noqa: S311 - a draw, not a secret
    for place in torn:
        day = board.take(place)
        month.take({place}, day)
    miss = board.price_of_one_more_miss()
    for place in torn:
        costs = board.price(place).costs
        found = month.cheapest(place, miss, None)
        if found is None:
            assert not np.isfinite(costs).any()
            continue
        assert costs[found[0]] == pytest.approx(costs.min())
        month.put(place, *found)
        board.put(place, found[0], max(0, found[1][2] - 1))
        assert month.tours[found[0]].cost == pytest.approx(board.day_cost(found[0]))
        assert month.tours[found[0]].minutes == board.minutes[found[0]]
        miss = board.price_of_one_more_miss()
    assert [tour.path[1:-1] for tour in month.tours] == board.tours


@given(months())
@settings(max_examples=25, deadline=None)
def test_a_search_never_leaves_a_dearer_month(problem: MonthProblem) -> None:
    board = filled(problem)
    before = board.cost()
    improve(board, 60, 1, lambda _share: None, lambda: False)
    assert board.cost() <= before + 1e-6
