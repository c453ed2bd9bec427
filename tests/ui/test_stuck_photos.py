"""A photo that head office refuses for ever has a way out: into a file, said plainly, recorded, and nothing is lost."""

import hashlib
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtWidgets import QFileDialog

from app.domain.problems import Problem, TroubleError
from app.models.sync_state import BlobItem
from app.models.visit import Photo
from app.services.stuck_photos import StuckPhotos
from app.sync.blob_queue import fill_queue, next_items
from app.sync.overview import read_overview
from tests.headoffice.http.served import Served
from tests.ui.sync_person import Person

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

_CONTENT = b"\xff\xd8 a picture"
_NAME = hashlib.sha256(_CONTENT).hexdigest()


def _stuck(person: Person, served: Served, tries: int = 5) -> None:
    person.open()
    person.enrol(served)
    visit = UUID(person.note_visit(served))
    person.sync_now()
    files, now = person.application.photo_files, person.application.clock.now()
    files.put(_CONTENT)
    with person.database.write(source="test") as session:
        session.add(Photo(visit_id=visit, sha256=_NAME, byte_size=12, width=3, height=3, added_at=now))
        session.add(BlobItem(
            sha256=_NAME, kind="full", direction="up", photo="x", size=12, priority=1, state="waiting", tries=tries,
            at=now,
        ))  # fmt: skip
    person.page.shown()


def test_a_photo_that_is_refused_for_ever_goes_into_a_file_and_holds_nothing_up(
    person: Person, served: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _stuck(person, served)
    person.wait(lambda: person.shows("stuckPhotoWhy"))
    before = read_overview(person.database, person.application.clock.now())
    assert (before.photos_stuck, before.photos_waiting, before.needs_you) == (1, 1, 1)
    target = tmp_path / "photo.jpg"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    person.press("stuckPhotoSave")
    assert person.shows("stuckPhotoWhy"), "whoever chooses no file lets nothing go"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    person.press("stuckPhotoSave")
    person.wait(lambda: not person.shows("stuckPhotoWhy"))
    assert target.read_bytes() == _CONTENT
    with person.database.write(source="test") as session:
        fill_queue(session, person.application.photo_files)
        assert [one for one in next_items(session, ()) if one.sha256 == _NAME and one.kind == "full"] == []
    after = read_overview(person.database, person.application.clock.now())
    assert after.photos_stuck == 0
    assert person.rows("SELECT state FROM blob_queue WHERE sha256 = ? AND kind = 'full'", _NAME) == [("let_go",)]
    assert person.rows("SELECT count(*) FROM sync_log WHERE event = 'photo_let_go'") == [(1,)]
    assert person.rows("SELECT count(*) FROM photo WHERE deleted_at IS NULL") == [(1,)], "it stays in its visit"


def test_a_photo_that_was_refused_a_few_times_only_waits(person: Person, served: Served) -> None:
    _stuck(person, served, tries=4)
    assert StuckPhotos(person.database, person.application.photo_files).read() == ()


def test_where_no_file_can_be_written_nothing_is_let_go(person: Person, served: Served, tmp_path: Path) -> None:
    _stuck(person, served)
    photos = StuckPhotos(person.database, person.application.photo_files)
    (tmp_path / "no folder").write_text("a file")
    with pytest.raises(TroubleError) as trouble:
        photos.let_go(_NAME, tmp_path / "no folder" / "photo.jpg")
    assert trouble.value.problem is Problem.FOLDER_READ_ONLY
    assert [one.sha256 for one in photos.read()] == [_NAME]
