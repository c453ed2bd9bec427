"""When the rounds of sync are made: one at a time, beside the work, by a timer, after a visit, at close or by hand."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.domain.changes import Changes
from app.domain.lease import Lease as OfficeLease
from app.domain.lease import LeaseTerms
from app.domain.sync_pause import Pause, PauseFor
from app.runtime.cancel import CancelToken, Report
from app.services.sync_facts import (
    NEEDS_PERSON,
    Ended,
    EnrolFlaw,
    Membership,
    RoundEnd,
    RoundStep,
    SyncStanding,
)
from app.ui.background.change_bus import ChangeBus
from app.ui.background.task_runner import Lane, Progress, TaskRunner
from app.ui.shell.sync_looking import Looking
from app.ui.shell.sync_news import changes_of
from app.ui.shell.sync_work import SyncWork

_SETTLE_MS = 500
_BEGIN_MS = 4_000
_SOON = timedelta(minutes=1)
_FIRST_MS, _LEAST_MS, _MOST_MS = 20_000, 5_000, 20 * 60_000
"""The first round waits until the window has come to rest; no pause is longer than the last of them."""


class SyncController(QObject):
    """Owns the timer and the round under way; everything a page or the header shows of sync is read from here."""

    changed = Signal()
    progressed = Signal()
    ended = Signal()
    """A round is over, whatever became of it, unless the store is erased: then one of the next two says so."""
    wiped = Signal()
    """Head office had this laptop wiped: there is no store any more."""
    given_back = Signal()
    """The person gave this laptop back: everything is at head office, and there is no store any more."""
    enrolled = Signal(object)
    """EnrolFlaw | None"""
    code_read = Signal(object)
    """EnrolPayload | None: what a picture of a code said"""

    def __init__(
        self,
        work: SyncWork,
        tasks: TaskRunner,
        bus: ChangeBus,
        parent: QObject | None = None,
        *,
        lease: LeaseTerms | None = None,
        now: Callable[[], datetime] | None = None,
    ) -> None:
        super().__init__(parent)
        self._work = work
        self._now = now or _utc_now
        self._first_lease = lease or LeaseTerms()
        self._tasks = tasks
        self._bus = bus
        self._token: CancelToken | None = None
        self._told: list[RoundStep] = [RoundStep()]
        self.standing: SyncStanding | None = None
        self.step = RoundStep()
        self.last: RoundEnd | None = None
        self.is_running = False
        self._is_asked = self._gives_back = False
        self.was_started_in_pause = False
        """Whether a person asked for the last round while rounds were paused, in the pause that holds."""
        self.is_stopping = False
        self.pause_chosen: Pause | None = None
        """The last pause that the person chose; whether it holds is for the clock to say."""
        self.is_pause_over = False
        """A pause of an earlier day ended because the program was started anew; a round makes that old."""
        self.is_enrolling = False
        self.looking = Looking(work, tasks, self)
        self.looking.changed.connect(self.changed)
        self._due = QTimer(self)
        self._due.setSingleShot(True)
        self._due.timeout.connect(self._start_by_itself)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.timeout.connect(self.look)
        bus.changed.connect(self._on_records_changed)
        bus.written.connect(self._count_soon)

    @property
    def is_member(self) -> bool:
        """Whether this store has an identity at head office."""
        return self.standing is not None and self.standing.membership is Membership.ENROLLED

    @property
    def needs_person(self) -> bool:
        """Whether sync cannot go on, or is not whole, without somebody looking."""
        standing = self.standing
        if standing is None or not self.is_member:
            return False
        is_stuck = self.last is not None and self.last.ended in NEEDS_PERSON
        return is_stuck or standing.revoked or standing.upgrade or standing.needs_you > 0

    @property
    def is_paused(self) -> bool:
        """Whether no round is made by itself now."""
        return self.pause_chosen is not None and self.pause_chosen.holds(self._now())

    @property
    def is_due_soon(self) -> bool:
        """Whether the next round comes within a minute."""
        due = None if self.standing is None else self.standing.due
        return due is not None and due - self._now() < _SOON

    @property
    def is_giving_back(self) -> bool:
        """Whether the round under way is the last of this laptop."""
        return self.is_running and self._gives_back

    @property
    def is_reached(self) -> bool:
        """Whether head office has answered the round under way."""
        step = self.step
        return self.is_running and any(lane.is_under_way for lane in (step.up, step.down, step.photos))

    @property
    def is_offline(self) -> bool:
        """Whether head office was not reached at the last try."""
        return self.last is not None and self.last.ended is Ended.OFFLINE

    @property
    def lease(self) -> OfficeLease:
        """How long this laptop may work on without head office."""
        terms = self._first_lease if self.standing is None else self.standing.lease
        return terms.at(self._now())

    def begin(self) -> None:
        """Look how sync stands once the first page has come to rest; the timer follows from that."""
        self._settle.start(_BEGIN_MS)

    @Slot()
    def look(self) -> None:
        """Read how sync stands."""
        self._tasks.run(self._work.standing, owner=self, done=self._on_read)

    @Slot()
    def start(self) -> None:
        """Make a round because a person asked for it, also where rounds were paused; head office hurries for it."""
        self._start(asked=True)

    @Slot()
    def _start_by_itself(self) -> None:
        if self.is_paused:
            self._plan(is_first=False)
        else:
            self._start(asked=False)

    @Slot()
    def give_back(self) -> None:
        """Send everything; once head office has all of it, erase this laptop. Does nothing while a round goes on."""
        self._start(asked=True, gives_back=True)

    def _start(self, *, asked: bool, gives_back: bool = False) -> None:
        """Make a round now, unless one goes on or this store never syncs; what is typed is written first."""
        if self.is_running or not self.is_member:
            return
        self.is_running, self.is_stopping, self.is_pause_over = True, False, False
        self._is_asked, self._gives_back = asked, gives_back
        self.was_started_in_pause = self.is_paused
        self.looking.give_way()
        self._due.stop()
        self._told[0] = self.step = RoundStep()
        self._tasks.run(_nothing, owner=self, done=self._on_written)
        self.changed.emit()

    @Slot()
    def stop(self) -> None:
        """End the round under way; what went or came stays, and the next round goes on from there."""
        if not self.is_running:
            return
        self.is_stopping = True
        if self._token is not None:
            self._token.cancel()
        self.changed.emit()

    @Slot()
    def pause(self, kind: PauseFor = PauseFor.OPEN) -> None:
        """Make no round by itself for that long; one under way ends. What the person asks for is done all the same."""
        self._choose(Pause(self._now(), kind))
        self.stop()
        self._plan(is_first=False)
        self.changed.emit()

    @Slot()
    def go_on(self) -> None:
        """End the pause, and make a round."""
        self._choose(None)
        self.start()

    def _choose(self, pause: Pause | None) -> None:
        self.pause_chosen, self.is_pause_over = pause, False
        self.was_started_in_pause = False
        self._tasks.run(lambda: self._work.keep_pause(pause), owner=self)

    @Slot()
    def after_visit(self) -> None:
        """Send the visit that has just ended, if head office can be reached."""
        self._start_by_itself()

    @Slot()
    def line_is_back(self) -> None:
        """Go on at once where the last round did not reach head office: the system says that there is a network."""
        if self.is_offline:
            self._start_by_itself()

    @Slot()
    def at_close(self) -> None:
        """Send what waits beside the last backup; the leaving waits a few seconds for it, the rest goes next time."""
        if self.is_member and not self.is_paused and not self.is_offline:
            # Behind what is still being written: it shall go too.
            self._tasks.run(self._work.standing, owner=self, done=self._on_last_read)

    def _on_last_read(self, standing: SyncStanding) -> None:
        self.standing = standing
        if standing.waiting:
            self._start_by_itself()

    @Slot()
    def look_first(self) -> None:
        """Ask what a round would do; nothing is sent and nothing is changed."""
        if not self.is_running and self.is_member:
            self.looking.look()

    def enrol(self, url: str, code: str, ca_file: Path | None) -> None:
        """Enrol this laptop by a one-time code, then make the first round."""
        if self.is_enrolling:
            return
        self.is_enrolling = True
        self.changed.emit()
        self._tasks.run(
            lambda: self._work.enrol(url, code, ca_file),
            owner=self,
            done=self._on_enrolled,
            failed=self._on_not_enrolled,
            lane=Lane.SYNC,
        )

    def read_code(self, read: Callable[[], object]) -> None:
        """Have a picture looked at beside the work; `code_read` tells what was found."""
        self._tasks.run(read, owner=self, done=self._on_code_read, lane=Lane.FREE)

    def _on_code_read(self, payload: object) -> None:
        self.code_read.emit(payload)

    def _on_written(self, _nothing: None) -> None:
        told = self._told

        def keep(step: RoundStep) -> None:
            told[0] = step

        asked = self._is_asked

        def make(cancel: CancelToken, report: Report) -> RoundEnd:
            return self._work.round(cancel, report, keep, asked=asked)

        def give_back(cancel: CancelToken, report: Report) -> RoundEnd:
            return self._work.give_back(cancel, report, keep)

        work = give_back if self._gives_back else make

        self._token = self._tasks.run_long(
            work, owner=self, progress=self._on_progress, done=self._on_done, failed=self._on_failed, lane=Lane.SYNC
        )
        if self.is_stopping:
            self._token.cancel()

    def _on_progress(self, _progress: Progress) -> None:
        self.step = self._told[0]
        self.progressed.emit()

    def _on_done(self, end: RoundEnd) -> None:
        self.step = self._told[0]
        self.last = end
        if end.ended in {Ended.WIPED, Ended.GIVEN_BACK}:
            self._end_for_good()
            return
        self._end()
        if (changes := changes_of(end)) is not None:
            self._bus.changed.emit(changes)
        self.look()

    def _end_for_good(self) -> None:
        """Rest, and say nothing of the round: whoever heard that it is over would read from a store that is erased."""
        self.is_running, self._token = False, None
        self._due.stop()
        self._settle.stop()
        self._bus.changed.disconnect(self._on_records_changed)
        self._bus.written.disconnect(self._count_soon)
        is_wiped = self.last is not None and self.last.ended is Ended.WIPED
        (self.wiped if is_wiped else self.given_back).emit()

    def _on_failed(self, error: BaseException) -> None:
        self.last = RoundEnd(Ended.FAILED, detail=type(error).__name__)
        self._end()
        self._tasks.failed.emit(error)
        self.look()

    def _end(self) -> None:
        self.is_running = self.is_stopping = False
        self._token = None
        self.ended.emit()
        self.changed.emit()

    def _on_read(self, standing: SyncStanding) -> None:
        is_first = self.standing is None
        self.standing = standing
        if is_first and self.pause_chosen is None:
            self._take_up(standing.pause)
        self._plan(is_first=is_first)
        self.changed.emit()

    def _plan(self, *, is_first: bool) -> None:
        """Set the timer for the next round, or for a look whether the pause is over."""
        self._due.stop()
        standing = self.standing
        if standing is None or not self.is_member or self.is_running:
            return
        due = standing.due
        if self.is_paused and self.pause_chosen is not None:
            due = self.pause_chosen.latest
        if due is None or (is_first and not self.is_paused):
            wait = _FIRST_MS
        else:
            wait = int((due - self._now()).total_seconds() * 1000)
        self._due.start(min(_MOST_MS, max(_LEAST_MS, wait)))

    def _take_up(self, kept: Pause | None) -> None:
        """Go on with the pause that was kept when the program ended, unless this start ends it."""
        if kept is None:
            return
        if kept.holds_at_start(self._now()):
            self.pause_chosen = kept
            return
        self.is_pause_over = kept.kind is PauseFor.OPEN
        self._tasks.run(lambda: self._work.keep_pause(None), owner=self)

    def _on_enrolled(self, flaw: EnrolFlaw | None) -> None:
        self.is_enrolling = False
        self.last = None
        self.enrolled.emit(flaw)
        self.changed.emit()
        if flaw is None:
            self._tasks.run(self._work.standing, owner=self, done=self._on_first_read)

    def _on_first_read(self, standing: SyncStanding) -> None:
        self.standing = standing
        self.start()

    def _on_not_enrolled(self, error: BaseException) -> None:
        self.is_enrolling = False
        self.changed.emit()
        self._tasks.failed.emit(error)

    @Slot(object)
    def _on_records_changed(self, _changes: Changes) -> None:
        self._count_soon()

    @Slot()
    def _count_soon(self) -> None:
        """Count once for a burst of writes, and within it too: somebody who types on sees the count follow."""
        if not self._settle.isActive() or self._settle.remainingTime() > _SETTLE_MS:  # the rest at the start is longer
            self._settle.start(_SETTLE_MS)


def _utc_now() -> datetime:
    return datetime.now(UTC)


def _nothing() -> None:
    """Do nothing, behind everything that waits to be written."""
