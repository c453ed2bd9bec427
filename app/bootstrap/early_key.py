"""A password given at the start is turned into the key beside the loading of Qt: neither waits for the other."""

from threading import Thread

from app.runtime.paths import DataFolder
from app.runtime.settings import load_settings
from app.storage.vault import Vault


class EarlyKey:
    """Unlocks the vault on a thread of its own; `take` gives the key, or raises what unlocking raised.

    The thread imports nothing: PySide looks through the loaded modules while it is loaded, and a module that comes
    meanwhile ends the program. So the keyring, whose library is loaded when it is first asked, waits for `take`.
    """

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
        if self._key is not None and load_settings(self._folder.settings).keep_key:
            Vault(self._folder.vault).keep_in_keyring(self._key)
        return self._key

    def _unlock(self) -> None:
        try:
            self._key = Vault(self._folder.vault, use_keyring=False).unlock(self._password)
        except Exception as error:  # noqa: BLE001 - raised again where the key is taken
            self._error = error


def begin_unlocking(folder: DataFolder, password: str | None) -> EarlyKey | None:
    """Begin if there is something to unlock and a password to do it with."""
    return EarlyKey(folder, password) if password and folder.exists and folder.store.exists() else None
