"""Giving a laptop back: what waits goes up first, and only then everything on it is erased."""

from dataclasses import dataclass

from app.bootstrap.application import Application
from app.bootstrap.sync_rounds import SyncRounds
from app.runtime.cancel import CancelToken, Report
from app.sync.blob_queue import fill_queue
from app.sync.engine import Outcome, RoundResult
from app.sync.overview import read_overview
from app.sync.wiping import wipe


@dataclass(frozen=True, slots=True)
class Leaving:
    """What became of it: the store is erased, or this much is not at head office yet."""

    is_erased: bool
    result: RoundResult
    records: int = 0
    photos: int = 0

    @property
    def outcome(self) -> Outcome:
        """How the round ended."""
        return self.result.outcome


_ALL_WENT = frozenset({Outcome.DONE, Outcome.NO_ROOM, Outcome.UPGRADE})
"""Ends of a round after which everything has gone up, whatever came down."""


def leave(application: Application, rounds: SyncRounds, cancel: CancelToken, report: Report) -> Leaving:
    """Make a round; erase keys and files if head office then has every record and every photo.

    What head office refused it keeps in its own list. Raises PracticeStore, NotEnrolled, SecretsMissing, RoundUnderWay.
    """
    result = rounds.run(cancel, report, is_asked=True)
    if result.outcome is Outcome.WIPED:
        return Leaving(is_erased=True, result=result)
    with application.database.write() as session:  # a picture that no run of the lane has seen waits too
        fill_queue(session, application.photo_files)
    view = read_overview(application.database, application.clock.now())
    if result.outcome not in _ALL_WENT or view.waiting or view.photos_waiting:
        return Leaving(is_erased=False, result=result, records=view.waiting, photos=view.photos_waiting)
    wipe(application.database, application.folder)
    return Leaving(is_erased=True, result=result)
