"""Deeds on the plan: each by itself, what is refused, and any row of them undone again."""

from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from typing_extensions import override

from app.domain.planning.setup import PlanSetup
from app.domain.problems import Problem, RuleError
from app.domain.visit import VisitStatus
from app.models.visit import Visit
from app.runtime.clock import Clock
from app.runtime.paths import DataFolder
from app.services.days import Days
from app.services.plans import Plans
from app.services.visits import Visits
from app.storage.database import Database
from tests.fresh_stores import fresh_store, fresh_vault
from tests.services.plan_town import TODAY, ahead, build_town, rows_of

if TYPE_CHECKING:
    from app.domain.playbook import Playbook
    from app.services.plan_values import PlanDeed

TUESDAY, WEDNESDAY, SATURDAY = ahead(1), ahead(2), ahead(5)


class Town:
    """A town with its plan."""

    def __init__(self, database: Database, playbook: "Playbook", count: int = 10) -> None:
        self.database = database
        self.shops = build_town(database, count)
        clock = Clock(as_of=TODAY)
        self.plans = Plans(database, clock, playbook)
        self.visits = Visits(database, clock, playbook)
        self.days = Days(database, clock, playbook)

    def on(self, day: date) -> list[UUID]:
        """Return the visits of a day in their order."""
        view = self.plans.month(day)
        return [stop.visit_id for one in view.days if one.day == day for stop in one.stops]

    def fill(self, day: date, *numbers: int) -> list[UUID]:
        """Put shops into a day and return its visits in the order of the shops."""
        for number in numbers:
            self.plans.drop_in(day, self.shops[number])
        view = self.plans.month(day)
        by_shop = {stop.customer_id: stop.visit_id for one in view.days if one.day == day for stop in one.stops}
        return [by_shop[self.shops[number]] for number in numbers]

    def refused(self, error: RuleError) -> set[Problem]:
        return {one.problem for one in error.refusals}


@pytest.fixture
def town(database: Database, playbook: "Playbook") -> Town:
    return Town(database, playbook)


def test_a_move_does_what_its_effect_said(town: Town) -> None:
    first, *_ = town.fill(TUESDAY, 0, 3, 6)
    town.fill(WEDNESDAY, 1, 4)
    km_before = sum(day.km for day in town.plans.month(TODAY).days)
    effect = town.plans.effect(first, WEDNESDAY)
    deed = town.plans.move(first, WEDNESDAY)
    after = town.plans.month(TODAY)
    assert sum(day.km for day in after.days) - km_before == pytest.approx(effect.km)
    day = next(one for one in after.days if one.day == WEDNESDAY)
    assert (len(day.stops), day.minutes) == (effect.to_stops, effect.to_minutes)
    assert (effect.from_stops, deed.days, deed.breaks) == (2, (TUESDAY, WEDNESDAY), "")
    stop = next(stop for stop in day.stops if stop.visit_id == first)
    assert stop.on_order_day is effect.on_order_day


def test_the_place_in_the_day_is_the_one_that_was_asked_for(town: Town) -> None:
    first, *_ = town.fill(TUESDAY, 0, 3)
    town.fill(WEDNESDAY, 1, 4, 7)
    town.plans.move(first, WEDNESDAY, 2)
    assert town.on(WEDNESDAY)[1] == first
    town.plans.move(first, WEDNESDAY, 4)
    assert town.on(WEDNESDAY)[-1] == first


def test_today_shows_the_visits_of_the_plan_in_its_order(town: Town) -> None:
    visits = town.fill(TODAY, 2, 5, 8)
    town.plans.reorder(TODAY, [visits[2], visits[0], visits[1]])
    sheet = town.days.open(TODAY)
    assert [stop.visit_id for stop in sheet.stops] == [visits[2], visits[0], visits[1]]


def test_a_visit_that_has_begun_is_neither_moved_nor_undone(town: Town) -> None:
    first, second = town.fill(TODAY, 0, 3)
    deed = town.plans.move(second, TUESDAY)
    back = town.plans.undo(deed)
    town.visits.start(second)
    before = rows_of(town.database)
    for refused in (
        lambda: town.plans.move(second, WEDNESDAY),
        lambda: town.plans.take_out(second),
        lambda: town.plans.swap(first, second),
        lambda: town.plans.undo(back),
    ):
        with pytest.raises(RuleError) as told:
            refused()
        assert town.refused(told.value) == {Problem.VISIT_BEGUN}
        assert "店3" in str(told.value)
    assert rows_of(town.database) == before


def test_what_nobody_may_is_refused_and_said_before(town: Town) -> None:
    first, second = town.fill(TUESDAY, 0, 3)
    town.fill(WEDNESDAY, 0)
    town.plans.lock([second], locked=True)
    for visit, day, problem, code in (
        (first, ahead(-1), Problem.DAY_PASSED, "past"),
        (first, WEDNESDAY, Problem.TWICE_A_DAY, "twice"),
        (second, WEDNESDAY, Problem.VISIT_FIXED, "locked"),
    ):
        assert town.plans.effect(visit, day).breaks == code
        with pytest.raises(RuleError) as told:
            town.plans.move(visit, day)
        assert town.refused(told.value) == {problem}
    town.plans.lock([second], locked=False)
    assert town.plans.move(second, WEDNESDAY).breaks == ""


def test_a_day_off_may_be_chosen_and_is_told(town: Town) -> None:
    (visit,) = town.fill(TUESDAY, 0)
    assert town.plans.effect(visit, SATURDAY).breaks == "day_off"
    assert town.plans.move(visit, SATURDAY).breaks == "day_off"
    assert next(day for day in town.plans.month(TODAY).days if day.day == SATURDAY).is_over


def test_tomorrow_passes_over_days_off_and_days_that_have_the_shop(town: Town) -> None:
    (friday,) = town.fill(ahead(11), 0)
    town.fill(ahead(14), 0)
    town.plans.tomorrow(friday)
    assert town.on(ahead(15)) == [friday]


def test_a_swap_exchanges_days_and_places(town: Town) -> None:
    a = town.fill(TUESDAY, 0, 3, 6)
    b = town.fill(WEDNESDAY, 1, 4)
    town.plans.reorder(TUESDAY, a)
    town.plans.reorder(WEDNESDAY, b)
    deed = town.plans.swap(a[1], b[0])
    assert (town.on(TUESDAY), town.on(WEDNESDAY)) == ([a[0], b[0], a[2]], [a[1], b[1]])
    town.plans.undo(deed)
    assert (town.on(TUESDAY), town.on(WEDNESDAY)) == (a, b)


def test_shortening_never_lengthens_and_leaves_what_was_begun_first(town: Town) -> None:
    visits = town.fill(TODAY, 0, 8, 1, 7, 2, 6)
    town.plans.reorder(TODAY, visits)
    town.visits.start(visits[0])
    before = next(day.km for day in town.plans.month(TODAY).days if day.day == TODAY)
    town.plans.shorten(TODAY)
    assert town.on(TODAY)[0] == visits[0]
    assert next(day.km for day in town.plans.month(TODAY).days if day.day == TODAY) < before


def test_what_falls_out_of_a_late_day_comes_on_a_later_one(town: Town) -> None:
    visits = town.fill(TODAY, 0, 1, 2, 3)
    assert not town.plans.late(TODAY, datetime.combine(TODAY, datetime.min.time())).falls_out
    evening = datetime.combine(TODAY, datetime.min.time()).replace(hour=17)
    late = town.plans.late(TODAY, evening)
    assert late.falls_out
    assert late.minutes_late > 0
    deed = town.plans.drop_late(TODAY, evening)
    fallen = {stop.visit_id for stop in late.falls_out}
    assert set(town.on(TODAY)) == set(visits) - fallen
    assert all(day > TODAY for day in deed.days)
    assert not town.plans.late(TODAY, evening).falls_out
    assert {state.id for state in deed.before} >= fallen


def test_what_falls_out_overfills_no_day_while_another_has_room(town: Town) -> None:
    town.plans.save_setup(PlanSetup(stops=2))
    visits = town.fill(TODAY, 0, 1, 2, 3, 4, 5)
    with town.database.write() as session:
        for visit_id in visits:
            session.get_one(Visit, visit_id).due_by = TUESDAY
    night = datetime.combine(TODAY, datetime.min.time()).replace(hour=20)
    deed = town.plans.drop_late(TODAY, night)
    loads = {day.day: len(day.stops) for day in town.plans.month(TODAY).days if day.stops}
    assert sum(loads.values()) == len(deed.before) == 6
    assert max(loads.values()) <= 2


def test_a_moved_visit_comes_to_the_planned_day_and_goes_back_when_it_is_reopened(town: Town) -> None:
    (visit,) = town.fill(TODAY, 0)
    town.fill(WEDNESDAY, 4)
    town.visits.end_otherwise(visit, VisitStatus.MOVED, "owner_away", moved_to=WEDNESDAY)
    [brought] = [stop for stop in town.days.open(WEDNESDAY).stops if stop.customer_id == town.shops[0]]
    assert brought.visit_id != visit
    town.visits.reopen(visit)
    assert [stop.customer_id for stop in town.days.open(WEDNESDAY).stops] == [town.shops[4]]
    assert town.on(TODAY) == [visit]


class Deeds(RuleBasedStateMachine):
    """Any deeds in any order; at the end all of them are undone."""

    def __init__(self) -> None:
        super().__init__()
        self.root = TemporaryDirectory()
        folder = DataFolder(Path(self.root.name) / "data")
        self.opened = fresh_store(folder, fresh_vault(folder))
        self.done: list[PlanDeed] = []

    @initialize()
    def open_town(self) -> None:
        from app.playbooks import load_playbook

        self.town = Town(self.opened.database, load_playbook(), count=6)
        for number in range(6):
            self.town.fill(ahead(number % 3), number)
        self.begin = rows_of(self.town.database)

    def _visits(self) -> list[UUID]:
        return sorted(visit for day in self.town.plans.month(TODAY).days for visit in (s.visit_id for s in day.stops))

    def _try(self, deed: "object") -> None:
        before = rows_of(self.town.database)
        try:
            done = deed()  # type: ignore[operator]
        except RuleError:
            assert rows_of(self.town.database) == before
        else:
            self.done.append(done)

    @rule(which=st.integers(0, 9), day=st.integers(-1, 8), place=st.none() | st.integers(1, 5))
    def move(self, which: int, day: int, place: int | None) -> None:
        visits = self._visits()
        if visits:
            visit = visits[which % len(visits)]
            breaks = self.town.plans.effect(visit, ahead(day), place).breaks
            count = len(self.done)
            self._try(lambda: self.town.plans.move(visit, ahead(day), place))
            if len(self.done) > count:
                assert self.done[-1].breaks == breaks

    @rule(a=st.integers(0, 9), b=st.integers(0, 9))
    def swap(self, a: int, b: int) -> None:
        visits = self._visits()
        if visits:
            self._try(lambda: self.town.plans.swap(visits[a % len(visits)], visits[b % len(visits)]))

    @rule(which=st.integers(0, 9), locked=st.booleans())
    def lock(self, which: int, locked: bool) -> None:
        visits = self._visits()
        if visits:
            self._try(lambda: self.town.plans.lock([visits[which % len(visits)]], locked=locked))

    @rule(which=st.integers(0, 9))
    def tomorrow(self, which: int) -> None:
        visits = self._visits()
        if visits:
            self._try(lambda: self.town.plans.tomorrow(visits[which % len(visits)]))

    @rule(which=st.integers(0, 9))
    def take_out(self, which: int) -> None:
        visits = self._visits()
        if visits:
            self._try(lambda: self.town.plans.take_out(visits[which % len(visits)]))

    @rule(shop=st.integers(0, 5), day=st.integers(-1, 8))
    def drop_in(self, shop: int, day: int) -> None:
        self._try(lambda: self.town.plans.drop_in(ahead(day), self.town.shops[shop]))

    @rule(day=st.integers(0, 3), seed=st.randoms(use_true_random=False))
    def reorder(self, day: int, seed: "object") -> None:
        order = self.town.on(ahead(day))
        seed.shuffle(order)  # type: ignore[attr-defined]
        self._try(lambda: self.town.plans.reorder(ahead(day), order))
        assert self.town.on(ahead(day)) == order

    @rule()
    def undo_and_redo(self) -> None:
        if self.done:
            after = rows_of(self.town.database)
            back = self.town.plans.undo(self.done[-1])
            self.town.plans.undo(back)
            assert rows_of(self.town.database) == after

    @invariant()
    def hard_rules_hold(self) -> None:
        if not hasattr(self, "town"):
            return
        for day in self.town.plans.month(TODAY).days:
            shops = [stop.customer_id for stop in day.stops]
            assert len(shops) == len(set(shops))
            assert day.day >= TODAY or not day.stops
        numbers: dict[object, list[object]] = {}
        for row in rows_of(self.town.database):
            numbers.setdefault(row[2], []).append(row[3])
        for found in numbers.values():
            assert sorted(found) == list(range(1, len(found) + 1))  # type: ignore[type-var]

    @override
    def teardown(self) -> None:
        try:
            if hasattr(self, "town"):
                for deed in reversed(self.done):
                    self.town.plans.undo(deed)
                assert rows_of(self.town.database) == self.begin
        finally:
            self.opened.database.close()
            self.root.cleanup()


Deeds.TestCase.settings = settings(max_examples=12, stateful_step_count=15)
TestDeeds = Deeds.TestCase
