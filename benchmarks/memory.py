"""Memory of the running program on T1 after a day's work, and after a look at every page."""

import gc
import sys
from pathlib import Path

from PySide6.QtTest import QTest

from app.cli.stage import Stage
from app.domain.text import Language
from app.runtime.memory import give_back
from benchmarks.bare import bare_window
from benchmarks.measuring import Figure
from benchmarks.stores import open_stage, t1_to_write
from benchmarks.territory import BENCH

_GOAL = 250
_PATIENCE_MS = 300_000
"""The forecast is computed beside whatever else the machine does."""


def measure() -> list[Figure]:
    """Return the resident memory at the start, after a day, after every page, and when nobody has looked for a while."""
    stage = open_stage(t1_to_write(), Language.EN)
    stage.go("today")
    found = [("memory on T1 once Today is shown", resident_mb())]
    from app.cli.demo_day import _Day  # pyright: ignore[reportPrivateUsage]

    _Day(stage, BENCH / "day", Language.EN, _say).play()
    stage.workspace.focus_search()
    QTest.keyClicks(stage.find("searchField"), "hy vee")
    stage.settle()
    for page in ("customers", "data_in", "settings", "today"):
        stage.go(page)
    found.append(
        ("… after a day: three visits, a customer, a search, the import, the settings, the PDF", resident_mb())
    )
    for page in (*stage.workspace.destinations, "today"):
        stage.workspace.go(page)
        stage.wait(lambda: stage.desk.tasks.is_idle, _PATIENCE_MS, page)
        stage.settle()
    found.append(("… after every page: the plan, the territory's forecast computed, the effects, sync", resident_mb()))
    _rest(stage)
    found.append(("… when nobody has looked at the forecast for two minutes", resident_mb()))
    stage.close()
    bare = bare_window()[1]
    return [
        Figure(name, f"{mb:.0f} MB", f"{bare:.0f} MB, bare PySide6 window", f"{mb / bare:.2f}", "≤ 250 MB", mb <= _GOAL)
        for name, mb in found
    ]


def _rest(stage: Stage) -> None:
    """Do what the window does twice in two minutes."""
    application = stage.desk.application
    assert application is not None
    for _ in range(2):
        application.rest()
        gc.collect()
        give_back()


def resident_mb() -> float:
    """Return the resident memory of this process."""
    for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024 / 1e6
    raise RuntimeError("the system does not tell the memory of a process")


def _say(text: str) -> None:
    print(text, file=sys.stderr)
