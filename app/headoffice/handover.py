"""Takes in a handover file: first the whole file is opened and verified, then it goes through the ordinary push.

Nothing is applied twice: the operations carry the numbers and ids under which the laptop would send them, so whichever
way comes second is answered from what is recorded. Photos follow the rules of the photo lane.
"""

import base64
import json
from collections.abc import Generator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, BinaryIO, cast

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.headoffice.audit import append as note_in_audit
from app.headoffice.blob_problems import BlobTooLarge
from app.headoffice.blob_store import BlobStore
from app.headoffice.blobs import accept_whole
from app.headoffice.database import OfficeDatabase
from app.headoffice.giving_back import LEFT
from app.headoffice.models import Replica, SyncOperation
from app.headoffice.problems import Forked, Gap, Malformed, NotFound
from app.headoffice.push import push
from app.sync.core.sealing import Flaw, Kind, Opener, SealError
from app.sync.protocol import BlobRequest, Clock, OperationMessage, PushRequest


@dataclass(slots=True)
class Imported:
    """What a handover file brought that is new; `known` operations and photos were here already."""

    replica: str
    manager: str
    made_at: str
    operations: int = 0
    known: int = 0
    statuses: dict[str, int] = field(default_factory=dict[str, int])
    photos: int = 0
    photos_known: int = 0
    photos_refused: int = 0
    """Photos whose row head office does not have, or has for somebody else."""


@dataclass(frozen=True, slots=True)
class _Header:
    """Who made the file and what it says it holds."""

    replica: str
    schema: int
    made_at: str
    operations: int
    photos: int


@dataclass(frozen=True, slots=True)
class _Sender:
    """What head office knows of the laptop that the file names."""

    manager: str
    public_key: str
    last_no: int
    is_lost: bool


def import_handover(
    database: OfficeDatabase, store: BlobStore, file: BinaryIO, private_key: bytes, now: datetime
) -> Imported:
    """Take in a handover file. Raises SealError where it is not whole, not from that laptop or out of order.

    After a crash or a `Busy` half-way the file is simply imported again.
    """
    start = file.tell()
    header, sender = _verified(database, file, private_key)
    file.seek(start)
    imported = Imported(header.replica, sender.manager, header.made_at)
    for kind, content, _ in Opener(private_key, file.read).blocks():
        if kind is Kind.OPERATIONS:
            _push(database, header, content, now, imported, is_lost=sender.is_lost)
        elif kind is Kind.PHOTO and not sender.is_lost:
            _keep_photo(database, store, header, content, now, imported)
    _note(database, imported, now)
    return imported


def _verified(database: OfficeDatabase, file: BinaryIO, private_key: bytes) -> tuple[_Header, _Sender]:
    """Read the file to its end: whole, unchanged, signed by the laptop it names, following on what is known."""
    blocks = Opener(private_key, file.read).blocks()
    header = _header(blocks)
    sender = _sender_of(database, header.replica)
    photos = 0
    numbers: list[int] = []
    for kind, content, digest in blocks:
        if kind is Kind.OPERATIONS:
            numbers += [operation.no for operation in _operations(content)]
        elif kind is Kind.PHOTO:
            _photo(header, content)
            photos += 1
        elif kind is Kind.END:
            if (len(numbers), photos) != (header.operations, header.photos):
                raise SealError(Flaw.CHANGED)
            _check_signature(sender, content, digest)
        else:
            raise SealError(Flaw.CHANGED)
    if numbers != list(range(numbers[0], numbers[0] + len(numbers)) if numbers else ()):
        raise SealError(Flaw.CHANGED)
    if numbers and numbers[0] > sender.last_no + 1:
        raise SealError(Flaw.GAP, f"{sender.last_no + 1}-{numbers[0] - 1}")
    return header, sender


def _header(blocks: Generator[tuple[Kind, bytes, bytes]]) -> _Header:
    kind, content, _ = next(blocks)
    if kind is not Kind.HEADER:
        raise SealError(Flaw.CHANGED)
    said = _json(content)
    try:
        return _Header(
            str(said["replica"]),
            int(said["schema"]),
            str(said["made_at"]),
            int(said["operations"]),
            int(said["photos"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise SealError(Flaw.CHANGED) from error


def _sender_of(database: OfficeDatabase, replica: str) -> _Sender:
    with database.read() as session:
        found = session.get(Replica, replica)
        if found is None:
            raise SealError(Flaw.UNKNOWN_LAPTOP, replica)
        return _Sender(found.manager, found.public_key, found.last_no, found.state in {"revoked", LEFT})


def _check_signature(sender: _Sender, content: bytes, digest: bytes) -> None:
    said = _json(content)
    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(sender.public_key))
        key.verify(base64.b64decode(str(said["signature"])), digest)
    except (KeyError, ValueError, InvalidSignature) as error:
        raise SealError(Flaw.WRONG_SIGNATURE) from error


def _push(
    database: OfficeDatabase,
    header: _Header,
    content: bytes,
    now: datetime,
    imported: Imported,
    *,
    is_lost: bool,
) -> None:
    operations = _operations(content)
    with database.read() as session:
        ids = [operation.id for operation in operations]
        known = set(session.scalars(select(SyncOperation.id).where(SyncOperation.id.in_(ids))).all())
    request = PushRequest(
        replica=header.replica,
        schema_version=header.schema,
        batch=operations[0].id,
        # How wrong the laptop's clock is cannot be measured through a file.
        clock=Clock(wall=now.astimezone(UTC).isoformat(), mono=0.0),
        acked_no=0,
        ops=tuple(operations),
    )
    try:
        answer = push(database, request, now, keep_apart=is_lost)
    except Gap as gap:
        raise SealError(Flaw.GAP, str(gap.last + 1)) from gap
    except Forked as fork:
        raise SealError(Flaw.FORKED) from fork
    imported.operations += len(operations) - len(known)
    imported.known += len(known)
    for result in answer.results:
        imported.statuses[result.status] = imported.statuses.get(result.status, 0) + 1


def _keep_photo(
    database: OfficeDatabase, store: BlobStore, header: _Header, content: bytes, now: datetime, imported: Imported
) -> None:
    request, picture = _photo(header, content)
    try:
        if accept_whole(database, store, request, picture, imported.manager, now):
            imported.photos += 1
        else:
            imported.photos_known += 1
    except (NotFound, Malformed, BlobTooLarge):
        imported.photos_refused += 1


def _photo(header: _Header, content: bytes) -> tuple[BlobRequest, bytes]:
    """Take a photo block apart: one line of JSON, then the bytes."""
    line, _, picture = content.partition(b"\n")
    said = _json(line)
    try:
        return BlobRequest.model_validate({**said, "replica": header.replica, "size": len(picture)}), picture
    except ValidationError as error:
        raise SealError(Flaw.CHANGED) from error


def _operations(content: bytes) -> list[OperationMessage]:
    said = _json(content)
    try:
        return [OperationMessage.model_validate(one) for one in said["ops"]]
    except (KeyError, TypeError, ValidationError) as error:
        raise SealError(Flaw.CHANGED) from error


def _json(content: bytes) -> dict[str, Any]:
    try:
        said = json.loads(content)
    except ValueError as error:
        raise SealError(Flaw.CHANGED) from error
    if not isinstance(said, dict):
        raise SealError(Flaw.CHANGED)
    return cast("dict[str, Any]", said)


def _note(database: OfficeDatabase, imported: Imported, now: datetime) -> None:
    def work(session: Session) -> None:
        counts = {"operations": imported.operations, "known": imported.known, "photos": imported.photos}
        note_in_audit(session, now, imported.manager, "handover", imported.replica, counts, chain=imported.replica)

    database.transaction(work)
