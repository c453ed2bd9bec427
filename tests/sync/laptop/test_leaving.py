"""Giving a laptop back: erased only when head office has everything."""

from datetime import date

import pytest
from sqlalchemy import select

from app.bootstrap.application import Application
from app.bootstrap.leaving import leave
from app.bootstrap.sync_door import SyncDoor
from app.bootstrap.sync_laptop import Laptop
from app.bootstrap.sync_rounds import SyncRounds
from app.models.visit import Visit
from app.runtime.cancel import CancelToken, no_report
from app.services.sync_facts import Ended, RoundEnd
from app.storage.facts import PRACTICE, write_fact
from app.sync.engine import Outcome
from app.sync.state import URL
from app.sync.trouble import PracticeStore
from tests.headoffice.http.served import Served

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


def is_erased(laptop: Application) -> bool:
    folder = laptop.folder
    return not any(file.exists() for file in (folder.store, folder.vault, folder.root / "unsent.journal"))


def test_everything_goes_up_before_anything_is_erased(enrolled: Application, served: Served) -> None:
    end = leave(enrolled, SyncRounds(enrolled), CancelToken(), no_report)
    assert end.is_erased
    with served.world.database.read() as session:
        assert session.scalars(select(Visit.day)).all() == [date(2026, 3, 2)]
    assert is_erased(enrolled)


def test_without_head_office_nothing_is_erased(enrolled: Application) -> None:
    write_fact(enrolled.database, URL, "http://127.0.0.1:9")
    end = leave(enrolled, SyncRounds(enrolled), CancelToken(), no_report)
    assert (end.is_erased, end.outcome, end.records) == (False, Outcome.OFFLINE, 1)
    with enrolled.database.read() as session:
        assert session.scalars(select(Visit.serial)).all() == [1]


def test_a_disk_too_full_to_receive_keeps_nobody_from_giving_the_laptop_back(
    enrolled: Application, served: Served
) -> None:
    full = Laptop(enrolled.folder.root, free=lambda _folder: 1_000_000)
    end = leave(enrolled, SyncRounds(enrolled, laptop=full), CancelToken(), no_report)
    assert (end.is_erased, end.outcome) == (True, Outcome.NO_ROOM)
    with served.world.database.read() as session:
        assert session.scalars(select(Visit.day)).all() == [date(2026, 3, 2)]
    assert is_erased(enrolled)


def test_a_round_that_is_stopped_erases_nothing(enrolled: Application) -> None:
    token = CancelToken()
    token.cancel()
    end = leave(enrolled, SyncRounds(enrolled), token, no_report)
    assert (end.is_erased, end.outcome, end.records) == (False, Outcome.STOPPED, 1)
    assert enrolled.folder.store.exists()


def test_while_pictures_are_missing_at_head_office_nothing_is_erased(enrolled: Application) -> None:
    end = leave(enrolled, _WithoutPhotos(enrolled), CancelToken(), no_report)
    assert (end.is_erased, end.outcome, end.records, end.photos) == (False, Outcome.DONE, 0, 1)


def test_a_practice_store_is_never_erased(enrolled: Application) -> None:
    write_fact(enrolled.database, PRACTICE, "yes")
    end = SyncDoor(enrolled, use_keyring=False).give_back(CancelToken(), no_report, lambda _step: None)
    assert end == RoundEnd(Ended.NOT_MEMBER)
    with pytest.raises(PracticeStore):
        leave(enrolled, SyncRounds(enrolled), CancelToken(), no_report)
    assert enrolled.folder.store.exists()


class _WithoutPhotos(SyncRounds):
    """Rounds on which a picture was taken that does not go up with them."""

    def __init__(self, application: Application) -> None:
        from tests.sync.photos.both_sides import a_picture

        super().__init__(application, photos=False)
        with application.database.read() as session:
            visit = session.scalars(select(Visit.id)).one()
        photos = application.photos
        photos.add(visit, photos.prepare(a_picture()), place="counter")
