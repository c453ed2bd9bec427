"""One round of sync as the program makes it: search index, photos and wipe wired to the engine."""

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, cast
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.bootstrap.application import Application
from app.bootstrap.sync_laptop import Laptop
from app.domain.precheck import AMPLE, Held, Room, plan_photos, room_for
from app.models.visit import Photo
from app.runtime.cancel import CancelToken, Report
from app.runtime.clock import Clock
from app.services.search_index import reindex_customers, reindex_products
from app.storage import reserve
from app.sync.blobs import BlobLane, LaneReport, LaneResult, no_lane_report
from app.sync.blobs_down import DownLane, DownResult, PictureClient
from app.sync.client import OfficeClient
from app.sync.engine import Outcome, RoundResult, sync_round
from app.sync.enrolment import client_for
from app.sync.journal import SideJournal
from app.sync.look_ahead import bytes_to_come, note_speed
from app.sync.numbers import last_sent
from app.sync.photo_budget import left_of_day, note_spent
from app.sync.photo_sweeping import sweep_photos
from app.sync.rows import Changed
from app.sync.state import read_identity
from app.sync.trouble import Refused
from app.sync.wiping import wipe

if TYPE_CHECKING:
    from app.sync.look_ahead import EstimateClient

_FETCHED_A_ROUND = 8_000_000
"""Bytes of pictures that come down in one round; the rest comes with the next ones, newest first."""


class SyncRounds:
    """Makes the rounds of one open store."""

    def __init__(
        self,
        application: Application,
        *,
        photos: bool = True,
        photo_megabytes: Callable[[], int | None] = lambda: None,
        photo_report: LaneReport = no_lane_report,
        entered: Callable[[str], None] | None = None,
        connect: Callable[[CancelToken], OfficeClient] | None = None,
        laptop: Laptop | None = None,
    ) -> None:
        self._application = application
        self._photos = photos
        self._photo_megabytes = photo_megabytes
        self._photo_report = photo_report
        self._entered = entered
        self._connect = connect
        self.laptop = laptop or Laptop(application.folder.root)
        self._journal = SideJournal.beside(application.database)
        self.lane: LaneResult | None = None
        """What the last round did with photos."""
        self.held_for = Held.NONE
        """Why the last round left large photos."""
        self.room: Room | None = None
        """Where the last round had too little to receive: what there was, and what it takes."""
        self.fetched: DownResult | None = None
        """What the last round brought of the pictures of delivered rows."""
        self._is_swept = False

    @property
    def is_cut(self) -> bool:
        """Whether the last round lost the line among the photos."""
        return any(lane is not None and lane.stopped == "cut" for lane in (self.lane, self.fetched))

    def run(self, cancel: CancelToken, report: Report, *, is_asked: bool = False) -> RoundResult:
        """Make a round; `is_asked`: a person waits for it, and large photos go whatever the battery says.

        Raises PracticeStore, NotEnrolled, SecretsMissing or RoundUnderWay.
        """
        database = self._application.database
        self.lane, self.fetched, self.room, self.held_for = None, None, None, Held.NONE
        client = self._connect(cancel) if self._connect else client_for(database, cancel)
        try:
            result = sync_round(
                database,
                client,
                Clock(),
                cancel,
                report,
                after_apply=bring_search_up_to_date,
                wipe=lambda: wipe(database, self._application.folder),
                between=(lambda: self._send_photos(client, cancel, is_asked=is_asked)) if self._photos else None,
                journal=self._journal,
                has_room=lambda: self._has_room(client),
                entered=self._entered,
            )
            if result.outcome is not Outcome.WIPED:  # there is no store any more
                note_speed(database, getattr(client, "speed", None))
            if result.outcome is Outcome.DONE:
                reserve.set_apart(self._application.folder.root)
            if result.changed.removed_photos:
                self._forget_photos(result.changed.removed_photos)
            if result.outcome is Outcome.DONE and not self._is_swept:
                self._is_swept = True
                sweep_photos(database, self._application.folder.photos)
            return result
        finally:
            client.close()

    def say_farewell(self, cancel: CancelToken) -> bool:
        """Tell head office that this laptop is given back, which may be said again; return whether it is noted.

        It is not where head office does not know the call yet. Raises NoConnection, Untrusted, Refused or
        CancelledError.
        """
        database = self._application.database
        with database.look() as cursor:
            last = last_sent(cursor)
        client = self._connect(cancel) if self._connect else client_for(database, cancel)
        try:
            client.farewell(last, read_identity(database).epoch)
        except Refused as refused:
            if refused.trouble.error != "not_found":
                raise
            return False
        else:
            return True
        finally:
            client.close()

    def keep_journal(self) -> int:
        """Write what was saved since into the side journal and return how much; call it between the rounds.

        After a save, or every few seconds, on any thread. A disk that does not take it is told by the save itself.
        """
        with suppress(OSError):
            return self._journal.catch_up(self._application.database)
        return 0

    def photo_cap(self) -> int | None:
        """Return how many bytes of originals may still go today; None where nothing is saved."""
        megabytes = self._photo_megabytes()
        if megabytes is None:
            return None
        return left_of_day(self._application.database, Clock().now().astimezone().date(), megabytes)

    def _has_room(self, client: OfficeClient) -> bool:
        """Say whether what comes has room; head office is asked how much it is where that could be too much."""
        room = self.laptop.room()
        if room is not None and room.suffices and room.free < AMPLE:
            room = room_for(room.free, bytes_to_come(self._application.database, cast("EstimateClient", client)))
        self.room = None if room is None or room.suffices else room
        return self.room is None

    def _send_photos(self, client: OfficeClient, cancel: CancelToken, *, is_asked: bool) -> None:
        """Send photos, then fetch some. Raises NoConnection, CancelledError or Refused: the round ends with them."""
        database, files = self._application.database, self._application.photo_files
        replica = read_identity(database).replica
        lane = BlobLane(database, files, client, replica, cancel=cancel, report=self._photo_report)
        left = self.photo_cap()
        plan = plan_photos(is_asked=is_asked, battery=self.laptop.battery(), left_of_day=left)
        if plan.originals is None:
            self.lane = lane.run()
        else:
            self.lane = lane.run(thumbs_only=True)
            if not self.lane.stopped:
                self.lane = lane.run(plan.originals)
                self.held_for = plan.why if self.lane.stopped == "cap" else Held.NONE
        if left is not None:
            self._note_spent(self.lane.bytes_sent)
        self.lane.raise_end()
        may_fetch = not self.lane.stopped and self.room is None and plan.why is not Held.BATTERY
        if may_fetch and isinstance(client, PictureClient):
            down = DownLane(database, files, client, Clock().now(), cancel=cancel)
            left = self.photo_cap()
            self.fetched = down.run(_FETCHED_A_ROUND if left is None else min(_FETCHED_A_ROUND, left))
            if left is not None:
                self._note_spent(self.fetched.bytes_received)
            self.fetched.raise_end()

    def _note_spent(self, count: int) -> None:
        note_spent(self._application.database, Clock().now().astimezone().date(), count)

    def _forget_photos(self, names: set[str]) -> None:
        """Delete the bytes of photos whose rows are gone, unless another row names them."""
        with self._application.database.read() as session:
            kept = set(session.scalars(select(Photo.sha256).where(Photo.sha256.in_(names))))
        for name in names - kept:
            for file in (self._application.folder.photos / name[:2]).glob(f"{name}.*.photo"):
                file.unlink(missing_ok=True)


def bring_search_up_to_date(session: Session, changed: Changed) -> None:
    """Index what was delivered anew, and forget what has gone."""
    for table, reindex in (("customer", reindex_customers), ("product", reindex_products)):
        touched = changed.put.get(table, set()) | changed.removed.get(table, set())
        if touched:
            reindex(session, [UUID(hex=held) for held in touched])
