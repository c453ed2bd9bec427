"""The light door to sync: a store that is not enrolled never imports the engine."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from app.bootstrap.sync_lease import terms_of
from app.domain.lease import LeaseTerms
from app.domain.sync_pause import Pause, read_pause
from app.runtime.cancel import CancelToken, Report
from app.services.sync_facts import Ended, EnrolFlaw, Membership, RoundEnd, SyncStanding
from app.storage.facts import PRACTICE, fact_of, read_fact, write_fact
from app.ui.shell.sync_work import StepReport

if TYPE_CHECKING:
    from app.bootstrap.application import Application
    from app.bootstrap.sync_desk import SyncDesk
    from app.bootstrap.sync_laptop import Laptop
    from app.sync.look_ahead import LookAhead

_PAUSE = "sync_pause"
_URL = "sync_url"
"""The fact that an enrolled store has (`app.sync.state`, which is not imported here)."""


class SyncDoor:
    """Answers by itself while there is nothing to sync, and leads to the desk where there is."""

    def __init__(
        self,
        application: "Application",
        *,
        use_keyring: bool = True,
        now: Callable[[], datetime] | None = None,
        photo_megabytes: Callable[[], int | None] = lambda: None,
        laptop: "Laptop | None" = None,
    ) -> None:
        self._application = application
        self._use_keyring = use_keyring
        self._now = now
        self._photo_megabytes = photo_megabytes
        self._laptop = laptop

    @cached_property
    def _desk(self) -> "SyncDesk":
        from app.bootstrap.sync_desk import SyncDesk  # noqa: PLC0415 - the engine is imported when it is wanted

        return SyncDesk(
            self._application,
            use_keyring=self._use_keyring,
            now=self._now,
            photo_megabytes=self._photo_megabytes,
            laptop=self._laptop,
        )

    def standing(self) -> SyncStanding:
        """Return how sync stands."""
        membership = self._membership()
        if membership is Membership.ENROLLED:
            return replace(self._desk.standing(), pause=read_pause(read_fact(self._application.database, _PAUSE)))
        with self._application.database.look() as cursor:
            waiting, size = cursor.execute(
                'SELECT count(*), coalesce(sum(length("set") + 200), 0) FROM outbox'
            ).fetchone()
        return SyncStanding(membership, waiting, size)

    def look_ahead(self, cancel: CancelToken) -> "LookAhead | Ended":
        """Return what a round would do, or why that cannot be told."""
        if self._membership() is not Membership.ENROLLED:
            return Ended.NOT_MEMBER
        return self._desk.look_ahead(cancel)

    def round(self, cancel: CancelToken, report: Report, told: StepReport, *, asked: bool = False) -> RoundEnd:
        """Make a round, or say that this store makes none."""
        if self._membership() is not Membership.ENROLLED:
            return RoundEnd(Ended.NOT_MEMBER)
        return self._desk.round(cancel, report, told, asked=asked)

    def give_back(self, cancel: CancelToken, report: Report, told: StepReport) -> RoundEnd:
        """Send everything, then erase this laptop; a store of practice data, or one not enrolled, is never erased."""
        if self._membership() is not Membership.ENROLLED:
            return RoundEnd(Ended.NOT_MEMBER)
        return self._desk.give_back(cancel, report, told)

    def keep_pause(self, pause: Pause | None) -> None:
        """Keep a pause over the end of the program, or forget it."""
        write_fact(self._application.database, _PAUSE, "" if pause is None else pause.as_text())

    def lease(self) -> LeaseTerms:
        """Return what is known about the lease; asked on the way in, before anything of the store is shown."""
        return terms_of(self._application.database)

    def enrol(self, url: str, code: str, ca_file: Path | None) -> EnrolFlaw | None:
        """Enrol this laptop."""
        if self._membership() is Membership.PRACTICE:
            return EnrolFlaw.PRACTICE
        return self._desk.enrol(url, code, ca_file)

    def _membership(self) -> Membership:
        with self._application.database.look() as cursor:
            if fact_of(cursor, PRACTICE) == "yes":
                return Membership.PRACTICE
            return Membership.ENROLLED if fact_of(cursor, _URL) else Membership.NOT_ENROLLED
