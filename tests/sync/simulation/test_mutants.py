"""Bugs put in on purpose must be caught by random histories: a net that catches nothing proves nothing."""

import pytest

from tests.sync.simulation.faults import COMMON, Mutant
from tests.sync.simulation.world import World

ENOUGH = 3_000


@pytest.mark.timeout(600)
@pytest.mark.parametrize("mutant", COMMON)
def test_a_bug_put_in_on_purpose_is_caught(mutant: Mutant) -> None:
    assert any(World(seed, frozenset({mutant})).run() for seed in range(ENOUGH))
