"""What keeps the start fast: Today is shown before heavy libraries are imported, and Qt's import hook is taken out."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from app.bootstrap.early_key import begin_unlocking
from app.bootstrap.later import Later
from app.domain.problems import Problem, TroubleError
from app.runtime.paths import DataFolder
from tests.conftest import PASSWORD

_HEAVY = (
    "sqlalchemy", "alembic", "pypinyin", "reportlab", "matplotlib", "pydantic", "yaml", "keyring", "PIL",
    "python_calamine", "xlsxwriter", "pypdfium2",
)  # fmt: skip


def _printed(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_nothing_heavy_is_imported_for_the_first_page() -> None:
    code = (
        "import sys, app.cli.main, app.bootstrap.window as window; window.load_first_page();"
        f"print(sorted({set(_HEAVY)!r} & set(sys.modules)))"
    )
    assert _printed(code) == "[]"


def test_after_qt_python_imports_plainly_again() -> None:
    code = (
        "import builtins; own = builtins.__import__;"
        "from app.bootstrap.plain_imports import plain_imports\n"
        "with plain_imports():\n"
        "    import PySide6.QtWidgets\n"
        "    hooked = builtins.__import__ is not own\n"
        "print(hooked, builtins.__import__ is own)"
    )
    assert _printed(code) == "True True"


@pytest.mark.usefixtures("database", "key")
def test_the_thread_of_the_key_loads_no_module_beside_that_of_qt(data_folder: DataFolder) -> None:
    code = (
        "import sys; from pathlib import Path; from app.bootstrap.early_key import EarlyKey;"
        "from app.runtime.paths import DataFolder; before = set(sys.modules);"
        f"early = EarlyKey(DataFolder(Path({str(data_folder.root)!r})), {PASSWORD!r}); early._thread.join();"
        "print(early._error, sorted(set(sys.modules) - before))"
    )
    assert _printed(code) == "None []"


@pytest.mark.usefixtures("database")
def test_the_key_is_derived_before_the_window_and_given_once(data_folder: DataFolder, key: bytes) -> None:
    early = begin_unlocking(data_folder, PASSWORD)
    assert early is not None
    assert early.take("another password") is None
    assert early.take(PASSWORD) == key
    assert early.take(PASSWORD) is None


@pytest.mark.usefixtures("database")
def test_a_wrong_password_given_early_is_told_when_the_key_is_taken(data_folder: DataFolder) -> None:
    early = begin_unlocking(data_folder, "wrong horse")
    assert early is not None
    with pytest.raises(TroubleError) as trouble:
        early.take("wrong horse")
    assert trouble.value.problem is Problem.WRONG_PASSWORD


def test_without_a_store_or_a_password_nothing_is_begun(tmp_path: Path) -> None:
    assert begin_unlocking(DataFolder(tmp_path), PASSWORD) is None
    assert begin_unlocking(DataFolder(tmp_path), None) is None


def test_a_service_is_made_at_its_first_call_and_on_the_thread_that_calls() -> None:
    made_on: list[int] = []

    class Service:
        def add(self, first: int, *, second: int) -> int:
            return first + second

    def make() -> Service:
        made_on.append(threading.get_ident())
        return Service()

    add = Later(make).add
    assert made_on == []
    assert add(1, second=2) == 3
    assert made_on == [threading.get_ident()]
