"""Every list that ships goes in at head office as it goes in on a laptop, and leaves the same values field by field."""

from collections.abc import Generator, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Table, select

from app.headoffice import people
from app.headoffice.database import OfficeDatabase
from app.headoffice.models import TABLES
from app.headoffice.office_import import CompanyList, Hand, import_list
from app.lists.profiles import find_profile
from app.lists.targets import OF_THE_LAPTOP, Target
from app.models.customer import Customer
from app.models.exchange import Task
from app.models.trade import Allocation, OrderLine, Product, PurchaseOrder
from app.playbooks.loader import Playbook
from app.runtime import resources
from app.runtime.paths import DataFolder
from app.services.imports.service import Imports
from app.services.sample_territories import PRACTICE_TERRITORY, load_territory
from app.storage.database import Database
from tests.fresh_stores import fresh_store

SAMPLE = resources.path("sample_data")
MANAGER, TERRITORY = "JL0307", "T1"
OWN = frozenset({"id", "no", "revision", "changed_at", "deleted_at"})
"""What each side gives by itself."""
MODELS = (Customer, Product, PurchaseOrder, OrderLine, Allocation, Task)
Rows = list[tuple[Any, ...]]


@pytest.fixture
def office(sqlite_database: OfficeDatabase) -> OfficeDatabase:
    with sqlite_database.write() as session:
        people.add_manager(session, MANAGER, "王芳", TERRITORY, datetime.now(UTC))
    return sqlite_database


@pytest.fixture
def laptop_store(data_folder: DataFolder, key: bytes) -> Generator[Database]:
    """Give a fresh encrypted store; the name `database` is head office's here."""
    opened = fresh_store(data_folder, key)
    yield opened.database
    opened.database.close()


@pytest.fixture
def imports(laptop_store: Database, playbook: Playbook) -> Imports:
    return Imports(laptop_store, playbook)


def at_head_office(office: OfficeDatabase, target: Target, file: Path, profile: str) -> None:
    asked = CompanyList(file, find_profile(profile, target), TERRITORY)
    outcome = import_list(office, asked, Hand("cli:root", "总部"), datetime.now(UTC))
    assert outcome.refused == 0
    assert outcome.read > 0


def records(
    connection: Connection, table: Table, codes: dict[str, dict[Any, str]], leaving: Iterable[str] = ()
) -> Rows:
    """Return the rows of a table with codes in the place of keys, as far as they do not belong to the side."""
    columns = [column for column in table.columns if column.name not in OWN | set(leaving)]
    names = [codes.get(column.name, {}) for column in columns]
    found = connection.execute(select(*columns)).all()
    return sorted(
        (tuple(known.get(value, value) for known, value in zip(names, row, strict=True)) for row in found), key=repr
    )  # fmt: skip


def contents(connection: Connection, tables: dict[str, Table]) -> dict[str, Rows]:
    """Return all that lists bring in; a line stands with the number of its order, in its place among its lines."""
    customer, product, order, line = (tables[name] for name in ("customer", "product", "purchase_order", "order_line"))
    codes = {
        name: {row[0]: row[1] for row in connection.execute(select(*columns))}
        for name, columns in {
            "customer_id": (customer.c.id, customer.c.cust_code),
            "product_id": (product.c.id, product.c.sku_code),
            "product_no": (product.c.no, product.c.sku_code),
            "order_id": (order.c.id, order.c.order_no),
        }.items()
    }
    held = {name: records(connection, tables[name], codes) for name in ("customer", "product", "purchase_order")}
    held["allocation"] = records(connection, tables["allocation"], codes)
    held["task"] = records(connection, tables["task"], codes, leaving=("manager",))
    lines: dict[str, Rows] = {}
    asked = select(line.c.order_id, line.c.product_no, line.c.qty, line.c.amount, line.c.requested, line.c.allowed)
    for row in connection.execute(asked.order_by(line.c.order_id, line.c.line_no)):
        told = (codes["product_no"][row.product_no], row.qty, row.amount, row.requested, row.allowed)
        lines.setdefault(codes["order_id"][row.order_id], []).append(told)
    held["order_line"] = sorted((number, tuple(told)) for number, told in lines.items())
    return held


def compare(laptop: Database, office: OfficeDatabase) -> dict[str, int]:
    """Assert that both hold the same and return how many rows of each kind."""
    own: dict[str, Table] = {model.__tablename__: model.__table__ for model in MODELS}  # pyright: ignore[reportAssignmentType]
    with laptop.engine.connect() as ours, office.engine.connect() as theirs:
        here, there = contents(ours, own), contents(theirs, dict(TABLES))
    for name, rows in here.items():
        assert there[name] == rows, name
    return {name: len(rows) for name, rows in here.items()}


def test_the_practice_territory(office: OfficeDatabase, laptop_store: Database, imports: Imports) -> None:
    load_territory(laptop_store, imports, PRACTICE_TERRITORY)
    for target in Target:
        at_head_office(office, target, SAMPLE / "zh_practice" / f"{target}.csv", "zh-standard")
    assert compare(laptop_store, office) == {
        "customer": 60, "product": 40, "purchase_order": 5657, "allocation": 540, "task": 6, "order_line": 5657,
    }  # fmt: skip


def test_the_iowa_territory(office: OfficeDatabase, laptop_store: Database, imports: Imports) -> None:
    files = dict(zip(OF_THE_LAPTOP, ("stores", "products", "orders"), strict=True))
    for target, name in files.items():
        file = SAMPLE / f"{name}.csv.gz"
        imports.import_file(target, file, "iowa")
        at_head_office(office, target, file, "iowa")
    counted = compare(laptop_store, office)
    assert (counted["customer"], counted["product"]) == (249, 150)
