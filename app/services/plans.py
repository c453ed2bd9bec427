"""The month of visits: shown, computed, kept, changed by hand, undone. A plan is visits that are planned (ADR 0023)."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from app.domain.planning.views import MapShop, MonthView, MoveEffect
from app.domain.playbook import Playbook
from app.runtime.clock import Clock
from app.services.plan_values import (
    Cancelled,
    LateDay,
    PlanDeed,
    PlanDraft,
    PlanWhy,
    Progress,
    YearStatistics,
)
from app.storage.database import Database

if TYPE_CHECKING:
    from app.services.plan_setup import PlanSetup

__all__ = ["LateDay", "PlanDeed", "PlanDraft", "PlanWhy", "Plans", "YearStatistics"]


class Plans:
    """Makes and changes the plan; every method may be called on any thread but the window's."""

    def __init__(self, database: Database, clock: Clock, playbook: Playbook) -> None:
        self._database = database
        self._clock = clock
        self._playbook = playbook

    def month(self, month: date) -> MonthView:
        """Return a month as it is stored."""
        raise NotImplementedError

    def make(self, month: date, progress: Progress, cancelled: Cancelled) -> PlanDraft:
        """Compute the month; nothing is written. Raises CancelledError when told so."""
        raise NotImplementedError

    def keep(self, draft: PlanDraft) -> PlanDeed:
        """Store a draft: from today on; what is done, under way, locked or a colleague's stays as it is."""
        raise NotImplementedError

    def effect(self, visit_id: UUID, to_day: date, place: int | None = None) -> MoveEffect:
        """Return what a move would change; `place` counts from 1, None is the cheapest place."""
        raise NotImplementedError

    def move(self, visit_id: UUID, to_day: date, place: int | None = None) -> PlanDeed:
        """Move a planned visit to a day, or within its day."""
        raise NotImplementedError

    def swap(self, a: UUID, b: UUID) -> PlanDeed:
        """Exchange day and place of two planned visits."""
        raise NotImplementedError

    def lock(self, visit_ids: Collection[UUID], *, locked: bool) -> PlanDeed:
        """Fix visits on their day, or free them."""
        raise NotImplementedError

    def tomorrow(self, visit_id: UUID) -> PlanDeed:
        """Move a visit to the next working day after its own."""
        raise NotImplementedError

    def take_out(self, visit_id: UUID) -> PlanDeed:
        """Take a planned visit out of the plan."""
        raise NotImplementedError

    def drop_in(self, day: date, customer_id: UUID) -> PlanDeed:
        """Put a shop into a day at the cheapest place."""
        raise NotImplementedError

    def reorder(self, day: date, visit_ids: Sequence[UUID]) -> PlanDeed:
        """Give the planned visits of a day this order and time them anew."""
        raise NotImplementedError

    def shorten(self, day: date) -> PlanDeed:
        """Give what is still ahead of a day the shortest order."""
        raise NotImplementedError

    def undo(self, deed: PlanDeed) -> PlanDeed:
        """Undo a deed and return the reverse deed; raises RuleError when one of its visits has begun since."""
        raise NotImplementedError

    def late(self, day: date, now: datetime) -> LateDay:
        """Return the day as it runs from now on, with the stops that fall out."""
        raise NotImplementedError

    def drop_late(self, day: date, now: datetime) -> PlanDeed:
        """Move what falls out to the best next day."""
        raise NotImplementedError

    def explain(self, customer_id: UUID, month: date) -> tuple[PlanWhy, ...]:
        """Return why the visits of a shop are on their days, or why there is none."""
        raise NotImplementedError

    def statistics(self, year: int) -> YearStatistics:
        """Return the year to date."""
        raise NotImplementedError

    def territory(self) -> tuple[MapShop, ...]:
        """Return every shop that has a place, for the map."""
        raise NotImplementedError

    def setup(self) -> "PlanSetup":
        """Return where the day starts and ends, its hours, how much fits."""
        raise NotImplementedError

    def save_setup(self, setup: "PlanSetup") -> None:
        """Keep the setup."""
        raise NotImplementedError

    def set_cadence(self, customer_id: UUID, cadence: str | None, reason: str) -> None:
        """Choose the cadence of a shop, with a reason; None gives it back to the rules."""
        raise NotImplementedError

    def set_day(self, day: date, kind: str | None, note: str = "") -> None:
        """Make a day off, half, leave or worked; None gives it back to the calendar."""
        raise NotImplementedError
