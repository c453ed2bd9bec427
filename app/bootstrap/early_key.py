"""A password given at the start is turned into the key beside the loading of Qt: neither waits for the other."""

from threading import Thread

from app.runtime.paths import DataFolder
from app.runtime.settings import load_settings


class EarlyKey:
    """Unlocks the vault on a thread of its own; `take` gives the key, or raises what unlocking raised."""

    def __init__(self, folder: DataFolder, password: str) -> None:
        self._folder = folder
        self._password = password
        self._key: bytes | None = None
        self._error: Exception | None = None
        self._thread = Thread(target=self._unlock, name="early-key", daemon=True)
        self._thread.start()

    def take(self, password: str) -> bytes | None:
        """Return the key of that password once; None if it was another password, or the key was taken already."""
        self._thread.join()
        if password != self._password:
            return None
        self._password = ""
        if self._error is not None:
            raise self._error
        return self._key

    def _unlock(self) -> None:
        from app.storage.vault import Vault  # noqa: PLC0415 - the thread that needs it loads it

        try:
            vault = Vault(self._folder.vault, use_keyring=load_settings(self._folder.settings).keep_key)
            self._key = vault.unlock(self._password)
        except Exception as error:  # noqa: BLE001 - raised again where the key is taken
            self._error = error


def begin_unlocking(folder: DataFolder, password: str | None) -> EarlyKey | None:
    """Begin if there is something to unlock and a password to do it with."""
    return EarlyKey(folder, password) if password and folder.exists and folder.store.exists() else None
