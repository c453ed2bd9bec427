"""A herd of laptops in the same minute: all are told when to come again, and all get through."""

import gc
import random
import resource
import sys
import threading
import time
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest
from sqlalchemy import select

from app.headoffice import people, security
from app.headoffice.admission import Admission
from app.headoffice.database import OfficeDatabase
from app.headoffice.models import Replica, SyncStream
from tests.headoffice.http.served import HttpLaptop, Served, serving
from tests.headoffice.world import World, key, visit_values
from tests.sync.soak import tries
from tests.sync.tally import tally

_LAPTOPS = tries(24, 400, "ZOUFANG_HERD")
_AT_ONCE, _VISITS = 25, 4
_PATIENCE = 400
_FASTER = 0.08
"""A laptop waits this part of what it is told: the test has no minutes."""
_MEMORY = 96 << 20


@dataclass
class Evening:
    """What one laptop met."""

    statuses: list[int]
    seconds: float


def _laptops(served: Served, count: int) -> list[HttpLaptop]:
    """Enrol a herd at once, half of it of each manager, each with its own token."""
    made: list[HttpLaptop] = []
    world = served.world
    with world.database.write() as session:
        for number in range(count):
            laptop = HttpLaptop(served)
            code = people.enrol_code(session, f"M{1 + number % 2}", world.now)
            told = people.enrol(session, code, laptop.public_key, f"laptop {number}", world.now)
            laptop.replica, laptop.refresh_token = told.replica, told.refresh_token
            laptop.access_token = security.give_access(session, told.replica, world.now)
            made.append(laptop)
    return made


def _evening(laptop: HttpLaptop, number: int) -> Evening:
    """Push a few visits and pull, again after each wait, as a laptop does."""
    chance, world = random.Random(number), laptop.served.world  # noqa: S311
    customer = world.customers["C11" if number % 2 == 0 else "C21"]
    ops = [laptop.op("insert", "visit", key(), visit_values(customer)) for _ in range(_VISITS)]
    calls = [("/v1/hello", laptop.hello_request()), ("/v1/push", laptop.push_request(*ops))]
    calls.append(("/v1/pull", laptop.pull_request()))
    met, begun = list[int](), time.monotonic()
    for path, body in calls:
        for _ in range(_PATIENCE):
            response = laptop.post(path, body)
            met.append(response.status_code)
            if response.status_code == 200:
                break
            wait = int(response.headers["retry-after"])
            assert 1 <= wait <= 900
            threading.Event().wait(wait * _FASTER * chance.uniform(0.5, 1.5))
        else:
            raise AssertionError("it never had its turn")
    return Evening(met, time.monotonic() - begun)


@pytest.fixture
def served(postgres_database: OfficeDatabase, tmp_path: Path) -> Generator[Served]:
    """Give a head office on PostgreSQL, as production has it."""
    with serving(World(postgres_database), tmp_path) as one:
        yield one


def test_a_herd_drains_with_nothing_but_a_polite_503(served: Served, capsys: pytest.CaptureFixture[str]) -> None:
    served.office.admission = Admission(3)
    laptops = _laptops(served, _LAPTOPS)
    served.http = httpx2.Client(base_url=served.url, timeout=60, limits=httpx2.Limits(max_connections=_AT_ONCE))
    gc.collect()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with served.http, ThreadPoolExecutor(_AT_ONCE) as pool:
        evenings = list(pool.map(_evening, laptops, range(len(laptops))))
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * (1 if sys.platform == "darwin" else 1024)
    met = [status for one in evenings for status in one.statuses]
    assert set(met) <= {200, 503}
    assert met.count(503) > 0, "the herd must be larger than the door"
    assert met.count(200) == 3 * len(laptops)
    assert grown < _MEMORY
    assert served.office.admission.taken == 0
    with served.world.database.read() as session:
        last = set(session.scalars(select(Replica.last_no)))
        heads = {row.scope: row.head for row in session.execute(select(SyncStream.scope, SyncStream.head))}
    assert last == {_VISITS}, "nothing is lost and nothing twice"
    each = len(laptops) // 2 * _VISITS
    assert (heads["terr:T1"], heads["terr:T2"]) == (2 + each, 2 + each)
    waits = sorted(one.seconds for one in evenings)
    p95 = waits[int(len(waits) * 0.95)]
    most = max(one.statuses.count(503) for one in evenings)
    assert most < _PATIENCE / 2, "nobody is starved"
    note = f"p95 {p95:.1f} s, {met.count(503)} polite refusals, at most {most} for one, memory +{grown >> 20} MiB"
    tally("herd: laptops that come in the same minute", len(laptops), 0, note)
    if tries(0, 1):
        with capsys.disabled():
            print(note)  # noqa: T201
