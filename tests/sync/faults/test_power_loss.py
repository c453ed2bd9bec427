"""The power fails at any moment of a day with sync: what was saved is there and whole, and reaches head office.

The program runs under strace; from its calls we rebuild what a power cut may leave (crash_images.py), open that with
the key and go on working. The same with `synchronous = OFF` must fail: else the harness would prove nothing.
"""

import json
import os
import random
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from app.domain.problems import TroubleError
from app.storage.store import close_store
from app.sync.journal import SideJournal
from tests.sync.both.laptops import KEY
from tests.sync.faults.crash_images import Disk, before, moments
from tests.sync.faults.disk_trace import Deed, Reader, record, why_not
from tests.sync.faults.field_work import Agreement, FieldLaptop, FieldOffice
from tests.sync.soak import tries
from tests.sync.tally import tally

_SEED = int(os.environ.get("ZOUFANG_POWER_SEED", "1"))
_CUTS = tries(20, 450, "ZOUFANG_POWER_CUTS")
pytestmark = [pytest.mark.timeout(1800), pytest.mark.skipif(bool(why_not()), reason=why_not())]


@dataclass
class _Promises:
    """What the program had told the person, or itself, at some moment."""

    notes: dict[str, str] = field(default_factory=dict[str, str])
    photos: set[str] = field(default_factory=set[str])
    journal: list[str] = field(default_factory=list[str])

    def take_in(self, content: bytes) -> None:
        for line in content.decode().splitlines():
            told = json.loads(line)
            if "note" in told:
                self.notes[told["note"][0]] = told["note"][1]
            elif "photo" in told:
                self.photos.add(told["photo"])
            else:
                self.journal = told["journal"]


@dataclass
class _Day:
    """A day that was recorded: the disk before it, and everything that was done to it."""

    disk: Disk
    deeds: list[Deed]
    shop: str
    product: str


def _recorded(folder: Path, synchronous: str = "") -> _Day:
    root = folder / "work"
    (root / "office").mkdir(parents=True)
    office = FieldOffice(root / "office")
    laptop = FieldLaptop(root / "laptop", office)
    laptop.round()
    close_store(laptop.database)
    office.close()
    (root / "marks").write_bytes(b"")
    disk = before(root, calm=root / "office")
    command = [sys.executable, "-m", "tests.sync.faults.power_child", str(root), office.shop, office.product]
    project = Path(__file__).parents[3]
    environment = os.environ | {"PYTHONPATH": str(project), "PYTHONDONTWRITEBYTECODE": "1"}
    record([*command, str(_SEED), synchronous], folder / "trace", environment)
    names = {path: number for path, number in disk.names.items() if number}
    sizes = {number: len(file.content) for number, file in disk.files.items()}
    folders = {path for path, number in disk.names.items() if not number} | {str(root)}
    reader = Reader(str(root), str(root / "marks"), names, sizes, folders)
    return _Day(disk, list(reader.read(folder / "trace")), office.shop, office.product)


def _cuts(day: _Day, folder: Path, count: int, seed: int) -> Iterator[tuple[int, Path, _Promises]]:
    draw = random.Random(seed)  # noqa: S311
    promises, done = _Promises(), 0
    for number, moment in enumerate(moments(day.deeds, count, draw)):
        for deed in day.deeds[done:moment]:
            day.disk.play(deed)
            if deed.kind == "mark":
                promises.take_in(deed.content)
        done = moment
        image = folder / f"image-{number}"
        day.disk.cut(draw, image)
        yield moment, image, promises
        shutil.rmtree(image)


def _wrong(day: _Day, image: Path, promises: _Promises) -> list[str]:
    """Return what a person would miss after the power came back."""
    office = FieldOffice.again(image / "office", day.shop, day.product)
    try:
        laptop = FieldLaptop.again(image / "laptop", office)
    except TroubleError as trouble:
        office.close()
        return [f"damaged: {trouble}"]
    try:
        return _missing(laptop, promises) or _after_a_round(laptop, promises)
    except TroubleError as trouble:
        return [f"damaged: {trouble}"]
    finally:
        laptop.close()
        office.close()


def _missing(laptop: FieldLaptop, promises: _Promises) -> list[str]:
    held = dict(laptop.rows("SELECT id, need_note FROM visit"))
    wrong = [f"visit {key}: {held.get(key)!r}, not {note}" for key, note in promises.notes.items()
             if _number(held.get(key)) < _number(note)]  # fmt: skip
    named = {name for (name,) in laptop.rows("SELECT sha256 FROM photo")}
    wrong += [f"photo {name[:8]} lost its row" for name in promises.photos - named]
    wrong += [f"photo {name[:8]} lost its bytes" for name in laptop.files.missing_or_changed(sorted(named))]
    read = {one["id"] for one in SideJournal(laptop.database.path.with_name("unsent.journal"), KEY).read()}
    answered = {key.replace("-", "") for (key,) in laptop.rows("SELECT id FROM sent_op")}
    wrong += [f"the journal lost {key}" for key in promises.journal if key not in read | answered]
    return wrong


def _after_a_round(laptop: FieldLaptop, promises: _Promises) -> list[str]:
    laptop.round()
    laptop.round()
    held = laptop.rows("SELECT id, need_note FROM visit")
    from uuid import UUID

    agreed = Agreement({UUID(hex=key): note for key, note in held}, set(promises.photos))
    wrong = agreed.hold(laptop)
    if laptop.last_lane.waiting or laptop.last_lane.missing:
        wrong.append(f"photos wait: {laptop.last_lane}")
    return wrong


def _number(note: str | None) -> int:
    return -1 if note is None else int(note.rsplit("-", 1)[1])


def test_a_power_cut_at_any_moment_loses_nothing_that_was_saved(tmp_path: Path) -> None:
    day = _recorded(tmp_path)
    kinds = {deed.kind for deed in day.deeds}
    assert {"write", "cut", "sync", "sync_folder", "make", "rename", "remove", "mark"} <= kinds
    lost: list[str] = []
    for moment, image, promises in _cuts(day, tmp_path, _CUTS, _SEED):
        wrong = _wrong(day, image, promises)
        lost += [f"cut at {moment}: {one}" for one in wrong[:2]]
        tally("power cut while working and syncing (torn, reordered, unsynced writes)", 1, bool(wrong))
    assert not lost, "\n".join(lost)


def test_without_syncs_to_disk_the_same_power_cuts_do_lose(tmp_path: Path) -> None:
    day = _recorded(tmp_path, "OFF")
    lost = sum(bool(_wrong(day, image, promises)) for _, image, promises in _cuts(day, tmp_path, tries(8, 100), _SEED))
    tally("the same with synchronous = OFF: must lose, or the test would prove nothing", tries(8, 100), 0,
          f"{lost} cuts lost or damaged something, as they must")  # fmt: skip
    assert lost > tries(8, 100) // 4
