"""What a territory's past says about the next days of any SKU; plain numbers, to be kept and handed on."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Learnt:
    """The weights that `habit` learns from all SKUs of a territory at once.

    `drift` weighs (nothing, slow level, fast level, last week), each as its distance from the middle, into the expected
    sale; `spread` weighs (mean, mean², how far the level moved, how far the last week jumped, both squared) into the
    variance over the days that an order covers, which the SKU's own past misses then raise or lower.
    """

    drift: tuple[float, ...]
    spread: tuple[float, ...]


PUBLIC = Learnt((0.0, 0.5, 0.39, 0.07), (1.2, 0.16, 0.25, 0.24))
"""Learnt from public sales of two other territories (`make bench-orders`); serves until a territory has its own."""
