"""New rows that need no deciding take a short way: it ends exactly where the long one ends."""

from typing import Any

import pytest
from sqlalchemy import select

from app.headoffice.models import SyncOperation, SyncRow
from app.headoffice.operations import Judge
from app.headoffice.rows import load_values
from tests.headoffice.world import Laptop, World, key, visit_values

_HELD = ("tbl", "scope", "version", "deleted", "root", "author", "writer", "fields")


def _work(laptop: Laptop, world: World) -> list[str]:
    """Put a visit and what hangs off it into the laptop's outbox, plain and odd; return the keys of the rows."""
    customer = world.customers["C11"]
    visit = laptop.insert("visit", visit_values(customer, planned_at="09:30:00", reasons=["routine"], wrap_note=None))
    rows = [
        visit,
        laptop.insert("stock_count", {"visit_id": visit, "product_id": world.products[0], "on_hand": 7}),
        laptop.insert("stock_count", {"visit_id": visit, "product_id": world.products[1], "taken_over": None}),
        laptop.insert("shelf_check", {"visit_id": visit, "note": "店"}),
        laptop.insert("stock_count", {"visit_id": visit, "product_id": key(), "on_hand": 1}),
        laptop.insert("stock_count", {"visit_id": key(), "product_id": world.products[0], "on_hand": 1}),
        laptop.insert("stock_count", {"visit_id": visit, "product_id": world.products[2], "on_hand": "seven"}),
        laptop.insert("visit", visit_values(world.customers["C21"])),
        laptop.insert("visit", {"day": "2026-03-02", "status": "done"}),
    ]
    laptop.do("patch", "stock_count", rows[1], {"on_hand": 8}, base=0)
    laptop.do("insert", "shelf_check", rows[3], {"visit_id": visit, "note": "again"}, base=0)
    return rows


def _held(world: World, rows: list[str]) -> list[Any]:
    """Return all that head office made of it, with places instead of keys."""
    names = {row: f"row {no}" for no, row in enumerate(rows)}
    with world.database.read() as session:
        index = session.execute(select(SyncRow.__table__).where(SyncRow.pk.in_(rows)).order_by(SyncRow.seq)).all()
        found: list[Any] = [[names[row.pk], *(getattr(row, name) for name in _HELD)] for row in index]
        for row in index:
            values = load_values(session, row.tbl, [row.pk])[row.pk]
            found.append({name: names.get(value, value) for name, value in values.items() if name != "reasons"})
        asked = select(SyncOperation.__table__).where(SyncOperation.pk.in_(rows)).order_by(SyncOperation.no)
        found += [
            [names[op.pk], op.kind, op.status, op.version, op.reason, len(op.conflicts or ()), op.made_at]
            for op in session.execute(asked)
        ]
    return found


def test_the_short_way_ends_where_the_long_one_ends(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    laptop = world.laptop()
    laptop.pull()
    rows = _work(laptop, world)
    short = [(result.status, result.version, result.scope, result.reason) for result in laptop.push().results]
    taken = _held(world, rows)
    monkeypatch.setattr(Judge, "take_new", lambda *_: None)
    again = _work(laptop, world)
    long = [(result.status, result.version, result.scope, result.reason) for result in laptop.push().results]
    assert short == long
    assert taken == _held(world, again)
    assert {status for status, *_ in short} >= {"applied", "parked", "invalid"}
