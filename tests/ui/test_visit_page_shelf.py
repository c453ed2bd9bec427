"""The shelf step under the fingers of a person: counts, checks, rates, photos from files, drops and the clipboard."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.domain.visit import Step
from app.models.visit import Visit
from app.runtime.clock import Clock
from app.runtime.paths import DataFolder
from app.services.visit_rows import SHELF_ROW, RowKind
from app.storage.database import Database
from app.storage.photo_files import PhotoFiles
from app.ui.background.change_bus import ChangeBus
from app.ui.background.task_runner import TaskRunner
from app.ui.widgets.photo_tile import PhotoTile
from tests.ui.visit_page_driver import DAY, VisitPageDriver, VisitRoom, a_shop_with_a_visit

if TYPE_CHECKING:
    from app.domain.playbook import Playbook


@pytest.fixture
def room(database: Database, clock: Clock, playbook: "Playbook", data_folder: DataFolder, key: bytes) -> VisitRoom:
    return VisitRoom.over(database, clock, playbook, PhotoFiles(data_folder.photos, key))


@pytest.fixture
def visit_id(database: Database) -> UUID:
    return a_shop_with_a_visit(database)


@pytest.fixture
def page(qtbot: QtBot, room: VisitRoom, tasks: TaskRunner, visit_id: UUID) -> VisitPageDriver:
    driver = VisitPageDriver(qtbot, room.make_page(tasks, ChangeBus(tasks)), tasks)
    driver.show()
    driver.open(visit_id)
    driver.jump(Step.SHELF)
    return driver


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "counter.jpg"
    Image.new("RGB", (2000, 1500), "teal").save(path)
    return path


def test_counts_are_typed_or_stepped_from_the_last_one(page: VisitPageDriver, room: VisitRoom, visit_id: UUID) -> None:
    page.counter("sku_on_sale").setFocus()
    page.type("22")
    page.counter("sku_shown").step(1)
    page.counter("sku_shown").step(1)
    page.flush()
    row = room.visits.sheet(visit_id).rows[SHELF_ROW]
    assert (row["sku_on_sale"], row["sku_shown"], row["sku_tagged"]) == (22, 18, None)


def test_the_rates_follow_the_counts(page: VisitPageDriver) -> None:
    assert page.shelf_rates == "Display rate — · price-tag rate —"
    for name, count in (("sku_on_sale", "21"), ("sku_shown", "19"), ("sku_tagged", "17")):
        page.counter(name).setFocus()
        page.type(count)
    assert page.shelf_rates == "Display rate 90% · price-tag rate 89%"


def test_counts_that_contradict_each_other_give_no_rate_and_say_which(page: VisitPageDriver) -> None:
    for name, count in (("sku_on_sale", "21"), ("sku_shown", "19"), ("sku_tagged", "25")):
        page.counter(name).setFocus()
        page.type(count)
    assert page.shelf_rates == "Display rate 90% \u00b7 price-tag rate \u2014"
    page.wait_for_words("countsDoubt", "SKUs with a tag 25, but SKUs shown only 19: which of them is right?")
    page.type("\b")
    assert page.shelf_rates == "Display rate 90% \u00b7 price-tag rate 11%"
    assert not page.find(QLabel, "countsDoubt").isVisible()


def test_checks_are_answered_by_keys_and_taken_back(page: VisitPageDriver, room: VisitRoom, visit_id: UUID) -> None:
    page.focus_check("license_shown")
    page.press(Qt.Key.Key_Y)
    page.focus_check("minors_sign")
    page.press(Qt.Key.Key_2)
    page.focus_check("fresh")
    page.press(Qt.Key.Key_Y)
    page.press(Qt.Key.Key_Delete)
    page.flush()
    row = room.visits.sheet(visit_id).rows[SHELF_ROW]
    assert (row["license_shown"], row["minors_sign"], row["fresh"]) == (True, False, None)


def test_what_the_law_wants_is_marked_as_a_must(page: VisitPageDriver) -> None:
    marked = [label for label in page.page.findChildren(QLabel) if label.text() == "must check" and label.isVisible()]
    assert len(marked) == 2


def test_a_dropped_file_becomes_a_photo_of_the_visit_at_once(
    qtbot: QtBot, page: VisitPageDriver, room: VisitRoom, visit_id: UUID, picture: Path
) -> None:
    page.drop(picture)
    qtbot.waitUntil(lambda: len(page.photos) == 1 and page.photos[0].photo.image is not None)
    page.flush()
    (photo,) = [row for key, row in room.visits.sheet(visit_id).rows.items() if key.kind is RowKind.PHOTO]
    assert (photo["place"], photo["width"]) == ("counter_front", 1600)
    assert page.photos[0].photo.caption == "Counter front"


def test_a_pasted_picture_without_a_file_is_taken_too(qtbot: QtBot, page: VisitPageDriver) -> None:
    image = QImage(300, 200, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    mime = QMimeData()
    mime.setImageData(image)
    assert page.strip.take(mime)
    qtbot.waitUntil(lambda: len(page.photos) == 1)


def test_what_is_no_picture_is_refused_in_words_and_the_others_go_in(
    qtbot: QtBot, page: VisitPageDriver, picture: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"no picture")
    page.drop(broken, picture)
    qtbot.waitUntil(lambda: len(page.photos) == 1)
    problem = page.find(QLabel, "photoProblem")
    qtbot.waitUntil(problem.isVisible)
    assert "not a picture" in problem.text()
    assert "broken.jpg" in problem.text()


def test_the_same_picture_twice_is_kept_once_and_said(qtbot: QtBot, page: VisitPageDriver, picture: Path) -> None:
    page.drop(picture)
    qtbot.waitUntil(lambda: len(page.photos) == 1)
    page.drop(picture)
    page.wait_for_words("photoProblem", "This picture is already part of the visit.")
    assert len(page.photos) == 1


def test_a_removed_photo_comes_back_by_undo(
    qtbot: QtBot, page: VisitPageDriver, room: VisitRoom, visit_id: UUID, picture: Path
) -> None:
    page.drop(picture)
    qtbot.waitUntil(lambda: len(page.photos) == 1)
    page.strip.removal_requested.emit(page.photos[0].photo.key)
    assert page.photos == []
    page.undo()
    assert len(page.photos) == 1
    page.flush()
    assert any(key.kind is RowKind.PHOTO for key in room.visits.sheet(visit_id).rows)


def test_the_photo_of_the_same_place_at_the_last_visit_stands_beside(
    qtbot: QtBot, room: VisitRoom, tasks: TaskRunner, database: Database
) -> None:
    visit_id = a_shop_with_a_visit(database)
    with database.write() as session:
        visit = session.get_one(Visit, visit_id)
        earlier = Visit(customer_id=visit.customer_id, day=DAY - timedelta(days=9), status="in_progress")
        session.add(earlier)
        session.flush()
        earlier_id = earlier.id
    written = BytesIO()
    Image.new("RGB", (300, 200), "teal").save(written, "JPEG")
    room.photos.add(earlier_id, room.photos.prepare(written.getvalue()), place="counter_front")
    driver = VisitPageDriver(qtbot, room.make_page(tasks, ChangeBus(tasks)), tasks)
    driver.show()
    driver.open(visit_id)
    driver.jump(Step.SHELF)
    tile = driver.find(PhotoTile, "lastPhoto")
    qtbot.waitUntil(lambda: tile.isVisible() and tile.photo.image is not None)
    assert tile.photo.caption == "04-20 Counter front"


def test_a_photo_is_seen_large_and_gets_a_caption(
    qtbot: QtBot, page: VisitPageDriver, room: VisitRoom, visit_id: UUID, picture: Path
) -> None:
    page.drop(picture)
    qtbot.waitUntil(lambda: len(page.photos) == 1)
    viewer = page.open_photo(0)
    qtbot.waitUntil(lambda: viewer.has_picture)
    page.write_caption(viewer, "左柜台")
    with qtbot.waitSignal(viewer.finished):
        viewer.accept()
    page.flush()
    rows = room.visits.sheet(visit_id).rows
    assert [row["caption"] for key, row in rows.items() if key.kind is RowKind.PHOTO] == ["左柜台"]


def test_dragging_something_else_over_the_photos_is_not_taken(page: VisitPageDriver, tmp_path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "letter.docx"))])
    assert not page.strip.take(mime)
