"""The day: filled by the rule once, kept, re-ordered and added to."""

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from sqlalchemy import func, select

from app.domain.reasons import VisitReason
from app.domain.visit import VisitStatus
from app.models.local import OutboxEntry
from app.models.visit import Promise, Visit
from app.runtime.clock import Clock
from app.services.days import Days, DaySheet
from app.storage.database import Database
from tests.builders import a_customer, a_visit

FRIDAY = date(2022, 4, 29)
SATURDAY = date(2022, 4, 30)


@pytest.fixture
def days(database: Database, clock: Clock) -> Days:
    return Days(database, clock)


def _shops(database: Database, count: int = 8) -> list[UUID]:
    """Make shops on a line to the east; the order day of the first is Friday, of the next Monday, and so on."""
    weekdays = (5, 1, 3)
    with database.deliver(source="registration") as session:
        return [
            a_customer(
                session,
                code=f"C{number}",
                name=f"店{number}",
                order_weekday=weekdays[number % 3],
                gis_lat=Decimal("41.5"),
                gis_lng=Decimal("-93.5") + Decimal(number) / 100,
            ).id
            for number in range(count)
        ]


def _codes(sheet: DaySheet) -> list[str]:
    return [stop.code for stop in sheet.stops]


def test_shops_of_today_and_of_the_next_order_day_come(database: Database, days: Days) -> None:
    _shops(database)
    sheet = days.show(FRIDAY)
    assert sorted(_codes(sheet)) == ["C0", "C1", "C3", "C4", "C6", "C7"]
    assert sheet.next_order_day == date(2022, 5, 2)
    first = {stop.code: stop.why[0].code for stop in sheet.stops}
    assert first["C0"] is VisitReason.ORDER_DAY_TODAY
    assert first["C1"] is VisitReason.ORDER_DAY_NEXT


def test_looking_at_a_day_writes_nothing(database: Database, days: Days) -> None:
    _shops(database)
    days.show(FRIDAY)
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Visit)) == 0


def test_opening_a_day_keeps_it_and_queues_it(database: Database, days: Days) -> None:
    _shops(database)
    first = days.open(FRIDAY)
    assert days.open(FRIDAY) == first
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Visit)) == 6
        assert session.scalar(select(func.count()).select_from(OutboxEntry)) == 6


def test_a_day_of_the_past_is_not_filled(database: Database, days: Days) -> None:
    _shops(database)
    days.open(date(2022, 4, 1))
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Visit)) == 0


def test_a_shop_served_this_week_is_left_out_and_the_longest_waiting_comes_first(
    database: Database, days: Days
) -> None:
    shops = _shops(database)
    with database.write() as session:
        a_visit(session, _by_id(session, shops[0]), date(2022, 4, 27), status="done")
    assert "C0" not in _codes(days.show(FRIDAY))


def _by_id(session: object, customer_id: UUID) -> object:
    from app.models.customer import Customer

    return session.get_one(Customer, customer_id)  # type: ignore[attr-defined]


def test_a_promise_that_is_due_is_a_reason(database: Database, days: Days) -> None:
    shops = _shops(database)
    with database.write() as session:
        visit = a_visit(session, _by_id(session, shops[0]), date(2022, 4, 8), status="done")
        session.add(Promise(customer_id=shops[0], visit_id=visit.id, text="补齐 6 张价签", due_on=date(2022, 4, 28)))
    stop = next(stop for stop in days.show(FRIDAY).stops if stop.code == "C0")
    assert VisitReason.PROMISE_DUE in [why.code for why in stop.why]


def test_an_unplanned_shop_is_added_once(database: Database, days: Days) -> None:
    shops = _shops(database)
    days.open(FRIDAY)
    days.add(FRIDAY, shops[2])
    days.add(FRIDAY, shops[2])
    assert _codes(days.show(FRIDAY)).count("C2") == 1


def test_a_stop_taken_out_can_be_put_back(database: Database, days: Days) -> None:
    _shops(database)
    stop = days.open(FRIDAY).stops[0]
    assert stop.visit_id is not None
    days.remove(stop.visit_id)
    assert stop.code not in _codes(days.show(FRIDAY))
    days.put_back(stop.visit_id)
    assert stop.code in _codes(days.show(FRIDAY))


def test_the_order_that_a_person_gave_is_kept_and_timed(database: Database, days: Days) -> None:
    _shops(database)
    ids = [stop.visit_id for stop in days.open(FRIDAY).stops]
    days.reorder(FRIDAY, [i for i in reversed(ids) if i])
    sheet = days.show(FRIDAY)
    assert [stop.visit_id for stop in sheet.stops] == ids[::-1]
    times = [stop.planned_at for stop in sheet.stops]
    assert times == sorted(times)


def test_shortening_begins_where_the_manager_is(database: Database, days: Days) -> None:
    _shops(database)
    sheet = days.open(FRIDAY)
    served = next(stop for stop in sheet.stops if stop.code == "C7")
    with database.write() as session:
        session.get_one(Visit, served.visit_id).status = VisitStatus.DONE.value
    days.reorder(FRIDAY, [s.visit_id for s in sheet.stops if s.visit_id and s.code in {"C0", "C3"}])
    days.shorten(FRIDAY)
    assert _codes(days.show(FRIDAY)) == ["C7", "C6", "C4", "C3", "C1", "C0"]


def test_on_a_saturday_the_shops_of_monday_come(database: Database) -> None:
    _shops(database)
    days = Days(database, Clock(as_of=SATURDAY))
    assert sorted(_codes(days.open(SATURDAY))) == ["C1", "C4", "C7"]


def test_the_sketch_has_every_shop_with_coordinates(database: Database, days: Days) -> None:
    _shops(database, 3)
    with database.deliver(source="registration") as session:
        a_customer(session, code="nowhere", name="无坐标")
    assert [shop.name for shop in days.surroundings()] == ["店0", "店1", "店2"]
