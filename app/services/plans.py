"""The month of visits: shown, computed, kept, changed by hand, undone. A plan is visits that are planned (ADR 0023)."""

from collections.abc import Collection, Generator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from time import perf_counter
from typing import TYPE_CHECKING
from uuid import UUID

from app.domain.day_plan import DayRules
from app.domain.planning.needs import is_late
from app.domain.planning.problem import Need
from app.domain.planning.setup import PlanSetup
from app.domain.planning.views import MapShop, MonthView, MoveEffect
from app.domain.planning.working_days import MarkKind, month_end
from app.domain.playbook import Playbook
from app.domain.problems import Problem, Refusal, RuleError
from app.models.customer import Customer
from app.runtime.cancel import CancelledError
from app.runtime.clock import Clock
from app.services import plan_lateness, plan_moves, plan_route, plan_why
from app.services.day_sheet import read_sheet
from app.services.plan_areas import read_areas
from app.services.plan_basis_reading import BasisReader
from app.services.plan_choices import choices, first_without_a_day, has_plan, who_decides
from app.services.plan_decisions import choose_cadence, mark_day, take_back
from app.services.plan_draft import draft_of
from app.services.plan_ground import PlanGround
from app.services.plan_ground_reading import GroundReader
from app.services.plan_health import map_shops
from app.services.plan_keeping import keep, told_of
from app.services.plan_reading import MonthBasis, read_basis, read_problem
from app.services.plan_route import RouteView
from app.services.plan_rows import PlanRow, row_of, rows_between
from app.services.plan_setup import PLAN_SETUP, read_setup, setup_text
from app.services.plan_statistics import read_statistics
from app.services.plan_values import (
    DayChoice,
    IsCancelled,
    LateDay,
    PlanDeed,
    PlanDraft,
    PlanWhy,
    Progress,
    YearStatistics,
)
from app.services.plan_view import gone_to, month_view, unplaced_views
from app.services.plan_writing import PlanWriter
from app.services.recording import load
from app.storage.database import Database, cursor_of
from app.storage.facts import write_fact

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

# What computes a month is imported when one is computed.
# ruff: noqa: PLC0415

__all__ = ["LateDay", "PlanDeed", "PlanDraft", "PlanWhy", "Plans", "YearStatistics"]

_MARGIN = timedelta(days=31)
"""How far beside a month its calendar is read: moves go over its ends, and what is due looks ahead."""


class Plans:
    """Makes and changes the plan; every method may be called on any thread but the window's."""

    def __init__(self, database: Database, clock: Clock, playbook: Playbook) -> None:
        self._database = database
        self._clock = clock
        self._playbook = playbook
        self._grounds = GroundReader(playbook)
        self._bases = BasisReader(playbook)

    def month(self, month: date) -> MonthView:
        """Return a month as it is stored."""
        month = month.replace(day=1)
        with self._database.read() as session:
            return self._month(session, month)

    def make(self, month: date, progress: Progress, cancelled: IsCancelled) -> PlanDraft:
        """Compute the month; nothing is written. Raises CancelledError when told so."""
        from app.domain.planning.month import Cancelled, plan_month

        begun = perf_counter()
        month = month.replace(day=1)
        with self._database.read() as session:
            cursor, ground = cursor_of(session), self._fresh(session, month)
            problem = read_problem(cursor, read_basis(cursor, self._playbook, month, self._today), month, self._today)
            rows = rows_between(cursor, month, month_end(month))
        try:
            plan = plan_month(problem, progress=progress, cancelled=cancelled)
        except Cancelled as stopped:
            raise CancelledError from stopped
        view, moved = draft_of(ground, plan, rows, self._today)
        return PlanDraft(view, moved, perf_counter() - begun, plan)

    def keep(self, draft: PlanDraft) -> PlanDeed:
        """Store a draft: from today on; what is done, under way, locked or a colleague's stays as it is."""
        with self._writing(draft.plan.month) as (session, writer, _):
            return keep(session, writer, draft.plan, self._today)

    def effect(self, visit_id: UUID, to_day: date, place: int | None = None) -> MoveEffect:
        """Return what a move would change; `place` counts from 1, None is the cheapest place.

        Raises RuleError with NOT_FOUND.
        """
        with self._database.read() as session:
            cursor, ground = cursor_of(session), self._ground(session, to_day)
            move = plan_moves.look_at(cursor, ground, self._today, visit_id, to_day, place)
            return plan_moves.effect_of(cursor, ground, move)

    def move(self, visit_id: UUID, to_day: date, place: int | None = None) -> PlanDeed:
        """Move a planned visit to a day, or within its day; a rule that the person breaks is told in the deed.

        Raises RuleError: begun, locked, the day is over, the shop has a visit there already.
        """
        with self._writing(to_day) as (session, writer, ground):
            return self._move(session, writer, ground, visit_id, to_day, place, "moved")

    def swap(self, a: UUID, b: UUID) -> PlanDeed:
        """Exchange day and place of two planned visits. Raises RuleError as `move` does."""
        with self._writing(self._today) as (session, writer, ground):
            cursor = cursor_of(session)
            return plan_moves.swap(cursor, writer, ground, self._today, _row(cursor, a), _row(cursor, b))

    def lock(self, visit_ids: Collection[UUID], *, locked: bool) -> PlanDeed:
        """Fix visits on their day, or free them."""
        with self._writing(self._today) as (_, writer, _):
            for visit_id in visit_ids:
                visit = writer.visit(visit_id)
                if bool(visit.locked) is not locked:
                    visit.locked = locked or None
            return writer.deed("locked" if locked else "unlocked")

    def tomorrow(self, visit_id: UUID) -> PlanDeed:
        """Move a visit to the next working day after its own, or after today. Raises RuleError as `move` does."""
        with self._writing(self._today) as (session, writer, ground):
            cursor = cursor_of(session)
            day = plan_moves.next_day_for(cursor, ground, self._today, _row(cursor, visit_id))
            return self._move(session, writer, ground, visit_id, day, None, "tomorrow")

    def take_out(self, visit_id: UUID) -> PlanDeed:
        """Take a planned visit out of the plan. Raises RuleError when it has begun."""
        with self._writing(self._today) as (_, writer, ground):
            visit = writer.visit(visit_id)
            writer.void(visit)
            if visit.day >= self._today:
                writer.order(visit.day, [])
            return writer.deed("taken_out", names=_names(ground, visit.customer_id), days=[visit.day])

    def drop_in(self, day: date, customer_id: UUID, place: int | None = None) -> PlanDeed:
        """Put a shop into a day, by itself at the cheapest place; a visit that it is owed and has no day stands there.

        Raises RuleError: the day is over, the shop is there already.
        """
        with self._writing(day) as (session, writer, ground):
            need = self._need_without_a_day(session, day, customer_id)
            return plan_moves.drop_in(cursor_of(session), writer, ground, self._today, day, customer_id, place, need)

    def drop_effect(self, day: date, customer_id: UUID, place: int | None = None) -> MoveEffect:
        """Return what dropping a shop into a day would change; raises RuleError with NOT_FOUND."""
        with self._database.read() as session:
            cursor, ground = cursor_of(session), self._ground(session, day)
            move = plan_moves.look_at_dropping(cursor, ground, self._today, customer_id, day, place)
            return plan_moves.effect_of(cursor, ground, move)

    def reorder(self, day: date, visit_ids: Sequence[UUID]) -> PlanDeed:
        """Give the visits of a day this order and time them anew."""
        with self._writing(day) as (_, writer, _):
            self._refuse_past(day)
            writer.order(day, visit_ids)
            return writer.deed("reordered", days=[day])

    def shorten(self, day: date) -> PlanDeed:
        """Give what is still ahead of a day the shortest order."""
        self._refuse_past(day)
        with self._database.read() as session:
            stops = gone_to(rows_between(cursor_of(session), day, day))
            order = plan_route.shortest_order(self._ground(session, day), day, stops)
        with self._writing(day) as (_, writer, _):
            writer.order(day, order)
            return writer.deed("shortened", days=[day])

    def route(self, day: date) -> RouteView:
        """Return what is ahead of a day in the shortest order; nothing is written.

        A day that has no stops yet is routed as the day rule would fill it.
        """
        with self._database.read() as session:
            cursor = cursor_of(session)
            stops = gone_to(rows_between(cursor, day, day))
            proposed = [] if stops else read_sheet(cursor, day, DayRules(), as_stored=day < self._today).stops
            shops = [stop.customer_id for stop in proposed]
            return plan_route.read_route(self._ground(session, day), day, stops, shops)

    def undo(self, deed: PlanDeed) -> PlanDeed:
        """Undo a deed and return the reverse deed; raises RuleError when one of its visits has begun since."""
        with self._writing(self._today) as (session, writer, _):
            if deed.decided:
                return replace(take_back(session, deed.decided, self._clock.now()), names=deed.names, days=deed.days)
            writer.restore(deed.before)
            return writer.deed("undone", names=deed.names, days=deed.days)

    def late(self, day: date, now: datetime) -> LateDay:
        """Return the day as it runs from now on, with the stops that fall out."""
        with self._database.read() as session:
            stops = gone_to(rows_between(cursor_of(session), day, day))
            return plan_lateness.read_late(self._ground(session, day), day, now, stops)

    def drop_late(self, day: date, now: datetime) -> PlanDeed:
        """Move what falls out to the best next day. Raises RuleError where there is none."""
        with self._writing(day) as (session, writer, ground):
            self._refuse_past(day)
            late = plan_lateness.read_late(ground, day, now, writer.day(day)).falls_out
            days = [plan_moves.bring_to_best_day(session, writer, ground, self._today, one.visit_id) for one in late]
            return writer.deed("late_moved", names=[one.name for one in late], days=days)

    def explain(self, customer_id: UUID, month: date) -> tuple[PlanWhy, ...]:
        """Return why the visits of a shop are on their days, or why there is none."""
        month = month.replace(day=1)
        with self._database.read() as session:
            cursor, view = cursor_of(session), self._month(session, month)
            problem = read_problem(cursor, self._basis(session, month), month, self._today)
            rows = rows_between(cursor, month, month_end(month))
            told = plan_why.explain(self._ground(session, month), customer_id, problem.needs, rows, view)
            decided = who_decides(cursor, self._playbook.parameters.cadence, customer_id, self._today)
            return told if decided is None else (told[0], decided, *told[1:])

    def other_days(self, visit_id: UUID, first: date, last: date) -> tuple[DayChoice, ...]:
        """Return the best other working days of a visit in a span (both ends count), with what each would change."""
        with self._database.read() as session:
            cursor, ground = cursor_of(session), self._ground(session, last)
            look_at = partial(plan_moves.look_at, cursor, ground, self._today, visit_id)
            return tuple(choices(cursor, ground, self._today, first, last, look_at))

    def days_for(self, customer_id: UUID, first: date, last: date) -> tuple[DayChoice, ...]:
        """Return the best working days in a span (both ends count) on which a shop could be dropped in."""
        with self._database.read() as session:
            cursor, ground = cursor_of(session), self._ground(session, last)
            look_at = partial(plan_moves.look_at_dropping, cursor, ground, self._today, customer_id)
            return tuple(choices(cursor, ground, self._today, first, last, look_at))

    def statistics(self, year: int) -> YearStatistics:
        """Return the year to date."""
        with self._database.read() as session:
            return read_statistics(cursor_of(session), self._fresh(session, self._today), year, self._today)

    def territory(self) -> tuple[MapShop, ...]:
        """Return every shop that has a place, for the map."""
        with self._database.read() as session:
            areas = read_areas(cursor_of(session))
            return map_shops(self._fresh(session, self._today), self._today, areas)

    def setup(self) -> PlanSetup:
        """Return where the day starts and ends, its hours, how much fits."""
        with self._database.look() as cursor:
            return read_setup(cursor, self._playbook.parameters.visits)

    def save_setup(self, setup: PlanSetup) -> None:
        """Keep the setup."""
        write_fact(self._database, PLAN_SETUP, setup_text(setup))

    def set_cadence(self, customer_id: UUID, cadence: str | None, reason: str) -> PlanDeed:
        """Choose the cadence of a shop from today on; None gives it back to the rules.

        Undoing gives back what was chosen before. Raises RuleError with REASON_MISSING where a class is chosen without
        a reason, BAD_VALUE where there is none such.
        """
        classes = {one.code for one in self._playbook.parameters.cadence.classes}
        if cadence is not None and cadence not in classes:
            raise RuleError(Refusal(Problem.BAD_VALUE, "cadence"))
        if cadence is not None and not reason.strip():
            raise RuleError(Refusal(Problem.REASON_MISSING, "cadence"))
        with self._database.write(source="plan") as session:
            customer = load(session, Customer, customer_id)
            deed = choose_cadence(session, customer_id, cadence, reason, self._today)
            return replace(deed, names=(customer.shop_name or customer.cust_name,))

    def set_day(self, day: date, kind: str | None, note: str = "") -> PlanDeed:
        """Make a day off, half, leave or worked (`MarkKind`); None gives it back to the calendar."""
        with self._database.write(source="plan") as session:
            return mark_day(session, day, None if kind is None else MarkKind(kind), note, self._clock.now())

    @property
    def _today(self) -> date:
        return self._clock.today()

    def _month(self, session: "Session", month: date) -> MonthView:
        ground, cursor = self._ground(session, month), cursor_of(session)
        rows = rows_between(cursor, month, month_end(month))
        is_planned = has_plan(rows)
        missed = self._missed(session, month)
        days = {need.key: need.stands_on for need in missed if need.stands_on is not None}
        unplaced = unplaced_views(missed, ground, told_of(cursor, month), days)
        return month_view(month, ground, rows, unplaced, self._today, is_planned=is_planned)

    def _missed(self, session: "Session", month: date) -> list[Need]:
        """Return what is owed in a month and has no day, or one after its deadline."""
        owed = read_problem(cursor_of(session), self._basis(session, month), month, self._today).needs
        return [need for need in owed if need.stands_on is None or is_late(need)]

    def _need_without_a_day(self, session: "Session", day: date, customer_id: UUID) -> Need | None:
        month = day.replace(day=1)
        if not has_plan(rows_between(cursor_of(session), month, month_end(month))):
            return None
        return first_without_a_day(self._missed(session, month), customer_id, day)

    def _move(
        self, session: "Session", writer: PlanWriter, ground: PlanGround, visit_id: UUID, to_day: date,
        place: int | None, words_code: str,
    ) -> PlanDeed:  # fmt: skip
        move = plan_moves.look_at(cursor_of(session), ground, self._today, visit_id, to_day, place)
        plan_moves.carry_out(writer, ground, self._today, move)
        names, days = _names(ground, move.row.customer_id), [move.row.day, to_day]
        return writer.deed(words_code, breaks=move.breach or "", names=names, days=days)

    def _ground(self, session: "Session", day: date) -> PlanGround:
        first, last = self._span(day)
        return self._grounds.kept(cursor_of(session), first, last, self._today)

    def _basis(self, session: "Session", month: date) -> MonthBasis:
        return self._bases.kept(cursor_of(session), month, self._today)

    def _fresh(self, session: "Session", day: date) -> PlanGround:
        return self._grounds.fresh(cursor_of(session), *self._span(day), self._today)

    def _span(self, day: date) -> tuple[date, date]:
        first, last = min(day, self._today), max(day, self._today)
        return first.replace(day=1) - _MARGIN, month_end(last) + _MARGIN

    @contextmanager
    def _writing(self, day: date) -> "Generator[tuple[Session, PlanWriter, PlanGround]]":
        with self._database.write(source="plan") as session:
            ground = self._ground(session, day)
            yield session, PlanWriter(session, ground, self._clock.now()), ground

    def _refuse_past(self, day: date) -> None:
        if day < self._today:
            raise RuleError(Refusal(Problem.DAY_PASSED))


def _row(cursor: object, visit_id: UUID) -> PlanRow:
    row = row_of(cursor, visit_id)
    if row is None:
        raise RuleError(Refusal(Problem.NOT_FOUND, "visit"))
    return row


def _names(ground: PlanGround, customer_id: UUID) -> tuple[str, ...]:
    shop = ground.shops.get(customer_id)
    return () if shop is None else (shop.name,)
