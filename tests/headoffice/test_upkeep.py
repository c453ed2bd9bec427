"""After a restore no version is given twice; what is collected, and that one worker does the work of the day."""

import asyncio
import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.headoffice import collecting, upkeep
from app.headoffice.app import create_app
from app.headoffice.blob_store import BlobStore, FolderBlobStore
from app.headoffice.collecting import KEEP_BODIES, KEEP_TOMBSTONES, collect
from app.headoffice.database import OfficeDatabase
from app.headoffice.models import BlobUpload, SyncOperation, SyncRow
from app.headoffice.retiring import retire
from app.headoffice.settings import OfficeSettings
from app.headoffice.upkeep import keep_up
from tests.headoffice.world import World, key, visit_values


def _version(world: World, code: str = "C11") -> int:
    with world.database.read() as session:
        return session.get_one(SyncRow, ("customer", world.customers[code])).version


# ---- versions after a restore ----------------------------------------------------------------------------------------
def test_versions_given_after_a_restore_were_never_given_before(
    tmp_path: Path, sqlite_database: OfficeDatabase
) -> None:
    world = World(sqlite_database)
    laptop = world.laptop()
    customer = world.customers["C11"]
    backup = tmp_path / "backup.db"
    sqlite_database.dispose()
    shutil.copy(tmp_path / "office.db", backup)
    given = {_version(world)}
    for restore in range(3):  # the same backup is put back again and again
        for edit in range(3):
            given.add(world.put("customer", customer, {"opening_hours": f"{restore}-{edit}"}))
        laptop.pull()
        seen = laptop.rows["customer", customer].local.version
        sqlite_database.dispose()
        for one in tmp_path.glob("office.db*"):
            one.unlink()
        shutil.copy(backup, tmp_path / "office.db")
        before = sqlite_database.epoch()
        assert sqlite_database.renew_epoch(world.tick()) != before
        assert world.put("customer", customer, {"mnemonic": f"after {restore}"}) > max(*given, seen) + 900_000
        given.add(_version(world))
        laptop.cursors = dict.fromkeys(laptop.cursors, (0, 0, 0))
        laptop.pull()
        assert laptop.rows["customer", customer].values["mnemonic"] == f"after {restore}"
    assert len(given) == 1 + 3 * 3 + 3


def test_versions_rise_by_one_between_restores(world: World) -> None:
    world.database.renew_epoch()
    first = world.put("customer", world.customers["C11"], {"mnemonic": "a"})
    assert first % 1_000_000 == 1
    assert world.put("customer", world.customers["C11"], {"mnemonic": "b"}) == first + 1
    assert world.put("customer", world.customers["C12"], {"mnemonic": "b"}) == first
    assert _version(world, "C21") == 1


def test_a_laptop_that_made_a_row_after_a_restore_knows_its_own_work(world: World) -> None:
    world.database.renew_epoch()
    laptop = world.laptop()
    laptop.pull()
    visit = laptop.insert("visit", visit_values(world.customers["C11"]))
    laptop.do("patch", "visit", visit, {"wrap_note": "mine"}, base=0)
    assert [one.status for one in laptop.push().results] == ["applied", "applied"]


# ---- tombstones ------------------------------------------------------------------------------------------------------
def test_the_tombstone_of_a_customer_stays_until_its_last_child_is_gone(world: World) -> None:
    laptop, customer = world.laptop(), world.customers["C11"]
    visit = laptop.insert("visit", visit_values(customer))
    laptop.push()
    world.put("customer", customer, {}, deleted=True)

    def numbered() -> set[str]:
        with world.database.write() as session:
            collect(session, world.tick())
        with world.database.read() as session:
            asked = select(SyncRow.pk).where(SyncRow.seq.is_not(None), SyncRow.deleted.is_(True))
            return set(session.scalars(asked))

    assert numbered() == {customer}
    laptop.pull()
    laptop.do("delete", "visit", visit, {})
    laptop.push()
    assert numbered() == set()
    fresh = world.laptop()
    digests = fresh.pull()
    assert fresh.digest("terr:T1") == digests["terr:T1"]


# ---- once a day ------------------------------------------------------------------------------------------------------
@pytest.fixture
def store(tmp_path: Path) -> FolderBlobStore:
    """Return a store for photos."""
    return FolderBlobStore(tmp_path / "photos")


def _leave_old_things(world: World) -> None:
    laptop = world.laptop()
    laptop.insert("visit", visit_values(world.customers["C11"]))
    laptop.push()
    world.put("customer", world.customers["C12"], {}, deleted=True)
    with world.database.write() as session:
        session.add(
            BlobUpload(
                id=key(), manager="M1", replica=laptop.replica, photo=key(), kind="full", sha256="0" * 64, size=5,
                received=0, expires_at=world.now + timedelta(days=7),
            )
        )  # fmt: skip


def _old_things(world: World) -> tuple[bool, bool, bool]:
    with world.database.read() as session:
        row = session.get_one(SyncRow, ("customer", world.customers["C12"]))
        body = session.scalars(select(SyncOperation)).one().body
        return row.seq is not None, body is not None, session.scalars(select(BlobUpload)).first() is not None


def test_tombstones_bodies_and_uploads_go_when_their_time_is_over(world: World, store: FolderBlobStore) -> None:
    _leave_old_things(world)
    start = world.now
    for days, left in (
        (1, (True, True, True)),
        (8, (True, True, False)),
        (KEEP_BODIES.days + 1, (True, False, False)),
        (KEEP_TOMBSTONES.days + 1, (False, False, False)),
    ):
        assert keep_up(world.database, store, start + timedelta(days=days))
        assert _old_things(world) == left


def test_the_work_of_a_day_is_done_once_by_one_of_many_workers(world: World, store: FolderBlobStore) -> None:
    for day in range(2):
        now = world.now + timedelta(days=day)
        with ThreadPoolExecutor(4) as pool:
            workers = [pool.submit(keep_up, world.database, store, now) for _ in range(4)]
            assert sorted(one.result(30) for one in workers) == [False, False, False, True]
        assert not keep_up(world.database, store, now)


def test_work_of_the_day_that_failed_is_tried_again(
    world: World, store: FolderBlobStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(session: Session, before: datetime) -> int:
        raise OSError(session, before)

    with monkeypatch.context() as broken, pytest.raises(OSError, match="2025"):
        broken.setattr(collecting, "collect", fail)
        keep_up(world.database, store, world.now)
    assert keep_up(world.database, store, world.now)


def test_every_worker_that_serves_looks_again_and_again_even_after_a_failure(
    sqlite_database: OfficeDatabase, store: FolderBlobStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = OfficeSettings(str(sqlite_database.engine.url), tmp_path / "photos", upkeep_seconds=0)
    moments: list[datetime] = []

    async def serve() -> None:
        loop, enough = asyncio.get_running_loop(), asyncio.Event()

        def fails_first(database: OfficeDatabase, photos: BlobStore, now: datetime) -> bool:
            moments.append(now)
            if len(moments) == 1:
                raise OSError
            done = keep_up(database, photos, now)
            loop.call_soon_threadsafe(enough.set)
            return done

        monkeypatch.setattr(upkeep, "keep_up", fails_first)
        app = create_app(settings)
        async with app.router.lifespan_context(app):
            await asyncio.wait_for(enough.wait(), 30)

    asyncio.run(serve())
    assert moments[0] <= moments[1]
    assert not keep_up(sqlite_database, store, moments[-1])


# ---- too old for laptops ---------------------------------------------------------------------------------------------
def test_rows_too_old_for_laptops_leave_them_on_both_databases(world: World) -> None:
    laptop = world.laptop()
    old, young = (
        laptop.insert("visit", visit_values(world.customers["C11"], day=day)) for day in ("2023-01-31", "2026-03-02")
    )
    laptop.insert("stock_count", {"visit_id": old, "product_id": world.products[0], "on_hand": 1})
    laptop.push()
    order = {"customer_id": world.customers["C11"], "lines": []}
    world.put("purchase_order", "OLD", order | {"order_date": "2023-02-28"})
    world.put("purchase_order", "NEW", order | {"order_date": "2026-03-01"})
    laptop.pull()
    assert retire(world.database, world.now) == 2
    digests = laptop.pull()
    assert [key for table, key in laptop.rows if table in {"visit", "stock_count", "purchase_order"}] == [young, "NEW"]
    assert laptop.digest("terr:T1") == digests["terr:T1"]
    assert retire(world.database, world.now) == 0
    laptop.do("patch", "visit", old, {"need_note": "late"})
    told = laptop.push().results[0]
    assert (told.status, told.reason) == ("parked", "too_late_to_correct"), (
        "what its author says is kept for the office"
    )


@pytest.mark.parametrize("state", ["accepted", "declined", "withdrawn"])
def test_a_proposal_that_is_done_goes_when_it_is_old_however_it_ended(world: World, state: str) -> None:
    laptop = world.laptop()
    told = {"manager": "M1", "customer_id": world.customers["C11"], "field": "shop_name", "old": "a", "new": "b"}
    moments = {"open": "2024-01-01", state: "2024-01-01", "fresh": "2026-03-01"}
    keys = {name: key() for name in moments}
    for name, day in moments.items():
        values = {**told, "proposed_at": f"{day}T08:00:00+00:00", "state": name if name == state else "open"}
        world.put("change_proposal", keys[name], values)
    assert retire(world.database, world.now) == 1
    laptop.pull()
    left = {one for table, one in laptop.rows if table == "change_proposal"}
    assert left == {keys["open"], keys["fresh"]}
