"""The bytes of photos at head office: exact offsets, verified at the end, and no word about other people's photos."""

import hashlib
import random
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

import pytest

from app.headoffice import blobs
from app.headoffice.blob_problems import BlobTooLarge, WrongOffset
from app.headoffice.blob_store import BlobStore, FolderBlobStore
from app.headoffice.database import OfficeDatabase
from app.headoffice.problems import Malformed, NotFound
from app.headoffice.s3_store import S3BlobStore
from app.headoffice.writer import SyncWriter
from app.runtime.ids import new_id
from app.sync.protocol import LARGEST_CHUNK, SMALLEST_CHUNK, BlobAnswer, BlobRequest
from tests.sync.photos.both_sides import NOW, OfficeSide

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
Kind = Literal["thumb", "full"]
CHUNK = SMALLEST_CHUNK


@pytest.fixture(params=["sqlite-folder", "postgres-folder", "sqlite-s3"])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> OfficeSide:
    """Give a head office on each database, and with each kind of store."""
    engine, _, kind = str(request.param).partition("-")
    side = OfficeSide(request.getfixturevalue(f"{engine}_database"), tmp_path / "blobs")
    if kind == "s3":
        side.store = request.getfixturevalue("bucket").store()
    return side


def some_bytes(size: int, seed: int = 0) -> bytes:
    return random.Random(seed).randbytes(size)  # noqa: S311


def hash_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def a_photo(office: OfficeSide, content: bytes, manager: str = "M1") -> str:
    """Have head office know a photo row of a manager that names these bytes."""
    visit, photo = str(new_id()), str(new_id())
    with office.database.write() as session:
        writer = SyncWriter(session, NOW, "test")
        shop = {"customer_id": str(office.customer), "day": "2022-04-29", "status": "done"}
        writer.put("visit", visit, shop, author=manager)
        row = {"visit_id": visit, "sha256": hash_of(content), "byte_size": len(content), "width": 1, "height": 1}
        writer.put("photo", photo, row | {"added_at": NOW.isoformat()}, author=manager)
    return photo


def request(photo: str, content: bytes, kind: Kind = "full") -> BlobRequest:
    return BlobRequest(replica="r", sha256=hash_of(content), photo=photo, kind=kind, size=len(content))


def announced(office: OfficeSide, photo: str, content: bytes, manager: str = "M1", kind: Kind = "full") -> BlobAnswer:
    return blobs.announce(office.database, office.store, request(photo, content, kind), manager, office.now)


def sent(office: OfficeSide, upload: str, offset: int, chunk: bytes, manager: str = "M1") -> BlobAnswer:
    return blobs.append(office.database, office.store, upload, offset, chunk, manager, office.now)


def send_all(office: OfficeSide, photo: str, content: bytes, manager: str = "M1", kind: Kind = "full") -> BlobAnswer:
    answer = announced(office, photo, content, manager, kind)
    while not answer.stored:
        chunk = content[answer.offset : answer.offset + CHUNK]
        answer = sent(office, answer.upload, answer.offset, chunk, manager)
    return answer


def read(office: OfficeSide, sha256: str, manager: str, start: int = 0, length: int | None = None) -> bytes:
    return blobs.read_blob(office.database, office.store, sha256, manager, office.now, start, length).content


def files_of(office: OfficeSide) -> list[str]:
    far = datetime.now(UTC) + timedelta(days=1)
    return sorted(name for folder in ("photos", "uploads") for name in office.store.older(folder, far))


def test_a_photo_comes_in_by_chunks_and_goes_out_whole_or_in_part(office: OfficeSide) -> None:
    content = some_bytes(3 * CHUNK + 17)
    photo = a_photo(office, content)
    assert send_all(office, photo, content).stored
    assert read(office, hash_of(content), "M1") == content
    assert read(office, hash_of(content), "M1", 100, 50) == content[100:150]
    assert blobs.read_photo(office.database, office.store, photo, "full") == content
    assert files_of(office) == [f"photos/{hash_of(content)[:2]}/{hash_of(content)}"]
    assert announced(office, photo, content).stored


def test_a_chunk_begins_exactly_where_the_upload_stands(office: OfficeSide) -> None:
    content = some_bytes(3 * CHUNK)
    upload = announced(office, a_photo(office, content), content).upload
    sent(office, upload, 0, content[:CHUNK])
    for offset in (0, CHUNK - 1, CHUNK + 1, 3 * CHUNK):
        with pytest.raises(WrongOffset) as wrong:
            sent(office, upload, offset, content[:CHUNK])
        assert wrong.value.offset == CHUNK
    assert blobs.offset_of(office.database, upload, "M1", office.now) == CHUNK


def test_chunks_that_are_too_small_too_large_or_too_long_are_refused(office: OfficeSide) -> None:
    content = some_bytes(2 * LARGEST_CHUNK)
    upload = announced(office, a_photo(office, content), content).upload
    for chunk in (b"", content[: CHUNK - 1]):
        with pytest.raises(Malformed):
            sent(office, upload, 0, chunk)
    with pytest.raises(BlobTooLarge):
        sent(office, upload, 0, content[: LARGEST_CHUNK + 1])
    sent(office, upload, 0, content[:LARGEST_CHUNK])
    sent(office, upload, LARGEST_CHUNK, content[: LARGEST_CHUNK - CHUNK])
    with pytest.raises(Malformed):
        sent(office, upload, 2 * LARGEST_CHUNK - CHUNK, content[: CHUNK + 1])


def test_a_small_picture_that_is_large_is_refused(office: OfficeSide) -> None:
    content = some_bytes(blobs.LARGEST_THUMB + 1)
    with pytest.raises(BlobTooLarge):
        announced(office, a_photo(office, content), content, kind="thumb")


def test_wrong_bytes_are_thrown_away_and_begin_again(office: OfficeSide) -> None:
    content = some_bytes(CHUNK + 5)
    photo = a_photo(office, content)
    upload = announced(office, photo, content).upload
    sent(office, upload, 0, content[:CHUNK])
    answer = sent(office, upload, CHUNK, b"wrong")
    assert (answer.stored, answer.offset) == (False, 0)
    assert files_of(office) == []
    with pytest.raises(NotFound):
        read(office, hash_of(content), "M1")
    assert send_all(office, photo, content).stored


def test_nobody_learns_by_a_hash_whether_it_is_here(office: OfficeSide) -> None:
    content = some_bytes(CHUNK)
    theirs = a_photo(office, content, "M1")
    send_all(office, theirs, content, "M1")
    for photo, manager in ((theirs, "M9"), (str(new_id()), "M9"), ("nonsense", "M9"), (theirs, "M2")):
        with pytest.raises(NotFound):
            announced(office, photo, content, manager)
    own = a_photo(office, content, "M2")
    assert not announced(office, own, content, "M2").stored
    assert send_all(office, own, content, "M2").stored
    other = some_bytes(CHUNK, 1)
    with pytest.raises(NotFound):
        announced(office, own, other, "M2")


def test_bytes_go_only_to_those_who_may_see_the_photo(office: OfficeSide) -> None:
    content = some_bytes(CHUNK)
    send_all(office, a_photo(office, content), content)
    assert read(office, hash_of(content), "M2") == content
    for name, manager in ((hash_of(content), "M9"), (hash_of(b"unknown"), "M1")):
        with pytest.raises(NotFound):
            read(office, name, manager)


def test_an_upload_belongs_to_its_manager(office: OfficeSide) -> None:
    content = some_bytes(2 * CHUNK)
    upload = announced(office, a_photo(office, content), content).upload
    with pytest.raises(NotFound):
        sent(office, upload, 0, content[:CHUNK], "M2")
    with pytest.raises(NotFound):
        blobs.offset_of(office.database, upload, "M2", office.now)


def test_another_worker_goes_on_where_one_stopped(office: OfficeSide) -> None:
    content = some_bytes(2 * CHUNK)
    photo = a_photo(office, content)
    upload = announced(office, photo, content).upload
    sent(office, upload, 0, content[:CHUNK])
    url = office.database.engine.url.render_as_string(hide_password=False)
    other = OfficeDatabase(url)
    store = same_place(office.store)
    assert blobs.announce(other, store, request(photo, content), "M1", NOW) == BlobAnswer(upload=upload, offset=CHUNK)
    assert blobs.append(other, store, upload, CHUNK, content[CHUNK:], "M1", NOW).stored
    other.dispose()


def test_the_same_chunk_from_two_workers_at_once_counts_once(office: OfficeSide) -> None:
    content = some_bytes(2 * CHUNK)
    upload = announced(office, a_photo(office, content), content).upload
    outcomes: list[str] = []
    gate = threading.Barrier(4)

    def send() -> None:
        gate.wait()
        try:
            outcomes.append(str(sent(office, upload, 0, content[:CHUNK]).offset))
        except WrongOffset as wrong:
            outcomes.append(f"wrong {wrong.offset}")

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == [str(CHUNK)] + [f"wrong {CHUNK}"] * 3
    assert sent(office, upload, CHUNK, content[CHUNK:]).stored


def test_two_managers_finish_the_same_picture_at_once(office: OfficeSide) -> None:
    content = some_bytes(CHUNK)
    photos = {manager: a_photo(office, content, manager) for manager in ("M1", "M2")}
    gate = threading.Barrier(2)
    stored: list[bool] = []

    def send(manager: str) -> None:
        upload = announced(office, photos[manager], content, manager).upload
        gate.wait()
        stored.append(sent(office, upload, 0, content, manager).stored)

    threads = [threading.Thread(target=send, args=(manager,)) for manager in photos]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert stored == [True, True]
    assert read(office, hash_of(content), "M1") == content


def same_place(store: BlobStore) -> BlobStore:
    """Return the store as another worker opens it."""
    if isinstance(store, FolderBlobStore):
        return FolderBlobStore(store._folder)
    assert isinstance(store, S3BlobStore)
    return S3BlobStore(store._address)


def dies_after_put(store: BlobStore) -> BlobStore:
    """Return the store of a worker that dies after the bytes are written and before anything is committed."""
    broken = same_place(store)
    put = broken.put

    def dies(name: str, content: bytes) -> None:
        put(name, content)
        raise OSError("died")

    broken.put = dies  # pyright: ignore[reportAttributeAccessIssue]
    return broken


def test_a_worker_that_dies_in_the_middle_costs_its_chunk_and_no_more(office: OfficeSide) -> None:
    content = some_bytes(3 * CHUNK)
    photo = a_photo(office, content)
    upload = announced(office, photo, content).upload
    sent(office, upload, 0, content[:CHUNK])
    broken = dies_after_put(office.store)
    with pytest.raises(OSError, match="died"):
        blobs.append(office.database, broken, upload, CHUNK, content[CHUNK : 2 * CHUNK + 99], "M1", NOW)
    assert blobs.offset_of(office.database, upload, "M1", NOW) == CHUNK
    assert send_all(office, photo, content).stored
    assert read(office, hash_of(content), "M1") == content


def test_an_upload_that_nobody_goes_on_with_ends_after_seven_days(office: OfficeSide) -> None:
    content = some_bytes(2 * CHUNK)
    photo = a_photo(office, content)
    upload = announced(office, photo, content).upload
    sent(office, upload, 0, content[:CHUNK])
    assert blobs.sweep_uploads(office.database, office.store, office.now + timedelta(days=6, hours=23)) == 0
    office.now += timedelta(days=7)
    with pytest.raises(NotFound):
        sent(office, upload, CHUNK, content[CHUNK:])
    assert blobs.sweep_uploads(office.database, office.store, office.now) == 1
    assert files_of(office) == []
    assert announced(office, photo, content).offset == 0


def test_a_picture_that_two_rows_show_is_found_by_both(office: OfficeSide) -> None:
    content, thumb = some_bytes(CHUNK), some_bytes(900, 2)
    first, second = a_photo(office, content), a_photo(office, content)
    send_all(office, first, content)
    send_all(office, first, thumb, kind="thumb")
    for photo in (first, second):
        assert blobs.read_photo(office.database, office.store, photo, "thumb") == thumb
        assert blobs.read_photo(office.database, office.store, photo, "full") == content
