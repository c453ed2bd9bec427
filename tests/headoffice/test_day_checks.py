"""Whether a day agrees is what the newest comparison said, for each laptop that is in use, on both databases."""

from collections.abc import Generator
from datetime import timedelta
from pathlib import Path

import pytest

from app.headoffice import people
from app.headoffice.database import OfficeDatabase
from app.headoffice.day_checks import LaptopDay, checks_of, differences, ended, latest
from app.models.visit import Visit
from tests.sync.photos.both_sides import DAY, Laptop, OfficeSide, a_picture


@pytest.fixture
def office(database: OfficeDatabase, tmp_path: Path) -> OfficeSide:
    return OfficeSide(database, tmp_path / "blobs")


@pytest.fixture
def laptop(office: OfficeSide, tmp_path: Path) -> Generator[Laptop]:
    made = Laptop(office, tmp_path / "laptop")
    yield made
    made.close()


def days(office: OfficeSide) -> tuple[LaptopDay, ...]:
    with office.database.read() as session:
        return checks_of(session, ["M1", "nobody"], DAY.isoformat()).get("M1", ())


def told(office: OfficeSide) -> list[tuple[str, dict[str, int]]]:
    return [(one.ended, one.differences) for one in days(office)]


def test_an_agreement_hides_no_later_difference_and_a_later_agreement_ends_it(
    laptop: Laptop, office: OfficeSide
) -> None:
    assert told(office) == [("none", {})]
    laptop.visit([a_picture(1)])
    laptop.push_rows()
    laptop.send_photos()
    assert laptop.ask().complete
    assert told(office) == [("complete", {})]
    laptop.visit([a_picture(2)])
    assert not laptop.ask().complete
    assert told(office) == [("differs", {"missing_visits": 1, "missing_photos": 1, "missing_serials": 1})]
    laptop.push_rows()
    laptop.ask()
    assert told(office) == [("differs", {"missing_photos": 1})]
    laptop.send_photos()
    laptop.ask()
    assert told(office) == [("complete", {})]


def test_what_agrees_while_a_visit_is_under_way_is_no_complete_day(laptop: Laptop, office: OfficeSide) -> None:
    key = laptop.visit([])
    with laptop.database.write() as session:
        session.get_one(Visit, key).status = "in_progress"
    laptop.push_rows()
    assert not laptop.ask().complete
    assert told(office) == [("open", {})]


def test_a_visit_under_way_may_differ_without_red_and_hides_no_other_difference(
    laptop: Laptop, office: OfficeSide
) -> None:
    under_way, other = laptop.visit([]), laptop.visit([a_picture(1)])
    with laptop.database.write() as session:
        session.get_one(Visit, under_way).status = "in_progress"
    laptop.push_rows()
    laptop.send_photos()
    with laptop.database.write() as session:
        session.get_one(Visit, under_way).wrap_note = "typed since"
        laptop.add_photo(session, under_way, a_picture(2))
    assert not laptop.ask().complete
    assert told(office) == [("open", {})]
    with laptop.database.write() as session:
        session.get_one(Visit, other).wrap_note = "typed since"
    laptop.ask()
    assert told(office) == [("differs", {"differing_visits": 1})]
    with laptop.database.write() as session:
        session.get_one(Visit, under_way).status = "refused"
    laptop.push_rows()
    laptop.ask()
    assert told(office) == [("differs", {"missing_photos": 1})]


def test_a_visit_under_way_that_head_office_never_got_is_missing(laptop: Laptop, office: OfficeSide) -> None:
    key = laptop.visit([])
    with laptop.database.write() as session:
        session.get_one(Visit, key).status = "in_progress"
    laptop.ask()
    assert told(office) == [("differs", {"missing_visits": 1, "missing_serials": 1})]


def test_a_laptop_out_of_use_says_nothing_about_today(laptop: Laptop, office: OfficeSide) -> None:
    laptop.visit([])
    laptop.push_rows()
    laptop.ask()
    with office.database.write() as session:
        people.revoke(session, laptop.replica, office.now)
    assert days(office) == ()
    with office.database.read() as session:
        [(check, device)] = latest(session, "M1")
        assert (check.day, ended(check), differences(check), check.visits) == (DAY.isoformat(), "complete", {}, 1)
        assert device


def test_a_laptop_under_another_identity_is_one_laptop_and_its_newest_word_counts(
    laptop: Laptop, office: OfficeSide
) -> None:
    laptop.visit([])
    assert not laptop.ask().complete
    with office.database.write() as session:
        laptop.replica = people.renew_replica(session, laptop.replica, office.now)
    office.now += timedelta(minutes=1)
    laptop.push_rows()
    assert laptop.ask().complete
    assert told(office) == [("complete", {})]
