"""`zoufang sync --dry-run`, `zoufang headoffice enrol-code --qr`, and what commands do past the lease."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from PIL import Image

from app.bootstrap.application import Application
from app.bootstrap.sync_door import SyncDoor
from app.cli.sync_ahead_words import counted
from app.cli.sync_trouble_words import enrol_trouble, sync_trouble
from app.domain.text import Language
from app.runtime.clock import Clock
from app.storage.store import close_store, open_store
from app.storage.vault import Vault
from app.sync.enrol_payload import read_payload
from app.sync.protocol import Trouble
from app.sync.secrets import Secrets, keep_secrets, new_key
from app.sync.state import Identity, lease_terms, note_contact, put_identity
from app.sync.trouble import Refused
from tests.builders import a_customer, a_visit
from tests.cli.program import Zoufang
from tests.conftest import PASSWORD

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
REPLICA = "0190b1c0-0000-7000-8000-000000000001"
DAY = timedelta(days=1)


@pytest.fixture
def enrolled(zoufang: Zoufang) -> Zoufang:
    """Give the program on a store whose head office cannot be reached, and was an hour ago."""
    return _enrol(zoufang, timedelta(hours=1))


def _enrol(zoufang: Zoufang, ago: timedelta) -> Zoufang:
    key = Vault(zoufang.folder.vault, use_keyring=False).unlock(PASSWORD)
    database = open_store(zoufang.folder, key).database
    last = datetime.now(UTC) - ago
    with database.note() as cursor:
        put_identity(cursor, Identity("https://127.0.0.1:9", REPLICA, "M1", "王经理", "T1", "", "e"))
        note_contact(cursor, last, last, last + 14 * DAY)
    keep_secrets(database, REPLICA, Secrets("token", new_key()[0]), use_keyring=False)
    with database.write() as session:
        a_visit(session, a_customer(session, "C9"), last.date(), "done", serial=1)
    close_store(database)
    return zoufang


def test_a_dry_run_is_one_object_and_without_a_network_says_that_the_rest_is_not_known(enrolled: Zoufang) -> None:
    told = enrolled("sync", "--dry-run", "--json").worked().data
    assert (told["dry_run"], told["reached"], told["comes"], told["seconds"]) == (True, False, None, None)
    assert told["goes"]["operations"] == told["waits"] > 0
    assert told["goes"]["by_kind"] == {"insert": told["waits"]}
    assert told["goes"]["bytes_packed"] > 0
    words = enrolled("sync", "--dry-run", lang="zh").worked().out
    assert "现在连不上总部" in words
    assert "什么都没有上传" in words
    assert enrolled("sync", "--dry-run", "--json").worked().data["waits"] == told["waits"]


def test_enrol_sets_a_store_up_where_there_is_none(nothing: Zoufang, monkeypatch: pytest.MonkeyPatch) -> None:
    words = ("enrol", "--url", "https://127.0.0.1:9", "--code", "code-code")
    assert "ZOUFANG_PASSWORD" in nothing(*words).refused_with(3)
    assert not nothing.folder.store.exists()
    monkeypatch.setenv("ZOUFANG_PASSWORD", PASSWORD)
    assert "Head office cannot be reached" in nothing(*words).refused_with(2)
    assert nothing("customers").code == 0, "the store is there for the next try"


@pytest.mark.parametrize(
    ("code", "at_enrolment", "later"),
    [
        ("token", "does not take this code", "does not know this laptop"),
        ("revoked", "has closed this laptop's access", "has closed this laptop's access"),
        ("gap", "(gap)", "(gap)"),
    ],
)
def test_what_head_office_refuses_is_said_in_words(code: Any, at_enrolment: str, later: str) -> None:
    refused = Refused(Trouble(error=code))
    assert at_enrolment in enrol_trouble(refused).text.en
    assert later in sync_trouble(refused).text.en


@pytest.mark.parametrize(("count", "said"), [(0, "0 records"), (1, "1 record"), (2, "2 records")])
def test_a_number_has_its_noun(count: int, said: str) -> None:
    assert counted(count, "record") == said


def test_past_the_lease_only_what_leads_to_head_office_works(zoufang: Zoufang, tmp_path: Path) -> None:
    _enrol(zoufang, 15 * DAY)
    for words in (("today",), ("customers",), ("search", "C9"), ("customer", "C9")):
        line = zoufang(*words).refused_with(2)
        assert "zoufang sync" in line
        assert "Nothing is lost" in line
    assert "zoufang sync" in zoufang("customers", lang="zh").refused_with(2)
    assert zoufang("sync", "--dry-run").code == 0
    assert zoufang("backup", tmp_path / "copy.zfbackup").code == 0
    assert zoufang("check").code == 0


def test_a_lease_of_yesterday_s_word_changes_nothing(zoufang: Zoufang) -> None:
    _enrol(zoufang, 13 * DAY)
    assert zoufang("customers").code == 0


def test_the_light_door_reads_the_lease_as_the_engine_does(zoufang: Zoufang) -> None:
    _enrol(zoufang, 13 * DAY)
    key = Vault(zoufang.folder.vault, use_keyring=False).unlock(PASSWORD)
    database = open_store(zoufang.folder, key).database
    application = Application(zoufang.folder, Clock(), Language.EN, database, closed_cleanly=True)
    terms = SyncDoor(application).lease()
    assert terms == lease_terms(database)
    assert terms.until is not None
    close_store(database)


@pytest.fixture
def office(nothing: Zoufang) -> Zoufang:
    """Give the program on a fresh head office with one manager."""
    nothing("headoffice", "init").worked()
    nothing("headoffice", "add-manager", "M001", "王芳", "--territory", "T1").worked()
    return nothing


def test_a_code_is_drawn_with_the_address_which_is_kept_for_the_next(office: Zoufang, tmp_path: Path) -> None:
    picture = tmp_path / "码.png"
    asked = ("headoffice", "enrol-code", "M001", "--json", "--qr", picture)
    assert "--url" in office("headoffice", "enrol-code", "M001", "--qr", picture).refused_with(2)
    told = office(*asked, "--url", "https://office.example:8420/").worked().data
    (found,) = zxingcpp.read_barcodes(Image.open(picture))
    payload = read_payload(found.text)
    assert payload is not None
    assert (payload.url, payload.code) == ("https://office.example:8420", told["code"])
    assert found.text == told["payload"]
    again = office("headoffice", "enrol-code", "M001", "--json", "--qr", tmp_path / "code.svg").worked().data
    assert again["url"] == "https://office.example:8420"
    assert again["code"] != told["code"]
    assert b"<svg" in (tmp_path / "code.svg").read_bytes()
    assert ".png" in office("headoffice", "enrol-code", "M001", "--qr", tmp_path / "code.gif").refused_with(2)
    assert office("headoffice", "enrol-code", "M001").worked().out.count("zoufang://enrol?") == 1
