"""The company's lists come in through the writer, on both databases."""

from app.headoffice import office_import
from app.headoffice.office_import import ImportResult
from tests.headoffice.world import World


def _bring(world: World, what: str, rows: list[dict[str, str]]) -> ImportResult:
    now = world.tick()
    return world.database.transaction(lambda session: getattr(office_import, what)(session, rows, now, "chief"))


def _told(result: ImportResult) -> tuple[int, int, int, int]:
    return result.added, result.changed, result.unchanged, result.refused


ORDER = {"order_no": "O-9", "cust_code": "C11", "order_date": "2026-02-20"}


def test_customers_are_added_changed_moved_or_left_as_they_are(world: World) -> None:
    laptop = world.laptop("M2")
    laptop.pull()
    rows = [
        {"cust_code": "C11", "territory": "T2"},
        {
            "cust_code": "C12",
            "cust_name": "New name",
            "is_sample": "是",
            "gis_lng": "113.5",
            "traffic_tag": "bus; rail",
        },
        {"cust_code": "C31", "cust_name": "Third", "territory": "T2", "tier": "7"},
        {"cust_code": "C32", "cust_name": "Nowhere"},
        {"cust_code": "C21", "cust_name": "Shop C21"},
        {"cust_code": "C33", "cust_name": "Bad", "territory": "T2", "tier": "many"},
    ]
    result = _bring(world, "customers", rows)
    assert _told(result) == (1, 2, 1, 2)
    assert [problem.row for problem in result.problems] == [4, 6]
    laptop.pull()
    assert ("customer", world.customers["C11"]) in laptop.rows
    assert world.value("customer", world.customers["C12"], "traffic_tag") == ["bus", "rail"]
    assert world.value("customer", world.customers["C12"], "gis_lng") == "113.500000"


def test_order_lines_become_orders_and_an_order_that_comes_again_is_replaced(world: World) -> None:
    lines = [
        ORDER | {"line_no": "2", "sku_code": "P0", "qty": "5", "amount": "1000"},
        ORDER | {"line_no": "1", "sku_code": "P1", "qty": "3", "amount": "600", "requested": "4"},
    ]
    assert _told(_bring(world, "orders", lines)) == (1, 0, 0, 0)
    assert world.value("purchase_order", "O-9", "lines") == [
        [world.products[1], 3, 600, 4, None],
        [world.products[0], 5, 1000, None, None],
    ]
    assert _told(_bring(world, "orders", lines)) == (0, 0, 1, 0)
    assert _told(_bring(world, "orders", lines[:1])) == (0, 1, 0, 0)
    assert _told(_bring(world, "orders", [ORDER | {"order_no": "O-10", "sku_code": "??", "qty": "1"}])) == (0, 0, 0, 1)


def test_allowances_and_tasks_that_come_twice_are_the_same_ones(world: World) -> None:
    laptop = world.laptop()
    week = {"valid_from": "2026-03-01", "valid_to": "2026-03-07"}
    allowance = {"cust_code": "C11", "sku_code": "P0", "allowed": "9", **week}
    task = {"manager": "M1", "cust_code": "C11", "title": "Look at the sign", "due_on": "2026-03-10"}
    for wanted in ((1, 0, 0, 0), (0, 0, 1, 0)):
        assert _told(_bring(world, "allocations", [allowance])) == wanted
        assert _told(_bring(world, "tasks", [task])) == wanted
    assert _told(_bring(world, "tasks", [task | {"manager": "M7"}])) == (0, 0, 0, 1)
    laptop.pull()
    assert sum(table == "task" for table, _ in laptop.rows) == 1
    assert sum(table == "allocation" for table, _ in laptop.rows) == 1
    products = [{"sku_code": "P0", "name": "Brand P0"}, {"sku_code": "P9", "name": "N"}]
    assert _told(_bring(world, "products", products)) == (1, 0, 1, 0)
