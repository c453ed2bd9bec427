"""A month is computed, kept and planned again: which rows are touched, what stays, what is told."""

import shutil
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select, text

from app.domain.planning.setup import PlanSetup
from app.domain.planning.views import DayKind, MonthView, Overdue
from app.domain.problems import Problem, RuleError
from app.domain.visit import VisitStatus
from app.models.local import OutboxEntry
from app.models.sync_state import RowState
from app.models.visit import Visit
from app.runtime.cancel import CancelledError
from app.runtime.clock import Clock
from app.runtime.paths import DataFolder
from app.services.days import Days
from app.services.plan_values import PlanDraft
from app.services.plans import Plans
from app.services.visits import Visits
from app.storage.database import Database
from app.storage.store import close_store, open_store
from tests.builders import a_customer, a_visit
from tests.fresh_stores import fresh_store, fresh_vault
from tests.services.plan_town import TODAY, ahead, build_town, rows_of

if TYPE_CHECKING:
    from uuid import UUID

    from app.domain.playbook import Playbook

JULY = date(2026, 7, 1)
SHOPS = 12
"""Each is owed two visits a month."""


def _plans(database: Database, playbook: "Playbook", today: date = TODAY) -> Plans:
    return Plans(database, Clock(as_of=today), playbook)


def _make(plans: Plans, month: date = JULY) -> PlanDraft:
    return plans.make(month, lambda _: None, lambda: False)


def _days_of(view: MonthView) -> "dict[UUID, date]":
    return {stop.visit_id: day.day for day in view.days for stop in day.stops}


@pytest.fixture(scope="module")
def planned_store(tmp_path_factory: pytest.TempPathFactory, playbook: "Playbook") -> tuple[DataFolder, bytes]:
    """A closed store of a town whose July is planned: computed once, copied for each test."""
    folder = DataFolder(tmp_path_factory.mktemp("planned") / "data")
    key = fresh_vault(folder)
    database = fresh_store(folder, key).database
    build_town(database, SHOPS, tier=20)
    plans = _plans(database, playbook)
    plans.keep(_make(plans))
    close_store(database)
    return folder, key


@pytest.fixture
def database(planned_store: tuple[DataFolder, bytes], tmp_path: Path) -> Iterator[Database]:
    """Give a copy of the planned store."""
    folder, key = planned_store
    shutil.copytree(folder.root, tmp_path / "copy")
    opened = open_store(DataFolder(tmp_path / "copy"), key)
    yield opened.database
    opened.database.close()


@pytest.fixture
def empty(data_folder: DataFolder, key: bytes) -> Iterator[Database]:
    """Give a store with nothing in it."""
    opened = fresh_store(data_folder, key)
    yield opened.database
    opened.database.close()


@pytest.fixture
def plans(database: Database, playbook: "Playbook") -> Plans:
    return _plans(database, playbook)


def test_a_draft_writes_nothing_and_is_kept_as_it_was_shown(empty: Database, playbook: "Playbook") -> None:
    build_town(empty, SHOPS, tier=20)
    plans = _plans(empty, playbook)
    shares: list[float] = []
    draft = plans.make(JULY, shares.append, lambda: False)
    assert rows_of(empty) == []
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    deed = plans.keep(draft)
    kept = plans.month(JULY)
    assert kept.is_planned
    assert kept.health == draft.view.health
    assert [[(s.code, s.number, s.planned_at, s.due_by, s.reasons) for s in day.stops] for day in kept.days] == [
        [(s.code, s.number, s.planned_at, s.due_by, s.reasons) for s in day.stops] for day in draft.view.days
    ]
    assert deed.words_code == "kept"
    assert len(deed.before) == kept.health.planned == 2 * SHOPS


def test_planning_again_with_nothing_changed_changes_nothing(database: Database, plans: Plans) -> None:
    before = rows_of(database)
    with database.read() as session:
        waiting = session.scalar(select(func.count()).select_from(OutboxEntry))
    again = _make(plans)
    assert again.moved == ()
    assert plans.keep(again).is_empty
    assert rows_of(database) == before
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(OutboxEntry)) == waiting


def test_keeping_is_undone_and_done_again_with_the_same_rows(database: Database, plans: Plans) -> None:
    first = rows_of(database)
    plans.set_day(date(2026, 7, 8), "leave")
    plans.save_setup(PlanSetup(stops=2))
    deed = plans.keep(_make(plans))
    kept = rows_of(database)
    assert kept != first
    back = plans.undo(deed)
    assert rows_of(database) == first
    plans.undo(back)
    assert rows_of(database) == kept


def test_every_visit_that_is_owed_has_a_day_or_a_reason(plans: Plans) -> None:
    plans.save_setup(PlanSetup(stops=1))
    plans.keep(_make(plans))
    month = plans.month(JULY)
    assert month.health.unplaced > 0
    assert month.health.due == month.health.planned + month.health.unplaced == 2 * SHOPS
    assert all(one.reason != "not_planned" for one in month.unplaced)
    assert all(len(day.stops) <= 1 for day in month.days)
    assert {one.code: one.kept for one in month.health.cadence}["V2"] < SHOPS
    told = plans.explain(month.unplaced[0].customer_id, JULY)
    assert told[0].code == "cadence"
    assert any(why.code == "unplaced" for why in told)


def test_a_new_plan_leaves_what_a_person_fixed_or_put_in(plans: Plans) -> None:
    view = plans.month(JULY)
    days = [day for day in view.days if day.stops]
    locked = days[3].stops[0]
    plans.lock([locked.visit_id], locked=True)
    guest = next(stop.customer_id for stop in days[5].stops)
    free = next(day.day for day in view.days if day.kind is DayKind.WORK and day.day > days[5].day + timedelta(days=8))
    put_in = plans.drop_in(free, guest).before[-1].id
    plans.save_setup(PlanSetup(stops=3))
    plans.keep(_make(plans))
    after = _days_of(plans.month(JULY))
    assert after[locked.visit_id] == days[3].day
    assert put_in in after
    assert after[put_in] == free


def test_a_visit_that_was_made_meanwhile_is_not_planned_again(
    database: Database, playbook: "Playbook", plans: Plans
) -> None:
    first = next(day for day in plans.month(JULY).days if day.stops)
    on_the_day = _plans(database, playbook, first.day)
    draft = _make(on_the_day)
    made = first.stops[0]
    visits = Visits(database, Clock(as_of=first.day), playbook)
    visits.start(made.visit_id)
    visits.finish(made.visit_id)
    before = [row for row in rows_of(database) if row[5] == "done"]
    on_the_day.keep(draft)
    assert [row for row in rows_of(database) if row[5] == "done"] == before
    view = on_the_day.month(JULY)
    assert sum(stop.customer_id == made.customer_id for day in view.days for stop in day.stops) == 2
    assert view.health.done == 1


def test_a_missed_visit_gets_a_new_day_in_its_row_and_counts_as_moved(
    database: Database, playbook: "Playbook", plans: Plans
) -> None:
    first = next(day for day in plans.month(JULY).days if day.stops)
    later = _plans(database, playbook, first.day + timedelta(days=1))
    missed = first.stops[0]
    assert later.statistics(2026).total.missed == len(first.stops)
    later.keep(_make(later))
    now = _days_of(later.month(JULY))
    assert now[missed.visit_id] > first.day
    with database.read() as session:
        assert session.get_one(Visit, missed.visit_id).planned_on == first.day


def test_a_colleagues_visit_is_never_touched(database: Database, plans: Plans) -> None:
    with database.deliver(source="sync") as session:
        shop = a_customer(session, code="X1", name="新来的店", order_weekday=2, tier=20)
        theirs = a_visit(session, shop, JULY, "planned", seq=1, need_key="X1/1")
        session.add(
            RowState(
                tbl="visit", pk=str(theirs.id), scope="", version=1, schema=1, digest=None, beside={"by": "王经理"}
            )
        )
        key = theirs.id
    before = [row for row in rows_of(database) if str(key).replace("-", "") == row[0]]
    plans.keep(_make(plans))
    assert [row for row in rows_of(database) if row[0] == key.hex] == before
    assert key not in _days_of(plans.month(JULY))
    with pytest.raises(RuleError) as told:
        plans.take_out(key)
    assert told.value.refusals[0].problem is Problem.READ_ONLY_FIELD


def test_today_opens_on_the_plan_and_the_rule_fills_no_day_of_its_month(
    database: Database, plans: Plans, playbook: "Playbook"
) -> None:
    view = plans.month(JULY)
    days = Days(database, Clock(as_of=TODAY), playbook)
    day = next(day for day in view.days if day.stops)
    assert [stop.visit_id for stop in days.open(day.day).stops] == [stop.visit_id for stop in day.stops]
    sunday = next(day.day for day in view.days if day.day.isoweekday() == 7)
    assert days.open(sunday).stops == ()
    assert days.open(TODAY).stops


def test_today_times_a_day_anew_by_the_setup(database: Database, plans: Plans, playbook: "Playbook") -> None:
    plans.save_setup(PlanSetup(begins=time(8, 0), lunch=None, minutes_country=20))
    day = next(day for day in plans.month(JULY).days if len(day.stops) > 1)
    days = Days(database, Clock(as_of=TODAY), playbook)
    days.reorder(day.day, [stop.visit_id for stop in reversed(day.stops)])
    first, second, *_ = days.open(day.day).stops
    assert first.planned_at == time(8, 0)
    assert second.planned_at >= time(8, 20)


def test_stopping_leaves_no_trace(database: Database, plans: Plans) -> None:
    before = rows_of(database)
    plans.save_setup(PlanSetup(stops=2))
    with pytest.raises(CancelledError):
        plans.make(JULY, lambda _: None, lambda: True)
    assert rows_of(database) == before


def test_a_day_off_is_empty_in_the_next_plan(plans: Plans) -> None:
    free = date(2026, 7, 8)
    plans.set_day(free, "leave", "回家")
    view = _make(plans).view
    day = next(day for day in view.days if day.day == free)
    assert (day.kind, day.label, day.stops) == (DayKind.OFF, "leave", ())
    plans.set_day(free, "half")
    assert next(day for day in plans.month(JULY).days if day.day == free).kind is DayKind.HALF
    plans.set_day(free, None)
    assert next(day for day in plans.month(JULY).days if day.day == free).kind is DayKind.WORK


def test_a_chosen_cadence_is_owed_and_needs_its_reason(plans: Plans) -> None:
    customer = plans.territory()[0].customer_id
    with pytest.raises(RuleError):
        plans.set_cadence(customer, "V1", " ")
    with pytest.raises(RuleError):
        plans.set_cadence(customer, "V9", "重点户")
    plans.set_cadence(customer, "V1", "重点户")
    view = _make(plans).view
    assert sum(stop.customer_id == customer for day in view.days for stop in day.stops) >= 4
    plans.set_cadence(customer, None, "")
    assert plans.territory()[0].cadence == "V2"


def test_undoing_a_cadence_gives_back_what_was_chosen_before_and_redoing_takes_it_again(plans: Plans) -> None:
    customer = plans.territory()[0].customer_id

    def cadence() -> str:
        return plans.territory()[0].cadence

    plans.set_cadence(customer, "V1", "重点户")
    changed = plans.set_cadence(customer, "V3", "歇业装修")
    undone = plans.undo(changed)
    assert cadence() == "V1"
    assert plans.undo(undone).words_code == "undone"
    assert cadence() == "V3"
    given_back = plans.set_cadence(customer, None, "")
    assert cadence() == "V2"
    plans.undo(given_back)
    assert cadence() == "V3"
    assert plans.set_cadence(customer, "V3", "再来一次").is_empty


def test_undoing_a_day_off_gives_back_the_mark_before_with_its_note(empty: Database, playbook: "Playbook") -> None:
    plans, day = Plans(empty, Clock(as_of=TODAY), playbook), date(2026, 7, 8)

    def mark() -> tuple[str, str | None] | None:
        with empty.look() as cursor:
            return cursor.execute("SELECT kind, note FROM day_off WHERE deleted_at IS NULL").fetchone()

    first = plans.set_day(day, "leave", "回家")
    changed = plans.set_day(day, "half", "上午开会")
    removed = plans.set_day(day, None)
    assert mark() is None
    plans.undo(removed)
    assert mark() == ("half", "上午开会")
    plans.undo(changed)
    assert mark() == ("leave", "回家")
    plans.undo(first)
    assert mark() is None


def test_the_year_counts_how_visits_ended(empty: Database, playbook: "Playbook") -> None:
    shops = build_town(empty, 6)
    monday = ahead(-7)
    visits = Visits(empty, Clock(as_of=TODAY), playbook)
    ids = [
        visits.plan(shop, monday, seq=number, planned_at=time(9, 20 * number)) for number, shop in enumerate(shops[:3])
    ]
    visits.record_arrival(ids[0], arrived_at=datetime.combine(monday, time(9, 5)).astimezone())
    visits.finish(ids[0])
    visits.record_arrival(ids[1], arrived_at=datetime.combine(monday, time(11, 0)).astimezone())
    visits.finish(ids[1])
    visits.end_otherwise(ids[2], VisitStatus.CLOSED, "temporary")
    with empty.write() as session:
        for number in (0, 1):
            visit = session.get_one(Visit, ids[number])
            assert visit.arrived_at is not None
            visit.left_at = visit.arrived_at + timedelta(minutes=10 + 4 * number)
    visits.plan(shops[3], monday, seq=4)
    told = _plans(empty, playbook).statistics(2026)
    total = told.total
    assert (total.planned, total.done, total.closed, total.missed, total.unplanned) == (4, 2, 1, 1, 0)
    assert (told.punctual, told.timed, told.minutes_per_stop) == (0.5, 2, 12)
    assert told.km > 0
    assert [month.counts.done for month in told.months] == [0, 0, 0, 0, 0, 2]
    assert sum(count for _, count in told.overdue) == len(shops)


def test_overdue_says_how_soon_and_the_last_working_day(empty: Database, playbook: "Playbook") -> None:
    with empty.deliver(source="registration") as session:
        for code, days_ago in (("A", 16), ("B", 20), ("C", 29), ("D", 3), ("E", 45)):
            shop = a_customer(session, code=code, name=code, gis_lat=31, gis_lng=121)
            a_visit(session, shop, ahead(-days_ago), "done")
        a_customer(session, code="N", name="N", gis_lat=31, gis_lng=121)
    plans = _plans(empty, playbook)
    colours = {shop.code: shop.overdue for shop in plans.territory()}
    assert colours == {
        "A": Overdue.YELLOW, "B": Overdue.ORANGE, "C": Overdue.RED, "D": Overdue.BLUE, "E": Overdue.RED,
        "N": Overdue.RED,
    }  # fmt: skip
    due = {shop.code: shop for shop in plans.statistics(2026).shops}
    assert due["C"].due_by == ahead(1)
    assert due["C"].latest_day == ahead(1)
    assert due["E"].latest_day is None
    assert "D" not in due


def test_the_store_says_nothing_that_it_does_not_know(empty: Database, playbook: "Playbook") -> None:
    plans = _plans(empty, playbook)
    told = plans.statistics(2026)
    assert (told.punctual, told.minutes_per_stop, told.timed, told.km) == (None, None, 0, 0)
    assert plans.month(JULY).health.order_day_match is None
    assert plans.territory() == ()
    with empty.read() as session:
        assert session.scalar(text("SELECT count(*) FROM visit")) == 0
