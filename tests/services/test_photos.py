"""Photos of visits, with real pictures: upright, without position data, small, encrypted, kept once."""

import hashlib
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from uuid import UUID

import pytest
from PIL import Image

from app.domain.playbook import Playbook
from app.domain.problems import Problem, RuleError, TroubleError
from app.models.local import OutboxEntry
from app.runtime.clock import Clock
from app.runtime.paths import DataFolder
from app.services.photos import Photos
from app.services.pictures import LONGEST_SIDE, THUMB_SIDE, make_picture
from app.services.visit_rows import DELETED, RowChange
from app.services.visits import Visits
from app.storage.database import Database
from app.storage.photo_files import PhotoFiles
from tests.builders import a_customer, a_visit

DAY = date(2022, 4, 29)
GPS = 0x8825
ORIENTATION = 0x0112


def a_picture(
    size: tuple[int, int] = (2400, 1200), *, kind: str = "JPEG", turned: int | None = None, mode: str = "RGB"
) -> bytes:
    """Return a picture whose left half is red and right half blue, with camera and position data."""
    image = Image.new(mode, size, "blue")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    exif = Image.Exif()
    exif[0x010F] = "CameraMaker"
    exif[GPS] = {1: "N", 2: (41.0, 35.0, 12.0), 3: "W", 4: (93.0, 37.0, 0.0)}
    if turned is not None:
        exif[ORIENTATION] = turned
    written = BytesIO()
    image.save(written, kind, exif=exif, comment=b"secret place") if kind == "JPEG" else image.save(written, kind)
    return written.getvalue()


def opened(content: bytes) -> Image.Image:
    image = Image.open(BytesIO(content))
    image.load()
    return image


def is_near(pixel: object, wanted: tuple[int, int, int]) -> bool:
    assert isinstance(pixel, tuple)
    return all(abs(one - other) < 40 for one, other in zip(pixel, wanted, strict=True))


RED, BLUE = (255, 0, 0), (0, 0, 255)


@pytest.fixture
def photos(database: Database, data_folder: DataFolder, key: bytes, clock: Clock) -> Photos:
    return Photos(database, PhotoFiles(data_folder.photos, key), clock)


@pytest.fixture
def visit_id(database: Database) -> UUID:
    with database.write() as session:
        return a_visit(session, a_customer(session), DAY).id


def test_a_large_picture_is_made_smaller_with_a_thumbnail_beside_it() -> None:
    picture = make_picture(a_picture((4000, 3000)))
    full, thumb = opened(picture.content), opened(picture.thumb)
    assert (full.format, full.size) == ("JPEG", (LONGEST_SIDE, 1200))
    assert (picture.width, picture.height) == full.size
    assert max(thumb.size) == THUMB_SIDE
    assert len(picture.content) < 300_000


def test_a_small_picture_is_not_made_larger() -> None:
    assert opened(make_picture(a_picture((640, 480))).content).size == (640, 480)


@pytest.mark.parametrize(
    ("turned", "size", "left_top", "right_bottom"),
    [
        (1, (1600, 800), RED, BLUE),
        (3, (1600, 800), BLUE, RED),
        (6, (800, 1600), RED, BLUE),
        (8, (800, 1600), BLUE, RED),
    ],
)
def test_a_picture_taken_with_a_turned_camera_stands_upright(
    turned: int, size: tuple[int, int], left_top: tuple[int, int, int], right_bottom: tuple[int, int, int]
) -> None:
    image = opened(make_picture(a_picture(turned=turned)).content)
    assert image.size == size
    assert is_near(image.getpixel((10, 10)), left_top)
    assert is_near(image.getpixel((size[0] - 10, size[1] - 10)), right_bottom)


def test_nothing_that_came_with_the_file_stays_in_it() -> None:
    content = a_picture(turned=6)
    assert opened(content).getexif().get_ifd(GPS)
    picture = make_picture(content)
    for kept in (picture.content, picture.thumb):
        image = opened(kept)
        assert not image.getexif()
        assert not {"exif", "comment", "icc_profile", "xmp"} & image.info.keys()
        assert b"CameraMaker" not in kept
        assert b"secret" not in kept


@pytest.mark.parametrize(
    ("kind", "mode"), [("MPO", "RGB"), ("PNG", "RGBA"), ("PNG", "P"), ("WEBP", "RGB"), ("BMP", "RGB"), ("TIFF", "CMYK")]
)
def test_other_formats_are_kept_as_jpeg(kind: str, mode: str) -> None:
    written = BytesIO()
    Image.new("RGB", (300, 200), "green").convert(mode).save(written, kind)
    assert opened(make_picture(written.getvalue()).content).format == "JPEG"


def test_a_clear_background_becomes_white_not_black() -> None:
    written = BytesIO()
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(written, "PNG")
    assert is_near(opened(make_picture(written.getvalue()).content).getpixel((25, 25)), (255, 255, 255))


def _cut(content: bytes) -> bytes:
    return content[: len(content) // 3]


def _heic(_content: bytes) -> bytes:
    return b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\x00" * 100


def _text(_content: bytes) -> bytes:
    return "这不是照片".encode()


@pytest.mark.parametrize(
    ("spoil", "problem"),
    [(_cut, Problem.NOT_A_PICTURE), (_text, Problem.NOT_A_PICTURE), (_heic, Problem.PICTURE_IS_HEIC)],
)
def test_what_is_no_picture_is_refused_with_its_reason(
    photos: Photos, data_folder: DataFolder, spoil: Callable[[bytes], bytes], problem: Problem
) -> None:
    with pytest.raises(TroubleError) as trouble:
        photos.prepare(spoil(a_picture()))
    assert trouble.value.problem is problem
    assert not list(data_folder.photos.rglob("*.photo"))


def test_an_empty_file_and_a_missing_file_are_refused(photos: Photos, tmp_path: Path) -> None:
    empty = tmp_path / "empty.jpg"
    empty.touch()
    for path, problem in ((empty, Problem.NOT_A_PICTURE), (tmp_path / "no.jpg", Problem.FILE_NOT_READABLE)):
        with pytest.raises(TroubleError) as trouble:
            photos.prepare_file(path)
        assert (trouble.value.problem, trouble.value.detail) == (problem, path.name)


def test_a_picture_of_far_too_many_points_is_refused_before_it_is_unpacked() -> None:
    written = BytesIO()
    Image.new("1", (20_000, 6_000)).save(written, "PNG")
    with pytest.raises(TroubleError) as trouble, pytest.warns(Image.DecompressionBombWarning):
        make_picture(written.getvalue())
    assert trouble.value.problem is Problem.PICTURE_TOO_LARGE


def test_a_photo_is_kept_encrypted_under_its_hash_with_a_row_and_an_outbox_entry(
    photos: Photos, visit_id: UUID, database: Database, data_folder: DataFolder
) -> None:
    prepared = photos.prepare(a_picture())
    added = photos.add(visit_id, prepared, place="counter_front")
    full = photos.full(prepared.sha256)
    assert hashlib.sha256(full).hexdigest() == prepared.sha256 == added.values["sha256"]
    assert max(opened(photos.thumb(prepared.sha256)).size) == THUMB_SIDE
    for file in data_folder.photos.rglob("*.photo"):
        assert b"JFIF" not in file.read_bytes()
    with database.read() as session:
        entry = session.query(OutboxEntry).filter_by(table="photo").one()
    assert entry.kind == "insert"
    assert entry.values["sha256"] == prepared.sha256
    assert (entry.values["place"], entry.values["byte_size"]) == ("counter_front", len(full))


def test_the_same_picture_is_kept_once_a_visit(photos: Photos, visit_id: UUID) -> None:
    first = photos.add(visit_id, photos.prepare(a_picture()))
    again = photos.add(visit_id, photos.prepare(a_picture()))
    assert (first.is_new, again.is_new) == (True, False)
    assert again.key == first.key
    as_evidence = photos.add(visit_id, photos.prepare(a_picture()), item="D01")
    assert as_evidence.key != first.key


def test_a_photo_can_be_removed_and_brought_back(
    photos: Photos, visit_id: UUID, database: Database, clock: Clock, playbook: Playbook
) -> None:
    visits = Visits(database, clock, playbook)
    added = photos.add(visit_id, photos.prepare(a_picture()))
    visits.record(visit_id, (RowChange(added.key, {DELETED: True}),))
    assert added.key not in visits.sheet(visit_id).rows
    visits.record(visit_id, (RowChange(added.key, {DELETED: False, "caption": "柜台"}),))
    assert visits.sheet(visit_id).rows[added.key]["caption"] == "柜台"


def test_adding_a_removed_picture_again_brings_it_back(
    photos: Photos, visit_id: UUID, database: Database, clock: Clock, playbook: Playbook
) -> None:
    visits = Visits(database, clock, playbook)
    added = photos.add(visit_id, photos.prepare(a_picture()))
    visits.record(visit_id, (RowChange(added.key, {DELETED: True}),))
    assert photos.add(visit_id, photos.prepare(a_picture())).is_new
    assert added.key in visits.sheet(visit_id).rows


def test_a_finished_visit_takes_no_photo(
    photos: Photos, visit_id: UUID, database: Database, clock: Clock, playbook: Playbook
) -> None:
    Visits(database, clock, playbook).finish(visit_id)
    with pytest.raises(RuleError):
        photos.add(visit_id, photos.prepare(a_picture()))


def test_the_last_photo_of_the_same_place_is_that_of_the_newest_earlier_visit(
    photos: Photos, database: Database
) -> None:
    with database.write() as session:
        customer = a_customer(session)
        old = a_visit(session, customer, DAY - timedelta(days=30)).id
        last = a_visit(session, customer, DAY - timedelta(days=9)).id
        today = a_visit(session, customer, DAY).id
    for visit_id, size, place in (
        (old, (200, 100), "counter_front"),
        (last, (300, 100), "counter_front"),
        (last, (400, 100), "licence"),
        (today, (500, 100), "counter_front"),
    ):
        photos.add(visit_id, photos.prepare(a_picture(size)), place=place)
    found = photos.last_of(today, place="counter_front")
    assert found is not None
    assert found.day == DAY - timedelta(days=9)
    assert opened(photos.full(found.sha256)).size == (300, 100)
    assert photos.last_of(today, place="sign") is None
    assert photos.last_of(old) is None
