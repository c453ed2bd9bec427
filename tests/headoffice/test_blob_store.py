"""The stores of photos, folder and object store (S3 interface over real HTTP), by one and the same suite."""

import hashlib
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.headoffice import blobs
from app.headoffice.blob_problems import StoreAway
from app.headoffice.blob_store import BlobMissingError, BlobStore, FolderBlobStore, open_store
from app.headoffice.blob_sweeping import sweep_orphans
from app.headoffice.database import OfficeDatabase
from app.headoffice.problems import Busy
from app.headoffice.s3_store import S3Address, S3BlobStore, read_address
from app.sync.protocol import CHUNK
from tests.headoffice.conftest import Bucket
from tests.headoffice.test_blobs import a_photo, announced, request, send_all, sent, some_bytes
from tests.sync.photos.both_sides import NOW, OfficeSide
from tests.sync.tally import tally

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
_ODD = ["../x", "a/../../x", "", "a//b", "/etc/passwd", "a\\b", "é", ".hidden", "a/.b", "a\0b", "a\nb", "a?b", "a#b"]


@pytest.fixture(params=["folder", "s3"])
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], BlobStore]:
    """Give a way to open the same store, as each worker does."""
    place = "" if request.param == "folder" else request.getfixturevalue("bucket").address
    return lambda: open_store(place, tmp_path / "blobs")


def _names(store: BlobStore, folder: str, before: datetime | None = None) -> list[str]:
    return sorted(store.older(folder, before or datetime.now(UTC) + timedelta(hours=1)))


def test_what_is_put_is_got_whole_and_in_parts(make: Callable[[], BlobStore]) -> None:
    store, content = make(), some_bytes(3000)
    store.put("photos/ab/abc", content)
    other = make()
    assert other.get("photos/ab/abc") == content
    assert other.size("photos/ab/abc") == 3000
    for start, length in ((0, 1), (5, 100), (2990, 100), (0, None), (2999, None), (10, 0), (3000, None), (9000, 5)):
        end = None if length is None else start + length
        assert other.get("photos/ab/abc", start, length) == content[start:end], (start, length)


def test_a_second_put_replaces_the_first(make: Callable[[], BlobStore]) -> None:
    store = make()
    store.put("a/b", b"the first one")
    store.put("a/b", b"second")
    assert (store.get("a/b"), store.size("a/b")) == (b"second", 6)


def test_what_is_not_there_is_missing_and_may_be_deleted(make: Callable[[], BlobStore]) -> None:
    store = make()
    with pytest.raises(BlobMissingError):
        store.get("photos/none")
    with pytest.raises(BlobMissingError):
        store.get("photos/none", 5, 5)
    assert store.size("photos/none") is None
    store.delete("photos/none")
    store.put("photos/one", b"")
    assert (store.size("photos/one"), store.get("photos/one")) == (0, b"")
    store.delete("photos/one")
    assert store.size("photos/one") is None


@pytest.mark.parametrize("name", _ODD)
def test_no_name_leads_out_of_the_store(make: Callable[[], BlobStore], name: str) -> None:
    store = make()
    deeds = (store.get, store.size, store.delete, lambda one: store.put(one, b"x"), lambda one: _names(store, one))
    for deed in deeds:
        with pytest.raises(ValueError, match="no name of ours"):
            deed(name)


def test_many_workers_put_the_same_name_at_once_and_it_is_one_of_theirs(make: Callable[[], BlobStore]) -> None:
    contents = [bytes([number]) * 50_000 for number in range(8)]
    threads = [threading.Thread(target=make().put, args=("photos/same", one)) for one in contents]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert make().get("photos/same") in contents
    assert _names(make(), "photos") == ["photos/same"]


def test_names_are_listed_by_folder_and_age(make: Callable[[], BlobStore]) -> None:
    store = make()
    for name in ("uploads/a/1", "uploads/a/2", "uploads/b/1", "photos/x"):
        store.put(name, b"x")
    assert _names(store, "uploads") == ["uploads/a/1", "uploads/a/2", "uploads/b/1"]
    assert _names(store, "upload") == []
    assert _names(store, "uploads", datetime.now(UTC) - timedelta(hours=1)) == []


def test_the_store_says_that_it_is_there(make: Callable[[], BlobStore]) -> None:
    make().check()


def test_parts_that_no_upload_knows_go_after_seven_days(
    make: Callable[[], BlobStore], sqlite_database: OfficeDatabase, tmp_path: Path
) -> None:
    office = OfficeSide(sqlite_database, tmp_path / "unused")
    office.store = store = make()
    content = some_bytes(2 * CHUNK)
    upload = announced(office, a_photo(office, content), content).upload
    sent(office, upload, 0, content[:CHUNK])
    store.put("uploads/deadbeef/00000000", b"left by a worker that died")
    today = datetime.now(UTC)
    assert sweep_orphans(sqlite_database, store, today + timedelta(days=6)) == 0
    assert sweep_orphans(sqlite_database, store, today + timedelta(days=8)) == 1
    assert _names(store, "uploads") == [f"uploads/{upload}/00000000"]
    assert sent(office, upload, CHUNK, content[CHUNK:]).stored


def test_a_photo_survives_each_loss_of_its_worker(
    make: Callable[[], BlobStore], sqlite_database: OfficeDatabase, tmp_path: Path
) -> None:
    """Each chunk goes to another worker; every second one dies after it stored the bytes, before it commits."""
    office = OfficeSide(sqlite_database, tmp_path / "unused")
    office.store = make()
    content, deaths = some_bytes(5 * CHUNK + 99, 7), 0
    photo = a_photo(office, content)
    answer = announced(office, photo, content)
    while not answer.stored:
        worker = make()
        put = worker.put

        def dies(name: str, bytes_: bytes, put: Callable[[str, bytes], None] = put) -> None:
            put(name, bytes_[: len(bytes_) // 2])
            raise OSError("died")

        worker.put = dies  # pyright: ignore[reportAttributeAccessIssue]
        chunk = content[answer.offset : answer.offset + CHUNK]
        with pytest.raises(OSError, match="died"):
            blobs.append(office.database, worker, answer.upload, answer.offset, chunk, "M1", NOW)
        deaths += 1
        answer = blobs.announce(office.database, make(), request(photo, content), "M1", NOW)
        answer = blobs.append(office.database, make(), answer.upload, answer.offset, chunk, "M1", NOW)
    digest = hashlib.sha256(content).hexdigest()
    assert make().get(f"photos/{digest[:2]}/{digest}") == content
    assert _names(make(), "uploads") == []
    tally("head office: a worker dies in the middle of a photo's chunk", deaths)


# ---- the object store alone ------------------------------------------------------------------------------------------
def test_a_store_that_is_away_is_busy_and_the_photo_is_sent_again(
    bucket: Bucket, sqlite_database: OfficeDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.headoffice.s3_store._TRIES", 1)
    office = OfficeSide(sqlite_database, tmp_path / "unused")
    office.store = away = S3BlobStore(S3Address("photos", endpoint="http://127.0.0.1:9"))
    content = some_bytes(CHUNK)
    photo = a_photo(office, content)
    upload = announced(office, photo, content).upload
    for deed in (lambda: sent(office, upload, 0, content), away.check, lambda: away.size("a"), lambda: away.get("a")):
        with pytest.raises(Busy):
            deed()
    office.store = bucket.store()
    assert send_all(office, photo, content).stored


def test_a_bucket_that_is_none_is_told_at_the_start(object_server: str, bucket: Bucket) -> None:
    del bucket  # for its keys
    with pytest.raises(StoreAway, match="there is no bucket nowhere"):
        S3BlobStore(S3Address("nowhere", endpoint=object_server)).check()


def test_a_listing_of_many_pages_is_read_to_its_end(bucket: Bucket, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.headoffice.s3_store._NAMES_AT_ONCE", 3)
    store = bucket.store()
    for number in range(10):
        store.put(f"uploads/{number:04d}/0", b"")
    assert len(_names(store, "uploads")) == 10


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("s3://photos", S3Address("photos")),
        ("s3://photos/a/b/?endpoint=https://s3.office.example&region=cn-1&style=virtual",
         S3Address("photos", "a/b", "https://s3.office.example", "cn-1", "virtual")),
    ],
)  # fmt: skip
def test_an_address_is_read(text: str, address: S3Address) -> None:
    assert read_address(text) == address


@pytest.mark.parametrize(
    "text",
    ["s3://", "s3:photos", "s3://key:secret@photos", "s3://photos?endpoint=ftp://x", "s3://photos?secret=x",
     "s3://photos?style=odd", "s3://photos/../x", "http://photos", "s3://photos?endpoint"],
)  # fmt: skip
def test_an_address_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"s3|no name of ours|bad query"):
        read_address(text)


def test_without_a_setting_photos_lie_in_the_usual_folder_or_in_the_one_that_is_named(tmp_path: Path) -> None:
    for place, folder in (("", tmp_path / "usual"), (str(tmp_path / "other"), tmp_path / "other")):
        store = open_store(place, tmp_path / "usual")
        assert isinstance(store, FolderBlobStore)
        store.put("photos/ab", b"x")
        assert (folder / "photos" / "ab").read_bytes() == b"x"
