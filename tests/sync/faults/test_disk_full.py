"""The disk is full at any page of a save, of a page that came, of its apply: words, nothing half done, sync still goes.

`PRAGMA max_page_count` makes SQLite say "full" at an exact page; a small disk in memory makes the real thing.
"""

import os
import shutil
import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from app.domain.problems import Problem, TroubleError
from app.models.trade import Product
from app.models.visit import StockCount, Visit
from app.runtime.ids import new_id
from app.storage import database as store
from app.storage import reserve
from app.sync.engine import Outcome
from tests.sync.faults.field_work import DAY, Agreement, FieldLaptop, FieldOffice, noise
from tests.sync.soak import tries
from tests.sync.tally import tally

_STEP = tries(3, 1)
_PRODUCTS = 60


@pytest.fixture
def office(tmp_path: Path) -> Generator[FieldOffice]:
    made = FieldOffice(tmp_path)
    yield made
    made.close()


@contextmanager
def full_at(page: int) -> Generator[None]:
    """Let connections that are opened from now on see a disk that ends at this page of the store."""
    plain = store.connect

    def connect(path: Path, key: bytes, *cache: int) -> Any:
        connection = plain(path, key, *cache)
        connection.execute(f"PRAGMA max_page_count = {page}")
        return connection

    store.connect = connect
    try:
        yield
    finally:
        store.connect = plain


def _only_full(trouble: TroubleError) -> None:
    assert trouble.problem is Problem.DISK_FULL


def _pages(laptop: FieldLaptop) -> int:
    return laptop.one("PRAGMA page_count")


def _big_visit(laptop: FieldLaptop, products: list[UUID]) -> UUID:
    key = new_id()
    with laptop.edit() as session:
        visit = Visit(id=key, customer_id=UUID(laptop.office.shop), day=DAY, status="done", need_note="许" * 900)
        session.add(visit)
        session.flush()
        session.add_all(StockCount(visit_id=key, product_id=one, on_hand=3) for one in products)
    return key


def _everything(laptop: FieldLaptop) -> list[Any]:
    tables = ("outbox", "visit", "stock_count", "row_state")
    return [laptop.rows(f"SELECT * FROM {table} ORDER BY 1") for table in tables]  # noqa: S608 - our own names


def test_a_save_that_meets_the_end_of_the_disk_at_any_page_keeps_nothing_of_it_and_says_so(
    office: FieldOffice, tmp_path: Path
) -> None:
    for number in range(_PRODUCTS):
        office.write("product", str(new_id()), {"sku_code": f"S{number}", "name": f"名{number}"})
    laptop = FieldLaptop(tmp_path / "laptop", office)
    laptop.round()
    laptop.make_visit("before")
    with laptop.database.read() as session:
        products = [one.id for one in session.query(Product)]
    before, refused = _everything(laptop), 0
    for page in range(_pages(laptop), 1 << 20):
        laptop.database.close()
        with full_at(page):
            try:
                _big_visit(laptop, products)
                break
            except TroubleError as trouble:
                _only_full(trouble)
            refused += 1
            assert _everything(laptop) == before
            assert laptop.round().outcome is Outcome.DONE if page % 7 == 0 else True
            before = _everything(laptop)
    tally("disk full at page n of a save", refused)
    assert refused > 5
    laptop.database.close()
    assert laptop.round().outcome is Outcome.DONE
    assert office.one("SELECT count(*) FROM stock_count") == _PRODUCTS + 2
    laptop.close()


def _prepare(office: FieldOffice, laptop: FieldLaptop) -> Agreement:
    """Leave work to go up, and more to come down than fits into a few pages."""
    laptop.round()
    agreement = Agreement()
    for number in range(3):
        visit = laptop.make_visit(f"n{number}")
        agreement.notes[visit] = f"n{number}"
    agreement.photos.add(laptop.take_photo(next(iter(agreement.notes)), noise(1, 5_000)))
    for number in range(40):
        values = {"cust_code": f"N{number}", "cust_name": "新店", "address": "长街" * 100}
        office.write("customer", str(new_id()), values, scope="terr:T1")
    return agreement


def test_a_round_that_meets_the_end_of_the_disk_at_any_page_is_ended_when_there_is_room(
    office: FieldOffice, tmp_path: Path
) -> None:
    laptop = FieldLaptop(tmp_path / "laptop", office)
    agreement = _prepare(office, laptop)
    pages = _pages(laptop)
    laptop.close()
    shutil.copytree(tmp_path / "laptop", tmp_path / "before")
    office.close()
    shutil.copy(office.path, tmp_path / "office-before.db")
    tried = 0
    for page in range(pages, 1 << 20, _STEP):
        shutil.rmtree(tmp_path / "laptop")
        shutil.copytree(tmp_path / "before", tmp_path / "laptop")
        office.close()
        shutil.copy(tmp_path / "office-before.db", office.path)
        laptop = FieldLaptop.again(tmp_path / "laptop", office)
        laptop.close()
        was_full = _round_on_a_full_disk(laptop, page)
        laptop.close()
        assert laptop.round().outcome is Outcome.DONE
        assert agreement.hold(laptop) == [], f"full at page {page}"
        laptop.close()
        tried += was_full
        if not was_full:
            break
    tally("disk full at page n of a round (verdicts, staging, apply)", tried)
    assert tried >= 3


def _round_on_a_full_disk(laptop: FieldLaptop, page: int) -> bool:
    with full_at(page):
        try:
            return laptop.round().outcome is not Outcome.DONE
        except TroubleError as trouble:
            _only_full(trouble)
            return True


@pytest.fixture
def small_disk(tmp_path: Path) -> Generator[Path]:
    """Give a disk of 80 MB that is really full when it is full."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        pytest.skip("only root can make a small disk in memory")
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=80m", "tmpfs", str(folder)]
    if subprocess.run(command, capture_output=True, check=False).returncode != 0:
        pytest.skip("this system does not let a small disk be mounted")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def _fill(folder: Path) -> Path:
    file = folder / "films"
    with file.open("wb", buffering=0) as out:
        for size in (1 << 20, 4096):
            try:
                while True:
                    out.write(bytes(size))
            except OSError:
                continue
    return file


def test_on_a_disk_that_is_really_full_what_waits_still_goes_up_from_the_room_that_was_kept(
    office: FieldOffice, small_disk: Path
) -> None:
    laptop = FieldLaptop(small_disk / "laptop", office)
    laptop.round()
    assert reserve.set_apart(laptop.folder.root)
    agreement = Agreement()
    visit = laptop.make_visit("saved")
    agreement.notes[visit] = "saved"
    agreement.photos.add(laptop.take_photo(visit, noise(1, 40_000)))
    _fill(small_disk)
    before = _everything(laptop)
    with pytest.raises(TroubleError) as photo:
        laptop.files.put(noise(2, 90_000))
    refused = 0
    for _ in range(200):
        try:
            key = laptop.make_visit("更" * 300)
            agreement.notes[key] = "更" * 300
            before = _everything(laptop)
        except TroubleError as trouble:
            _only_full(trouble)
            refused += 1
            break
    assert photo.value.problem is Problem.DISK_FULL
    assert refused == 1
    assert _everything(laptop) == before
    assert list(laptop.folder.photos.rglob("*.tmp")) == []
    assert laptop.round().outcome is Outcome.DONE
    assert agreement.hold(laptop) == []
    with pytest.raises(TroubleError) as again:
        laptop.files.put(noise(3, 90_000))
    assert again.value.problem is Problem.DISK_FULL, "the room that is left belongs to the rows"
    laptop.close()
    tally("a really full disk: save, photo, then sync from the room kept", 1)


def test_a_store_on_a_full_disk_opens_from_the_room_that_was_kept(office: FieldOffice, small_disk: Path) -> None:
    laptop = FieldLaptop(small_disk / "laptop", office)
    laptop.round()
    visit = laptop.make_visit("saved")
    reserve.set_apart(laptop.folder.root)
    laptop.close()
    films = _fill(small_disk)
    laptop = FieldLaptop.again(small_disk / "laptop", office)
    assert laptop.round().outcome is Outcome.DONE
    assert Agreement({visit: "saved"}).hold(laptop) == []
    assert not reserve.set_apart(laptop.folder.root), "a full disk is not filled further"
    films.unlink()
    assert reserve.set_apart(laptop.folder.root)
    assert not reserve.is_given_up(laptop.folder.root)
    laptop.close()
