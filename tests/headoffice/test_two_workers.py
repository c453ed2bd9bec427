"""Two worker processes against one PostgreSQL, also where every transaction is serializable; one is killed outright."""

import json
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy import select, text

from app.headoffice.database import OfficeDatabase
from app.headoffice.models import SyncOperation, SyncRow
from tests.headoffice.world import NOW, Laptop, World, visit_values
from tests.sync.soak import SOAK, tries
from tests.sync.tally import tally

_ROOT = Path(__file__).resolve().parents[2]
_PUSHES = tries(12, 1_500, "ZOUFANG_WORKER_PUSHES")
_LEVELS = ["read committed", "serializable"] if SOAK else ["read committed"]


def _work(world: World, laptop: Laptop, file: Path, moment: str) -> Path:
    """Write an evening down: visits, and the same shop changed again and again by everybody; return the file."""
    lines: list[str] = []
    for number in range(_PUSHES):
        laptop.waiting.clear()
        laptop.insert("visit", visit_values(world.customers["C11"], serial=number + 1))
        laptop.do("patch", "customer", world.customers["C11"], {"opening_hours": f"{moment} {number}"}, 1)
        lines.append(laptop.push_request(*laptop.waiting).model_dump_json())
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def _start(database: OfficeDatabase, file: Path) -> "subprocess.Popen[bytes]":
    url = database.engine.url.render_as_string(hide_password=False)
    words = [sys.executable, "-m", "tests.headoffice.worker_process", url, str(file), NOW.isoformat()]
    return subprocess.Popen(words, cwd=_ROOT, stdout=subprocess.PIPE)


@pytest.mark.parametrize("level", _LEVELS)
@pytest.mark.timeout(300)
def test_two_worker_processes_lose_nothing_and_double_nothing_though_one_is_killed(
    postgres_database: OfficeDatabase, tmp_path: Path, level: str
) -> None:
    world = World(postgres_database)
    with postgres_database.write() as session:
        name = session.execute(text("SELECT current_database()")).scalar_one()
        session.execute(text(f"ALTER DATABASE {name} SET default_transaction_isolation TO '{level}'"))
    postgres_database.engine.dispose()  # new connections have the level
    reader, laptops = world.laptop(), [world.laptop() for _ in range(2)]
    files = [_work(world, one, tmp_path / f"{at}.jsonl", f"{at}") for at, one in enumerate(laptops)]
    first, second = (_start(postgres_database, file) for file in files)
    assert first.stdout is not None
    for _ in range(max(2, _PUSHES // 4)):
        first.stdout.readline()
    first.kill()  # with a transaction open, perhaps committed and not yet told
    first.communicate(timeout=60)
    third = _start(postgres_database, files[0])  # it begins its file anew: what was taken is answered, not applied
    while second.poll() is None or third.poll() is None:
        reader.pull(limit=11)
        threading.Event().wait(0.1)
    told = [json.loads(line) for one in (second, third) for line in one.communicate(timeout=60)[0].splitlines()]
    assert (second.returncode, third.returncode) == (0, 0)
    assert {status for one in told for status in one.get("statuses", [])} <= {"applied", "merged"}
    reader.pull()
    with postgres_database.read() as session:
        ops = session.execute(select(SyncOperation.replica, SyncOperation.no).order_by(SyncOperation.no)).all()
        numbers = sorted(one or 0 for one in session.scalars(select(SyncRow.seq).where(SyncRow.scope == "terr:T1")))
    for laptop in laptops:
        assert [row.no for row in ops if row.replica == laptop.replica] == list(range(1, 2 * _PUSHES + 1))
    assert sum(table == "visit" for table, _ in world.rows("terr:T1")) == 2 * _PUSHES
    assert len(numbers) == len(set(numbers))
    assert reader.held() == world.rows("terr:T1", "mgr:M1", "ref:catalogue")
    again = sum(one.get("again", 0) for one in told)
    tally(f"PostgreSQL ({level}): a worker process is killed among concurrent pushes", 1, 0, f"busy {again}")


def test_serializable_transactions_do_fail_and_are_run_again(
    postgres_database: OfficeDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The failure 40001 as the database itself raises it, between two readers who each write what the other read."""
    from concurrent.futures import ThreadPoolExecutor
    from threading import Barrier

    from sqlalchemy.orm import Session

    from app.headoffice.models import Setting

    del monkeypatch
    with postgres_database.write() as session:
        session.add_all([Setting(key="a", value="0"), Setting(key="b", value="0")])
    meeting, runs = Barrier(2, timeout=20), list[str]()

    def crossed(reads: str, writes: str) -> None:
        met: list[bool] = []

        def work(session: Session) -> None:
            runs.append(writes)
            session.execute(text("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE"))
            seen = int(session.get_one(Setting, reads).value)
            if not met:
                met.append(True)
                meeting.wait()
            session.get_one(Setting, writes).value = str(seen + 1)

        postgres_database.transaction(work)

    with ThreadPoolExecutor(2) as pool:
        both = [pool.submit(crossed, "a", "b"), pool.submit(crossed, "b", "a")]
        for one in both:
            one.result(30)
    assert len(runs) > 2, "one of them was refused and ran again"
    with postgres_database.read() as session:
        values = {row.key: row.value for row in session.scalars(select(Setting).where(Setting.key.in_(["a", "b"])))}
    assert sorted(values.values()) == ["1", "2"], "as if one had come after the other"
    tally("PostgreSQL: a serialization failure of the database's own (40001)", len(runs) - 2)
