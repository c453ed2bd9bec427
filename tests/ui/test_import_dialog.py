"""The import page: dry run, counts, refused rows with their reasons, import, stop, and what comes next."""

import gc
import weakref
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from app.domain.changes import Kind
from app.domain.playbook import Playbook
from app.domain.text import Language
from app.lists.reasons import Cause, Reason, RefusedRow, RowProblem
from app.lists.targets import Target
from app.models.customer import Customer
from app.storage.database import Database
from app.ui.background.task_runner import TaskRunner
from app.ui.look.translations import Translations
from app.ui.pages.data_in.refused_table_model import RefusedTableModel
from tests.builders_files import a_csv
from tests.ui.import_driver import ImportDriver

HEADER = ["客户编码", "企业名称", "订货日", "许可证有效期止"]
GOOD = ["HD3003", "老周食杂店", "周六", "2027-03-31"]
BAD = ["HD3004", "惠民超市", "周八", "2027-13-31"]


@pytest.fixture
def page(qtbot: QtBot, database: Database, playbook: Playbook, tasks: TaskRunner) -> ImportDriver:
    """The import page over an empty store."""
    driver = ImportDriver(qtbot, database, playbook, tasks)
    driver.open()
    return driver


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file of customers with one good and one bad row."""
    return a_csv(tmp_path / "customers.csv", [HEADER, GOOD, BAD], encoding="gb18030")


def customers(database: Database) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(Customer)) or 0


def test_nothing_can_be_imported_before_a_file_is_chosen(page: ImportDriver, file: Path) -> None:
    assert not page.is_enabled("importCheck")
    assert not page.is_enabled("importRun")
    page.drop(file)
    assert page.words_of("importFileName") == "customers.csv"
    assert page.is_enabled("importCheck")


def test_the_dry_run_counts_and_shows_what_would_be_refused_and_changes_nothing(
    page: ImportDriver, file: Path, database: Database
) -> None:
    page.drop(file)
    page.choose_profile("zh-standard-customers")
    page.check()
    assert page.model.result is not None
    assert (page.model.result.read, page.model.result.added, page.model.result.refused) == (2, 1, 1)
    assert "nothing was changed" in page.words_of("importWords")
    lines = page.refused_lines()
    assert [line[:3] for line in lines] == [("3", "许可证有效期止", "2027-13-31"), ("3", "订货日", "周八")]
    assert "Not a weekday" in lines[1][3]
    assert customers(database) == 0
    assert page.heard == []


def test_the_import_takes_the_good_rows_and_tells_the_other_pages(
    page: ImportDriver, file: Path, database: Database
) -> None:
    page.drop(file)
    page.choose_profile("zh-standard-customers")
    page.run()
    assert customers(database) == 1
    assert [changes.kinds for changes in page.heard] == [frozenset({Kind.CUSTOMER})]
    assert page.words_of("importNext") == "Next: products"


def test_importing_the_same_file_again_says_that_everything_was_here(page: ImportDriver, tmp_path: Path) -> None:
    page.drop(a_csv(tmp_path / "good.csv", [HEADER, GOOD]))
    page.choose_profile("zh-standard-customers")
    page.run()
    page.run()
    assert "was here already" in page.words_of("importWords")


def test_after_customers_the_page_leads_to_products_and_after_orders_to_today(
    page: ImportDriver, tmp_path: Path, qtbot: QtBot
) -> None:
    page.drop(a_csv(tmp_path / "good.csv", [HEADER, GOOD]))
    page.choose_profile("zh-standard-customers")
    page.run()
    page.press("importNext")
    assert page.model.target is Target.PRODUCTS
    assert page.model.file is None
    page.drop(a_csv(tmp_path / "p.csv", [["品规编码", "品规名称"], ["P1", "雅韵(硬)"]]))
    page.choose_profile("zh-standard-products")
    page.run()
    page.press("importNext")
    header = ["订单号", "行号", "订货日期", "客户编码", "品规编码", "订货量", "金额"]
    page.drop(a_csv(tmp_path / "o.csv", [header, ["O1", "1", "2026-11-20", "HD3003", "P1", "3", "300"]]))
    page.choose_profile("zh-standard-orders")
    page.run()
    assert page.model.error is None
    with qtbot.waitSignal(page.page.open_page_requested) as wish:
        page.press("importNext")
    assert wish.args == ["today"]


def test_the_refused_rows_are_saved_to_be_mended_and_imported_again(
    page: ImportDriver, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "mend.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    page.drop(file)
    page.choose_profile("zh-standard-customers")
    page.check()
    page.press("importSaveRefused")
    page.wait_for_words("importMessage", "mend.csv")
    text = target.read_text(encoding="utf-8-sig")
    assert "HD3004" in text
    assert "HD3003" not in text
    assert "周八" in text


def test_a_file_of_another_kind_is_refused_with_what_to_do(page: ImportDriver, tmp_path: Path) -> None:
    other = tmp_path / "picture.csv"
    other.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00")
    page.drop(other)
    page.check()
    assert "Save it as CSV or XLSX" in page.words_of("importMessage")
    assert not page.is_shown("importNext")


def test_a_stopped_import_leaves_nothing_behind_and_says_so(
    page: ImportDriver, tmp_path: Path, database: Database, qtbot: QtBot
) -> None:
    rows = [[f"HD{number}", f"第{number}家店", "周六", ""] for number in range(60_000)]
    page.drop(a_csv(tmp_path / "many.csv", [HEADER, *rows]))
    page.choose_profile("zh-standard-customers")
    page.press("importRun")
    qtbot.waitUntil(lambda: page.is_shown("importStop"))
    page.press("importStop")
    page.wait_until_done()
    assert page.words_of("importMessage") == "Stopped. Nothing was changed."
    assert customers(database) == 0
    assert page.is_enabled("importRun")


def test_a_profile_of_ones_own_is_used_and_a_bad_one_is_named(
    page: ImportDriver, file: Path, tmp_path: Path, database: Database
) -> None:
    bad = tmp_path / "mine.toml"
    bad.write_text('id = "mine"\n', encoding="utf-8")
    page.drop(file)
    page.model.choose_own_profile(bad)
    page.check()
    assert "mine.toml" in page.words_of("importMessage")
    good = tmp_path / "ours.toml"
    good.write_text(
        'id = "ours"\ntarget = "customers"\nname = { zh = "我们的", en = "ours" }\n'
        '[fields]\ncust_code = { column = "客户编码" }\ncust_name = { column = "企业名称" }\n',
        encoding="utf-8",
    )
    page.model.choose_own_profile(good)
    page.run()
    assert customers(database) == 2


def test_the_reasons_follow_the_language(page: ImportDriver, file: Path, translations: Translations) -> None:
    page.drop(file)
    page.choose_profile("zh-standard-customers")
    page.check()
    translations.set_language(Language.ZH)
    page.wait_for_words("importCheck", "先检查（试运行）")
    assert "不是星期" in page.refused_lines()[1][3]


def test_the_table_of_refused_rows_is_a_sound_model(qtmodeltester: ModelTester) -> None:
    model = RefusedTableModel(Language.ZH)
    problems = (
        RowProblem("订货日", "周八", Cause(Reason.NOT_A_WEEKDAY)),
        RowProblem("", "", Cause(Reason.ROW_WIDTH, "3 ≠ 4")),
    )
    model.set_rows((RefusedRow(3, problems, ("a", "b")),))
    qtmodeltester.check(model)
    assert model.rowCount() == 2


def test_an_import_page_that_is_gone_is_freed(
    qtbot: QtBot, database: Database, playbook: Playbook, tasks: TaskRunner
) -> None:
    driver = ImportDriver(qtbot, database, playbook, tasks)
    driver.open()
    gone = weakref.ref(driver.page)
    driver.page.deleteLater()
    qtbot.waitUntil(lambda: not shiboken6.isValid(driver.page))
    del driver.page
    gc.collect()
    assert gone() is None


def test_after_the_check_and_the_import_the_keyboard_is_on_what_comes_next(
    page: ImportDriver, file: Path, database: Database, qtbot: QtBot
) -> None:
    page.page.activateWindow()
    qtbot.waitUntil(page.page.isActiveWindow)
    page.drop(file)
    page.choose_profile("zh-standard-customers")
    page.press("importCheck")
    page.wait_until_done()
    qtbot.waitUntil(lambda: page.focused() == "importRun")
    assert page.kind_of("importRun") == "primary"
    assert page.kind_of("importCheck") == "plain"
    qtbot.keyClick(page.page.focusWidget(), Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: customers(database) == 1)
    page.wait_until_done()
    qtbot.waitUntil(lambda: page.focused() == "importNext")
    qtbot.keyClick(page.page.focusWidget(), Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: page.focused() == "importChooseFile")
    assert page.kind_of("importCheck") == "primary"


def test_a_profile_that_nobody_chose_follows_the_language(
    page: ImportDriver, translations: Translations, qtbot: QtBot
) -> None:
    assert page.model.profile == "iowa-customers"
    translations.set_language(Language.ZH)
    qtbot.waitUntil(lambda: page.model.profile == "zh-standard-customers")
    page.choose_profile("iowa-customers")
    translations.set_language(Language.EN)
    translations.set_language(Language.ZH)
    qtbot.waitUntil(lambda: page.model.language is Language.ZH)
    assert page.model.profile == "iowa-customers"


def test_a_value_is_read_whole_where_there_is_room_for_it(page: ImportDriver, tmp_path: Path) -> None:
    bad = [*BAD[:3], "2027/13/31 及以后"]
    page.drop(a_csv(tmp_path / "c.csv", [HEADER, bad]))
    page.choose_profile("zh-standard-customers")
    page.check()
    assert page.column_width(2) >= page.column_needs(2)
