"""The first load of a whole territory: 240 customers of Iowa T1 with two years of their orders."""

import csv
import gzip
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select

from app.headoffice import people
from app.headoffice.database import OfficeDatabase
from app.headoffice.models import TABLES
from app.headoffice.office_import import CompanyList, Hand, import_list
from app.headoffice.writer import SyncWriter
from app.lists.profiles import find_profile
from app.lists.targets import Target
from app.runtime.cancel import CancelToken, no_report
from app.runtime.clock import Clock
from app.runtime.ids import new_id
from app.sync.engine import sync_round
from benchmarks.measuring import Figure
from benchmarks.sync.laptops import Laptop
from benchmarks.sync.link import Nature, link
from benchmarks.sync.places import BENCH, FOLDER, IOWA, ROOT
from benchmarks.sync.printing import say
from benchmarks.sync.serving import Office, Served

TERRITORY = "T1"
_SHOPS = 240
_SINCE = "2020-05-01"
_PLANNED = 20
_MOST_WORK, _MOST_USABLE = 60.0, 10.0
_FASTER = Nature(round_trip=0.2, up=512_000, down=2_000_000)


def measure() -> list[Figure]:
    """Measure the work of it on this machine, and over 2 Mbit/s how soon a person can begin."""
    if not IOWA.exists():
        raise FileNotFoundError(f"the Iowa data are not beside the project ({IOWA})")
    office = _office()
    codes = [_code(office.database) for _ in range(2)]
    with office.serve() as served:
        usable = _usable(served, codes[1])
        say(f"usable after {usable:.1f} s")
        laptop = Laptop(FOLDER / "first-load", served.url, codes[0])
        done = laptop.round()
        lines = laptop.count("SELECT count(*) FROM order_line")
        shops = laptop.count("SELECT count(*) FROM customer")
        laptop.close()
    rows = done.result.received
    return [
        Figure(
            f"first load of T1: {shops} customers, {lines:,} order lines of 24 months, stored", f"{done.seconds:.1f} s",
            f"{rows:,} rows, {done.bytes_received / 1e6:.1f} MB packed; "
            f"{done.watch.waited['pull']:.1f} s of it waited for head office",
            f"{lines / done.seconds:,.0f} lines/s", f"≤ {_MOST_WORK:.0f} s", done.seconds <= _MOST_WORK,
        ),
        Figure(
            "… usable over 2 Mbit/s: customers and today's plan are in the store", f"{usable:.1f} s",
            f"all of it takes {done.bytes_received * 8 / _FASTER.down:.0f} s on that line at least", "—",
            f"≤ {_MOST_USABLE:.0f} s", usable <= _MOST_USABLE,
        ),
    ]  # fmt: skip


def _usable(served: Served, code: str) -> float:
    """Return after how long customers and plan are there; the round is stopped then."""
    laptop = Laptop(FOLDER / "first-usable", served.url, code)
    cancel = CancelToken()
    with link(served.port, _FASTER) as slow:
        client = laptop.client(slow.url)
        began = time.perf_counter()
        thread = threading.Thread(
            target=sync_round, args=(laptop.database, client, Clock(), cancel, no_report), daemon=True
        )
        thread.start()
        while thread.is_alive():
            time.sleep(0.1)
            planned = "SELECT count(*) FROM visit v JOIN customer c ON c.id = v.customer_id WHERE v.status = 'planned'"
            if laptop.count("SELECT count(*) FROM customer") >= _SHOPS and laptop.count(planned) >= _PLANNED:
                break
        seconds = time.perf_counter() - began
        cancel.cancel()
        thread.join(60)
        client.close()
    laptop.close()
    return seconds


def _office() -> Office:
    """Return a fresh copy of the head office that holds the territory; the first call builds it and keeps it."""
    kept = BENCH / "sync-territory"
    tables = sorted((ROOT / "app" / "headoffice" / "migrations" / "versions").glob("*.py"))
    mark = "\n".join(file.read_text(encoding="utf-8") for file in tables)
    if not (kept / "complete").exists() or (kept / "complete").read_text(encoding="utf-8") != mark:
        say("the territory is built (a minute or two, the first time only)")
        office = Office(kept)
        _fill(office.database)
        office.analyse()
        office.database.dispose()
        (kept / "complete").write_text(mark, encoding="utf-8")
    office = Office(FOLDER / "territory", copy_of=kept / "headoffice.db")
    _plan(office.database)
    return office


def _fill(database: OfficeDatabase) -> None:
    now = datetime.now(UTC)
    with database.write() as session:
        people.add_manager(session, "M1", "王经理", TERRITORY, now)
    chosen = _chosen_shops()
    _bring_in(database, Target.CUSTOMERS, _picked("stores.csv.gz", lambda row: row["store_no"] in chosen))
    _bring_in(database, Target.PRODUCTS, IOWA / "products.csv.gz")
    _bring_in(
        database, Target.ORDERS,
        _picked("orders_T1.csv.gz", lambda row: row["order_date"] >= _SINCE and row["store_no"] in chosen),
    )  # fmt: skip


def _bring_in(database: OfficeDatabase, target: Target, file: Path) -> None:
    asked = CompanyList(file, find_profile("iowa", target), TERRITORY)
    result = import_list(database, asked, Hand("benchmark", "Head office"), datetime.now(UTC))
    say(f"{target}: {result.added:,} added, {result.refused:,} rows refused")


def _picked(name: str, wanted: Callable[[dict[str, str]], bool]) -> Path:
    """Write the rows of a file that are wanted into a file of their own."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    picked = FOLDER / name
    with (
        gzip.open(IOWA / name, "rt", encoding="utf-8", newline="") as file,
        gzip.open(picked, "wt", 1, encoding="utf-8", newline="") as copy,
    ):
        rows = csv.DictReader(file)
        writer = csv.DictWriter(copy, rows.fieldnames or ())
        writer.writeheader()
        writer.writerows(row for row in rows if wanted(row))
    return picked


def _chosen_shops() -> set[str]:
    """Return the shops of the territory with the most order lines."""
    counts: dict[str, int] = {}
    with gzip.open(IOWA / "orders_T1.csv.gz", "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["order_date"] >= _SINCE:
                counts[row["store_no"]] = counts.get(row["store_no"], 0) + 1
    return set(sorted(counts, key=lambda shop: -counts[shop])[:_SHOPS])


def _plan(database: OfficeDatabase) -> None:
    """Put today's plan there, after all the orders, where a plan lies that was made this morning."""
    today = datetime.now(UTC).date()
    with database.write() as session:
        writer = SyncWriter(session, datetime.now(UTC), "office")
        shops = list(session.scalars(select(TABLES["customer"].c.id).limit(_PLANNED)))
        for seq, shop in enumerate(shops, 1):
            values = {"customer_id": str(shop), "day": today.isoformat(), "seq": seq, "status": "planned"}
            writer.put("visit", str(new_id()), values, author="M1")


def _code(database: OfficeDatabase) -> str:
    with database.write() as session:
        return people.enrol_code(session, "M1", datetime.now(UTC))
