"""The handover file: written by a real laptop, imported by a real head office, each operation once."""

from io import BytesIO
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from app.domain.problems import Problem, TroubleError
from app.headoffice.handover import Imported, import_handover
from app.headoffice.models import TABLES, SyncOperation, SyncParked
from app.headoffice.people import revoke
from app.models.local import OutboxEntry
from app.models.visit import Photo, Visit
from app.runtime.cancel import CancelledError, CancelToken
from app.sync.core.sealing import Flaw, Sealer, SealError
from app.sync.handover import write_handover
from tests.sync.photos.both_sides import NOW, Laptop, OfficeSide, a_picture
from tests.sync.soak import tries


def imported(office: OfficeSide, file: Path | bytes, key: X25519PrivateKey | None = None) -> Imported:
    content = BytesIO(file if isinstance(file, bytes) else file.read_bytes())
    private = (key or office.private_key).private_bytes_raw()
    return import_handover(office.database, office.store, content, private, office.now)


def flaw_of(office: OfficeSide, file: Path | bytes, key: X25519PrivateKey | None = None) -> Flaw:
    with pytest.raises(SealError) as refused:
        imported(office, file, key)
    return refused.value.flaw


def counts(office: OfficeSide) -> dict[str, int]:
    with office.database.read() as session:
        tables = {name: TABLES[name] for name in ("visit", "stock_count", "photo")}
        found = {name: session.scalars(select(func.count()).select_from(table)).one() for name, table in tables.items()}
        return found | {"operations": session.scalars(select(func.count()).select_from(SyncOperation)).one()}


def test_a_day_without_network_arrives_by_the_file(laptop: Laptop, office: OfficeSide, tmp_path: Path) -> None:
    laptop.visit([a_picture(1), a_picture(2)])
    made = laptop.hand_over(tmp_path / "day.zfho")
    assert (made.operations, made.photos) == (7, 4)
    assert made.size == made.file.stat().st_size
    result = imported(office, made.file)
    assert (result.operations, result.known, result.photos, result.manager) == (7, 0, 4, "M1")
    assert dict(result.statuses) == {"applied": 7}
    assert counts(office) == {"visit": 1, "stock_count": 1, "photo": 2, "operations": 7}
    with laptop.database.read() as session:
        for name in session.scalars(select(Photo.sha256)):
            assert laptop.link.read_blob(name) == laptop.files.get(name)


def test_the_file_and_the_network_together_apply_everything_once(
    laptop: Laptop, office: OfficeSide, tmp_path: Path
) -> None:
    visit = laptop.visit([a_picture(1)])
    made = laptop.hand_over(tmp_path / "day.zfho")
    imported(office, made.file)
    with laptop.database.write() as session:
        session.get_one(Visit, visit).wrap_note = "回来后补记"
    answer = laptop.push_rows()
    assert answer is not None
    assert {result.status for result in answer.results} == {"applied"}
    assert laptop.send_photos().waiting == 0
    assert laptop.link.chunks == []
    assert counts(office) == {"visit": 1, "stock_count": 1, "photo": 1, "operations": 7}
    with office.database.read() as session:
        assert session.scalars(select(TABLES["visit"].c.wrap_note)).one() == "回来后补记"
    assert laptop.ask().complete


def test_the_network_first_and_the_file_later_apply_everything_once(
    laptop: Laptop, office: OfficeSide, tmp_path: Path
) -> None:
    laptop.visit([a_picture(1)])
    made = laptop.hand_over(tmp_path / "day.zfho")
    laptop.push_rows()
    laptop.send_photos()
    before = counts(office)
    result = imported(office, made.file)
    assert (result.operations, result.known, result.photos, result.photos_known) == (0, 6, 0, 2)
    again = imported(office, made.file)
    assert again.known == 6
    assert counts(office) == before


def test_what_is_changed_after_the_file_was_written_is_an_operation_of_its_own(laptop: Laptop, tmp_path: Path) -> None:
    visit = laptop.visit([])
    laptop.hand_over(tmp_path / "day.zfho")
    with laptop.database.write() as session:
        session.get_one(Visit, visit).wrap_note = "later"
    with laptop.database.read() as session:
        entries = session.scalars(select(OutboxEntry).order_by(OutboxEntry.no)).all()
    assert [entry.state for entry in entries] == ["sending"] * 5 + ["pending"]
    assert entries[-1].values == {"wrap_note": "later"}


def test_a_second_file_follows_the_first(laptop: Laptop, office: OfficeSide, tmp_path: Path) -> None:
    laptop.visit([])
    first = laptop.hand_over(tmp_path / "1.zfho")
    laptop.visit([a_picture(1)])
    second = laptop.hand_over(tmp_path / "2.zfho")
    imported(office, first.file)
    result = imported(office, second.file)
    assert (result.operations, result.known, result.photos) == (6, 5, 2)
    assert counts(office)["visit"] == 2


def test_a_file_that_does_not_follow_on_what_is_known_is_refused_whole(
    laptop: Laptop, office: OfficeSide, tmp_path: Path
) -> None:
    laptop.visit([])
    with laptop.database.deliver("test") as session:
        first = session.scalars(select(OutboxEntry).order_by(OutboxEntry.no).limit(1)).one()
        session.delete(first)
    made = laptop.hand_over(tmp_path / "day.zfho")
    assert flaw_of(office, made.file) is Flaw.GAP
    assert counts(office)["operations"] == 0


def test_only_the_office_it_is_for_can_open_it(laptop: Laptop, office: OfficeSide, tmp_path: Path) -> None:
    laptop.visit([a_picture(1)])
    made = laptop.hand_over(tmp_path / "day.zfho")
    assert flaw_of(office, made.file, X25519PrivateKey.generate()) is Flaw.OTHER_OFFICE
    content = made.file.read_bytes()
    for word in (laptop.replica.encode(), "老周".encode(), b"stock_count", b"JFIF"):
        assert word not in content


def test_the_file_of_another_key_is_refused(laptop: Laptop, office: OfficeSide, tmp_path: Path) -> None:
    laptop.visit([])
    laptop.device_key = Ed25519PrivateKey.generate()
    made = laptop.hand_over(tmp_path / "day.zfho")
    assert flaw_of(office, made.file) is Flaw.WRONG_SIGNATURE
    assert counts(office)["operations"] == 0


def test_a_laptop_that_is_not_known_is_refused(laptop: Laptop, office: OfficeSide, tmp_path: Path) -> None:
    laptop.visit([])
    laptop.replica = "0190b1c0-0000-7000-8000-000000000000"
    assert flaw_of(office, laptop.hand_over(tmp_path / "day.zfho").file) is Flaw.UNKNOWN_LAPTOP


def test_a_lost_laptops_file_is_kept_apart(laptop: Laptop, office: OfficeSide, tmp_path: Path) -> None:
    laptop.visit([a_picture(1)])
    made = laptop.hand_over(tmp_path / "day.zfho")
    with office.database.write() as session:
        revoke(session, laptop.replica, NOW, "chief", wipe=False)
    result = imported(office, made.file)
    assert dict(result.statuses) == {"parked": 6}
    assert counts(office)["visit"] == 0
    with office.database.read() as session:
        assert session.scalars(select(func.count()).select_from(SyncParked)).one() == 6


@pytest.mark.parametrize("content", [b"", b"ZFHO1", b"PK\x03\x04" + bytes(200), b"ZFHO2\0" + bytes(100)])
def test_any_other_file_is_no_handover(office: OfficeSide, content: bytes) -> None:
    assert flaw_of(office, content) is Flaw.NOT_A_HANDOVER


@settings(max_examples=tries(25, 600), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.floats(0, 1, exclude_max=True), flip=st.integers(1, 255), cut=st.booleans())
def test_a_file_cut_or_changed_at_any_byte_is_refused_and_nothing_is_applied(
    laptop: Laptop, office: OfficeSide, tmp_path: Path, place: float, flip: int, cut: bool
) -> None:
    file = tmp_path / "day.zfho"
    if not file.exists():
        laptop.visit([a_picture(1, (200, 150))])
        laptop.hand_over(file)
    whole = file.read_bytes()
    at = int(place * len(whole))
    broken = whole[:at] if cut else whole[:at] + bytes([whole[at] ^ flip]) + whole[at + 1 :]
    wanted = {Flaw.NOT_A_HANDOVER, Flaw.CUT_SHORT} if cut else set(Flaw) - {Flaw.GAP, Flaw.FORKED}
    assert flaw_of(office, broken) in wanted
    assert counts(office)["operations"] == 0


def test_something_added_behind_the_end_is_refused(laptop: Laptop, office: OfficeSide, tmp_path: Path) -> None:
    laptop.visit([])
    made = laptop.hand_over(tmp_path / "day.zfho")
    assert flaw_of(office, made.file.read_bytes() + b"x") is Flaw.LONGER


def test_blocks_cannot_change_places(laptop: Laptop, office: OfficeSide, tmp_path: Path) -> None:
    laptop.visit([a_picture(1), a_picture(2)])
    content = laptop.hand_over(tmp_path / "day.zfho").file.read_bytes()
    at, blocks = len(Sealer(office.private_key.public_key().public_bytes_raw()).preamble), []
    while at < len(content):
        length = 5 + int.from_bytes(content[at : at + 4], "big")
        blocks.append(content[at : at + length])
        at += length
    start = content[: len(content) - sum(len(block) for block in blocks)]
    blocks[2], blocks[3] = blocks[3], blocks[2]
    assert flaw_of(office, start + b"".join(blocks)) is Flaw.CHANGED
    del blocks[-2]
    assert flaw_of(office, start + b"".join(blocks)) is Flaw.CHANGED


def test_a_file_that_cannot_be_written_leaves_nothing_behind(laptop: Laptop, tmp_path: Path) -> None:
    laptop.visit([])
    with pytest.raises(TroubleError) as trouble:
        laptop.hand_over(tmp_path / "no such folder" / "day.zfho")
    assert trouble.value.problem is Problem.FOLDER_READ_ONLY


def test_a_stopped_handover_leaves_no_file(laptop: Laptop, tmp_path: Path) -> None:
    laptop.visit([a_picture(1)])
    cancel = CancelToken()
    cancel.cancel()
    folder = tmp_path / "stick"
    folder.mkdir()
    with pytest.raises(CancelledError):
        write_handover(
            laptop.database,
            laptop.files,
            laptop.identity,
            folder / "day.zfho",
            sign=laptop.device_key.sign,
            now=NOW,
            cancel=cancel,
        )
    assert list(folder.iterdir()) == []


def test_nothing_to_hand_over_is_a_small_valid_file(laptop: Laptop, office: OfficeSide, tmp_path: Path) -> None:
    made = laptop.hand_over(tmp_path / "day.zfho")
    assert made.operations == 0
    assert imported(office, made.file).operations == 0
