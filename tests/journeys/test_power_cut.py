"""The power goes while the real window is open: the next start comes back to the same field and says what is there."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QTableView

from app.domain.visit import Step
from app.runtime.paths import DataFolder
from app.ui.pages.visit.stock_table_model import Column
from tests.conftest import PASSWORD
from tests.journeys.disk import Disk
from tests.journeys.visit_hands import at_step, visit_page
from tests.journeys.window_process import NOTE, PROMISE, SAVED, SCENES
from tests.real_program import Program, running
from tests.sync.soak import SOAK

ROOT = Path(__file__).resolve().parents[2]


def _stock(program: Program) -> None:
    table = program.find(QTableView, "stockTable")
    program.wait(lambda: table.model().rowCount() > 4, "the SKUs")
    program.wait(lambda: (table.currentIndex().row(), table.currentIndex().column()) == (2, Column.ON_HAND), "the cell")
    assert table.currentIndex().data() == "57"
    assert program.focused is table


def _shelf(program: Program) -> None:
    assert program.words("shelfNote").endswith(NOTE)
    assert program.focused is program.find(QPlainTextEdit, "shelfNote")


def _diagnosis(program: Program) -> None:
    assert visit_page(program).model.draft.place.field == "D11"
    assert (
        Disk(program.folder).one(
            "SELECT state FROM diagnosis_rating WHERE item = 'D11' ORDER BY changed_at DESC LIMIT 1"
        )
        == "B"
    )


def _wrap_up(program: Program) -> None:
    texts = [field.text() for field in program.window.findChildren(QLineEdit, "promiseText") if field.isVisible()]
    assert PROMISE in texts


LOOK: dict[str, Callable[[Program], None]] = {
    "stock": _stock,
    "shelf": _shelf,
    "diagnosis": _diagnosis,
    "wrap_up": _wrap_up,
}


@pytest.mark.parametrize("scene", sorted(SCENES) if SOAK else ["wrap_up"])
def test_after_kill_9_of_the_window_the_next_start_is_back_at_the_same_field(store: DataFolder, scene: str) -> None:
    child = _window(store, scene)
    try:
        word, seconds = _hear(child).split()
        assert word == SAVED
        assert float(seconds) < 1.0
    finally:
        _cut_the_power(child)
    with running(store) as program:
        program.open()
        step = SCENES[scene][0]
        at_step(program, step)  # nobody asked for it: the program was not closed in order
        program.rest()
        said = program.words("visitMessage")
        assert "老周食杂店" in said
        assert f"第 {step.number} 步" in said
        assert said.count("。") == 1
        LOOK[scene](program)
        program.close()
    with running(store) as after:  # closed in order: it asks before it goes back
        after.open()
        assert after.workspace.shown_key == "today"
        after.find(type(after.workspace.bar), "windowMessage")
        after.close()


@pytest.mark.parametrize("hears", [1, 5] if SOAK else [5])
def test_whatever_was_said_to_be_on_disk_is_there_after_kill_9_in_the_middle_of_writing(
    store: DataFolder, hears: int
) -> None:
    child = _window(store, "count")
    try:
        said = [_hear(child).split() for _ in range(hears)]
    finally:
        _cut_the_power(child)
    assert {word for word, _ in said} == {SAVED}
    typed = int(said[-1][1])
    found = {row[0] for row in Disk(store).rows("SELECT on_hand FROM stock_count WHERE on_hand >= 100")}
    assert found >= set(range(max(100, typed - 2), typed + 1))
    with running(store) as program:
        program.open()
        at_step(program, Step.STOCK)
        assert not list(store.root.glob("damaged-*"))
        program.close()


def test_a_second_start_ends_at_once_and_leaves_the_first_alone(store: DataFolder) -> None:
    password = store.root.parent / "password"
    password.write_text(f"{PASSWORD}\n", encoding="utf-8")
    words = ["-m", "app", "--data-dir", str(store.root), "--password-file", str(password)]
    first = subprocess.Popen([sys.executable, *words], cwd=ROOT, env=_environment(), stderr=subprocess.PIPE)
    try:
        lock = store.root / "running.lock"
        while not lock.exists():
            with pytest.raises(subprocess.TimeoutExpired):  # it must not end meanwhile
                first.wait(timeout=0.05)
        second = subprocess.run(
            [sys.executable, *words], cwd=ROOT, env=_environment(), capture_output=True, timeout=60, check=False
        )
        assert second.returncode == 0
        assert first.poll() is None
    finally:
        _cut_the_power(first)
    third = subprocess.Popen([sys.executable, *words], cwd=ROOT, env=_environment(), stderr=subprocess.PIPE)
    try:
        while _lock_holder(lock) != third.pid:  # what the dead program left does not keep the next one out
            with pytest.raises(subprocess.TimeoutExpired):
                third.wait(timeout=0.05)
    finally:
        _cut_the_power(third)


def _lock_holder(lock: Path) -> int:
    lines = lock.read_text(encoding="utf-8").splitlines() if lock.exists() else []
    return int(lines[0]) if lines and lines[0].isdigit() else 0


def _window(store: DataFolder, scene: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-m", "tests.journeys.window_process", str(store.root), scene],
        cwd=ROOT,
        env=_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def _hear(child: "subprocess.Popen[bytes]") -> str:
    assert child.stdout is not None
    line = child.stdout.readline().decode()
    assert line, (child.stderr.read() if child.stderr is not None else b"").decode()
    return line


def _cut_the_power(child: "subprocess.Popen[bytes]") -> None:
    child.send_signal(getattr(signal, "SIGKILL", signal.SIGTERM))
    child.communicate()


def _environment() -> dict[str, str]:
    return os.environ | {
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": str(ROOT),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
    }
