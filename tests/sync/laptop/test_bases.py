"""The base of an operation: the version that the person had before his eyes when he changed the row."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

from app.models.customer import Customer
from app.models.visit import Visit
from app.runtime.ids import new_id
from app.storage.database import Database
from app.storage.row_writer import write_row

Edit = Callable[[Database, UUID, dict[str, Any]], None]


def _by_session(database: Database, key: UUID, values: dict[str, Any]) -> None:
    with database.write() as session:
        row = session.get_one(Visit, key)
        for name, value in values.items():
            setattr(row, name, value)


def _by_statement(database: Database, key: UUID, values: dict[str, Any]) -> None:
    with database.write_plain() as cursor:
        write_row(cursor, "M1", Visit, {"id": key}, values)


both_ways = pytest.mark.parametrize("edit", [_by_session, _by_statement])


@pytest.fixture
def visit(database: Database) -> UUID:
    """Give a visit of version 3 that nothing of waits."""
    shop, key = new_id(), new_id()
    with database.deliver("head office") as session:
        session.add(Customer(id=shop, cust_code="C1", cust_name="店"))
        session.flush()
        session.add(Visit(id=key, customer_id=shop, day=date(2022, 4, 29), status="planned"))
    _comes(database, 3)
    return key


def _comes(database: Database, version: int) -> None:
    """Let head office's version of the visit rise: what waits stays on top of it."""
    with database.note() as cursor:
        cursor.execute("UPDATE visit SET revision = ?", (version,))


def _leaves(database: Database) -> None:
    with database.note() as cursor:
        cursor.execute("UPDATE outbox SET state = 'sending'")


def _bases(database: Database) -> list[tuple[str, int]]:
    with database.look() as cursor:
        return cursor.execute("SELECT kind, base FROM outbox ORDER BY no").fetchall()


@both_ways
def test_a_field_that_is_being_sent_hides_what_has_come(database: Database, visit: UUID, edit: Edit) -> None:
    edit(database, visit, {"need_note": "一"})
    _leaves(database)
    _comes(database, 5)
    edit(database, visit, {"need_note": "二"})
    assert _bases(database) == [("patch", 3), ("patch", 3)]


@both_ways
def test_another_field_shows_what_has_come(database: Database, visit: UUID, edit: Edit) -> None:
    edit(database, visit, {"need_note": "一"})
    _leaves(database)
    _comes(database, 5)
    edit(database, visit, {"wrap_note": "二"})
    assert _bases(database) == [("patch", 3), ("patch", 5)]


@both_ways
def test_a_merged_change_takes_the_lowest_base(database: Database, visit: UUID, edit: Edit) -> None:
    edit(database, visit, {"need_note": "一"})
    _leaves(database)
    _comes(database, 5)
    edit(database, visit, {"wrap_note": "二"})
    edit(database, visit, {"need_note": "三"})
    assert _bases(database) == [("patch", 3), ("patch", 3)]
    _comes(database, 9)
    edit(database, visit, {"met_note": "四"})
    assert _bases(database) == [("patch", 3), ("patch", 3)]


@both_ways
def test_a_delete_has_seen_no_more_than_any_field_that_is_being_sent(
    database: Database, visit: UUID, edit: Edit
) -> None:
    edit(database, visit, {"need_note": "一"})
    _leaves(database)
    _comes(database, 5)
    edit(database, visit, {"deleted_at": datetime(2022, 4, 29, 10, tzinfo=UTC)})
    _comes(database, 7)
    edit(database, visit, {"deleted_at": None})
    assert _bases(database) == [("patch", 3), ("delete", 3), ("undelete", 3)]


@both_ways
def test_a_row_that_nothing_waits_of_is_changed_from_what_came_last(
    database: Database, visit: UUID, edit: Edit
) -> None:
    _comes(database, 5)
    edit(database, visit, {"need_note": "一"})
    assert _bases(database) == [("patch", 5)]
