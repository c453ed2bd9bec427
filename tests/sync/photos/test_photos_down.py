"""Pictures of delivered photo rows come down: small ones first, originals after, in parts, within a cap."""

import hashlib
from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, select

from app.headoffice import blobs as office_blobs
from app.headoffice.blob_forgetting import KEPT, forget_unused
from app.headoffice.models import Blob, BlobUse
from app.models.sync_state import BlobItem
from app.models.visit import Photo, Visit
from app.runtime.cancel import CancelToken
from app.sync.blob_queue import STORED, UP, fill_queue
from app.sync.blobs_down import DownLane, DownResult
from app.sync.delivery import delivery_state
from app.sync.http_client import HttpClient
from app.sync.photo_sweeping import sweep_photos
from app.sync.protocol import CHUNK
from app.sync.secrets import Secrets
from app.sync.trouble import NoConnection
from tests.sync.photos.both_sides import NOW, Laptop, OfficeSide, a_picture, refusals
from tests.sync.photos.cutting_wire import Wire, serving
from tests.sync.tally import tally


@dataclass
class Pictures:
    """The way down of one laptop; after `budget` bytes it is cut."""

    laptop: Laptop
    budget: int | None = None
    asked: list[tuple[str, str, int]] = field(default_factory=list[tuple[str, str, int]])

    def read_picture(self, photo: str, kind: str, start: int, length: int) -> tuple[bytes, int]:
        self.asked.append((kind, photo, start))
        office = self.laptop.office
        with refusals():
            part = office_blobs.read_shown(
                office.database, office.store, photo, kind, self.laptop.manager, start, length  # pyright: ignore[reportArgumentType]
            )  # fmt: skip
        if self.budget is not None:
            self.budget -= len(part.content)
            if self.budget < 0:
                raise NoConnection
        return part.content, part.size


@pytest.fixture
def replaced(laptop: Laptop, office: OfficeSide, tmp_path: Path) -> Generator[Laptop]:
    """Give a new laptop with the rows of the old one's photos, and none of their bytes."""
    laptop.visit([a_picture(1, (1500, 1100)), a_picture(2)])
    laptop.push_rows()
    laptop.send_photos()
    anew = Laptop(office, tmp_path / "anew", laptop.manager)
    with laptop.database.read() as session, anew.database.deliver("head office") as into:
        for model in (Visit, Photo):
            for row in session.scalars(select(model)):
                columns = {column.key: getattr(row, column.key) for column in model.__table__.columns}
                into.add(model(**columns))
            into.flush()
    yield anew
    anew.close()


def _run(laptop: Laptop, pictures: Pictures | None = None, cap: int | None = None, **more: bool) -> DownResult:
    client = pictures or Pictures(laptop)
    return DownLane(laptop.database, laptop.files, client, NOW, cancel=CancelToken()).run(cap, **more)


def _names(laptop: Laptop) -> list[str]:
    with laptop.database.read() as session:
        return list(session.scalars(select(Photo.sha256)))


def _here(laptop: Laptop, kind: str = "full") -> int:
    return sum(laptop.files.has(name, kind) for name in _names(laptop))


def test_small_pictures_come_first_and_the_bytes_are_those_that_were_taken(laptop: Laptop, replaced: Laptop) -> None:
    pictures = Pictures(replaced)
    assert _run(replaced, pictures).stored == 4
    assert [kind for kind, *_ in pictures.asked][:2] == ["thumb", "thumb"]
    for name in _names(replaced):
        assert replaced.files.get(name) == laptop.files.get(name)
        assert hashlib.sha256(replaced.files.get(name)).hexdigest() == name
        assert replaced.files.get(name, "thumb") == laptop.files.get(name, "thumb")
    assert _run(replaced).stored == 0
    tally("bytes of photos lost with a laptop, brought back", 4)


def test_what_came_down_is_delivered_and_is_not_sent_again(laptop: Laptop, replaced: Laptop) -> None:
    with replaced.database.write() as session:
        fill_queue(session, replaced.files)
    _run(replaced)
    replaced.link.announced.clear()
    replaced.send_photos()
    assert replaced.link.announced == []
    with replaced.database.read() as session:
        assert set(session.scalars(select(BlobItem.state).where(BlobItem.direction == UP))) == {STORED}
        visit = session.scalars(select(Visit.id)).one()
        assert delivery_state(session, visit).photos_confirmed == 2
    del laptop


@pytest.mark.parametrize("budget", [0, 30_000, 200_000, 300_000])
def test_a_cut_repeats_one_part_at_most(replaced: Laptop, budget: int) -> None:
    pictures = Pictures(replaced, budget)
    assert _run(replaced, pictures).stopped == "cut"
    pictures.budget = None
    assert _run(replaced, pictures).stopped == ""
    assert len(pictures.asked) - len(set(pictures.asked)) <= 1, "only the part that was cut is asked for again"
    assert (_here(replaced), _here(replaced, "thumb")) == (2, 2)
    assert not list(replaced.database.path.parent.glob("photos/*/*.full-*.photo")), "no parts are left"
    tally("the line is cut while a picture comes down", 1)


def test_the_cap_holds_and_small_pictures_alone_can_be_asked_for(replaced: Laptop) -> None:
    result = _run(replaced, cap=100_000)
    assert result.stopped == "cap"
    assert result.bytes_received <= 100_000
    assert _here(replaced, "thumb") == 2
    assert _run(replaced, thumbs_only=True).stored == 0
    assert _here(replaced) < 2


def test_what_head_office_does_not_have_yet_is_asked_for_again_later(replaced: Laptop, office: OfficeSide) -> None:
    with office.database.write() as session:
        columns = [column.key for column in BlobUse.__table__.columns]
        uses = [{name: getattr(use, name) for name in columns} for use in session.scalars(select(BlobUse))]
        session.execute(delete(BlobUse))
    result = _run(replaced)
    assert (result.stored, result.waiting, result.stopped) == (0, 4, "")
    with office.database.write() as session:
        session.execute(insert(BlobUse), uses)
    assert _run(replaced).stored == 0, "not at once"
    later = DownLane(
        replaced.database, replaced.files, Pictures(replaced), NOW + timedelta(hours=7), cancel=CancelToken()
    )
    assert later.run().stored == 4


def test_old_originals_stay_at_head_office(replaced: Laptop) -> None:
    lane = DownLane(
        replaced.database, replaced.files, Pictures(replaced), NOW + timedelta(days=91), cancel=CancelToken()
    )
    assert lane.run().stored == 2
    assert (_here(replaced), _here(replaced, "thumb")) == (0, 2)


def test_nobody_gets_a_picture_of_a_shop_that_is_not_theirs(laptop: Laptop, office: OfficeSide, tmp_path: Path) -> None:
    laptop.visit([a_picture(3)])
    laptop.push_rows()
    laptop.send_photos()
    with laptop.database.read() as session:
        photo = str(session.scalars(select(Photo.id)).one())
    stranger, colleague = Laptop(office, tmp_path / "far", "M9"), Laptop(office, tmp_path / "near", "M2")
    assert Pictures(colleague).read_picture(photo, "full", 0, CHUNK)[1] > 0
    for kind in ("thumb", "full"):
        with pytest.raises(Exception, match="not_found"):
            Pictures(stranger).read_picture(photo, kind, 0, CHUNK)
    stranger.close()
    colleague.close()


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_pictures_come_over_http(replaced: Laptop, office: OfficeSide, tmp_path: Path) -> None:
    secrets = Secrets(office.tokens[replaced.replica], replaced.device_key.private_bytes_raw())
    with serving(office, tmp_path / "blobs") as port:
        wire = Wire(port)
        with closing(HttpClient(f"http://127.0.0.1:{wire.port}", replaced.replica, secrets, now=lambda: NOW)) as client:
            lane = DownLane(replaced.database, replaced.files, client, NOW, cancel=CancelToken())
            assert lane.run().stored == 4
        wire.close()
    assert (_here(replaced), _here(replaced, "thumb")) == (2, 2)


# ---- bytes that no row shows any more --------------------------------------------------------------------------------
def _strike_out(laptop: Laptop) -> None:
    with laptop.database.write() as session:
        for photo in session.scalars(select(Photo)):
            photo.deleted_at = NOW
    laptop.push_rows()


def _kept(office: OfficeSide, names: list[str]) -> int:
    return sum(office.store.size(office_blobs.name_of(name)) is not None for name in names)


def test_bytes_go_a_month_after_their_photo_was_struck_out(laptop: Laptop, office: OfficeSide) -> None:
    laptop.visit([a_picture(1), a_picture(2)])
    laptop.push_rows()
    laptop.send_photos()
    assert forget_unused(office.database, office.store, NOW + KEPT * 2) == 0, "what a row shows stays"
    _strike_out(laptop)
    assert forget_unused(office.database, office.store, NOW + KEPT - timedelta(days=1)) == 0
    with office.database.read() as session:
        names = list(session.scalars(select(Blob.sha256)))
    assert forget_unused(office.database, office.store, NOW + KEPT * 2) == 4
    assert _kept(office, names) == 0
    with office.database.read() as session:
        assert session.scalars(select(Blob)).all() == session.scalars(select(BlobUse)).all() == []
    tally("bytes of photos without rows at head office: left", 4)


def test_bytes_that_another_row_shows_stay(laptop: Laptop, office: OfficeSide) -> None:
    laptop.visit([a_picture(1)])
    laptop.push_rows()
    laptop.send_photos()
    _strike_out(laptop)
    visit = laptop.visit([a_picture(1)])
    laptop.push_rows()
    laptop.send_photos()
    with laptop.database.write() as session:
        for line in session.scalars(select(BlobItem)):
            session.delete(line)
    laptop.send_photos()
    assert forget_unused(office.database, office.store, NOW + KEPT * 2) == 0
    with laptop.database.read() as session:
        photo = str(session.scalars(select(Photo.id).where(Photo.visit_id == visit)).one())
    assert Pictures(laptop).read_picture(photo, "full", 0, CHUNK)[0]


def test_bytes_that_went_come_again_when_they_are_sent_again(laptop: Laptop, office: OfficeSide) -> None:
    laptop.visit([a_picture(1)])
    laptop.push_rows()
    laptop.send_photos()
    _strike_out(laptop)
    assert forget_unused(office.database, office.store, NOW + KEPT * 2) == 2
    visit = laptop.visit([a_picture(1)])
    laptop.push_rows()
    with laptop.database.write() as session:
        for line in session.scalars(select(BlobItem)):
            session.delete(line)
    laptop.send_photos()
    with laptop.database.read() as session:
        assert delivery_state(session, visit).delivered


# ---- files that no row names -----------------------------------------------------------------------------------------
def test_files_of_photos_that_no_row_names_are_swept_once_they_are_a_day_old(laptop: Laptop) -> None:
    laptop.visit([a_picture(1)])
    lost = laptop.files.put(b"nobody's")
    folder = laptop.database.path.parent / "photos"
    assert sweep_photos(laptop.database, folder) == 0, "its row may be written in a moment"
    later = max(file.stat().st_mtime for file in folder.glob("*/*.photo")) + 2 * 24 * 3600
    assert sweep_photos(laptop.database, folder, later) == 1
    assert not laptop.files.has(lost)
    assert _here(laptop) == 1
