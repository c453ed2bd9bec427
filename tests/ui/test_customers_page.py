"""The customers page: the list with its filters, the profile, changes of the archive, and the way back."""

import gc
import weakref
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
import shiboken6
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.domain.playbook import Playbook
from app.domain.text import Language
from app.models.customer import Customer
from app.models.visit import DiagnosisRating, ImprovementPlan
from app.runtime.clock import Clock
from app.services.search_index import reindex_customers
from app.storage.database import Database
from app.ui.background.task_runner import TaskRunner
from app.ui.look.translations import Translations
from app.ui.pages.customers.customer_list_view_model import BLOCK
from tests.builders import a_customer, a_product, a_visit, an_order
from tests.ui.customers_page_driver import (
    CLASS,
    CODE,
    LAST_ORDER,
    LAST_VISIT,
    NAME,
    ORDER_DAY,
    QUANTITY,
    CustomersPageDriver,
)

TODAY = date(2022, 4, 29)


@pytest.fixture
def page(qtbot: QtBot, database: Database, tasks: TaskRunner, clock: Clock, playbook: Playbook) -> CustomersPageDriver:
    return CustomersPageDriver(qtbot, database, tasks, clock, playbook)


@pytest.fixture
def shops(database: Database) -> dict[str, UUID]:
    with database.deliver("registration") as session:
        zhou = a_customer(
            session, "3", "老周食杂店", order_weekday=5, market_type="X", format="Z", size_class="1",
            address="河东街1号", license_no="330102600417", license_to=TODAY + timedelta(days=20),
            operator_name="周建国", phone_main="13800135566", tier=12, site_rating="good",
        )  # fmt: skip
        an = a_customer(session, "21", "安康超市", order_weekday=1, market_type="C", format="S", size_class="1")
        zeng = a_customer(session, "1", "曾记便利店", market_type="C", format="B")
        product = a_product(session)
        an_order(session, zhou, TODAY - timedelta(days=3), {product: 24})
        an_order(session, zhou, TODAY - timedelta(days=368), {product: 30})
        visit = a_visit(
            session, zhou, TODAY - timedelta(days=40), "done",
            arrived_at=datetime(2022, 3, 20, 2, 21, tzinfo=UTC), wrap_note="补齐价签",
        )  # fmt: skip
        session.add(DiagnosisRating(visit_id=visit.id, item="D13", state="C"))
        session.add(
            ImprovementPlan(
                customer_id=zhou.id, visit_id=visit.id, item="D13", current_state="C", target_state="B",
                measures=["D13-1"], due_on=TODAY - timedelta(days=1),
            )
        )  # fmt: skip
        session.flush()
        ids = {customer.cust_name: customer.id for customer in (zhou, an, zeng)}
        reindex_customers(session)
    return ids


def many(database: Database, count: int) -> None:
    with database.deliver("registration") as session:
        session.add_all(Customer(cust_code=f"C{n:04}", cust_name=f"店{n:04}") for n in range(count))
        session.flush()
        reindex_customers(session)


# ---- the list ---------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("shops")
def test_the_list_shows_every_customer_by_name_with_what_is_known(page: CustomersPageDriver) -> None:
    page.open_list()
    page.wait_for_names(["安康超市", "老周食杂店", "曾记便利店"])
    assert page.count == "3 customers"
    zhou = [page.cell(1, column) for column in range(7)]
    assert (zhou[NAME].second, zhou[CODE].text, zhou[CLASS].chips[0][0]) == ("河东街1号", "3", "XZ1")
    assert (zhou[ORDER_DAY].text, zhou[LAST_VISIT].text, zhou[LAST_VISIT].second) == (
        "Fri",
        "2022-03-20",
        "40 days ago",
    )
    assert zhou[LAST_VISIT].tone is not None
    assert (zhou[LAST_ORDER].second, zhou[QUANTITY].text) == ("3 days ago", "24")
    assert page.cell(2, QUANTITY).text == "—"
    assert page.cell(2, LAST_VISIT).text == "Never"


@pytest.mark.usefixtures("shops")
def test_the_list_is_filtered_by_text_and_chips_and_says_how_many_are_left(page: CustomersPageDriver) -> None:
    page.open_list()
    page.filter_by("店")
    page.wait_for_names(["老周食杂店", "曾记便利店"])
    assert page.count == "2 of 3 customers"
    page.press_chip("market_type", "C")
    page.wait_for_names(["曾记便利店"])
    page.press_chip("market_type", "C")
    page.filter_by("laozhou")
    page.wait_for_names(["老周食杂店"])
    page.press("clearFilters")
    page.wait_for_names(["安康超市", "老周食杂店", "曾记便利店"])
    assert page.filter_field.text() == ""


@pytest.mark.usefixtures("shops")
def test_only_filters_that_can_find_something_are_offered(page: CustomersPageDriver) -> None:
    page.open_list()
    page.wait_for_names(["安康超市", "老周食杂店", "曾记便利店"])
    assert page.has_chip("order_weekday", 5)
    assert not page.has_chip("order_weekday", 3)
    assert not page.has_chip("format", "Z")
    page.press("moreFilters")
    page.press_chip("format", "Z")
    page.wait_for_names(["老周食杂店"])


@pytest.mark.usefixtures("shops")
def test_a_click_on_a_title_sorts_and_a_second_one_turns_it_round(page: CustomersPageDriver) -> None:
    page.open_list()
    page.wait_for_names(["安康超市", "老周食杂店", "曾记便利店"])
    page.sort_by(CODE)
    page.wait_for_names(["曾记便利店", "老周食杂店", "安康超市"])
    page.sort_by(CODE)
    page.wait_for_names(["安康超市", "老周食杂店", "曾记便利店"])
    page.sort_by(QUANTITY)
    page.wait_for_names(["老周食杂店", "安康超市", "曾记便利店"])


def test_an_empty_list_says_how_to_begin(page: CustomersPageDriver) -> None:
    page.open_list()
    page.wait_for_empty("There are no customers yet")
    page.press_empty()
    assert page.pages == ["data_in"]


@pytest.mark.usefixtures("shops")
def test_filters_that_nothing_passes_can_be_taken_away_at_once(page: CustomersPageDriver) -> None:
    page.open_list()
    page.filter_by("不存在")
    page.wait_for_empty("No customer passes these filters")
    page.press_empty()
    page.wait_for_names(["安康超市", "老周食杂店", "曾记便利店"])


def test_rows_come_in_blocks_and_only_where_they_are_looked_at(page: CustomersPageDriver, database: Database) -> None:
    many(database, 20 * BLOCK)
    page.open_list()
    page.wait_for_row(0)
    last = 20 * BLOCK - 1
    assert page.cell(last, NAME).text == "…"
    page.wait_for_row(last)
    assert page.cell(last, CODE).text == f"C{last:04}"
    assert page.list_model.row(10 * BLOCK) is None


def test_the_table_model_keeps_the_rules_of_models(
    page: CustomersPageDriver, database: Database, qtmodeltester: ModelTester
) -> None:
    many(database, 5)
    page.open_list()
    page.wait_for_row(0)
    qtmodeltester.check(page.table.model())


def test_a_renamed_customer_is_shown_under_its_new_name(page: CustomersPageDriver, shops: dict[str, UUID]) -> None:
    page.open_list()
    page.wait_for_names(["安康超市", "老周食杂店", "曾记便利店"])
    changed = page.customers.change_field(shops["老周食杂店"], "shop_name", "周家铺子")
    page.bus.changed.emit(changed.changes)
    page.wait_for_names(["安康超市", "曾记便利店", "周家铺子"])


# ---- the way there and back -------------------------------------------------------------------------------------


def test_enter_opens_the_profile_and_the_way_back_ends_at_the_same_customer(
    page: CustomersPageDriver, shops: dict[str, UUID]
) -> None:
    page.open_list()
    page.wait_for_names(["安康超市", "老周食杂店", "曾记便利店"])
    page.go_to("老周食杂店")
    page.enter()
    page.wait_for_profile(shops["老周食杂店"])
    assert page.titles[-1].title == "老周食杂店"
    assert page.titles[-1].subtitle == "XZ1 · Country · Grocery · Large"
    page.press("backToList")
    assert page.titles[-1].title == "Customers"
    assert page.current_name == "老周食杂店"
    assert page.table.hasFocus()


def test_the_customer_stays_current_when_the_list_is_sorted_anew(
    page: CustomersPageDriver, shops: dict[str, UUID]
) -> None:
    assert shops
    page.open_list()
    page.wait_for_names(["安康超市", "老周食杂店", "曾记便利店"])
    page.go_to("曾记便利店")
    page.sort_by(CODE)
    page.wait_for_names(["曾记便利店", "老周食杂店", "安康超市"])
    assert page.current_name == "曾记便利店"


# ---- the profile ------------------------------------------------------------------------------------------------


def test_private_values_are_hidden_until_they_are_asked_for(page: CustomersPageDriver, shops: dict[str, UUID]) -> None:
    page.open(shops["老周食杂店"])
    page.wait_for_value("license_no", "330*****0417")
    assert (page.line("phone_main").value, page.line("operator_name").value) == ("138****5566", "周**")
    page.reveal("phone_main")
    page.wait_for_value("phone_main", "13800135566")
    assert page.line("license_no").value == "330*****0417"
    page.click_reveal("license_no")
    page.wait_for_value("license_no", "330102600417")
    page.open(shops["安康超市"])
    page.open(shops["老周食杂店"])
    page.wait_for_value("license_no", "330*****0417")


def test_a_field_of_the_manager_is_changed_in_its_place(page: CustomersPageDriver, shops: dict[str, UUID]) -> None:
    page.open(shops["老周食杂店"])
    assert not page.shows_field("opening_hours")
    page.show_empty_fields()
    page.change_text("opening_hours", "7:00–22:00")
    page.wait_for_value("opening_hours", "7:00–22:00")
    page.choose("site_rating", "poor")
    page.wait_for_value("site_rating", "Poor")
    page.tick("visit_window_tag", "opens_late", "closes_late")
    page.wait_for_value("visit_window_tag", "Opens late (after 10:00), Closes late")


def test_typing_after_a_click_on_a_line_begins_to_change_it(page: CustomersPageDriver, shops: dict[str, UUID]) -> None:
    page.open(shops["老周食杂店"])
    page.show_empty_fields()
    page.click_and_type("opening_hours", "8-20")
    page.wait_for_value("opening_hours", "8-20")


def test_escape_gives_the_old_value_back(page: CustomersPageDriver, shops: dict[str, UUID]) -> None:
    page.open(shops["老周食杂店"])
    page.change_text("operator_name", "王五", Qt.Key.Key_Escape)
    assert page.editor() is None
    assert page.customers.field_changes(shops["老周食杂店"]) == ()


def test_what_head_office_keeps_has_a_lock_and_no_editor(page: CustomersPageDriver, shops: dict[str, UUID]) -> None:
    page.open(shops["老周食杂店"])
    assert not page.line("tier").is_editable
    page.begin_to_change("tier")
    assert page.editor() is None


def test_a_proposal_is_said_to_be_one(page: CustomersPageDriver, shops: dict[str, UUID]) -> None:
    page.open(shops["老周食杂店"])
    page.change_text("operator_name", "周建军")
    page.wait_for_message("saved as a proposal")


def test_an_impossible_value_is_refused_at_its_field_and_the_old_one_stays(
    page: CustomersPageDriver, shops: dict[str, UUID]
) -> None:
    page.open(shops["老周食杂店"])
    page.show_empty_fields()
    page.change_text("staff_count", "许多")
    page.wait_for_message("Staff: ")
    assert page.line("staff_count").value == "—"


def test_a_refusal_names_the_field_once_with_its_range_and_keeps_what_was_typed(
    page: CustomersPageDriver, shops: dict[str, UUID]
) -> None:
    page.open(shops["老周食杂店"])
    page.show_empty_fields()
    page.change_text("gis_lng", "999")
    page.wait_for_message("Possible is -180 to 180.")
    assert page.message.count("Longitude") == 1
    assert page.typed == "999"
    page.retype("120.5")
    page.wait_for_value("gis_lng", "120.5 °")


def test_a_change_is_told_with_old_new_who_and_source_and_can_be_taken_back(
    page: CustomersPageDriver, shops: dict[str, UUID]
) -> None:
    page.open(shops["老周食杂店"])
    page.show_empty_fields()
    page.change_text("shop_name", "老周便利店")
    page.wait_for_value("shop_name", "老周便利店")
    page.wait_for_event("Shop sign", "— → 老周便利店 · you · in the archive")
    page.take_back(0)
    page.wait_for_event("Shop sign", "老周便利店 → — · you · taken back")
    assert len([row for row in page.timeline if row.title == "Shop sign"]) == 2


def test_a_private_value_in_the_timeline_is_hidden_until_it_is_asked_for(
    page: CustomersPageDriver, shops: dict[str, UUID]
) -> None:
    page.open(shops["老周食杂店"])
    page.change_text("operator_name", "周建军")
    page.wait_for_event("Operator", "周** → 周** · you · in the archive")
    page.reveal("operator_name")
    page.wait_for_event("Operator", "周建国 → 周建军 · you · in the archive")


def test_a_phone_that_another_shop_has_is_warned_of(page: CustomersPageDriver, shops: dict[str, UUID]) -> None:
    page.open(shops["安康超市"])
    page.show_empty_fields()
    page.change_text("phone_main", "138-0013-5566")
    page.wait_for_message("老周食杂店 (3)")


def test_licence_and_class_hints_ask_for_the_cause(page: CustomersPageDriver, shops: dict[str, UUID]) -> None:
    page.open(shops["老周食杂店"])
    page.wait_for_hints(["Licence ends", "Format and size do not fit"])


def test_timeline_and_plans_tell_what_happened(page: CustomersPageDriver, shops: dict[str, UUID]) -> None:
    page.open(shops["老周食杂店"])
    rows = [(row.title, row.subtitle) for row in page.timeline]
    assert rows[0] == ("Order 24 ctn", "1 SKU · ¥2,400")
    assert rows[1] == ("Visit", "1 item judged · 1 plan · 补齐价签")
    ((plan, due, verdict),) = page.plans
    assert plan.startswith("Price marking C → B ")
    assert (due, verdict) == ("04-28", "—")
    page.open_event(1)
    assert len(page.visits) == 1


def test_start_visit_plans_one_for_today_and_asks_for_it_to_be_opened(
    page: CustomersPageDriver, shops: dict[str, UUID]
) -> None:
    page.open(shops["曾记便利店"])
    page.press("startVisit")
    page.wait_for_visit()
    assert page.line("cust_code").value == "1"


def test_the_chart_is_saved_as_a_picture_and_as_a_drawing(
    page: CustomersPageDriver, shops: dict[str, UUID], tmp_path: Path
) -> None:
    page.open(shops["老周食杂店"])
    page.save_chart(tmp_path / "zhou")
    page.wait_for_message("zhou.png")
    page.save_chart(tmp_path / "zhou.svg")
    page.wait_for_message("zhou.svg")
    assert (tmp_path / "zhou.png").read_bytes().startswith(b"\x89PNG")
    assert "<svg" in (tmp_path / "zhou.svg").read_text("utf-8")


def test_an_editor_stays_open_and_untouched_when_the_customer_is_read_again(
    page: CustomersPageDriver, shops: dict[str, UUID]
) -> None:
    page.open(shops["老周食杂店"])
    page.type_into("operator_name", "周建")
    other = page.customers.change_field(shops["老周食杂店"], "site_rating", "poor")
    page.bus.changed.emit(other.changes)
    page.wait_for_value("site_rating", "Poor")
    assert page.typed == "周建"


def test_everything_is_worded_in_chinese_when_the_language_changes(
    page: CustomersPageDriver, shops: dict[str, UUID], translations: Translations
) -> None:
    page.open_list()
    page.open(shops["老周食杂店"])
    translations.set_language(Language.ZH)
    page.wait_for_subtitle("XZ1 · 乡村 · 食杂店 · 大")
    page.wait_for_hints(["许可证将到期", "业态与规模不匹配"])
    assert page.timeline[0].title.startswith("订货 24")
    assert page.line("site_rating").label == "地段评价"


def test_a_closed_page_is_gone(qtbot: QtBot, page: CustomersPageDriver, shops: dict[str, UUID]) -> None:
    page.open_list()
    page.open(shops["老周食杂店"])
    gone = weakref.ref(page.page)
    page.page.deleteLater()
    qtbot.waitUntil(lambda: not shiboken6.isValid(page.page))
    del page.page
    gc.collect()
    assert gone() is None
