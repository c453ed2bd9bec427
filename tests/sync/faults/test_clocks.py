"""Clocks that are wrong, jump, stand still or run backwards in a sync: they order nothing, and nothing is lost."""

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from typing_extensions import override

from app.runtime.cancel import CancelToken, no_report
from app.runtime.clock import Clock
from app.sync.engine import Outcome, RoundResult, sync_round
from app.sync.http_client import HttpClient
from app.sync.secrets import read_secrets
from app.sync.state import lease_of, read_identity
from tests.sync.faults.field_work import Agreement, FieldLaptop, FieldOffice
from tests.sync.photos.cutting_wire import serving
from tests.sync.soak import SOAK, tries
from tests.sync.tally import tally

pytestmark = [pytest.mark.allow_hosts(["127.0.0.1"]), pytest.mark.timeout(600)]
TRUE = datetime(2022, 4, 29, 10, tzinfo=UTC)
_LIBRARY = next(iter(sorted(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))), None)


@dataclass(frozen=True)
class WrongClock(Clock):
    """Tells whatever time the test wants."""

    tell: Callable[[], datetime] = lambda: TRUE

    @override
    def now(self) -> datetime:
        return self.tell()


class _Side:
    """A head office on a port with a clock of its own, and a laptop with another."""

    def __init__(self, folder: Path, office: FieldOffice) -> None:
        self.office = office
        self.true = TRUE
        self.laptop = FieldLaptop(folder / "laptop", office)
        self.tell: Callable[[], datetime] = lambda: TRUE
        self.port = 0

    def round(self) -> RoundResult:
        identity = read_identity(self.laptop.database)
        client = HttpClient(
            f"http://127.0.0.1:{self.port}", identity.replica, read_secrets(self.laptop.database), now=self.tell
        )
        try:
            return sync_round(self.laptop.database, client, WrongClock(tell=self.tell), CancelToken(), no_report)
        finally:
            client.close()


@pytest.fixture
def side(tmp_path: Path) -> Generator[_Side]:
    office = FieldOffice(tmp_path)
    made = _Side(tmp_path, office)
    with serving(office, tmp_path / "photos", lambda: made.true) as port:
        made.port = port
        yield made
    made.laptop.close()
    office.close()


def _jumping(draw: random.Random) -> Callable[[], datetime]:
    return lambda: TRUE + timedelta(days=draw.uniform(-3660, 3660))


def _backwards() -> Callable[[], datetime]:
    times = [TRUE]

    def tell() -> datetime:
        times.append(times[-1] - timedelta(hours=7))
        return times[-1]

    return tell


_CLOCKS: dict[str, Callable[[], Callable[[], datetime]]] = {
    "ten years ahead": lambda: lambda: TRUE + timedelta(days=3652),
    "ten years behind": lambda: lambda: TRUE - timedelta(days=3652),
    "standing still": lambda: lambda: TRUE,
    "running backwards": _backwards,
    "jumping at each look": lambda: _jumping(random.Random(4)),  # noqa: S311
    "before 1970": lambda: lambda: datetime(1969, 12, 31, tzinfo=UTC),
    "after 2038": lambda: lambda: datetime(2038, 1, 19, 4, tzinfo=UTC),
}


def test_a_wrong_clock_keeps_nothing_back_and_loses_nothing(side: _Side) -> None:
    laptop, agreement = side.laptop, Agreement()
    assert side.round().outcome is Outcome.DONE
    for name, clock in _CLOCKS.items():
        side.tell = clock()
        for number in range(tries(1, 10)):
            agreement.notes[laptop.make_visit(f"v{number}")] = f"v{number}"
            laptop.change_shop(f"{number}-20")
            side.office.write("customer", side.office.shop, {"shop_name": f"{name} {number}"})
            assert side.round().outcome is Outcome.DONE
            assert agreement.hold(laptop) == [], name
        side.tell = lambda: TRUE
        laptop.change_shop(f"9-21 {name}")
        assert side.round().outcome is Outcome.DONE
        assert side.office.one("SELECT opening_hours FROM customer WHERE cust_code = 'C1'") == f"9-21 {name}"
        tally(f"clock: {name}", tries(1, 10))
    assert agreement.hold(laptop) == []


def test_a_token_that_ends_between_any_two_calls_is_asked_for_anew(side: _Side) -> None:
    agreement = Agreement()
    assert side.round().outcome is Outcome.DONE
    for number in range(tries(2, 10)):
        side.true += timedelta(days=1, minutes=number)
        at = [side.true]

        def passing(begun: list[datetime] = at) -> datetime:
            begun[0] += timedelta(minutes=8)
            side.true = begun[0]
            return begun[0]

        side.tell = passing
        agreement.notes[side.laptop.make_visit(f"{number}")] = f"{number}"
        assert side.round().outcome is Outcome.DONE
    assert agreement.hold(side.laptop) == []
    tally("access token ends in the middle of a round", tries(2, 10))


def test_the_lease_is_counted_by_head_office_s_time(side: _Side) -> None:
    database = side.laptop.database
    for offset in (timedelta(days=-3652), timedelta(0), timedelta(days=3652)):
        side.tell = lambda by=offset: side.true + by
        assert side.round().outcome is Outcome.DONE
        mine = side.tell()
        assert lease_of(database, mine).days_left in {13, 14}
        assert lease_of(database, mine + timedelta(days=13)).holds
        assert not lease_of(database, mine + timedelta(days=15)).holds
        assert lease_of(database, mine - timedelta(days=900)).days_left in {13, 14}, "turned back, and not longer"
        side.true += timedelta(days=20)
    assert side.round().outcome is Outcome.DONE
    assert lease_of(database, side.tell()).holds


@contextmanager
def _living_in(zone: str) -> Generator[None]:
    before = os.environ.get("TZ")
    os.environ["TZ"] = zone
    time.tzset()
    try:
        yield
    finally:
        if before is None:
            del os.environ["TZ"]
        else:
            os.environ["TZ"] = before
        time.tzset()


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="this system cannot change its time zone for a test")
def test_the_hour_that_comes_twice_or_never_changes_nothing(side: _Side) -> None:
    laptop, agreement = side.laptop, Agreement()
    assert side.round().outcome is Outcome.DONE
    for zone in ("America/New_York", "Asia/Shanghai", "Pacific/Apia") if SOAK else ("America/New_York",):
        with _living_in(zone):
            for day in (date(2022, 3, 13), date(2022, 11, 6)):
                for hour, minute in ((1, 59), (2, 30), (1, 30)):
                    moment = datetime.combine(day, datetime.min.time().replace(hour, minute)).astimezone()
                    side.tell = lambda at=moment: at
                    agreement.notes[laptop.make_visit(f"{moment}")] = f"{moment}"
                    assert side.round().outcome is Outcome.DONE
        tally("clock: summer time begins and ends", 6)
    assert agreement.hold(laptop) == []


@pytest.mark.skipif(_LIBRARY is None, reason="libfaketime is not installed (Debian: apt-get install faketime)")
@pytest.mark.parametrize("clock", ["-10y", "+10y", "2020-02-29 23:59:59", "+0 x500"] if SOAK else ["-10y"])
def test_a_machine_with_a_wrong_clock_syncs(side: _Side, clock: str) -> None:
    side.true = datetime.now(UTC)
    assert side.round().outcome is Outcome.DONE
    side.laptop.close()
    child = [sys.executable, "-m", "tests.sync.faults.clock_child", str(side.laptop.folder.root), str(side.port)]
    environment = os.environ | {
        "LD_PRELOAD": str(_LIBRARY), "FAKETIME": clock, "PYTHONPATH": str(Path(__file__).parents[3]),
        "FAKETIME_DONT_FAKE_MONOTONIC": "1", "PYTHONDONTWRITEBYTECODE": "1",
    }  # fmt: skip
    done = subprocess.run(child, env=environment, capture_output=True, text=True, timeout=100, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    outcome, year = done.stdout.split()
    assert outcome == "done"
    assert clock.startswith("+0") or int(year) != datetime.now(UTC).year
    assert side.office.one("SELECT count(*) FROM visit WHERE need_note = 'made then'") == 1
    tally("clock of the whole machine wrong (libfaketime)", 1)
