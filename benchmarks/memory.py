"""Memory of the running program on T1 after a day's work: three visits, a customer, a search, the customer's PDF."""

import sys
from pathlib import Path

from PySide6.QtTest import QTest

from app.domain.text import Language
from benchmarks.bare import bare_window
from benchmarks.measuring import Figure
from benchmarks.stores import open_stage, t1_to_write
from benchmarks.territory import BENCH

_GOAL = 250


def measure() -> list[Figure]:
    """Return the resident memory now and at its highest."""
    stage = open_stage(t1_to_write(), Language.EN)
    stage.go("today")
    at_start = resident_mb()
    from app.cli.demo_day import _Day

    _Day(stage, BENCH / "day", Language.EN, _say).play()
    stage.workspace.focus_search()
    QTest.keyClicks(stage.find("searchField"), "hy vee")
    stage.settle()
    for page in ("customers", "data_in", "settings", "today"):
        stage.go(page)
    now = resident_mb()
    stage.close()
    bare = bare_window()[1]
    return [
        Figure("memory on T1 once Today is shown", f"{at_start:.0f} MB", f"{bare:.0f} MB, bare PySide6 window",
               f"{at_start / bare:.2f}", "≤ 250 MB", at_start <= _GOAL),
        Figure("… after a day: three visits, a customer, a search, every page, the PDF", f"{now:.0f} MB",
               f"{bare:.0f} MB", f"{now / bare:.2f}", "≤ 250 MB", now <= _GOAL),
    ]  # fmt: skip


def resident_mb() -> float:
    """Return the resident memory of this process."""
    for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024 / 1e6
    raise RuntimeError("the system does not tell the memory of a process")


def _say(text: str) -> None:
    print(text, file=sys.stderr)
