"""Runs the long forms of the suites, two at a time, and keeps the table of docs/reliability.md."""

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

HOUR = 60.0
PROJECT = Path(__file__).parents[2]
TABLE = PROJECT / "docs" / "reliability.md"
BEGIN, END = "<!-- soak: begin -->", "<!-- soak: end -->"
_HEAD = "| fault | tried | lost | again with | on | |\n|---|---:|---:|---|---|---|\n"
_AT_ONCE, _MOST_NOTES, _TO_CLEAR_UP = 2, 3, 60
_FAULTS = "tests/sync/faults/"
_LONG_IN_PYTEST = "-p no:randomly --timeout=0 -q"

SUITES: dict[str, tuple[str, ...]] = {
    "power": (_FAULTS + "test_power_loss.py",),
    "crash": (_FAULTS + "test_crash_points.py", "tests/sync/both/test_crashes.py"),
    "jepsen": (_FAULTS + "test_jepsen.py",),
    "wire": (_FAULTS + "test_faulty_transport.py",),
    "corruption": (_FAULTS + "test_corruption.py",),
    "disk-full": (_FAULTS + "test_disk_full.py",),
    "clock": (_FAULTS + "test_clocks.py",),
    "model": ("tests/sync/simulation",),
    "rounds": ("tests/sync/both", "tests/sync/laptop", "tests/sync/core"),
    "photos": ("tests/sync/photos", "tests/headoffice/test_blobs.py", "tests/headoffice/test_blob_store.py"),
    "office": ("tests/headoffice", "--ignore=tests/headoffice/http", "--ignore=tests/headoffice/console"),
    "doors": ("tests/headoffice/http", "tests/sync/tls", "tests/sync/privacy"),
    "versions": ("tests/sync/versions",),
}
"""Longest first: two run at a time."""


@dataclass
class Row:
    """One line of the table."""

    fault: str
    tried: int
    lost: int
    suite: str
    day: str
    notes: list[str] = field(default_factory=list[str])

    def text(self) -> str:
        lost = "nothing" if not self.lost else f"**{self.lost}**"
        notes = self.notes if len(self.notes) <= _MOST_NOTES else [*self.notes[:_MOST_NOTES], "…"]
        command = f"`make soak ARGS={self.suite}`"
        return f"| {self.fault} | {self.tried:,} | {lost} | {command} | {self.day} | {'; '.join(notes)} |"


@dataclass
class Ran:
    """How one suite ended."""

    suite: str
    code: int
    seconds: float
    rows: list[Row]
    last_words: str


def run(suites: list[str], minutes: float) -> int:
    """Run suites, tell how each ended, write the table; return 0 if nothing was lost and nothing failed."""
    end = time.monotonic() + minutes * 60
    scale = f"{minutes / HOUR:.3f}"
    ended: list[Ran] = []
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(_AT_ONCE) as pool:
        for done in as_completed([pool.submit(_ran, suite, Path(folder), end, scale) for suite in suites]):
            one = done.result()
            tried, lost = sum(row.tried for row in one.rows), sum(row.lost for row in one.rows)
            state = {0: "passed", -1: "time was over"}.get(one.code, "FAILED")
            _say(f"{one.suite:12} {state:14} {one.seconds:6.0f} s   {tried:9,} tries, {lost or 'nothing'} lost")
            if one.code > 0:
                _say(one.last_words)
            ended.append(one)
    write_table(ended)
    _say(f"written: {TABLE.relative_to(PROJECT)}")
    return int(any(one.code > 0 or any(row.lost for row in one.rows) for one in ended))


def _ran(suite: str, folder: Path, end: float, scale: str) -> Ran:
    file, begun = folder / suite, time.monotonic()
    left = end - begun
    if left < 10:
        return Ran(suite, -1, 0, [], "")
    environment = os.environ | {
        "ZOUFANG_SOAK": "1", "ZOUFANG_SOAK_SCALE": scale, "ZOUFANG_TALLY": str(file), "QT_QPA_PLATFORM": "offscreen",
    }  # fmt: skip
    command = [sys.executable, "-m", "pytest", *_LONG_IN_PYTEST.split(), *SUITES[suite]]
    with (folder / f"{suite}.log").open("w+", encoding="utf-8", errors="replace") as log:
        child = subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=log, stderr=subprocess.STDOUT)
        try:
            code = child.wait(left)
        except subprocess.TimeoutExpired:
            child.send_signal(signal.SIGINT)  # fixtures take down what they set up
            with suppress(subprocess.TimeoutExpired):
                child.wait(_TO_CLEAR_UP)
            child.kill()
            child.wait()
            code = -1
        log.seek(0)
        words = log.read()[-3000:]
    return Ran(suite, code, time.monotonic() - begun, _rows(file, suite, failed=code > 0), words)


def _rows(file: Path, suite: str, *, failed: bool) -> list[Row]:
    day = f"{datetime.now(UTC):%Y-%m-%d}"
    rows: dict[str, Row] = {}
    for line in file.read_text(encoding="utf-8").splitlines() if file.exists() else ():
        told = json.loads(line)
        row = rows.setdefault(told["fault"], Row(told["fault"], 0, 0, suite, day))
        row.tried += told["tried"]
        row.lost += told["lost"]
        if told["note"] and told["note"] not in row.notes:
            row.notes.append(told["note"])
    if failed:
        rows[""] = Row(f"a test of suite {suite} FAILED", 1, 1, suite, day)
    return sorted(rows.values(), key=lambda row: row.fault)


def write_table(ended: list[Ran]) -> None:
    """Put the lines of the suites that ran into the place of their old ones."""
    text = TABLE.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN, 1)
    old, after = rest.split(END, 1)
    ran = {one.suite for one in ended if one.rows}
    lines = [line for line in old.splitlines() if _suite_of(line) and _suite_of(line) not in ran]
    lines += [row.text() for one in ended for row in one.rows]
    order = list(SUITES)
    lines.sort(key=lambda line: (order.index(_suite_of(line)) if _suite_of(line) in order else len(order), line))
    TABLE.write_text(f"{before}{BEGIN}\n{_HEAD}" + "\n".join(lines) + f"\n{END}{after}", encoding="utf-8")


def _suite_of(line: str) -> str:
    found = re.search(r"`make soak ARGS=([\w-]+)`", line)
    return found[1] if found else ""


def _say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()
