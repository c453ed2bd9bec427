"""Puts the table of sync into docs/benchmarks.md, with the machine it was measured on."""

import os
import platform
import re
import sys
from datetime import datetime
from pathlib import Path

from benchmarks.sync.places import ROOT

_DOCUMENT = ROOT / "docs" / "benchmarks.md"
_BEGIN, _END = "<!-- sync: written by `make bench-sync ARGS=--write` -->", "<!-- end of sync -->"


def write(table: str) -> None:
    """Replace what stands between the markers. Raises ValueError where they are not there."""
    text = _DOCUMENT.read_text(encoding="utf-8")
    before, rest = text.split(_BEGIN, 1)
    after = rest.split(_END, 1)[1]
    _DOCUMENT.write_text(f"{before}{_BEGIN}\n\n{_machine()}\n\n{table}\n\n{_END}{after}", encoding="utf-8")


def _machine() -> str:
    system, processor = platform.platform(), platform.processor()
    if sys.platform == "linux":
        system = platform.freedesktop_os_release().get("PRETTY_NAME", system)
        found = re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text(encoding="utf-8"))
        processor = found.group(1) if found else processor
    day = datetime.now().astimezone()
    python = platform.python_version()
    return f"{day:%Y-%m-%d}, `make bench-sync`: {processor}, {os.cpu_count()} cores, {system}, Python {python}."
