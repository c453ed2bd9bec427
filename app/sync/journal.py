"""The side journal: what waits to go up, once more beside the store, readable where the store itself is damaged.

An append-only file of encrypted records, each with its length and a checksum; a record that was cut or flipped ends the
reading of its kind only, not the program. Replaying is harmless: head office knows an operation by its id.
"""

import json
import os
import secrets
import threading
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.domain.problems import TroubleError
from app.runtime.files import sync_folder, write_atomically
from app.storage.database import Database
from app.storage.facts import LAST_SERIAL, fact_of, put_fact

_MAGIC = b"ZFJ1"
_HEAD, _NONCE = 12, 12
_LARGEST = 2 << 20
_STAND = "sync_journal_stand"
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

    def compact(self, database: Database) -> None:
        """Write the file anew with what waits alone: nothing that was answered is to be read in it any more."""
        with self._lock:
            self._catch_up(database)
            if not self._path.exists() or not self._path.stat().st_size:
                return
            with database.look() as cursor:
                found = cursor.execute(_SELECT + " ORDER BY no").fetchall()
            stand = _next_stand(database)
            self._rewrite([_record(row) | {"stand": stand} for row in found])
            self._written = {row[1]: _mark(row[0], row[5], row[6]) for row in found}

    def _catch_up(self, database: Database) -> int:
        if self._written is None:
            self._keep_foreign()
            if self._is_ahead(database):
                self.replay(database)
        with database.look() as cursor:
            found = cursor.execute(_SELECT + " ORDER BY no").fetchall()
        if self._written is None:
            self._written = {one["id"]: _mark(one["no"], one["base"], one["set"]) for one in self.read()}
        if not found:
            if self._path.exists() and self._path.stat().st_size:
                write_atomically(self._path, b"")
            self._written = {}
            return 0
        marks: dict[str, int] = {row[1]: _mark(row[0], row[5], row[6]) for row in found}
        gone = self._written.keys() - marks.keys()
        if len(gone) > max(len(found), 100):
            stand = _next_stand(database)
            self._rewrite([_record(row) | {"stand": stand} for row in found])
            self._written = marks
            return len(found)
        new = [_record(row) for row in found if self._written.get(row[1]) != marks[row[1]]]
        records: list[dict[str, Any]] = [*new, *({"done": one} for one in sorted(gone))]
        if new:
            stand = _next_stand(database)
            records = [one if "done" in one else one | {"stand": stand} for one in records]
        if records:
            self._append(records)
        self._written = marks
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
        with database.write_plain() as cursor:
            records = self.read()
            lost = _unknown(cursor, records)
            cursor.executemany(
                'UPDATE outbox SET "set" = ?, base = ?, made_at = ? WHERE id = ?',
                [(one["set"], one["base"], one["made_at"], one["id"]) for one in _newer(cursor, records)],
            )
            cursor.executemany(
                'INSERT INTO outbox (id, tbl, row_id, kind, base, "set", made_at, made_by, state)'
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'sending')",
                [tuple(one[name] for name in _FIELDS[1:]) for one in lost],
            )
            _number_on(cursor, lost)
            put_fact(cursor, _STAND, str(max([_stand_of(cursor), *(one.get("stand", 0) for one in records)])))
        return len(lost)

    def _is_ahead(self, database: Database) -> bool:
        """Return whether the store lacks what is here: it was damaged, begun anew, or is a backup's."""
        records = self.read()
        if not records:
            return False
        with database.look() as cursor:
            return bool(_unknown(cursor, records) or _newer(cursor, records))

    def _keep_foreign(self) -> None:
        """Set a journal aside that another key wrote: it may be all that is left of a store that was begun anew."""
        try:
            content = self._path.read_bytes()
        except FileNotFoundError:
            return
        if _MAGIC in content and next(self._records(), None) is None:
            # Never over another one; what it holds can be read with the key of the store that was set aside.
            names = (self._path.with_name(f"unsent-{at}.journal") for at in count(1))
            self._path.rename(next(name for name in names if not name.exists()))

    def forget(self) -> None:
        """Delete the file."""
        self._path.unlink(missing_ok=True)
        self._written = None

    def _rewrite(self, waiting: list[dict[str, Any]]) -> None:
        write_atomically(self._path, b"".join(self._sealed(one) for one in waiting))

    def _append(self, records: list[dict[str, Any]]) -> None:
        is_new = not self._path.exists()
        with self._path.open("ab") as file:
            file.write(b"".join(self._sealed(one) for one in records))
            file.flush()
            os.fsync(file.fileno())
        if is_new:
            sync_folder(self._path.parent)

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


def _unknown(cursor: Any, records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the operations that the store neither holds, nor has had an answer for, nor has shown as refused."""
    known: set[str] = {key for (key,) in cursor.execute("SELECT id FROM outbox").fetchall()}
    for table in ("sent_op", "refused_op"):
        known |= {key.replace("-", "") for (key,) in cursor.execute(f"SELECT id FROM {table}").fetchall()}  # noqa: S608
    return [one for one in records if one["id"] not in known]


def _newer(cursor: Any, records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the operations that are further here than in the store: its last commits were lost with their pages.

    Else the store is right, which may be one save ahead. Numbers tell, not clocks: a clock may have been set back.
    """
    if max((one.get("stand", 0) for one in records), default=0) <= _stand_of(cursor):
        return []
    held = dict(cursor.execute("""SELECT id, "set" FROM outbox WHERE state = 'pending'""").fetchall())
    return [one for one in records if held.get(one["id"], one["set"]) != one["set"]]


def _stand_of(cursor: Any) -> int:
    return int(fact_of(cursor, _STAND) or 0)


def _next_stand(database: Database) -> int:
    """Return a number that only grows, kept in the store before the journal bears it."""
    stand = 0
    with suppress(TroubleError), database.note() as cursor:  # on a full disk the journal goes on under the last one
        stand = _stand_of(cursor) + 1
        put_fact(cursor, _STAND, str(stand))
    return stand


def _number_on(cursor: Any, lost: list[dict[str, Any]]) -> None:
    """Let the next visit be numbered behind those that come back."""
    given = [json.loads(one["set"]).get("serial") for one in lost if one["tbl"] == "visit"]
    highest = max((serial for serial in given if isinstance(serial, int)), default=0)
    if highest > int(fact_of(cursor, LAST_SERIAL) or 0):
        put_fact(cursor, LAST_SERIAL, str(highest))


def _record(row: Sequence[Any]) -> dict[str, Any]:
    return dict(zip(_FIELDS, row, strict=True))


def _mark(no: int, base: int, values: str) -> int:
    return zlib.crc32(f"{no}|{base}|{values}".encode())
