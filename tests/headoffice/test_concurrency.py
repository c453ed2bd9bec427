"""Many writers at once on a real PostgreSQL: nothing missed, nothing twice, and who is killed changes nothing."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app.headoffice import flushing
from app.headoffice import push as pushing
from app.headoffice.database import TRIES, OfficeDatabase
from app.headoffice.models import SyncRow
from app.headoffice.problems import Busy
from app.headoffice.push import push
from app.headoffice.writer import SyncWriter
from tests.headoffice.world import NOW, World, customer_values, key, visit_values
from tests.sync.tally import tally

PATIENCE = 20


@pytest.fixture
def world(postgres_database: OfficeDatabase) -> World:
    """Return a head office on PostgreSQL."""
    return World(postgres_database)


def _until(database: OfficeDatabase, question: str) -> None:
    """Ask the database until it says yes."""
    for _ in range(2_000):
        with database.engine.connect() as connection:
            if connection.execute(text(question)).scalar():
                return
        threading.Event().wait(0.005)
    raise AssertionError(question)


_SOMEBODY_WAITS = "SELECT count(*) > 0 FROM pg_locks WHERE NOT granted"


def _held_back(first: Callable[[Session], Any], second: Callable[[Session], Any], database: OfficeDatabase) -> Any:
    """Let the first take its number, the second come after it; yield between the commits of the two."""
    taken, go_on = threading.Event(), threading.Event()

    def slow() -> None:
        with database.write() as session:
            first(session)
            taken.set()
            assert go_on.wait(PATIENCE)

    def quick() -> None:
        assert taken.wait(PATIENCE)
        with database.write() as session:
            second(session)

    return taken, go_on, slow, quick


def test_a_naive_cursor_misses_what_commits_late(postgres_database: OfficeDatabase) -> None:
    database = postgres_database
    with database.write() as session:
        session.execute(text("CREATE TABLE naive (no bigserial PRIMARY KEY)"))
    insert = lambda session: session.execute(text("INSERT INTO naive DEFAULT VALUES"))  # noqa: E731
    _, go_on, slow, quick = _held_back(insert, insert, database)
    with ThreadPoolExecutor(2) as pool:
        late, early = pool.submit(slow), pool.submit(quick)
        early.result(PATIENCE)
        seen = _naive(database, 0)
        go_on.set()
        late.result(PATIENCE)
    seen += _naive(database, max(seen))
    assert seen == [2], "the row with the lower number was committed later and is never seen"
    tally("PostgreSQL: commit out of order, a naive cursor (must miss)", 1)


def _naive(database: OfficeDatabase, after: int) -> list[int]:
    with database.read() as session:
        return list(session.scalars(text("SELECT no FROM naive WHERE no > :after ORDER BY no"), {"after": after}))


def test_our_cursor_misses_nothing_that_commits_late(world: World) -> None:
    laptop = world.laptop()
    laptop.pull()
    keys = [key(), key()]

    def writes(one: int) -> Callable[[Session], None]:
        def work(session: Session) -> None:
            writer = SyncWriter(session, NOW, "office")
            writer.put("customer", keys[one], customer_values(f"N{one}"), scope="terr:T1")
            writer.flush()

        return work

    _, go_on, slow, quick = _held_back(writes(0), writes(1), world.database)
    with ThreadPoolExecutor(2) as pool:
        late, early = pool.submit(slow), pool.submit(quick)
        _until(world.database, _SOMEBODY_WAITS)
        laptop.pull()
        assert not {("customer", one) for one in keys} & set(laptop.rows)
        go_on.set()
        late.result(PATIENCE)
        early.result(PATIENCE)
    laptop.pull()
    assert {("customer", one) for one in keys} <= set(laptop.rows)
    tally("PostgreSQL: commit out of order, our cursor", 1)


def test_a_reader_among_many_writers_sees_every_row_and_numbers_have_no_gaps(world: World) -> None:
    reader = world.laptop()
    laptops = [world.laptop() for _ in range(4)]
    for laptop in laptops:
        for _ in range(30):
            laptop.insert("visit", visit_values(world.customers["C11"]))

    def send(one: int) -> None:
        laptop = laptops[one]
        for op in laptop.waiting:
            push(world.database, laptop.push_request(op), world.now)

    with ThreadPoolExecutor(4) as pool:
        sending = [pool.submit(send, one) for one in range(4)]
        while not all(one.done() for one in sending):
            reader.pull(limit=7)
        for one in sending:
            one.result(PATIENCE)
    digests = reader.pull()
    assert reader.held() == world.rows("terr:T1", "mgr:M1", "ref:catalogue")
    assert reader.digest("terr:T1") == digests["terr:T1"]
    with world.database.read() as session:
        numbers = sorted(one or 0 for one in session.scalars(select(SyncRow.seq).where(SyncRow.scope == "terr:T1")))
    assert numbers == list(range(1, len(numbers) + 1))


def test_the_same_push_by_many_workers_at_once_has_one_effect(world: World) -> None:
    laptop = world.laptop()
    for _ in range(20):
        laptop.insert("visit", visit_values(world.customers["C11"]))
    request = laptop.push_request(*laptop.waiting)
    with ThreadPoolExecutor(4) as pool:
        answers = [one.result(PATIENCE) for one in [pool.submit(push, world.database, request, NOW) for _ in range(8)]]
    assert all(answer == answers[0] for answer in answers)
    tally("PostgreSQL: the same push by several workers at once", 1)
    assert sum(table == "visit" for table, _ in world.rows("terr:T1")) == 20


def test_a_deadlock_is_repeated_and_both_get_through(world: World) -> None:
    customers = [world.customers["C11"], world.customers["C12"]]
    meeting = threading.Barrier(2, timeout=PATIENCE)
    tries: list[int] = []

    def crossing(order: list[str]) -> Callable[[Session], None]:
        met: list[bool] = []

        def work(session: Session) -> None:
            tries.append(1)
            session.execute(text("SET LOCAL deadlock_timeout = '50ms'"))
            writer = SyncWriter(session, NOW, "office")
            for customer in order:
                writer.put("customer", customer, {"mnemonic": order[0][-8:]})
                if not met:
                    met.append(True)
                    meeting.wait()

        return work

    with ThreadPoolExecutor(2) as pool:
        both = [pool.submit(world.database.transaction, crossing(order)) for order in (customers, customers[::-1])]
        for one in both:
            one.result(PATIENCE)
    assert len(tries) == 3
    tally("PostgreSQL: deadlock", 1)


def test_a_serialization_failure_is_repeated_five_times_and_then_the_laptop_comes_later(world: World) -> None:
    tries: list[int] = []

    def fails(times: int) -> Callable[[Session], str]:
        def work(session: Session) -> str:
            tries.append(1)
            SyncWriter(session, NOW, "office").put("customer", world.customers["C11"], {"mnemonic": "x"})
            if len(tries) <= times:
                session.execute(text("DO $$ BEGIN RAISE EXCEPTION 'again' USING ERRCODE = '40001'; END $$"))
            return "done"

        return work

    before = world.rows("terr:T1")
    with pytest.raises(Busy):
        world.database.transaction(fails(99))
    assert len(tries) == TRIES
    assert world.rows("terr:T1") == before
    tries.clear()
    assert world.database.transaction(fails(2)) == "done"
    tally("PostgreSQL: serialization failure", 1)
    assert world.value("customer", world.customers["C11"], "mnemonic") == "x"


def test_a_back_end_killed_in_the_middle_of_a_push_changes_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    laptop = world.laptop()
    laptop.pull()
    visit = laptop.insert("visit", visit_values(world.customers["C11"]))
    laptop.insert("stock_count", {"visit_id": visit, "product_id": world.products[0], "on_hand": 1})
    before = world.rows("terr:T1")
    written = flushing.write

    def killed(session: Session, *rest: Any) -> Any:
        done = written(session, *rest)
        own = session.execute(text("SELECT pg_backend_pid()")).scalar_one()
        with world.database.engine.connect() as other:
            other.execute(text("SELECT pg_terminate_backend(:own)"), {"own": own})
        return done

    monkeypatch.setattr(flushing, "write", killed)
    with pytest.raises(Busy):
        laptop.push()
    assert world.rows("terr:T1") == before
    monkeypatch.setattr(flushing, "write", written)
    assert [one.status for one in laptop.push().results] == ["applied", "applied"]
    tally("PostgreSQL: back-end killed in the middle of a push", 1)
    laptop.pull()
    assert laptop.held() == world.rows("terr:T1", "mgr:M1", "ref:catalogue")


def test_an_answer_that_is_lost_after_the_commit_is_given_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    laptop = world.laptop()
    laptop.insert("visit", visit_values(world.customers["C11"]))
    answered = pushing.of_applied

    def lost(*_: object) -> Any:
        raise ConnectionResetError

    monkeypatch.setattr(pushing, "of_applied", lost)
    with pytest.raises(ConnectionResetError):
        laptop.push()
    monkeypatch.setattr(pushing, "of_applied", answered)
    assert laptop.push().results[0].status == "applied"
    tally("answer lost after the commit", 1)
    assert sum(table == "visit" for table, _ in world.rows("terr:T1")) == 1


def test_the_answer_from_memory_is_the_one_that_is_read_from_the_database(world: World) -> None:
    laptop = world.laptop()
    visit = laptop.insert("visit", visit_values(world.customers["C11"]))
    other = laptop.insert("visit", visit_values(world.customers["C11"]))
    count = {"visit_id": visit, "product_id": world.products[0], "on_hand": 3}
    laptop.insert("stock_count", count)
    laptop.do("patch", "visit", visit, {"wrap_note": "店\t\\N"}, 0)
    laptop.do("delete", "visit", other, {}, 0)
    request = laptop.push_request(*laptop.waiting)
    told = pushing.push_told(world.database, request, world.now)
    assert {result["status"] for result in told.results} == {"applied"}
    assert told.message() == pushing.answer(world.database, request).message()
    elsewhere = world.laptop("M1")
    elsewhere.insert("visit", visit_values(world.customers["C11"]))
    world.move("C11", "T2")
    request = elsewhere.push_request(*elsewhere.waiting)
    told = pushing.push_told(world.database, request, world.now)
    assert [(result["scope"], result["version"]) for result in told.results] == [(None, None)]
    assert told.message() == pushing.answer(world.database, request).message()


def test_a_child_and_its_parent_that_come_at_the_same_moment_meet_at_the_next_push(world: World) -> None:
    laptop = world.laptop()
    customer = key()
    visit = laptop.insert("visit", visit_values(customer))
    taken, go_on = threading.Event(), threading.Event()

    def office() -> None:
        with world.database.write() as session:
            writer = SyncWriter(session, NOW, "office")
            writer.put("customer", customer, customer_values("C19"), scope="terr:T1")
            writer.flush()
            taken.set()
            assert go_on.wait(PATIENCE)

    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(office)
        assert taken.wait(PATIENCE)
        assert laptop.push().results[0].status == "parked"
        go_on.set()
        coming.result(PATIENCE)
    laptop.push()
    laptop.pull()
    assert ("visit", visit) in laptop.rows
