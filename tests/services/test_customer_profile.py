"""The profile of one customer: archive, twelve months against last year, diagnosis, plans, timeline, hints."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy.orm import Session

from app.domain.archive import Section
from app.domain.diagnosis import State
from app.domain.playbook import Playbook
from app.domain.problems import RuleError
from app.domain.shop_hints import HintCode
from app.domain.visit import VisitStatus
from app.models.customer import Customer
from app.models.visit import DiagnosisRating, ImprovementPlan, Photo, Visit
from app.runtime.clock import Clock
from app.services.customer_profile import CustomerProfile, CustomerProfiles
from app.services.customer_timeline import EventKind
from app.services.customers import Customers
from app.storage.database import Database
from tests.builders import a_customer, a_product, a_visit, an_order

TODAY = date(2022, 4, 29)


@pytest.fixture
def profiles(database: Database, clock: Clock, playbook: Playbook) -> CustomerProfiles:
    return CustomerProfiles(database, clock, playbook)


def rate(session: Session, visit: Visit, **states: str | None) -> None:
    for item, state in states.items():
        session.add(DiagnosisRating(visit_id=visit.id, item=item, state=state))
    session.flush()


def a_plan(session: Session, customer: Customer, visit: Visit, item: str, due: date | None, **fields: object) -> None:
    values: dict[str, object] = {"current_state": "C", "target_state": "B", "measures": [f"{item}-1"], **fields}
    session.add(ImprovementPlan(customer_id=customer.id, visit_id=visit.id, item=item, due_on=due, **values))
    session.flush()


@pytest.fixture
def shop(database: Database) -> UUID:
    with database.deliver("import customers.csv") as session:
        customer = a_customer(
            session, "7", "周记", shop_name="老周食杂店", market_type="X", format="Z", size_class="1", tier=12,
            license_no="330102600417", license_to=TODAY + timedelta(days=59), operator_name="周建国",
        )  # fmt: skip
        product = a_product(session)
        for day, quantity in ((date(2020, 12, 5), 7), (date(2021, 4, 10), 40), (date(2022, 2, 5), 30)):
            an_order(session, customer, day, {product: quantity})
        an_order(session, customer, date(2022, 4, 16), {product: 35})
        first = a_visit(session, customer, date(2022, 1, 10), "done", wrap_note="补齐价签")
        rate(session, first, D01="C", D02="B")
        second = a_visit(
            session, customer, date(2022, 4, 12), "done", arrived_at=datetime(2022, 4, 12, 2, 21, tzinfo=UTC)
        )
        rate(session, second, D01="A", D02=None, D03="B")
        session.add(
            Photo(visit_id=second.id, sha256="0" * 64, byte_size=1, width=1, height=1, added_at=second.changed_at)
        )
        a_plan(session, customer, second, "D01", date(2022, 5, 20))
        a_plan(session, customer, second, "D02", date(2022, 5, 10))
        a_plan(session, customer, first, "D03", date(2022, 2, 1), self_reached=True)
        a_plan(session, customer, first, "D04", None, target_state=None)
        return customer.id


def test_the_archive_comes_by_section_in_the_order_of_the_form(profiles: CustomerProfiles, shop: UUID) -> None:
    profile = profiles.open(shop)
    assert (profile.name, profile.class_code, profile.value("tier")) == ("老周食杂店", "XZ1", 12)
    assert [part.key for part in profile.archive] == [s for s in Section if s is not Section.RELATION]
    assert profile.archive[0].values[0].field.key == "cust_code"
    assert profile.value("sku_width") is None


def test_months_before_the_first_order_are_unknown_and_empty_months_after_it_are_zero(
    profiles: CustomerProfiles, shop: UUID
) -> None:
    months = profiles.open(shop).months
    assert [pair.month for pair in months] == [date(2021, m, 1) for m in range(5, 13)] + [
        date(2022, m, 1) for m in range(1, 5)
    ]
    by_month = {pair.month: (pair.quantity, pair.last_year) for pair in months}
    assert by_month[date(2022, 4, 1)] == (35, 40)
    assert by_month[date(2022, 2, 1)] == (30, 0)
    assert by_month[date(2021, 12, 1)] == (0, 7)
    assert by_month[date(2021, 11, 1)] == (0, None)


def test_a_shop_without_orders_has_no_figures_at_all(database: Database, profiles: CustomerProfiles) -> None:
    with database.deliver("import") as session:
        empty = a_customer(session).id
    profile = profiles.open(empty)
    assert {(pair.quantity, pair.last_year) for pair in profile.months} == {(None, None)}
    assert (profile.timeline, profile.plans, profile.hints, profile.licence) == ((), (), (), None)
    assert profile.diagnosis.day is None
    assert len(profile.diagnosis.items) == 14


def test_each_item_shows_its_newest_state_and_the_one_before(profiles: CustomerProfiles, shop: UUID) -> None:
    diagnosis = profiles.open(shop).diagnosis
    standing = {item.code: (item.state, item.previous) for item in diagnosis.items}
    assert standing["D01"] == (State.A, State.C)
    assert standing["D02"] == (State.B, State.B)  # not judged again: it stands as it stood
    assert standing["D03"] == (State.B, None)
    assert standing["D14"] == (None, None)
    assert (diagnosis.day, diagnosis.previous_day) == (date(2022, 4, 12), date(2022, 1, 10))
    assert (diagnosis.count(State.A), diagnosis.count(State.B), diagnosis.better) == (1, 2, 2)


def test_open_plans_come_first_by_due_day_and_plans_without_a_target_not_at_all(
    profiles: CustomerProfiles, shop: UUID
) -> None:
    plans = profiles.open(shop).plans
    assert [(plan.item, plan.reached) for plan in plans] == [("D02", None), ("D01", None), ("D03", True)]
    assert plans[0].measures[0].zh != "D02-1"


def test_the_timeline_tells_visits_orders_and_changes_newest_first(
    profiles: CustomerProfiles, database: Database, clock: Clock, playbook: Playbook, shop: UUID
) -> None:
    Customers(database, clock, playbook).change_field(shop, "opening_hours", "7–22")
    assert profiles.open(shop).waiting_fields == {"opening_hours"}, "head office has not got it"
    timeline = profiles.open(shop).timeline
    assert [event.kind for event in timeline[:3]] == [EventKind.CHANGE, EventKind.ORDER, EventKind.VISIT]
    assert (timeline[0].field, timeline[0].new) == ("opening_hours", "7–22")
    assert (timeline[1].day, timeline[1].quantity) == (date(2022, 4, 16), 35)
    visit = timeline[2]
    assert (visit.status, visit.rated, visit.planned, visit.photos) == (VisitStatus.DONE, 2, 2, 1)
    assert [e.note for e in timeline if e.kind is EventKind.VISIT] == ["", "补齐价签"]
    assert [event.day for event in timeline] == sorted((event.day for event in timeline), reverse=True)


def test_the_licence_reminder_and_the_hints_are_there(profiles: CustomerProfiles, shop: UUID) -> None:
    profile = profiles.open(shop)
    assert profile.licence is not None
    assert (profile.licence.days_left, profile.licence.step) == (59, 60)
    assert [hint.code for hint in profile.hints] == [HintCode.GROCERY_LARGE]


def test_a_visit_under_way_is_named_so_that_it_can_be_gone_on_with(
    database: Database, profiles: CustomerProfiles, shop: UUID
) -> None:
    assert profiles.open(shop).visit_under_way is None
    with database.write() as session:
        under_way = a_visit(session, session.get_one(Customer, shop), TODAY).id
    assert profiles.open(shop).visit_under_way == under_way


def test_a_customer_that_is_not_there_is_refused(profiles: CustomerProfiles) -> None:
    with pytest.raises(RuleError):
        profiles.open(uuid4())


def test_planned_visits_are_no_part_of_the_timeline(database: Database, profiles: CustomerProfiles, shop: UUID) -> None:
    before: CustomerProfile = profiles.open(shop)
    with database.write() as session:
        a_visit(session, session.get_one(Customer, shop), TODAY, "planned")
    assert profiles.open(shop).timeline == before.timeline


def test_a_diagnosis_under_way_leaves_the_one_before_whole(
    database: Database, profiles: CustomerProfiles, playbook: Playbook
) -> None:
    codes = [item.code for item in playbook.diagnosis.items]
    with database.write() as session:
        customer = a_customer(session, "9")
        rate(session, a_visit(session, customer, TODAY - timedelta(days=14), "done"), **dict.fromkeys(codes, "B"))
        rate(session, a_visit(session, customer, TODAY), D01="A", D02="C")
        shop = customer.id
    view = profiles.open(shop).diagnosis
    assert (view.day, view.previous_day, view.judged) == (TODAY, TODAY - timedelta(days=14), 2)
    assert [item.previous for item in view.items] == [State.B] * 14
    assert [item.state for item in view.items[:3]] == [State.A, State.C, State.B]
    assert view.better == 0


def _hinted(database: Database, profiles: CustomerProfiles, weeks: dict[int, int], *, fresh: int = 0) -> list[HintCode]:
    """A shop with one order of so many 条 so many weeks ago; `fresh` of the newest are of a SKU it just began with."""
    with database.deliver("import orders.csv") as session:
        customer = a_customer(session, "jump", "老赵", order_weekday=5)
        sku, begun = a_product(session, 91), a_product(session, 92)
        for week, quantity in weeks.items():
            lines = {sku: quantity} | ({begun: fresh} if fresh and not week else {})
            an_order(session, customer, TODAY - timedelta(weeks=week), lines)
        shop = customer.id
    return [hint.code for hint in profiles.open(shop).hints]


def test_an_order_far_above_the_cycles_before_asks_for_the_cause(
    database: Database, profiles: CustomerProfiles
) -> None:
    long_ago = dict.fromkeys(range(4, 30), 20)
    assert _hinted(database, profiles, {0: 90, 1: 20, 2: 20, 3: 20, **long_ago}) == [HintCode.ORDER_JUMP]


def test_a_sku_that_the_shop_just_began_with_is_no_jump(database: Database, profiles: CustomerProfiles) -> None:
    steady = dict.fromkeys(range(1, 30), 20)
    assert _hinted(database, profiles, {0: 20, **steady}, fresh=70) == []


def test_an_order_after_missed_cycles_is_no_jump(database: Database, profiles: CustomerProfiles) -> None:
    assert _hinted(database, profiles, {0: 55, **dict.fromkeys(range(3, 30), 20)}) == []


def test_the_jump_of_a_new_customer_is_none(database: Database, profiles: CustomerProfiles) -> None:
    assert _hinted(database, profiles, {0: 90, 1: 20, 2: 20, 3: 20}) == []


def test_an_order_before_the_spring_festival_is_no_jump(database: Database, playbook: Playbook) -> None:
    festival = CustomerProfiles(database, Clock(as_of=date(2022, 1, 21)), playbook)
    weeks = {14: 90, **dict.fromkeys(range(15, 50), 20)}  # TODAY minus 14 weeks is that Friday
    assert _hinted(database, festival, weeks) == []
