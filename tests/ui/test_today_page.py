"""Today as a person uses it: the day, the brief, the keys, what is done to a stop and taken back."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.domain.changes import Changes, Kind
from app.domain.playbook import Playbook
from app.domain.problems import Problem, TroubleError
from app.domain.text import Language
from app.domain.visit import VisitStatus
from app.models.customer import Customer
from app.models.visit import Promise, Visit
from app.storage.database import Database
from app.ui.background.task_runner import TaskRunner
from app.ui.look.translations import Translations
from app.ui.pages.today.stop_list_model import StopListModel
from app.ui.widgets.list_rows import ListRow
from tests.builders import a_visit
from tests.ui.today_page_driver import DAY, NAMES, TodayDriver, half_of_last_year, some_shops

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support grabbing the keyboard")


@pytest.fixture
def today(qtbot: QtBot, database: Database, playbook: Playbook, tasks: TaskRunner) -> TodayDriver:
    return TodayDriver(qtbot, database, playbook, tasks)


def test_the_shops_of_the_day_are_there_with_the_way_and_the_first_one_is_looked_at(
    database: Database, today: TodayDriver
) -> None:
    some_shops(database)
    today.open(6)
    assert today.head[0] == "6 shops · 0 visited"
    assert today.head[1].startswith("7 km")
    assert today.rows[0].subtitle == "CZ2 · Town · Grocery · Medium"
    assert today.rows[0].trailing == "09:00"
    assert today.current_name == today.names[0] == today.text("shopName")
    assert today.titles[-1].title == "Today"
    assert today.titles[-1].subtitle == "Fri, Apr 29"


def test_what_is_not_known_of_a_class_is_left_out(database: Database, today: TodayDriver) -> None:
    shops = some_shops(database, 2)
    with database.deliver(source="registration") as session:
        one, other = (session.get_one(Customer, shop) for shop in shops)
        one.size_class = None
        other.market_type = other.format = other.size_class = None
        other.address = "清河街 3 号"
    today.open(2)
    seconds = {row.title: row.subtitle for row in today.rows}
    assert seconds == {NAMES[0]: "Town · Grocery", NAMES[1]: "清河街 3 号"}


def test_a_day_that_is_still_read_is_not_shown_as_empty(database: Database, today: TodayDriver) -> None:
    some_shops(database)
    today.come()
    assert today.is_visible("dayWait")
    assert not today.is_visible("todayEmpty")
    today.wait(lambda: not today.is_visible("dayWait") and len(today.names) == 6 and today.is_settled)


def test_the_reasons_from_the_data_come_as_tags_beside_the_order_day(database: Database, today: TodayDriver) -> None:
    shops = some_shops(database)
    half_of_last_year(database, shops[2])
    today.open(6)
    today.wait(lambda: "Purchases −50%" in today.tags(NAMES[2]))
    assert today.tags(NAMES[2])[0] == "Orders today"
    assert len(today.tags(NAMES[2])) <= 3
    assert today.tags(NAMES[3]) == ["Orders today", "No visit yet"]


def test_the_brief_says_who_the_shop_is_and_what_matters_there(database: Database, today: TodayDriver) -> None:
    shops = some_shops(database)
    half_of_last_year(database, shops[2])
    with database.write() as session:
        last = a_visit(session, session.get_one(Customer, shops[2]), date(2022, 4, 8), "done", wrap_note="老板在")
        for text, done in (("补齐 6 张价签", None), ("腾出陈列位", date(2022, 4, 12))):
            session.add(Promise(customer_id=shops[2], visit_id=last.id, text=text, done_on=done))
            session.flush()
    today.open(6)
    today.choose(NAMES[2])
    today.wait(lambda: today.text("shopName") == NAMES[2] and today.is_settled)
    assert today.text("licence") == "Licence 330*****0002 · valid to 2023-06-03"
    assert today.text("classCode") == "CZ2"
    assert today.figure("fourWeeks") == "Last 4 weeks 40 ctn"
    assert today.figure("unitValue") == "Value per ctn ¥100.00"
    assert "Purchases −50% against last year" in today.lines("whyToday")
    assert today.lines("agreed") == ("open 补齐 6 张价签 (ours)", "done 腾出陈列位 (ours)")
    assert today.lines("lastVisits") == ("04-08 Done: 老板在",)
    assert today.lines("falls")[0].startswith("雅韵(硬)")
    assert "雅韵(硬)" in today.box("topic")


def test_the_phone_number_is_hidden_until_it_is_asked_for(database: Database, today: TodayDriver) -> None:
    shops = some_shops(database, 2)
    with database.deliver(source="registration") as session:
        session.get_one(Customer, shops[1]).phone_main = None
    today.open(2)
    today.choose(NAMES[0])
    today.wait(lambda: today.is_visible("phone"))
    assert today.text("phone") == "100****1230"
    today.click("showPhone")
    assert today.text("phone") == "10000001230"
    today.choose(NAMES[1])
    today.wait(lambda: today.text("shopName") == NAMES[1])
    assert not today.is_visible("phone")
    today.choose(NAMES[0])
    assert today.text("phone") == "100****1230"


def test_going_through_the_list_quickly_ends_with_the_brief_of_the_last_one(
    database: Database, today: TodayDriver
) -> None:
    some_shops(database)
    today.come()
    today.wait(lambda: len(today.names) == 6)
    for _ in range(3):
        today.press(Qt.Key.Key_Down)
    today.wait(lambda: today.is_settled)
    assert today.text("shopName") == today.names[3] == today.current_name
    assert today.text("licence").startswith(f"Licence 330*****000{NAMES.index(today.names[3])}")


def test_enter_starts_the_visit_of_the_shop_looked_at(database: Database, today: TodayDriver) -> None:
    some_shops(database)
    today.open(6)
    today.press(Qt.Key.Key_Down)
    today.press(Qt.Key.Key_Return)
    stop = today.days.show(DAY).stops[1]
    assert today.opened_visits == [stop.visit_id]
    today.click("startVisit")
    assert today.opened_visits == [stop.visit_id] * 2


def test_a_stop_goes_later_and_earlier_by_keys_and_back_by_one_undo(database: Database, today: TodayDriver) -> None:
    some_shops(database)
    today.open(6)
    before = today.names
    today.press_ctrl(Qt.Key.Key_Down)
    today.press_ctrl(Qt.Key.Key_Down)
    after = [*before[1:3], before[0], *before[3:]]
    today.wait_for_names(*after)
    assert today.current_name == before[0]
    assert [stop.name for stop in today.days.show(DAY).stops] == after
    assert today.message.startswith(before[0])
    today.press_ctrl(Qt.Key.Key_Z)
    today.wait_for_names(*before)
    assert [stop.name for stop in today.days.show(DAY).stops] == before
    today.press_ctrl(Qt.Key.Key_Up)
    assert today.names == before


def test_a_stop_is_dragged_to_another_place(database: Database, today: TodayDriver) -> None:
    some_shops(database)
    today.open(6)
    before = today.names
    today.drop(before[4], before=before[1])
    today.wait_for_names(before[0], before[4], *before[1:4], before[5])
    assert today.current_name == before[0]
    today.drop(before[0], before=before[0])
    assert today.is_settled


def test_re_sorting_says_before_what_it_saves_and_can_be_undone(database: Database, today: TodayDriver) -> None:
    some_shops(database)
    today.open(6)
    before = today.names
    assert not today.is_enabled("shorten")
    today.drop(before[5], before=before[1])
    today.wait(lambda: today.text("routeHint").endswith("km less than now"))
    promised = today.text("routeHint").split()[0]
    mixed = today.names
    today.click("shorten")
    today.wait(lambda: today.message == f"The way left is {promised} km shorter." and today.is_settled)
    assert today.names in (before, before[::-1])
    today.click_message_action()
    today.wait_for_names(*mixed)


def test_a_stop_is_taken_out_and_put_back_at_its_place(database: Database, today: TodayDriver) -> None:
    some_shops(database)
    today.open(6)
    before = today.names
    today.choose(before[2])
    today.press(Qt.Key.Key_Delete)
    today.wait_for_names(*before[:2], *before[3:])
    assert today.current_name == before[3]
    today.press_ctrl(Qt.Key.Key_Z)
    today.wait_for_names(*before)
    assert today.current_name == before[2]


def test_a_closed_shop_is_ended_with_a_reason_and_the_next_one_is_looked_at(
    database: Database, today: TodayDriver
) -> None:
    some_shops(database)
    today.open(6)
    first, second = today.names[:2]
    today.pick("closed", "not_open")
    today.wait(lambda: today.tags(first) == ["Shop closed", "Not open"] and today.is_settled)
    assert today.current_name == second
    assert today.message == f"{first}: Shop closed"
    assert today.head[0] == "6 shops · 0 visited"
    stop = today.days.show(DAY).stops[0]
    assert (stop.status, stop.end_reason) == (VisitStatus.CLOSED, "not_open")
    assert [change.kinds for change in today.heard] == [frozenset({Kind.VISIT})]
    today.click_message_action()
    today.wait(lambda: today.tags(first)[0] == "Orders today" and today.is_settled)
    assert today.current_name == first


def test_a_moved_visit_keeps_its_new_day_and_can_be_taken_up_again(database: Database, today: TodayDriver) -> None:
    some_shops(database)
    today.open(6)
    first = today.names[0]
    today.pick("moved", "2022-05-03", "customer_asked")
    today.wait(lambda: today.tags(first)[0] == "Moved to 05-03" and today.is_settled)
    assert today.days.show(DAY).stops[0].moved_to == date(2022, 5, 3)
    assert today.days.show(date(2022, 5, 3)).stops[0].name == first
    today.choose(first)
    today.wait(lambda: today.text("shopName") == first)
    today.pick("reopen")
    today.wait(lambda: today.tags(first)[0] == "Orders today" and today.is_settled)
    assert today.days.show(DAY).stops[0].moved_to is None


def test_every_ending_has_its_reasons_in_the_menu(database: Database, today: TodayDriver, playbook: Playbook) -> None:
    some_shops(database)
    today.open(6)
    for ending in ("closed", "refused", "cancelled"):
        choice = playbook.enumerations["visit_outcome"].choice(ending)
        assert choice is not None
        assert today.choices(ending) == [one.code for one in choice.details]


def test_when_every_stop_has_ended_the_day_is_summed_up_and_nothing_is_called_delivered(
    database: Database, today: TodayDriver
) -> None:
    some_shops(database, 2)
    stops = today.days.open(DAY).stops
    with database.write() as session:
        session.get_one(Visit, stops[0].visit_id).status = "done"
    today.open(2)
    assert not today.is_visible("daySummary")
    today.pick("refused", "busy")
    today.wait(lambda: today.is_visible("daySummary") and today.is_settled)
    assert today.lines("summaryOtherwise") == (f"Refused {stops[1].name} · Too busy",)
    assert today.box("summaryWaiting").startswith("2 records. Nothing counts as delivered")
    today.choose(stops[0].name)
    today.wait(lambda: today.is_visible("briefCard") and not today.is_visible("daySummary"))
    today.click("showSummary")
    assert today.is_visible("daySummary")


def test_a_day_that_is_over_opens_with_its_summary(database: Database, today: TodayDriver) -> None:
    some_shops(database, 2)
    stops = today.days.open(DAY).stops
    with database.write() as session:
        for stop in stops:
            session.get_one(Visit, stop.visit_id).status = "done"
    today.open(2)
    assert today.is_visible("daySummary")
    assert today.model.selected is None
    today.press(Qt.Key.Key_Down)
    today.wait(lambda: today.is_visible("briefCard"))


def test_without_customers_the_page_leads_to_head_office_or_the_import_and_fills_once_they_are_there(
    database: Database, today: TodayDriver
) -> None:
    today.come()
    today.wait(lambda: today.is_visible("todayEmpty"))
    assert today.empty_words("todayEmpty").startswith("There are no customers yet")
    today.click_empty_action("todayEmpty")
    today.click_empty_action("todayEmpty", 1)
    assert today.opened_pages == ["sync", "data_in"]
    some_shops(database)
    today.bus.changed.emit(Changes(frozenset({Kind.CUSTOMER})))
    today.wait(lambda: len(today.names) == 6 and today.is_settled)
    assert today.days.show(DAY).stops[0].visit_id is not None


@pytest.mark.parametrize(
    ("weekday", "words"),
    [(None, "No shop has an order day yet"), (3, "No shop orders today or by Mon 05-02")],
)
def test_a_day_without_a_due_shop_says_why_and_offers_to_add_one(
    database: Database, today: TodayDriver, weekday: int | None, words: str
) -> None:
    some_shops(database, weekday=weekday)
    today.come()
    today.wait(lambda: today.empty_words("noStop").startswith(words) and today.is_settled)
    today.click_empty_action("noStop")
    today.wait(lambda: len(today.offered) == 6)


def test_a_change_made_on_another_page_is_read_when_today_comes_back(database: Database, today: TodayDriver) -> None:
    some_shops(database)
    today.open(6)
    first = today.model.stop
    assert first is not None
    assert first.visit_id is not None
    today.page.hide()
    today.visits.start(first.visit_id)
    today.visits.finish(first.visit_id)
    today.bus.changed.emit(Changes.of(Kind.VISIT, first.visit_id))
    assert today.is_settled
    today.page.show()
    today.wait(lambda: today.head[0] == "6 shops · 1 visited" and today.is_settled)
    assert today.rows[0].is_done
    assert today.current_name == today.names[1]


def test_a_full_disk_is_told_and_the_day_shows_what_is_stored(
    database: Database, today: TodayDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    some_shops(database)
    today.open(6)
    before = today.names

    def refuse(*_: object) -> Changes:
        raise TroubleError(Problem.DISK_FULL)

    monkeypatch.setattr(today.days, "reorder", refuse)
    today.press_ctrl(Qt.Key.Key_Down)
    today.wait(lambda: len(today.troubles) == 1 and today.names == before and today.is_settled)
    assert not today.model.can_undo


def test_a_day_that_cannot_be_read_can_be_tried_again(
    database: Database, today: TodayDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    some_shops(database)

    def fail(*_: object) -> object:
        raise TroubleError(Problem.STORE_BUSY)

    with monkeypatch.context() as broken:
        broken.setattr(today.days, "open", fail)
        today.come()
        today.wait(lambda: today.empty_words("todayEmpty") == "The day could not be read." and today.is_settled)
    today.click_empty_action("todayEmpty")
    today.wait(lambda: len(today.names) == 6 and today.is_settled)


def test_the_language_changes_while_the_page_is_open(
    database: Database, today: TodayDriver, translations: Translations
) -> None:
    some_shops(database)
    today.open(6)
    translations.set_language(Language.ZH)
    today.wait(lambda: today.head[0] == "今日 6 户 · 已访 0")
    assert today.rows[0].subtitle == "CZ2 · 城镇 · 食杂店 · 中"
    assert today.tags(today.names[0]) == ["订货日", "未访过"]
    assert today.titles[-1].title == "今日"
    assert today.lines("whyToday")[0] == "订货日"


def test_in_a_narrow_window_the_route_and_the_brief_take_turns(database: Database, today: TodayDriver) -> None:
    some_shops(database)
    today.open(6)
    assert today.is_visible("routeCard")
    today.page.resize(today.page.width() // 2, today.page.height())
    today.wait(lambda: not today.is_visible("routeCard"))
    assert today.is_visible("briefCard")
    today.click("showRoute")
    assert today.is_visible("routeCard")
    assert not today.is_visible("briefCard")
    today.press_ctrl(Qt.Key.Key_M)
    assert today.is_visible("briefCard")


def test_the_list_of_stops_is_a_sound_model_of_which_only_open_stops_move(qtmodeltester: ModelTester) -> None:
    model = StopListModel()
    model.set_stops([ListRow("a", "老周食杂店"), ListRow("b", "惠民超市", is_done=True)], frozenset({"a"}))
    qtmodeltester.check(model)
    movable = [bool(model.flags(model.index(row)) & Qt.ItemFlag.ItemIsDragEnabled) for row in range(2)]
    assert movable == [True, False]
