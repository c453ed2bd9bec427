"""The forecast desk: system values beside the manager's own, corrections with reasons, submission, follow-up."""

from datetime import date
from pathlib import Path
from uuid import UUID

from app.domain.forecast_process import Steadiness
from app.domain.playbook import Playbook
from app.runtime.clock import Clock
from app.services.forecast_views import Corrected, Correction, DeskView, Point, ShopsView, TrackView
from app.storage.database import Database


class ForecastDesk:
    """What the manager does with forecasts in a month.

    Every method may be called from a worker. The first that needs the system's forecast computes it, which takes
    seconds on a large territory; `is_ready` tells beforehand and `prepare` does it.
    """

    def __init__(self, database: Database, clock: Clock, playbook: Playbook, actor: str = "manager") -> None:
        self._database = database
        self._clock = clock
        self._playbook = playbook
        self._actor = actor

    def is_ready(self) -> bool:
        """Tell whether the system's forecast for today's orders is there, so that a page opens at once."""
        raise NotImplementedError

    def prepare(self) -> None:
        """Compute and keep the system's forecast, if it is not there. Raises TooFewMonths."""
        raise NotImplementedError

    def overview(self, month: date | None = None) -> DeskView:
        """Return a month of the territory; without one the month after today's. Raises TooFewMonths."""
        raise NotImplementedError

    def shops(self, product_id: UUID, month: date) -> ShopsView:
        """Return the shops of a SKU. Raises RuleError with NOT_FOUND, TooFewMonths."""
        raise NotImplementedError

    def history(self, product_id: UUID | None = None, customer_id: UUID | None = None) -> tuple[Point, ...]:
        """Return the months of a SKU, of a SKU at a shop, of a shop, or of the territory, oldest first."""
        raise NotImplementedError

    def correct(self, month: date, product_id: UUID, customer_id: UUID | None, correction: Correction) -> Corrected:
        """Set the manager's own figure; `correction.model_value` is filled here.

        Raises RuleError: REASON_MISSING without a reason, BAD_VALUE for a figure below zero or below what single shops
        were given by hand, NOT_FOUND.
        """
        raise NotImplementedError

    def take_back(self, month: date, product_id: UUID, customer_id: UUID | None = None) -> Corrected:
        """Let the system's figure count again. Raises RuleError with NOT_FOUND where nothing was corrected."""
        raise NotImplementedError

    def undo(self, done: Corrected) -> Corrected:
        """Put back what stood before a correction; what it returns does it again."""
        raise NotImplementedError

    def set_kind(
        self, kind: Steadiness | None, product_id: UUID | None = None, customer_id: UUID | None = None
    ) -> None:
        """Say what kind a brand or a shop is, whatever the rules say; None leaves it to the rules again."""
        raise NotImplementedError

    def submit(self, month: date) -> int:
        """Freeze the month as it stands and queue it for head office; return its version, which only rises.

        Raises RuleError with ALREADY_COMPLETED where nothing changed since the newest version.
        """
        raise NotImplementedError

    def tracking(self, month: date | None = None) -> TrackView:
        """Return forecast against actual of a whole month; without one the last. Raises TooFewMonths."""
        raise NotImplementedError

    def set_cause(
        self, month: date, code: str | None, note: str = "", *, product_id: UUID | None = None,
        customer_id: UUID | None = None,
    ) -> None:  # fmt: skip
        """Note why the forecast of a SKU or a shop missed; None takes the cause away."""
        raise NotImplementedError

    def export(self, month: date, file: Path, *, shops: bool = False, chinese: bool = True) -> int:
        """Write a month as CSV that spreadsheets open without questions; return the number of rows."""
        raise NotImplementedError

    def export_tracking(self, month: date, file: Path, *, chinese: bool = True) -> int:
        """Write the follow-up of a month as CSV; return the number of rows."""
        raise NotImplementedError
