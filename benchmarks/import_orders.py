"""Import of all of T1 against a bare csv reader and executemany into the same schema, and its peak memory.

Each run is a process of its own, into a fresh store with the same customers and products.
"""

import csv
import gzip
import resource
import shutil
import subprocess
import sys
from datetime import date
from decimal import Decimal

from app.bootstrap.application import close_application
from app.runtime.paths import DataFolder
from app.services.imports import Target
from app.storage.database import connect
from app.storage.vault import Vault
from benchmarks.measuring import Figure, in_turns, seconds
from benchmarks.territory import BENCH, IOWA, PASSWORD, is_built, mark_built, open_empty

ORDERS = IOWA / "orders_T1.csv.gz"
_RUNS = 3


def measure() -> list[Figure]:
    """Return the ratio of the times and the peak memory."""
    prepare()
    peaks: list[float] = []

    def ours() -> float:
        took, peak = _child("ours")
        peaks.append(peak)
        return took

    mine, bare = in_turns(ours, lambda: _child("bare")[0], _RUNS)
    ratio = mine / bare
    return [
        Figure("import of T1, 1.35 million order lines", f"{mine:.1f} s", f"{bare:.1f} s, csv reader + executemany",
               f"{ratio:.2f}", "≤ 2.5", ratio <= 2.5),
        Figure("… peak memory of the import", f"{max(peaks):.0f} MB", "—", "—", "≤ 400 MB", max(peaks) <= 400),
    ]  # fmt: skip


def prepare() -> None:
    """Make the store with customers and products that each run begins from."""
    template = DataFolder(BENCH / "import-template")
    if is_built(template):
        return
    shutil.rmtree(template.root, ignore_errors=True)
    application = open_empty(template)
    application.imports.import_file(Target.CUSTOMERS, IOWA / "stores.csv.gz", "iowa")
    application.imports.import_file(Target.PRODUCTS, IOWA / "products.csv.gz", "iowa")
    close_application(application)
    mark_built(template)


def _child(kind: str) -> tuple[float, float]:
    output = subprocess.run(
        [sys.executable, "-m", "benchmarks.import_orders", kind], check=True, capture_output=True, text=True
    ).stdout.split()
    return float(output[0]), float(output[1])


def _fresh() -> DataFolder:
    folder = DataFolder(BENCH / "import-run")
    shutil.rmtree(folder.root, ignore_errors=True)
    shutil.copytree(BENCH / "import-template", folder.root)
    return folder


def _ours(folder: DataFolder) -> float:
    application = open_empty(folder)
    took = seconds(lambda: application.imports.import_file(Target.ORDERS, ORDERS, "iowa"))
    close_application(application)
    return took


def _bare(folder: DataFolder) -> float:
    connection = connect(folder.store, Vault(folder.vault, use_keyring=False).unlock(PASSWORD))

    def work() -> None:
        connection.execute("BEGIN IMMEDIATE")
        shops = dict(connection.execute("SELECT cust_code, id FROM customer"))
        products = dict(connection.execute("SELECT sku_code, no FROM product"))
        orders: dict[str, int] = {}
        heads: list[tuple[object, ...]] = []
        lines: list[tuple[object, ...]] = []
        with gzip.open(ORDERS, "rt", encoding="utf-8", newline="") as file:
            rows = csv.reader(file)
            next(rows)
            for day, number, line, shop, item, qty, amount in rows:
                order = orders.get(number)
                if order is None:
                    order = orders[number] = len(orders) + 1
                    heads.append((order, number, shops[shop], date.fromisoformat(day).isoformat()))
                lines.append((order, int(line), products[item], int(qty), int(Decimal(amount) * 100)))
                if len(lines) == 10_000:
                    _insert(connection, heads, lines)
        _insert(connection, heads, lines)
        connection.execute("COMMIT")

    took = seconds(work)
    connection.close()
    return took


def _insert(connection: object, heads: list[tuple[object, ...]], lines: list[tuple[object, ...]]) -> None:
    insert_head = (
        "INSERT INTO purchase_order (id, order_no, customer_id, order_date, qty, amount, line_count) "
        "VALUES (?, ?, ?, ?, 0, 0, 0)"
    )
    insert_line = "INSERT INTO order_line (order_id, line_no, product_no, qty, amount) VALUES (?, ?, ?, ?, ?)"
    connection.executemany(insert_head, heads)  # type: ignore[attr-defined]
    connection.executemany(insert_line, lines)  # type: ignore[attr-defined]
    heads.clear()
    lines.clear()


if __name__ == "__main__":
    run = _ours if sys.argv[1] == "ours" else _bare
    print(run(_fresh()), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
