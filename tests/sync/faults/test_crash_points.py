"""The program dies at any statement of either database and at any deed on a file, or is killed: the next round ends it.

One cycle of everything: a save, the side journal, push, pull, apply, photos, with a head office that dies along.
"""

import os
import random
import select
import shutil
import signal
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, event

from app.storage import database as store
from app.storage.store import open_store
from tests.sync.both.laptops import KEY
from tests.sync.faults.field_work import Agreement, FieldLaptop, FieldOffice, noise
from tests.sync.soak import tries
from tests.sync.tally import tally

_DIED = 9
_STEP = tries(97, 1, "ZOUFANG_CRASH_STEP")
_KILLS = tries(3, 150, "ZOUFANG_KILLS")
_FILES = {"os.rename", "os.remove", "os.mkdir", "os.truncate", "shutil.copyfile", "shutil.rmtree"}
pytestmark = [
    pytest.mark.timeout(3600),
    pytest.mark.skipif(not hasattr(os, "fork"), reason="only systems with fork let a copy of this program die"),
]


class _Cycle:
    """Both sides as files that can be put back to where the cycle begins."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.live, self._kept = folder / "live", folder / "kept"
        office = FieldOffice(_made(self.live / "office"))
        laptop = FieldLaptop(self.live / "laptop", office)
        laptop.round()
        self.shop, self.product = office.shop, office.product
        first = laptop.make_visit("first")
        laptop.take_photo(first, noise(1, 70_000))
        laptop.change_shop("8-20")
        values = {"cust_code": "N1", "cust_name": "新店", "address": "长街" * 40}
        office.write("customer", "01900000-0000-7000-8000-000000000001", values, scope="terr:T1")
        office.write("customer", office.shop, {"opening_hours": "7-22", "shop_name": "新招牌"})
        laptop.close()
        office.close()
        shutil.copytree(self.live, self._kept)

    def put_back(self) -> None:
        shutil.rmtree(self.live)
        shutil.copytree(self._kept, self.live)

    @contextmanager
    def opened(self) -> Generator[FieldLaptop]:
        office = FieldOffice.again(self.live / "office", self.shop, self.product)
        laptop = FieldLaptop.again(self.live / "laptop", office)
        try:
            yield laptop
        finally:
            laptop.close()
            office.close()

    def wrong(self) -> list[str]:
        """Open what is left, go on, and return what is missing or doubled."""
        with self.opened() as laptop:
            laptop.round()
            held = laptop.rows("SELECT id, need_note FROM visit")
            named = {name for (name,) in laptop.rows("SELECT sha256 FROM photo")}
            wrong = Agreement({UUID(hex=key): note for key, note in held}, named).hold(laptop)
            if "first" not in {note for _, note in held}:
                wrong.append("what was saved before is gone")
            if laptop.last_lane.waiting or laptop.last_lane.missing:
                wrong.append(f"photos wait: {laptop.last_lane}")
            if laptop.rows("SELECT count(*) FROM customer WHERE cust_code = 'N1'") != [(1,)]:
                wrong.append("what came is not there")
            if laptop.office.one("SELECT count(*) FROM sync_conflict") != 1:
                wrong.append("the clash was not told once")
            if laptop.journal.read():
                wrong.append("the journal holds what was answered")
            return wrong


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True)
    return folder


def _work(laptop: FieldLaptop) -> None:
    visit = laptop.make_visit("second")
    laptop.journal.catch_up(laptop.database)
    laptop.take_photo(visit, noise(2, 9_000))
    laptop.type_note(visit, "second, corrected")
    laptop.round()


def _in_a_child(work: Callable[[], None]) -> int:
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    return child


def _die_at(cycle: _Cycle, point: int) -> bool:
    """Let a child work that ends itself at a point; return whether it got that far."""

    def work() -> None:
        _count_points(point)
        with cycle.opened() as laptop:
            _work(laptop)

    _, status = os.waitpid(_in_a_child(work), 0)
    code = os.waitstatus_to_exitcode(status)
    assert code in (0, _DIED)
    return code == _DIED


def _count_points(last: int) -> None:
    """End this process at the point of that number: statements of both databases, deeds on files, syncs."""
    seen = 0

    def passed(*_: object) -> None:
        nonlocal seen
        seen += 1
        if seen == last:
            os._exit(_DIED)

    plain, sync = store.connect, os.fsync

    def traced(path: Path, key: bytes, *cache: int) -> Any:
        connection = plain(path, key, *cache)
        connection.set_trace_callback(passed)
        return connection

    def audited(name: str, arguments: tuple[Any, ...]) -> None:
        writes = name == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+")
        if writes or name in _FILES:
            passed()

    def synced(handle: int) -> None:
        passed()
        sync(handle)
        passed()

    store.connect, os.fsync = traced, synced
    sys.addaudithook(audited)
    event.listen(Engine, "before_cursor_execute", passed)
    event.listen(Engine, "commit", passed)


def test_a_cycle_that_dies_anywhere_is_ended_by_the_next_round(tmp_path: Path) -> None:
    cycle = _Cycle(tmp_path)
    tried = 0
    for point in count(1, _STEP):
        cycle.put_back()
        died = _die_at(cycle, point)
        wrong = cycle.wrong()
        assert wrong == [], f"died at point {point}"
        if not died:
            break
        tried += 1
    tally("program dies at a statement or a deed on a file (save, journal, push, pull, apply, photos)", tried)
    assert tried * _STEP > 150


def test_a_program_that_is_killed_at_any_time_has_lost_nothing(tmp_path: Path) -> None:
    cycle, draw = _Cycle(tmp_path), random.Random(5)  # noqa: S311
    killed = 0
    for _ in range(_KILLS):
        cycle.put_back()

        def work() -> None:
            with cycle.opened() as laptop:
                _work(laptop)

        child = _in_a_child(work)
        select.select([], [], [], draw.uniform(0.0, 0.35))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        killed += os.WIFSIGNALED(status)
        assert cycle.wrong() == []
    tally("SIGKILL at a random moment of the same", killed)


def test_a_store_opens_after_the_program_died_while_it_opened_it(tmp_path: Path) -> None:
    cycle = _Cycle(tmp_path)
    for point in range(1, 40, tries(13, 1)):
        cycle.put_back()

        def work(at: int = point) -> None:
            _count_points(at)
            from app.runtime.paths import DataFolder

            open_store(DataFolder(cycle.live / "laptop"), KEY).database.close()

        os.waitpid(_in_a_child(work), 0)
        with cycle.opened() as laptop:
            assert laptop.one("SELECT count(*) FROM visit") == 1
    tally("program dies while it opens the store", 39 // tries(13, 1))
