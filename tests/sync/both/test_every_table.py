"""Every synced table goes up and comes down with its most awkward values unchanged."""

from collections.abc import Generator
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import JSON, Boolean, Column, Date, Float, Integer, Numeric, Time, Uuid, select

from app.models.base import Base, SyncedRow, UtcDateTime
from app.models.forecast import ForecastCause, ForecastEntry, ForecastKind, ForecastLine, ForecastSubmission
from app.models.plan import CadenceChoice, DayOff
from app.models.target import KpiTarget
from app.models.visit import (
    AdviceLine,
    DiagnosisRating,
    ImprovementPlan,
    Photo,
    Promise,
    ShelfCheck,
    StockCount,
    Visit,
)
from app.runtime.ids import new_id
from app.sync.removal import wire_values
from app.sync.shapes import rules, shapes
from tests.sync.both.laptops import Laptop, Office

AUTHORED = (StockCount, ShelfCheck, DiagnosisRating, AdviceLine, ImprovementPlan, Promise, Photo)
FORECAST = (ForecastEntry, ForecastLine, ForecastCause, ForecastKind, KpiTarget, CadenceChoice, DayOff)
OFFICE_TABLES = ("product", "customer", "allocation", "task", "sync_conflict", "change_proposal", "office_target")


def _value(column: Column[Any], *, plain: bool) -> Any:  # noqa: C901
    """Return the most awkward value that a column takes, as the model or as the wire has it."""
    kind = column.type
    found: Any
    if isinstance(kind, UtcDateTime):
        found = datetime(2022, 2, 28, 23, 59, 59, 999_999, tzinfo=UTC)
    elif isinstance(kind, Date):
        found = date(9999, 12, 31)
    elif isinstance(kind, Time):
        found = time(23, 59, 59, 1)
    elif isinstance(kind, Boolean):
        found = False
    elif isinstance(kind, Float):
        found = 0.1 + 0.2
    elif isinstance(kind, Numeric):
        found = Decimal("-0.1")
    elif isinstance(kind, Integer):
        found = 2**53 - 1
    elif isinstance(kind, JSON):
        found = ["", "𠮷\n\t\"'", "a\u2028b"]
    elif isinstance(kind, Uuid):
        found = new_id()
    else:
        found = "𠮷😀\u200d'; DROP TABLE visit; --\n\x1f"
    if not plain:
        return found
    if isinstance(found, datetime | date | time):
        return found.isoformat()
    return str(found) if isinstance(found, Decimal | UUID) else found


def _row(model: type[SyncedRow], fixed: dict[str, Any]) -> SyncedRow:
    table = Base.metadata.tables[model.__tablename__]  # pyright: ignore[reportAttributeAccessIssue]
    skip = {"id", "revision", "changed_at", "deleted_at"}
    values = {c.name: _value(c, plain=False) for c in table.columns if c.name not in skip}
    if model is Photo:
        values["sha256"] = "ab" * 32
    return model(**{**values, **fixed})


@pytest.fixture
def second(tmp_path: Path, office: Office) -> Generator[Laptop]:
    """Give another laptop of the same manager."""
    made = Laptop(tmp_path / "second", office)
    yield made
    made.close()


def test_what_one_laptop_writes_another_reads(laptop: Laptop, office: Office, second: Laptop) -> None:
    laptop.sync()
    visit = new_id()
    fixed = {"visit_id": visit, "product_id": UUID(office.product), "customer_id": UUID(office.shop)}
    fixed["submission_id"] = new_id()
    with laptop.edit() as session:
        session.add(_row(Visit, {"id": visit, "customer_id": UUID(office.shop), "serial": 1}))
        session.flush()
        for model in AUTHORED:
            names = Base.metadata.tables[model.__tablename__].columns.keys()
            session.add(_row(model, {name: value for name, value in fixed.items() if name in names}))
        session.add(_row(ForecastSubmission, {"id": fixed["submission_id"]}))
        session.flush()
        for model in FORECAST:
            names = Base.metadata.tables[model.__tablename__].columns.keys()
            session.add(_row(model, {name: value for name, value in fixed.items() if name in names}))
    verdicts = laptop.sync().verdicts
    assert verdicts == {"applied": 16}, laptop.rows("SELECT tbl, reason FROM refused_op")
    second.sync()
    for model in (Visit, *AUTHORED, ForecastSubmission, *FORECAST):
        (key,) = laptop.rows(f"SELECT id FROM {model.__tablename__}")[0]  # noqa: S608
        wire = str(UUID(key))
        with laptop.database.look() as cursor:
            here = wire_values(cursor, model.__tablename__, wire)
        with second.database.look() as cursor:
            assert wire_values(cursor, model.__tablename__, wire) == here, model.__tablename__
    with second.database.read() as session:
        came = session.scalars(select(AdviceLine)).one()
    assert came.cycle_sale == 0.1 + 0.2
    assert laptop.agrees()
    assert second.agrees()


@pytest.mark.parametrize("table", OFFICE_TABLES)
def test_what_head_office_writes_comes_down_unchanged(laptop: Laptop, office: Office, table: str) -> None:
    stays = {"id", "revision", "changed_at", "deleted_at", "no"}
    columns = [column for column in Base.metadata.tables[table].columns if column.name not in stays]
    values = {column.name: _value(column, plain=True) for column in columns}
    for name in ("customer_id", "product_id"):
        if name in values:
            values[name] = office.shop if name == "customer_id" else office.product
    if "manager" in values:
        values["manager"] = "M1"
    key = str(new_id())
    more = {"scope": "terr:T1"} if table == "customer" else {}
    office.write(table, key, values, **more)
    laptop.sync()
    with laptop.database.look() as cursor:
        came = wire_values(cursor, table, key)
    assert came is not None
    numbers = {c.name: c.type.scale for c in columns if isinstance(c.type, Numeric) and not isinstance(c.type, Float)}
    for name, scale in numbers.items():
        values[name] = f"{Decimal(values[name]):.{scale}f}"
    moments = {c.name for c in columns if isinstance(c.type, UtcDateTime)}
    assert {n: v for n, v in came.items() if n not in moments} == {n: v for n, v in values.items() if n not in moments}
    for name in moments:
        assert datetime.fromisoformat(came[name]) == datetime.fromisoformat(values[name])
    assert laptop.agrees()


def test_every_synced_table_is_tried_here() -> None:
    models = (*AUTHORED, ForecastSubmission, *FORECAST)
    tried = {"visit", "purchase_order", *OFFICE_TABLES, *(model.__tablename__ for model in models)}
    assert tried == set(rules()) == set(shapes())
