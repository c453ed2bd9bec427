"""Moving visits by hand: what a move would change, and the move itself with both of its days timed anew."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from app.domain.planning.moving import NEVER, Breach, Target, breach_of
from app.domain.planning.problem import Need
from app.domain.planning.running import added_km, cheapest_place
from app.domain.planning.views import MoveEffect
from app.domain.problems import Problem, Refusal, RuleError
from app.domain.reasons import VisitReason
from app.domain.visit import VisitStatus
from app.runtime.ids import new_id
from app.services.plan_ground import PlanGround
from app.services.plan_rows import PlanRow, row_of, rows_between
from app.services.plan_values import PlanDeed
from app.services.plan_view import gone_to
from app.services.plan_writing import PlanWriter
from app.storage.database import cursor_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_REFUSED = {
    Breach.BEGUN: Problem.VISIT_BEGUN,
    Breach.LOCKED: Problem.VISIT_FIXED,
    Breach.PAST: Problem.DAY_PASSED,
    Breach.TWICE: Problem.TWICE_A_DAY,
}
_DAYS_AHEAD_AT_MOST = 14
"""How far a visit that falls out of its day is moved where it has no deadline."""


@dataclass(frozen=True, slots=True)
class Move:
    """A move that was looked at: to which place (from 0) among the others of the day, and what it breaks."""

    row: PlanRow
    to_day: date
    place: int
    others: tuple[PlanRow, ...]
    """The stops of the day without the visit itself."""
    breach: Breach | None
    is_new: bool = False
    """It is a shop that has no visit on that day yet, not a visit from elsewhere."""

    @property
    def order(self) -> list[UUID]:
        """The stops of the day in order, with the visit among them."""
        ids = [row.id for row in self.others]
        return [*ids[: self.place], self.row.id, *ids[self.place :]]


def look_at(
    cursor: Any, ground: PlanGround, today: date, visit_id: UUID, to_day: date, place: int | None = None
) -> Move:
    """Return what a move would be. Raises RuleError with NOT_FOUND."""
    row = row_of(cursor, visit_id)
    if row is None:
        raise RuleError(Refusal(Problem.NOT_FOUND, "visit"))
    return _move(cursor, ground, today, row, to_day, place)


def look_at_dropping(
    cursor: Any, ground: PlanGround, today: date, customer_id: UUID, day: date, place: int | None = None
) -> Move:  # fmt: skip
    """Return what putting a shop into a day would be. Raises RuleError with NOT_FOUND."""
    if customer_id not in ground.shops:
        raise RuleError(Refusal(Problem.NOT_FOUND, "customer"))
    wish = PlanRow(
        new_id(), customer_id, day, None, None, VisitStatus.PLANNED, (VisitReason.PINNED.value,), locked=False,
        due_by=None, need_key=None, planned_on=None, arrived_at=None, left_at=None, moved_to=None, end_reason=None,
    )  # fmt: skip
    return _move(cursor, ground, today, wish, day, place, is_new=True)


def effect_of(cursor: Any, ground: PlanGround, move: Move) -> MoveEffect:
    """Return what a move would change, for both of its days together."""
    row, to_day = move.row, move.to_day
    came_from = gone_to(rows_between(cursor, row.day, row.day))
    with_it = [*move.others[: move.place], row, *move.others[move.place :]]
    then = ground.run(to_day, with_it)
    if row.day == to_day:
        km = then.km - ground.run(to_day, came_from).km
        left = len(came_from)
    else:
        rest = [one for one in came_from if one.id != row.id]
        km = then.km - ground.run(to_day, list(move.others)).km
        km += ground.run(row.day, rest).km - ground.run(row.day, came_from).km
        left = len(rest)
    work = ground.work_day(to_day)
    return MoveEffect(
        km=km,
        from_stops=left,
        to_stops=len(with_it),
        to_capacity=work.stops,
        to_minutes=then.minutes,
        to_capacity_minutes=work.minutes,
        on_order_day=bool(ground.on_order_day(row.customer_id, to_day)),
        breaks=move.breach or "",
    )


def carry_out(writer: PlanWriter, ground: PlanGround, today: date, move: Move) -> None:
    """Move the visit and time both of its days anew. Raises RuleError where nobody may."""
    refuse(ground, move)
    visit = writer.visit(move.row.id)
    came_from = visit.day
    visit.planned_on = visit.planned_on or came_from
    visit.day = move.to_day
    writer.order(move.to_day, move.order)
    if came_from != move.to_day and came_from >= today:
        writer.order(came_from, [])


def refuse(ground: PlanGround, move: Move) -> None:
    """Raise RuleError where a move breaks what nobody may break."""
    if move.breach is not None and move.breach in NEVER:
        raise RuleError(Refusal(_REFUSED[move.breach], ground.named(move.row.customer_id)[1]))


def next_day_for(cursor: Any, ground: PlanGround, today: date, row: PlanRow) -> date:
    """Return the next working day on which the shop has no visit yet. Raises RuleError with NO_DAY_LEFT."""
    for day in ground.working_days(max(row.day, today)):
        if all(one.customer_id != row.customer_id for one in gone_to(rows_between(cursor, day, day))):
            return day
    raise RuleError(Refusal(Problem.NO_DAY_LEFT, ground.named(row.customer_id)[1]))


def best_day_for(cursor: Any, ground: PlanGround, today: date, row: PlanRow) -> date:
    """Return the day that suits a visit best which falls out of its own.

    A day with room before one that is full, for there it would only fall out again; then in time, order day before
    other days, the shortest way more, the earliest. Raises RuleError with NO_DAY_LEFT.
    """
    after = max(row.day, today)
    until = max(row.due_by or date.min, after + timedelta(days=_DAYS_AHEAD_AT_MOST))
    ranked: list[tuple[tuple[bool, bool, bool, float, date], date]] = []
    for day in ground.working_days(after):
        if day > until:
            break
        move = _move(cursor, ground, today, row, day, None, ignore_lock=True)
        if move.breach in NEVER:
            continue
        full = _is_over(ground, row, day, move.others)
        point = ground.call(row.customer_id).point
        km = added_km(ground.points(list(move.others)), move.place, point, ground.ends, ground.travel)
        late = move.breach is Breach.DEADLINE
        match = bool(ground.on_order_day(row.customer_id, day))
        ranked.append(((full, late, not match, round(km, 3), day), day))
    if not ranked:
        raise RuleError(Refusal(Problem.NO_DAY_LEFT, ground.named(row.customer_id)[1]))
    return min(ranked)[1]


def swap(
    cursor: Any, writer: PlanWriter, ground: PlanGround, today: date, a: PlanRow, b: PlanRow
) -> PlanDeed:  # fmt: skip
    """Exchange day and place of two visits. Raises RuleError where nobody may."""
    breaches: list[Breach] = []
    orders: dict[date, list[UUID]] = {}
    for row, other in ((a, b), (b, a)):
        stops = gone_to(rows_between(cursor, row.day, row.day))
        theirs = [
            stop for stop in gone_to(rows_between(cursor, other.day, other.day)) if stop.id not in {row.id, other.id}
        ]
        move = Move(row, other.day, 0, tuple(theirs), _breach(ground, today, row, other.day, theirs))
        refuse(ground, move)
        breaches += [move.breach] if move.breach is not None else []
        exchange = {a.id: b.id, b.id: a.id}
        orders[row.day] = [exchange.get(stop.id, stop.id) for stop in stops]
    for row, other in ((a, b), (b, a)):
        visit = writer.visit(row.id)
        visit.planned_on = visit.planned_on or row.day
        visit.day = other.day
    for day, order in orders.items():
        writer.order(day, order)
    names = [ground.named(a.customer_id)[1], ground.named(b.customer_id)[1]]
    return writer.deed(
        "swapped",
        breaks=next((breach for breach in Breach if breach in breaches), ""),
        names=names,
        days=[a.day, b.day],
    )


def drop_in(
    cursor: Any, writer: PlanWriter, ground: PlanGround, today: date, day: date, customer_id: UUID,
    place: int | None = None, need: Need | None = None,
) -> PlanDeed:  # fmt: skip
    """Put a shop into a day, at the cheapest place where none is told; `need` is what it is owed and has no day.

    Raises RuleError where nobody may.
    """
    move = look_at_dropping(cursor, ground, today, customer_id, day, place)
    refuse(ground, move)
    reasons = move.row.reasons if need is None else (*need.reasons, *move.row.reasons)
    key, due_by = (None, None) if need is None else (need.key, need.latest)
    writer.put(customer_id, day, reasons=reasons, visit_id=move.row.id, need_key=key, due_by=due_by)
    writer.order(day, move.order)
    names = [ground.named(customer_id)[1]]
    return writer.deed("dropped_in", breaks=move.breach or "", names=names, days=[day])


def bring_to_best_day(
    session: "Session", writer: PlanWriter, ground: PlanGround, today: date, visit_id: UUID
) -> date:  # fmt: skip
    """Move a visit to the day that suits it best and return that day; a lock goes with it."""
    cursor = cursor_of(session)
    row = row_of(cursor, visit_id)
    if row is None:
        raise RuleError(Refusal(Problem.NOT_FOUND, "visit"))
    day = best_day_for(cursor, ground, today, row)
    carry_out(writer, ground, today, _move(cursor, ground, today, row._replace(locked=False), day, None))
    return day


def first_free_place(stops: Sequence[PlanRow]) -> int:
    """Return the place (from 0) behind everything of a day that was begun or has ended."""
    return max((number for number, row in enumerate(stops, 1) if not row.is_planned), default=0)


def _move(
    cursor: Any, ground: PlanGround, today: date, row: PlanRow, to_day: date, place: int | None, *,
    ignore_lock: bool = False, is_new: bool = False,
) -> Move:  # fmt: skip
    others = [one for one in gone_to(rows_between(cursor, to_day, to_day)) if one.id != row.id]
    first = first_free_place(others)
    if place is None:
        point = ground.call(row.customer_id).point
        found = cheapest_place(ground.points(others), point, ground.ends, ground.travel, first)
    else:
        found = min(max(place - 1, first), len(others))
    seen = row._replace(locked=False) if ignore_lock else row
    breach = _breach(ground, today, seen, to_day, others, is_new=is_new)
    return Move(row, to_day, found, tuple(others), breach, is_new)


def _breach(
    ground: PlanGround, today: date, row: PlanRow, to_day: date, others: Sequence[PlanRow], *, is_new: bool = False
) -> Breach | None:  # fmt: skip
    target = Target(
        to_day,
        is_working=ground.is_working(to_day),
        has_shop_already=any(one.customer_id == row.customer_id for one in others),
        is_over=_is_over(ground, row, to_day, others),
    )
    from_day = date.min if is_new else row.day
    return breach_of(
        target, today, from_day=from_day, is_planned=row.is_planned, locked=row.locked, due_by=row.due_by
    )  # fmt: skip


def _is_over(ground: PlanGround, row: PlanRow, day: date, others: Sequence[PlanRow]) -> bool:
    """Tell whether a day holds more than fits into it once a visit is added to others."""
    work = ground.work_day(day)
    return len(others) >= work.stops or ground.run(day, [*others, row]).minutes > work.minutes
