"""The proof of the routing benchmark: it says what trying every order says, whatever length it is told beforehand."""

from itertools import pairwise, permutations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from benchmarks.routing.proof import shortest_path, shortest_round

# A coarse grid, so that places coincide and many ways are equally long.
places = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=4, max_size=7)


def _metres(spots: list[tuple[int, int]]) -> NDArray[np.int64]:
    at = np.array(spots, float) * 1000
    return np.round(np.hypot(*(at[:, None] - at[None]).transpose(2, 0, 1))).astype(np.int64)


@given(places, st.integers(0, 3000))
@settings(deadline=None, max_examples=60)
def test_the_proof_finds_the_shortest_round_and_path(spots: list[tuple[int, int]], more: int) -> None:
    metres = _metres(spots)
    orders = [(0, *order) for order in permutations(range(1, len(spots)))]
    path = min(sum(int(metres[a, b]) for a, b in pairwise(order)) for order in orders)
    closed = min(sum(int(metres[a, b]) for a, b in pairwise((*order, 0))) for order in orders)
    for proof, least in (
        (shortest_path(metres, path + more, origin=0), path),
        (shortest_round(metres, closed + more), closed),
    ):
        assert (proof.least, proof.is_complete) == (least, True)
