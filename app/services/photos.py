"""The photos of visits: kept encrypted beside the store, found by their hash; the row says where they belong."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.changes import Changes, Kind
from app.domain.problems import Problem, Refusal, RuleError, TroubleError
from app.domain.visit import VisitStatus
from app.models.sync_state import BlobItem
from app.models.visit import Photo, Visit
from app.runtime.clock import Clock
from app.services.recording import load
from app.services.visit_rows import FieldValue, RowKey, RowKind
from app.storage.database import Database
from app.storage.photo_files import PhotoFiles

_THUMB = "thumb"
_LARGEST_FILE = 80_000_000


@dataclass(frozen=True, slots=True)
class PreparedPhoto:
    """A picture whose bytes are kept already and that no visit has yet."""

    sha256: str
    byte_size: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class AddedPhoto:
    """A photo that a visit has now, as the visit's row; `is_new` is false for a picture that it had already."""

    key: RowKey
    values: Mapping[str, FieldValue]
    changes: Changes
    is_new: bool


@dataclass(frozen=True, slots=True)
class PastPhoto:
    """The photo of the same place at an earlier visit."""

    sha256: str
    place: str | None
    item: str | None
    caption: str | None
    day: date


class Photos:
    """Adds photos to visits and reads them."""

    def __init__(self, database: Database, files: PhotoFiles, clock: Clock) -> None:
        self._database = database
        self._files = files
        self._clock = clock

    def prepare(self, content: bytes) -> PreparedPhoto:
        """Make the picture fit and keep its bytes and thumbnail; touches no row, so it may run beside the database.

        Raises TroubleError with NOT_A_PICTURE, PICTURE_IS_HEIC, PICTURE_TOO_LARGE or DISK_FULL.
        """
        from app.services.pictures import make_picture  # noqa: PLC0415  Pillow takes long to load and few need it

        picture = make_picture(content)
        name = hashlib.sha256(picture.content).hexdigest()
        self._files.put_as(name, picture.thumb, _THUMB)
        self._files.put(picture.content)
        return PreparedPhoto(name, len(picture.content), picture.width, picture.height)

    def prepare_file(self, path: Path) -> PreparedPhoto:
        """Prepare the picture in a file; raises also TroubleError with FILE_NOT_READABLE."""
        try:
            if path.stat().st_size > _LARGEST_FILE:
                raise TroubleError(Problem.PICTURE_TOO_LARGE, path.name)
            content = path.read_bytes()
        except OSError as error:
            raise TroubleError(Problem.FILE_NOT_READABLE, path.name) from error
        try:
            return self.prepare(content)
        except TroubleError as trouble:
            raise TroubleError(trouble.problem, path.name) from trouble

    def add(
        self, visit_id: UUID, prepared: PreparedPhoto, *, item: str | None = None, place: str | None = None
    ) -> AddedPhoto:
        """Give a prepared photo to a visit, for a diagnosis item or a place; the same picture is kept once a visit."""
        with self._database.write() as session:
            visit = load(session, Visit, visit_id)
            if VisitStatus(visit.status).ended:
                raise RuleError(Refusal(Problem.ALREADY_COMPLETED))
            found = _same(session, visit_id, prepared.sha256, item)
            row = found or Photo(
                visit_id=visit_id,
                item=item,
                place=place,
                sha256=prepared.sha256,
                byte_size=prepared.byte_size,
                width=prepared.width,
                height=prepared.height,
                added_at=self._clock.now(),
            )
            is_new = found is None or found.deleted_at is not None
            row.deleted_at = None
            session.add(row)
            session.flush()
            changes = Changes(frozenset({Kind.PHOTO, Kind.VISIT}), frozenset({visit_id, row.id}))
            return AddedPhoto(RowKey(RowKind.PHOTO, row.id), _values(row), changes, is_new)

    def delivered(self, visit_id: UUID) -> frozenset[str]:
        """Return the hashes of the visit's photos of which head office has confirmed the large picture."""
        query = (
            select(Photo.sha256)
            .join(BlobItem, BlobItem.sha256 == Photo.sha256)
            .where(Photo.visit_id == visit_id, BlobItem.direction == "up", BlobItem.kind == "full")
            .where(BlobItem.state == "stored")
        )
        with self._database.read() as session:
            return frozenset(session.scalars(query))

    def thumb(self, sha256: str) -> bytes:
        """Return the small picture as JPEG. Raises TroubleError with FILE_NOT_READABLE."""
        return self._files.get(sha256, _THUMB)

    def full(self, sha256: str) -> bytes:
        """Return the picture as JPEG. Raises TroubleError with FILE_NOT_READABLE."""
        return self._files.get(sha256)

    def last_of(self, visit_id: UUID, place: str | None = None, item: str | None = None) -> PastPhoto | None:
        """Return the newest photo of that place or item from an earlier visit of the shop; of any if none is named."""
        with self._database.read() as session:
            visit = load(session, Visit, visit_id)
            query = (
                select(Photo, Visit.day)
                .join(Visit, Visit.id == Photo.visit_id)
                .where(
                    Visit.customer_id == visit.customer_id,
                    Visit.id != visit_id,
                    Visit.day <= visit.day,
                    Photo.deleted_at.is_(None),
                )
                .order_by(Visit.day.desc(), Photo.added_at)
                .limit(1)
            )
            if place is not None:
                query = query.where(Photo.place == place)
            if item is not None:
                query = query.where(Photo.item == item)
            found = session.execute(query).first()
            if found is None:
                return None
            photo, day = found
            return PastPhoto(photo.sha256, photo.place, photo.item, photo.caption, day)


def _same(session: Session, visit_id: UUID, sha256: str, item: str | None) -> Photo | None:
    same_item = Photo.item.is_(None) if item is None else Photo.item == item
    return session.scalars(
        select(Photo).where(Photo.visit_id == visit_id, Photo.sha256 == sha256, same_item).limit(1)
    ).first()


def _values(row: Photo) -> Mapping[str, FieldValue]:
    return {
        "item": row.item,
        "place": row.place,
        "caption": row.caption,
        "sha256": row.sha256,
        "byte_size": row.byte_size,
        "width": row.width,
        "height": row.height,
        "added_at": row.added_at.astimezone(),
    }
