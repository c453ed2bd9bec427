"""Bugs put in on purpose must be caught by random histories: a net that catches nothing proves nothing."""

import pytest

from tests.sync.simulation.faults import COMMON, Mutant
from tests.sync.simulation.world import World
from tests.sync.tally import tally

ENOUGH = 3_000


@pytest.mark.timeout(600)
@pytest.mark.parametrize("mutant", COMMON)
def test_a_bug_put_in_on_purpose_is_caught(mutant: Mutant) -> None:
    caught = next((seed for seed in range(ENOUGH) if World(seed, frozenset({mutant})).run()), None)
    assert caught is not None
    tally("model: bug put in on purpose (must be caught)", 1, note=f"{mutant} by history {caught}")
