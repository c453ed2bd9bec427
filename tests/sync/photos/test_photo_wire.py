"""The photo lane over HTTP through a wire that is cut in the middle of a body, against the real service."""

import hashlib
from collections.abc import Generator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.models.visit import Photo
from app.runtime.cancel import CancelToken
from app.sync.blobs import BlobLane, LaneResult
from app.sync.delivery import delivery_state
from app.sync.http_client import HttpClient
from app.sync.protocol import CHUNK
from app.sync.secrets import Secrets
from tests.sync.photos.both_sides import NOW, Laptop, OfficeSide, a_picture
from tests.sync.photos.cutting_wire import Wire, serving
from tests.sync.soak import tries
from tests.sync.tally import tally

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
_HEADERS = 1500
"""Bytes of a request that are no picture."""


@pytest.fixture
def wire(office: OfficeSide, tmp_path: Path) -> Generator[Wire]:
    with serving(office, tmp_path / "blobs") as port:
        made = Wire(port)
        yield made
        made.close()


def run(laptop: Laptop, wire: Wire) -> LaneResult:
    secrets = Secrets(laptop.office.tokens[laptop.replica], laptop.device_key.private_bytes_raw())
    with closing(HttpClient(f"http://127.0.0.1:{wire.port}", laptop.replica, secrets, now=lambda: NOW)) as client:
        return BlobLane(laptop.database, laptop.files, client, laptop.replica, cancel=CancelToken()).run()


@settings(max_examples=tries(4, 100), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000), cuts=st.lists(st.integers(0, 400_000), min_size=1, max_size=4))
def test_a_wire_cut_at_any_byte_of_a_body_never_makes_a_visit_delivered_that_is_not(
    laptop: Laptop, wire: Wire, seed: int, cuts: list[int]
) -> None:
    visit = laptop.visit([a_picture(seed, (1200, 900))])
    laptop.push_rows()
    with laptop.database.read() as session:
        names = list(session.scalars(select(Photo.sha256).where(Photo.visit_id == visit)))
    wire.sent = broken = 0
    delivered = False
    results: list[LaneResult] = []
    for cut in [*cuts, None]:
        wire.up = cut
        results.append(run(laptop, wire))
        broken += results[-1].stopped == "cut"
        with laptop.database.read() as session:
            delivered = delivery_state(session, visit).delivered
        if delivered:
            for name in names:
                assert hashlib.sha256(laptop.link.read_blob(name)).hexdigest() == name
    assert (results[-1].stopped, results[-1].waiting, delivered) == ("", 0, True)
    needed = sum(len(laptop.files.get(name, kind)) for name in names for kind in ("thumb", "full"))
    tally("photos: the wire is cut in a body (HTTP)", broken)
    assert wire.sent <= needed + broken * CHUNK + (broken + 2) * 8 * _HEADERS


def test_a_photo_comes_back_over_the_wire_from_any_byte_on(laptop: Laptop, wire: Wire) -> None:
    laptop.visit([a_picture(1)])
    laptop.push_rows()
    assert run(laptop, wire).stored == 2
    with laptop.database.read() as session:
        name = session.scalars(select(Photo.sha256)).one()
    secrets = Secrets(laptop.office.tokens[laptop.replica], laptop.device_key.private_bytes_raw())
    with closing(HttpClient(f"http://127.0.0.1:{wire.port}", laptop.replica, secrets, now=lambda: NOW)) as client:
        whole = client.read_blob(name)
        assert hashlib.sha256(whole).hexdigest() == name
        assert client.read_blob(name, 1000) == whole[1000:]
