"""The day: filled by the rule once, kept, re-ordered and added to."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.geo import GeoPoint
from app.domain.planning.setup import PlanSetup
from app.domain.playbook import Playbook
from app.domain.reasons import VisitReason, Why
from app.domain.visit import VisitStatus
from app.models.customer import Customer
from app.models.local import OutboxEntry
from app.models.visit import Promise, Visit
from app.runtime.clock import Clock
from app.services.days import Days, DaySheet
from app.services.plans import Plans
from app.storage.database import Database
from tests.builders import a_customer, a_visit

FRIDAY = date(2022, 4, 29)
SATURDAY = date(2022, 4, 30)


@pytest.fixture
def days(database: Database, clock: Clock, playbook: Playbook) -> Days:
    return Days(database, clock, playbook)


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


def _by_id(session: Session, customer_id: UUID) -> Customer:
    return session.get_one(Customer, customer_id)


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


def _codes_by_id(sheet: DaySheet) -> dict[str, UUID]:
    return {stop.code: stop.visit_id for stop in sheet.stops if stop.visit_id}


def _end(database: Database, visit_id: UUID, status: VisitStatus, **fields: object) -> None:
    with database.write() as session:
        visit = session.get_one(Visit, visit_id)
        visit.status = status.value
        for name, value in fields.items():
            setattr(visit, name, value)


def test_a_shop_that_was_moved_to_the_day_always_comes_and_says_from_when(database: Database, days: Days) -> None:
    shops = _shops(database)
    with database.write() as session:
        moved = a_visit(session, _by_id(session, shops[2]), date(2022, 4, 28), status="moved", end_reason="no_time")
        moved.moved_to = FRIDAY
    stop = next(stop for stop in days.open(FRIDAY).stops if stop.code == "C2")
    assert Why(VisitReason.PINNED, day=date(2022, 4, 28)) in stop.why


def test_a_moved_shop_that_was_served_in_between_does_not_come_again(database: Database, days: Days) -> None:
    shops = _shops(database)
    with database.write() as session:
        a_visit(session, _by_id(session, shops[2]), date(2022, 4, 26), status="moved", moved_to=FRIDAY)
        a_visit(session, _by_id(session, shops[2]), date(2022, 4, 27), status="done")
    assert "C2" not in _codes(days.open(FRIDAY))


def test_a_shop_added_by_hand_says_so(database: Database, days: Days) -> None:
    shops = _shops(database)
    days.open(FRIDAY)
    days.add(FRIDAY, shops[2])
    assert VisitReason.PINNED in [why.code for why in days.show(FRIDAY).stops[-1].why]


def test_a_visit_begun_elsewhere_before_the_day_was_opened_does_not_keep_it_empty(
    database: Database, days: Days
) -> None:
    shops = _shops(database)
    with database.write() as session:
        begun = a_visit(session, _by_id(session, shops[2]), FRIDAY).id
    sheet = days.open(FRIDAY)
    assert sorted(_codes(sheet)) == ["C0", "C1", "C2", "C3", "C4", "C6", "C7"]
    assert _codes_by_id(sheet)["C2"] == begun


def test_the_rule_never_brings_back_what_a_person_took_out(database: Database, days: Days) -> None:
    _shops(database)
    for visit_id in _codes_by_id(days.open(FRIDAY)).values():
        days.remove(visit_id)
    assert days.open(FRIDAY).stops == ()


def test_a_stop_that_is_put_back_has_its_old_place(database: Database, days: Days) -> None:
    _shops(database)
    before = [stop.visit_id for stop in days.open(FRIDAY).stops if stop.visit_id]
    days.reorder(FRIDAY, before[::-1])
    before.reverse()
    days.remove(before[2])
    days.put_back(before[2], before)
    assert [stop.visit_id for stop in days.show(FRIDAY).stops] == before


def test_the_saving_that_is_told_is_the_saving_that_comes(database: Database, days: Days) -> None:
    _shops(database)
    visits = _codes_by_id(days.open(FRIDAY))
    assert days.saving(FRIDAY) is None
    days.reorder(FRIDAY, [visits[code] for code in ("C0", "C7", "C1", "C6", "C3", "C4")])
    before = days.show(FRIDAY).km
    told = days.saving(FRIDAY)
    assert told is not None
    days.shorten(FRIDAY)
    assert before - days.show(FRIDAY).km == pytest.approx(told)
    assert days.saving(FRIDAY) is None


def test_re_sorting_begins_at_the_shop_left_last_and_not_at_one_that_was_cancelled(
    database: Database, days: Days
) -> None:
    _shops(database)
    visits = _codes_by_id(days.open(FRIDAY))
    noon = datetime(2022, 4, 29, 12, tzinfo=UTC)
    _end(database, visits["C7"], VisitStatus.DONE, left_at=noon)
    _end(database, visits["C4"], VisitStatus.DONE, left_at=noon - timedelta(hours=1))
    _end(database, visits["C0"], VisitStatus.CANCELLED)
    days.shorten(FRIDAY)
    assert [code for code in _codes(days.show(FRIDAY)) if code in {"C1", "C3", "C6"}] == ["C6", "C3", "C1"]


def test_re_sorting_leaves_the_visit_under_way_before_the_rest(database: Database, days: Days) -> None:
    _shops(database)
    visits = _codes_by_id(days.open(FRIDAY))
    _end(database, visits["C4"], VisitStatus.IN_PROGRESS)
    days.shorten(FRIDAY)
    assert _codes(days.show(FRIDAY))[0] == "C4"


def test_the_nearest_shops_without_a_stop_are_offered(database: Database, days: Days) -> None:
    shops = _shops(database)
    days.open(FRIDAY)
    offered = days.nearby(FRIDAY, shops[4])
    assert [shop.code for shop in offered] == ["C5", "C2"]
    assert offered[0].km == pytest.approx(1.12, abs=0.01)


def test_a_sheet_can_say_why_it_is_empty(database: Database, days: Days) -> None:
    sheet = days.open(FRIDAY)
    assert (sheet.shops, sheet.with_order_day, sheet.order_soon) == (0, 0, 0)
    _shops(database)
    sheet = days.open(FRIDAY)
    assert (sheet.shops, sheet.with_order_day, sheet.order_soon) == (8, 8, 6)


def test_the_card_has_the_steps_of_the_last_agreement_open_ones_first(database: Database, days: Days) -> None:
    shops = _shops(database, 1)
    with database.write() as session:
        old = a_visit(session, _by_id(session, shops[0]), date(2022, 3, 8), status="done")
        last = a_visit(session, _by_id(session, shops[0]), date(2022, 4, 8), status="done")
        for visit, text, done in (
            (old, "旧的未办", None),
            (old, "旧的已办", date(2022, 3, 10)),
            (last, "腾出陈列位", date(2022, 4, 9)),
            (last, "补齐 6 张价签", None),
        ):
            session.add(Promise(customer_id=shops[0], visit_id=visit.id, text=text, done_on=done))
            session.flush()
    assert [(one.text, one.done) for one in days.card(shops[0]).agreed] == [
        ("旧的未办", False),
        ("补齐 6 张价签", False),
        ("腾出陈列位", True),
    ]


def test_on_a_saturday_the_shops_of_monday_come(database: Database, playbook: Playbook) -> None:
    _shops(database)
    days = Days(database, Clock(as_of=SATURDAY), playbook)
    assert sorted(_codes(days.open(SATURDAY))) == ["C1", "C4", "C7"]


def test_the_sketch_has_every_shop_with_coordinates(database: Database, days: Days) -> None:
    _shops(database, 3)
    with database.deliver(source="registration") as session:
        a_customer(session, code="nowhere", name="无坐标")
    assert [shop.name for shop in days.surroundings()] == ["店0", "店1", "店2"]


def test_the_way_is_shorter_without_a_stop_that_was_moved_and_the_day_without_a_visit_refused(
    database: Database, days: Days
) -> None:
    _shops(database)
    whole = days.open(FRIDAY)
    first, last = whole.stops[0].visit_id, whole.stops[-1].visit_id
    assert first is not None
    assert last is not None
    _end(database, last, VisitStatus.MOVED)
    moved = days.show(FRIDAY)
    assert moved.km == pytest.approx(whole.km - whole.stops[-1].km)
    assert moved.hours < whole.hours
    assert len(moved.stops) == len(whole.stops)
    _end(database, first, VisitStatus.REFUSED)
    refused = days.show(FRIDAY)
    assert refused.km == pytest.approx(moved.km)
    assert refused.hours < moved.hours


def test_the_way_begins_and_ends_where_the_person_set_it_and_times_are_those_of_the_plan(
    database: Database, clock: Clock, playbook: Playbook, days: Days
) -> None:
    """The east end of the line is home: the day goes west and comes back, and Today and the plan tell one story."""
    _shops(database)
    plans, home = Plans(database, clock, playbook), GeoPoint(41.5, -93.4)
    bare = days.show(FRIDAY).km
    plans.save_setup(PlanSetup(start=home, end=home, begins=time(8, 30)))

    sheet = days.open(FRIDAY)

    assert sheet.km > bare
    route = plans.route(FRIDAY)
    assert sheet.km == pytest.approx(route.km_now or 0.0)
    assert days.saving(FRIDAY) is None
    assert (route.km_now or 0.0) == pytest.approx(route.km, abs=0.1)
    turned = [stop.visit_id for stop in reversed(sheet.stops) if stop.visit_id]
    days.reorder(FRIDAY, turned)
    times = [stop.planned_at for stop in days.show(FRIDAY).stops]
    assert not plans.reorder(FRIDAY, turned).changes.ids
    assert [stop.planned_at for stop in days.show(FRIDAY).stops] == times
