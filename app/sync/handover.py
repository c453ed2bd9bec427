"""Writes what waits into one sealed file, for days without any network: a stick carries it to head office (spec, 9).

The operations keep the numbers and ids under which they would be sent, and nothing is taken out of the queue: when the
laptop syncs later, head office answers them from what it has recorded.
"""

import base64
import contextlib
import hashlib
import json
import os
import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.domain.problems import TroubleError
from app.models.local import OutboxEntry
from app.models.sync_state import BlobItem
from app.runtime.cancel import CancelToken, Report, no_report
from app.runtime.files import sync_folder
from app.storage.capture import plain_value
from app.storage.database import Database, cursor_of
from app.storage.photo_files import PhotoFiles
from app.storage.trouble import trouble_of_system
from app.sync.blob_queue import FULL, MISSING, STORED, UP, fill_queue
from app.sync.core.registry import SCHEMA
from app.sync.core.sealing import Kind, Sealer
from app.sync.protocol import MOST_BYTES, MOST_OPERATIONS, OperationMessage
from app.sync.refusals import refuse_unsendable
from app.sync.state import Identity, clock_offset

_SENDING = "sending"


@dataclass(frozen=True, slots=True)
class Handover:
    """What was written."""

    file: Path
    replica: str
    operations: int
    photos: int
    """Pictures, small ones counted too."""
    size: int


def write_handover(
    database: Database,
    files: PhotoFiles,
    identity: Identity,
    target: Path,
    *,
    sign: Callable[[bytes], bytes],
    now: datetime,
    with_photos: bool = True,
    cancel: CancelToken | None = None,
    report: Report = no_report,
) -> Handover:
    """Write the waiting operations and the photos that head office has not confirmed; all of it or no file.

    `sign` makes the laptop's Ed25519 signature. Raises TroubleError with DISK_FULL or FOLDER_READ_ONLY, and
    CancelledError.
    """
    with database.write() as session:
        fill_queue(session, files)
        session.flush()
        refuse_unsendable(cursor_of(session), now, MOST_BYTES)
        operations = _taken(session)
        items = _pictures(session) if with_photos else []
    try:
        return _write_file(files, identity, target, operations, items, sign, now, cancel or CancelToken(), report)
    except OSError as error:
        raise trouble_of_system(error) from error


def _taken(session: Session) -> list[OperationMessage]:
    """Return what waits; from now on no later change is merged into these, since their content has left."""
    offset = clock_offset(cursor_of(session))
    entries = session.scalars(select(OutboxEntry).order_by(OutboxEntry.no)).all()
    session.execute(
        update(OutboxEntry)
        .where(OutboxEntry.state == "pending")
        .values(state=_SENDING)
        .execution_options(synchronize_session=False)
    )
    return [
        OperationMessage.model_validate(
            {
                "no": entry.no,
                "id": str(entry.id),
                "table": entry.table,
                "key": str(entry.row_id),
                "kind": entry.kind,
                "base": entry.base,
                "set": entry.values,
                "made_at": plain_value(entry.made_at + offset),
            }
        )
        for entry in entries
    ]


def _pictures(session: Session) -> list[BlobItem]:
    found = session.scalars(
        select(BlobItem)
        .where(BlobItem.direction == UP, BlobItem.state.not_in((STORED, MISSING)))
        .order_by(BlobItem.priority, BlobItem.at, BlobItem.sha256)
    ).all()
    session.flush()
    session.expunge_all()
    return list(found)


def _write_file(
    files: PhotoFiles,
    identity: Identity,
    target: Path,
    operations: list[OperationMessage],
    items: list[BlobItem],
    sign: Callable[[bytes], bytes],
    now: datetime,
    cancel: CancelToken,
    report: Report,
) -> Handover:
    beside = target.with_name(f"{target.name}.{secrets.token_hex(4)}.tmp")
    try:
        with beside.open("xb") as file:
            photos = _write_blocks(file, files, identity, operations, items, sign, now, cancel, report)
            file.flush()
            os.fsync(file.fileno())
            size = file.tell()
        beside.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise
    sync_folder(target.parent)
    return Handover(target, identity.replica, len(operations), photos, size)


def _write_blocks(
    file: BinaryIO,
    files: PhotoFiles,
    identity: Identity,
    operations: list[OperationMessage],
    items: list[BlobItem],
    sign: Callable[[bytes], bytes],
    now: datetime,
    cancel: CancelToken,
    report: Report,
) -> int:
    pictures = [(item, digest) for item in items if (digest := _digest_of(files, item)) is not None]
    sealer = Sealer(base64.b64decode(identity.office_key))
    file.write(sealer.preamble)
    header = {
        "replica": identity.replica,
        "schema": SCHEMA,
        "made_at": now.astimezone(UTC).isoformat(),
        "operations": len(operations),
        "photos": len(pictures),
    }
    file.write(sealer.block(Kind.HEADER, _json(header)))
    file.writelines(sealer.block(Kind.OPERATIONS, batch) for batch in _batches(operations))
    for done, (item, digest) in enumerate(pictures):
        cancel.check()
        report(done, len(pictures))
        content = files.get(item.sha256, item.kind)
        said = {"photo": item.photo, "kind": item.kind, "sha256": digest}
        file.write(sealer.block(Kind.PHOTO, _json(said) + b"\n" + content))
    report(len(pictures), len(pictures))
    signature = base64.b64encode(sign(sealer.digest())).decode()
    file.write(sealer.block(Kind.END, _json({"signature": signature})))
    return len(pictures)


def _digest_of(files: PhotoFiles, item: BlobItem) -> str | None:
    """Return the hash of a picture's bytes; None where they are not here, or no longer what the photo's name says."""
    try:
        digest = hashlib.sha256(files.get(item.sha256, item.kind)).hexdigest()
    except TroubleError:
        return None
    return None if item.kind == FULL and digest != item.sha256 else digest


def _batches(operations: list[OperationMessage]) -> Iterator[bytes]:
    """Give the operations in portions that one push may hold."""
    some: list[str] = []
    size = 0
    for operation in operations:
        text = operation.model_dump_json()
        length = len(text.encode())
        if some and (len(some) == MOST_OPERATIONS or size + length > MOST_BYTES // 2):
            yield _ops(some)
            some, size = [], 0
        some.append(text)
        size += length
    if some:
        yield _ops(some)


def _ops(texts: list[str]) -> bytes:
    return f'{{"ops":[{",".join(texts)}]}}'.encode()


def _json(value: Mapping[str, str | int]) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()
