"""The photo lane of the laptop: small pictures of all visits first, then the originals, oldest first (spec, 7).

How far a picture has got is on disk after every chunk, so a cut, a crash or a power cut repeats one chunk at most. A
photo counts as confirmed only when head office has said that it verified the whole.
"""

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol, cast

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.domain.problems import TroubleError
from app.models.sync_state import BlobItem
from app.runtime.cancel import CancelledError, CancelToken
from app.storage.database import Database, cursor_of
from app.storage.facts import fact_of, put_fact
from app.storage.photo_files import PhotoFiles
from app.sync.blob_pace import Pace
from app.sync.blob_queue import FULL, MISSING, STORED, THUMB, UP, WAITING, fill_queue, forget_confirmations, next_items
from app.sync.protocol import BlobAnswer, BlobRequest, Trouble
from app.sync.state import EPOCH
from app.sync.trouble import LineLost, NoConnection, Refused

_MOST_RESTARTS = 3
"""How often the bytes of one picture may turn out wrong, or an upload be gone, before the rest goes first."""
_STORED_UNDER = "photo_epoch"
"""The epoch of head office under which it confirmed what the queue calls stored."""
_OF_ONE_PICTURE = frozenset({"not_found", "too_large", "malformed"})
"""Refusals that say nothing about the other pictures; all others end the run."""
_Kind = Literal["thumb", "full"]


class BlobClient(Protocol):
    """What the lane asks of the connection to head office."""

    def announce_blob(self, request: BlobRequest) -> BlobAnswer:
        """Announce a picture."""
        ...

    def blob_offset(self, upload: str) -> int:
        """Return how many bytes of an upload head office has."""
        ...

    def append_blob(self, upload: str, offset: int, chunk: bytes) -> BlobAnswer:
        """Send bytes from an offset on."""
        ...


@dataclass(frozen=True, slots=True)
class LaneProgress:
    """How far the lane is: originals, and the bytes of large and small pictures that go now."""

    stored: int
    total: int
    bytes_sent: int
    bytes_total: int
    is_resumed: bool = False
    """Whether a picture goes on from where an earlier round was cut."""


@dataclass(frozen=True, slots=True)
class LaneResult:
    """What one run of the lane did; `stopped` says why it ended before the queue did."""

    stored: int
    bytes_sent: int
    waiting: int
    missing: int
    """Pictures whose bytes are not on this laptop, or were changed on its disk."""
    stopped: Literal["", "cap", "cut", "cancelled", "refused"] = ""
    trouble: Trouble | None = None
    """What head office answered where it refused to go on."""
    retry_after: float | None = None
    """Seconds that head office then asks to wait."""

    def raise_end(self) -> None:
        """Raise what ended the run where that ends the whole round: NoConnection, CancelledError or Refused."""
        if self.stopped == "cut":
            raise LineLost("photos") if self.bytes_sent else NoConnection("photos")
        if self.stopped == "cancelled":
            raise CancelledError
        if self.trouble is not None:
            raise Refused(self.trouble, self.retry_after)


LaneReport = Callable[[LaneProgress], None]


def no_lane_report(_progress: LaneProgress) -> None:
    """Report to nobody."""


class BlobLane:
    """Sends the pictures that head office has not confirmed."""

    def __init__(
        self,
        database: Database,
        files: PhotoFiles,
        client: BlobClient,
        replica: str,
        *,
        cancel: CancelToken,
        report: LaneReport = no_lane_report,
        most_chunk: int | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database = database
        self._files = files
        self._client = client
        self._replica = replica
        self._cancel = cancel
        self._report = report
        self._pace = Pace(most_chunk)
        self._monotonic = monotonic
        self._left: int | None = None
        self._stored = self._originals = self._bytes = self._total = self._bytes_total = 0
        self._is_resumed = False

    def run(self, cap: int | None = None, *, thumbs_only: bool = False) -> LaneResult:
        """Send until nothing waits, the cap of bytes is used up, the connection is cut or the person stops it."""
        self._left = cap
        with self._database.write() as session:
            fill_queue(session, self._files)
            session.flush()
            self._notice_epoch(session)
        self._count(cap, thumbs_only=thumbs_only)
        stopped: Literal["", "cap", "cut", "cancelled", "refused"] = ""
        trouble: Trouble | None = None
        retry_after: float | None = None
        try:
            self._send_all(thumbs_only=thumbs_only)
        except _CapReachedError:
            stopped = "cap"
        except CancelledError:
            stopped = "cancelled"
        except NoConnection:
            self._pace.cut()
            stopped = "cut"
        except Refused as refused:
            stopped, trouble, retry_after = "refused", refused.trouble, refused.retry_after
        with self._database.read() as session:
            waiting, missing = (
                session.scalars(select(func.count()).where(BlobItem.direction == UP, BlobItem.state == state)).one()
                for state in (WAITING, MISSING)
            )
        return LaneResult(self._stored, self._bytes, waiting, missing, stopped, trouble, retry_after)

    def _notice_epoch(self, session: Session) -> None:
        """Head office that was restored from a backup may have lost pictures since: all are offered again."""
        cursor = cursor_of(session)
        epoch = fact_of(cursor, EPOCH) or ""
        if fact_of(cursor, _STORED_UNDER) not in {None, epoch}:
            forget_confirmations(session)
        put_fact(cursor, _STORED_UNDER, epoch)

    def _send_all(self, *, thumbs_only: bool) -> None:
        passed: set[tuple[str, str]] = set()
        while True:
            with self._database.read() as session:
                items = next_items(session, passed, thumbs_only=thumbs_only)
            if not items:
                return
            for item in items:
                self._cancel.check()
                passed.add((item.sha256, item.kind))
                self._send(item)

    def _send(self, item: BlobItem) -> None:
        content = self._content(item)
        if content is None:
            return
        upload, offset = self._where_to_go_on(item, content)
        self._is_resumed = self._is_resumed or offset > 0
        restarts = 0
        while upload:
            self._cancel.check()
            chunk = content[offset : offset + self._pace.chunk]
            self._take_from_cap(len(chunk))
            began = self._monotonic()
            try:
                answer = self._client.append_blob(upload, offset, chunk)
            except Refused as refused:
                upload, offset = self._after_refusal(refused, item, content)
                restarts += 1
                if restarts > _MOST_RESTARTS:
                    return
                continue
            self._pace.took(len(chunk), self._monotonic() - began)
            self._bytes += len(chunk)
            if answer.stored:
                self._confirm(item, len(content))
                return
            if answer.offset <= offset:  # the whole was another one than announced, and head office threw it away
                restarts += 1
                if restarts > _MOST_RESTARTS:
                    self._set_back(item)
                    return
            offset = answer.offset
            self._note(item, upload=upload, offset=offset)
            self._tell()

    def _where_to_go_on(self, item: BlobItem, content: bytes) -> tuple[str, int]:
        """Return upload and offset; no upload if there is nothing to send."""
        if item.upload:
            try:
                return item.upload, self._client.blob_offset(item.upload)
            except Refused as refused:
                if refused.trouble.error != "not_found":
                    raise
        return self._announced(item, content)

    def _announced(self, item: BlobItem, content: bytes) -> tuple[str, int]:
        request = BlobRequest(
            replica=self._replica,
            sha256=hashlib.sha256(content).hexdigest(),
            photo=item.photo,
            kind=cast("_Kind", item.kind),
            size=len(content),
        )
        try:
            answer = self._client.announce_blob(request)
        except Refused as refused:
            if refused.trouble.error not in _OF_ONE_PICTURE:
                raise
            return self._set_back(item)
        if answer.stored:
            self._confirm(item, len(content))
            return "", 0
        self._note(item, upload=answer.upload, offset=answer.offset)
        return answer.upload, answer.offset

    def _after_refusal(self, refused: Refused, item: BlobItem, content: bytes) -> tuple[str, int]:
        """Go on from where head office says the upload stands; begin again if it is no longer there."""
        trouble = refused.trouble
        if trouble.error == "offset" and trouble.offset is not None and item.upload:
            return item.upload, trouble.offset
        if trouble.error == "not_found":
            return self._announced(item, content)
        if trouble.error in _OF_ONE_PICTURE:
            return self._set_back(item)
        raise refused

    def _set_back(self, item: BlobItem) -> tuple[str, int]:
        """Leave a picture that head office will not have, or not yet: the others go on."""
        self._note(item, upload="", offset=0, tries=item.tries + 1)
        return "", 0

    def _content(self, item: BlobItem) -> bytes | None:
        """Return the bytes of a picture; what is missing or was changed on this disk is lost, and shown as lost."""
        try:
            content = self._files.get(item.sha256, item.kind)
        except TroubleError:
            self._note(item, state=MISSING)
            return None
        if item.kind == FULL and hashlib.sha256(content).hexdigest() != item.sha256:
            self._note(item, state=MISSING)
            return None
        return content

    def _confirm(self, item: BlobItem, size: int) -> None:
        self._stored += 1
        self._originals += item.kind == FULL
        self._note(item, state=STORED, upload="", size=size, offset=size)
        self._tell()

    def _note(self, item: BlobItem, **values: str | int) -> None:
        for name, value in values.items():
            setattr(item, name, value)
        same = (BlobItem.sha256 == item.sha256, BlobItem.kind == item.kind, BlobItem.direction == UP)
        with self._database.write() as session:
            session.execute(update(BlobItem).where(*same).values(values).execution_options(synchronize_session=False))

    def _take_from_cap(self, count: int) -> None:
        if self._left is None:
            return
        if count > self._left:
            raise _CapReachedError
        self._left -= count

    def _count(self, cap: int | None, *, thumbs_only: bool) -> None:
        """Count the originals that wait, and the bytes that this run may send on top of what went."""
        waits = (BlobItem.direction == UP, BlobItem.state == WAITING)
        size = select(func.sum(BlobItem.size - BlobItem.offset)).where(*waits)
        if thumbs_only:
            size = size.where(BlobItem.kind == THUMB)
        with self._database.read() as session:
            originals = session.scalars(select(func.count()).where(*waits, BlobItem.kind == FULL)).one()
            left = int(session.scalar(size) or 0)
        self._total = self._originals + originals
        self._bytes_total = self._bytes + (left if cap is None else min(left, cap))
        self._tell()

    def _tell(self) -> None:
        whole = max(self._bytes_total, self._bytes)
        self._report(LaneProgress(self._originals, self._total, self._bytes, whole, self._is_resumed))


class _CapReachedError(Exception):
    """The next chunk would go over the cap of a metered link."""
