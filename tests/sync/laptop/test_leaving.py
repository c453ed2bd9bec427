"""Giving a laptop back: erased only when head office has everything."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from sqlalchemy import select
from typing_extensions import override

from app.bootstrap.application import Application
from app.bootstrap.leaving import leave
from app.bootstrap.sync_door import SyncDoor
from app.bootstrap.sync_laptop import Laptop
from app.bootstrap.sync_rounds import SyncRounds
from app.headoffice import people
from app.headoffice.models import TABLES, AuditEntry, Replica
from app.models.visit import Visit
from app.runtime.cancel import CancelToken, no_report
from app.services.sync_facts import Ended, RoundEnd
from app.storage.facts import PRACTICE, write_fact
from app.sync.engine import Outcome
from app.sync.enrolment import enrol
from app.sync.state import URL, read_identity
from app.sync.trouble import NoConnection, PracticeStore
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


def state_of(laptop: Application, served: Served) -> str:
    replica = read_identity(laptop.database).replica
    with served.world.database.read() as session:
        return session.get_one(Replica, replica).state


class _Deaf(SyncRounds):
    """Rounds whose farewell comes to head office, and whose answer is lost on its way."""

    @override
    def say_farewell(self, cancel: CancelToken) -> bool:
        super().say_farewell(cancel)
        raise NoConnection


class _Unheard(SyncRounds):
    """Rounds whose farewell does not come to head office."""

    @override
    def say_farewell(self, cancel: CancelToken) -> bool:
        raise NoConnection


class _OfAnEarlierOffice(SyncRounds):
    """Rounds with a head office that does not know a farewell."""

    @override
    def say_farewell(self, cancel: CancelToken) -> bool:
        return False


def test_head_office_knows_of_it_before_anything_is_erased(enrolled: Application, served: Served) -> None:
    replica = read_identity(enrolled.database).replica
    leave(enrolled, SyncRounds(enrolled), CancelToken(), no_report)
    with served.world.database.read() as session:
        left = session.get_one(Replica, replica)
        assert (left.state, left.left_at) == ("left", served.world.now)
        deeds = session.scalars(select(AuditEntry.actor).where(AuditEntry.deed == "leave"))
        assert deeds.all() == ["M1"]


def test_a_farewell_that_is_not_heard_leaves_the_laptop_as_it_is(enrolled: Application, served: Served) -> None:
    end = leave(enrolled, _Unheard(enrolled), CancelToken(), no_report)
    assert (end.is_erased, end.outcome, end.records) == (False, Outcome.OFFLINE, 0)
    assert state_of(enrolled, served) == "active"
    assert enrolled.folder.store.exists()
    assert leave(enrolled, SyncRounds(enrolled), CancelToken(), no_report).is_erased


def test_a_farewell_whose_answer_is_lost_is_said_again(enrolled: Application, served: Served) -> None:
    end = leave(enrolled, _Deaf(enrolled), CancelToken(), no_report)
    assert (end.is_erased, end.outcome) == (False, Outcome.OFFLINE)
    assert state_of(enrolled, served) == "left"
    assert enrolled.folder.store.exists()
    assert leave(enrolled, SyncRounds(enrolled), CancelToken(), no_report).is_erased
    assert is_erased(enrolled)


def test_what_was_written_after_a_lost_answer_is_kept_and_goes_up_after_enrolling_again(
    enrolled: Application, served: Served
) -> None:
    leave(enrolled, _Deaf(enrolled), CancelToken(), no_report)
    with enrolled.database.write(actor="M1", source="visit") as session:
        shop = UUID(served.world.customers["C11"])
        session.add(Visit(customer_id=shop, day=date(2026, 3, 3), status="done", serial=2))
    end = leave(enrolled, SyncRounds(enrolled), CancelToken(), no_report)
    assert (end.is_erased, end.outcome, end.records) == (False, Outcome.ENROL_AGAIN, 1)
    with served.world.database.write() as session:
        code = people.enrol_code(session, "M1", served.world.now)
    enrol(enrolled.database, served.url, code, now=datetime.now(UTC), use_keyring=False)
    assert leave(enrolled, SyncRounds(enrolled), CancelToken(), no_report).is_erased
    with served.world.database.read() as session:
        days = select(TABLES["visit"].c.day).order_by(TABLES["visit"].c.day)
        assert session.scalars(days).all() == [date(2026, 3, 2), date(2026, 3, 3)]


def test_an_earlier_head_office_need_not_know_of_it_but_a_dead_token_is_no_leave_to_erase(
    enrolled: Application, served: Served
) -> None:
    leave(enrolled, _Deaf(enrolled), CancelToken(), no_report)
    end = leave(enrolled, _OfAnEarlierOffice(enrolled), CancelToken(), no_report)
    assert (end.is_erased, end.outcome) == (False, Outcome.ENROL_AGAIN)
    with served.world.database.write() as session:
        session.get_one(Replica, read_identity(enrolled.database).replica).state = "active"
    assert leave(enrolled, _OfAnEarlierOffice(enrolled), CancelToken(), no_report).is_erased


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
