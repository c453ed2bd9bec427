"""The way of pictures down: rows that head office delivered and whose bytes are not here (spec, 7).

Small pictures of everything first, newest first; then the originals of the last months, at most as many bytes as the
cap of a metered link leaves. Parts are on disk as they come, sealed like every photo: a cut repeats one part at most.
"""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, Protocol, runtime_checkable

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.domain.problems import TroubleError
from app.models.sync_state import BlobItem
from app.models.visit import Photo
from app.runtime.cancel import CancelledError, CancelToken
from app.storage.database import Database
from app.storage.photo_files import PhotoFiles
from app.sync.blob_queue import DOWN, FULL, STORED, THUMB, UP, WAITING
from app.sync.protocol import CHUNK, LARGEST_BLOB
from app.sync.trouble import LineLost, NoConnection, Refused

ORIGINALS_OF = timedelta(days=90)
"""Older originals stay at head office; their small pictures are enough here."""
_AGAIN = timedelta(hours=6)
_THUMB_GUESS = 20_000
_AT_ONCE = 50
_NOT_THERE = frozenset({"not_found", "malformed"})


@runtime_checkable
class PictureClient(Protocol):
    """What this lane asks of the connection to head office."""

    def read_picture(self, photo: str, kind: str, start: int, length: int) -> tuple[bytes, int]:
        """Return bytes of the picture of a photo row from a place on, and how many there are in all."""
        ...


@dataclass(frozen=True, slots=True)
class DownResult:
    """What one run fetched; `stopped` says why it ended before the queue did."""

    stored: int
    bytes_received: int
    waiting: int
    stopped: Literal["", "cap", "cut", "cancelled", "refused", "disk"] = ""

    def raise_end(self) -> None:
        """Raise what ended the run where that ends the whole round: NoConnection or CancelledError."""
        if self.stopped == "cut":
            raise LineLost("pictures") if self.bytes_received else NoConnection("pictures")
        if self.stopped == "cancelled":
            raise CancelledError


class _CapReachedError(Exception):
    """The next part would go over the cap of a metered link."""


class DownLane:
    """Fetches the pictures of photos that are not here."""

    def __init__(
        self, database: Database, files: PhotoFiles, client: PictureClient, now: datetime, *, cancel: CancelToken
    ) -> None:
        self._database = database
        self._files = files
        self._client = client
        self._now = now
        self._cancel = cancel
        self._left: int | None = None
        self._stored = self._bytes = 0

    def run(self, cap: int | None = None, *, thumbs_only: bool = False) -> DownResult:
        """Fetch until nothing is missing, the cap of bytes is used up, the connection is cut or a person stops it."""
        self._left = cap
        with self._database.write() as session:
            fill_down(session, self._files, self._now)
        stopped: Literal["", "cap", "cut", "cancelled", "refused", "disk"] = ""
        try:
            self._fetch_all(thumbs_only=thumbs_only)
        except _CapReachedError:
            stopped = "cap"
        except CancelledError:
            stopped = "cancelled"
        except NoConnection:
            stopped = "cut"
        except Refused:
            stopped = "refused"
        except TroubleError:
            stopped = "disk"
        with self._database.read() as session:
            waiting = len(session.scalars(select(BlobItem.sha256).where(*_LINES, BlobItem.state == WAITING)).all())
        return DownResult(self._stored, self._bytes, waiting, stopped)

    def _fetch_all(self, *, thumbs_only: bool) -> None:
        passed: set[tuple[str, str]] = set()
        while True:
            with self._database.read() as session:
                items = _next(session, passed, self._now, thumbs_only=thumbs_only)
            if not items:
                return
            for item in items:
                self._cancel.check()
                passed.add((item.sha256, item.kind))
                self._fetch(item)

    def _fetch(self, item: BlobItem) -> None:
        content, size = self._here_already(item)
        while size is None or len(content) < size:
            self._cancel.check()
            expected = CHUNK if size is None else min(CHUNK, size - len(content))
            self._check_cap(min(expected, item.size or expected))
            try:
                part, size = self._client.read_picture(item.photo, item.kind, len(content), CHUNK)
            except Refused as refused:
                if refused.trouble.error not in _NOT_THERE:
                    raise
                self._set_back(item)
                return
            self._count(len(part))
            if size > LARGEST_BLOB or len(content) + len(part) > size:
                self._set_back(item)
                return
            self._files.put_as(item.sha256, part, _part(item.kind, len(content)))
            content += part
            self._note(item, offset=len(content), size=size)
        if item.kind == FULL and hashlib.sha256(content).hexdigest() != item.sha256:
            self._set_back(item)
            return
        self._files.put_as(item.sha256, content, item.kind)
        self._forget_parts(item)
        self._done(item)

    def _here_already(self, item: BlobItem) -> tuple[bytes, int | None]:
        """Return the parts that came before a cut, and the size of the whole where it was told."""
        content = b""
        while len(content) < item.offset:
            try:
                content += self._files.get(item.sha256, _part(item.kind, len(content)))
            except TroubleError:
                self._forget_parts(item)
                return b"", None
        return content, item.size if item.offset else None

    def _forget_parts(self, item: BlobItem) -> None:
        for start in range(0, LARGEST_BLOB, CHUNK):
            self._files.remove(item.sha256, _part(item.kind, start))

    def _done(self, item: BlobItem) -> None:
        self._stored += 1
        with self._database.write() as session:
            session.execute(delete(BlobItem).where(*_LINES, BlobItem.sha256 == item.sha256, BlobItem.kind == item.kind))
            # Head office has these bytes: there is nothing to send, whoever took the photo.
            session.execute(
                update(BlobItem)
                .where(BlobItem.direction == UP, BlobItem.sha256 == item.sha256, BlobItem.kind == item.kind)
                .values(state=STORED, upload="", offset=0)
            )

    def _set_back(self, item: BlobItem) -> None:
        """Leave a picture that head office does not have yet, or that came wrong; the others go on."""
        self._forget_parts(item)
        self._note(item, offset=0, tries=item.tries + 1, next_try_at=self._now + _AGAIN)

    def _note(self, item: BlobItem, **values: int | datetime) -> None:
        for name, value in values.items():
            setattr(item, name, value)
        same = (*_LINES, BlobItem.sha256 == item.sha256, BlobItem.kind == item.kind)
        with self._database.write() as session:
            session.execute(update(BlobItem).where(*same).values(values).execution_options(synchronize_session=False))

    def _check_cap(self, count: int) -> None:
        if self._left is not None and count > self._left:
            raise _CapReachedError

    def _count(self, count: int) -> None:
        self._bytes += count
        if self._left is not None:
            self._left -= count


def fill_down(session: Session, files: PhotoFiles, now: datetime) -> int:
    """Bring the queue up to date: pictures of delivered rows that are not here; return how many were added."""
    rows = session.execute(
        select(Photo.id, Photo.sha256, Photo.byte_size, Photo.added_at)
        .where(Photo.deleted_at.is_(None), Photo.revision > 0)
        .order_by(Photo.added_at.desc())
    ).all()
    wanted = {
        (row.sha256, kind): row
        for row in rows
        for kind in (THUMB, FULL)
        if kind == THUMB or row.added_at > now - ORIGINALS_OF
    }
    known = {(row.sha256, row.kind) for row in session.execute(select(BlobItem.sha256, BlobItem.kind).where(*_LINES))}
    for sha256, kind in known - wanted.keys():
        same = (*_LINES, BlobItem.sha256 == sha256, BlobItem.kind == kind)
        session.execute(delete(BlobItem).where(*same))
    new = [(name, row) for name, row in wanted.items() if name not in known and not files.has(*name)]
    for (sha256, kind), row in new:
        session.add(
            BlobItem(
                sha256=sha256,
                kind=kind,
                direction=DOWN,
                photo=str(row.id),
                size=row.byte_size if kind == FULL else _THUMB_GUESS,
                priority=0 if kind == THUMB else 1,
                state=WAITING,
                at=row.added_at,
            )
        )
    session.flush()
    return len(new)


def _next(session: Session, passed: Collection[tuple[str, str]], now: datetime, *, thumbs_only: bool) -> list[BlobItem]:
    query = select(BlobItem).where(
        *_LINES, BlobItem.state == WAITING, BlobItem.next_try_at.is_(None) | (BlobItem.next_try_at <= now)
    )
    if thumbs_only:
        query = query.where(BlobItem.kind == THUMB)
    ordered = query.order_by(BlobItem.priority, BlobItem.tries, BlobItem.at.desc(), BlobItem.sha256)
    found = [item for item in session.scalars(ordered) if (item.sha256, item.kind) not in passed][:_AT_ONCE]
    for item in found:
        session.expunge(item)
    return found


def _part(kind: str, start: int) -> str:
    return f"{kind}-{start:08d}"


_LINES = (BlobItem.direction == DOWN,)
