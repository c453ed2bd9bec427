"""What the papers of a plan are printed from, as plain data; `app.reports` makes the files.

How a page or command makes them; `table` and `forms` read the store, the calls of `app.reports` only draw:

    table = papers.table(view, language)                        view: MonthView, as the page holds it
    two = papers.table(view, language, (monday, tuesday))
    plan_pdf(table) -> bytes                                    app.reports.plan_pdf, 《客户经理拜访计划表》
    write_plan_xlsx(path, table.rows, view.health, language)    app.reports.plan_xlsx
    plan_calendar(table, now) -> bytes                          app.reports.plan_calendar, for a file .ics
    day_sheets_pdf(two) -> bytes                                app.reports.day_sheets_pdf, two days a page
    visit_forms_pdf(papers.forms(view, day, language), language) -> bytes   app.reports.visit_forms_pdf, a page a shop

The files leave the encrypted store: save them by `app.runtime.files.write_atomically` where the person says.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import NamedTuple, TypeVar
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app.domain.planning.papers import (
    FormSku,
    PlanTable,
    PlanTableDay,
    PlanTableRow,
    VisitForm,
    materials_of,
    purposes_of,
)
from app.domain.planning.views import DayView, MonthView, StopView
from app.domain.playbook import Playbook
from app.domain.tasks import TaskState
from app.domain.text import Language
from app.domain.visit import VisitStatus, needs_reason
from app.models.customer import Customer
from app.models.exchange import Task
from app.models.local import StoreFact
from app.models.visit import ImprovementPlan, Promise, Visit
from app.runtime.clock import Clock
from app.services.plan_paper_words import REASONS, STATUSES
from app.services.search_hits import class_code
from app.services.stock_sheets import StockGroup, StockSheets
from app.storage.colleagues import IS_OWN
from app.storage.database import Database
from app.storage.facts import CURRENCY, MANAGER, PRACTICE, UNIT

FORM_SKUS = 12
_ON_FORMS = (StockGroup.MAIN, StockGroup.KEY)
_NOT_GONE_TO = (VisitStatus.MOVED.value, VisitStatus.CANCELLED.value)
_OPEN_TASKS = [state.value for state in TaskState if state.is_open]
_Known = TypeVar("_Known")


class PlanPapers:
    """Gathers the papers of a plan."""

    def __init__(self, database: Database, clock: Clock, playbook: Playbook) -> None:
        self._database = database
        self._clock = clock
        self._playbook = playbook
        self._sheets = StockSheets(database)

    def table(self, view: MonthView, language: Language, days: Collection[date] = ()) -> PlanTable:
        """Return the visits of a month, or of some of its days; those moved away or cancelled stand after their day."""
        with self._database.read() as session:
            facts = {fact.key: fact.value for fact in session.scalars(select(StoreFact))}
            manager = "" if facts.get(PRACTICE) == "yes" else facts.get(MANAGER, "")
            rows = _Rows(session, self._playbook, language, self._clock.now()).of(view, frozenset(days))
        shown = (
            PlanTableDay(day.day, day.km, day.minutes, tuple(row for row in rows if row.day == day.day))
            for day in view.days
        )
        return PlanTable(language, view.month, manager, tuple(day for day in shown if day.rows), view.health)

    def forms(self, view: MonthView, day: date, language: Language) -> tuple[VisitForm, ...]:
        """Return one form for each shop of the day that is still to be visited, in order."""
        with self._database.read() as session:
            facts = {fact.key: fact.value for fact in session.scalars(select(StoreFact))}
            rows = _Rows(session, self._playbook, language, self._clock.now()).of(view, frozenset((day,)))
            ids = [row.visit_id for row in rows]
            shops = {row.id: row.customer_id for row in session.scalars(select(Visit).where(Visit.id.in_(ids)))}
            promises = _promises(session, set(shops.values()))
        met = tuple(choice.name.of(language) for choice in self._playbook.enumerations["who_met"].choices)
        items = tuple(
            (item.code, "" if item.internal else item.name.of(language)) for item in self._playbook.diagnosis.items
        )
        return tuple(
            VisitForm(
                row=row,
                met=met,
                unit=facts.get(UNIT, ""),
                currency=facts.get(CURRENCY, ""),
                skus=self._skus(row.visit_id),
                items=items,
                promises=tuple(promise.text for promise in promises[shops[row.visit_id]]),
            )
            for row in rows
            if not row.status.ended
        )

    def _skus(self, visit_id: UUID) -> tuple[FormSku, ...]:
        lines = [line for line in self._sheets.read(visit_id).lines if line.group in _ON_FORMS]
        return tuple(
            FormSku(
                line.name,
                line.guide_price,
                None if line.last is None else line.last.on_hand,
                None if line.last is None else line.last.day,
            )
            for line in lines[:FORM_SKUS]
        )


class _Promise(NamedTuple):
    text: str
    is_mine: bool


class _OpenPlan(NamedTuple):
    item: str
    measures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Placed:
    """A visit with what the month says of it; `stop` is None for one that was moved away or cancelled."""

    visit: Visit
    stop: StopView | None


class _Rows:
    """Makes the rows of a table out of one reading of the store."""

    def __init__(self, session: Session, playbook: Playbook, language: Language, now: datetime) -> None:
        self._session = session
        self._language = language
        self._now = now
        self._materials = playbook.parameters.visits.materials
        self._lists = playbook.enumerations
        self._diagnosis = playbook.diagnosis

    def of(self, view: MonthView, days: frozenset[date]) -> tuple[PlanTableRow, ...]:
        placed = self._placed(view.days)
        numbers = _numbers_in_month(placed)
        chosen = [one for one in placed if not days or one.visit.day in days]
        shops = {one.visit.customer_id for one in chosen}
        customers = {row.id: row for row in self._session.scalars(select(Customer).where(Customer.id.in_(shops)))}
        past = _served_days(self._session, shops)
        plans, tasks, promises = (
            _open_plans(self._session, shops),
            _open_tasks(self._session, shops),
            _promises(self._session, shops),
        )
        return tuple(
            self._row(
                one,
                customer,
                numbers.get(one.visit.id),
                max((day for day in past[customer.id] if day < one.visit.day), default=None),
                plans[customer.id],
                tasks[customer.id],
                tuple(promise.text for promise in promises[customer.id] if promise.is_mine),
            )
            for one in chosen
            if (customer := customers.get(one.visit.customer_id)) is not None
        )

    def _placed(self, days: Iterable[DayView]) -> list[_Placed]:
        """Return the stops of the month in order, each day followed by what was moved away from it or cancelled."""
        days = tuple(days)
        stops = [stop for day in days for stop in day.stops]
        visits = {
            visit.id: visit
            for visit in self._session.scalars(select(Visit).where(Visit.id.in_([stop.visit_id for stop in stops])))
        }
        gone: dict[date, list[Visit]] = defaultdict(list)
        for visit in self._session.scalars(
            select(Visit)
            .where(
                Visit.day.in_([day.day for day in days]),
                Visit.status.in_(_NOT_GONE_TO),
                Visit.deleted_at.is_(None),
                text(IS_OWN),
            )
            .order_by(Visit.seq, Visit.id)
        ):
            gone[visit.day].append(visit)
        found: list[_Placed] = []
        for day in days:
            found += [_Placed(self._as_shown(visits.get(stop.visit_id), stop, day.day), stop) for stop in day.stops]
            found += [_Placed(visit, None) for visit in gone[day.day] if visit.id not in visits]
        return found

    def _row(
        self,
        one: _Placed,
        customer: Customer,
        visit_no: int | None,
        last_visit: date | None,
        plans: tuple[_OpenPlan, ...],
        tasks: tuple[str, ...],
        promised: tuple[str, ...],
    ) -> PlanTableRow:
        visit, stop = one.visit, one.stop
        status, reasons = VisitStatus(visit.status), tuple(visit.reasons or ())
        codes = tuple(dict.fromkeys((*(visit.planned_items or ()), *(plan.item for plan in plans))))
        on_order_day = stop is not None and stop.on_order_day
        purposes = purposes_of(reasons, items=codes, on_order_day=on_order_day)
        measures = [measure for plan in plans for measure in plan.measures]
        needed = materials_of(self._materials, purposes, reasons, measures)
        return PlanTableRow(
            visit_id=visit.id,
            day=visit.day,
            number=None if stop is None else stop.number,
            line=customer.sales_line or "",
            code=customer.cust_code,
            name=customer.shop_name or customer.cust_name,
            tier=customer.tier,
            class_code=class_code(customer.market_type, customer.format, customer.size_class),
            order_weekday=customer.order_weekday,
            last_visit=last_visit,
            visit_no=visit_no,
            purposes=tuple(self._lists["visit_purpose"].label(code).of(self._language) for code in purposes),
            problem=self._problem(reasons),
            items=tuple(self._item(code) for code in codes),
            tasks=tasks,
            to_bring=(*promised, *(name.of(self._language) for name in needed)),
            planned_at=visit.planned_at if stop is None else stop.planned_at,
            minutes=0 if stop is None else stop.minutes,
            km=None if stop is None else stop.km,
            on_order_day=on_order_day,
            cadence="" if stop is None else stop.cadence,
            due_by=None if stop is None else stop.due_by,
            status=status,
            status_words=(STATUSES.get(status) or self._lists["visit_outcome"].label(status.value)).of(self._language),
            reason=self._reason(status, visit.end_reason),
            moved_to=visit.moved_to,
            result=" ".join((visit.wrap_note or visit.end_note or "").split()),
            changed_at=_moment(visit.changed_at),
        )

    def _as_shown(self, stored: Visit | None, stop: StopView, day: date) -> Visit:
        """Return the visit as the month shows it: that of a draft is not stored, or has another day yet."""
        if stored is not None and stored.day == day:
            return stored
        return Visit(
            id=stop.visit_id, customer_id=stop.customer_id, day=day, seq=stop.number, planned_at=stop.planned_at,
            status=stop.status.value, reasons=list(stop.reasons), planned_items=stored and stored.planned_items,
            changed_at=self._now,
        )  # fmt: skip

    def _problem(self, reasons: tuple[str, ...]) -> str:
        known = dict.fromkeys(REASONS[code].of(self._language) for code in reasons if code in REASONS)
        return {Language.ZH: "；", Language.EN: "; "}[self._language].join(known)

    def _item(self, code: str) -> str:
        item = self._diagnosis.item(code)
        return code if item is None else item.name.of(self._language)

    def _reason(self, status: VisitStatus, reason: str | None) -> str:
        outcome = self._lists["visit_outcome"].choice(status.value)
        if not reason or outcome is None or not needs_reason(status):
            return ""
        return outcome.detail(reason).of(self._language)


def _numbers_in_month(placed: Iterable[_Placed]) -> dict[UUID, int]:
    """Return which visit of the month each one is at its shop; one that was moved away or cancelled is none."""
    counts: dict[UUID, int] = defaultdict(int)
    numbers: dict[UUID, int] = {}
    for one in placed:
        if one.stop is not None:
            counts[one.visit.customer_id] += 1
            numbers[one.visit.id] = counts[one.visit.customer_id]
    return numbers


def _served_days(session: Session, shops: Collection[UUID]) -> Mapping[UUID, tuple[date, ...]]:
    done = (Visit.status == VisitStatus.DONE.value) & Visit.deleted_at.is_(None)
    rows = session.execute(select(Visit.customer_id, Visit.day).where(Visit.customer_id.in_(shops), done))
    return _by_shop((shop, day) for shop, day in rows)


def _open_plans(session: Session, shops: Collection[UUID]) -> Mapping[UUID, tuple[_OpenPlan, ...]]:
    plan = ImprovementPlan
    is_open = plan.self_reached.is_(None) & plan.target_state.is_not(None) & plan.deleted_at.is_(None)
    wanted = select(plan.customer_id, plan.item, plan.measures).where(plan.customer_id.in_(shops), is_open)
    rows = session.execute(wanted.order_by(plan.item))
    return _by_shop((shop, _OpenPlan(item, tuple(measures or ()))) for shop, item, measures in rows)


def _open_tasks(session: Session, shops: Collection[UUID]) -> Mapping[UUID, tuple[str, ...]]:
    is_open = Task.state.in_(_OPEN_TASKS) & Task.deleted_at.is_(None)
    wanted = select(Task.customer_id, Task.title).where(Task.customer_id.in_(shops), is_open)
    rows = session.execute(wanted.order_by(Task.due_on, Task.id))
    return _by_shop((shop, title) for shop, title in rows if shop is not None)


def _promises(session: Session, shops: Collection[UUID]) -> Mapping[UUID, tuple[_Promise, ...]]:
    is_open = Promise.done_on.is_(None) & Promise.dropped_reason.is_(None) & Promise.deleted_at.is_(None)
    wanted = select(Promise.customer_id, Promise.text, Promise.by_shop).where(Promise.customer_id.in_(shops), is_open)
    rows = session.execute(wanted.order_by(Promise.due_on, Promise.text, Promise.id))
    return _by_shop((shop, _Promise(words, not by_shop)) for shop, words, by_shop in rows)


def _by_shop(rows: Iterable[tuple[UUID, _Known]]) -> Mapping[UUID, tuple[_Known, ...]]:
    """Return what is known of each shop, in order; nothing for a shop of which nothing is."""
    found: dict[UUID, list[_Known]] = defaultdict(list)
    for shop, known in rows:
        found[shop].append(known)
    return defaultdict(tuple, {shop: tuple(known) for shop, known in found.items()})


def _moment(held: datetime) -> datetime:
    return held if held.tzinfo else held.replace(tzinfo=UTC)
