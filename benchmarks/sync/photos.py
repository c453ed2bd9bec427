"""37 photos over the poor link, once in one go and once with a cut every twenty seconds."""

import random
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast
from uuid import UUID

from app.models.visit import Photo
from app.runtime.cancel import CancelToken
from app.runtime.ids import new_id
from app.storage.photo_files import PhotoFiles
from app.sync.blobs import BlobClient, BlobLane, LaneResult
from app.sync.http_client import HttpClient
from app.sync.protocol import BlobAnswer
from app.sync.state import read_identity
from app.sync.trouble import NoConnection
from benchmarks.measuring import Figure
from benchmarks.sync.bare import bare_seconds
from benchmarks.sync.laptops import KEY, Laptop
from benchmarks.sync.link import POOR, Link, Nature, Traffic, link
from benchmarks.sync.places import FOLDER
from benchmarks.sync.printing import say
from benchmarks.sync.records import some, visits
from benchmarks.sync.serving import Office, Served

COUNT = 37
_FULL, _THUMB = 150_000, 15_000
_CUT_EVERY = 20
_MOST_AGAIN = 256 << 10
_MOST_SECONDS = 400


@dataclass(frozen=True, slots=True)
class _Sent:
    """What it took to deliver the photos."""

    seconds: float
    traffic: Traffic
    at_cuts: list[int]
    """The chunks that were on their way when the line was cut."""


def measure() -> list[Figure]:
    """Measure both at once, each on a link of its own: they wait most of the time."""
    office = Office(FOLDER / "photos")
    codes = [office.add_manager(f"M{no}", f"T{no}") for no in (1, 2)]
    world = office.fill("T1", 0)
    shops = [world.shops, office.shops_of("T2", 20)]
    with office.serve() as served, ThreadPoolExecutor(2) as pool:
        laptops = [Laptop(FOLDER / f"photos-{no}", served.url, code) for no, code in enumerate(codes)]
        for laptop, own in zip(laptops, shops, strict=True):
            laptop.round()
            _take_photos(laptop, own, world.products)
            laptop.round()
        plain = pool.submit(_deliver, laptops[0], served, POOR)
        broken = pool.submit(_deliver, laptops[1], served, Nature(cut_every=_CUT_EVERY))
        whole = plain.result()
        bare = bare_seconds(COUNT * (_FULL + _THUMB), 0, POOR)
        cut = broken.result()
        for laptop in laptops:
            laptop.close()
    again = max(0, cut.traffic.up - whole.traffic.up) / max(1, cut.traffic.cuts)
    largest = max(cut.at_cuts, default=0)
    size = f"{COUNT} photos, {_FULL // 1000} kB and {_THUMB // 1000} kB each"
    return [
        Figure(
            f"{size}, over the same link", f"{whole.seconds:.1f} s", f"{bare:.1f} s, the same bytes as one bare request",
            f"{whole.seconds / bare:.2f}", "—", met=True,
        ),
        Figure(
            f"… with a cut every {_CUT_EVERY} s", f"{cut.seconds:.1f} s", f"{whole.seconds:.1f} s, without cuts",
            f"{cut.seconds / whole.seconds:.2f}", "—", met=True,
        ),
        Figure(
            "… bytes that a cut made it send again", f"{again / 1024:.0f} KiB",
            f"{cut.traffic.cuts} cuts; the largest chunk under way was {largest / 1024:.0f} KiB", "—",
            "≤ 256 KiB", max(again, largest) <= _MOST_AGAIN and cut.traffic.cuts > 0,
        ),
    ]  # fmt: skip


class _Noting:
    """The real client; a chunk during which the line is cut is noted."""

    def __init__(self, client: HttpClient, at_cuts: list[int]) -> None:
        self._client = client
        self._at_cuts = at_cuts

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)

    def append_blob(self, upload: str, offset: int, chunk: bytes) -> BlobAnswer:
        """Send bytes at an offset."""
        try:
            return self._client.append_blob(upload, offset, chunk)
        except NoConnection:
            self._at_cuts.append(len(chunk))
            raise


def _deliver(laptop: Laptop, served: Served, nature: Nature) -> _Sent:
    files = PhotoFiles(laptop.folder.photos, KEY)
    replica = read_identity(laptop.database).replica
    at_cuts: list[int] = []
    with link(served.port, nature) as slow:
        began = time.perf_counter()
        while True:
            result = _run(laptop, files, replica, slow, at_cuts)
            seconds = time.perf_counter() - began
            if result.waiting == 0:
                break
            if result.stopped != "cut" or seconds > _MOST_SECONDS:
                raise RuntimeError(f"{result.stopped}: {result.waiting} photos did not go")
        say(f"photos: {seconds:.1f} s, {slow.traffic().cuts} cuts")
        return _Sent(seconds, slow.traffic(), at_cuts)


def _run(laptop: Laptop, files: PhotoFiles, replica: str, slow: Link, at_cuts: list[int]) -> LaneResult:
    client = laptop.client(slow.url)
    try:
        noting = cast("BlobClient", _Noting(client, at_cuts))
        return BlobLane(laptop.database, files, noting, replica, cancel=CancelToken()).run()
    finally:
        client.close()


def _take_photos(laptop: Laptop, shops: list[UUID], products: list[UUID]) -> None:
    """Keep photos as the program keeps them; their bytes pack as little as those of a JPEG."""
    files = PhotoFiles(laptop.folder.photos, KEY)
    chance = random.Random(str(laptop.folder.root))
    (visit, *_) = some(visits(shops, products), 1)
    laptop.record([visit])
    with laptop.database.write() as session:
        for _ in range(COUNT):
            content = chance.randbytes(_FULL)
            name = files.put(content)
            files.put_as(name, chance.randbytes(_THUMB), "thumb")
            session.add(
                Photo(
                    id=new_id(), visit_id=visit.key, sha256=name, byte_size=_FULL, width=1600, height=1200,
                    added_at=datetime.now(UTC),
                )
            )  # fmt: skip
