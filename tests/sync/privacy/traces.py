"""Reads everything a data folder holds as someone would who has the key: every page, freed ones too, every file."""

from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import CBC

from app.storage.database import Database
from app.sync.journal import SideJournal

_PAGE, _IV, _RESERVED, _SALT = 4096, 16, 80, 16
_WAL_HEAD, _FRAME_HEAD = 32, 24


def traces_of(marker: str, database: Database) -> list[str]:
    """Return where a text can be found in the files of a store whose key is known."""
    folder = database.path.parent
    return sorted({place for place, content in _contents(folder, database) if marker.encode() in content.lower()})


def _contents(folder: Path, database: Database) -> Iterator[tuple[str, bytes]]:
    for file in sorted(folder.rglob("*")):
        if not file.is_file():
            continue
        content = file.read_bytes()
        yield f"{file.name} as it lies", content
        if file == database.path:
            for at in range(0, len(content), _PAGE):
                yield "database", _opened(content[at : at + _PAGE], database.key, first=at == 0)
        elif file.name == database.path.name + "-wal":
            for at in range(_WAL_HEAD, len(content), _FRAME_HEAD + _PAGE):
                head, page = content[at : at + _FRAME_HEAD], content[at + _FRAME_HEAD : at + _FRAME_HEAD + _PAGE]
                yield "write-ahead log", _opened(page, database.key, first=int.from_bytes(head[:4], "big") == 1)
    for record in SideJournal.beside(database)._records():
        yield "side journal", str(record).encode()


def _opened(page: bytes, key: bytes, *, first: bool) -> bytes:
    """Decrypt one page as the store's cipher keeps it; the first begins with the salt."""
    if len(page) < _PAGE:
        return b""
    iv = page[-_RESERVED : -_RESERVED + _IV]
    body = page[_SALT if first else 0 : -_RESERVED]
    opener = Cipher(AES256(key), CBC(iv)).decryptor()
    return opener.update(body) + opener.finalize()
