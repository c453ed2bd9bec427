"""The papers of a plan over a real store: what is known of each visit stands there, what is not stays empty."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import pytest

from app.domain.planning.papers import PlanTableRow
from app.domain.planning.views import MonthView
from app.domain.playbook import Playbook
from app.domain.text import Language
from app.domain.visit import VisitStatus
from app.models.customer import Customer
from app.models.exchange import Task
from app.models.visit import ImprovementPlan, Promise
from app.runtime.clock import Clock
from app.services.plan_papers import FORM_SKUS, PlanPapers
from app.services.plans import Plans
from app.storage.database import Database
from tests.builders import a_customer, a_product, a_visit, an_order

TODAY = date(2022, 4, 29)
MONTH = date(2022, 4, 1)


@pytest.fixture
def papers(database: Database, clock: Clock, playbook: Playbook) -> PlanPapers:
    return PlanPapers(database, clock, playbook)


@pytest.fixture
def shop(database: Database) -> UUID:
    """A shop of which much is known: visited twice this month, planned today, with promises, plans, a task."""
    with database.write() as session:
        customer = a_customer(
            session, "310101", sales_line="城南 03", tier=22, market_type="C", format="Z", size_class="1",
            order_weekday=5, gis_lat=41.6, gis_lng=-93.6,
        )  # fmt: skip
        first = a_visit(session, customer, TODAY - timedelta(days=14), "done", seq=1, planned_at=time(9))
        a_visit(session, customer, TODAY - timedelta(days=7), "cancelled", seq=2, end_reason="not_needed")
        a_visit(
            session, customer, TODAY, "planned", seq=1, planned_at=time(9, 5), due_by=TODAY,
            reasons=["complaint", "a code of the future"], planned_items=["D13"],
        )  # fmt: skip
        known = {"customer_id": customer.id, "visit_id": first.id}
        session.add_all(
            (
                Promise(**known, text="补齐 6 张价签"),
                Promise(**known, text="整理前柜", by_shop=True),
                Promise(**known, text="早已办好", done_on=TODAY),
                ImprovementPlan(**known, item="D01", current_state="C", target_state="B", measures=["D02-3"]),
                ImprovementPlan(**known, item="D02", current_state="C", target_state="B", self_reached=True),
            )
        )
        at = datetime(2022, 4, 20, tzinfo=UTC)
        known = {"manager": "M1", "customer_id": customer.id, "assigned_by": "office", "assigned_at": at}
        session.add_all(
            (
                Task(**known, title="核实新品上柜", state="assigned"),
                Task(**known, title="去年的任务", state="done"),
            )
        )
        return customer.id


def month(database: Database, clock: Clock, playbook: Playbook) -> MonthView:
    return Plans(database, clock, playbook).month(MONTH)


@pytest.fixture
def view(database: Database, clock: Clock, playbook: Playbook, shop: UUID) -> MonthView:
    assert shop
    return month(database, clock, playbook)


def row_of(papers: PlanPapers, view: MonthView, day: date, language: Language = Language.ZH) -> PlanTableRow:
    (row,) = papers.table(view, language, (day,)).rows
    return row


def test_a_row_says_what_the_store_knows_of_the_visit(papers: PlanPapers, view: MonthView) -> None:
    row = row_of(papers, view, TODAY)
    assert (row.code, row.line, row.tier, row.class_code, row.order_weekday) == ("310101", "城南 03", 22, "CZ1", 5)
    assert (row.number, row.planned_at, row.due_by, row.status_words) == (1, time(9, 5), TODAY, "计划")
    assert (row.last_visit, row.visit_no) == (TODAY - timedelta(days=14), 2)
    assert row.problem == "投诉待处理", "an unknown code adds no words"
    assert row.purposes == ("投诉处理", "订货指导", "提升计划", "明码标价")
    assert row.items == ("明码标价", "陈列设施"), "items planned for the visit, then those with an open plan"
    assert row.tasks == ("核实新品上柜",)
    assert row.to_bring[0] == "补齐 6 张价签"
    assert "整理前柜" not in row.to_bring, "the shop's own steps are not the manager's to bring"
    assert row.to_bring[1:] == ("订货建议", "投诉处理记录", "陈列物料"), "by purpose, then by an agreed measure"
    assert row.on_order_day


def test_what_was_cancelled_stands_in_the_table_with_its_reason_and_counts_as_no_visit(
    papers: PlanPapers, view: MonthView
) -> None:
    row = row_of(papers, view, TODAY - timedelta(days=7), Language.EN)
    assert (row.number, row.visit_no, row.status) == (None, None, VisitStatus.CANCELLED)
    assert (row.status_words, row.reason) == ("Cancelled", "Settled by phone")
    assert papers.table(view, Language.EN).stops == 2


def test_a_shop_of_which_nothing_is_known_has_an_empty_row(
    database: Database, clock: Clock, playbook: Playbook, papers: PlanPapers
) -> None:
    with database.write() as session:
        a_visit(session, a_customer(session), TODAY, "planned", seq=1)
    row = row_of(papers, month(database, clock, playbook), TODAY)
    assert (row.line, row.tier, row.class_code, row.order_weekday, row.last_visit) == ("", None, "", None, None)
    assert (row.problem, row.items, row.tasks, row.to_bring, row.purposes) == ("", (), (), (), ())


def test_forms_are_for_the_visits_still_ahead_with_the_main_skus_of_the_shop(
    database: Database, papers: PlanPapers, view: MonthView, shop: UUID, playbook: Playbook
) -> None:
    with database.deliver(source="orders") as session:
        customer = session.get_one(Customer, shop)
        products = [a_product(session, n, name=f"品规{n}", retail_price=1000 + n) for n in range(1, 20)]
        for week in range(1, 12):
            an_order(session, customer, TODAY - timedelta(days=7 * week), {p: 20 - p.no for p in products})
    (form,) = papers.forms(view, TODAY, Language.ZH)
    assert form.row.code == "310101"
    assert 0 < len(form.skus) <= FORM_SKUS
    assert (form.skus[0].name, form.skus[0].guide_price, form.skus[0].last_on_hand) == ("品规1", 1001, None)
    assert form.promises == ("整理前柜", "补齐 6 张价签")
    assert len(form.items) == 14
    internal = {item.code for item in playbook.diagnosis.items if item.internal}
    assert {code for code, name in form.items if not name} == internal != set()
    assert papers.forms(view, TODAY - timedelta(days=14), Language.ZH) == (), "that visit has been made"
