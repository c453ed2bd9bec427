"""What a month is planned from, read from a real store: shops, days, travel, triggers, what was made, what stands."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from app.domain.complaint import answer_of
from app.domain.geo import GeoPoint, TravelRules
from app.domain.planning.problem import MonthProblem, Need, PlanShop, Span
from app.domain.planning.setup import PlanSetup
from app.domain.planning.working_days import CHINA, NONE
from app.domain.playbook import Playbook
from app.models.customer import Customer
from app.models.exchange import Task
from app.models.plan import DayOff
from app.models.visit import ImprovementPlan, Promise
from app.services.onboarding import read_onboarding
from app.services.plan_cadence import read_cadences, read_choices
from app.services.plan_decisions import choose_cadence
from app.services.plan_past import read_travel
from app.services.plan_reading import read_basis, read_days, read_marks, read_problem, read_shops
from app.services.plan_setup import PLAN_SETUP, calendar_of, read_setup, setup_text
from app.storage.database import Database
from app.storage.facts import CURRENCY, write_fact
from tests.builders import a_customer, a_product, a_visit, an_order

TODAY = date(2026, 11, 18)  # a Wednesday
NOVEMBER, DECEMBER = date(2026, 11, 1), date(2026, 12, 1)


class Story:
    """A store with one shop, and what is read from it."""

    def __init__(self, database: Database, playbook: Playbook) -> None:
        self.database, self.playbook = database, playbook
        self.shop = self.add("C1", order_weekday=2, market_type="C", gis_lat=30, gis_lng=112)

    def add(self, code: str, **fields: Any) -> UUID:
        with self.database.write() as session:
            return a_customer(session, code, f"{code}店", **fields).id

    def change(self, **fields: Any) -> None:
        with self.database.write() as session:
            for name, value in fields.items():
                setattr(session.get_one(Customer, self.shop), name, value)

    def visit(self, day: date, status: str = "done", shop: UUID | None = None, **fields: Any) -> UUID:
        with self.database.write() as session:
            return a_visit(session, session.get_one(Customer, shop or self.shop), day, status, **fields).id

    def stay(self, day: date, begins: time, minutes: float, shop: UUID | None = None, **fields: Any) -> None:
        arrived = datetime.combine(day, begins).astimezone(UTC)
        self.visit(day, shop=shop, arrived_at=arrived, left_at=arrived + timedelta(minutes=minutes), **fields)

    def put(self, row: Any) -> None:
        with self.database.write() as session:
            session.add(row)

    def plan_shop(self, shop: UUID | None = None) -> PlanShop:
        with self.database.look() as cursor:
            setup = read_setup(cursor, self.playbook.parameters.visits)
            return read_shops(cursor, self.playbook, TODAY, setup)[shop or self.shop]

    def problem(self, month: date = NOVEMBER) -> MonthProblem:
        with self.database.look() as cursor:
            return read_problem(cursor, read_basis(cursor, self.playbook, month, TODAY), month, TODAY)

    def needs(self, reason: str, month: date = NOVEMBER) -> list[Need]:
        return [need for need in self.problem(month).needs if reason in need.reasons]


@pytest.fixture
def story(database: Database, playbook: Playbook) -> Story:
    return Story(database, playbook)


def test_the_setup_is_kept_whole_and_has_the_numbers_of_the_playbook_before(story: Story) -> None:
    rules = story.playbook.parameters.visits
    with story.database.look() as cursor:
        plain = read_setup(cursor, rules)
    assert plain == PlanSetup(minutes_town=rules.minutes_town, minutes_country=rules.minutes_country)
    chosen = PlanSetup(
        GeoPoint(30.5, 112.25),
        "家",
        GeoPoint(30.5, 112.5),
        "公司",
        time(8, 15),
        time(16, 45),
        None,
        18,
        300,
        9,
        14,
        NONE,
    )
    write_fact(story.database, PLAN_SETUP, setup_text(chosen))
    with story.database.look() as cursor:
        assert read_setup(cursor, rules) == chosen


@pytest.mark.parametrize(("currency", "chosen", "expected"), [
    (None, "", CHINA), ("CNY", "", CHINA), ("USD", "", NONE), ("USD", CHINA, CHINA), ("CNY", NONE, NONE),
])  # fmt: skip
def test_the_calendar_follows_from_the_territory_unless_it_was_chosen(
    story: Story, currency: str | None, chosen: str, expected: str
) -> None:
    if currency:
        write_fact(story.database, CURRENCY, currency)
    with story.database.look() as cursor:
        assert calendar_of(cursor, PlanSetup(calendar=chosen)) == expected


def test_of_two_marks_of_a_day_the_newest_counts(story: Story) -> None:
    story.put(DayOff(day=TODAY, kind="half"))
    story.put(DayOff(day=TODAY, kind="leave"))
    story.put(DayOff(day=TODAY + timedelta(days=1), kind="party"))
    with story.database.look() as cursor:
        assert {day: kind.value for day, kind in read_marks(cursor).items()} == {TODAY: "leave"}
        (day,) = read_days(cursor, PlanSetup(), TODAY, TODAY)
    assert not day.is_worked


def test_a_visit_lasts_as_the_last_ones_did_or_as_in_town_or_country(story: Story) -> None:
    country = story.add("C2", market_type="X")
    assert (story.plan_shop().minutes, story.plan_shop(country).minutes) == (10, 12)
    for day, minutes in ((2, 20), (3, 16)):
        story.stay(date(2026, 11, day), time(9), minutes)
    assert story.plan_shop().minutes == 10, "two visits say nothing"
    story.stay(date(2026, 11, 4), time(9), 17.5)
    assert story.plan_shop().minutes == 18
    story.stay(date(2026, 11, 5), time(9), 600)
    assert story.plan_shop().minutes == 18, "who stayed ten hours forgot to leave"


def test_a_shop_without_timed_visits_takes_as_long_as_others_of_its_class(story: Story) -> None:
    shops = [story.add(f"N{number}", market_type="X") for number in range(6)]
    new = story.add("N9", market_type="X")
    for shop in shops:
        for day in range(2, 6):
            story.stay(date(2026, 11, day), time(9), 25, shop)
    assert story.plan_shop(new).minutes == 25
    write_fact(story.database, PLAN_SETUP, setup_text(PlanSetup(minutes_country=15)))
    assert (story.plan_shop(new).minutes, story.plan_shop(shops[0]).minutes) == (15, 25), "what a person set goes first"


def test_times_that_were_typed_later_teach_neither_length_nor_speed(story: Story) -> None:
    far = story.add("C2", gis_lat=30.2, gis_lng=112)
    points: dict[UUID, GeoPoint | None] = {story.shop: GeoPoint(30, 112), far: GeoPoint(30.2, 112)}
    for back in range(1, 26):
        day = TODAY - timedelta(days=back)
        story.stay(day, time(9), 30, paper_entered_at=datetime.combine(day, time(20)).astimezone())
        story.stay(day, time(9, 40), 30, far)
    assert (story.plan_shop().minutes, story.plan_shop(far).minutes) == (10, 30)
    with story.database.look() as cursor:
        assert read_travel(cursor, points, TODAY) == TravelRules()


def test_no_way_is_learnt_from_a_visit_that_was_left_too_late_in_the_program(story: Story) -> None:
    far = story.add("C2", gis_lat=30.2, gis_lng=112)
    points: dict[UUID, GeoPoint | None] = {story.shop: GeoPoint(30, 112), far: GeoPoint(30.2, 112)}
    for back in range(1, 26):
        day = TODAY - timedelta(days=back)
        story.stay(day, time(6), 185)
        story.stay(day, time(9, 30), 10, far)
    with story.database.look() as cursor:
        assert read_travel(cursor, points, TODAY) == TravelRules()


def test_a_cycle_of_two_weeks_counts_from_the_newest_order(story: Story) -> None:
    story.change(order_cycle_type="two_weekly", order_begin_date=date(2019, 1, 1), tier=28)
    assert story.plan_shop().every_days == 14
    with story.database.write() as session:
        product = a_product(session)
        an_order(session, session.get_one(Customer, story.shop), date(2026, 10, 27), {product: 5})
    assert [(need.earliest.day, need.latest.day) for need in story.needs("cadence", DECEMBER)] == [(2, 8), (16, 22)]


def test_what_past_visits_say_of_a_shop(story: Story) -> None:
    for day in (3, 10, 12, 17):
        story.visit(date(2026, 11, day))
    story.visit(TODAY, "closed")
    found = story.plan_shop()
    assert (found.usual_weekday, found.last_visit) == (2, date(2026, 11, 17))


def test_a_shop_without_coordinates_is_presumed_in_its_village(story: Story) -> None:
    story.change(village="河东村")
    other = story.add("C2", village="河东村")
    lost = story.add("C3", village="河西村")
    found = story.plan_shop(other)
    assert (found.point, found.presumed) == (GeoPoint(30, 112), True)
    assert not story.plan_shop().presumed
    assert story.plan_shop(lost).point is None


def test_hours_and_tags_of_the_archive_narrow_the_day(story: Story) -> None:
    story.change(opening_hours="8:00-20:00", visit_window_tag=["no_noon"], traffic_tag=["market_morning"])
    assert story.plan_shop().open_spans == (Span(time(9, 30), time(11, 30)), Span(time(14), time(20)))


def test_a_chosen_cadence_holds_until_it_is_given_back(story: Story) -> None:
    def choose(cadence: str | None, day: date) -> None:
        with story.database.write() as session:
            choose_cadence(session, story.shop, cadence, " 老板换人 ", day)

    def codes() -> list[str]:
        with story.database.look() as cursor:
            rules = story.playbook.parameters.cadence
            return [
                read_cadences(cursor, rules, TODAY + timedelta(days=ahead))[story.shop].code for ahead in (0, 1, 2, 3)
            ]

    assert codes() == ["V3"] * 4
    choose("V1", TODAY + timedelta(days=1))
    choose("V1", TODAY + timedelta(days=1))
    choose(None, TODAY + timedelta(days=3))
    assert codes() == ["V3", "V1", "V1", "V3"]
    with story.database.look() as cursor:
        choices = read_choices(cursor)[story.shop]
    assert [(one.cadence, one.reason) for one in choices] == [("V1", "老板换人"), (None, "老板换人")]


def test_a_shop_with_a_sku_in_its_launch_month_is_visited_each_cycle(story: Story) -> None:
    other = story.add("C2")
    with story.database.write() as session:
        old = a_product(session, 1, is_key=True, listed_on=TODAY - timedelta(days=40))
        new = a_product(session, 2, is_key=True, listed_on=TODAY - timedelta(days=10))
        an_order(session, session.get_one(Customer, story.shop), TODAY - timedelta(days=3), {new: 2})
        an_order(session, session.get_one(Customer, other), TODAY - timedelta(days=3), {old: 2})
    assert [story.plan_shop(shop).cadence for shop in (story.shop, other)] == ["V1", "V3"]


def _follow_ups(session: Session, story: Story, visit: UUID) -> None:
    due = date(2026, 11, 27)
    session.add(Promise(customer_id=story.shop, visit_id=visit, text="送价签", due_on=due))
    session.add(Promise(customer_id=story.shop, visit_id=visit, text="已办", due_on=due, done_on=TODAY))
    session.add(
        ImprovementPlan(
            customer_id=story.shop, visit_id=visit, item="D01", current_state="C", target_state="B", due_on=due
        )
    )
    for state in ("assigned", "done"):
        session.add(
            Task(
                manager="M1", customer_id=story.shop, title="核实", due_on=due, assigned_by="总部", state=state,
                assigned_at=datetime(2026, 11, 2, tzinfo=UTC),
            )
        )  # fmt: skip


def test_open_promises_plans_and_tasks_want_a_visit_before_they_are_due(story: Story) -> None:
    visit = story.visit(date(2026, 11, 2))
    with story.database.write() as session:
        _follow_ups(session, story, visit)
    for code in ("promise_due", "plan_due", "task"):
        (need,) = story.needs(code)
        assert need.has_deadline
        assert date(2026, 11, 20) <= need.earliest <= need.latest <= date(2026, 11, 27), code


def test_a_refusal_for_supply_or_service_is_a_complaint(story: Story) -> None:
    story.visit(date(2026, 11, 17), "refused", end_reason="complaint")
    (need,) = story.needs("complaint")
    assert (need.earliest, need.latest) == (TODAY, date(2026, 11, 19))


def test_a_complaint_told_at_a_visit_wants_another_one_until_it_is_answered(story: Story) -> None:
    visit = story.visit(TODAY - timedelta(days=1))
    due = TODAY + timedelta(days=1)
    story.put(Promise(id=answer_of(visit), customer_id=story.shop, visit_id=visit, text="答复", due_on=due))
    (need,) = story.needs("complaint")
    assert (need.earliest, need.latest, need.has_deadline) == (TODAY, due, True)
    assert story.needs("promise_due") == []
    with story.database.write() as session:
        session.get_one(Promise, answer_of(visit)).due_on = TODAY - timedelta(days=5)
    (need,) = story.needs("complaint")
    assert need.latest == TODAY + timedelta(days=1), "what is overdue has its two working days from today on"
    with story.database.write() as session:
        session.get_one(Promise, answer_of(visit)).done_on = TODAY
    assert story.needs("complaint") == []


def test_a_moved_visit_comes_on_its_new_day(story: Story) -> None:
    story.visit(date(2026, 11, 16), "moved", moved_to=date(2026, 11, 24))
    (need,) = story.needs("moved")
    assert need.earliest == need.latest == date(2026, 11, 24)


def test_missed_orders_want_a_visit_but_not_where_all_missed_them(story: Story) -> None:
    others = [story.add(f"D{number}", order_weekday=2) for number in range(4)]
    with story.database.write() as session:
        sku = a_product(session, 1)
        for shop in (story.shop, *others):
            for back in range(2 if shop in others else 5, 15):
                day = date(2026, 11, 24) - timedelta(weeks=back)
                an_order(session, session.get_one(Customer, shop), day, {sku: 5})
    (need,) = story.needs("missed_orders")
    assert need.shop == story.shop
    with story.database.write() as session:
        for shop in others:
            session.get_one(Customer, shop).exit_date = TODAY
    assert story.needs("missed_orders") == []


def test_an_order_unlike_the_ones_before_wants_a_visit(story: Story) -> None:
    with story.database.write() as session:
        sku, shop = a_product(session, 1), session.get_one(Customer, story.shop)
        for back in range(1, 30):
            an_order(session, shop, date(2026, 11, 17) - timedelta(weeks=back), {sku: 20})
        an_order(session, shop, date(2026, 11, 17), {sku: 90})
    (need,) = story.needs("alert")
    assert need.latest <= date(2026, 11, 24)


def test_of_a_month_under_way_only_what_is_ahead_is_planned(story: Story) -> None:
    story.change(tier=16)
    assert len(story.needs("cadence", DECEMBER)) == 2
    story.visit(date(2026, 11, 5))
    story.visit(TODAY, need_key="C1/2")
    problem = story.problem()
    assert problem.needs == ()
    assert problem.days[0].day == TODAY
    assert (problem.days[0].stops, problem.days[1].stops) == (24, 25), "one stop of today is behind"


def test_the_plan_as_it_stands_is_known_with_its_locks(story: Story) -> None:
    day = date(2026, 12, 9)
    story.visit(day, "planned", need_key="C1/1", locked=True, planned_on=day)
    (need,) = story.needs("cadence", DECEMBER)
    assert (need.key, need.stands_on, need.locked) == ("C1/1", day, True)


def test_what_a_person_put_in_serves_the_cadence_and_takes_its_place_in_the_day(story: Story) -> None:
    day = date(2026, 12, 9)
    story.visit(day, "planned", reasons=["pinned"])
    problem = story.problem(DECEMBER)
    assert problem.needs == ()
    assert {one.day: one.stops for one in problem.days}[day] == 24


def test_the_same_store_gives_the_same_problem(story: Story) -> None:
    for number in range(6):
        story.add(f"D{number}", order_weekday=1 + number % 5, gis_lat=30 + number / 10, gis_lng=112)
    assert story.problem(DECEMBER) == story.problem(DECEMBER)


def test_how_fast_one_gets_ahead_is_learnt_from_the_own_check_ins(story: Story) -> None:
    far = story.add("C2", gis_lat=30.2, gis_lng=112)
    points: dict[UUID, GeoPoint | None] = {story.shop: GeoPoint(30, 112), far: GeoPoint(30.2, 112)}
    with story.database.look() as cursor:
        assert read_travel(cursor, points, TODAY) == TravelRules()
    for back in range(1, 26):
        day = TODAY - timedelta(days=back)
        story.stay(day, time(9), 10)
        story.stay(day, time(9, 40), 10, far)
    with story.database.look() as cursor:
        learnt = read_travel(cursor, points, TODAY)
    assert learnt.speed_kmh == pytest.approx(22.24 * 1.35 / 0.5, rel=0.01), "22.24 km straight in half an hour"


def test_the_steps_with_a_new_customer_are_kept_with_its_visits(story: Story) -> None:
    rules = story.playbook.parameters.cadence
    with story.database.look() as cursor:
        assert read_onboarding(cursor, story.shop, TODAY, rules) is None
    story.change(join_date=TODAY - timedelta(days=20))
    story.visit(TODAY - timedelta(days=10), onboarding_done=["record", "price_list"])
    current = story.visit(TODAY, "in_progress", onboarding_done=["order_terms"])
    with story.database.look() as cursor:
        found = read_onboarding(cursor, story.shop, TODAY, rules, current)
    assert found is not None
    assert ([one.step.code for one in found.due], found.visits) == (["first_order"], 1)
