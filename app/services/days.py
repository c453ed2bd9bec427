"""The shops of a day: filled by the rule the first time, then kept, so that a restart shows the same day."""

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any
from uuid import UUID

from app.domain.changes import Changes, Kind
from app.domain.playbook import Playbook
from app.runtime.clock import Clock
from app.services.day_places import DayShop, NearShop, read_nearby, read_surroundings
from app.services.day_reading import is_filled, moved_without_stop
from app.services.day_rules import read_day_rules
from app.services.day_sheet import DaySheet, DayStop, read_sheet
from app.storage.database import Database, cursor_of

if TYPE_CHECKING:
    from app.services.day_timing import DayTimer
    from app.services.shop_card import ShopCard

# A day that is filled is the first thing to be shown: what writes to it, with SQLAlchemy, is imported by who writes.
# ruff: noqa: PLC0415

__all__ = ["DaySheet", "DayShop", "DayStop", "Days", "NearShop"]

_WORTH_SAYING_KM = 0.1


class Days:
    """Fills, shows and re-orders the day."""

    def __init__(self, database: Database, clock: Clock, playbook: Playbook) -> None:
        self._database = database
        self._clock = clock
        self._playbook = playbook

    @cached_property
    def _timer(self) -> "DayTimer":
        from app.services.day_timing import DayTimer

        return DayTimer(self._playbook, self._clock)

    def show(self, day: date) -> DaySheet:
        """Return the day as it is stored, or as the rule would fill it; nothing is written."""
        with self._database.look() as cursor:
            return self._sheet(cursor, day)

    def open(self, day: date) -> DaySheet:
        """Return the day, filling it by the rule if it has no stop yet, is in no plan, and does not lie in the past.

        Shops whose visit was moved to this day, or was already begun on it, always get a stop.
        """
        with self._database.look() as cursor:
            if day < self._clock.today() or (is_filled(cursor, day) and not moved_without_stop(cursor, day)):
                return self._sheet(cursor, day)
        from app.services import day_writing

        with self._database.write(source="day rule") as session:
            day_writing.fill(session, day, read_day_rules(cursor_of(session)), self._timer)
            day_writing.bring_moved(session, day, self._timer)
            return self._sheet(cursor_of(session), day)

    def surroundings(self) -> tuple[DayShop, ...]:
        """Return every shop that has coordinates, for the sketch around the route."""
        with self._database.look() as cursor:
            return read_surroundings(cursor)

    def nearby(self, day: date, near: UUID | None = None, limit: int = 12) -> tuple[NearShop, ...]:
        """Return the shops without a stop on the day that lie nearest to a shop (or to the day)."""
        with self._database.look() as cursor:
            return read_nearby(cursor, day, near, limit)

    def card(self, customer_id: UUID) -> "ShopCard":
        """Return licence, phone and the steps agreed last. Raises RuleError with NOT_FOUND."""
        from app.services.shop_card import read_card

        with self._database.read() as session:
            return read_card(session, customer_id)

    def saving(self, day: date) -> float | None:
        """Return by how many kilometres `shorten` would shorten the way that is left; None if it is short already."""
        from app.services.day_way import way_left

        with self._database.look() as cursor:
            way = way_left(cursor, self._timer.ground(cursor, day), day)
            less = way.km(way.ahead) - way.km(way.shortest())
        return less if less >= _WORTH_SAYING_KM else None

    def add(self, day: date, customer_id: UUID) -> Changes:
        """Put a shop at the end of the day, for an unplanned call nearby; nothing happens if it is open there."""
        from app.services import day_writing

        with self._database.write() as session:
            return Changes.of(Kind.VISIT, day_writing.add_stop(session, day, customer_id, self._timer))

    def remove(self, visit_id: UUID) -> Changes:
        """Take a stop that was only planned out of the day."""
        from app.services import day_writing

        with self._database.write() as session:
            day_writing.take_out(session, visit_id, self._clock.now(), self._timer)
        return Changes.of(Kind.VISIT, visit_id)

    def put_back(self, visit_id: UUID, order: Sequence[UUID] = ()) -> Changes:
        """Undo `remove`; `order` is the order of the day before it, where the stop gets its old place from."""
        from app.services import day_writing

        with self._database.write() as session:
            day_writing.take_back(session, visit_id, order, self._timer)
        return Changes.of(Kind.VISIT, visit_id)

    def reorder(self, day: date, visit_ids: Sequence[UUID]) -> Changes:
        """Give the stops the order of the list and time them anew; stops that are not in it keep their place before."""
        from app.services import day_writing

        with self._database.write() as session:
            day_writing.put_in_order(session, day, visit_ids, self._timer)
        return Changes.of(Kind.VISIT, *visit_ids)

    def shorten(self, day: date) -> Changes:
        """Order the stops that are still ahead by distance, beginning where the manager is or was last."""
        from app.services import day_writing
        from app.services.day_way import way_left

        with self._database.write() as session:
            cursor = cursor_of(session)
            way = way_left(cursor, self._timer.ground(cursor, day), day)
            order = [visit.id for visit in (*way.behind, *way.shortest())]
            day_writing.put_in_order(session, day, order, self._timer)
        return Changes.of(Kind.VISIT, *order)

    def _sheet(self, cursor: Any, day: date) -> DaySheet:
        return read_sheet(cursor, day, read_day_rules(cursor), as_stored=day < self._clock.today())
