"""The outline around some spots of a plane: the smallest one that bulges everywhere."""

from collections.abc import Iterable

from app.domain.plane import Spot

FEWEST = 3
"""Fewer spots than this have no outline."""


def hull(spots: Iterable[Spot]) -> tuple[Spot, ...]:
    """Return the corners of the convex hull against the clock, none along its edges (monotone chain, Andrew 1979).

    Spots on one line have its two ends; fewer than three different spots have none.
    """
    ordered = sorted(set(spots))
    if len(ordered) < FEWEST:
        return ()
    below, above = _chain(ordered), _chain(ordered[::-1])
    return (*below[:-1], *above[:-1])


def _chain(spots: Iterable[Spot]) -> list[Spot]:
    """Return the spots at which a walk through them all turns left."""
    chain: list[Spot] = []
    for spot in spots:
        while len(chain) > 1 and _turn(chain[-2], chain[-1], spot) <= 0:
            chain.pop()
        chain.append(spot)
    return chain


def _turn(first: Spot, second: Spot, third: Spot) -> float:
    """Return more than zero where the way over three spots turns left, less where it turns right."""
    return (second[0] - first[0]) * (third[1] - first[1]) - (second[1] - first[1]) * (third[0] - first[0])
