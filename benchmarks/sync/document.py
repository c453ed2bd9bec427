"""Puts the table of sync into docs/benchmarks.md, with the machine it was measured on."""

import os
import platform
import re
import sys
from datetime import datetime
from pathlib import Path

from benchmarks.sync.places import ROOT

_DOCUMENT = ROOT / "docs" / "benchmarks.md"


def write(table: str) -> None:
    """Replace the table of sync."""
    replace_table("sync", table)


def replace_table(name: str, table: str) -> None:
    """Replace what stands between the markers of a table. Raises ValueError where they are not there."""
    begin, end = f"<!-- {name}: written by `make bench-{name} ARGS=--write` -->", f"<!-- end of {name} -->"
    text = _DOCUMENT.read_text(encoding="utf-8")
    before, rest = text.split(begin, 1)
    after = rest.split(end, 1)[1]
    _DOCUMENT.write_text(f"{before}{begin}\n\n{_machine(name)}\n\n{table}\n\n{end}{after}", encoding="utf-8")


def _machine(name: str) -> str:
    system, processor = platform.platform(), platform.processor()
    if sys.platform == "linux":
        system = platform.freedesktop_os_release().get("PRETTY_NAME", system)
        found = re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text(encoding="utf-8"))
        processor = found.group(1) if found else processor
    day = datetime.now().astimezone()
    python = platform.python_version()
    return f"{day:%Y-%m-%d}, `make bench-{name}`: {processor}, {os.cpu_count()} cores, {system}, Python {python}."
