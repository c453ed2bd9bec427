"""What the benchmark says while it goes on."""

import sys
import time

_BEGAN = time.monotonic()


def say(text: str) -> None:
    """Print a line of progress with the seconds since this part began."""
    print(f"  {time.monotonic() - _BEGAN:5.1f} s  {text}", file=sys.stderr, flush=True)
