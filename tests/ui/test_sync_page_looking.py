"""The sync page: looking first, scanned codes, deciding many at once, taking a decision back; with a head office."""

from pathlib import Path
from uuid import UUID

import pytest
import segno
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QLineEdit

from app.headoffice import people
from app.models.customer import Customer
from app.services.sync_facts import Ended
from app.storage.facts import write_fact
from app.sync.enrol_payload import write_payload
from app.sync.look_ahead import LookAhead
from app.sync.state import URL
from tests.headoffice.http.served import Served
from tests.ui.sync_person import LONG_MS, Person

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


def _field(person: Person, name: str) -> QLineEdit:
    found = person.find(name)
    assert isinstance(found, QLineEdit)
    return found


def _text(person: Person, name: str) -> str:
    return _field(person, name).text()


def _looked(person: Person) -> LookAhead:
    person.press("syncLook")
    person.wait(lambda: person.sync.looking.ahead is not None)
    ahead = person.sync.looking.ahead
    assert isinstance(ahead, LookAhead)
    return ahead


def test_looking_first_tells_what_goes_and_comes_and_changes_nothing(person: Person, served: Served) -> None:
    person.open()
    person.enrol(served)
    person.note_visit(served)
    served.world.put("customer", served.world.customers["C12"], {"opening_hours": "6-23"})
    before = served.world.rows("terr:T1")
    ahead = _looked(person)
    assert (ahead.going.operations, ahead.going.by_table) == (1, {"visit": 1})
    assert ahead.coming is not None
    assert ahead.coming.by_table == {"customer": 1}
    assert ahead.seconds is not None
    assert served.world.rows("terr:T1") == before
    assert person.rows("SELECT state FROM outbox") == [("pending",)]
    assert person.shows("aheadBox")
    person.press("aheadClose")
    assert not person.shows("aheadBox")
    person.sync_now()
    assert (person.sync.last is not None and person.sync.last.sent, person.rows("SELECT count(*) FROM outbox")) == (
        ahead.going.operations,
        [(0,)],
    )


def test_without_a_network_looking_tells_what_waits_and_that_the_rest_is_not_known(
    person: Person, served: Served
) -> None:
    person.open()
    person.enrol(served)
    person.note_visit(served)
    write_fact(person.database, URL, "http://127.0.0.1:9")
    ahead = _looked(person)
    assert (ahead.going.operations, ahead.coming, ahead.seconds) == (1, None, None)
    assert not person.sync.needs_person


def test_a_hand_scanner_types_the_whole_line_into_either_field(person: Person) -> None:
    payload = write_payload("https://office.example:8420/总部", "ABCD-EFGH-JKLM")
    person.open()
    for name in ("enrolUrl", "enrolCode"):
        for each in ("enrolUrl", "enrolCode"):
            _field(person, each).clear()
        person.qtbot.keyClicks(_field(person, name), payload)
        person.wait(lambda: _text(person, "enrolCode") == "ABCD-EFGH-JKLM")
        assert _text(person, "enrolUrl") == "https://office.example:8420/总部"


def test_what_is_typed_by_hand_stays_as_it_was_typed(person: Person) -> None:
    person.open()
    person.qtbot.keyClicks(_field(person, "enrolUrl"), "https://office.example")
    person.qtbot.keyClicks(_field(person, "enrolCode"), "ABCD-EFGH")
    assert (_text(person, "enrolUrl"), _text(person, "enrolCode")) == ("https://office.example", "ABCD-EFGH")


def test_a_picture_of_the_code_enrols_from_a_screenshot_a_drop_and_a_file(
    person: Person, served: Served, tmp_path: Path
) -> None:
    with served.world.database.write() as session:
        code = people.enrol_code(session, "M1", served.world.now)
    picture = tmp_path / "码.png"
    segno.make(write_payload(served.url, code), error="m", micro=False).save(str(picture), scale=6)
    person.open()
    card = _field(person, "enrolCode").parentWidget()
    QGuiApplication.clipboard().setImage(QImage(str(picture)))
    person.press("enrolPaste")
    person.wait(lambda: _text(person, "enrolCode") == code)
    _field(person, "enrolCode").clear()
    person.qtbot.keyClick(_field(person, "enrolCode"), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    person.wait(lambda: _text(person, "enrolCode") == code)
    _field(person, "enrolCode").clear()
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(picture))])
    while card is not None and not card.acceptDrops():
        card = card.parentWidget()
    assert card is not None
    copy, button, key = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    card.dropEvent(QDropEvent(QPoint(5, 5).toPointF(), copy, dropped, button, key))
    person.wait(lambda: _text(person, "enrolCode") == code)
    person.press("enrolNow")
    person.wait(lambda: person.sync.last is not None and not person.sync.is_running)
    assert person.sync.last is not None
    assert person.sync.last.ended is Ended.DONE


def test_a_picture_without_a_code_is_said_plainly(person: Person) -> None:
    person.open()
    blank = QImage(200, 200, QImage.Format.Format_RGB32)
    blank.fill(Qt.GlobalColor.white)
    QGuiApplication.clipboard().setImage(blank)
    person.press("enrolPaste")
    person.wait(lambda: person.shows("enrolProblem"))
    assert "No code" in person.words("enrolProblem")
    assert _text(person, "enrolCode") == ""


def _clash(person: Person, served: Served, *shops: str) -> None:
    """Let both sides change the opening hours of shops, and the laptop's value lose."""
    for shop in shops:
        key = served.world.customers[shop]
        with person.database.write(actor="M1", source="archive") as session:
            session.get_one(Customer, UUID(key)).opening_hours = "7-21"
        served.world.put("customer", key, {"opening_hours": "9-19"})
    person.sync_now()
    for (key,) in person.rows("SELECT id FROM sync_conflict"):
        served.world.put("sync_conflict", str(UUID(str(key))), {"state": "open"})
    person.sync_now()
    person.wait(lambda: person.shows("conflictUse"))


def _hours(person: Person) -> list[object]:
    return [hours for (hours,) in person.rows("SELECT opening_hours FROM customer ORDER BY cust_code")]


def test_what_is_decided_here_no_longer_counts_as_needing_the_person(person: Person, served: Served) -> None:
    person.open()
    person.enrol(served)
    _clash(person, served, "C11")
    person.wait(lambda: person.sync.needs_person)
    write_fact(person.database, URL, "http://127.0.0.1:9")
    person.press("conflictTheirs")
    person.press("conflictUse")
    person.wait(lambda: not person.sync.needs_person and not person.sync.is_running)
    person.wait(lambda: person.shows("conflictState"))
    assert person.words("conflictState") == "decided, goes up next"


def test_a_decision_that_has_not_gone_up_is_taken_back_and_the_queue_has_no_gap(person: Person, served: Served) -> None:
    person.open()
    person.enrol(served)
    _clash(person, served, "C11")
    person.sync.pause()
    person.press("conflictTheirs")
    person.press("conflictUse")
    person.wait(lambda: person.shows("conflictTakeBack"))
    person.note_visit(served)
    before = person.rows("SELECT min(no) FROM outbox")
    person.press("conflictTakeBack")
    person.wait(lambda: not person.shows("conflictTakeBack"))
    assert person.rows("SELECT tbl FROM outbox") == [("visit",)]
    assert person.rows("SELECT no FROM outbox") == before
    person.wait(lambda: person.sync.needs_person)
    person.sync_now()
    assert person.rows("SELECT state FROM sync_conflict") == [("open",)]


def test_a_decision_at_head_office_is_taken_back_by_a_new_operation(person: Person, served: Served) -> None:
    person.open()
    person.enrol(served)
    _clash(person, served, "C11")
    person.press("conflictTheirs")
    with person.qtbot.waitSignal(person.sync.ended, timeout=LONG_MS):
        person.press("conflictUse")
    person.wait(lambda: person.shows("mergedShow"))
    assert _hours(person)[0] == "9-19"
    person.press("mergedShow")
    person.wait(lambda: person.shows("conflictTakeBack"))
    assert person.words("conflictState").startswith("decided by you")
    with person.qtbot.waitSignal(person.sync.ended, timeout=LONG_MS):
        person.press("conflictTakeBack")
    person.wait(lambda: _hours(person)[0] == "7-21")
    assert person.rows("SELECT count(*) FROM sent_op WHERE kind = 'command'") == [(2,)]
    assert person.rows("SELECT state, kept FROM sync_conflict") == [("settled", "yours")]


def test_one_choice_decides_all_records(person: Person, served: Served) -> None:
    person.open()
    person.enrol(served)
    _clash(person, served, "C11", "C12")
    person.wait(lambda: person.shows("allUse"))
    person.press("allTheirs")
    with person.qtbot.waitSignal(person.sync.ended, timeout=LONG_MS):
        person.press("allUse")
    person.wait(lambda: not person.shows("conflictUse"))
    assert _hours(person) == ["9-19", "9-19"]
    assert person.rows("SELECT DISTINCT state, kept FROM sync_conflict") == [("settled", "theirs")]


def test_a_choice_that_was_not_sent_yet_outlives_a_round_that_brings_more(person: Person, served: Served) -> None:
    person.open()
    person.enrol(served)
    _clash(person, served, "C11")
    person.press("conflictTheirs")
    _clash(person, served, "C12")
    person.wait(lambda: person.shows("allUse"))
    with person.qtbot.waitSignal(person.sync.ended, timeout=LONG_MS):
        person.press("allUse")
    person.wait(lambda: not person.shows("conflictUse"))
    assert _hours(person) == ["9-19", "7-21"]
