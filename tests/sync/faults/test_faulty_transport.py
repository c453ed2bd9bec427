"""Every fault of a wire, in any order, between the real client and a real server: nothing is lost or doubled."""

import random
from collections import Counter
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest

from app.runtime.ids import new_id
from app.sync.engine import Outcome
from app.sync.http_client import HttpClient
from app.sync.secrets import read_secrets
from app.sync.state import read_identity
from tests.sync.faults.faulty_transport import FAULTS, FaultyTransport
from tests.sync.faults.field_work import Agreement, FieldLaptop, FieldOffice, noise
from tests.sync.photos.cutting_wire import serving
from tests.sync.soak import SOAK, tries
from tests.sync.tally import tally

pytestmark = [pytest.mark.allow_hosts(["127.0.0.1"]), pytest.mark.timeout(1800)]
_HISTORIES = tries(3, 300, "ZOUFANG_WIRE_HISTORIES")
_GROUP = 20
"""So many histories share a head office, which grows with them."""
_CALLS = range(12)
"""A round with photos makes about so many."""
_ALLOWED = {Outcome.DONE, Outcome.OFFLINE, Outcome.LATER}


@contextmanager
def served(folder: Path) -> Generator[tuple[FieldOffice, int]]:
    """Serve a head office on a port of this machine."""
    folder.mkdir()
    office = FieldOffice(folder)
    try:
        with serving(office, folder / "photos", office.now) as port:
            yield office, port
    finally:
        office.close()


@contextmanager
def over_the_wire(folder: Path, office: FieldOffice, port: int, draw: random.Random) -> Generator[FieldLaptop]:
    """Give a laptop that speaks with it by the real client, over a wire that can fail."""
    laptop = FieldLaptop(folder, office)
    identity = read_identity(laptop.database)
    wire = FaultyTransport(httpx2.HTTPTransport(), draw)
    laptop.client = HttpClient(
        f"http://127.0.0.1:{port}", identity.replica, read_secrets(laptop.database), transport=wire, now=office.now
    )
    laptop.wire = wire
    try:
        yield laptop
    finally:
        laptop.client.close()
        laptop.close()


class _History:
    """A few days of one laptop on a bad wire."""

    def __init__(self, laptop: FieldLaptop, office: FieldOffice, draw: random.Random) -> None:
        self._laptop, self._office, self._draw = laptop, office, draw
        self.agreement = Agreement()

    def run(self, share: float) -> list[str]:
        laptop = self._laptop
        assert laptop.round().outcome is Outcome.DONE
        laptop.wire.share = share
        for _ in range(5):
            self._work()
            assert laptop.round().outcome in _ALLOWED
        return self.in_peace()

    def in_peace(self) -> list[str]:
        """Let the wire work and return what is wrong at the end."""
        laptop = self._laptop
        laptop.wire.share, laptop.wire.script = 0.0, []
        for _ in range(4):
            ended = laptop.round()
            if ended.outcome is Outcome.DONE and not laptop.last_lane.waiting and not ended.differing:
                return self.agreement.hold(laptop)
        return ["it never came to rest"]

    def _work(self) -> None:
        laptop, draw, notes = self._laptop, self._draw, self.agreement.notes
        for _ in range(draw.randint(1, 2)):
            visit = laptop.make_visit("neu")
            notes[visit] = "neu"
        for visit in draw.sample(sorted(notes), k=min(2, len(notes))):
            notes[visit] = f"n{draw.randrange(1000)}"
            laptop.type_note(visit, notes[visit])
        if draw.random() < 0.4:
            content = noise(draw.randrange(1 << 30), 70_000)
            self.agreement.photos.add(laptop.take_photo(draw.choice(sorted(notes)), content))
        if draw.random() < 0.5:
            values = {"cust_code": f"N{draw.randrange(1 << 40)}", "cust_name": "新店"}
            self._office.write("customer", str(new_id()), values, scope="terr:T1")
        if draw.random() < 0.3:
            self._office.write("customer", self._office.shop, {"shop_name": f"牌{draw.randrange(99)}"})
            laptop.change_shop(f"8-{draw.randrange(12, 24)}")


def test_any_faults_in_any_order_lose_and_double_nothing(tmp_path: Path) -> None:
    wrong: list[str] = []
    for first in range(0, _HISTORIES, _GROUP):
        with served(tmp_path / f"office-{first}") as (office, port):
            for seed in range(first, min(_HISTORIES, first + _GROUP)):
                draw = random.Random(seed)  # noqa: S311
                with over_the_wire(tmp_path / f"laptop-{seed}", office, port, draw) as laptop:
                    found = _History(laptop, office, draw).run(draw.choice((0.15, 0.35, 0.6)))
                    for fault in FAULTS:
                        tally(f"wire: {fault}", laptop.wire.met.get(fault, 0), bool(found))
                wrong += [f"seed {seed}: {one}" for one in found]
    assert not wrong, "\n".join(wrong)


def test_each_fault_at_each_call_of_a_round(tmp_path: Path) -> None:
    met: Counter[str] = Counter()
    with served(tmp_path / "office") as (office, port):
        draw = random.Random(1)  # noqa: S311
        with over_the_wire(tmp_path / "laptop", office, port, draw) as laptop:
            history = _History(laptop, office, draw)
            assert laptop.round().outcome is Outcome.DONE
            for number, fault in enumerate(FAULTS):
                for call in _CALLS if SOAK else [number % 5]:
                    history._work()
                    laptop.wire.script = ["none"] * call + [fault]
                    assert laptop.round().outcome in _ALLOWED
                    assert history.in_peace() == [], f"{fault} at call {call}"
            met.update(laptop.wire.met)
    for fault in FAULTS:
        tally(f"wire: {fault}", met[fault])


def test_a_proxy_that_answers_everything_from_its_memory_is_no_connection(tmp_path: Path) -> None:
    with served(tmp_path / "office") as (office, port):
        draw = random.Random(1)  # noqa: S311
        with over_the_wire(tmp_path / "laptop", office, port, draw) as laptop:
            history = _History(laptop, office, draw)
            laptop.round()
            for _ in range(2):  # the first calls of a round are one from the second time on that something goes up
                history._work()
                assert laptop.round().outcome is Outcome.DONE
            history._work()
            laptop.wire.share, laptop.wire.allowed = 1.0, ("old answer",)
            assert laptop.round().outcome is Outcome.OFFLINE
            assert history.in_peace() == []
    tally("wire: old answer", 1, 0, "a proxy that answers from its memory all the time")


def test_a_page_that_comes_again_and_again_does_not_keep_a_round_for_ever(tmp_path: Path) -> None:
    office = FieldOffice(tmp_path)
    laptop = FieldLaptop(tmp_path / "laptop", office)
    for number in range(9):
        office.write("customer", str(new_id()), {"cust_code": f"N{number}", "cust_name": "新店"}, scope="terr:T1")
    real, laptop.client.limit = laptop.client.pull, 2
    kept: list[Any] = []

    def remembered(request: Any) -> Any:
        kept.append(kept[0] if kept else real(request))
        return kept[0]

    laptop.client.pull = remembered
    assert laptop.round().outcome is Outcome.OFFLINE
    assert not kept[0].done
    laptop.client.pull = real
    assert laptop.round().outcome is Outcome.DONE
    assert laptop.agrees()
    laptop.close()
    office.close()
