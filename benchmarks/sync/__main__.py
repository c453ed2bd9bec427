"""`python -m benchmarks.sync [--only NAME …] [--write]`: measure sync, each part in a process of its own."""

import argparse
import json
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from importlib import import_module

from benchmarks.measuring import HEADER, Figure
from benchmarks.sync.document import write
from benchmarks.sync.places import IOWA, ROOT

NAMES = ("throughput", "evening", "photos", "first_load", "herd")
_GROUPS = (("throughput",), ("evening", "photos"), ("first_load",), ("herd",))
"""Parts that run at the same time: those over the poor link wait for it most of the time."""
_NEED_IOWA = frozenset({"first_load"})
_MOST_SECONDS = 900


def main() -> int:
    """Run the parts that were named, or all; exit code 1 if a goal was missed or a part failed."""
    parser = argparse.ArgumentParser(prog="make bench-sync", description="Sync beside peers and beside the bare link")
    parser.add_argument("--only", nargs="+", choices=NAMES, metavar="NAME", help=f"which: {', '.join(NAMES)}")
    parser.add_argument("--write", action="store_true", help="put the table into docs/benchmarks.md")
    parser.add_argument("--child", choices=NAMES, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        measured = import_module(f"benchmarks.sync.{options.child}").measure()
        print(json.dumps([asdict(figure) for figure in measured]))
        return 0
    figures: list[Figure] = []
    wanted = [name for name in NAMES if name in (options.only or NAMES)]
    for together in ([name for name in group if name in wanted] for group in _GROUPS):
        with ThreadPoolExecutor(len(_GROUPS)) as pool:
            for found in pool.map(_part, together):
                figures += found
    table = "\n".join([HEADER, *(figure.row for figure in figures)])
    print(table)
    if options.write:
        write(table)
    return 0 if all(figure.met for figure in figures) else 1


def _part(name: str) -> list[Figure]:
    """Run one part; where it does not come to an end a line of the table says why."""
    if name in _NEED_IOWA and not IOWA.exists():
        print(f"{name}: skipped, the Iowa data are not beside the project ({IOWA})", file=sys.stderr)
        return [Figure(name, "skipped: the Iowa data are not here", "—", "—", "—", met=True)]
    print(f"{name} …", file=sys.stderr, flush=True)
    began = time.monotonic()
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    try:
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.sync", "--child", name], cwd=ROOT, env=environment,
            stdout=subprocess.PIPE, text=True, timeout=_MOST_SECONDS, check=True,
        )  # fmt: skip
    except subprocess.SubprocessError as error:
        print(f"{name}: failed: {error}", file=sys.stderr)
        return [Figure(name, "failed", str(type(error).__name__), "—", "—", met=False)]
    print(f"{name}: {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
    return [Figure(**values) for values in json.loads(done.stdout.splitlines()[-1])]


if __name__ == "__main__":
    sys.exit(main())
