"""Takes in the bytes of photos piece by piece, gives them out again to whoever may see the photo (spec, 7).

Nobody learns by a hash whether somebody else's photo is here: only photos that this manager's own rows name can be
announced, and *stored* is said only of bytes that this manager has sent whole.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from sqlalchemy import bindparam, delete, func, select, text
from sqlalchemy.orm import Session, aliased

from app.headoffice.blob_problems import BlobTooLarge, WrongOffset
from app.headoffice.blob_store import BlobMissingError, BlobStore
from app.headoffice.database import OfficeDatabase
from app.headoffice.models import TABLES, Blob, BlobUpload, BlobUse, SyncRow
from app.headoffice.people import scopes_of
from app.headoffice.problems import Busy, Malformed, NotFound
from app.models.base import UtcDateTime
from app.sync.core.day_summary import PHOTO
from app.sync.protocol import LARGEST_BLOB, LARGEST_CHUNK, SMALLEST_CHUNK, BlobAnswer, BlobRequest

LARGEST_THUMB = 256 << 10
_KEPT = timedelta(days=7)
_MOST_OPEN = 400
"""Uploads that one manager may have open; a day has far fewer."""
_Kind = Literal["thumb", "full"]
# The same picture may be finished by two workers in the same moment; both databases know this way of not minding.
_KEEP = text(
    "INSERT INTO blob (sha256, size, stored_at) VALUES (:sha256, :size, :now) ON CONFLICT (sha256) DO NOTHING"
).bindparams(bindparam("now", type_=UtcDateTime()))
_USE = text(
    "INSERT INTO blob_use (photo, kind, sha256, manager, stored_at) VALUES (:photo, :kind, :sha256, :manager, :now)"
    " ON CONFLICT (photo, kind) DO UPDATE"
    " SET sha256 = excluded.sha256, manager = excluded.manager, stored_at = excluded.stored_at"
).bindparams(bindparam("now", type_=UtcDateTime()))


@dataclass(frozen=True, slots=True)
class BlobPart:
    """Bytes of a photo from `start`, and how many there are in all."""

    content: bytes
    start: int
    size: int


def announce(
    database: OfficeDatabase, store: BlobStore, request: BlobRequest, manager: str, now: datetime
) -> BlobAnswer:
    """Say where to go on with a photo of this manager, or that its bytes are here. Raises NotFound, BlobTooLarge."""
    if request.size > (LARGEST_THUMB if request.kind == "thumb" else LARGEST_BLOB):
        raise BlobTooLarge

    def work(session: Session) -> tuple[BlobAnswer, list[tuple[str, int]]]:
        if not _may_send(session, request, manager):
            raise NotFound
        if _has_sent(session, request, manager):
            _note_use(session, request.photo, request.kind, request.sha256, manager, now)
            return BlobAnswer(stored=True, offset=request.size), []
        return _open_upload(session, request, manager, now)

    answer, left = database.transaction(work)
    _drop_parts(store, left)
    return answer


def offset_of(database: OfficeDatabase, upload: str, manager: str, now: datetime) -> int:
    """Return how many bytes of an upload are here. Raises NotFound if it is not this manager's, or has ended."""
    with database.read() as session:
        return _own_upload(session, upload, manager, now, lock=False).received


def append(
    database: OfficeDatabase, store: BlobStore, upload: str, offset: int, chunk: bytes, manager: str, now: datetime
) -> BlobAnswer:
    """Add a chunk at exactly the offset; the last one has the whole verified.

    Bytes whose SHA-256 is another one than announced are thrown away: the answer's offset is 0 again. Raises NotFound,
    WrongOffset, Malformed, BlobTooLarge.
    """
    if len(chunk) > LARGEST_CHUNK:
        raise BlobTooLarge

    def work(session: Session) -> tuple[BlobAnswer, int]:
        # The row stays locked until the commit: two workers never write the same stretch, and none counts it twice.
        row = _own_upload(session, upload, manager, now, lock=True)
        if offset != row.received:
            raise WrongOffset(row.received)
        end = offset + len(chunk)
        if end > row.size or (len(chunk) < SMALLEST_CHUNK and end < row.size):
            raise Malformed("a chunk runs over the end or is too small")
        store.put(_part(upload, offset), chunk)
        row.received, row.expires_at = end, now + _KEPT
        if end < row.size:
            return BlobAnswer(upload=upload, offset=end), 0
        return _finish(session, store, row, now), row.size

    answer, ended = database.transaction(work)
    if ended:  # only now that it is committed: a crash before it leaves the parts to go on from
        _drop_parts(store, [(upload, ended)])
    return answer


def read_blob(
    database: OfficeDatabase,
    store: BlobStore,
    sha256: str,
    manager: str,
    now: datetime,
    start: int = 0,
    length: int | None = None,
) -> BlobPart:
    """Return bytes of a photo that this manager may see. Raises NotFound for all others, there or not."""
    del now
    with database.read() as session:
        uses = session.execute(select(BlobUse.photo, BlobUse.manager).where(BlobUse.sha256 == sha256)).all()
        scopes = set(scopes_of(session, manager))
        if not any(use.manager == manager or _scope_of(session, use.photo) in scopes for use in uses):
            raise NotFound
        size = session.scalars(select(Blob.size).where(Blob.sha256 == sha256)).one()
    if not 0 <= start <= size:
        raise Malformed("the range lies outside")
    return BlobPart(_bytes(store, sha256, start, length), start, size)


def read_shown(
    database: OfficeDatabase,
    store: BlobStore,
    photo: str,
    kind: _Kind,
    manager: str,
    start: int = 0,
    length: int | None = None,
) -> BlobPart:
    """Return bytes of the picture of a photo row that this manager may see. Raises NotFound for all others."""
    with database.read() as session:
        row = session.get(SyncRow, (PHOTO, photo))
        if row is None or row.deleted or (row.author != manager and row.scope not in scopes_of(session, manager)):
            raise NotFound
        sha256 = _shown_by(session, photo, kind)
        size = session.scalar(select(Blob.size).where(Blob.sha256 == sha256))
    if sha256 is None or size is None:
        raise NotFound
    content = b"" if start >= size else _bytes(store, sha256, start, length)
    return BlobPart(content, start, size)


def read_photo(database: OfficeDatabase, store: BlobStore, photo: str, kind: _Kind) -> bytes:
    """Return the picture of a photo row for a person of the office, whose role the caller has checked."""
    with database.read() as session:
        sha256 = _shown_by(session, photo, kind)
    if sha256 is None:
        raise NotFound
    return _bytes(store, sha256)


def sweep_uploads(database: OfficeDatabase, store: BlobStore, now: datetime) -> int:
    """End uploads that nobody went on with for seven days; return how many."""

    def work(session: Session) -> list[tuple[str, int]]:
        old = session.execute(
            select(BlobUpload.id, BlobUpload.size).where(BlobUpload.expires_at <= now).with_for_update(skip_locked=True)
        ).all()
        session.execute(delete(BlobUpload).where(BlobUpload.id.in_([row.id for row in old])))
        return [(row.id, row.size) for row in old]

    ended = database.transaction(work)
    _drop_parts(store, ended)
    return len(ended)


def accept_whole(
    database: OfficeDatabase, store: BlobStore, request: BlobRequest, content: bytes, manager: str, now: datetime
) -> bool:
    """Take in the whole bytes of a photo, as a handover file brings them; False if they were here already.

    Raises NotFound, BlobTooLarge, or Malformed where the bytes are not the announced ones.
    """
    answer = announce(database, store, request, manager, now)
    if answer.stored:
        return False
    offset = answer.offset
    while offset < request.size:
        answer = append(database, store, answer.upload, offset, content[offset : offset + LARGEST_CHUNK], manager, now)
        if answer.stored:
            return True
        if answer.offset <= offset:
            break
        offset = answer.offset
    raise Malformed("the picture is not the one its hash names")


def _shown_by(session: Session, photo: str, kind: _Kind) -> str | None:
    """Return the hash of the bytes of a photo row; a picture that two rows show was sent under one of them."""
    asked = select(BlobUse.sha256).where(BlobUse.photo == photo, BlobUse.kind == kind)
    if (direct := session.scalar(asked)) is not None:
        return direct
    row = session.get(SyncRow, (PHOTO, photo))
    if row is None:
        return None
    table, full = TABLES[PHOTO], aliased(BlobUse)
    named = session.scalar(select(table.c.sha256).where(table.c.id == UUID(photo)))
    twin = (
        select(BlobUse.sha256)
        .join(full, full.photo == BlobUse.photo)
        .where(full.kind == "full", full.sha256 == named, full.manager == row.author, BlobUse.kind == kind)
    )
    return session.scalar(twin.limit(1))


def _may_send(session: Session, request: BlobRequest, manager: str) -> bool:
    row = session.get(SyncRow, (PHOTO, request.photo))
    if row is None or row.deleted or row.author != manager:
        return False
    if request.kind == "thumb":
        return True
    photo = TABLES[PHOTO]
    named = session.scalar(select(photo.c.sha256).where(photo.c.id == UUID(request.photo)))
    return named == request.sha256


def _has_sent(session: Session, request: BlobRequest, manager: str) -> bool:
    """Say whether this manager has sent these bytes, for this photo or for another one of theirs."""
    query = select(BlobUse.photo).where(BlobUse.sha256 == request.sha256, BlobUse.manager == manager)
    return session.scalar(query.limit(1)) is not None


def _open_upload(
    session: Session, request: BlobRequest, manager: str, now: datetime
) -> tuple[BlobAnswer, list[tuple[str, int]]]:
    """Go on with the open upload of these bytes or begin one; return also the uploads that are to be dropped."""
    rows = session.scalars(
        select(BlobUpload)
        .where(BlobUpload.manager == manager, BlobUpload.photo == request.photo, BlobUpload.kind == request.kind)
        .with_for_update()
    ).all()
    left: list[tuple[str, int]] = []
    found: BlobUpload | None = None
    for row in rows:
        if row.sha256 == request.sha256 and row.size == request.size and row.expires_at > now and found is None:
            found = row
        else:
            left.append((row.id, row.size))
            session.delete(row)
    if found is not None:
        return BlobAnswer(upload=found.id, offset=found.received), left
    if session.scalars(select(func.count()).where(BlobUpload.manager == manager)).one() >= _MOST_OPEN:
        raise Busy
    made = BlobUpload(
        id=secrets.token_hex(16),
        manager=manager,
        replica=request.replica,
        photo=request.photo,
        kind=request.kind,
        sha256=request.sha256,
        size=request.size,
        received=0,
        expires_at=now + _KEPT,
    )
    session.add(made)
    return BlobAnswer(upload=made.id, offset=0), left


def _own_upload(session: Session, upload: str, manager: str, now: datetime, *, lock: bool) -> BlobUpload:
    query = select(BlobUpload).where(
        BlobUpload.id == upload, BlobUpload.manager == manager, BlobUpload.expires_at > now
    )
    row = session.scalar(query.with_for_update() if lock else query)
    if row is None:
        raise NotFound
    return row


def _finish(session: Session, store: BlobStore, row: BlobUpload, now: datetime) -> BlobAnswer:
    """Verify the whole; the right bytes get their name, the wrong ones are counted as never sent."""
    content = _assembled(store, row.id, row.size)
    if len(content) != row.size or hashlib.sha256(content).hexdigest() != row.sha256:
        row.received = 0
        return BlobAnswer(upload=row.id, offset=0)
    # Whoever takes unused bytes away holds this row: only then is it certain whether they are there (blob_forgetting).
    session.execute(_KEEP, {"sha256": row.sha256, "size": row.size, "now": now})
    held = session.scalar(select(Blob.sha256).where(Blob.sha256 == row.sha256).with_for_update())
    if held is None:
        raise Busy
    if store.size(name_of(row.sha256)) != row.size:
        store.put(name_of(row.sha256), content)
    _note_use(session, row.photo, row.kind, row.sha256, row.manager, now)
    answer = BlobAnswer(upload=row.id, offset=row.size, stored=True)
    session.delete(row)
    return answer


def _note_use(session: Session, photo: str, kind: str, sha256: str, manager: str, now: datetime) -> None:
    session.execute(_USE, {"photo": photo, "kind": kind, "sha256": sha256, "manager": manager, "now": now})


def _assembled(store: BlobStore, upload: str, size: int) -> bytes:
    whole = bytearray()
    while len(whole) < size:
        try:
            part = store.get(_part(upload, len(whole)))
        except BlobMissingError:
            break
        if not part:
            break
        whole += part
    return bytes(whole)


def _drop_parts(store: BlobStore, uploads: list[tuple[str, int]]) -> None:
    for upload, size in uploads:
        offset = 0
        while offset < size and (length := store.size(_part(upload, offset))):
            store.delete(_part(upload, offset))
            offset += length


def _bytes(store: BlobStore, sha256: str, start: int = 0, length: int | None = None) -> bytes:
    try:
        return store.get(name_of(sha256), start, length)
    except BlobMissingError as error:
        raise NotFound from error


def _scope_of(session: Session, photo: str) -> str | None:
    row = session.get(SyncRow, (PHOTO, photo))
    return None if row is None or row.deleted else row.scope


def _part(upload: str, offset: int) -> str:
    return f"uploads/{upload}/{offset:08d}"


def name_of(sha256: str) -> str:
    """Return the name under which the bytes of a hash lie."""
    return f"photos/{sha256[:2]}/{sha256}"
