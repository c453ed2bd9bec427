"""Serials of visits after a store was lost, restored or replaced: none is given twice, and no gap is told that is none.

Own visits come down with their serials; where numbering goes on is what head office knows.
"""

import json
from datetime import date
from pathlib import Path
from uuid import UUID

from sqlalchemy import select

from app.headoffice import people
from app.headoffice.models import Replica
from app.headoffice.receipt import missing_serials, receipt
from app.models.visit import Visit
from app.runtime.ids import new_id
from app.services.visit_recording import VisitWriter
from app.storage.facts import LAST_SERIAL, read_fact
from app.sync.journal import SideJournal
from app.sync.receipt import build_summary
from app.sync.state import read_identity
from tests.sync.both.laptops import CLOCK, Laptop, Office
from tests.sync.tally import tally

DAY = date(2022, 4, 29)


def _visit(laptop: Laptop, office: Office) -> tuple[UUID, int]:
    """Make a visit as the program does: planned, then begun."""
    key = new_id()
    with laptop.edit() as session:
        session.add(Visit(id=key, customer_id=UUID(office.shop), day=DAY, status="planned"))
    with laptop.database.write_plain() as cursor:
        VisitWriter(cursor, "M1", key, CLOCK.now()).begin("1")
    return key, laptop.one("SELECT serial FROM visit WHERE id = ?", key.hex)


def _serials(laptop: Laptop) -> dict[str, int | None]:
    return dict(laptop.rows("SELECT id, serial FROM visit"))


def _gaps(office: Office) -> list[tuple[int, ...]]:
    with office.database.read() as session:
        return [gaps for one in session.scalars(select(Replica.id)) if (gaps := missing_serials(session, one))]


def _day_agrees(laptop: Laptop, office: Office) -> bool:
    replica = read_identity(laptop.database).replica
    with laptop.database.read() as session:
        request = build_summary(session, DAY, replica)
    answer = receipt(office.database, request, "M1", office.now())
    return not answer.differing_visits and not answer.missing_visits and not answer.missing_serials


def test_a_new_store_gets_its_own_visits_with_their_serials_and_numbers_on(
    laptop: Laptop, office: Office, tmp_path: Path
) -> None:
    laptop.sync()
    made = dict(_visit(laptop, office) for _ in range(3))
    laptop.sync()
    anew = Laptop(tmp_path / "anew", office)
    early, low = _visit_without_shop(anew)
    assert low == 1, "numbered before head office was heard"
    anew.sync()
    wanted = {key.hex: serial for key, serial in made.items()}
    assert {key: serial for key, serial in _serials(anew).items() if key != early.hex} == wanted
    assert _visit(anew, office)[1] == 5
    assert anew.one("SELECT serial FROM visit WHERE id = ?", early.hex) == 4, "the early one was numbered anew"
    anew.sync()
    assert office.one("SELECT count(DISTINCT serial) FROM visit") == office.one("SELECT count(*) FROM visit") == 5
    assert _gaps(office) == []
    assert _day_agrees(anew, office)
    assert anew.agrees()
    anew.close()
    tally("store lost, visits numbered on", 1)


def _visit_without_shop(laptop: Laptop) -> tuple[UUID, int]:
    """Make a visit before the first round: the shop came by a file."""
    from app.models.customer import Customer

    with laptop.database.deliver("import") as session:
        session.add(Customer(id=UUID(laptop.office.shop), cust_code="C1", cust_name="老周食杂店"))
    return _visit(laptop, laptop.office)


def test_a_store_from_a_backup_is_noticed_before_it_sends_and_numbers_on(
    laptop: Laptop, office: Office, tmp_path: Path
) -> None:
    laptop.sync()
    _visit(laptop, office)
    laptop.sync()
    laptop.copy_to(tmp_path / "backup")
    lost = dict(_visit(laptop, office) for _ in range(2))
    laptop.sync()
    laptop.restore_from(tmp_path / "backup")
    key, low = _visit(laptop, office)
    assert low == 2, "a number that head office has seen already"
    laptop.client.calls.clear()
    laptop.sync()
    assert laptop.client.calls[:4] == ["hello", "renew", "hello", "push"]
    serials = _serials(laptop)
    assert serials[key.hex] == 4
    assert {held.hex: serials[held.hex] for held in lost} == {held.hex: serial for held, serial in lost.items()}
    assert office.one("SELECT count(DISTINCT serial) FROM visit") == 4
    assert _gaps(office) == []
    assert _day_agrees(laptop, office)
    assert laptop.agrees()
    tally("store restored from a backup, serials", 1)


def test_what_comes_back_from_the_side_journal_keeps_its_serial_and_the_next_gets_another(
    laptop: Laptop, office: Office, tmp_path: Path
) -> None:
    laptop.sync()
    _visit(laptop, office)
    laptop.sync()
    waiting = [_visit(laptop, office)[1] for _ in range(2)]
    SideJournal.beside(laptop.database).catch_up(laptop.database)
    journal = laptop.database.path.with_name("unsent.journal").read_bytes()
    anew = Laptop(tmp_path / "anew", office)
    anew.database.path.with_name("unsent.journal").write_bytes(journal)
    assert SideJournal.beside(anew.database).replay(anew.database) > 0
    anew.sync()
    assert waiting == [2, 3]
    assert sorted(one for one in _serials(anew).values() if one is not None) == [1, 2, 3]
    assert _visit(anew, office)[1] == 4
    anew.sync()
    assert _gaps(office) == []
    assert _day_agrees(anew, office)
    anew.close()


def test_a_second_laptop_of_a_manager_does_not_move_the_numbers_of_the_first(
    laptop: Laptop, office: Office, tmp_path: Path
) -> None:
    laptop.sync()
    for _ in range(3):
        _visit(laptop, office)
    laptop.sync()
    second = Laptop(tmp_path / "second", office)
    second.sync()
    assert _visit(second, office)[1] == 4
    second.sync()
    laptop.sync()
    assert read_fact(laptop.database, LAST_SERIAL) == "3"
    assert _visit(laptop, office)[1] is not None
    laptop.sync()
    second.sync()
    assert _gaps(office) == []
    assert laptop.agrees()
    assert second.agrees()
    second.close()


def test_a_serial_of_a_visit_that_was_refused_is_not_given_again(
    laptop: Laptop, office: Office, tmp_path: Path
) -> None:
    laptop.sync()
    _visit(laptop, office)
    key, serial = _visit(laptop, office)
    with laptop.database.write_plain() as cursor:
        (body,) = cursor.execute('SELECT "set" FROM outbox WHERE row_id = ?', (key.hex,)).fetchone()
        broken = json.dumps(json.loads(body) | {"day": "kein Tag"})
        cursor.execute('UPDATE outbox SET "set" = ? WHERE row_id = ?', (broken, key.hex))
    assert laptop.sync().verdicts == {"applied": 1, "invalid": 1}
    office.do(lambda session: people.enrol_code(session, "M1", office.now()))
    anew = Laptop(tmp_path / "anew", office)
    anew.sync()
    assert _visit(anew, office)[1] == serial + 1
    anew.close()
