"""Bytes on the laptop's disk go bad: it is noticed, nothing crashes, and all that was unsent still reaches head office.

What a damaged store had waiting comes back from the side journal, everything else from head office.
"""

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from app.domain.problems import Problem, TroubleError
from app.runtime.paths import DataFolder
from app.services.opening import StoreDoor
from app.storage.photo_files import PhotoFiles
from app.storage.store import OpenedStore, open_store, set_aside
from app.sync.engine import Outcome
from app.sync.journal import SideJournal
from tests.conftest import CHEAP, PASSWORD
from tests.sync.both.laptops import KEY
from tests.sync.faults.field_work import Agreement, FieldLaptop, FieldOffice, noise
from tests.sync.soak import tries
from tests.sync.tally import tally

_TRIES = tries(1, 60, "ZOUFANG_CORRUPTIONS")
_PAGE = 4096
pytestmark = pytest.mark.timeout(1800)
Damage = Callable[[Path, random.Random], None]


def _flip(file: Path, draw: random.Random) -> None:
    content = bytearray(file.read_bytes())
    for _ in range(draw.choice((1, 1, 8))):
        content[draw.randrange(len(content))] ^= 1 << draw.randrange(8)
    file.write_bytes(content)


def _spoil_pages(file: Path, draw: random.Random) -> None:
    content = bytearray(file.read_bytes())
    for _ in range(draw.choice((1, 3))):
        at = draw.randrange(max(1, len(content) // _PAGE)) * _PAGE
        content[at : at + _PAGE] = draw.choice((bytes(_PAGE), draw.randbytes(_PAGE)))[: len(content) - at]
    file.write_bytes(content)


def _cut_off(file: Path, draw: random.Random) -> None:
    with file.open("r+b") as opened:
        opened.truncate(draw.randrange(file.stat().st_size))


def _remove(file: Path, _draw: random.Random) -> None:
    file.unlink()


_WAYS: tuple[Damage, ...] = (_flip, _spoil_pages, _cut_off, _remove)


class _Scene:
    """A laptop with work that waits, as a power cut leaves it: the write-ahead log full, the journal up to date."""

    def __init__(self, folder: Path) -> None:
        self._kept, self.live = folder / "kept", folder / "live"
        office = FieldOffice(_made(self._kept / "office"))
        laptop = FieldLaptop(self._kept / "laptop", office)
        laptop.round()
        laptop.take_photo(laptop.make_visit("delivered"), noise(1, 9_000))
        laptop.round()
        laptop.close()
        laptop = FieldLaptop.again(laptop.folder.root, office)
        self.agreement = Agreement()
        for number in range(4):
            visit = laptop.make_visit(f"{number}")
            laptop.type_note(visit, f"{number} typed")
            self.agreement.notes[visit] = f"{number} typed"
        visit = next(iter(self.agreement.notes))
        self.photo = laptop.take_photo(visit, noise(2, 9_000))
        laptop.change_shop("6-24")
        laptop.journal.catch_up(laptop.database)
        self.shop, self.product = office.shop, office.product
        office.database.dispose()
        shutil.copytree(self._kept, folder / "cut")
        laptop.close()
        self._kept = folder / "cut"

    def set_up(self) -> FieldOffice:
        shutil.rmtree(self.live, ignore_errors=True)
        shutil.copytree(self._kept, self.live)
        return FieldOffice.again(self.live / "office", self.shop, self.product)

    def wrong(self, office: FieldOffice, *, has_photo: bool = True) -> tuple[list[str], bool]:
        """Open, begin anew if the store is damaged, go on; return what is missing, and whether damage was told."""
        root, damaged = self.live / "laptop", False
        try:
            laptop = FieldLaptop.again(root, office)
        except TroubleError as trouble:
            _only_damage(trouble)
            damaged = True
            laptop = _begun_anew(root, office)
        try:
            laptop.journal.catch_up(laptop.database)
            assert laptop.round().outcome is Outcome.DONE
            laptop.round()
            self.agreement.photos = {self.photo} if has_photo else set()
            return self.agreement.hold(laptop), damaged
        except TroubleError as trouble:
            # Damage that opening did not meet: the program says so, and the next start checks the whole file.
            _only_damage(trouble)
            laptop.close()
            set_aside(laptop.folder)
            _begun_anew(root, office).close()
            return self.wrong(office, has_photo=has_photo)[0], True
        finally:
            laptop.close()


def _only_damage(trouble: TroubleError) -> None:
    assert trouble.problem is Problem.STORE_DAMAGED


def _begun_anew(root: Path, office: FieldOffice) -> FieldLaptop:
    """Set up an empty store with the same key and enrol it, as the start window and the sync page do."""
    open_store(DataFolder(root), KEY, create=True).database.close()
    laptop = FieldLaptop.again(root, office)
    laptop.enrol()
    return laptop


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True)
    return folder


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> _Scene:
    return _Scene(tmp_path_factory.mktemp("scene"))


@pytest.mark.parametrize("name", ["zoufang.db", "zoufang.db-wal", "unsent.journal", "photo"])
def test_a_damaged_file_costs_no_unsent_work(scene: _Scene, name: str) -> None:
    noticed = 0
    for seed in range(_TRIES * len(_WAYS)):
        draw = random.Random(seed)  # noqa: S311
        office = scene.set_up()
        laptop = scene.live / "laptop"
        files = sorted((laptop / "photos").rglob(f"{scene.photo}.*")) if name == "photo" else [laptop / name]
        _WAYS[seed % len(_WAYS)](draw.choice(files), draw)
        wrong, told = scene.wrong(office, has_photo=name != "photo")
        noticed += told
        tally(f"bytes go bad: {name}", 1, bool(wrong))
        assert wrong == [], f"seed {seed}"
        office.close()
    tally(f"bytes go bad: {name}", 0, 0, f"{noticed} times the store was set aside and begun anew")


def test_a_photo_that_went_bad_on_the_disk_is_shown_as_lost_and_the_others_go(scene: _Scene) -> None:
    office = scene.set_up()
    laptop = FieldLaptop.again(scene.live / "laptop", office)
    other = laptop.take_photo(next(iter(scene.agreement.notes)), noise(3, 9_000))
    _flip(next((laptop.folder.photos).rglob(f"{scene.photo}.full.photo")), random.Random(1))  # noqa: S311
    laptop.round()
    assert laptop.last_lane.missing == 1
    assert laptop.client.read_blob(other) == noise(3, 9_000)
    laptop.close()
    office.close()


def test_a_backup_that_is_put_back_gets_what_was_made_since_from_the_side_journal(scene: _Scene) -> None:
    office = scene.set_up()
    laptop = FieldLaptop.again(scene.live / "laptop", office)
    laptop.database.close()
    backup = scene.live / "backup.db"
    shutil.copy(laptop.folder.store, backup)
    since = laptop.make_visit("since")
    laptop.journal.catch_up(laptop.database)
    laptop.close()
    for suffix in ("-wal", "-shm"):
        laptop.folder.store.with_name(laptop.folder.store.name + suffix).unlink(missing_ok=True)
    shutil.copy(backup, laptop.folder.store)
    laptop = FieldLaptop.again(scene.live / "laptop", office)
    assert laptop.one("SELECT count(*) FROM visit WHERE need_note = 'since'") == 0
    laptop.journal.catch_up(laptop.database)
    assert laptop.round().outcome is Outcome.DONE
    assert laptop.one("SELECT count(*) FROM visit WHERE need_note = 'since'") == 1
    assert Agreement(scene.agreement.notes | {since: "since"}).hold(laptop) == []
    laptop.close()
    office.close()


def test_a_journal_of_another_key_is_kept_and_not_emptied(scene: _Scene) -> None:
    office = scene.set_up()
    root = scene.live / "laptop"
    held = SideJournal(root / "unsent.journal", KEY).read()
    for file in root.glob("zoufang.db*"):
        file.unlink()
    database = open_store(DataFolder(root), b"n" * 32, create=True).database
    SideJournal.beside(database).catch_up(database)
    database.close()
    assert len(held) > 4
    assert SideJournal(root / "unsent-1.journal", KEY).read() == held
    office.close()


@pytest.mark.parametrize("body", ["{", "[]", '["x"]', "null", '[["cust_name"],[[1]]]'])
def test_staged_pages_that_cannot_be_read_are_asked_for_again(tmp_path: Path, body: str) -> None:
    office = FieldOffice(tmp_path)
    laptop = FieldLaptop(tmp_path / "laptop", office)
    for number in range(9):
        office.write("customer", f"01900000-0000-7000-8000-00000000000{number}",
                     {"cust_code": f"N{number}", "cust_name": "新店"}, scope="terr:T1")  # fmt: skip
    laptop.client.limit, laptop.client.faults = 3, ["ok", "ok", "ok", "before"]
    assert laptop.round().outcome is Outcome.OFFLINE
    with laptop.database.note() as cursor:
        cursor.execute("UPDATE stage_item SET body = ? WHERE no = (SELECT min(no) FROM stage_item)", (body,))
    assert laptop.round().outcome is Outcome.FAILED
    assert laptop.round().outcome is Outcome.DONE
    assert laptop.agrees()
    assert laptop.one("SELECT count(*) FROM customer") == 10
    tally("staged pages that cannot be read", 1)
    laptop.close()
    office.close()


def test_a_store_that_is_begun_anew_keeps_the_key_under_which_photos_and_journal_lie(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")

    def door() -> StoreDoor[OpenedStore]:
        return StoreDoor(folder, lambda opened: opened, use_keyring=False, cost=CHEAP)

    opened = door().create(PASSWORD)
    photo = PhotoFiles(folder.photos, opened.database.key).put(b"a photo")
    opened.database.close()
    folder.store.write_bytes(b"rotten" * 4096)
    at_the_door = door()
    with pytest.raises(TroubleError):
        at_the_door.unlock(PASSWORD)
    anew = at_the_door.start_new("another password")
    assert PhotoFiles(folder.photos, anew.database.key).get(photo) == b"a photo"
    anew.database.close()
    anew = door().start_new("another password")
    assert PhotoFiles(folder.photos, anew.database.key).get(photo) == b"a photo"
    anew.database.close()
    anew = door().start_new("none of the two")
    assert anew.database.key != opened.database.key
    anew.database.close()
