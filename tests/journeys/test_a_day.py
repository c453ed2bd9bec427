"""A day in the field through the real window: from the first password to the same day, reopened."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QFileDialog, QLabel, QLineEdit, QTableView, QWidget

from app.domain.visit import Step
from app.runtime.paths import DataFolder
from app.services.opening import list_backup_infos
from app.storage.backup import restore_backup
from app.storage.photo_files import PhotoFiles
from app.ui.pages.today.today_page import TodayPage
from app.ui.pages.visit.stock_table_model import Column
from app.ui.widgets.list_rows import ROW_ROLE, ListRow
from tests.conftest import PASSWORD
from tests.journeys.disk import Disk
from tests.journeys.visit_hands import at_step, go_to, stock_table, visit_page
from tests.real_program import Program, running

PROMISE = "周五前补齐 6 张价签"
ADVICE_TYPED = 4
_DELIVERED = re.compile(r"已送达|已上传|已同步|送达|delivered|uploaded|synced", re.IGNORECASE)


def test_a_day_from_the_first_password_to_the_next_start(nothing: DataFolder, tmp_path: Path) -> None:
    with running(nothing) as day:
        _set_the_password(day)
        _load_the_practice_territory(day)
        shops = _stops(day)
        assert len(shops) >= 3
        pdf = _whole_visit(day, tmp_path)
        _short_visit(day)
        _closed_shop(day)
        evening = _stops(day)
        assert [shop.title for shop in evening] == [shop.title for shop in shops]
        _is_backed_up(day, tmp_path)
        _lock_and_unlock(day)
        assert _stops(day) == evening
        day.close()
        counts = Disk(nothing).counts()
    _has_the_customers_words(pdf, shops[0].title)
    assert Disk(nothing).unqueued() == {}
    assert set(Disk(nothing).rows("SELECT DISTINCT state FROM outbox")) == {("pending",)}

    with running(nothing) as again:
        again.start()
        again.type(PASSWORD, into="unlockPassword")
        again.key(Qt.Key.Key_Return)
        again.wait_for_window()
        assert _stops(again) == evening
        assert Disk(nothing).counts() == counts
        _first_visit_reads_as_it_was_left(again)
        for page in ("today", "visit", "status", "customers"):
            again.go(page)
            assert [text for text in _texts(again) if _DELIVERED.search(text)] == []


# ---- the parts of the day --------------------------------------------------------------------------------------------
def _set_the_password(day: Program) -> None:
    day.start()
    day.type(PASSWORD, into="firstPasswordFirst")
    day.type(PASSWORD, into="firstPasswordSecond")
    day.click("firstCreate")


def _load_the_practice_territory(day: Program) -> None:
    day.click("fillDemo")
    day.wait_for_window()


def _whole_visit(day: Program, tmp_path: Path) -> Path:
    """Go through all eight steps of the first shop and return the sheet that was saved for the customer."""
    day.find(QAbstractItemView, "dayList").setFocus()
    day.key(Qt.Key.Key_Return)
    at_step(day, Step.BRIEF)
    for step in (_arrive, _count_stock, _look_at_the_shelf, _judge, _advise, _plan):
        step(day, tmp_path)
    return _wrap_up(day, tmp_path)


def _arrive(day: Program, _folder: Path) -> None:
    go_to(day, Step.ARRIVAL)
    day.click("arrivedNow")
    day.key(Qt.Key.Key_1)  # who was met: the keyboard is there already
    day.type("店主在，有客人", into="metNote")


def _count_stock(day: Program, _folder: Path) -> None:
    go_to(day, Step.STOCK)
    table = stock_table(day)
    day.type("１２")
    day.key(Qt.Key.Key_Return)
    day.type("7")
    day.key(Qt.Key.Key_Return)
    day.type("0")
    day.key(Qt.Key.Key_Return)
    table.setCurrentIndex(table.model().index(0, Column.PRICE))
    day.type("13.5")
    day.key(Qt.Key.Key_Tab)
    assert table.currentIndex().column() == Column.TAG
    day.key(Qt.Key.Key_Space)
    assert [table.model().index(row, Column.ON_HAND).data() for row in range(3)] == ["12", "7", "0"]


def _look_at_the_shelf(day: Program, folder: Path) -> None:
    go_to(day, Step.SHELF)
    for name, count in (("sku_on_sale", "21"), ("sku_shown", "１９"), ("sku_tagged", "17")):
        day.find(QWidget, name).setFocus()
        day.type(count)
    day.find(QWidget, "license_shown").setFocus()
    day.key(Qt.Key.Key_Y)
    day.find(QWidget, "minors_sign").setFocus()
    day.key(Qt.Key.Key_N)
    day.type("左侧背柜灯坏一盏", into="shelfNote")
    picture = folder / "IMG_0001.JPG"
    picture.write_bytes(_a_photo_taken_sideways())
    day.drop("photoStrip", picture)
    disk = Disk(day.folder)
    day.wait(lambda: disk.count("photo") == 1, "the photo on disk")


def _judge(day: Program, _folder: Path) -> None:
    go_to(day, Step.DIAGNOSIS)
    page = visit_page(day)
    day.find(QWidget, "stateD01").setFocus()
    for number in range(14):
        # The last is C whatever one presses: the sign against sale to minors is missing.
        day.key(Qt.Key.Key_C if number == 13 else (Qt.Key.Key_A, Qt.Key.Key_B, Qt.Key.Key_2)[number % 3])
        if number < 13:
            day.key(Qt.Key.Key_Down)
    for code in page.step_widget(Step.DIAGNOSIS).progress().open_fields:
        day.type("现场看过，柜台另有存货", into=f"reason{code}")
    assert page.step_widget(Step.DIAGNOSIS).progress().open == 0


def _advise(day: Program, _folder: Path) -> None:
    go_to(day, Step.ADVICE)
    table = day.find(QTableView, "adviceTable")
    day.wait(lambda: table.model().rowCount() > 0, "the guidance")
    table.setFocus()
    table.selectRow(0)
    day.type(str(ADVICE_TYPED))
    day.key(Qt.Key.Key_Return)
    day.click("nextStep")  # use and continue


def _plan(day: Program, _folder: Path) -> None:
    at_step(day, Step.IMPROVEMENT)
    day.rest()
    plans = visit_page(day).step_widget(Step.IMPROVEMENT)
    target = next(w for w in plans.findChildren(QWidget) if w.objectName().startswith("target") and w.isVisible())
    code = target.objectName().removeprefix("target")
    target.setFocus()
    day.key(Qt.Key.Key_A)
    day.wait(lambda: _is_seen(plans, f"measure{code}-1"), "the measures")
    day.click(f"measure{code}-1")
    day.wait(lambda: plans.progress().open == 0, "the plan to be complete")


def _wrap_up(day: Program, folder: Path) -> Path:
    go_to(day, Step.WRAP_UP)
    day.click("readBack")
    day.click("takeNextVisit")
    pdf = folder / "老周 小结.pdf"
    day.wait(lambda: day.find(QAbstractButton, "saveSheet").isEnabled(), "the customer's sheet")
    day.click("addPromise")
    day.type(PROMISE)  # the sheet that is handed out a moment later holds it
    day.click("saveSheet")
    dialog = day.find(QFileDialog, "saveSheetDialog")
    dialog.selectFile(str(pdf))
    name = dialog.findChild(QLineEdit)
    assert name is not None
    name.setText(str(pdf))
    dialog.accept()
    day.wait(pdf.exists, "the PDF")
    day.click("finishVisit")
    day.find(QLabel, "endedHeading")
    return pdf


def _short_visit(day: Program) -> None:
    """Go on to the next shop, say that one is there, and finish."""
    first = visit_page(day).model.visit_id
    day.click("nextShop")
    day.wait(lambda: visit_page(day).model.visit_id != first and not visit_page(day).model.is_busy, "the next shop")
    go_to(day, Step.ARRIVAL)
    day.click("arrivedNow")
    go_to(day, Step.WRAP_UP)
    day.click("finishVisit")  # asks once: nothing was recorded
    day.click("finishVisit")
    day.find(QLabel, "endedHeading")
    day.click("backToToday")


def _closed_shop(day: Program) -> None:
    """Find the third shop closed, and say so with a reason from the visit itself."""
    day.wait(lambda: day.workspace.shown_key == "today", "Today")
    day.rest()
    day.find(QAbstractItemView, "dayList").setFocus()
    day.key(Qt.Key.Key_Return)
    day.wait(lambda: day.workspace.shown_key == "visit", "the visit")
    day.rest()
    go_to(day, Step.ARRIVAL)
    day.click("outcome_closed")
    reasons = [b for b in day.window.findChildren(QAbstractButton) if b.objectName().startswith("reason_")]
    day.click(next(b for b in reasons if b.isVisible()))
    day.click("endOtherwise")
    day.wait(lambda: visit_page(day).model.draft.is_read_only, "the visit to end")
    day.go("today")


def _is_backed_up(day: Program, tmp_path: Path) -> None:
    """See that the newest backup can be put back and holds the day."""
    day.rest()
    backup = list_backup_infos(day.folder)[0]
    elsewhere = DataFolder(tmp_path / "restored")
    restore_backup(backup.file, elsewhere, PASSWORD)
    assert Disk(elsewhere).counts() == Disk(day.folder).counts()
    assert backup.rows["visit"] == Disk(day.folder).count("visit")


def _lock_and_unlock(day: Program) -> None:
    day.key(Qt.Key.Key_L, ctrl=True)
    day.find(QLineEdit, "lockPassword")
    assert not day.is_shown("dayList")
    day.type(PASSWORD, into="lockPassword")
    day.key(Qt.Key.Key_Return)
    day.find(QAbstractItemView, "dayList")


def _first_visit_reads_as_it_was_left(again: Program) -> None:
    again.find(QAbstractItemView, "dayList").setFocus()
    again.key(Qt.Key.Key_Home, Qt.Key.Key_Return)
    again.wait(lambda: again.workspace.shown_key == "visit", "the visit")
    again.rest()
    go_to(again, Step.STOCK)
    table = stock_table(again)
    assert [table.model().index(row, Column.ON_HAND).data() for row in range(3)] == ["12", "7", "0"]
    assert table.model().index(0, Column.PRICE).data() == "13.5"
    go_to(again, Step.WRAP_UP)
    again.wait(lambda: again.is_shown("promiseText"), "the promises")
    assert again.words("promiseText") == PROMISE
    key = Disk(again.folder).key
    [(sha,)] = Disk(again.folder).rows("SELECT sha256 FROM photo")
    photo = Image.open(BytesIO(PhotoFiles(again.folder.photos, key).get(sha)))
    assert photo.size == (300, 600)  # upright
    assert not dict(photo.getexif())  # and nothing of where it was taken
    disk = Disk(again.folder)
    assert disk.one("SELECT count(*) FROM diagnosis_rating WHERE state IS NOT NULL") == 14
    assert disk.one("SELECT agreed FROM advice_line WHERE agreed IS NOT NULL") == ADVICE_TYPED
    assert disk.one("SELECT count(*) FROM improvement_plan WHERE target_state = 'A'") == 1
    assert disk.rows("SELECT status FROM visit WHERE started_at IS NOT NULL ORDER BY seq")[:2] == [("done",), ("done",)]
    assert disk.one("SELECT count(*) FROM visit WHERE status = 'closed' AND end_reason <> ''") == 1


# ---- helpers ---------------------------------------------------------------------------------------------------------
def _stops(day: Program) -> list[ListRow]:
    """Return the rows of Today, as soon as every brief was read."""
    day.go("today")
    view = day.find(QAbstractItemView, "dayList")
    page = day.workspace.page("today")
    assert isinstance(page, TodayPage)
    reader = page.model._reader
    shops = [stop.customer_id for stop in page.model.sheet.stops] if page.model.sheet is not None else []
    day.wait(lambda: all(reader.view_of(shop) is not None for shop in shops), "the briefs")
    day.rest()
    model = view.model()
    assert model.rowCount() == len(shops) > 0
    return [model.index(row, 0, QModelIndex()).data(ROW_ROLE) for row in range(model.rowCount())]


def _texts(day: Program) -> Iterator[str]:
    for widget in day.window.findChildren(QWidget):
        if widget.isVisible():
            yield from (widget.accessibleName(), widget.toolTip())
            if isinstance(widget, QLabel | QAbstractButton):
                yield widget.text()


def _is_seen(parent: QWidget, name: str) -> bool:
    found = parent.findChild(QWidget, name)
    return found is not None and found.isVisible()


def _a_photo_taken_sideways() -> bytes:
    image = Image.new("RGB", (600, 300), "#88a098")
    exif = Image.Exif()
    exif[0x0112] = 6  # turn it by a quarter to see it upright
    exif[0x8825] = {1: "N", 2: (30.0, 1.0, 2.0), 3: "E", 4: (110.0, 3.0, 4.0)}
    written = BytesIO()
    image.save(written, "JPEG", exif=exif)
    return written.getvalue()


def _has_the_customers_words(pdf: Path, shop: str) -> None:
    """See that the sheet can be read as text, and says nothing that is not for the shopkeeper."""
    reader = PdfReader(pdf)
    assert 1 <= len(reader.pages) <= 2
    text = "".join(page.extract_text() for page in reader.pages).replace("\n", "")
    assert shop in text
    assert PROMISE.replace(" ", "") in text.replace(" ", "")
    for forbidden in ("客情", "态度", "等级评定", "档位", "其他客户"):
        assert forbidden not in text


@pytest.fixture(autouse=True)
def _plain_dialogs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Use Qt's own file dialog: the one of the system cannot be typed into from here."""
    monkeypatch.setattr(QFileDialog, "__init__", _without_the_system(QFileDialog.__init__))


def _without_the_system(original: object) -> object:
    def made(self: QFileDialog, *args: object) -> None:
        original(self, *args)  # type: ignore[operator]
        self.setOption(QFileDialog.Option.DontUseNativeDialog, on=True)

    return made
