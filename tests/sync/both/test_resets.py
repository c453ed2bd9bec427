"""Scopes that are loaded anew: the laptop's rows count as unknown, and what was withdrawn meanwhile goes."""

from datetime import date
from pathlib import Path
from uuid import UUID

from sqlalchemy import text

from app.bootstrap.application import Application
from app.bootstrap.sync_rounds import SyncRounds
from app.domain.text import Language
from app.headoffice import people
from app.models.customer import Customer
from app.models.visit import Visit
from app.runtime.cancel import CancelToken, no_report
from app.runtime.ids import new_id
from app.storage.database import Database
from app.sync.engine import Outcome
from app.sync.journal import SideJournal
from app.sync.protocol import PullAnswer, PullRequest, PushAnswer, PushRequest
from tests.sync.both.laptops import CLOCK, Laptop, Office


def _ask_reset(laptop: Laptop) -> None:
    with laptop.database.note() as cursor:
        cursor.execute("UPDATE sync_cursor SET state = 'reset'")


def _visit(laptop: Laptop, office: Office, serial: int | None = None) -> UUID:
    key = new_id()
    with laptop.edit() as session:
        day = date(2022, 4, 29)
        session.add(Visit(id=key, customer_id=UUID(office.shop), day=day, status="done", serial=serial))
    return key


def test_a_scope_that_is_loaded_anew_replaces_rows_of_higher_versions(laptop: Laptop, office: Office) -> None:
    laptop.sync()
    with laptop.database.note() as cursor:
        cursor.execute("UPDATE row_state SET version = 99, digest = 7")
        cursor.execute("UPDATE customer SET cust_name = '未来', revision = 99")
    _ask_reset(laptop)
    laptop.sync()
    assert laptop.rows("SELECT cust_name, revision FROM customer") == [
        ("老周食杂店", office.one("SELECT revision FROM customer"))
    ]
    assert laptop.agrees()


def test_a_row_marked_as_gone_comes_back_with_a_load_whatever_its_version(laptop: Laptop) -> None:
    laptop.sync()
    with laptop.database.note() as cursor:
        cursor.execute("UPDATE row_state SET version = 99, scope = '-' WHERE tbl = 'product'")
    _ask_reset(laptop)
    laptop.sync()
    assert laptop.one("SELECT count(*) FROM product WHERE deleted_at IS NULL") == 1
    assert laptop.agrees()


def test_a_row_deleted_at_head_office_goes_with_a_load_whatever_its_version_here(
    laptop: Laptop, office: Office
) -> None:
    extra = str(new_id())
    office.write("product", extra, {"sku_code": "P2", "name": "停产"})
    laptop.sync()
    with laptop.database.note() as cursor:
        cursor.execute("UPDATE row_state SET version = 99")
    office.write("product", extra, {}, deleted=True)
    _ask_reset(laptop)
    laptop.sync()
    assert laptop.rows("SELECT sku_code FROM product") == [("P1",)]
    assert laptop.agrees()


def test_what_waits_stays_on_top_of_a_scope_that_is_loaded_anew(laptop: Laptop, office: Office) -> None:
    laptop.sync()
    _ask_reset(laptop)

    def meanwhile(call: str) -> None:
        if call == "pull":
            laptop.client.before_answer = None
            with laptop.edit() as session:
                session.get_one(Customer, UUID(office.shop)).opening_hours = "8-20"

    laptop.client.before_answer = meanwhile
    laptop.sync()
    assert laptop.one("SELECT opening_hours FROM customer") == "8-20"
    assert laptop.sync().verdicts == {"applied": 1}
    assert laptop.agrees()


def test_after_a_changed_epoch_each_scope_is_asked_for_with_zeros(laptop: Laptop, office: Office) -> None:
    laptop.sync()
    asked: list[dict[str, tuple[int, int, int]]] = []
    through = laptop.client.pull

    def note(request: PullRequest) -> PullAnswer:
        asked.append(dict(request.cursors))
        return through(request)

    laptop.client.pull = note  # pyright: ignore[reportAttributeAccessIssue]
    office.database.renew_epoch()
    laptop.sync()
    assert set(asked[0]) == {"ref:catalogue", "terr:T1", "mgr:M1"}
    assert set(asked[0].values()) == {(0, 0, 0)}
    assert laptop.agrees()


def test_a_scope_that_is_to_be_loaded_anew_and_was_withdrawn_meanwhile_is_dropped(
    laptop: Laptop, office: Office
) -> None:
    laptop.sync()
    _ask_reset(laptop)
    office.do(lambda session: people.withdraw(session, "M1", "terr:T1", office.now()))
    laptop.sync()
    assert laptop.one("SELECT count(*) FROM customer") == 0
    assert laptop.one("SELECT count(*) FROM sync_cursor WHERE scope = 'terr:T1'") == 0


def test_the_answer_of_a_push_is_taken_into_a_scope_that_is_to_be_loaded_anew(laptop: Laptop, office: Office) -> None:
    laptop.sync()
    office.write("customer", office.shop, {"shop_name": "新招牌"})
    with laptop.edit() as session:
        session.get_one(Customer, UUID(office.shop)).opening_hours = "8-20"
    _ask_reset(laptop)
    laptop.client.faults = ["ok", "ok", "before"]
    assert laptop.sync().outcome is Outcome.OFFLINE
    assert laptop.one("SELECT shop_name FROM customer") == "新招牌"


def test_a_colleagues_visit_with_the_same_serial_comes_beside_ours(
    laptop: Laptop, office: Office, tmp_path: Path
) -> None:
    office.do(lambda session: people.grant(session, "M2", "terr:T1", office.now()))
    colleague = Laptop(tmp_path / "colleague", office, "M2")
    laptop.sync()
    colleague.sync()
    ours, theirs = _visit(laptop, office, serial=1), _visit(colleague, office, serial=1)
    laptop.sync()
    colleague.sync()
    laptop.sync()
    assert office.one("SELECT count(*) FROM visit WHERE serial = 1") == 2
    assert dict(laptop.rows("SELECT id, serial FROM visit")) == {ours.hex: 1, theirs.hex: None}
    assert dict(colleague.rows("SELECT id, serial FROM visit")) == {ours.hex: None, theirs.hex: 1}
    assert laptop.agrees()
    assert colleague.agrees()
    assert laptop.one("SELECT count(*) FROM quarantine_row") == 0
    colleague.close()


def _in_journal(database: Database) -> int:
    return len(SideJournal.beside(database).read())


def test_the_side_journal_is_kept_with_each_batch_of_a_round(laptop: Laptop, office: Office) -> None:
    laptop.sync()
    for _ in range(3):
        _visit(laptop, office)
    lengths: list[int] = []
    through = laptop.client.push

    def note(request: PushRequest) -> PushAnswer:
        lengths.append(_in_journal(laptop.database))
        answer = through(request)
        _visit_once()
        return answer

    added: list[UUID] = []

    def _visit_once() -> None:
        if not added:
            added.append(_visit(laptop, office))

    laptop.client.push = note  # pyright: ignore[reportAttributeAccessIssue]
    laptop.sync()
    assert lengths == [3, 1]
    assert _in_journal(laptop.database) == 0


def test_between_the_rounds_what_is_saved_goes_into_the_side_journal(laptop: Laptop, office: Office) -> None:
    application = Application(laptop.folder, CLOCK, Language.ZH, laptop.database, closed_cleanly=True)
    rounds = SyncRounds(application, photos=False, connect=lambda _cancel: laptop.client)
    assert rounds.run(CancelToken(), no_report).outcome is Outcome.DONE
    _visit(laptop, office)
    assert rounds.keep_journal() == 1
    assert rounds.keep_journal() == 0
    assert _in_journal(laptop.database) == 1
    assert rounds.run(CancelToken(), no_report).verdicts == {"applied": 1}
    assert _in_journal(laptop.database) == 0


def test_a_disk_that_takes_no_journal_keeps_nothing_from_head_office(laptop: Laptop, office: Office) -> None:
    laptop.sync()
    laptop.database.path.with_name("unsent.journal").unlink(missing_ok=True)
    laptop.database.path.with_name("unsent.journal").mkdir()
    _visit(laptop, office)
    assert laptop.sync().verdicts == {"applied": 1}


def test_a_head_office_that_lost_a_version_is_followed_back(laptop: Laptop, office: Office) -> None:
    office.write("customer", office.shop, {"shop_name": "旧招牌"})
    office.close()
    backup = office.path.read_bytes()
    office.write("customer", office.shop, {"shop_name": "新招牌"})
    laptop.sync()
    office.close()
    for suffix in ("-wal", "-shm"):
        office.path.with_name(office.path.name + suffix).unlink(missing_ok=True)
    office.path.write_bytes(backup)
    office.database.renew_epoch()
    with office.database.read() as session:
        version = session.execute(text("SELECT revision FROM customer")).scalar()
    laptop.sync()
    assert laptop.rows("SELECT shop_name, revision FROM customer") == [("旧招牌", version)]
    assert laptop.agrees()
