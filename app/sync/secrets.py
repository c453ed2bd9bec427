"""The laptop's secrets: refresh token and private key, in the OS keyring, else in the encrypted store.

Windows takes at most 1,280 characters: the two together are about 150.
"""

import base64
import contextlib
import json
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.storage.database import Database
from app.storage.facts import put_fact, read_fact, write_fact
from app.sync.trouble import SecretsMissing

_SERVICE = "zoufang-sync"
_FALLBACK, _ACCOUNT = "sync_secret", "sync_secret_account"
_BETWEEN = "\x1f"
MOST_CHARACTERS = 1280


@dataclass(frozen=True, slots=True)
class Secrets:
    """What proves to head office that this is the laptop that was enrolled."""

    refresh_token: str
    private_key: bytes
    """Ed25519, raw."""

    def proof(self, replica: str, moment: str) -> str:
        """Return the signature that asks for an access token."""
        key = Ed25519PrivateKey.from_private_bytes(self.private_key)
        return base64.b64encode(key.sign(f"{replica}{_BETWEEN}{moment}".encode())).decode()

    def sign(self, content: bytes) -> bytes:
        """Return the signature over bytes: a handover file is signed as a whole."""
        return Ed25519PrivateKey.from_private_bytes(self.private_key).sign(content)


def new_key() -> tuple[bytes, str]:
    """Return a new private key, raw, and its public key in base64."""
    key = Ed25519PrivateKey.generate()
    return key.private_bytes_raw(), base64.b64encode(key.public_key().public_bytes_raw()).decode()


def keep_secrets(database: Database, account: str, secrets: Secrets, *, use_keyring: bool = True) -> None:
    """Keep the secrets under the account name, which is the replica's first id."""
    text = json.dumps({"t": secrets.refresh_token, "k": base64.b64encode(secrets.private_key).decode()})
    kept = use_keyring and len(text) < MOST_CHARACTERS and _put(account, text)
    with database.note() as cursor:
        put_fact(cursor, _ACCOUNT, account)
        put_fact(cursor, _FALLBACK, "" if kept else text)


def read_secrets(database: Database) -> Secrets:
    """Return the secrets. Raises SecretsMissing where the keyring no longer has them."""
    text = read_fact(database, _FALLBACK) or _get(read_fact(database, _ACCOUNT) or "")
    if not text:
        raise SecretsMissing
    found = json.loads(text)
    return Secrets(found["t"], base64.b64decode(found["k"]))


def forget_secrets(database: Database) -> None:
    """Take the secrets out of keyring and store."""
    account = read_fact(database, _ACCOUNT)
    if account:
        _delete(account)
    write_fact(database, _FALLBACK, "")


def _put(account: str, text: str) -> bool:
    import keyring  # noqa: PLC0415 - 60 ms that only a round of sync pays
    from keyring.errors import KeyringError  # noqa: PLC0415

    with contextlib.suppress(KeyringError, OSError):
        keyring.set_password(_SERVICE, account, text)
        return keyring.get_password(_SERVICE, account) == text
    return False


def _get(account: str) -> str | None:
    import keyring  # noqa: PLC0415
    from keyring.errors import KeyringError  # noqa: PLC0415

    with contextlib.suppress(KeyringError, OSError):
        return keyring.get_password(_SERVICE, account)
    return None


def _delete(account: str) -> None:
    import keyring  # noqa: PLC0415
    from keyring.errors import KeyringError  # noqa: PLC0415

    with contextlib.suppress(KeyringError, OSError):
        keyring.delete_password(_SERVICE, account)
