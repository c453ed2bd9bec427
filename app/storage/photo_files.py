"""Photo files: encrypted one by one (AES-256-GCM), named by the SHA-256 of what is inside, written atomically."""

import hashlib
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.domain.problems import Problem, TroubleError
from app.runtime.files import write_atomically
from app.storage import reserve
from app.storage.trouble import trouble_of_system

_NONCE = 12


class PhotoFiles:
    """Keeps the bytes of photos in a folder beside the store."""

    def __init__(self, folder: Path, store_key: bytes) -> None:
        self._folder = folder
        key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"zoufang photos").derive(store_key)
        self._cipher = AESGCM(key)

    def put(self, content: bytes, kind: str = "full") -> str:
        """Store the bytes and return their SHA-256; the same bytes are stored once."""
        name = hashlib.sha256(content).hexdigest()
        self.put_as(name, content, kind)
        return name

    def put_as(self, name: str, content: bytes, kind: str) -> None:
        """Store bytes that belong to the photo of that name, such as its `thumb`."""
        path = self._path(name, kind)
        if path.exists():
            return
        if reserve.is_given_up(self._folder.parent):
            raise TroubleError(Problem.DISK_FULL, str(path))
        nonce = secrets.token_bytes(_NONCE)
        sealed = self._cipher.encrypt(nonce, content, f"{name}.{kind}".encode())
        try:
            write_atomically(path, nonce + sealed)
        except OSError as error:
            raise trouble_of_system(error) from error

    def get(self, name: str, kind: str = "full") -> bytes:
        """Return the bytes. Raises TroubleError with FILE_NOT_READABLE if they are missing or were changed."""
        try:
            sealed = self._path(name, kind).read_bytes()
            return self._cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], f"{name}.{kind}".encode())
        except (OSError, InvalidTag) as error:
            raise TroubleError(Problem.FILE_NOT_READABLE, name) from error

    def remove(self, name: str, kind: str) -> None:
        """Delete the bytes if they are here."""
        self._path(name, kind).unlink(missing_ok=True)

    def has(self, name: str, kind: str = "full") -> bool:
        """Say whether there is a file for these bytes; whether it is whole, only reading it tells."""
        return self._path(name, kind).exists()

    def missing_or_changed(self, names: list[str]) -> list[str]:
        """Return the names whose bytes are not here or no longer have that hash."""
        return [name for name in names if not self._is_whole(name)]

    def _is_whole(self, name: str) -> bool:
        try:
            return hashlib.sha256(self.get(name)).hexdigest() == name
        except TroubleError:
            return False

    def _path(self, name: str, kind: str) -> Path:
        return self._folder / name[:2] / f"{name}.{kind}.photo"
