"""The precheck of a round against a real head office: too little room, a low battery, a person who goes on."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.bootstrap.application import Application
from app.bootstrap.sync_laptop import Laptop
from app.bootstrap.sync_rounds import SyncRounds
from app.domain.precheck import AMPLE, LEAST_FREE, Held, Room
from app.headoffice.models import Blob
from app.models.customer import Customer
from app.models.visit import Visit
from app.runtime.cancel import CancelToken, no_report
from app.runtime.clock import Clock
from app.runtime.power import Battery
from app.sync.client import OfficeClient
from app.sync.engine import Outcome
from app.sync.enrolment import client_for
from app.sync.overview import read_overview
from app.sync.protocol import BlobAnswer, EstimateAnswer, EstimateRequest
from app.sync.trouble import NoConnection
from tests.headoffice.http.served import Served
from tests.sync.photos.both_sides import a_picture

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
LOW = Battery(9, is_plugged=False)


def with_free(
    application: Application, free: int, connect: Callable[[CancelToken], OfficeClient] | None = None
) -> SyncRounds:
    laptop = Laptop(application.folder.root, battery=lambda: None, free=lambda _folder: free)
    return SyncRounds(application, laptop=laptop, connect=connect)


def hours_here(application: Application) -> object:
    with application.database.read() as session:
        return session.scalars(select(Customer.opening_hours).where(Customer.cust_code == "C12")).one()


def visits_at(served: Served) -> int:
    with served.world.database.read() as session:
        return len(session.scalars(select(Visit.id)).all())


@pytest.fixture
def changed(enrolled: Application, served: Served) -> Application:
    """Return a laptop for which head office holds something new."""
    served.world.put("customer", served.world.customers["C12"], {"opening_hours": "6-23"})
    return enrolled


def test_without_room_what_waits_goes_up_and_what_is_new_comes_once_there_is_room(
    changed: Application, served: Served
) -> None:
    rounds = with_free(changed, LEAST_FREE - 1)
    result = rounds.run(CancelToken(), no_report)
    assert (result.outcome, result.sent, result.received) == (Outcome.NO_ROOM, 1, 0)
    assert rounds.room == Room(LEAST_FREE - 1)
    assert visits_at(served) == 1
    assert hours_here(changed) != "6-23"
    assert result.next is not None
    assert result.next.reason == "timer", "it is no failure of the line: the next round comes when it always does"

    again = with_free(changed, LEAST_FREE)
    assert again.run(CancelToken(), no_report).outcome is Outcome.DONE
    assert again.room is None
    assert hours_here(changed) == "6-23"


class _Reckoning:
    """A connection over which head office reckons that very much comes, or is not reached for that."""

    def __init__(self, application: Application, cancel: CancelToken, packed: int | None) -> None:
        self._client = client_for(application.database, cancel)
        self._packed = packed
        self.asked = 0

    def estimate(self, request: EstimateRequest) -> EstimateAnswer:
        self.asked += 1
        if self._packed is None:
            raise NoConnection
        return self._client.estimate(request).model_copy(update={"packed": self._packed})

    def __getattr__(self, name: str) -> object:
        return getattr(self._client, name)


@pytest.mark.parametrize(
    ("free", "packed", "outcome", "asked"),
    [
        (999_000_000, 50_000_000, Outcome.NO_ROOM, 1),
        (1_001_000_000, 50_000_000, Outcome.DONE, 1),
        (300_000_000, None, Outcome.DONE, 1),
        (AMPLE, 5_000_000_000, Outcome.DONE, 0),
        (100_000_000, 1, Outcome.NO_ROOM, 0),
    ],
)
def test_head_office_is_asked_how_much_comes_where_that_could_be_too_much(
    changed: Application, free: int, packed: int | None, outcome: Outcome, asked: int
) -> None:
    made: list[_Reckoning] = []

    def connect(cancel: CancelToken) -> OfficeClient:
        made.append(_Reckoning(changed, cancel, packed))
        return made[-1]  # type: ignore[return-value]

    rounds = with_free(changed, free, connect)
    assert rounds.run(CancelToken(), no_report).outcome is outcome
    assert made[0].asked == asked
    assert (rounds.room is None) == (outcome is Outcome.DONE)


def test_a_disk_that_does_not_tell_its_room_stops_nothing(changed: Application) -> None:
    def fails(_folder: object) -> int:
        raise OSError

    rounds = SyncRounds(changed, laptop=Laptop(changed.folder.root, free=fails))
    assert rounds.run(CancelToken(), no_report).outcome is Outcome.DONE
    assert hours_here(changed) == "6-23"


def sizes(served: Served) -> list[int]:
    with served.world.database.read() as session:
        return sorted(session.scalars(select(Blob.size)))


def test_on_a_low_battery_a_round_by_itself_leaves_the_large_photo_and_a_person_sends_it(
    enrolled: Application, served: Served
) -> None:
    with enrolled.database.read() as session:
        visit = session.scalars(select(Visit.id)).one()
    photos = enrolled.photos
    photos.add(visit, photos.prepare(a_picture()), place="counter")
    rounds = SyncRounds(enrolled, laptop=Laptop(enrolled.folder.root, battery=lambda: LOW))

    assert rounds.run(CancelToken(), no_report).outcome is Outcome.DONE
    assert len(sizes(served)) == 1, "only the small picture"
    assert rounds.held_for is Held.BATTERY
    assert rounds.lane is not None
    assert rounds.lane.waiting == 1

    assert rounds.run(CancelToken(), no_report, is_asked=True).outcome is Outcome.DONE
    assert len(sizes(served)) == 2
    assert (rounds.held_for, rounds.lane.waiting) == (Held.NONE, 0)


class _CutAmongPhotos:
    """A connection that is lost when so many parts of photos have gone."""

    def __init__(self, application: Application, cancel: CancelToken, parts: int) -> None:
        self._client = client_for(application.database, cancel)
        self._left = parts

    def append_blob(self, upload: str, offset: int, chunk: bytes) -> BlobAnswer:
        if self._left == 0:
            raise NoConnection
        self._left -= 1
        return self._client.append_blob(upload, offset, chunk)

    def __getattr__(self, name: str) -> object:
        return getattr(self._client, name)


@pytest.mark.parametrize("parts", [0, 1])
def test_a_line_lost_among_the_photos_ends_the_round_as_offline_and_is_tried_again_soon(
    enrolled: Application, parts: int
) -> None:
    with enrolled.database.read() as session:
        visit = session.scalars(select(Visit.id)).one()
    enrolled.photos.add(visit, enrolled.photos.prepare(a_picture(1)), place="counter")
    before = read_overview(enrolled.database, Clock().now()).last_round

    def connect(cancel: CancelToken) -> OfficeClient:
        return _CutAmongPhotos(enrolled, cancel, parts)  # type: ignore[return-value]

    rounds = SyncRounds(enrolled, connect=connect)
    result = rounds.run(CancelToken(), no_report)
    assert (result.outcome, result.sent > 0) == (Outcome.OFFLINE, True)
    assert result.next is not None
    assert result.next.reason == "backoff"
    assert result.next.at - Clock().now() < timedelta(seconds=11), "the records went: it is the first failure"
    assert result.overview is not None
    assert (result.overview.photos_waiting, result.overview.last_round) == (1, before)
    assert not enrolled.photos.delivered(visit)
    again = SyncRounds(enrolled).run(CancelToken(), no_report)
    assert again.outcome is Outcome.DONE
    assert again.overview is not None
    assert again.overview.photos_waiting == 0
    assert len(enrolled.photos.delivered(visit)) == 1


def test_a_person_who_stops_among_the_photos_has_not_finished_a_round(enrolled: Application) -> None:
    with enrolled.database.read() as session:
        visit = session.scalars(select(Visit.id)).one()
    enrolled.photos.add(visit, enrolled.photos.prepare(a_picture(2)), place="counter")
    before = read_overview(enrolled.database, Clock().now()).last_round
    cancel = CancelToken()
    rounds = SyncRounds(enrolled, photo_report=lambda progress: cancel.cancel() if progress.bytes_sent else None)
    result = rounds.run(cancel, no_report)
    assert result.outcome is Outcome.STOPPED
    assert result.overview is not None
    assert result.overview.last_round == before
