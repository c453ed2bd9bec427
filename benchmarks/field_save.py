"""One field of a visit, durable on disk with its outbox entry, against a bare SQLite commit with synchronous=FULL.

Both write to the same encrypted file on the same disk.
"""

import shutil
from datetime import date

from sqlalchemy import select

from app.bootstrap.application import Application
from app.models.customer import Customer
from app.models.trade import Product
from app.runtime.paths import DataFolder
from app.storage.database import connect
from app.storage.store import close_store
from benchmarks.import_orders import prepare
from benchmarks.measuring import Figure, in_turns, ms, seconds
from benchmarks.territory import BENCH, open_empty

_TURNS = 400


def measure() -> list[Figure]:
    """Return the ratio of a field save to a bare commit."""
    application = _own_store()
    with application.database.read() as session:
        customer = session.scalars(select(Customer.id).limit(1)).one()
        products = list(session.scalars(select(Product.id).limit(50)))
    visit = application.visits.plan(customer, date(2022, 4, 30))
    for product in products:
        application.visits.record_stock(visit, product, on_hand=0)
    bare = connect(application.database.path, application.database.key)
    bare.execute("CREATE TABLE IF NOT EXISTS bench (id INTEGER PRIMARY KEY, on_hand INTEGER)")
    bare.executemany("INSERT OR IGNORE INTO bench VALUES (?, 0)", [(number,) for number in range(50)])
    count = 0

    def ours() -> float:
        nonlocal count
        count += 1
        return seconds(lambda: application.visits.record_stock(visit, products[count % 50], on_hand=count))

    def plain() -> float:
        def work() -> None:
            bare.execute("BEGIN IMMEDIATE")
            bare.execute("UPDATE bench SET on_hand = ? WHERE id = ?", (count, count % 50))
            bare.execute("COMMIT")

        return seconds(work)

    mine, baseline = in_turns(ours, plain, _TURNS)
    bare.close()
    close_store(application.database)
    ratio = mine / baseline
    return [
        Figure("durable save of one field", ms(mine), f"{ms(baseline)}, bare UPDATE + COMMIT, FULL",
               f"{ratio:.2f}", "≤ 3", ratio <= 3),
    ]  # fmt: skip


def _own_store() -> Application:
    prepare()
    folder = DataFolder(BENCH / "save-run")
    shutil.rmtree(folder.root, ignore_errors=True)
    shutil.copytree(BENCH / "import-template", folder.root)
    return open_empty(folder)
