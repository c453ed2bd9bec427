"""From the start of the process to a usable Today on all of T1, against a bare PySide6 window with one label.

Each is a process of its own on the offscreen platform, in turns. The store is opened by its password (argon2id at full
cost), given in a file; Today is usable when its list is painted with the day's shops and the loop takes input.
"""

import statistics
import time

from app.bootstrap.application import close_application
from benchmarks.bare import bare_window, run_child
from benchmarks.measuring import Figure, ms
from benchmarks.stores import password_file
from benchmarks.territory import BENCH, TODAY, open_t1

_PAIRS = 9
_GOAL = 4.0


def measure() -> list[Figure]:
    """Return the ratio of the medians."""
    close_application(open_t1())
    (BENCH / "t1" / "settings.toml").write_text("keep_key = false\n", encoding="utf-8")
    _program()  # fills the day, as the first start of a morning does
    bare: list[float] = []
    ours: list[float] = []
    for _ in range(_PAIRS):
        bare.append(bare_window()[0])
        ours.append(_program())
    mine, baseline = statistics.median(ours), statistics.median(bare)
    return [
        Figure("process start to usable Today on T1", ms(mine), f"{ms(baseline)}, bare PySide6 window, painted",
               f"{mine / baseline:.2f}", "≤ 4", mine / baseline <= _GOAL),
    ]  # fmt: skip


def _program() -> float:
    arguments = (
        "--data-dir", str(BENCH / "t1"), "--password-file", str(password_file()), "--as-of", TODAY.isoformat(),
        "--lang", "zh",
    )  # fmt: skip
    began = time.monotonic()
    painted, _cpu, usable, shops = run_child("benchmarks.children.startup_probe", *arguments).split()
    if usable != "True" or int(shops) == 0:
        raise RuntimeError("Today was painted but could not be used")
    return float(painted) - began
