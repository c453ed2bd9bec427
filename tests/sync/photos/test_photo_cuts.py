"""The link dies after any byte: at the end every hash is right, or the visit is not delivered."""

import hashlib

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.models.visit import Photo
from app.runtime.cancel import CancelToken
from app.sync.blobs import BlobLane, LaneResult
from app.sync.delivery import delivery_state
from app.sync.protocol import SMALLEST_CHUNK
from tests.sync.photos.both_sides import Laptop, a_picture
from tests.sync.soak import tries
from tests.sync.tally import tally

PICTURE_SIZES = [(200, 150), (640, 480), (1000, 750)]


def run(laptop: Laptop) -> LaneResult:
    lane = BlobLane(
        laptop.database, laptop.files, laptop.link, laptop.replica, cancel=CancelToken(), most_chunk=SMALLEST_CHUNK
    )
    return lane.run()


def assert_told_truly(laptop: Laptop, visit: object, names: list[str]) -> bool:
    with laptop.database.read() as session:
        state = delivery_state(session, visit)  # pyright: ignore[reportArgumentType]
    if state.delivered:
        for name in names:
            assert hashlib.sha256(laptop.link.read_blob(name)).hexdigest() == name
    return state.delivered


@settings(max_examples=tries(8, 200), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    seed=st.integers(0, 10_000),
    size=st.sampled_from(PICTURE_SIZES),
    count=st.integers(1, 2),
    cuts=st.lists(st.integers(0, 250_000), max_size=6),
    lost=st.lists(st.booleans(), min_size=6, max_size=6),
)
def test_after_any_cuts_the_bytes_are_right_or_the_visit_is_not_delivered(
    laptop: Laptop, seed: int, size: tuple[int, int], count: int, cuts: list[int], lost: list[bool]
) -> None:
    visit = laptop.visit([a_picture(seed + number, size) for number in range(count)])
    laptop.push_rows()
    with laptop.database.read() as session:
        names = list(session.scalars(select(Photo.sha256).where(Photo.visit_id == visit)))
    laptop.link.spent = 0
    broken = 0
    for cut, answer_is_lost in zip(cuts, lost, strict=False):
        laptop.link.budget, laptop.link.lost_answers = cut, int(answer_is_lost)
        stopped = run(laptop).stopped
        broken += stopped == "cut"
        assert_told_truly(laptop, visit, names)
    laptop.link.budget, laptop.link.lost_answers = None, 0
    assert run(laptop).waiting == 0
    assert assert_told_truly(laptop, visit, names)
    needed = sum(len(laptop.files.get(name, kind)) for name in set(names) for kind in ("thumb", "full"))
    asked = 200 * (2 * count + len(cuts)) + 300 * broken * 4
    assert laptop.link.spent <= needed + broken * SMALLEST_CHUNK + asked
    tally("photos: the link is cut at a byte", broken)


def test_cut_after_every_thousandth_byte_of_one_picture(laptop: Laptop) -> None:
    visit = laptop.visit([a_picture(1, (700, 500))])
    laptop.push_rows()
    with laptop.database.read() as session:
        names = list(session.scalars(select(Photo.sha256)))
    needed = sum(len(laptop.files.get(names[0], kind)) for kind in ("thumb", "full"))
    for budget in range(0, needed + SMALLEST_CHUNK, 1000):
        laptop.link.budget = budget
        run(laptop)
        if assert_told_truly(laptop, visit, names):
            tally("photos: the link is cut at a byte", budget // 1000)
            return
    raise AssertionError("it never came through")
