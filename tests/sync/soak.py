"""How much the random tests try: little for every run, much for a soak (`ZOUFANG_SOAK=1`)."""

import os

SOAK = bool(os.environ.get("ZOUFANG_SOAK"))


def tries(short: int, soak: int, name: str = "") -> int:
    """Return how many tries; an environment variable of that name has the last word."""
    return int(os.environ.get(name) or (soak if SOAK else short))
