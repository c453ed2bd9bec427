"""The key of the store: random, wrapped by the person's password (argon2id), also in the OS keyring where there is one.

The wrapped key lies in `vault.json`; the password itself is kept nowhere. After wrong passwords the wait grows, and it
survives a restart.
"""

import base64
import contextlib
import json
import secrets
import time
from dataclasses import dataclass
from pathlib import Path

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.domain.problems import Problem, TroubleError
from app.runtime.files import write_atomically
from app.storage.trouble import trouble_of_system

MIN_PASSWORD = 8
_KEYRING_SERVICE = "zoufang"
_FREE_TRIES = 2
_LONGEST_WAIT = 300


@dataclass(frozen=True, slots=True)
class Argon2Cost:
    """How dear one guess is: passes, KiB of memory, lanes (RFC 9106, second recommended option)."""

    passes: int = 3
    memory_kib: int = 65536
    lanes: int = 4


class Vault:
    """Keeps and gives out the key of one store."""

    def __init__(self, path: Path, *, use_keyring: bool = True, cost: Argon2Cost | None = None) -> None:
        self._path = path
        self._use_keyring = use_keyring
        self._cost = cost or Argon2Cost()

    def create(self, password: str, key: bytes | None = None) -> bytes:
        """Make a new key, or take that of the store before it; wrap it by the password and return it (32 bytes)."""
        _refuse_short(password)
        if self._path.exists():
            raise TroubleError(Problem.STORE_BUSY, str(self._path))
        key = key or secrets.token_bytes(32)
        self._wrap(key, password, store_id=secrets.token_hex(8))
        return key

    def change_password(self, old: str, new: str) -> None:
        """Wrap the same key by another password."""
        _refuse_short(new)
        key = self.unlock(old)
        self._wrap(key, new, store_id=self._read()["store_id"])

    def unlock(self, password: str) -> bytes:
        """Return the key. Raises TroubleError with WRONG_PASSWORD, or WAIT_BEFORE_RETRY with the seconds left."""
        wait = self.seconds_to_wait()
        if wait > 0:
            raise TroubleError(Problem.WAIT_BEFORE_RETRY, str(wait))
        try:
            key = unwrap_key(self._read(), password)
        except TroubleError as trouble:
            if trouble.problem is Problem.WRONG_PASSWORD:
                self._count_failure()
            raise
        with contextlib.suppress(OSError):
            self._attempts.unlink(missing_ok=True)
        self.keep_in_keyring(key)
        return key

    def unlock_from_keyring(self) -> bytes | None:
        """Return the key from the OS keyring, or None where there is no keyring or no key in it."""
        if not self._use_keyring:
            return None
        import keyring  # noqa: PLC0415 - 60 ms that a start with a password need not pay
        from keyring.errors import KeyringError  # noqa: PLC0415

        with contextlib.suppress(KeyringError, OSError):
            stored = keyring.get_password(_KEYRING_SERVICE, self._read()["store_id"])
            if stored is not None:
                return base64.b64decode(stored)
        return None

    def forget_in_keyring(self) -> None:
        """Take the key out of the OS keyring, so that the next start asks for the password."""
        import keyring  # noqa: PLC0415
        from keyring.errors import KeyringError  # noqa: PLC0415

        with contextlib.suppress(KeyringError, OSError):
            keyring.delete_password(_KEYRING_SERVICE, self._read()["store_id"])

    def seconds_to_wait(self) -> int:
        """Return how many seconds must pass before the next password is looked at."""
        try:
            attempts = json.loads(self._attempts.read_text(encoding="utf-8"))
            failures, last = int(attempts["failures"]), float(attempts["last"])
        except (OSError, ValueError, KeyError, TypeError):
            return 0
        wait = min(2 ** (failures - _FREE_TRIES), _LONGEST_WAIT) if failures > _FREE_TRIES else 0
        passed = time.time() - last
        return max(0, round(wait - passed)) if passed >= 0 else wait

    @property
    def _attempts(self) -> Path:
        return self._path.with_name("unlock-attempts.json")

    def _count_failure(self) -> None:
        failures = 0
        with contextlib.suppress(OSError, ValueError, KeyError):
            failures = int(json.loads(self._attempts.read_text(encoding="utf-8"))["failures"])
        with contextlib.suppress(OSError):  # where nothing can be written the password is still wrong
            write_atomically(self._attempts, json.dumps({"failures": failures + 1, "last": time.time()}).encode())

    def _wrap(self, key: bytes, password: str, store_id: str) -> None:
        salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
        wrapping = _derive(password, salt, self._cost)
        content = {
            "format": 1,
            "store_id": store_id,
            "kdf": "argon2id",
            "passes": self._cost.passes,
            "memory_kib": self._cost.memory_kib,
            "lanes": self._cost.lanes,
            "salt": salt.hex(),
            "nonce": nonce.hex(),
            "wrapped": AESGCM(wrapping).encrypt(nonce, key, store_id.encode()).hex(),
        }
        try:
            write_atomically(self._path, json.dumps(content, indent=1).encode())
        except OSError as error:
            raise trouble_of_system(error) from error
        self.keep_in_keyring(key)

    def keep_in_keyring(self, key: bytes) -> None:
        """Put the key into the OS keyring, so that the next start asks for no password; nothing where there is none."""
        if not self._use_keyring:
            return
        import keyring  # noqa: PLC0415
        from keyring.errors import KeyringError  # noqa: PLC0415

        with contextlib.suppress(KeyringError, OSError):
            keyring.set_password(_KEYRING_SERVICE, self._read()["store_id"], base64.b64encode(key).decode())

    def _read(self) -> dict[str, str]:
        try:
            return json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise TroubleError(Problem.STORE_DAMAGED, str(self._path)) from error


def unwrap_key(content: dict[str, str], password: str) -> bytes:
    """Return the key wrapped in the content of a `vault.json`; raises TroubleError with WRONG_PASSWORD."""
    try:
        cost = Argon2Cost(int(content["passes"]), int(content["memory_kib"]), int(content["lanes"]))
        wrapping = _derive(password, bytes.fromhex(content["salt"]), cost)
        nonce, wrapped = bytes.fromhex(content["nonce"]), bytes.fromhex(content["wrapped"])
        return AESGCM(wrapping).decrypt(nonce, wrapped, content["store_id"].encode())
    except (KeyError, ValueError) as error:
        raise TroubleError(Problem.STORE_DAMAGED, "vault.json") from error
    except InvalidTag:
        raise TroubleError(Problem.WRONG_PASSWORD) from None


def _derive(password: str, salt: bytes, cost: Argon2Cost) -> bytes:
    return hash_secret_raw(password.encode("utf-8"), salt, cost.passes, cost.memory_kib, cost.lanes, 32, Type.ID)


def _refuse_short(password: str) -> None:
    if len(password) < MIN_PASSWORD:
        raise TroubleError(Problem.PASSWORD_TOO_SHORT, str(MIN_PASSWORD))
