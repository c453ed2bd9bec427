"""What shops are owed in a month: counts and windows, holidays, deadlines, what was done, what stands."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.planning.needs import Made, Standing, gaps_fit, is_cadence, least_gap, needs_of
from app.domain.planning.problem import Need, PlanShop, Trigger, WorkDay
from tests.domain.planning.months import MONTH, shop, working_days

DAYS = working_days()


def windows(needs: tuple[Need, ...]) -> list[tuple[int, int]]:
    return [(need.earliest.day, need.latest.day) for need in needs]


def test_a_weekly_shop_is_owed_a_visit_for_each_of_its_order_days() -> None:
    # September 2025: Wednesdays are 3, 10, 17, 24.
    needs = needs_of([shop(1, "V1", weekday=3)], (), DAYS)
    assert windows(needs) == [(1, 3), (4, 10), (11, 17), (18, 24)]
    assert [need.key for need in needs] == ["C001/1", "C001/2", "C001/3", "C001/4"]


def test_every_two_weeks_is_twice_and_monthly_once() -> None:
    assert windows(needs_of([shop(1, "V2")], (), DAYS)) == [(1, 15), (16, 30)]
    assert windows(needs_of([shop(1, "V3")], (), DAYS)) == [(1, 30)]


def test_a_rhythm_of_ten_days_is_three_visits() -> None:
    needs = needs_of([replace(shop(1), every_days=10, order_weekday=None)], (), DAYS)
    assert windows(needs) == [(1, 10), (11, 19), (22, 30)]


def test_a_rhythm_beyond_the_month_is_owed_when_it_is_due() -> None:
    seldom = replace(shop(1), every_days=60)
    assert len(needs_of([replace(seldom, last_visit=date(2025, 7, 20))], (), DAYS)) == 1
    assert needs_of([replace(seldom, last_visit=date(2025, 8, 20))], (), DAYS) == ()


def test_a_week_of_holidays_moves_the_visit_to_the_nearest_working_days() -> None:
    off = [date(2025, 9, day) for day in range(1, 16)]
    needs = needs_of([shop(1, "V2")], (), working_days(off=off))
    assert windows(needs)[0] == (16, 18)
    assert windows(needs)[1][0] >= 16
    assert gaps_fit([(need.earliest, need.latest) for need in needs], [day.day for day in working_days(off=off)], 7)


def test_order_weeks_without_a_working_day_are_not_made_up_for_twice() -> None:
    off = [date(2025, 9, day) for day in range(1, 20)]
    needs = needs_of([shop(1, "V1", weekday=3)], (), working_days(off=off))
    days = [day.day for day in working_days(off=off)]
    assert gaps_fit([(need.earliest, need.latest) for need in needs], days, least_gap(7))
    assert needs[-1].latest == date(2025, 9, 24)


def test_a_visit_too_near_the_last_one_of_the_month_before_waits() -> None:
    needs = needs_of([replace(shop(1, "V3"), last_visit=date(2025, 8, 30))], (), DAYS)
    assert windows(needs) == [(8, 30)]


def test_a_deadline_is_served_by_the_cadence_visit_that_fits() -> None:
    complaint = Trigger(shop(1).id, "complaint", date(2025, 9, 10), date(2025, 9, 12))
    (need,) = needs_of([shop(1, "V3")], [complaint], DAYS)
    assert (need.earliest.day, need.latest.day, need.has_deadline) == (10, 12, True)
    assert need.reasons == ("cadence", "complaint")


def test_a_deadline_that_no_cadence_visit_meets_is_a_visit_of_its_own() -> None:
    complaint = Trigger(shop(1).id, "complaint", date(2025, 9, 10), date(2025, 9, 12))
    needs = needs_of([shop(1, "V3")], [complaint], DAYS, done=[Made(shop(1).id, date(2025, 9, 2), "C001/1")])
    assert [(need.key, need.has_deadline) for need in needs] == [("C001/complaint", True)]


def test_two_triggers_of_a_shop_share_one_visit() -> None:
    since = date(2025, 9, 10)
    triggers = [Trigger(shop(1).id, code, since, since + timedelta(days=2)) for code in ("complaint", "missed_order")]
    (need,) = needs_of([shop(1, "V3")], triggers, DAYS)
    assert need.reasons == ("cadence", "complaint", "missed_order")


def test_a_deadline_on_days_off_moves_to_a_working_day_and_one_of_next_month_to_the_last_day() -> None:
    weekend = Trigger(shop(1).id, "complaint", date(2025, 9, 6), date(2025, 9, 7))
    (need,) = needs_of([shop(1, "V3")], [weekend], DAYS)
    assert date(2025, 9, 4) <= need.earliest <= need.latest <= date(2025, 9, 9)
    late = Trigger(shop(1).id, "promise", date(2025, 9, 29), date(2025, 10, 3))
    (need,) = needs_of([shop(1, "V3")], [late], DAYS)
    assert (need.earliest.day, need.latest.day) == (29, 30)


def test_what_was_done_is_not_owed_again() -> None:
    made = [Made(shop(1).id, date(2025, 9, 8))]
    needs = needs_of([shop(1, "V1", weekday=3)], (), DAYS, done=made, today=date(2025, 9, 9))
    assert [need.key for need in needs] == ["C001/3", "C001/4"]


def test_a_missed_month_half_is_made_up_for_and_a_missed_order_week_is_not() -> None:
    today = date(2025, 9, 16)
    assert [need.key for need in needs_of([shop(1, "V2")], (), DAYS, today=today)] == ["C001/1", "C001/2"]
    weekly = needs_of([shop(1, "V1", weekday=3)], (), DAYS, today=today)
    assert [need.key for need in weekly] == ["C001/3", "C001/4"]


def test_a_missed_month_half_is_not_made_up_for_shortly_before_the_next_visit() -> None:
    needs = needs_of([shop(1, "V2")], (), DAYS, today=date(2025, 9, 22))
    assert [(need.key, need.earliest.day, need.latest.day) for need in needs] == [("C001/2", 22, 30)]
    standing = [Standing("C001/1", shop(1).id, date(2025, 9, 23))]
    stays = needs_of([shop(1, "V2")], (), DAYS, standing=standing, today=date(2025, 9, 22))
    assert [need.key for need in stays] == ["C001/1", "C001/2"], "what was given a day keeps it"


def test_a_visit_for_an_order_comes_before_it_though_few_days_are_left() -> None:
    monday = shop(1, "V1", weekday=1)  # Mondays are 1, 8, 15, 22, 29.
    assert windows(needs_of([monday], (), DAYS, today=date(2025, 9, 22))) == [(22, 22), (23, 29)]
    saturday = shop(1, "V1", weekday=6)  # Saturdays are 6, 13, 20, 27.
    assert windows(needs_of([saturday], (), DAYS, today=date(2025, 9, 20))) == [(22, 26)]


def test_what_stands_keeps_its_day_and_a_locked_visit_stays_though_nothing_asks_for_it() -> None:
    day = date(2025, 9, 12)
    standing = [
        Standing("C001/1", shop(1).id, day),
        Standing("by hand", shop(1).id, day + timedelta(days=7), locked=True),
        Standing("C001/complaint", shop(1).id, day + timedelta(days=3)),
    ]
    needs = needs_of([shop(1, "V3")], (), DAYS, standing=standing)
    assert [(need.key, need.stands_on, need.locked) for need in needs] == [
        ("C001/1", day, False),
        ("by hand", day + timedelta(days=7), True),
    ]


def test_a_month_without_working_days_owes_nothing_that_could_be_planned() -> None:
    assert needs_of([shop(1)], (), ()) == ()


@st.composite
def calendars(draw: st.DrawFn) -> list[WorkDay]:
    off = draw(st.sets(st.integers(0, 29), max_size=18))
    return working_days(off=[MONTH + timedelta(days=step) for step in off])


shops = st.builds(
    lambda every, weekday, last: replace(shop(1, "V3", weekday=weekday), every_days=every, last_visit=last),
    st.integers(1, 60),
    st.one_of(st.none(), st.integers(1, 5)),
    st.one_of(st.none(), st.dates(date(2025, 7, 1), date(2025, 8, 31))),
)
triggers = st.lists(
    st.builds(
        lambda since, length: Trigger(
            shop(1).id, "complaint", MONTH + timedelta(days=since), MONTH + timedelta(days=since + length)
        ),
        st.integers(0, 29),
        st.integers(0, 9),
    ),
    max_size=3,
)


@given(shops, triggers, calendars(), st.integers(0, 29))
@settings(max_examples=300)
def test_windows_hold_working_days_keys_are_unique_and_cadence_visits_can_keep_their_gap(
    made: PlanShop, found: list[Trigger], days: list[WorkDay], today: int
) -> None:
    needs = needs_of([made], found, days, today=MONTH + timedelta(days=today))
    dates = [day.day for day in days if day.day >= MONTH + timedelta(days=today)]
    assert len({need.key for need in needs}) == len(needs)
    for need in needs:
        assert need.earliest in dates
        assert need.latest in dates
        assert need.earliest <= need.latest
    cadence = [(need.earliest, need.latest) for need in needs if is_cadence(need)]
    assert gaps_fit(cadence, dates, least_gap(made.every_days))


@given(shops, calendars(), st.lists(st.integers(0, 29), max_size=6))
def test_each_visit_that_was_made_is_one_less_that_is_owed(
    made: PlanShop, days: list[WorkDay], steps: list[int]
) -> None:
    done = [Made(made.id, MONTH + timedelta(days=step)) for step in steps]
    before, after = needs_of([made], (), days), needs_of([made], (), days, done=done)
    assert len(after) <= max(0, len(before))
    assert {need.key for need in after} <= {f"{made.code}/{number}" for number in range(1, 40)}


@given(shops, triggers, calendars())
def test_every_trigger_of_the_month_is_served_by_a_visit(
    made: PlanShop, found: list[Trigger], days: list[WorkDay]
) -> None:
    needs = needs_of([made], found, days)
    for trigger in found if days else []:
        if any(trigger.since <= day.day <= trigger.by for day in days):
            assert any(
                trigger.code in need.reasons and need.latest <= trigger.by and need.earliest >= trigger.since
                for need in needs
            )
