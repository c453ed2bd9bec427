"""The company's lists come in through the writer, on both databases."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from sqlalchemy import select

from app.domain.text import Language
from app.headoffice import people
from app.headoffice.list_work import Outcome
from app.headoffice.models import AuditEntry
from app.headoffice.office_import import CompanyList, Hand, import_list
from app.lists.profiles import find_profile
from app.lists.reasons import FileRefusedError, Reason
from app.lists.refused_file import reasons_in_words
from app.lists.targets import Target
from tests.builders_files import a_csv, an_xlsx, rows_of
from tests.headoffice.world import World

Rows = Sequence[Mapping[str, str]]
ORDER = {"订单号": "O-9", "客户编码": "C11", "订货日期": "2026-02-20"}


class Desk:
    """Somebody of the office with files to bring in."""

    def __init__(self, world: World, folder: Path) -> None:
        self.world = world
        self.folder = folder
        self.rejects = folder / "rejects.csv"

    def bring(self, target: Target, rows: Rows, *, territory: str | None = None, dry_run: bool = False) -> Outcome:
        titles = list(dict.fromkeys(title for row in rows for title in row))
        cells = ([row.get(title, "") for title in titles] for row in rows)
        file = a_csv(self.folder / f"{target}.csv", [titles, *cells])
        return self.bring_file(target, file, territory=territory, dry_run=dry_run)

    def bring_file(
        self, target: Target, file: Path, *, territory: str | None = None, dry_run: bool = False
    ) -> Outcome:  # fmt: skip
        profile = find_profile("zh-standard", target)
        asked = CompanyList(file, profile, territory, self.rejects, Language.EN, dry_run)
        return import_list(self.world.database, asked, Hand("cli:root", "Lin"), self.world.tick())

    def rejected(self) -> list[dict[str, str]]:
        with self.rejects.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))


@pytest.fixture
def desk(world: World, tmp_path: Path) -> Desk:
    return Desk(world, tmp_path)


def told(outcome: Outcome) -> tuple[int, int, int, int]:
    return outcome.added, outcome.changed, outcome.unchanged, outcome.refused


def reasons(outcome: Outcome) -> dict[int, list[Reason]]:
    return {row.row_number: [problem.cause.reason for problem in row.problems] for row in outcome.refusals}


# ---- customers -------------------------------------------------------------------------------------------------------
def test_customers_are_added_changed_moved_or_left_as_they_are(desk: Desk) -> None:
    world = desk.world
    laptop = world.laptop("M2")
    laptop.pull()
    moved = desk.bring(Target.CUSTOMERS, [{"客户编码": "C11", "企业名称": "Shop C11"}], territory="T2")
    assert (told(moved), moved.moved) == ((0, 1, 0, 0), 1)
    rows = [
        {"客户编码": "C12", "企业名称": "New name", "样本户": "是", "经度": "113.5"},
        {"客户编码": "C31", "企业名称": "Third", "营销线": "T2", "档位": "7"},
        {"客户编码": "C32", "企业名称": "Nowhere"},
        {"客户编码": "C33", "企业名称": "Bad", "营销线": "T2", "档位": "many"},
    ]
    outcome = desk.bring(Target.CUSTOMERS, rows)
    assert told(outcome) == (1, 1, 0, 2)
    assert reasons(outcome) == {4: [Reason.NO_TERRITORY], 5: [Reason.NOT_A_NUMBER]}
    laptop.pull()
    assert ("customer", world.customers["C11"]) in laptop.rows
    assert world.value("customer", world.customers["C12"], "gis_lng") == "113.500000"
    assert world.value("customer", world.customers["C12"], "is_sample") is True


def test_a_known_customer_stays_in_its_territory_where_the_list_names_none(desk: Desk) -> None:
    outcome = desk.bring(Target.CUSTOMERS, [{"客户编码": "C11", "企业名称": "Shop C11", "营销线": "East line"}])
    assert (outcome.changed, outcome.moved, outcome.unheld) == (1, 0, ())
    assert ("customer", desk.world.customers["C11"]) in desk.world.rows("terr:T1")


def test_customers_of_a_territory_that_nobody_has_are_told(desk: Desk) -> None:
    rows = [{"客户编码": "C41", "企业名称": "Far away", "营销线": "East line"}]
    assert desk.bring(Target.CUSTOMERS, rows).unheld == ("East line",)


def test_words_of_the_playbook_become_codes_and_unknown_ones_are_refused(desk: Desk) -> None:
    rows = [
        {"客户编码": "C11", "企业名称": "Shop C11", "经营业态": "便利店", "送货日": "周六"},
        {"客户编码": "C12", "企业名称": "Shop C12", "经营业态": "飞船", "送货日": "八"},
    ]
    outcome = desk.bring(Target.CUSTOMERS, rows)
    assert desk.world.value("customer", desk.world.customers["C11"], "format") == "B"
    assert desk.world.value("customer", desk.world.customers["C11"], "deliver_day") == 6
    [refused] = outcome.refusals
    assert (refused.row_number, len(refused.problems)) == (3, 2)
    assert reasons_in_words(refused, Language.ZH).startswith("经营业态“飞船”：不在可选值之内")
    assert "送货日 “八”: Not a weekday" in reasons_in_words(refused, Language.EN)


def test_what_a_manager_entered_on_a_laptop_stays_and_is_counted(desk: Desk) -> None:
    world = desk.world
    laptop = world.laptop()
    laptop.pull()
    laptop.do("patch", "customer", world.customers["C11"], {"opening_hours": "6-23"})
    laptop.push()
    rows = [{"客户编码": "C11", "企业名称": "By the office", "营业时间": "9-18"}]
    outcome = desk.bring(Target.CUSTOMERS, rows)
    assert (told(outcome), outcome.kept) == ((0, 1, 0, 0), 1)
    assert world.value("customer", world.customers["C11"], "opening_hours") == "6-23"
    assert world.value("customer", world.customers["C11"], "cust_name") == "By the office"


# ---- products --------------------------------------------------------------------------------------------------------
def test_products_come_twice_without_a_change_and_a_code_twice_in_a_file_is_refused(desk: Desk) -> None:
    rows = [{"品规编码": "P0", "品规名称": "Brand P0"}, {"品规编码": "P9", "品规名称": "N", "批发价": "85.5"}]
    assert told(desk.bring(Target.PRODUCTS, rows)) == (1, 0, 1, 0)
    assert told(desk.bring(Target.PRODUCTS, rows)) == (0, 0, 2, 0)
    outcome = desk.bring(Target.PRODUCTS, [*rows, {"品规编码": "P9", "品规名称": "Another"}])
    assert (told(outcome), reasons(outcome)) == ((0, 0, 2, 1), {4: [Reason.DUPLICATE]})


# ---- orders ----------------------------------------------------------------------------------------------------------
def test_order_lines_become_orders_and_an_order_that_comes_again_is_replaced(desk: Desk) -> None:
    world = desk.world
    lines = [
        ORDER | {"行号": "2", "品规编码": "P0", "订购量": "5", "金额": "10"},
        ORDER | {"行号": "1", "品规编码": "P1", "订购量": "3", "金额": "6", "需求量": "4"},
    ]
    outcome = desk.bring(Target.ORDERS, lines)
    assert (outcome.read, told(outcome)) == (2, (1, 0, 0, 0))
    assert world.value("purchase_order", "O-9", "lines") == [
        [world.products[1], 3, 600, 4, None],
        [world.products[0], 5, 1000, None, None],
    ]
    assert told(desk.bring(Target.ORDERS, lines)) == (0, 0, 1, 0)
    assert told(desk.bring(Target.ORDERS, lines[:1])) == (0, 1, 0, 0)


def test_an_order_comes_in_whole_or_not_at_all_and_its_mended_rows_bring_it_back(desk: Desk) -> None:
    world = desk.world
    line = {"品规编码": "P0", "订购量": "5", "金额": "10"}
    rows = [
        ORDER | line | {"行号": "1"},
        ORDER | line | {"行号": "1", "订单号": "O-10"},  # another order, between the lines of the first
        ORDER | line | {"行号": "2", "订购量": "some"},
        ORDER | line | {"行号": "3", "品规编码": "P404"},
    ]
    outcome = desk.bring(Target.ORDERS, rows)
    assert told(outcome) == (1, 0, 0, 3)
    assert reasons(outcome) == {
        2: [Reason.ORDER_NOT_WHOLE],
        4: [Reason.NOT_A_NUMBER],
        5: [Reason.UNKNOWN_PRODUCT],
    }
    mended = desk.rejected()
    assert [row["Original row"] for row in mended] == ["2", "4", "5"]
    mended[1]["订购量"], mended[2]["品规编码"] = "7", "P2"
    assert told(desk.bring(Target.ORDERS, mended)) == (1, 0, 0, 0)
    assert [one[:2] for one in world.value("purchase_order", "O-9", "lines")] == [
        [world.products[0], 5], [world.products[0], 7], [world.products[2], 5],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("second", "reason"),
    [
        ({"行号": "1"}, Reason.ORDER_LINE_TWICE),
        ({"行号": "2", "客户编码": "C12"}, Reason.ORDER_DIFFERS),
        ({"行号": "2", "订货日期": "2026-02-21"}, Reason.ORDER_DIFFERS),
        ({"行号": "2", "客户编码": "C404"}, Reason.UNKNOWN_CUSTOMER),
    ],
)
def test_a_line_that_does_not_fit_its_order_is_refused_with_the_order(
    desk: Desk, second: dict[str, str], reason: Reason
) -> None:
    line = ORDER | {"行号": "1", "品规编码": "P0", "订购量": "5", "金额": "10"}
    outcome = desk.bring(Target.ORDERS, [line, line | second])
    assert told(outcome) == (0, 0, 0, 2)
    found = reasons(outcome)
    assert (found[2], reason in found[3]) == ([Reason.ORDER_NOT_WHOLE], True)


def test_an_order_does_not_go_over_to_another_customer(desk: Desk) -> None:
    line = ORDER | {"行号": "1", "品规编码": "P0", "订购量": "5", "金额": "10"}
    assert told(desk.bring(Target.ORDERS, [line])) == (1, 0, 0, 0)
    outcome = desk.bring(Target.ORDERS, [line | {"客户编码": "C21"}])
    assert reasons(outcome) == {2: [Reason.ORDER_OF_ANOTHER]}
    assert desk.world.value("purchase_order", "O-9", "customer_id") == desk.world.customers["C11"]


# ---- allowances and tasks --------------------------------------------------------------------------------------------
def test_allowances_and_tasks_that_come_twice_are_the_same_ones(desk: Desk) -> None:
    laptop = desk.world.laptop()
    allowance = {"客户编码": "C11", "品规编码": "P0", "起始日期": "2026-03-01", "截止日期": "2026-03-07", "可订量": "9"}
    task = {"客户经理": "M1", "客户编码": "C11", "任务": "Look at the sign", "截止日期": "2026-03-10"}
    for wanted in ((1, 0, 0, 0), (0, 0, 1, 0)):
        assert told(desk.bring(Target.ALLOCATIONS, [allowance])) == wanted
        assert told(desk.bring(Target.TASKS, [task])) == wanted
    laptop.pull()
    assert sum(table == "task" for table, _ in laptop.rows) == 1
    assert sum(table == "allocation" for table, _ in laptop.rows) == 1
    backwards = desk.bring(Target.ALLOCATIONS, [allowance | {"截止日期": "2026-02-01"}])
    assert reasons(backwards) == {2: [Reason.ENDS_BEFORE_IT_BEGINS]}


def test_a_task_for_a_customer_goes_to_the_manager_who_has_it(desk: Desk) -> None:
    world = desk.world
    rows = [
        {"客户经理": "", "客户编码": "C11", "任务": "A"},
        {"客户经理": "M7", "客户编码": "C11", "任务": "B"},
        {"客户经理": "", "客户编码": "", "任务": "C"},
        {"客户经理": "", "客户编码": "C404", "任务": "D"},
    ]
    outcome = desk.bring(Target.TASKS, rows)
    assert told(outcome) == (1, 0, 0, 3)
    assert reasons(outcome) == {
        3: [Reason.UNKNOWN_MANAGER],
        4: [Reason.TASK_FOR_NOBODY],
        5: [Reason.UNKNOWN_CUSTOMER],
    }
    [(_, given)] = world.rows("mgr:M1").values()
    assert (given["manager"], given["assigned_by"], given["state"]) == ("M1", "Lin", "assigned")
    with world.database.write() as session:
        people.grant(session, "M2", "terr:T1", world.tick())
    assert reasons(desk.bring(Target.TASKS, [rows[0] | {"任务": "E"}])) == {2: [Reason.SEVERAL_HOLD]}
    desk.bring(Target.CUSTOMERS, [{"客户编码": "C11", "企业名称": "Shop C11", "客户经理": "M2"}])
    assert told(desk.bring(Target.TASKS, [rows[0] | {"任务": "E"}])) == (1, 0, 0, 0)
    assert [values["title"] for _, values in world.rows("mgr:M2").values()] == ["E"]


# ---- all of them -----------------------------------------------------------------------------------------------------
def test_a_list_that_moves_a_shop_takes_its_open_task_along_and_the_old_list_brings_it_not_back(desk: Desk) -> None:
    task = {"客户经理": "M1", "客户编码": "C11", "任务": "Look at the sign", "截止日期": "2026-03-10"}
    desk.bring(Target.TASKS, [task])
    desk.bring(Target.CUSTOMERS, [{"客户编码": "C11", "企业名称": "Shop C11"}], territory="T2")
    assert told(desk.bring(Target.TASKS, [task])) == (0, 0, 1, 0)
    # The same list as head office would write it now, with the new manager or none: still the same task.
    for manager in ("M2", ""):
        assert told(desk.bring(Target.TASKS, [task | {"客户经理": manager}])) == (0, 0, 1, 0)
    assert desk.world.rows("mgr:M1") == {}
    assert [values["manager"] for _, values in desk.world.rows("mgr:M2").values()] == ["M2"]


def test_a_dry_run_tells_the_same_and_changes_nothing_but_saves_the_refused_rows(desk: Desk) -> None:
    rows = [{"客户编码": "C51", "企业名称": "New"}, {"客户编码": "C52", "企业名称": ""}]
    dry = desk.bring(Target.CUSTOMERS, rows, territory="T1", dry_run=True)
    assert told(dry) == (1, 0, 0, 1)
    assert [row["客户编码"] for row in desk.rejected()] == ["C52"]
    assert _imports(desk.world) == []
    assert told(desk.bring(Target.CUSTOMERS, rows, territory="T1")) == told(dry)


def test_columns_that_nothing_reads_are_told_and_a_table_may_begin_further_down(desk: Desk, tmp_path: Path) -> None:
    rows = [("客户清单", None, None), ("客户编码", "企业名称", "心情"), ("C61", "New", "好"), ("C62", None, "坏")]
    outcome = desk.bring_file(Target.CUSTOMERS, an_xlsx(tmp_path / "c.xlsx", rows), territory="T1")
    assert (told(outcome), outcome.unread) == ((1, 0, 0, 1), ("心情",))
    assert reasons(outcome) == {4: [Reason.EMPTY]}
    assert rows_of(desk.rejects)[1][1][0] == "C62"


def test_each_import_is_in_the_log_with_its_file(desk: Desk) -> None:
    desk.bring(Target.PRODUCTS, [{"品规编码": "P9", "品规名称": "N"}, {"品规编码": "", "品规名称": "?"}])
    [(actor, subject, detail)] = _imports(desk.world)
    assert (actor, subject, len(str(detail["sha256"]))) == ("cli:root", "products", 64)
    assert (detail["file"], detail["profile"], detail["read"]) == ("products.csv", "zh-standard-products", 2)
    assert (detail["added"], detail["refused"]) == (1, 1)


def test_a_file_that_cannot_be_read_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    other = a_csv(tmp_path / "other.csv", [["a", "b"], ["1", "2"]])
    with pytest.raises(FileRefusedError, match="客户编码"):
        desk.bring_file(Target.CUSTOMERS, other)
    with pytest.raises(FileRefusedError, match="no such file"):
        desk.bring_file(Target.ORDERS, tmp_path / "nowhere.csv")
    assert _imports(desk.world) == []


def _imports(world: World) -> list[tuple[str, str, dict[str, object]]]:
    with world.database.read() as session:
        asked = select(AuditEntry.actor, AuditEntry.subject, AuditEntry.detail).where(AuditEntry.deed == "import")
        return [(row.actor, row.subject, row.detail) for row in session.execute(asked)]
