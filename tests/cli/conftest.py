"""A store to command: made once, copied for each test; no keyring of the person who runs the tests is touched."""

import shutil
from pathlib import Path

import keyring
import keyring.backends.null
import pytest

from app.bootstrap.application import assemble, close_application
from app.cli.passwords import VARIABLE
from app.domain.text import Language
from app.runtime.clock import Clock
from app.runtime.paths import DataFolder
from app.services.imports import Target
from app.storage.store import open_store
from app.storage.vault import Vault
from tests.cli.program import PRODUCTS, STORES, Zoufang
from tests.conftest import CHEAP, PASSWORD

_NULL = "keyring.backends.null.Keyring"


@pytest.fixture(autouse=True)
def no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep keys out of the keyring of the machine."""
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", _NULL)
    keyring.set_keyring(keyring.backends.null.Keyring())


@pytest.fixture(autouse=True)
def no_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start without a password and without a screen."""
    for name in (VARIABLE, "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def filled_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a store with the shops and items of the sample territory, no orders."""
    folder = DataFolder(tmp_path_factory.mktemp("filled") / "data")
    folder.root.mkdir()
    key = Vault(folder.vault, use_keyring=False, cost=CHEAP).create(PASSWORD)
    application = assemble(folder, Clock(), Language.EN, open_store(folder, key, create=True))
    application.imports.import_file(Target.CUSTOMERS, STORES, "iowa")
    application.imports.import_file(Target.PRODUCTS, PRODUCTS, "iowa")
    close_application(application)
    return folder.root


@pytest.fixture
def nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Zoufang:
    """Give the program on a folder that is not there yet, with blanks and Chinese characters in its name."""
    return Zoufang(DataFolder(tmp_path / "我的 数据" / "走访"), capsys)


@pytest.fixture
def zoufang(nothing: Zoufang, filled_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Zoufang:
    """Give the program on a filled store, with its password in the environment."""
    shutil.copytree(filled_folder, nothing.folder.root)
    monkeypatch.setenv(VARIABLE, PASSWORD)
    return nothing
