"""The steps with a new customer: ticked in a visit, told by the brief of the next one, gone once it is not new."""

from datetime import timedelta
from uuid import UUID

import pytest

from app.domain.playbook import Playbook
from app.runtime.clock import Clock
from app.services.briefs import Briefs
from app.services.visit_rows import VISIT_ROW, RowChange
from app.services.visits import Visits
from app.storage.database import Database
from tests.builders import a_customer


@pytest.fixture
def shop(database: Database, clock: Clock) -> UUID:
    with database.write() as session:
        return a_customer(session, join_date=clock.today() - timedelta(days=3)).id


def test_what_was_ticked_in_a_visit_is_told_by_the_next_brief(
    database: Database, clock: Clock, playbook: Playbook, shop: UUID
) -> None:
    visits, briefs = Visits(database, clock, playbook), Briefs(database, clock, playbook)
    visit = visits.plan(shop, clock.today())
    visits.start(visit)
    visits.record(visit, [RowChange(VISIT_ROW, {"onboarding_done": ("record", "order_terms")})])
    assert visits.sheet(visit).rows[VISIT_ROW]["onboarding_done"] == ("record", "order_terms")
    found = briefs.brief(shop, current_visit=visit).onboarding
    assert found is not None
    assert [one.step.code for one in found.open] == ["price_list", "first_order", "stock_display"]
    assert [one.step.code for one in found.due] == ["price_list"]


def test_a_shop_that_is_not_new_has_no_steps(database: Database, clock: Clock, playbook: Playbook, shop: UUID) -> None:
    later = clock.today() + timedelta(days=31 * playbook.parameters.cadence.new_customer_months)
    assert Briefs(database, clock, playbook).brief(shop, later).onboarding is None
