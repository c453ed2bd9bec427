"""Saving data over a phone hotspot: small pictures go, large ones wait for a better network or for tomorrow."""

from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import select

from app.headoffice.models import Blob
from app.models.visit import Visit
from app.runtime.settings import load_settings
from app.storage.database import Database
from app.sync.photo_budget import left_of_day, note_spent
from tests.headoffice.http.served import Served
from tests.sync.photos.both_sides import a_picture
from tests.ui.sync_person import Person

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


def photograph(person: Person, served: Served) -> None:
    shop = UUID(served.world.customers["C11"])
    with person.database.write(actor="M1", source="visit") as session:
        visit = Visit(customer_id=shop, day=date(2026, 3, 2), status="in_progress", serial=1)
        session.add(visit)
        session.flush()
        visit_id = visit.id
    photos = person.application.photos
    photos.add(visit_id, photos.prepare(a_picture()), place="counter")


def sizes(served: Served) -> list[int]:
    with served.world.database.read() as session:
        return sorted(session.scalars(select(Blob.size)))


def test_over_a_hotspot_only_the_small_picture_goes_and_the_page_says_so(person: Person, served: Served) -> None:
    person.open()
    person.enrol(served)
    person.press("savesData")
    person.preferences.set_photo_megabytes(0)
    photograph(person, served)
    person.sync_now()
    assert len(sizes(served)) == 1
    assert sizes(served)[0] < 40_000
    person.wait(lambda: "Large photos wait" in person.words("syncSaid"))
    assert load_settings(person.application.folder.settings).saves_data, "the next start knows it too"

    person.press("savesData")
    person.sync_now()
    assert len(sizes(served)) == 2
    person.wait(lambda: "Large photos wait" not in person.words("syncSaid"))


def test_the_megabytes_of_a_day_are_counted_and_a_new_day_begins_anew(database: Database) -> None:
    day, next_day = date(2026, 3, 2), date(2026, 3, 3)
    assert left_of_day(database, day, 20) == 20_000_000
    note_spent(database, day, 15_000_000)
    note_spent(database, day, 3_000_000)
    assert left_of_day(database, day, 20) == 2_000_000
    assert left_of_day(database, day, 10) == 0
    assert left_of_day(database, next_day, 20) == 20_000_000
    note_spent(database, next_day, 1)
    assert left_of_day(database, next_day, 20) == 19_999_999
