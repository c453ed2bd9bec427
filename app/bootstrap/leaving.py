"""Giving a laptop back: what waits goes up, head office is told, and only then everything on it is erased."""

from dataclasses import dataclass, replace

from app.bootstrap.application import Application
from app.bootstrap.sync_rounds import SyncRounds
from app.runtime.cancel import CancelledError, CancelToken, Report
from app.sync.blob_queue import fill_queue
from app.sync.engine import Outcome, RoundResult
from app.sync.overview import Overview, read_overview
from app.sync.trouble import NoConnection, Refused, Untrusted
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
        """How the round ended, or what kept the farewell from being heard."""
        return self.result.outcome


_ALL_WENT = frozenset({Outcome.DONE, Outcome.NO_ROOM, Outcome.UPGRADE})
"""Ends of a round after which everything has gone up, whatever came down."""
_REFUSALS = {
    "busy": Outcome.LATER,
    "slow_down": Outcome.LATER,
    "token": Outcome.ENROL_AGAIN,
    "revoked": Outcome.REVOKED,
}


def leave(application: Application, rounds: SyncRounds, cancel: CancelToken, report: Report) -> Leaving:
    """Make a round, say farewell if head office then has every record and every photo, and erase keys and files.

    What head office refused it keeps in its own list. A farewell that is not heard leaves the laptop as it is, and is
    said again at the next try. Raises PracticeStore, NotEnrolled, SecretsMissing, RoundUnderWay.
    """
    result = rounds.run(cancel, report, is_asked=True)
    if result.outcome is Outcome.WIPED:
        return Leaving(is_erased=True, result=result)
    may_be_known = result.outcome is Outcome.ENROL_AGAIN  # an earlier farewell was heard, its answer was not
    view = _what_waits(application)
    if not (result.outcome in _ALL_WENT or may_be_known) or view.waiting or view.photos_waiting:
        return Leaving(is_erased=False, result=result, records=view.waiting, photos=view.photos_waiting)
    if (why := _farewell(rounds, cancel, must_be_heard=may_be_known)) is not None:
        return Leaving(is_erased=False, result=replace(result, outcome=why))
    view = _what_waits(application)
    if view.waiting or view.photos_waiting:  # written while head office was told
        again = replace(result, outcome=Outcome.ENROL_AGAIN)
        return Leaving(is_erased=False, result=again, records=view.waiting, photos=view.photos_waiting)
    wipe(application.database, application.folder)
    return Leaving(is_erased=True, result=result)


def _what_waits(application: Application) -> Overview:
    with application.database.write() as session:  # a picture that no run of the lane has seen waits too
        fill_queue(session, application.photo_files)
    return read_overview(application.database, application.clock.now())


def _farewell(rounds: SyncRounds, cancel: CancelToken, *, must_be_heard: bool) -> Outcome | None:
    """Tell head office; return what kept it from being heard."""
    try:
        is_heard = rounds.say_farewell(cancel)
    except CancelledError:
        return Outcome.STOPPED
    except Untrusted:
        return Outcome.UNTRUSTED
    except NoConnection:
        return Outcome.OFFLINE
    except Refused as refused:
        return _REFUSALS.get(refused.trouble.error, Outcome.FAILED)
    return None if is_heard or not must_be_heard else Outcome.ENROL_AGAIN
