"""What sync did by itself is said once on the sync page, and stays to be read again; a record set aside says why."""

import pytest

from app.headoffice import parked
from app.storage.facts import read_fact
from app.sync.state import REPLICA
from tests.headoffice.http.served import Served
from tests.ui.sync_person import Person

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


def test_shops_that_left_are_a_notice_until_it_is_read_and_a_line_of_the_log_after(
    person: Person, served: Served
) -> None:
    person.open()
    person.enrol(served)
    assert not person.shows("syncNotice")
    assert not person.shows("happeningsShow")
    served.world.move("C11", "T2")
    person.sync_now()
    person.wait(lambda: person.shows("syncNotice"))
    assert "Went to another territory: Sun." in person.words("syncNotice")
    person.press("syncNoticeRead")
    person.wait(lambda: not person.shows("syncNotice"))
    person.sync_now()
    assert not person.shows("syncNotice")
    assert person.words("happeningsShow") == "What happened by itself · 1"
    person.press("happeningsShow")
    assert person.shows("happeningsList")
    person.press("happeningsShow")
    assert not person.shows("happeningsList")


def test_a_parked_record_that_head_office_sets_aside_says_why(person: Person, served: Served) -> None:
    person.open()
    person.enrol(served)
    replica = read_fact(person.database, REPLICA) or ""
    visit = person.note_visit(served)
    with person.database.write_plain() as cursor:  # of a shop that head office does not know
        cursor.execute(
            """UPDATE outbox SET "set" = json_set("set", '$.customer_id', ?)""", (visit,)
        )  # fmt: skip
    person.sync_now()
    person.wait(lambda: person.shows("refusedWhy"))
    assert "has not reached head office" in person.words("refusedWhy")
    with served.world.database.write() as session:
        parked.drop(session, replica, 1, "重复录入")
    person.sync_now()
    person.wait(lambda: "“重复录入”" in person.words("refusedWhy"))
    assert "did not take: 1" in person.words("syncNotice")
