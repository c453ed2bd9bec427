"""A month that is being computed, and the draft that came out until it is kept or thrown away."""

from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.runtime.cancel import CancelledError, CancelToken, Report
from app.services.plan_values import PlanDraft
from app.services.plans import Plans
from app.ui.background.task_runner import Lane, Progress, TaskRunner

_STEPS = 1000


class DraftViewModel(QObject):
    """Makes one draft at a time."""

    changed = Signal()
    failed = Signal(object)
    """BaseException"""

    def __init__(self, plans: Plans, tasks: TaskRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._plans = plans
        self._tasks = tasks
        self._token: CancelToken | None = None
        self.draft: PlanDraft | None = None
        self.share = 0.0
        """How much of the work is done, 0 to 1."""
        self.is_stopping = False
        self.was_stopped = False

    @property
    def is_running(self) -> bool:
        """Whether a month is being computed."""
        return self._token is not None

    def make(self, month: date) -> None:
        """Compute the month; nothing is stored."""
        if self._token is not None:
            return
        self.draft, self.share, self.was_stopped = None, 0.0, False
        work = partial(_make, self._plans, month)
        self._token = self._tasks.run_long(
            work, owner=self, progress=self._on_progress, done=self._on_done, failed=self._on_failed, lane=Lane.FREE
        )
        self.changed.emit()

    def cancel(self) -> None:
        """Ask the work to stop."""
        if self._token is not None:
            self.is_stopping = True
            self._token.cancel()
            self.changed.emit()

    def discard(self) -> None:
        """Throw the draft away."""
        self.draft, self.was_stopped = None, False
        self.changed.emit()

    def _on_progress(self, progress: Progress) -> None:
        self.share = progress.done / progress.total if progress.total else 0.0
        self.changed.emit()

    def _on_done(self, draft: PlanDraft) -> None:
        self._token, self.is_stopping = None, False
        self.draft = draft
        self.changed.emit()

    def _on_failed(self, error: BaseException) -> None:
        self._token, self.is_stopping = None, False
        self.was_stopped = isinstance(error, CancelledError)
        self.changed.emit()
        if not self.was_stopped:
            self.failed.emit(error)


def _make(plans: Plans, month: date, token: CancelToken, report: Report) -> PlanDraft:
    def progress(share: float) -> None:
        report(round(_STEPS * share), _STEPS)

    def cancelled() -> bool:
        return token.cancelled

    draft = plans.make(month, progress, cancelled)
    token.check()
    return draft
