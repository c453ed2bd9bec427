"""Sets the project up and runs its jobs with nothing but Python 3.11: `python tasks.py demo`, `python tasks.py test`.

`make demo` and `make test` call this file; on Windows it is called directly. It makes `.venv`, installs the locked
dependencies, on Debian and Ubuntu as root also the system libraries that Qt needs, and builds the translations.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import venv
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


def main() -> int:
    """Set up, then run the job that was asked for."""
    jobs = {
        "setup": no_command,
        "demo": demo_command,
        "test": test_command,
        "check": check_command,
        "bench": bench_command,
    }
    job = sys.argv[1] if len(sys.argv) > 1 else "demo"
    if job not in jobs:
        print(f"usage: python tasks.py {{{','.join(jobs)}}} [more arguments]")
        return 2
    if sys.version_info < (3, 11):  # noqa: UP036 - somebody may start it with an older Python
        print("Zoufang needs Python 3.11 or later")
        return 2
    set_up()
    for command in jobs[job](sys.argv[2:]):
        code = subprocess.call([str(PYTHON), *command], cwd=ROOT, env=environment())
        if code:
            return code
    return 0


def no_command(_more: list[str]) -> list[list[str]]:
    """Only set up."""
    return []


def demo_command(more: list[str]) -> list[list[str]]:
    """Build the demo territory and open the app; without a screen play a day and leave pictures."""
    return [["-m", "app", "demo", *more]]


def test_command(more: list[str]) -> list[list[str]]:
    """Run the whole test suite on two processes, or just what is named."""
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


def set_up() -> None:
    """Install what is missing; does nothing the second time."""
    install_system_libraries()
    stamp = VENV / "installed"
    wanted = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if not stamp.exists() or stamp.read_text() != wanted:
        print("Setting up .venv with the locked dependencies (a few minutes the first time)…", flush=True)
        if not PYTHON.exists():
            venv.create(VENV, with_pip=True)
        run([str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes",
             "-r", str(LOCK)])  # fmt: skip
        (VENV / "installed").write_text(wanted)
    run([str(PYTHON), "-m", "app.ui.look.build_translations", "--quiet"])


def install_system_libraries() -> None:
    """On Debian and Ubuntu, as root, install the libraries of Qt that are missing; elsewhere do nothing."""
    if not sys.platform.startswith("linux") or not shutil.which("dpkg-query") or not shutil.which("apt-get"):
        return
    missing = [name for name in QT_LIBRARIES if not is_installed(name)]
    if not missing:
        return
    if os.geteuid() != 0:
        print(f"If the window does not open, install: sudo apt-get install {' '.join(missing)}")
        return
    print(f"Installing {len(missing)} system libraries that Qt needs…", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], check=False, env=quiet, stdout=subprocess.DEVNULL)
    known = [name for name in missing if subprocess.call(["apt-cache", "show", name], stdout=subprocess.DEVNULL,
                                                         stderr=subprocess.DEVNULL) == 0]  # fmt: skip
    subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *known], check=True, env=quiet,
                   stdout=subprocess.DEVNULL)  # fmt: skip


def is_installed(package: str) -> bool:
    """Return whether a Debian package is installed, under its own name or that of the 64-bit time change."""
    for name in (package, f"{package}t64"):
        found = subprocess.run(
            ["dpkg-query", "-W", "-f", "${Status}", name], capture_output=True, text=True, check=False
        )
        if "install ok installed" in found.stdout:
            return True
    return False


def run(command: list[str]) -> None:
    """Run a step of the set-up; stop with its exit code if it fails."""
    code = subprocess.call(command, cwd=ROOT, env=environment())
    if code:
        sys.exit(code)


def environment() -> dict[str, str]:
    """Return the environment of a job: this folder first on the path, UTF-8 everywhere."""
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": ""}


if __name__ == "__main__":
    sys.exit(main())
