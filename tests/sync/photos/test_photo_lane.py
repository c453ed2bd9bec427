"""The photo lane between a real encrypted store and a real head office, with real pictures."""

import hashlib

from sqlalchemy import select

from app.models.sync_state import BlobItem
from app.models.visit import Photo
from app.runtime.cancel import CancelToken
from app.storage.facts import put_fact
from app.sync.blobs import LaneProgress
from app.sync.delivery import Delivery, delivery_state
from app.sync.protocol import CHUNK
from app.sync.state import EPOCH
from tests.sync.photos.both_sides import Laptop, OfficeSide, a_picture


def delivery(laptop: Laptop, visit: object) -> Delivery:
    with laptop.database.read() as session:
        return delivery_state(session, visit)  # pyright: ignore[reportArgumentType]


def hashes(laptop: Laptop) -> list[str]:
    with laptop.database.read() as session:
        return list(session.scalars(select(Photo.sha256)))


def test_a_visit_is_delivered_only_when_rows_and_photo_bytes_are_confirmed(laptop: Laptop) -> None:
    visit = laptop.visit([a_picture(1), a_picture(2)])
    assert delivery(laptop, visit) == Delivery(7, 0, 0, 0, 2)
    laptop.push_rows()
    between = delivery(laptop, visit)
    assert (between.rows_waiting, between.rows_confirmed, between.photos_confirmed) == (0, 7, 0)
    assert not between.delivered
    result = laptop.send_photos()
    assert (result.stored, result.waiting, result.stopped) == (4, 0, "")
    assert delivery(laptop, visit).delivered
    for name in hashes(laptop):
        assert laptop.link.read_blob(name) == laptop.files.get(name)


def test_small_pictures_of_all_visits_go_before_the_first_original(laptop: Laptop) -> None:
    for seed in range(3):
        laptop.visit([a_picture(seed)])
    laptop.push_rows()
    laptop.send_photos()
    assert [one.kind for one in laptop.link.announced] == ["thumb"] * 3 + ["full"] * 3


def test_a_photo_whose_row_waits_is_not_announced(laptop: Laptop) -> None:
    laptop.visit([a_picture()])
    result = laptop.send_photos()
    assert (laptop.link.announced, result.waiting) == ([], 2)


def test_after_a_cut_at_most_one_chunk_goes_up_again(laptop: Laptop) -> None:
    laptop.visit([a_picture(3, (1600, 1200))])
    laptop.push_rows()
    laptop.send_photos(thumbs_only=True)
    size = len(laptop.files.get(hashes(laptop)[0]))
    assert size > CHUNK
    runs = 0
    laptop.link.spent = 0
    while True:
        laptop.link.budget = 200_000
        before = laptop.link.spent
        result = laptop.send_photos()
        runs += 1
        if result.stopped != "cut":
            break
        assert laptop.link.spent > before
    assert runs > 1
    assert result.waiting == 0
    repeated = laptop.link.spent - size
    assert repeated <= (runs - 1) * CHUNK + runs * 500
    assert max(laptop.link.chunks) <= CHUNK


def test_a_lost_answer_to_the_last_chunk_sends_nothing_twice(laptop: Laptop) -> None:
    visit = laptop.visit([a_picture(4, (200, 150))])
    laptop.push_rows()
    laptop.send_photos(thumbs_only=True)
    name = hashes(laptop)[0]
    laptop.link.chunks.clear()
    original = laptop.link.append_blob

    def append(upload: str, offset: int, chunk: bytes) -> object:
        laptop.link.lost_answers = 1
        return original(upload, offset, chunk)

    laptop.link.append_blob = append  # pyright: ignore[reportAttributeAccessIssue]
    assert laptop.send_photos().stopped == "cut"
    assert not delivery(laptop, visit).delivered
    laptop.link.lost_answers = 0
    assert laptop.send_photos().stored == 1
    assert sum(laptop.link.chunks) == len(laptop.files.get(name))
    assert delivery(laptop, visit).delivered


def test_wrong_bytes_are_thrown_away_and_the_visit_is_not_delivered(laptop: Laptop) -> None:
    visit = laptop.visit([a_picture(5)])
    laptop.push_rows()
    laptop.link.spoil = True
    result = laptop.send_photos()
    assert (result.stored, result.waiting) == (0, 2)
    assert not delivery(laptop, visit).delivered
    laptop.link.spoil = False
    laptop.send_photos()
    assert delivery(laptop, visit).delivered


def test_a_data_cap_is_never_passed_and_small_pictures_come_first(laptop: Laptop) -> None:
    for seed in range(4):
        laptop.visit([a_picture(seed, (1200, 900))])
    laptop.push_rows()
    result = laptop.send_photos(cap=300_000)
    assert result.stopped == "cap"
    assert 0 < sum(laptop.link.chunks) <= 300_000
    with laptop.database.read() as session:
        stored = session.scalars(select(BlobItem.kind).where(BlobItem.state == "stored")).all()
    assert stored.count("thumb") == 4
    assert laptop.send_photos().waiting == 0


def test_a_person_can_stop_it_and_go_on_later(laptop: Laptop) -> None:
    laptop.visit([a_picture(seed) for seed in range(3)])
    laptop.push_rows()
    cancel = CancelToken()
    seen: list[LaneProgress] = []

    def report(progress: LaneProgress) -> None:
        seen.append(progress)
        if progress.stored == 1:
            cancel.cancel()

    assert laptop.send_photos(cancel=cancel, report=report).stopped == "cancelled"
    assert (seen[0].stored, seen[0].total) == (0, 3)
    assert seen[0].bytes_total > 0
    assert laptop.send_photos().stored == 2


def test_photos_are_counted_by_their_originals_and_the_bytes_show_how_far_it_is(laptop: Laptop) -> None:
    laptop.visit([a_picture(seed) for seed in range(3)])
    laptop.push_rows()
    seen: list[LaneProgress] = []
    laptop.send_photos(report=seen.append)
    small = [progress for progress in seen if progress.stored == 0]
    assert 0 < small[-1].bytes_sent < small[-1].bytes_total / 2, "small pictures are no photos yet"
    assert (seen[-1].stored, seen[-1].total) == (3, 3)
    assert not any(progress.is_resumed for progress in seen)


def test_bytes_that_are_gone_or_changed_on_this_disk_never_count_as_delivered(laptop: Laptop) -> None:
    visit = laptop.visit([a_picture(6), a_picture(7)])
    laptop.push_rows()
    gone, changed = hashes(laptop)
    laptop.files._path(gone, "full").unlink()
    path = laptop.files._path(changed, "full")
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    result = laptop.send_photos()
    assert (result.stored, result.missing, result.waiting) == (2, 2, 0)
    state = delivery(laptop, visit)
    assert (state.photos_confirmed, state.photos_total, state.delivered) == (0, 2, False)


def test_a_picture_that_two_visits_show_goes_up_once(laptop: Laptop) -> None:
    first, second = laptop.visit([a_picture(8)]), laptop.visit([a_picture(8)])
    laptop.push_rows()
    laptop.send_photos()
    assert len(laptop.link.announced) == 2
    assert delivery(laptop, first).delivered
    assert delivery(laptop, second).delivered


def test_a_photo_that_was_taken_back_is_not_waited_for(laptop: Laptop) -> None:
    visit = laptop.visit([a_picture(9)])
    laptop.push_rows()
    laptop.send_photos(thumbs_only=True)
    with laptop.database.write() as session:
        row = session.scalars(select(Photo)).one()
        row.deleted_at = row.added_at
    laptop.push_rows()
    result = laptop.send_photos()
    assert (result.waiting, delivery(laptop, visit).photos_total) == (0, 0)


def test_after_head_office_was_restored_the_photos_are_offered_again(laptop: Laptop, office: OfficeSide) -> None:
    def know_epoch(epoch: str) -> None:
        with laptop.database.note() as cursor:
            put_fact(cursor, EPOCH, epoch)

    know_epoch("first")
    laptop.visit([a_picture(10)])
    laptop.push_rows()
    laptop.send_photos()
    assert laptop.send_photos().stored == 0
    name = hashes(laptop)[0]
    with office.database.write() as session:
        for table in ("blob_use", "blob"):
            session.connection().exec_driver_sql(f"DELETE FROM {table}")  # noqa: S608
    know_epoch("second")
    assert laptop.send_photos().stored == 2
    assert hashlib.sha256(laptop.link.read_blob(name)).hexdigest() == name
