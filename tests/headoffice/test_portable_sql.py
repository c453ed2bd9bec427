"""What head office asks of its database: row locks and plain SQL, so that a distributed engine can take its place."""

import hashlib
import re
from collections.abc import Generator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import event

import app.headoffice
from app.headoffice import blobs, people
from app.headoffice.blob_store import FolderBlobStore
from app.headoffice.database import OfficeDatabase
from app.headoffice.estimate import estimate
from app.headoffice.receipt import receipt
from app.headoffice.upkeep import keep_up
from app.sync.core.registry import SCHEMA
from app.sync.protocol import BlobRequest, EstimateRequest, ReceiptRequest
from tests.headoffice.world import World, key, visit_values

FORBIDDEN = re.compile(
    r"advisory|\blisten\b|\bnotify\b|\bnextval\b|\bcurrval\b|\bsetval\b|\bbigserial\b|\block\s+table\b"
    r"|\bxmin\b|\bxmax\b|\bctid\b|pg_snapshot|txid_|pg_export|\bcreate\s+(sequence|rule|extension|publication)\b"
    r"|\bgenerated\s+(always|by\s+default)\s+as\s+identity\b|\btruncate\b|\bwith\s+hold\b|\bdblink\b|\bcopy\s",
    re.IGNORECASE,
)
"""What engines that speak PostgreSQL's language lack, or what would tie many workers to one server."""


@contextmanager
def _emitted(database: OfficeDatabase) -> Generator[list[str]]:
    """Collect every statement that goes to the database within the block."""
    said: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        said.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(database.engine, "before_cursor_execute", note)


def _whole_day(database: OfficeDatabase, folder: Path) -> None:
    """Do everything that head office does: people, pushes, pulls, photos, moves, deletions, upkeep."""
    world, store = World(database), FolderBlobStore(folder)
    laptop = world.laptop()
    laptop.pull()
    picture, photo = b"x" * 900, key()
    visit = laptop.insert("visit", visit_values(world.customers["C11"]))
    shown = {"visit_id": visit, "sha256": hashlib.sha256(picture).hexdigest(), "width": 1, "height": 1}
    laptop.do("insert", "photo", photo, shown | {"added_at": world.now.isoformat(), "byte_size": 900}, 0)
    laptop.do("patch", "customer", world.customers["C11"], {"opening_hours": "0-24"}, 1)
    laptop.do("patch", "customer", key(), {"opening_hours": "0-24"}, 1)
    laptop.push()
    laptop.do("delete", "visit", visit, {}, 1)
    laptop.push()
    told = BlobRequest(replica=laptop.replica, photo=photo, kind="full", size=900, sha256=shown["sha256"])  # pyright: ignore[reportArgumentType]
    answer = blobs.announce(database, store, told, "M1", world.now)
    blobs.append(database, store, answer.upload, 0, picture, "M1", world.now)
    asked = EstimateRequest(replica=laptop.replica, schema_version=SCHEMA, cursors={})
    estimate(database, asked, "M1")
    receipt(database, ReceiptRequest(replica=laptop.replica, day="2026-03-02", visits=()), "M1", world.now)
    world.put("product", world.products[2], {}, deleted=True)
    world.move("C12", "T2")
    with database.write() as session:
        people.grant(session, "M2", "terr:T1", world.now)
        people.withdraw(session, "M2", "terr:T1", world.now)
        people.revoke(session, laptop.replica, world.now)
    keep_up(database, store, world.now + timedelta(days=400))


def test_a_whole_day_asks_for_row_locks_and_plain_sql_alone(postgres_database: OfficeDatabase, tmp_path: Path) -> None:
    with _emitted(postgres_database) as said:
        _whole_day(postgres_database, tmp_path / "photos")
    assert len(said) > 200
    assert sum("FOR UPDATE" in one for one in said) > 5, "it does lock rows"
    assert [one for one in said if FORBIDDEN.search(one)] == []


@pytest.mark.parametrize(
    "statement",
    ["SELECT pg_advisory_xact_lock(1)", "LISTEN sync", "SELECT nextval('s')", "id BIGSERIAL", "lock table x", "a.xmin"],
)
def test_the_search_finds_what_it_is_for(statement: str) -> None:
    assert FORBIDDEN.search(statement)


def test_no_sequence_orders_anything_that_a_laptop_reads(postgres_database: OfficeDatabase) -> None:
    with postgres_database.engine.connect() as connection:
        kinds = connection.exec_driver_sql("SELECT relname FROM pg_class WHERE relkind = 'S'").all()
    assert kinds == [("purchase_order_id_seq",)], "it numbers orders inside head office and never travels"


def test_no_file_of_head_office_names_what_only_one_engine_has() -> None:
    names = re.compile(r"pg_advisory|\bLISTEN\b|\bNOTIFY\b|pg_notify|nextval|BigSerial|LOCK TABLE|Sequence\(")
    for path in Path(app.headoffice.__path__[0]).rglob("*.py"):
        assert not names.search(path.read_text(encoding="utf-8")), path
