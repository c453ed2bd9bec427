"""The side panel of the diagnosis: criteria rated, hard fails, law items in a short visit, photos as evidence."""

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtWidgets import QCheckBox, QLabel
from pytestqt.qtbot import QtBot

from app.domain.text import Language
from app.models.visit import ShelfCheck
from app.runtime.clock import Clock
from app.runtime.paths import DataFolder
from app.services.visit_rows import RowKind
from app.storage.database import Database
from app.storage.photo_files import PhotoFiles
from app.ui.background.task_runner import TaskRunner
from app.ui.look.translations import Translations
from app.ui.widgets.photo_strip import PhotoStrip
from tests.ui.judging_driver import JudgingDriver, plan_items, rate_the_last_visit
from tests.ui.visit_page_driver import VisitRoom, a_shop_with_a_visit

if TYPE_CHECKING:
    from app.domain.playbook import Playbook

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def room(database: Database, clock: Clock, playbook: "Playbook", data_folder: DataFolder, key: bytes) -> VisitRoom:
    return VisitRoom.over(database, clock, playbook, PhotoFiles(data_folder.photos, key))


@pytest.fixture
def visit_id(database: Database) -> UUID:
    return a_shop_with_a_visit(database)


@pytest.fixture
def page(qtbot: QtBot, room: VisitRoom, tasks: TaskRunner, visit_id: UUID) -> JudgingDriver:
    driver = JudgingDriver(qtbot, room, tasks)
    driver.begin(visit_id)
    return driver


@pytest.fixture
def short_page(qtbot: QtBot, room: VisitRoom, tasks: TaskRunner, visit_id: UUID, database: Database) -> JudgingDriver:
    """A visit for which only two items are planned."""
    plan_items(database, visit_id, "D03", "D05")
    rate_the_last_visit(database, with_criteria=True)
    driver = JudgingDriver(qtbot, room, tasks)
    driver.begin(visit_id)
    return driver


def test_rating_all_criteria_sets_the_state_by_the_rule(page: JudgingDriver, visit_id: UUID) -> None:
    page.select_item("D07")
    page.press(Qt.Key.Key_F2)
    page.type("a")
    page.rate(2, Qt.Key.Key_3)
    assert page.value("D07") is None
    page.rate(3, Qt.Key.Key_A)
    assert page.value("D07") == "B"
    row = page.rating(visit_id, "D07")
    assert (row["k1"], row["k2"], row["k3"], row["suggested"], row["state"]) == ("A", "C", "A", "B", "B")


def test_a_better_rating_lifts_a_state_that_stood_as_suggested(page: JudgingDriver) -> None:
    page.select_item("D07")
    for number in (1, 2, 3):
        page.rate(number, Qt.Key.Key_B)
    for number in (1, 2, 3):
        page.rate(number, Qt.Key.Key_A)
    assert page.value("D07") == "A"


def test_a_state_set_by_hand_stays_and_asks_why_when_the_criteria_say_otherwise(page: JudgingDriver) -> None:
    page.select_item("D07")
    page.type("c")
    for number in (1, 2, 3):
        page.rate(number, Qt.Key.Key_A)
    assert page.value("D07") == "C"
    assert page.row("D07").chip_texts[0] == "reason?"


def test_leaving_a_computed_rating_asks_for_a_reason(page: JudgingDriver, database: Database, visit_id: UUID) -> None:
    with database.deliver(source="visit") as session:
        session.add(ShelfCheck(visit_id=visit_id, sku_on_sale=21, sku_shown=19))
    page.diagnosis.shown()
    page._qtbot.waitUntil(lambda: bool(page.row("D02").text))
    page.select_item("D02")
    page.rate(1, Qt.Key.Key_A)
    assert page.row("D02").chip_texts == ["reason?"]
    assert page.row("D02").reason.accessibleName() == "Display rate is computed otherwise: why?"
    page.rate(1, Qt.Key.Key_B)
    assert page.row("D02").chip_texts == []


def test_a_hard_fail_makes_the_item_c(page: JudgingDriver, visit_id: UUID) -> None:
    page.select_item("D06")
    for number in (1, 2, 3):
        page.rate(number, Qt.Key.Key_A)
    box: QCheckBox = page.box(3).findChild(QCheckBox, "hardFail")  # pyright: ignore[reportAssignmentType]
    box.click()
    assert page.value("D06") == "C"
    assert page.row("D06").chip_texts == ["✖ hard fail"]
    row = page.rating(visit_id, "D06")
    assert (row["state"], row["hard_fail"]) == ("C", True)
    box.click()
    assert page.value("D06") == "A"


def test_a_c_that_fails_hard_by_itself_makes_the_item_c(page: JudgingDriver, visit_id: UUID) -> None:
    page.select_item("D10")
    page.rate(1, Qt.Key.Key_C)
    assert page.value("D10") == "C"
    row = page.rating(visit_id, "D10")
    assert (row["k1"], row["state"], row["hard_fail"]) == ("C", "C", None)


def test_a_hard_fail_is_not_overridden_by_another_letter_and_says_why(page: JudgingDriver, visit_id: UUID) -> None:
    page.select_item("D10")
    page.rate(1, Qt.Key.Key_C)
    page.select_item("D10")
    page.type("b")
    assert page.value("D10") == "C"
    assert page.notice.startswith("Supply channel stays C: ")
    assert not page.row("D10").reason.isVisible()
    assert page.rating(visit_id, "D10")["state"] == "C"


def test_a_hard_fail_found_later_makes_an_item_c_that_was_judged_better(page: JudgingDriver, visit_id: UUID) -> None:
    page.select_item("D10")
    page.type("b")
    page.rate(1, Qt.Key.Key_C)
    assert page.value("D10") == "C"
    assert page.rating(visit_id, "D10")["state"] == "C"


def test_the_panel_asks_four_questions_that_lead_on(page: JudgingDriver) -> None:
    page.select_item("D03")
    asked = [label.text() for label in page.diagnosis._panel._questions]
    assert [text[0] for text in asked] == ["1", "2", "3", "4"]
    assert asked[0].endswith("(situation)")
    assert asked[3].endswith("(need)")


def test_a_short_visit_asks_the_planned_items_and_what_the_law_wants(short_page: JudgingDriver) -> None:
    assert short_page.rows == ["D03", "D05", "D10", "D13", "D14"]
    assert short_page.row("D13")._name.text() == "Real price equals tag"
    assert short_page.row("D13").chip_texts == ["required by law"]
    assert short_page.diagnosis.progress().expected == 5


def test_a_law_item_of_a_short_visit_rates_its_one_criterion(short_page: JudgingDriver, visit_id: UUID) -> None:
    short_page.select_item("D13")
    short_page.type("b")
    row = short_page.rating(visit_id, "D13")
    assert (row["k3"], row["state"]) == ("B", None)
    assert "D13" not in short_page.diagnosis.progress().open_fields
    assert short_page.box(1).isHidden()
    assert short_page.box(3).isVisible()


def test_a_law_item_that_fails_hard_makes_its_item_c_until_it_is_mended(
    short_page: JudgingDriver, visit_id: UUID
) -> None:
    short_page.select_item("D14")
    short_page.type("c")
    assert short_page.rating(visit_id, "D14")["state"] == "C"
    short_page.type("a")
    assert short_page.rating(visit_id, "D14")["state"] is None


def test_all_items_can_be_shown_in_a_short_visit_without_being_asked_for(short_page: JudgingDriver) -> None:
    short_page.click("plannedOnly")
    assert len(short_page.rows) == 14
    assert short_page.row("D13")._name.text() == "Price marking"
    assert short_page.diagnosis.progress().expected == 5
    short_page.select_item("D08")
    short_page.type("a")
    assert short_page.value("D08") == "A"
    short_page.click("plannedOnly")
    assert short_page.rows == ["D03", "D05", "D10", "D13", "D14"]


def test_one_chord_takes_over_the_short_visit_too(short_page: JudgingDriver, visit_id: UUID) -> None:
    short_page.press(Qt.Key.Key_Equal, CTRL)
    assert short_page.rating(visit_id, "D05")["taken_over"] is True
    law = short_page.rating(visit_id, "D10")
    assert (law["k1"], law["state"], law["taken_over"]) == ("A", None, True)
    assert short_page.rating(visit_id, "D13")["k3"] == "B"


def test_a_photo_dropped_on_the_panel_is_evidence_of_the_item(
    page: JudgingDriver, tmp_path: Path, visit_id: UUID, qtbot: QtBot
) -> None:
    path = tmp_path / "tags.jpg"
    written = BytesIO()
    Image.new("RGB", (800, 600), "teal").save(written, "JPEG")
    path.write_bytes(written.getvalue())
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    page.select_item("D13")
    page.find(PhotoStrip, "evidenceStrip").take(mime)
    qtbot.waitUntil(lambda: page.row("D13")._photos.text() == "1")
    page.wait_until_quiet()
    assert page.row("D12")._photos.text() == ""
    photos = [row for key, row in page.room.visits.sheet(visit_id).rows.items() if key.kind is RowKind.PHOTO]
    assert [photo["item"] for photo in photos] == ["D13"]


def test_everything_is_worded_in_chinese_when_the_language_changes(
    page: JudgingDriver, translations: Translations, qtbot: QtBot
) -> None:
    page.select_item("D13")
    translations.set_language(Language.ZH)
    qtbot.waitUntil(lambda: page.row("D13")._name.text() == "明码标价")
    assert page.diagnosis.side.accessibleName() == "13 · 明码标价"
    texts = {label.text() for label in page.diagnosis._panel.findChildren(QLabel)}
    assert {"建议这样问", "备注", "照片佐证", "法规必查"} <= texts
