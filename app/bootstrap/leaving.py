"""Giving a laptop back: what waits goes up first, and only then everything on it is erased."""

from dataclasses import dataclass

from app.bootstrap.application import Application
from app.bootstrap.sync_rounds import SyncRounds
from app.runtime.cancel import CancelToken, Report
from app.sync.engine import Outcome
from app.sync.overview import read_overview
from app.sync.wiping import wipe


@dataclass(frozen=True, slots=True)
class Leaving:
    """What became of it: the store is erased, or this much is not at head office yet."""

    is_erased: bool
    outcome: Outcome
    records: int = 0
    photos: int = 0


def leave(application: Application, rounds: SyncRounds, cancel: CancelToken, report: Report) -> Leaving:
    """Make a round; erase keys and files if head office then has every record and every photo.

    What head office refused it keeps in its own list. Raises PracticeStore, NotEnrolled, SecretsMissing, RoundUnderWay.
    """
    result = rounds.run(cancel, report)
    if result.outcome is Outcome.WIPED:
        return Leaving(is_erased=True, outcome=result.outcome)
    view = read_overview(application.database, application.clock.now())
    if result.outcome is not Outcome.DONE or view.waiting or view.photos_waiting:
        return Leaving(is_erased=False, outcome=result.outcome, records=view.waiting, photos=view.photos_waiting)
    wipe(application.database, application.folder)
    return Leaving(is_erased=True, outcome=result.outcome)
