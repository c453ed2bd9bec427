"""The program as a process: start-up, encodings, pipes, a full disk, a folder that cannot be written to."""

import gzip
import json
import os
import shutil
import subprocess
import sys
from itertools import islice
from pathlib import Path

import pytest

from tests.builders_files import a_csv
from tests.cli.program import ORDERS, POSIX, ROOT, STORES, Zoufang
from tests.conftest import PASSWORD

RARE = "老周食杂店𠮷"
HEAVY = ("PySide6", "sqlalchemy", "sqlcipher3", "pydantic", "yaml", "alembic", "PIL", "reportlab", "matplotlib")
LOADED = f"""
import sys
from app.cli.main import run
run(sys.argv[1:])
print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)
"""
FULL_DISK = """
import contextlib, io, json, shutil, sys
from pathlib import Path
from app.cli.main import run
disk, store, orders = map(Path, sys.argv[1:])
shutil.copytree(store, disk / "data")
said = io.StringIO()
def zoufang(folder, *words):
    with contextlib.redirect_stdout(said):
        code = run(["--lang", "en", "--data-dir", str(disk / folder), *words])
    print(words[0], int(code))
zoufang("data", "import", "orders", str(orders), "--profile", "iowa")
filler = disk / "filler"
with contextlib.suppress(OSError), filler.open("wb", buffering=0) as file:
    while file.write(bytes(4096)):
        pass
zoufang("data", "today")
zoufang("data", "backup", str(disk / "copy"))
zoufang("new", "init")
filler.unlink()
zoufang("data", "check", "--json")
print(said.getvalue().strip())
print(json.dumps(sorted(path.name for folder in (disk, disk / "data") for path in folder.iterdir())))
"""


@pytest.fixture
def named(zoufang: Zoufang, tmp_path: Path) -> Zoufang:
    """Give a store in which a shop of the day has a name that few encodings can hold."""
    zoufang("import", "customers", a_csv(tmp_path / "c.csv", [
        ("store_no", "name", "lat", "lon", "modal_weekday"), ("R1", RARE, "41.60", "-93.80", "5"),
    ]), "--profile", "iowa").worked()  # fmt: skip
    return zoufang


@pytest.mark.parametrize("words", [["--help"], ["today", "--help"], ["today", "--date", "never"], ["nonsense"]])
def test_help_and_bad_usage_load_neither_qt_nor_the_database(words: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *words], cwd=ROOT, capture_output=True, text=True, check=True, timeout=30
    )
    assert done.stderr.splitlines()[-1] == "[]"


def test_a_command_loads_no_qt(zoufang: Zoufang) -> None:
    words = zoufang.command("today")[3:]
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
        env=zoufang.environment(),
    )
    assert "PySide6" not in done.stderr
    assert "sqlcipher3" in done.stderr


@pytest.mark.parametrize(
    "env",
    [
        pytest.param({"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}, id="C"),
        pytest.param({"PYTHONIOENCODING": "cp936"}, id="cp936"),
    ],
)
def test_what_a_console_cannot_show_becomes_question_marks(named: Zoufang, env: dict[str, str]) -> None:
    done = named.process("today", "--date", "2022-04-29", lang="zh", **env).worked()
    assert "R1" in done.out
    assert "?" in done.out


def test_json_comes_whole_through_every_encoding(named: Zoufang) -> None:
    done = named.process("--json", "today", "--date", "2022-04-29", PYTHONIOENCODING="cp936").worked()
    assert RARE in [stop["name"] for stop in json.loads(done.out)["stops"]]


@POSIX
def test_a_reader_that_leaves_early_is_no_error(zoufang: Zoufang) -> None:
    with zoufang.start("today", "--date", "2022-04-29") as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=60) == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_an_output_that_takes_nothing_is_told(zoufang: Zoufang) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            zoufang.command("today"),
            stdout=full,
            stderr=subprocess.PIPE,
            cwd=ROOT,
            env=zoufang.environment(),
            check=False,
            timeout=60,
        )
    assert done.returncode == 2
    [line] = done.stderr.decode().splitlines()
    assert "No space left" in line


@POSIX
def test_closed_streams_do_no_harm(zoufang: Zoufang) -> None:
    words = zoufang.command("check")
    done = subprocess.run(
        ["/bin/sh", "-c", 'exec "$@" <&- >&- 2>&-', "sh", *words],
        cwd=ROOT,
        env=zoufang.environment(),
        check=False,
        timeout=60,
    )
    assert done.returncode == 0


def run_without_rights(zoufang: Zoufang, *words: object) -> subprocess.CompletedProcess[str]:
    """Run a command as one whom the permissions of files bind, which root is not."""
    bound: list[str] = []
    if os.geteuid() == 0:
        if shutil.which("setpriv") is None:
            pytest.skip("root is bound by no permissions, and there is no setpriv here")
        bound = ["setpriv", "--bounding-set=-dac_override,-dac_read_search,-fowner"]
    return subprocess.run(
        [*bound, *zoufang.command(*words)],
        cwd=ROOT,
        env=zoufang.environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@POSIX
def test_a_folder_that_cannot_be_written_to_is_told_and_nothing_moved(zoufang: Zoufang) -> None:
    root = zoufang.folder.root
    for path in (*root.iterdir(), root):
        path.chmod(0o555 if path.is_dir() else 0o444)
    names = sorted(path.name for path in root.iterdir())
    try:
        done = run_without_rights(zoufang, "today")
    finally:
        root.chmod(0o755)
    assert (done.returncode, done.stdout) == (2, "")
    [line] = done.stderr.splitlines()
    assert "Cannot be written to" in line
    assert sorted(path.name for path in root.iterdir()) == names


def on_a_small_disk(zoufang: Zoufang, disk: Path, orders: Path) -> subprocess.CompletedProcess[str]:
    """Run `FULL_DISK` with a disk of 3 MB that no other process sees."""
    unshare = shutil.which("unshare")
    if unshare is None:
        pytest.skip("there is no unshare here")
    ours = [unshare, "-m"] if os.geteuid() == 0 else [unshare, "-rm"]
    mount = 'mount -t tmpfs -o size=3m small "$1" || exit 99; shift; exec "$@"'
    program = [sys.executable, "-c", FULL_DISK, str(disk), str(zoufang.folder.root), str(orders)]
    done = subprocess.run(
        [*ours, "sh", "-c", mount, "sh", str(disk), *program],
        cwd=ROOT,
        env=zoufang.environment(PYTHONDONTWRITEBYTECODE="1"),
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )
    if done.returncode == 99 or "unshare" in done.stderr:
        pytest.skip(f"no disk can be mounted here: {done.stderr.strip()}")
    return done


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="mounts a small disk as Linux does")
def test_a_full_disk_is_told_and_costs_nothing_that_was_saved(zoufang: Zoufang, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    orders = tmp_path / "o.csv"  # as much as the cache holds: the disk is met at the commit
    with gzip.open(ORDERS, "rt", encoding="utf-8") as file:
        orders.write_text("".join(islice(file, 90_000)), encoding="utf-8")
    done = on_a_small_disk(zoufang, disk, orders)
    assert "Traceback" not in done.stderr
    told = done.stderr.splitlines()
    assert all("disk is full" in line for line in told)
    assert len(told) == 4
    *codes, rows, names = done.stdout.splitlines()
    assert codes == ["import 2", "today 2", "backup 2", "init 2", "check 0"]
    assert json.loads(rows)["rows"]["order_line"] == 0
    assert json.loads(rows)["rows"]["customer"] == 249
    assert json.loads(names) == ["cache", "data", "vault.json", "zoufang.db"]


def test_two_imports_at_once_both_come_to_a_good_end(zoufang: Zoufang, tmp_path: Path) -> None:
    files = [
        a_csv(tmp_path / f"{side}.csv", [("store_no", "name"), *((f"{side}{n}", "Shop") for n in range(500))])
        for side in "AB"
    ]
    processes = [zoufang.start("--json", "import", "customers", file, "--profile", "iowa") for file in files]
    for process in processes:
        out, err = process.communicate(timeout=60)
        assert (process.returncode, err) == (0, b"")
        assert json.loads(out)["added"] == 500
    rows = zoufang("--json", "check").worked().data["rows"]
    assert rows["customer"] == 249 + 1000


def test_the_password_file_works_for_a_process_without_terminal(zoufang: Zoufang, tmp_path: Path) -> None:
    file = tmp_path / "密码 文件.txt"
    file.write_bytes(f"{PASSWORD}\r\n".encode("utf-8-sig"))
    words = ("--password-file", file, "import", "customers", STORES, "--profile", "iowa")
    done = zoufang.process(*words, ZOUFANG_PASSWORD="not the password")
    assert done.worked().out == "read 249, added 0, changed 0, unchanged 249, refused 0\n"


@pytest.mark.skipif(not POSIX, reason="Windows always has a screen")
def test_a_demo_without_a_screen_plays_a_day_by_itself(tmp_path: Path) -> None:
    blind = {k: v for k, v in os.environ.items() if k not in {"QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"}}
    done = subprocess.run(
        [sys.executable, "-m", "app", "demo", "--practice", "--out", str(tmp_path)],
        env=blind | {"PYTHONPATH": str(ROOT)}, cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "customer-summary.pdf").read_bytes().startswith(b"%PDF")
    assert len(list(tmp_path.glob("*.png"))) == 12
    assert done.stderr == ""
