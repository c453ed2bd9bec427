"""`python -m benchmarks [NAME…] [--write]`: run the benchmarks, each in a process of its own, and print one table."""

import argparse
import json
import os
import platform
import re
import subprocess
import sys
from dataclasses import asdict
from datetime import datetime
from importlib import import_module
from pathlib import Path

from app.bootstrap.plain_imports import plain_imports
from benchmarks.measuring import HEADER, Figure
from benchmarks.territory import IOWA, ROOT

NAMES = (
    "startup", "search", "customer", "scroll", "forecast_page", "month_figures", "field_save", "import_orders", "pdf",
    "memory", "territory_map",
)  # fmt: skip
_NEED_IOWA = frozenset(NAMES) - {"search", "scroll", "territory_map"}
_DOCUMENT = ROOT / "docs" / "benchmarks.md"
_BEGIN, _END = "<!-- table: written by `make bench ARGS=--write` -->", "<!-- end of table -->"


def main() -> int:
    """Run what was named, or everything; exit code 1 if a goal was missed."""
    parser = argparse.ArgumentParser(prog="make bench", description="Speed and memory beside their baselines")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"which: {', '.join(NAMES)} (default: all)")
    parser.add_argument("--write", action="store_true", help="put the table into docs/benchmarks.md")
    parser.add_argument("--child", choices=NAMES, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        with plain_imports():  # as the program itself begins
            import_module("PySide6.QtCore")
        print(json.dumps([asdict(figure) for figure in import_module(f"benchmarks.{options.child}").measure()]))
        return 0
    unknown = set(options.names) - set(NAMES)
    if unknown:
        parser.error(f"unknown: {', '.join(sorted(unknown))}; there are {', '.join(NAMES)}")
    figures: list[Figure] = []
    failed: list[str] = []
    for name in options.names or NAMES:
        if name in _NEED_IOWA and not IOWA.exists():
            print(f"{name}: skipped, the Iowa data are not beside the project ({IOWA})", file=sys.stderr)
            continue
        print(f"{name} …", file=sys.stderr, flush=True)
        found = _run(name)
        figures += found
        if not found:
            failed.append(name)
    table = "\n".join([HEADER, *(figure.row for figure in figures)])
    print(table)
    if options.write and figures:
        _write(table)
    for name in failed:
        print(f"{name}: failed", file=sys.stderr)
    return 0 if not failed and all(figure.met for figure in figures) else 1


def _run(name: str) -> list[Figure]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": ""}
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", "--child", name], env=environment, stdout=subprocess.PIPE, text=True,
        check=False,
    )  # fmt: skip
    if done.returncode:
        return []
    return [Figure(**values) for values in json.loads(done.stdout.splitlines()[-1])]


def _write(table: str) -> None:
    text = _DOCUMENT.read_text(encoding="utf-8")
    before, rest = text.split(_BEGIN, 1)
    after = rest.split(_END, 1)[1]
    _DOCUMENT.write_text(f"{before}{_BEGIN}\n\n{_machine()}\n\n{table}\n\n{_END}{after}", encoding="utf-8")


def _machine() -> str:
    day = datetime.now().astimezone()
    memory = f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 1e9:.0f} GB"
    system = (
        platform.freedesktop_os_release().get("PRETTY_NAME", "") if sys.platform == "linux" else platform.platform()
    )
    return (
        f"{day:%Y-%m-%d}, `make bench`: {_processor()}, {os.cpu_count()} cores, {memory}, {system}, "
        f"Python {platform.python_version()}, Qt's offscreen platform."
    )


def _processor() -> str:
    found = None
    if sys.platform == "linux":
        found = re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text(encoding="utf-8"))
    return found.group(1) if found else platform.processor()


if __name__ == "__main__":
    sys.exit(main())
