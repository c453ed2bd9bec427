"""Fresh stores: each is made once in a test process, by the program itself, and from then on copied."""

import tempfile
from functools import cache
from pathlib import Path

from app.runtime.paths import DataFolder
from app.storage.store import STORE_FILES, OpenedStore, close_store, open_store
from app.storage.vault import Argon2Cost, Vault

PASSWORD = "correct horse battery"
CHEAP = Argon2Cost(passes=1, memory_kib=64, lanes=1)


def fresh_store(folder: DataFolder, key: bytes) -> OpenedStore:
    """Open a store as `open_store` makes one in a folder that has none."""
    folder.root.mkdir(parents=True, exist_ok=True)
    assert not folder.store.exists()
    for suffix, content in _store_files(key).items():
        folder.store.with_name(folder.store.name + suffix).write_bytes(content)
    return open_store(folder, key)


def fresh_vault(folder: DataFolder) -> bytes:
    """Set the password of a folder that has none and return the key of the store."""
    content, key = _vault()
    folder.root.mkdir(parents=True, exist_ok=True)
    assert not folder.vault.exists()
    folder.vault.write_bytes(content)
    return key


@cache
def _vault() -> tuple[bytes, bytes]:
    with tempfile.TemporaryDirectory() as root:
        folder = DataFolder(Path(root))
        key = Vault(folder.vault, use_keyring=False, cost=CHEAP).create(PASSWORD)
        return folder.vault.read_bytes(), key


@cache
def _store_files(key: bytes) -> dict[str, bytes]:
    with tempfile.TemporaryDirectory() as root:
        folder = DataFolder(Path(root))
        close_store(open_store(folder, key, create=True).database)
        files = {suffix: folder.store.with_name(folder.store.name + suffix) for suffix in STORE_FILES}
        return {suffix: file.read_bytes() for suffix, file in files.items() if file.exists()}
