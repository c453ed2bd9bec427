"""Sets the project up and runs its jobs with nothing but Python 3.11: `python tasks.py demo`, `python tasks.py test`.

`make demo` and `make test` call this file; on Windows it is called directly. It makes `.venv`, installs the locked
dependencies, on Debian and Ubuntu as root also the system libraries that Qt needs, and builds the translations.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOCK = ROOT / "requirements.lock"
QT_LIBRARIES = (
    "libegl1 libgl1 libglib2.0-0 libfontconfig1 libfreetype6 libdbus-1-3 libgssapi-krb5-2 libxkbcommon0 "
    "libxkbcommon-x11-0 libx11-xcb1 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 "
    "libxcb-render-util0 libxcb-shape0 libxcb-shm0 libxcb-sync1 libxcb-util1 libxcb-xfixes0 libxcb-xkb1"
).split()
SERVER = ["postgresql", "chromium", "strace"]
"""The tests of head office run on a PostgreSQL of their own and look at its console with a real browser; what a power
cut leaves is rebuilt from a trace of system calls. Without these programs such tests are skipped with the reason."""


def main() -> int:
    """Set up, then run the job that was asked for."""
    jobs = {
        "setup": no_command,
        "demo": demo_command,
        "test": test_command,
        "check": check_command,
        "bench": bench_command,
        "bench-sync": bench_sync_command,
        "bench-forecast": bench_forecast_command,
        "bench-orders": bench_orders_command,
        "bench-assortment": bench_assortment_command,
        "bench-routing": bench_routing_command,
        "bench-plan": bench_plan_command,
        "soak": soak_command,
    }
    job = sys.argv[1] if len(sys.argv) > 1 else "demo"
    if job not in jobs:
        print(f"usage: python tasks.py {{{','.join(jobs)}}} [more arguments]")
        return 2
    if sys.version_info < (3, 11):  # noqa: UP036 - somebody may start it with an older Python
        print("Zoufang needs Python 3.11 or later; this is", sys.version.split()[0], "at", sys.executable)
        return 2
    try:
        set_up()
        if job in {"test", "soak", "bench-sync"}:
            install_servers()
        for command in jobs[job](sys.argv[2:]):
            code = subprocess.call([str(PYTHON), *command], cwd=ROOT, env=environment())
            if code:
                return code
    except KeyboardInterrupt:
        return 130
    return 0


def no_command(_more: list[str]) -> list[list[str]]:
    """Only set up."""
    return []


def demo_command(more: list[str]) -> list[list[str]]:
    """Build the demo territory and open the app; without a screen play a day and leave pictures."""
    return [["-m", "app", "demo", *more]]


def test_command(more: list[str]) -> list[list[str]]:
    """Run the whole test suite on two processes, or just what is named; no window appears on the screen."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return [["-m", "pytest", *(more or ["-q", "-n", "2"])]]


def check_command(_more: list[str]) -> list[list[str]]:
    """Look at the code without running it: style, types, rooms."""
    return [
        ["-m", "ruff", "check", "."],
        ["-m", "ruff", "format", "--check", "."],
        ["-m", "basedpyright"],
        ["-c", "import sys; from importlinter.cli import lint_imports_command as lint; sys.exit(lint())"],
    ]


def bench_command(more: list[str]) -> list[list[str]]:
    """Run the benchmarks, each beside its baseline."""
    return [["-m", "benchmarks", *more]]


def bench_sync_command(more: list[str]) -> list[list[str]]:
    """Measure sync beside other sync servers and beside the bare link."""
    return [["-m", "benchmarks.sync", *more]]


def bench_forecast_command(more: list[str]) -> list[list[str]]:
    """Measure forecasts beside plain and published methods."""
    return [["-m", "benchmarks.forecast", *more]]


def bench_orders_command(more: list[str]) -> list[list[str]]:
    """Replay order guidance beside plain rules, then what it suggests to add."""
    return [["-m", "benchmarks.orders", *more], *bench_assortment_command(more)]


def bench_assortment_command(more: list[str]) -> list[list[str]]:
    """Compare the SKUs suggested to shops with those they took up."""
    return [["-m", "benchmarks.assortment", *more]]


def bench_routing_command(more: list[str]) -> list[list[str]]:
    """Solve public routing problems beside their best-known solutions, or prove drawn days."""
    return [["-m", "benchmarks.routing", *more]]


def bench_plan_command(more: list[str]) -> list[list[str]]:
    """Plan six months of three territories beside plans made by hand."""
    return [["-m", "benchmarks.plan", *more]]


def soak_command(more: list[str]) -> list[list[str]]:
    """Try the faults of sync for a long time and write what was lost."""
    return [["-m", "tests.sync.soak", *more]]


def set_up() -> None:
    """Install what is missing; does nothing the second time."""
    install_system_libraries()
    stamp = VENV / "installed"
    wanted = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if not stamp.exists() or stamp.read_text() != wanted:
        print("Setting up .venv with the locked dependencies (a few minutes the first time)...", flush=True)
        make_venv()
        run([str(PYTHON), "-m", "pip", "install", "-qq", "--no-input", "--disable-pip-version-check",
             "--require-hashes", "-r", str(LOCK)])  # fmt: skip
        stamp.write_text(wanted)
    run([str(PYTHON), "-c", "from app.ui.look.qm_files import ensure_qm; ensure_qm()"])


def make_venv() -> None:
    """Make the environment; one that was left half made, or whose Python has gone, is made anew."""
    has_pip = [str(PYTHON), "-m", "pip", "--version"]
    if PYTHON.exists() and subprocess.call(has_pip, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0:
        return
    if importlib.util.find_spec("ensurepip") is None:
        # Debian and Ubuntu keep this part of Python in a package of its own.
        package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
        if not (can_install() and apt_install([package])):
            print(f"This Python cannot make environments. Install the rest of it: sudo apt-get install {package}")
            sys.exit(2)
    # A process of its own: this one may have been started before that part was installed.
    run([sys.executable, "-m", "venv", "--clear", str(VENV)])


def can_install() -> bool:
    """Whether this is Debian or Ubuntu, and we are root."""
    return bool(sys.platform.startswith("linux") and shutil.which("apt-get") and os.geteuid() == 0)


def apt_install(packages: list[str]) -> bool:
    """Install Debian packages, those of them that the system knows; return whether that went well."""
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    silent = {"env": quiet, "stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL}
    subprocess.call(["apt-get", "update", "-qq"], **silent)
    known = [name for name in packages
             if subprocess.call(["apt-cache", "show", name], stderr=subprocess.DEVNULL, **silent) == 0]  # fmt: skip
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *known]
    return bool(known) and subprocess.call(command, **silent) == 0


def install_system_libraries() -> None:
    """On Debian and Ubuntu, as root, install the libraries of Qt that are missing; elsewhere do nothing."""
    if not sys.platform.startswith("linux") or not shutil.which("dpkg-query") or not shutil.which("apt-get"):
        return
    there = installed_packages()
    missing = [name for name in QT_LIBRARIES if not there & {name, f"{name}t64"}]  # t64: the 64-bit time change
    if not missing:
        return
    if not can_install():
        print(f"If the window does not open, install: sudo apt-get install {' '.join(missing)}")
        return
    print(f"Installing {len(missing)} system libraries that Qt needs...", flush=True)
    if not apt_install(missing):
        # Perhaps there is no network, and perhaps Qt finds what it needs all the same.
        print(f"They could not be installed. If the window does not open: apt-get install {' '.join(missing)}")


def install_servers() -> None:
    """On Debian and Ubuntu, as root, install the programs that the tests start for themselves."""
    if not shutil.which("dpkg-query") or not can_install():
        return
    missing = sorted(set(SERVER) - installed_packages())
    if missing:
        print(f"Installing {', '.join(missing)} for the tests of head office...", flush=True)
        if not apt_install(missing):
            print("They could not be installed: those tests are skipped.")


def installed_packages() -> set[str]:
    """Return the names of the Debian packages that are installed."""
    found = subprocess.run(
        ["dpkg-query", "-W", "-f", "${db:Status-Status} ${Package}\n"], capture_output=True, text=True, check=False
    )
    lines = (line.split(" ", 1) for line in found.stdout.splitlines())
    return {parts[1] for parts in lines if parts[0] == "installed"}


def run(command: list[str]) -> None:
    """Run a step of the set-up; stop with its exit code if it fails."""
    code = subprocess.call(command, cwd=ROOT, env=environment())
    if code:
        sys.exit(code)


def environment() -> dict[str, str]:
    """Return the environment of a job: this folder on the path, UTF-8 everywhere, nobody's own settings of pip."""
    kept = {name: value for name, value in os.environ.items() if name not in {"PYTHONHOME", "PIP_USER", "PIP_TARGET"}}
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": ""}


if __name__ == "__main__":
    sys.exit(main())
