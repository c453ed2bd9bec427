"""The store that the benchmarks work on: all of T1 (1.35 million order lines), built once and kept in build/bench."""

import hashlib
import shutil
from datetime import date
from pathlib import Path

from app.bootstrap.application import Application, assemble
from app.domain.text import Language
from app.runtime.clock import Clock
from app.runtime.paths import DataFolder
from app.services.imports import Target
from app.storage.facts import CURRENCY, TERRITORY, UNIT, write_fact
from app.storage.store import open_store
from app.storage.vault import Vault

ROOT = Path(__file__).resolve().parents[1]
IOWA = ROOT.parent / "shared" / "data" / "iowa"
BENCH = ROOT / "build" / "bench"
PASSWORD = "benchmark password"  # noqa: S105
TODAY = date(2022, 4, 30)


def open_empty(folder: DataFolder) -> Application:
    """Return the application on a store, made empty if it is not there."""
    vault = Vault(folder.vault, use_keyring=False)
    create = not folder.exists
    folder.root.mkdir(parents=True, exist_ok=True)
    key = vault.create(PASSWORD) if create else vault.unlock(PASSWORD)
    return assemble(folder, Clock(as_of=TODAY), Language.EN, open_store(folder, key, create=create))


def stamp() -> str:
    """Return what a kept store was built with; one of another schema is built anew."""
    tables = sorted((ROOT / "app" / "storage" / "migrations" / "versions").glob("v*.py"))
    return hashlib.sha256(b"".join(file.read_bytes() for file in tables)).hexdigest()


def is_built(folder: DataFolder) -> bool:
    """Tell whether a store that is kept from run to run is there, whole and of this schema."""
    mark = folder.root / "complete"
    return mark.exists() and mark.read_text(encoding="utf-8") == stamp()


def mark_built(folder: DataFolder) -> None:
    """Note that a store is whole."""
    (folder.root / "complete").write_text(stamp(), encoding="utf-8")


def open_t1() -> Application:
    """Return the application on all of T1; built by the first call. Raises FileNotFoundError without data."""
    folder = DataFolder(BENCH / "t1")
    if is_built(folder):
        return open_empty(folder)
    if not IOWA.exists():
        raise FileNotFoundError(IOWA)
    shutil.rmtree(folder.root, ignore_errors=True)
    application = open_empty(folder)
    imports = application.imports
    imports.import_file(Target.CUSTOMERS, IOWA / "stores.csv.gz", "iowa")
    imports.import_file(Target.PRODUCTS, IOWA / "products.csv.gz", "iowa")
    imports.import_file(Target.ORDERS, IOWA / "orders_T1.csv.gz", "iowa")
    for key, value in ((UNIT, "bottle"), (CURRENCY, "USD"), (TERRITORY, "Iowa T1")):
        write_fact(application.database, key, value)
    mark_built(folder)
    return application
