"""Sync as the window needs it: rounds, enrolment and how things stand, in plain data; imported when first used."""

import math
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

from app.bootstrap.application import Application
from app.bootstrap.leaving import leave
from app.bootstrap.sync_laptop import Laptop
from app.bootstrap.sync_papers import SyncPapers
from app.bootstrap.sync_rounds import SyncRounds
from app.domain.time_left import TimeLeft
from app.runtime.cancel import CancelledError, CancelToken, Report
from app.runtime.clock import Clock
from app.services.sync_facts import Ended, EnrolFlaw, Lane, Membership, RoundEnd, RoundStep, SyncStanding
from app.storage.database import Database
from app.storage.facts import fact_of
from app.sync.blobs import LaneProgress
from app.sync.engine import Outcome, RoundResult
from app.sync.enrolment import client_for, enrol
from app.sync.link import TELLING
from app.sync.look_ahead import LookAhead, look_ahead
from app.sync.overview import Overview, read_overview
from app.sync.protocol import PullAnswer, PullRequest, PushAnswer, PushRequest
from app.sync.receipt import wants_comparing
from app.sync.schedule import evening_slot
from app.sync.state import SLOT, Identity, lease_terms, read_identity
from app.sync.trouble import (
    AnotherPerson,
    NoConnection,
    NotEnrolled,
    PracticeStore,
    Refused,
    RoundUnderWay,
    SecretsMissing,
    SyncError,
    Untrusted,
)
from app.ui.shell.sync_work import StepReport

if TYPE_CHECKING:
    from app.sync.client import OfficeClient

_BEFORE = {
    PracticeStore: Ended.NOT_MEMBER,
    NotEnrolled: Ended.NOT_MEMBER,
    SecretsMissing: Ended.KEYS_MISSING,
    RoundUnderWay: Ended.ELSEWHERE,
}
_REFUSED = {
    "revoked": Ended.REVOKED,
    "upgrade_required": Ended.UPGRADE,
    "token": Ended.ENROL_AGAIN,
    "slow_down": Ended.LATER,
    "busy": Ended.LATER,
}
"""What head office's refusal of a look ahead means; a round finds out more."""


_TELLING_S = 0.5
"""Seconds from which a speed is told."""
_STEADY_S = 2.0
"""Seconds of a lane from which the time left is told: short ones would only flicker."""

_FLAWS: dict[type[SyncError], EnrolFlaw] = {
    PracticeStore: EnrolFlaw.PRACTICE,
    AnotherPerson: EnrolFlaw.ANOTHER_PERSON,
    Untrusted: EnrolFlaw.UNTRUSTED,
    NoConnection: EnrolFlaw.OFFLINE,
}
"""What each trouble of an enrolment tells; the first that fits counts."""


class SyncDesk:
    """Makes rounds of an open store and tells how sync stands."""

    def __init__(
        self,
        application: Application,
        *,
        use_keyring: bool = True,
        now: Callable[[], datetime] | None = None,
        photo_megabytes: Callable[[], int | None] = lambda: None,
        laptop: Laptop | None = None,
    ) -> None:
        self._application = application
        self._use_keyring = use_keyring
        self._now = now or Clock().now
        self._watch: _Watch | None = None
        """Of the round under way."""
        self._is_asked = False
        # Made once: it remembers how far the side journal is.
        self._rounds = SyncRounds(
            application,
            photo_megabytes=photo_megabytes,
            photo_report=self._on_photos,
            entered=self._on_entered,
            connect=self._connect,
            laptop=laptop,
        )

    def standing(self) -> SyncStanding:
        """Return how sync stands now."""
        database, now = self._application.database, self._now()
        if self._watch is None:
            self._rounds.keep_journal()
        view = read_overview(database, now.astimezone(UTC))
        try:
            identity = read_identity(database)
        except PracticeStore:
            return _standing(view, Membership.PRACTICE)
        except NotEnrolled:
            return _standing(view, Membership.NOT_ENROLLED)
        laptop = self._rounds.laptop
        standing = replace(
            _standing(view, Membership.ENROLLED),
            lease=lease_terms(database),
            room=laptop.room(),
            battery=laptop.battery(),
        )
        return _of_member(standing, identity, _due(database, view, now))

    def look_ahead(self, cancel: CancelToken) -> LookAhead | Ended:
        """Return what a round would do, or why that cannot be told; nothing is changed by it."""
        database = self._application.database
        try:
            client = client_for(database, cancel)
            client.is_asked = True
            try:
                return look_ahead(database, client, photo_cap=self._rounds.photo_cap())
            finally:
                client.close()
        except (PracticeStore, NotEnrolled, SecretsMissing) as error:
            return _BEFORE[type(error)]
        except Untrusted:
            return Ended.UNTRUSTED
        except CancelledError:
            return Ended.STOPPED
        except Refused as refused:
            return _REFUSED.get(refused.trouble.error, Ended.FAILED)

    def round(self, cancel: CancelToken, report: Report, told: StepReport, *, asked: bool = False) -> RoundEnd:
        """Make a round; how far it is goes to `told` as well. `asked`: a person waits for it."""
        watch = _Watch(told, report)
        self._watch = watch
        self._is_asked = asked
        try:
            result = self._rounds.run(cancel, watch.records, is_asked=asked)
            if result.outcome is Outcome.DONE:
                self._compare_today(cancel)
            return self._told_end(result)
        except (PracticeStore, NotEnrolled, SecretsMissing, RoundUnderWay) as error:
            return RoundEnd(_BEFORE[type(error)])
        finally:
            self._watch = None

    def give_back(self, cancel: CancelToken, report: Report, told: StepReport) -> RoundEnd:
        """Send everything, over whatever link; erase this laptop once all of it is at head office."""
        watch = _Watch(told, report)
        self._watch = watch
        self._is_asked = True
        rounds = SyncRounds(
            self._application, photo_report=self._on_photos, entered=self._on_entered, connect=self._connect
        )
        try:
            left = leave(self._application, rounds, cancel, watch.records)
        except (PracticeStore, NotEnrolled, SecretsMissing, RoundUnderWay) as error:
            return RoundEnd(_BEFORE[type(error)])
        finally:
            self._watch = None
        if left.is_erased:
            return RoundEnd(Ended.GIVEN_BACK if left.outcome is not Outcome.WIPED else Ended.WIPED)
        return replace(_round_end(left.result), records_left=left.records, pictures_left=left.photos)

    def _told_end(self, result: RoundResult) -> RoundEnd:
        rounds = self._rounds
        lane, why = rounds.lane, rounds.held_for
        held = lane.waiting if lane is not None and why else 0
        room = rounds.room if result.outcome is Outcome.NO_ROOM else None
        sent = 0 if lane is None else lane.stored
        is_lost = result.outcome is Outcome.OFFLINE and bool(result.sent or result.received or rounds.is_cut)
        end = replace(_round_end(result), photos_held=held, held_for=why, room=room)
        return replace(end, was_cut=is_lost, photos_sent=sent)

    def _compare_today(self, cancel: CancelToken) -> None:
        """Renew the receipt of today where the day has changed; without an answer the old one stays, as outdated."""
        database, day = self._application.database, self._application.clock.today()
        if wants_comparing(database, day, read_identity(database).replica):
            SyncPapers(self._application).compare(day, cancel)

    def _connect(self, cancel: CancelToken) -> "OfficeClient":
        client = client_for(self._application.database, cancel)
        client.is_asked = self._is_asked
        return client if self._watch is None else cast("OfficeClient", _Watched(client, self._watch))

    def _on_entered(self, part: str) -> None:
        if self._watch is not None:
            self._watch.enter(part)

    def _on_photos(self, progress: LaneProgress) -> None:
        if self._watch is not None:
            self._watch.photos(progress)

    def enrol(self, url: str, code: str, ca_file: Path | None) -> EnrolFlaw | None:
        """Enrol this laptop; returns what was wrong, None when it is done."""
        database = self._application.database
        try:
            enrol(database, url, code, now=datetime.now(UTC), ca_file=ca_file, use_keyring=self._use_keyring)
        except SyncError as error:
            return next((flaw for kind, flaw in _FLAWS.items() if isinstance(error, kind)), EnrolFlaw.CODE)
        except (OSError, ValueError):
            return EnrolFlaw.CERTIFICATE
        return None


class _Watch:
    """Puts together what the engine and the photo lane report."""

    def __init__(self, told: StepReport, report: Report) -> None:
        self._told = told
        self._report = report
        self._step = RoundStep()
        self._began: dict[str, float] = {}
        self._times: dict[str, TimeLeft] = {}
        self._phase = ""

    def enter(self, phase: str) -> None:
        """Note that a lane begins: head office has answered."""
        if self._phase != phase:
            self._phase = phase
            self._began[phase] = time.monotonic()
            self._put()

    def records(self, done: int, total: int) -> None:
        """Take the report of the engine."""
        if self._phase == "down":
            self._put(down=replace(self._step.down, done=done, total=total, seconds_left=self._left(done, total)))
        else:
            self._put(up=replace(self._step.up, done=done, total=total, seconds_left=self._left(done, total)))

    def moved(self, sent: int, received: int) -> None:
        """Take how many bytes went and came."""
        if self._phase == "down":
            self._put(down=replace(self._step.down, bytes_done=received))
        elif self._phase == "up":
            self._put(up=replace(self._step.up, bytes_done=sent, bytes_total=0, rate=self._rate(sent)))

    def photos(self, progress: LaneProgress) -> None:
        """Take the report of the photo lane."""
        self.enter("photos")
        sent = progress.bytes_sent
        self._put(
            photos=Lane(
                progress.stored,
                progress.total,
                sent,
                progress.bytes_total,
                seconds_left=self._left(sent, progress.bytes_total),
                rate=self._rate(sent),
                is_resumed=progress.is_resumed,
            )
        )

    def _put(self, **lanes: Lane) -> None:
        whole = {"up": self._step.up, "down": self._step.down, "photos": self._step.photos} | lanes
        marked = {name: replace(lane, is_under_way=name == self._phase) for name, lane in whole.items()}
        self._step = RoundStep(**marked)
        self._told(self._step)
        active = marked.get(self._phase, Lane())
        self._report(active.done, active.total)

    def _rate(self, count: int) -> float | None:
        """Return bytes a second of the lane under way; a few of them say nothing about a line."""
        seconds = time.monotonic() - self._began.get(self._phase, 0.0)
        return count / seconds if count >= TELLING and seconds >= _TELLING_S else None

    def _left(self, done: int, total: int) -> float | None:
        """Return the seconds left at the speed so far, calmed."""
        now = time.monotonic()
        seconds = now - self._began.get(self._phase, math.inf)
        left = seconds * (total - done) / done if 0 < done <= total and seconds >= _STEADY_S else None
        return self._times.setdefault(self._phase, TimeLeft()).told(now, left)


class _Watched:
    """A connection that tells how many bytes went and came."""

    def __init__(self, client: object, watch: _Watch) -> None:
        self._client = client
        self._watch = watch

    def push(self, request: PushRequest) -> PushAnswer:
        """Send operations."""
        answer = cast("OfficeClient", self._client).push(request)
        self._count()
        return answer

    def pull(self, request: PullRequest) -> PullAnswer:
        """Ask for what is new."""
        answer = cast("OfficeClient", self._client).pull(request)
        self._count()
        return answer

    def __getattr__(self, name: str) -> object:
        return getattr(self._client, name)

    def _count(self) -> None:
        sent, received = (getattr(self._client, name, 0) for name in ("bytes_sent", "bytes_received"))
        self._watch.moved(sent, received)


def _round_end(result: RoundResult) -> RoundEnd:
    return RoundEnd(
        Ended(result.outcome.value),
        result.sent,
        result.received,
        frozenset(result.changed.put) | frozenset(result.changed.removed),
        result.messages,
        result.detail,
    )


def _standing(view: Overview, membership: Membership) -> SyncStanding:
    return SyncStanding(
        membership,
        view.work,
        view.waiting_bytes,
        view.photos_waiting,
        view.photo_bytes,
        view.photos_stuck,
        view.refused,
        view.conflicts,
        view.last_round,
        None,
        view.revoked,
        view.upgrade,
    )


def _of_member(standing: SyncStanding, identity: Identity, due: datetime | None) -> SyncStanding:
    return replace(standing, manager=identity.manager_name or identity.manager, url=identity.url, due=due)


def _due(database: Database, view: Overview, now: datetime) -> datetime | None:
    """Return when the next round is due: as planned after the last, but not later than this evening's slot."""
    with database.look() as cursor:
        slot = int(fact_of(cursor, SLOT) or 0)
    evening = evening_slot(now, slot)
    if view.next_try is None or not slot or not now < evening < view.next_try:
        return view.next_try
    return evening
