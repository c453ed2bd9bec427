"""The bare PySide6 window that start and memory are held against, as a process of its own."""

import os
import subprocess
import sys
import time

from benchmarks.territory import ROOT


def bare_window() -> tuple[float, float]:
    """Return the seconds from the start of the process to the painted window, and its resident MB."""
    began = time.monotonic()
    painted, _cpu, size = run_child("benchmarks.children.bare_window").split()
    return float(painted) - began, float(size)


def run_child(module: str, *arguments: str) -> str:
    """Run a child on the offscreen platform, with compiled modules kept as an installation has them."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": ""}
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    if done.returncode or not done.stdout:
        raise RuntimeError(f"{module} failed:\n{done.stderr}")
    return done.stdout
