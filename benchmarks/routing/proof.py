"""The length of the shortest round, proven: branch and bound on 1-trees, independent of the solver that plans days.

The bound is that of Held and Karp (Operations Research 18, 1970; Mathematical Programming 1, 1971): a spanning tree
over all places but one, joined to that one by its two cheapest ways, with prices on the places moved until the tree is
almost a round. Branching follows Volgenant and Jonker (European Journal of Operational Research 9, 1982).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

import numpy as np
from numpy.typing import NDArray

Lengths = NDArray[np.float64]
Edge = tuple[int, int]

_AT_THE_ROOT, _BELOW = 250, 25
_MOST_BRANCHES = 20_000
_FORBIDDEN = 1e12


@dataclass(frozen=True, slots=True)
class Proof:
    """The shortest length that any round can have; `is_complete` is false where the search was given up before."""

    least: int
    is_complete: bool
    branches: int


@dataclass(slots=True)
class _Tree:
    bound: float
    edges: list[Edge]
    degrees: NDArray[np.int64]


def shortest_round(metres: NDArray[np.int64], known: int) -> Proof:
    """Prove how short a round through all places is; `known` is the length of one, in the same whole numbers."""
    count = len(metres)
    if count <= 3:
        return Proof(int(sum(metres[i, (i + 1) % count] for i in range(count))), True, 0)
    lengths = metres.astype(float)
    np.fill_diagonal(lengths, _FORBIDDEN)
    least, branches = known, 0
    pending: list[tuple[Lengths, dict[Edge, bool], NDArray[np.float64]]] = [(lengths, {}, np.zeros(count))]
    forced = float(metres.max()) * 4 + 1
    while pending and branches < _MOST_BRANCHES:
        ways, fixed, prices = pending.pop()
        branches += 1
        kept = sum(fixed.values())
        tree, prices = _raise_bound(ways, prices, least - forced * kept, _BELOW if fixed else _AT_THE_ROOT)
        if ceil(tree.bound + forced * kept - 1e-6) >= least:
            continue
        if (tree.degrees == 2).all():
            least = min(least, round(sum(metres[edge] for edge in tree.edges)))
            continue
        pending += [(*branch, prices) for branch in _branches(ways, fixed, tree, forced)]
    return Proof(least, not pending, branches)


def shortest_path(metres: NDArray[np.int64], known: int, *, origin: int) -> Proof:
    """Prove how short a path from one place through all others is, its end being free."""
    count = len(metres)
    joined = int(metres.max()) * count
    closed = np.full((count + 1, count + 1), joined, np.int64)
    closed[:count, :count] = metres
    closed[count, origin] = closed[origin, count] = 0
    proof = shortest_round(closed, known + joined)
    return Proof(proof.least - joined, proof.is_complete, proof.branches)


def _raise_bound(
    ways: Lengths, prices: NDArray[np.float64], ceiling: float, steps: int
) -> tuple[_Tree, NDArray[np.float64]]:
    """Move the prices so that the bound rises; stop once it reaches the ceiling or the tree is a round."""
    best, best_prices = _one_tree(ways, prices), prices
    tree, stretch, direction = best, 1.0, np.zeros(len(prices))
    for step in range(steps):
        off = (tree.degrees - 2).astype(float)
        if not off.any() or best.bound > ceiling - 1 + 1e-6:
            break
        direction = 0.7 * off + 0.3 * direction if step else off
        prices = prices + stretch * max(1.0, ceiling - tree.bound) / float(off @ off) * direction
        tree = _one_tree(ways, prices)
        if tree.bound > best.bound + 1e-9:
            best, best_prices = tree, prices
        else:
            stretch *= 0.97 if steps == _AT_THE_ROOT else 0.85
    return best, best_prices


def _one_tree(ways: Lengths, prices: NDArray[np.float64]) -> _Tree:
    """Return the least tree over the places from 1 on with the two cheapest ways to place 0, and its bound."""
    count = len(prices)
    priced = ways + prices[:, None] + prices[None, :]
    near, parent = priced[1].copy(), np.ones(count, np.int64)
    near[0] = near[1] = np.inf
    outside = np.ones(count, bool)
    outside[:2] = False
    edges: list[Edge] = []
    total = 0.0
    for _ in range(count - 2):
        place = int(near.argmin())
        total += near[place]
        edges.append((int(parent[place]), place))
        outside[place] = False
        near[place] = np.inf
        row = priced[place]
        closer = outside & (row < near)
        near[closer] = row[closer]
        parent[closer] = place
    first, second = np.argsort(priced[0, 1:], kind="stable")[:2] + 1
    edges += [(0, int(first)), (0, int(second))]
    total += priced[0, first] + priced[0, second]
    degrees = np.bincount(np.array(edges).ravel(), minlength=count)
    return _Tree(float(total - 2 * prices.sum()), edges, degrees)


def _branches(
    ways: Lengths, fixed: dict[Edge, bool], tree: _Tree, forced: float
) -> list[tuple[Lengths, dict[Edge, bool]]]:
    """Split the rounds at a place with too many ways: without one of them, with it but not another, or with both."""

    def kept(place: int) -> int:
        return sum(is_kept for edge, is_kept in fixed.items() if place in edge)

    crowded = [place for place in range(len(ways)) if tree.degrees[place] > 2]
    place = min(crowded, key=lambda place: (kept(place), -tree.degrees[place]))
    own = [edge for edge in map(_ordered, tree.edges) if place in edge and edge not in fixed]
    first, second = sorted(own, key=lambda edge: -ways[edge])[:2]
    choices: list[dict[Edge, bool]] = [{first: False}, {first: True}]
    if not kept(place):
        choices = [{first: False}, {first: True, second: False}, {first: True, second: True}]
    return [_with(ways, fixed | choice, forced) for choice in choices]


def _with(ways: Lengths, fixed: dict[Edge, bool], forced: float) -> tuple[Lengths, dict[Edge, bool]]:
    """Forbid and force ways; a place with two ways that are kept has no others."""
    count = len(ways)
    kept = np.bincount([place for edge, is_kept in fixed.items() if is_kept for place in edge], minlength=count)
    closed = {_ordered((place, other)): False for place in np.flatnonzero(kept >= 2) for other in range(count)}
    fixed = {**{edge: no for edge, no in closed.items() if edge[0] != edge[1]}, **fixed}
    changed = ways.copy()
    for (a, b), is_kept in fixed.items():
        if is_kept and changed[a, b] >= 0:
            changed[a, b] = changed[b, a] = changed[a, b] - forced
        elif not is_kept:
            changed[a, b] = changed[b, a] = _FORBIDDEN
    return changed, fixed


def _ordered(edge: Edge) -> Edge:
    return (edge[0], edge[1]) if edge[0] < edge[1] else (edge[1], edge[0])
