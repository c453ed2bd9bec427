"""One round of sync as the program makes it: search index, photos and wipe wired to the engine."""

from collections.abc import Callable
from contextlib import suppress
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.bootstrap.application import Application
from app.models.visit import Photo
from app.runtime.cancel import CancelToken, Report
from app.runtime.clock import Clock
from app.services.search_index import reindex_customers, reindex_products
from app.sync.blobs import BlobLane, LaneReport, LaneResult, no_lane_report
from app.sync.client import OfficeClient
from app.sync.engine import RoundResult, sync_round
from app.sync.enrolment import client_for
from app.sync.journal import SideJournal
from app.sync.rows import Changed
from app.sync.state import read_identity
from app.sync.wiping import wipe


class SyncRounds:
    """Makes the rounds of one open store."""

    def __init__(
        self,
        application: Application,
        *,
        photos: bool = True,
        photo_cap: int | None = None,
        photo_report: LaneReport = no_lane_report,
        connect: Callable[[CancelToken], OfficeClient] | None = None,
    ) -> None:
        self._application = application
        self._photos = photos
        self._photo_cap = photo_cap
        self._photo_report = photo_report
        self._connect = connect
        self._journal = SideJournal.beside(application.database)
        self.lane: LaneResult | None = None
        """What the last round did with photos."""

    def run(self, cancel: CancelToken, report: Report) -> RoundResult:
        """Make a round. Raises PracticeStore, NotEnrolled, SecretsMissing or RoundUnderWay."""
        database = self._application.database
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
                between=(lambda: self._send_photos(client, cancel)) if self._photos else None,
                journal=self._journal,
            )
            if result.changed.removed_photos:
                self._forget_photos(result.changed.removed_photos)
            return result
        finally:
            client.close()

    def keep_journal(self) -> int:
        """Write what was saved since into the side journal and return how much; call it between the rounds.

        After a save, or every few seconds, on any thread. A disk that does not take it is told by the save itself.
        """
        with suppress(OSError):
            return self._journal.catch_up(self._application.database)
        return 0

    def _send_photos(self, client: OfficeClient, cancel: CancelToken) -> None:
        database, files = self._application.database, self._application.photo_files
        replica = read_identity(database).replica
        lane = BlobLane(database, files, client, replica, cancel=cancel, report=self._photo_report)
        self.lane = lane.run(self._photo_cap)

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
