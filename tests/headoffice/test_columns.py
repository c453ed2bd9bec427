"""What is done with whole columns at once comes to the same as what is done value by value."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from app.headoffice.bulk import insert_many
from app.headoffice.database import OfficeDatabase
from app.headoffice.models import SyncParked
from app.headoffice.newcomers import read_together
from app.headoffice.problems import Malformed
from app.headoffice.registry import rules, shapes
from app.headoffice.writer import normal
from app.sync.core.registry import Kind
from app.sync.protocol import OperationMessage

_KEY = "0190a0b1-0000-7000-8000-000000000001"
_PASSED = frozenset({"revision"})
_ODD = (
    None, True, 0, -5, 1 << 63, 1.5, "", "done", "店", "a\0b", "\ud800", "x" * 70_000, "2026-03-02", "2026-02-30",
    "2026-03-02T01:02:03+00:00", "2026-03-02T09:02:03.5+08:00", "2026-03-02T01:02:03", "09:30:00", "12.50", "1e400",
    _KEY, _KEY.upper(), ["a"], [1], {"a": 1},
)  # fmt: skip


def _one_by_one(table: str, values: dict[str, Any]) -> dict[str, Any] | None:
    try:
        plain = normal(table, {name: value for name, value in values.items() if name not in _PASSED})
    except Malformed:
        return None
    return None if any(plain.get(name) is None for name in shapes()[table].required) else plain


def _fitting(table: str, name: str) -> Any:
    return next(value for value in _ODD if value is not None and _fits(table, name, value))


def _fits(table: str, name: str, value: Any) -> bool:
    try:
        return bool(normal(table, {name: value}))
    except Malformed:
        return False


def _operation(
    no: int, table: str, values: dict[str, Any], *, key: str = _KEY, kind: Any = "insert", base: int = 0
) -> OperationMessage:  # fmt: skip
    return OperationMessage.model_construct(
        no=no, id=f"op{no}", table=table, key=key, kind=kind, base=base, set=values, made_at=""
    )


@pytest.mark.parametrize("table", [name for name, rule in rules().items() if rule.kind is Kind.AUTHORED])
def test_each_value_alone_is_read_as_among_others(table: str) -> None:
    shape = shapes()[table]
    whole = {name: _fitting(table, name) for name in shape.columns}
    assert _one_by_one(table, whole) is not None
    for name in (*shape.columns, "revision", "no_such_name"):
        for odd in _ODD:
            rows = [whole, whole | {name: odd}]
            alone = [_one_by_one(table, row) for row in rows]
            read = read_together({table: [_operation(no, table, row) for no, row in enumerate(rows)]}, _PASSED)
            # One that does not fit leaves those that name the same columns to the other way, too.
            are_alike = name in shape.columns
            wanted = [None, None] if are_alike and None in alone else alone
            assert [read.get("op0"), read.get("op1")] == wanted


@given(st.lists(st.tuples(st.sampled_from(_ODD), st.sampled_from(_ODD)), min_size=1, max_size=8))
def test_columns_with_gaps_come_back_in_their_order(pairs: list[tuple[Any, Any]]) -> None:
    table = "stock_count"
    whole = {name: _fitting(table, name) for name in shapes()[table].columns}
    rows = [whole | {"on_hand": one, "retail_price": other} for one, other in pairs]
    alone = [_one_by_one(table, row) for row in rows]
    read = read_together({table: [_operation(no, table, row) for no, row in enumerate(rows)]}, _PASSED)
    assert read == ({f"op{no}": row for no, row in enumerate(alone)} if None not in alone else {})


def test_only_new_rows_of_authors_are_read_together() -> None:
    visit = {name: _fitting("visit", name) for name in shapes()["visit"].columns}
    patch = _operation(1, "visit", visit, kind="patch", base=1)
    customer = _operation(2, "customer", {"cust_name": "店"})
    unknown = _operation(3, "no_such_table", {})
    bad_key = _operation(4, "visit", visit, key="key")
    by_table = {"visit": [patch, bad_key], "customer": [customer], "no_such_table": [unknown]}
    assert read_together(by_table, _PASSED) == {}


def test_texts_come_back_from_a_mass_of_rows_as_they_went(database: OfficeDatabase) -> None:
    texts = ["", "\\N", "\\.", "a\tb", "a\nb\r\nc", "\\", "\\\\n", "店 'x' \"y\"", "\x1f", "N"]
    now = datetime(2026, 3, 2, 1, 2, 3, 4, tzinfo=UTC)
    rows = [
        {"replica": "r", "no": no, "waits_tbl": text, "waits_pk": text[::-1], "parked_at": now}
        for no, text in enumerate(texts)
    ]
    with database.write() as session:
        insert_many(session, SyncParked.__table__, rows)
    with database.read() as session:
        found = session.execute(select(SyncParked.__table__).order_by(SyncParked.no)).mappings().all()
    assert [dict(row) for row in found] == rows
