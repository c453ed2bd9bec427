"""The distribution of demand against draws from it, and what any order-up-to level has to obey."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.replenishment.demand import Demand

means, spreads = st.floats(0.01, 300), st.floats(0.2, 20)
services = st.floats(0.5, 0.995)


def _one(mean: float, variance: float) -> Demand:
    return Demand(np.array([mean]), np.array([variance]))


@pytest.mark.parametrize(("mean", "variance"), [(3, 3), (3, 9), (0.2, 0.5), (50, 200), (300, 900), (500, 3_000)])
@pytest.mark.parametrize("service", [0.5, 0.9, 0.95, 0.99])
def test_levels_are_those_of_draws(mean: float, variance: float, service: float) -> None:
    random = np.random.default_rng(1)
    if variance > mean:
        size = mean * mean / (variance - mean)
        drawn = random.negative_binomial(size, size / (size + mean), 200_000)
    else:
        drawn = random.poisson(mean, 200_000)

    level = int(_one(mean, variance).order_up_to(service)[0])

    assert abs(level - np.quantile(drawn, service)) <= max(1, 0.02 * mean)
    assert _one(mean, variance).chance_above(np.array([level]))[0] == pytest.approx(
        (drawn > level).mean(), abs=0.01 if mean < 400 else 0.02
    )


def test_demand_that_varies_less_than_chance_is_binomial() -> None:
    demand = _one(10, 5)  # 20 times one half

    assert demand.order_up_to(0.5)[0] == 10
    assert demand.chance_above(np.array([14]))[0] == pytest.approx(0.0207, abs=0.001)


@given(means, spreads, services, services)
def test_more_service_never_needs_less(mean: float, spread: float, one: float, other: float) -> None:
    demand = _one(mean, mean * spread)
    low, high = sorted((one, other))

    assert demand.order_up_to(low)[0] <= demand.order_up_to(high)[0]


@given(means, spreads, services)
def test_a_level_covers_what_it_promises_and_one_less_does_not(mean: float, spread: float, service: float) -> None:
    demand = _one(mean, mean * spread)
    level = demand.order_up_to(service)

    assert 1 - demand.chance_above(level)[0] >= service - 1e-6
    if level[0] > 0:
        assert 1 - demand.chance_above(level - 1)[0] < service + 1e-6


@given(means, spreads)
def test_chances_fall_with_the_stock_and_stay_chances(mean: float, spread: float) -> None:
    count = 30
    demand = Demand(np.full(count, mean), np.full(count, mean * spread))

    chances = demand.chance_above(np.arange(count) - 1)

    assert ((chances >= 0) & (chances <= 1)).all()
    assert (np.diff(chances) <= 1e-9).all()


def test_what_does_not_sell_needs_nothing() -> None:
    demand = _one(0, 0)

    assert demand.order_up_to(0.99)[0] == 0
    assert demand.chance_above(np.array([0]))[0] == 0


@pytest.mark.parametrize(("mean", "variance"), [(3, 3), (3, 9), (0.4, 0.5), (50, 200)])
@pytest.mark.parametrize("floor", [0.0, 1.0, 2.6, 8.0])
def test_the_mean_beyond_a_floor_is_that_of_draws(mean: float, variance: float, floor: float) -> None:
    random = np.random.default_rng(2)
    size = mean * mean / max(variance - mean, 1e-9)
    drawn = random.negative_binomial(size, size / (size + mean), 400_000) if variance > mean else random.poisson(
        mean, 400_000
    )  # fmt: skip
    kept = drawn[drawn >= np.floor(floor + 0.5)]

    found = _one(mean, variance).mean_from(np.array([floor]))[0]

    expected = floor if len(kept) < 400 else max(floor, kept.mean())
    assert found == pytest.approx(expected, rel=0.05)


@given(means, spreads, st.floats(0, 400), st.floats(0, 400))
def test_a_higher_floor_means_no_less_and_never_less_than_itself(
    mean: float, spread: float, one: float, other: float
) -> None:
    demand = _one(mean, mean * spread)
    low, high = (demand.mean_from(np.array([floor]))[0] for floor in sorted((one, other)))

    assert high >= max(one, other)
    assert low <= high * (1 + 1e-6)
    assert low >= min(mean, high) * (1 - 1e-6)
