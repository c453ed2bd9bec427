"""`zoufang headoffice`: from an empty folder to a service that laptops can enrol at, and what it tells of them."""

import os
import re
import signal
import socket
import sqlite3
from contextlib import closing
from pathlib import Path

import httpx2
import pytest

from app.headoffice.database import OfficeDatabase
from tests.cli.program import POSIX, Zoufang


@pytest.fixture
def office(nothing: Zoufang) -> Zoufang:
    """Give the program on a fresh head office with one manager."""
    nothing("headoffice", "init").worked()
    nothing("headoffice", "add-manager", "M001", "王芳", "--territory", "T1").worked()
    return nothing


def test_init_makes_a_database_once_and_says_which(nothing: Zoufang) -> None:
    first = nothing("headoffice", "init", "--json").worked().data
    second = nothing("headoffice", "init", "--json").worked().data
    assert (first.pop("is_new"), second.pop("is_new")) == (True, False)
    assert first == second
    assert Path(first["database"]).is_file()


def test_without_tables_every_deed_says_what_to_do(nothing: Zoufang) -> None:
    assert "headoffice init" in nothing("headoffice", "status").refused_with(2)
    assert "headoffice init" in nothing("headoffice", "status", lang="zh").refused_with(2)


def test_people_rights_codes_and_customers_are_administered_and_every_deed_is_in_the_log(
    office: Zoufang, tmp_path: Path
) -> None:
    file = tmp_path / "c.csv"
    file.write_text("客户编码,企业名称\nC1,红星商店\n", encoding="utf-8")
    office("headoffice", "import", "customers", file, "--profile", "zh-standard", "--territory", "T1").worked()
    office("headoffice", "add-manager", "M002", "李强", "--territory", "T2").worked()
    office("headoffice", "grant", "M002", "terr:T1").worked()
    office("headoffice", "withdraw", "M002", "terr:T1").worked()
    assert office("headoffice", "move", "T2", "C1", "--json").worked().data == {"territory": "T2", "moved": 1}
    code = office("headoffice", "enrol-code", "M001", "--json").worked().data["code"]
    assert re.fullmatch(r"\w{4}-\w{4}-\w{4}", code)
    password = tmp_path / "password"
    password.write_text("a long enough password\n", encoding="utf-8")
    office("headoffice", "add-office-user", "chen", "--role", "chief", "--password-file", password).worked()
    told = office("headoffice", "audit", "--json", "--last", "100").worked().data
    assert told["whole"] is True
    deeds = {entry["deed"] for entry in told["entries"]}
    assert {"grant", "withdraw", "move", "enrol_code", "add_office_user", "add_manager", "import"} <= deeds
    [move] = [entry for entry in told["entries"] if entry["deed"] == "move"]
    assert (move["subject"], move["detail"]) == ("T2", {"customers": 1, "codes": "C1"})
    assert code not in str(told)
    lines = office("headoffice", "audit", lang="zh").worked().out
    assert "片区 T2" in lines
    assert "客户编码：C1" in lines
    assert "scope" not in lines


def test_a_right_to_a_territory_that_there_is_not_is_refused_with_how_to_make_it(office: Zoufang) -> None:
    for words in (("grant", "M001", "terr:T9"), ("move", "T9", "C1")):
        assert "add-manager --territory T9" in office("headoffice", *words).refused_with(2)
        assert "没有片区 T9" in office("headoffice", *words, lang="zh").refused_with(2)
    assert "add-manager" in office("headoffice", "grant", "M001", "mgr:M999").refused_with(2)
    assert "no customers yet" in office("headoffice", "add-manager", "M009", "王五", "--territory", "T9").worked().out
    office("headoffice", "grant", "M001", "terr:T9").worked()


@pytest.mark.parametrize(
    "words",
    [
        ("grant", "M999", "terr:T1"),
        ("grant", "M001", "T1"),
        ("withdraw", "M001", "terr:T7"),
        ("move", "T2", "C404"),
        ("enrol-code", "M999"),
        ("revoke", "no-such-laptop"),
        ("add-manager", "M001", "again", "--territory", "T1"),
        ("import-handover", "nowhere.zfho"),
        ("serve", "--tls-cert", "only.pem"),
    ],
)
def test_what_cannot_be_done_is_told_in_one_line_of_each_language(office: Zoufang, words: tuple[str, ...]) -> None:
    office("headoffice", *words).refused_with(2)
    assert re.search("[\u4e00-\u9fff]", office("headoffice", *words, lang="zh").refused_with(2))


def test_a_database_that_cannot_be_reached_is_told_without_its_password(nothing: Zoufang) -> None:
    url = "postgresql+psycopg://office:geheim@/nowhere?host=/nonexistent"
    told = nothing("headoffice", "--database-url", url, "status").refused_with(2)
    assert "geheim" not in told
    assert "nonexistent" in told


def test_a_log_that_was_changed_is_told(office: Zoufang) -> None:
    with closing(sqlite3.connect(office.folder.root / "headoffice.db")) as database:
        database.execute("UPDATE audit_log SET subject = 'M007' WHERE no = 2")
        database.commit()
    told = office("headoffice", "audit", "--json")
    assert told.code == 4
    assert told.data["whole"] is False
    assert told.data["broken_at"][1] == 2


def test_a_backup_is_whole_never_overwrites_and_a_restored_one_has_another_epoch(
    office: Zoufang, tmp_path: Path
) -> None:
    (office.folder.root / "photos" / "ab").mkdir(parents=True)
    (office.folder.root / "photos" / "ab" / "picture").write_bytes(b"jpeg")
    folder = tmp_path / "backup"
    office("headoffice", "backup", folder).worked()
    assert (folder / "photos" / "ab" / "picture").read_bytes() == b"jpeg"
    office("headoffice", "backup", folder).refused_with(2)
    restored = OfficeDatabase(f"sqlite:///{folder / 'headoffice.db'}")
    before = restored.epoch()
    restored.dispose()
    told = office("--data-dir", folder, "headoffice", "restored", "--json").worked().data
    assert told["epoch"] != before


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_a_port_that_is_taken_and_a_certificate_that_is_none_are_told_at_once(nothing: Zoufang, tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = nothing.process("headoffice", "serve", "--port", other.getsockname()[1], "--workers", 2)
    assert (taken.code, "in use" in taken.err) == (2, True)
    (tmp_path / "no.pem").write_text("no certificate", encoding="utf-8")
    words = ("--tls-cert", tmp_path / "no.pem", "--tls-key", tmp_path / "no.pem")
    assert nothing.process("headoffice", "serve", "--port", _free_port(), *words).code == 2


@POSIX
@pytest.mark.allow_hosts(["127.0.0.1"])
def test_two_workers_serve_one_database_and_stop_gracefully(nothing: Zoufang) -> None:
    port = _free_port()
    with nothing.start("headoffice", "serve", "--port", port, "--workers", 2) as service:
        assert service.stderr is not None
        ready = 0
        while ready < 2:
            line = service.stderr.readline().decode()
            assert line, "the service ended"
            ready += '"event": "started"' in line
        with httpx2.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as http:
            assert http.get("/ready").json()["status"] == "ready"
            for _ in range(8):
                assert http.post("/v1/hello", json={}).status_code == 401
            figures = http.get("/metrics").text
        assert 'zoufang_requests_total{call="POST /v1/hello",status="401"} 8.0' in figures
        os.kill(service.pid, signal.SIGTERM)
        assert service.stdout is not None
        rest = service.stderr.read().decode()
        assert service.wait(30) in {0, 130}
    assert rest.count('"event": "stopped"') == 2
    assert "Traceback" not in rest
