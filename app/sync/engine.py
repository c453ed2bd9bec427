"""One round of sync: hello, push, pull, apply, verify; each step begins from what is on disk (spec, 6)."""

import random
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import cast

from app.runtime.cancel import CancelledError, CancelToken, Report
from app.runtime.clock import Clock
from app.storage.database import Database
from app.storage.facts import UNTIDY, put_fact
from app.storage.tidying import tidy
from app.sync import pull, push, verify
from app.sync.apply import AfterApply, Applied
from app.sync.client import OfficeClient
from app.sync.journal import SideJournal
from app.sync.late_verdicts import ask_late_verdicts
from app.sync.numbers import begin_anew, close_gap, forget_sent, last_sent, offer_again, raise_serials
from app.sync.opening import Opening, greeting, opened
from app.sync.overview import Overview, read_overview
from app.sync.protocol import MOST_OPERATIONS, PushAnswer, RenewRequest, Trouble
from app.sync.rows import Changed
from app.sync.schedule import Plan, after_failure, after_success
from app.sync.single_flight import single_flight
from app.sync.staging import forget_stage
from app.sync.state import (
    EPOCH,
    FAILURES,
    LAST_ROUND,
    NEXT_TRY,
    REPLICA,
    REVOKED,
    SCHEMA_FACT,
    SLOT,
    TOGETHER,
    UPGRADE,
    fact_of,
    log,
    note_contact,
    number_fact,
    read_identity,
)
from app.sync.trouble import LineLost, NoConnection, Refused, Untrusted, unless_too_old

_MOST_TURNS = 6
"""Forks, gaps and changed epochs in one round; more of them means that something is broken."""


class Outcome(StrEnum):
    """How a round ended."""

    DONE = "done"
    OFFLINE = "offline"
    UNTRUSTED = "untrusted"
    """Something answered that did not prove to be head office: nothing was sent, `detail` says why (TrustFlaw)."""
    LATER = "later"
    """Head office has no room now and says when to come again."""
    STOPPED = "stopped"
    NO_ROOM = "no_room"
    """What waited went up; the disk has no room for what would come."""
    UPGRADE = "upgrade"
    """What waited went up, but rows come down only to a newer version of the program."""
    REVOKED = "revoked"
    WIPED = "wiped"
    ENROL_AGAIN = "enrol_again"
    FAILED = "failed"
    """Head office could not read what was sent; a fault of the program, nothing is lost."""


@dataclass(frozen=True, slots=True)
class RoundResult:
    """What a round did, and how things stand after it."""

    outcome: Outcome
    verdicts: dict[str, int] = field(default_factory=dict[str, int])
    """How many operations were applied, merged, refused..."""
    received: int = 0
    """Rows that came."""
    changed: Changed = field(default_factory=Changed)
    differing: tuple[str, ...] = ()
    messages: tuple[str, ...] = ()
    next: Plan | None = None
    overview: Overview | None = None
    """None after a wipe."""
    detail: str = ""

    @property
    def sent(self) -> int:
        """How many operations got their verdict."""
        return sum(self.verdicts.values())


def sync_round(
    database: Database,
    client: OfficeClient,
    clock: Clock,
    cancel: CancelToken,
    report: Report,
    *,
    after_apply: AfterApply | None = None,
    wipe: Callable[[], object] | None = None,
    between: Callable[[], None] | None = None,
    journal: SideJournal | None = None,
    has_room: Callable[[], bool] | None = None,
    entered: Callable[[str], None] | None = None,
) -> RoundResult:
    """Make one round. Raises PracticeStore, NotEnrolled or RoundUnderWay; all else is in the result.

    `wipe` erases this laptop where head office asks for it; `between` is called after push and pull: photos go then.
    `journal` is that of the caller, if it keeps one between the rounds. `has_room` is asked once everything has gone
    up: where it says no, nothing comes down. `entered` is told "up" and "down" as these parts begin.
    """
    read_identity(database)
    with single_flight(database.path):
        turn = _Round(database, client, clock, cancel, report, after_apply, journal)
        turn.has_room, turn.entered = has_room or turn.has_room, entered or turn.entered
        try:
            too_old = turn.run()
            if between is not None:
                between()
            if too_old is not None:
                return turn.refused(too_old, wipe)
            return turn.ended(Outcome.NO_ROOM if turn.lacks_room else Outcome.DONE)
        except CancelledError:
            return turn.ended(Outcome.STOPPED)
        except Untrusted as problem:
            return turn.ended(Outcome.UNTRUSTED, problem.flaw)
        except NoConnection as problem:
            turn.has_moved = isinstance(problem, LineLost)
            return turn.ended(Outcome.OFFLINE, str(problem))
        except Refused as refused:
            return turn.refused(refused, wipe)


class _Round:
    """One round under way; what it counts is for the person, what matters is on disk."""

    def __init__(
        self, database: Database, client: OfficeClient, clock: Clock, cancel: CancelToken, report: Report,
        after_apply: AfterApply | None, journal: SideJournal | None,
    ) -> None:  # fmt: skip
        self._database = database
        self._client = client
        self._clock = clock
        self._cancel = cancel
        self._report = report
        self._after = after_apply
        self._journal = journal or SideJournal.beside(database)
        self._verdicts: Counter[str] = Counter()
        self._applied = Applied()
        self._received = 0
        self._differing: tuple[str, ...] = ()
        self._messages: tuple[str, ...] = ()
        self._turns = 0
        self._batch = MOST_OPERATIONS
        self._opening = Opening(client)
        self._looks: list[Future[verify.Looked]] = []
        self.has_room: Callable[[], bool] = lambda: True
        self.entered: Callable[[str], None] = lambda _part: None
        self.lacks_room = False
        self.has_moved = False
        """Whether anything got through: a cut after that is a first failure, not one more of a dead line."""

    def run(self) -> Refused | None:
        """Make the round; return why rows do not come down where this program is too old for it: what waits goes up."""
        self._keep_journal()
        self._notice_upgrade()
        self._opening = opened(self._database, self._client, self._now())
        self._client = cast("OfficeClient", self._opening)
        try:
            too_old = unless_too_old(self._hello)
            with ThreadPoolExecutor(1, thread_name_prefix="look") as beside:
                self._looks.append(beside.submit(verify.look, self._database))
                self._push_all()
                ask_late_verdicts(self._database, self._client, self._now())
                return too_old or unless_too_old(self._pull_and_verify)
        finally:
            self._opening.wait()

    def _pull_and_verify(self) -> None:
        self.lacks_room = not self.has_room()
        if self.lacks_room:
            return
        for _ in range(2):
            self._pull_all()
            looked = self._looks.pop().result() if self._looks else None
            verified = verify.verify(self._database, self._now(), looked=looked)
            self._differing = verified.differing
            if not verified.resets and not self._applied.resets:
                break

    def ended(self, outcome: Outcome, detail: str = "", retry_after: float | None = None) -> RoundResult:
        now = self._now()
        chance = random.random()  # noqa: S311 - spreads laptops over time, guards nothing
        good = outcome in (Outcome.DONE, Outcome.NO_ROOM, Outcome.UPGRADE)
        with self._database.write_plain() as cursor:
            has_moved = self.has_moved or self._received > 0 or self._verdicts.total() > 0
            before = 0 if good or has_moved else number_fact(cursor, FAILURES)
            failures = before + (not good and outcome is not Outcome.STOPPED)
            plan = after_success(now, chance) if good else after_failure(now, failures, chance, retry_after)
            put_fact(cursor, FAILURES, str(failures))
            put_fact(cursor, NEXT_TRY, plan.at.isoformat())
            if outcome is Outcome.DONE:
                put_fact(cursor, LAST_ROUND, now.isoformat())
            forget_sent(cursor, now)
            counts = {"verdicts": dict(self._verdicts), "received": self._received}
            log(cursor, now, f"round_{outcome}", **counts, detail=detail)
        self._keep_journal()
        self._tidy()
        return RoundResult(
            outcome, dict(self._verdicts), self._received, self._applied.changed, self._differing, self._messages,
            plan, read_overview(self._database, now), detail,
        )  # fmt: skip

    def refused(self, refused: Refused, wipe: Callable[[], object] | None) -> RoundResult:
        match refused.trouble.error:
            case "revoked":
                return self._revoked(refused, wipe)
            case "upgrade_required":
                with self._database.note() as cursor:
                    put_fact(cursor, UPGRADE, str(refused.trouble.min or ""))
                return self.ended(Outcome.UPGRADE, str(refused))
            case "slow_down" | "busy":
                return self.ended(Outcome.LATER, str(refused), refused.retry_after)
            case "token":
                return self.ended(Outcome.ENROL_AGAIN, str(refused))
            case _:
                return self.ended(Outcome.FAILED, str(refused))

    def _revoked(self, refused: Refused, wipe: Callable[[], object] | None) -> RoundResult:
        identity = read_identity(self._database)
        with self._database.note() as cursor:
            put_fact(cursor, REVOKED, "wipe" if refused.trouble.wipe else "yes")
        if not refused.trouble.wipe or wipe is None:
            return self.ended(Outcome.REVOKED)
        wipe()
        with suppress(NoConnection, Refused, CancelledError):
            self._client.ack_wipe(identity.replica)
        return RoundResult(Outcome.WIPED)

    def _hello(self) -> None:
        identity, now = read_identity(self._database), self._now()
        answer = self._client.hello(greeting(self._database, now))
        self._messages = answer.messages
        with self._database.write_plain() as cursor:
            self._opening.thaw_untaken(cursor, answer)
            put_fact(cursor, TOGETHER, "yes" if answer.together else "")
            # Half of the way there and back is no part of the difference; the rest of it is below what matters.
            told, lease = datetime.fromisoformat(answer.server_time), datetime.fromisoformat(answer.lease_until)
            note_contact(cursor, now + (self._now() - now) / 2, told, lease)
            put_fact(cursor, SLOT, str(answer.slot_seconds))
            put_fact(cursor, UPGRADE, "")
            is_restored = answer.epoch == identity.epoch and answer.last_no > last_sent(cursor)
            if not is_restored:
                raise_serials(cursor, answer.last_serial)
        if answer.epoch != identity.epoch:
            self._replay(answer.epoch)
        elif is_restored:
            self._become_another()

    def _replay(self, epoch: str) -> None:
        """Head office was restored: offer again what it may have lost, as a new replica, and load everything anew."""
        with self._database.write_plain() as cursor:
            offered = offer_again(cursor, self._now())
            forget_stage(cursor)
            cursor.execute("UPDATE sync_cursor SET state = 'reset', mismatches = 0")
            put_fact(cursor, EPOCH, epoch)
            # Versions begin again from what the backup knew: none of ours may keep its row out.
            cursor.execute("UPDATE row_state SET version = 0, schema = 0 WHERE scope NOT IN ('', '-')")
            log(cursor, self._now(), "replay", offered=offered)
        self._renew()

    def _become_another(self) -> None:
        """Go on as a new replica: this store was restored or copied. Head office then tells where serials go on."""
        self._turns += 1
        if self._turns > _MOST_TURNS:
            raise Refused(Trouble(error="forked"))
        self._renew()
        self._hello()

    def _renew(self) -> None:
        identity = read_identity(self._database)
        answer = self._client.renew(RenewRequest(replica=identity.replica))
        with self._database.write_plain() as cursor:
            put_fact(cursor, REPLICA, answer.replica)
            begin_anew(cursor)
            log(cursor, self._now(), "renewed", old=identity.replica)
        self._keep_journal()

    def _push_all(self) -> None:
        """Send all that waits; a batch is on its way while the verdicts on the one before it are stored."""
        self.entered("up")
        total = read_overview(self._database, self._now()).waiting
        answered: tuple[push.Batch, PushAnswer] | None = None
        batch = self._frozen()
        with ThreadPoolExecutor(1, thread_name_prefix="push") as line:
            while batch is not None:
                self._cancel.check()
                under_way = line.submit(self._client.push, batch.request)
                if answered is not None:
                    self._take(*answered, total)
                    answered = None
                following = self._frozen(batch.last) if batch.is_full else None
                try:
                    answered = batch, push.own_answer(batch, under_way.result())
                except Refused as refused:
                    self._mend(refused, batch)
                    following = None
                if following is None:
                    if answered is not None:
                        self._take(*answered, total)
                        answered = None
                        self._keep_journal()
                    following = self._frozen()
                batch = following

    def _frozen(self, after: int = 0) -> push.Batch | None:
        return push.freeze_batch(self._database, self._now(), most=self._batch, after=after)

    def _take(self, batch: push.Batch, answer: PushAnswer, total: int) -> None:
        self._verdicts.update(push.take_answer(self._database, batch, answer, self._now()))
        self._batch = min(MOST_OPERATIONS, self._batch * 2)
        self._report(sum(self._verdicts.values()), max(total, sum(self._verdicts.values())))

    def _mend(self, refused: Refused, batch: push.Batch) -> None:
        """Put right what head office found wrong with a push, or raise it again."""
        error = refused.trouble.error
        if error in ("malformed", "too_large"):
            if len(batch.request.ops) == 1:
                push.refuse_locally(self._database, batch, error, self._now())
                self._verdicts["malformed"] += 1
            self._batch = max(1, len(batch.request.ops) // 2)
            return
        if error == "forked":
            self._become_another()
            return
        self._turns += 1
        if self._turns > _MOST_TURNS:
            raise refused
        if error == "gap":
            with self._database.write_plain() as cursor:
                close_gap(cursor, refused.trouble.last or 0, batch.request.replica, self._now())
            self._keep_journal()
        elif error == "epoch_changed":
            self._hello()
        else:
            raise refused

    def _pull_all(self) -> None:
        self.entered("down")
        try:
            pulled = pull.pull_all(
                self._database, self._client, self._now, self._cancel, self._report, self._after, self._applied
            )
        except Refused as refused:
            self._turns += 1
            if refused.trouble.error != "epoch_changed" or self._turns > _MOST_TURNS:
                raise
            self._hello()
            self._push_all()
            self._pull_all()
        else:
            self._received += pulled

    def _notice_upgrade(self) -> None:
        """After an upgrade of the tables, what has new columns is asked for again."""
        with self._database.write_plain() as cursor:
            if number_fact(cursor, SCHEMA_FACT) not in (0, push.SCHEMA):
                cursor.execute("UPDATE sync_cursor SET state = 'reset' WHERE state = 'ready'")
                forget_stage(cursor)
            put_fact(cursor, SCHEMA_FACT, str(push.SCHEMA))

    def _tidy(self) -> None:
        """Take away what is left of rows that went, in the journal, the search index and the write-ahead log."""
        with self._database.look() as cursor:
            untidy = fact_of(cursor, UNTIDY)
        if untidy not in {"yes", "index"}:
            return
        with suppress(OSError):
            self._journal.compact(self._database)
            if tidy(self._database, index=untidy == "index"):
                with self._database.note() as cursor:
                    put_fact(cursor, UNTIDY, "no")

    def _keep_journal(self) -> None:
        # A disk that takes no journal must not keep what waits from the safest place there is.
        with suppress(OSError):
            self._journal.catch_up(self._database)

    def _now(self) -> datetime:
        return self._clock.now().astimezone(UTC)
