"""The side journal: what waits to go up, once more beside the store, readable where the store itself is damaged.

An append-only file of encrypted records, each with its length and a checksum; a record that was cut or flipped ends the
reading of its kind only, not the program. Replaying is harmless: head office knows an operation by its id.
"""

import json
import os
import secrets
import threading
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.runtime.files import write_atomically
from app.storage.database import Database

_MAGIC = b"ZFJ1"
_HEAD, _NONCE = 12, 12
_LARGEST = 2 << 20
_FIELDS = ("no", "id", "tbl", "row_id", "kind", "base", "set", "made_at", "made_by")
_SELECT = 'SELECT no, id, tbl, row_id, kind, base, "set", made_at, made_by FROM outbox'


class SideJournal:
    """The journal of one store; call `catch_up` after each save and after each round."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._path = path
        derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"zoufang side journal").derive(key)
        self._cipher = AESGCM(derived)
        self._written: dict[str, int] | None = None
        self._lock = threading.Lock()

    @classmethod
    def beside(cls, database: Database) -> "SideJournal":
        """Return the journal of a store."""
        return cls(database.path.with_name("unsent.journal"), database.key)

    def catch_up(self, database: Database) -> int:
        """Append what is new or changed in the outbox and return how many records; an empty outbox empties the file.

        A round and whoever calls between the rounds may use one journal from two threads.
        """
        with self._lock:
            return self._catch_up(database)

    def _catch_up(self, database: Database) -> int:
        with database.look() as cursor:
            found = cursor.execute(_SELECT + " ORDER BY no").fetchall()
        waiting: list[dict[str, Any]] = [dict(zip(_FIELDS, row, strict=True)) for row in found]
        if self._written is None:
            self._written = {one["id"]: _mark(one) for one in self.read()}
        if not waiting:
            if self._path.exists() and self._path.stat().st_size:
                write_atomically(self._path, b"")
            self._written = {}
            return 0
        gone = self._written.keys() - {one["id"] for one in waiting}
        if len(gone) > max(len(waiting), 100):
            self._rewrite(waiting)
            return len(waiting)
        new = [one for one in waiting if self._written.get(one["id"]) != _mark(one)]
        records: list[dict[str, Any]] = [*new, *({"done": one} for one in sorted(gone))]
        if records:
            self._append(records)
        self._written = {one["id"]: _mark(one) for one in waiting}
        return len(new)

    def read(self) -> list[dict[str, Any]]:
        """Return the operations that had no answer, newest state of each, in order of their numbers."""
        found: dict[str, dict[str, Any]] = {}
        for record in self._records():
            if "done" in record:
                found.pop(record["done"], None)
            else:
                found[record["id"]] = record
        return sorted(found.values(), key=lambda one: one["no"])

    def replay(self, database: Database) -> int:
        """Put operations of the journal that the outbox does not hold into it; return how many.

        The values also go onto the screen's rows at the next pull, as those of everything that waits.
        """
        records = self.read()
        with database.write_plain() as cursor:
            known = {key for (key,) in cursor.execute("SELECT id FROM outbox").fetchall()}
            known |= {key.replace("-", "") for (key,) in cursor.execute("SELECT id FROM sent_op").fetchall()}
            lost = [one for one in records if one["id"] not in known]
            cursor.executemany(
                'INSERT INTO outbox (id, tbl, row_id, kind, base, "set", made_at, made_by, state)'
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'sending')",
                [tuple(one[name] for name in _FIELDS[1:]) for one in lost],
            )
        return len(lost)

    def forget(self) -> None:
        """Delete the file."""
        self._path.unlink(missing_ok=True)
        self._written = None

    def _rewrite(self, waiting: list[dict[str, Any]]) -> None:
        write_atomically(self._path, b"".join(self._sealed(one) for one in waiting))
        self._written = {one["id"]: _mark(one) for one in waiting}

    def _append(self, records: list[dict[str, Any]]) -> None:
        with self._path.open("ab") as file:
            file.write(b"".join(self._sealed(one) for one in records))
            file.flush()
            os.fsync(file.fileno())

    def _sealed(self, record: dict[str, Any]) -> bytes:
        nonce = secrets.token_bytes(_NONCE)
        body = nonce + self._cipher.encrypt(nonce, json.dumps(record).encode(), _MAGIC)
        return _MAGIC + len(body).to_bytes(4, "big") + zlib.crc32(body).to_bytes(4, "big") + body

    def _records(self) -> Iterator[dict[str, Any]]:
        try:
            content = self._path.read_bytes()
        except FileNotFoundError:
            return
        at = content.find(_MAGIC)
        while at >= 0 and at + _HEAD <= len(content):
            length = int.from_bytes(content[at + 4 : at + 8], "big")
            body = content[at + _HEAD : at + _HEAD + length]
            whole = length <= _LARGEST and zlib.crc32(body) == int.from_bytes(content[at + 8 : at + _HEAD], "big")
            record = self._opened(body) if whole else None
            if record is not None:
                yield record
                at = content.find(_MAGIC, at + _HEAD + length)
            else:
                at = content.find(_MAGIC, at + 1)

    def _opened(self, body: bytes) -> dict[str, Any] | None:
        try:
            return json.loads(self._cipher.decrypt(body[:_NONCE], body[_NONCE:], _MAGIC))
        except (InvalidTag, ValueError):
            return None


def _mark(one: dict[str, Any]) -> int:
    return zlib.crc32(f"{one['no']}|{one['base']}|{one['set']}".encode())
