"""What the window asks of sync, without knowing how it is done."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from app.domain.sync_pause import Pause
from app.runtime.cancel import CancelToken, Report
from app.services.sync_facts import Ended, EnrolFlaw, RoundEnd, RoundStep, SyncStanding

if TYPE_CHECKING:
    from app.sync.look_ahead import LookAhead

StepReport = Callable[[RoundStep], None]


class SyncWork(Protocol):
    """What the controller asks of sync; each call runs on a worker thread."""

    def standing(self) -> SyncStanding:
        """Return how sync stands."""
        ...

    def round(self, cancel: CancelToken, report: Report, told: StepReport, *, asked: bool = False) -> RoundEnd:
        """Make a round; `asked`: a person waits for it."""
        ...

    def give_back(self, cancel: CancelToken, report: Report, told: StepReport) -> RoundEnd:
        """Send everything; erase this laptop once all of it is at head office."""
        ...

    def keep_pause(self, pause: Pause | None) -> None:
        """Keep a pause over the end of the program, or forget it."""
        ...

    def look_ahead(self, cancel: CancelToken) -> "LookAhead | Ended":
        """Return what a round would do, or why that cannot be told."""
        ...

    def enrol(self, url: str, code: str, ca_file: Path | None) -> EnrolFlaw | None:
        """Enrol this laptop."""
        ...
