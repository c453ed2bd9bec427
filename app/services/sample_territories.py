"""The territories that ship with the program: real Iowa data, and a small invented Chinese one for practice."""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

from sqlalchemy import select

from app.models.customer import Customer
from app.models.exchange import Task
from app.models.trade import Allocation, Product
from app.runtime import resources
from app.runtime.cancel import CancelToken, Report, no_report
from app.runtime.ids import new_id
from app.services.imports import Target
from app.services.imports.service import Imports
from app.storage.database import Database
from app.storage.facts import CURRENCY, MANAGER, PRACTICE, PRACTICE_DAY, TERRITORY, UNIT, set_fact, write_fact


@dataclass(frozen=True, slots=True)
class SampleTerritory:
    """Where the files of a territory lie, how they are read, and which day is "today" in them."""

    folder: str
    files: tuple[str, str, str]
    """Customers, products, orders."""
    profile: str
    territory: str
    unit: str
    currency: str
    today: date
    manager: str = "practice"
    allocations: str = ""
    """A file of what each shop may order (可订量), where there is one."""
    tasks: str = ""
    """A file of tasks from head office, where there is one."""


IOWA = SampleTerritory(
    folder="sample_data",
    files=("stores.csv.gz", "products.csv.gz", "orders.csv.gz"),
    profile="iowa",
    territory="Iowa T3",
    unit="bottle",
    currency="USD",
    today=date(2022, 4, 30),
)
PRACTICE_TERRITORY = SampleTerritory(
    folder="sample_data/zh_practice",
    files=("customers.csv", "products.csv", "orders.csv"),
    profile="zh-standard",
    territory="河东三线（练习）",
    unit="条",
    currency="CNY",
    today=date(2026, 11, 21),
    manager="练习",
    allocations="allocations.csv",
    tasks="tasks.csv",
)
_TARGETS = (Target.CUSTOMERS, Target.PRODUCTS, Target.ORDERS)


def load_territory(
    database: Database,
    imports: Imports,
    territory: SampleTerritory,
    *,
    cancel: CancelToken | None = None,
    report: Report = no_report,
) -> dict[Target, int]:
    """Fill an empty store with a territory, mark it as practice, and return how many rows of each file were added.

    A store marked as practice can never be synced. It remembers the day on which its data end: from then on that is
    its today.
    """
    folder = resources.path(territory.folder)
    with database.write(source="sample territory") as session:
        set_fact(session, PRACTICE, "yes")
        set_fact(session, TERRITORY, territory.territory)
        set_fact(session, UNIT, territory.unit)
        set_fact(session, CURRENCY, territory.currency)
        set_fact(session, MANAGER, territory.manager)
    added: dict[Target, int] = {}
    for number, (target, name) in enumerate(zip(_TARGETS, territory.files, strict=True)):
        result = imports.import_file(
            target, _file(folder, name), territory.profile, cancel=cancel, report=_part(report, number)
        )
        added[target] = result.added
    if territory.allocations:
        _load_allocations(database, _file(folder, territory.allocations))
    if territory.tasks:
        _load_tasks(database, _file(folder, territory.tasks), territory.manager)
    write_fact(database, PRACTICE_DAY, territory.today.isoformat())
    return added


def _load_allocations(database: Database, file: Path) -> None:
    """Take in what each shop may order; at work head office sends this, so that no import reads it."""
    with database.deliver("sample territory") as session, file.open(encoding="utf-8", newline="") as rows:
        customers = {code: key for key, code in session.execute(select(Customer.id, Customer.cust_code))}
        products = {code: key for key, code in session.execute(select(Product.id, Product.sku_code))}
        session.add_all(
            Allocation(
                id=new_id(),
                customer_id=customers[row["客户编码"]],
                product_id=products[row["品规编码"]],
                valid_from=date.fromisoformat(row["起始日期"]),
                valid_to=date.fromisoformat(row["截止日期"]),
                allowed=int(row["可订量"]),
            )
            for row in csv.DictReader(rows)
        )


def _load_tasks(database: Database, file: Path, manager: str) -> None:
    """Take in tasks such as head office gives; a practice store has no other way to come by any."""
    with database.deliver("sample territory") as session, file.open(encoding="utf-8", newline="") as rows:
        customers = {code: key for key, code in session.execute(select(Customer.id, Customer.cust_code))}
        session.add_all(
            Task(
                manager=manager,
                customer_id=customers[row["客户编码"]] if row["客户编码"] else None,
                title=row["任务"],
                body=row["要求"] or None,
                kind=row["类型"] or None,
                due_on=date.fromisoformat(row["截止日期"]) if row["截止日期"] else None,
                assigned_by=row["派发人"],
                assigned_at=datetime.combine(date.fromisoformat(row["派发日期"]), time(9)).astimezone(),
            )
            for row in csv.DictReader(rows)
        )


def _file(folder: Path, name: str) -> Path:
    return folder / name


def _part(report: Report, number: int) -> Callable[[int, int], None]:
    """Report one of the three files as its share of the whole: nearly all of it is the orders."""
    starts = (0, 4, 8, 100)

    def tell(done: int, total: int) -> None:
        span = starts[number + 1] - starts[number]
        report(starts[number] + span * done // max(total, 1), 100)

    return tell
