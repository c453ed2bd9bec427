"""The service as it is run: a process of its own behind TLS with an object store; its log, its figures, its end."""

import contextlib
import hashlib
import json
import os
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Generator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import httpx2
import keyring
import keyring.backends.null
import pytest

from app.cli.main import run
from app.headoffice import people
from app.headoffice.database import OfficeDatabase
from app.headoffice.writer import SyncWriter
from tests.headoffice.http.served import HttpLaptop, Served
from tests.headoffice.world import customer_values, key, visit_values
from tests.sync.tally import tally
from tests.sync.tls.certificates import Authority

pytestmark = [
    pytest.mark.skipif(os.name == "nt", reason="signals as POSIX has them"),
    pytest.mark.timeout(240),
]
NAMES = {
    "manager": "欧阳经理", "shop": "老周食杂店", "phone": "13912345678", "note": "店主说下周要走",
    "device": "测试机王芳", "licence": "430102104477", "task": "请老周补签协议",
}  # fmt: skip
"""What the log must never hold."""


@dataclass
class Service:
    """A running head office."""

    process: subprocess.Popen[bytes]
    folder: Path
    port: int
    trust: str
    database: OfficeDatabase
    log: Path

    @property
    def url(self) -> str:
        return f"https://localhost:{self.port}"

    def client(self) -> httpx2.Client:
        return httpx2.Client(base_url=self.url, verify=ssl.create_default_context(cadata=self.trust), timeout=30)

    def laptop(self, http: httpx2.Client, manager: str = "M1") -> HttpLaptop:
        """Enrol a laptop over the line."""
        world = SimpleNamespace(database=self.database, now=datetime.now(UTC))
        laptop = HttpLaptop(cast("Served", SimpleNamespace(world=world, http=http)))
        with self.database.write() as session:
            code = people.enrol_code(session, manager, datetime.now(UTC))
        laptop.enrol(code)
        laptop.take_token(datetime.now(UTC))
        return laptop

    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.log.read_text(encoding="utf-8").splitlines()]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def service(request: pytest.FixtureRequest, sqlite_template: Path, tmp_path: Path) -> Generator[Service]:
    """Start `zoufang headoffice serve` with a certificate of a private authority; photos may go to an object store."""
    folder, authority = tmp_path / "office", Authority("Office CA")
    folder.mkdir()
    (folder / "headoffice.db").write_bytes(sqlite_template.read_bytes())
    cert, tls_key = authority.gives().files(tmp_path / "tls")
    port, log = _free_port(), tmp_path / "log"
    words = ["--data-dir", str(folder), "headoffice", "serve", "--port", str(port), "--tls-cert", str(cert)]
    words += ["--tls-key", str(tls_key)]
    if getattr(request, "param", "") == "s3":
        words += ["--blobs", request.getfixturevalue("bucket").address]
    database = OfficeDatabase(f"sqlite:///{folder / 'headoffice.db'}")
    with log.open("wb") as err:
        process = subprocess.Popen(
            [sys.executable, "-m", "app", *words], stdout=subprocess.DEVNULL, stderr=err, env=os.environ | {"LANG": "C"}
        )
    try:
        yield_to = Service(process, folder, port, authority.pem, database, log)
        with yield_to.client() as http:
            _until(lambda: _is_up(http))
        yield yield_to
    finally:
        process.kill()
        process.wait(20)
        database.dispose()


def _is_up(http: httpx2.Client) -> bool:
    with contextlib.suppress(httpx2.TransportError):
        return http.get("/ready").status_code == 200
    return False


def _until(question: Any, seconds: float = 60) -> None:
    """Ask again and again until it is so."""
    until = time.monotonic() + seconds
    while not question():
        assert time.monotonic() < until
        threading.Event().wait(0.02)


def _fill(service: Service) -> str:
    """Put a manager, a shop and a task into the database; return the key of the shop."""
    shop, now = key(), datetime.now(UTC)
    with service.database.write() as session:
        people.add_manager(session, "M1", NAMES["manager"], "T1", now)
        writer = SyncWriter(session, now, "office")
        values = customer_values("C11") | {"cust_name": NAMES["shop"], "license_no": NAMES["licence"]}
        writer.put("customer", shop, values | {"phone_main": NAMES["phone"]}, scope="terr:T1")
        assigned = {"manager": "M1", "title": NAMES["task"], "assigned_by": "c", "assigned_at": now.isoformat()}
        writer.put("task", key(), assigned)
    return shop


def _evening(laptop: HttpLaptop, shop: str) -> list[str]:
    """Make every call of an evening, and some that are wrong; return the secrets that were used."""
    visit, photo, picture = key(), key(), os.urandom(90_000)
    digest = hashlib.sha256(picture).hexdigest()
    shown = {"visit_id": visit, "sha256": digest, "added_at": datetime.now(UTC).isoformat(), "width": 1, "height": 1}
    assert laptop.post("/v1/hello", laptop.hello_request()).status_code == 200
    ops = [
        laptop.op("insert", "visit", visit, visit_values(shop, need_note=NAMES["note"])),
        laptop.op("insert", "photo", photo, shown | {"byte_size": len(picture)}),
        laptop.op("patch", "customer", shop, {"phone_main": NAMES["phone"] + "0"}, 1),
        laptop.op("patch", "customer", shop, {"no_such": NAMES["note"]}, 1),
    ]
    assert laptop.post("/v1/push", laptop.push_request(*ops), packed=True).json()["results"][0]["status"] == "applied"
    assert NAMES["shop"] in laptop.post("/v1/pull", laptop.pull_request()).text
    assert laptop.call("GET", "/v1/snapshot/mgr:M1").status_code == 200
    told = {"replica": laptop.replica, "sha256": digest, "photo": photo, "kind": "full", "size": len(picture)}
    upload = laptop.post("/v1/blobs", told).json()["upload"]
    for at in (0, 65_536):
        piece = picture[at : at + 65_536]
        assert laptop.call("PATCH", f"/v1/blobs/{upload}", piece, {"Upload-Offset": str(at)}).status_code == 200
    assert laptop.call("GET", f"/v1/blobs/{digest}").content == picture
    day = {"replica": laptop.replica, "day": "2026-03-02", "visits": []}
    assert laptop.post("/v1/receipt", day).status_code == 200
    for path in ("push", "hello", "receipt", "diag", "token", "enrol"):
        assert laptop.post(f"/v1/{path}", {NAMES["phone"]: NAMES["shop"]}).status_code == 422
    assert laptop.call("GET", f"/v1/{NAMES['shop']}?{NAMES['phone']}").status_code == 404
    assert laptop.call("GET", f"/v1/snapshot/terr:{NAMES['shop']}").status_code == 404
    assert laptop.post("/v1/hello", {}, headers={"Authorization": f"Bearer {NAMES['phone']}"}).status_code == 401
    return [
        laptop.access_token,
        laptop.refresh_token,
        laptop.public_key,
        laptop.token_request()["proof"],
        upload,
        digest,
    ]


@pytest.mark.parametrize("service", ["s3"], indirect=True)
def test_the_log_of_a_whole_evening_names_nobody_and_the_figures_count_it(
    service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shop = _fill(service)
    with service.client() as http:
        secrets = _evening(service.laptop(http), shop)
        secrets += _by_the_program(service, tmp_path, monkeypatch, capsys)
        figures = http.get("/metrics").text
    for call, status in (("POST /v1/push", 200), ("GET /v1/blobs/{sha256}", 200), ("POST /v1/hello", 422)):
        assert f'zoufang_requests_total{{call="{call}",status="{status}"}}' in figures
    assert 'zoufang_operations_total{status="applied"}' in figures
    text, spoken = service.log.read_text(encoding="utf-8"), json.dumps(service.lines(), ensure_ascii=False)
    for name, word in NAMES.items():
        for form in (word, json.dumps(word)[1:-1], word.encode().hex()):
            assert form not in text + spoken + figures, name
    for secret in secrets:
        assert secret not in text + figures
    calls = {line["call"] for line in service.lines() if line["event"] == "request"}
    assert {"POST /v1/push", "PATCH /v1/blobs/{upload}", "unknown"} <= calls
    assert all({"at", "level", "event", "worker"} <= set(line) for line in service.lines())
    assert not [line for line in service.lines() if line["level"] == "error"]
    tally("logs: a whole evening is searched for names, phones and tokens", len(service.lines()))


def _by_the_program(
    service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> list[str]:
    """Enrol and sync with the laptop's own program; return the code that was typed."""
    monkeypatch.setenv("ZOUFANG_PASSWORD", "correct horse battery")
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    keyring.set_keyring(keyring.backends.null.Keyring())
    ca, wrong = tmp_path / "ca.pem", tmp_path / "wrong.pem"
    ca.write_text(service.trust)
    wrong.write_text(Authority("Proxy CA").pem)
    with service.database.write() as session:
        code = people.enrol_code(session, "M1", datetime.now(UTC))

    def zoufang(*words: object) -> int:
        return run(["--data-dir", str(tmp_path / "laptop"), "--lang", "en", *map(str, words)])

    assert zoufang("init") == 0
    capsys.readouterr()
    assert zoufang("enrol", "--url", service.url, "--code", code, "--ca", wrong) == 2
    assert "nothing was sent" in capsys.readouterr().err
    assert zoufang("enrol", "--url", service.url, "--code", code, "--ca", ca) == 0
    capsys.readouterr()
    assert zoufang("sync", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["outcome"], told["came"] > 0) == ("done", True)
    return [code, code.replace("-", "")]


def test_a_push_under_way_at_the_signal_is_answered_and_what_comes_after_it_is_refused_politely(
    service: Service,
) -> None:
    shop = _fill(service)
    with service.client() as http, service.client() as watching, service.client() as late:
        laptop = service.laptop(http)
        body = json.dumps(laptop.push_request(laptop.op("insert", "visit", key(), visit_values(shop)))).encode()
        assert late.get("/health").status_code == 200  # a connection that stays open
        with _opened(service) as line:
            line.sendall(_head(laptop, len(body)) + body[:50])
            _until(lambda: "zoufang_open_requests 2.0" in watching.get("/metrics").text)
            os.kill(service.process.pid, signal.SIGTERM)
            _until(lambda: watching.get("/ready").status_code == 503)
            assert watching.get("/ready").json() == {"status": "stopping"}
            told = late.post("/v1/hello", json={})
            assert (told.status_code, told.json()) == (503, {"error": "busy"})
            assert int(told.headers["retry-after"]) >= 1
            assert told.headers["connection"] == "close"
            line.sendall(body[50:])
            answer = b""
            while piece := line.recv(65_536):
                answer += piece
    head, _, said = answer.partition(b"\r\n\r\n")
    assert head.split()[1] == b"200"
    assert b'"status":"applied"' in said
    assert service.process.wait(30) == 0
    events = [line["event"] for line in service.lines()]
    assert events.index("stopping") < events.index("stopped")
    with service.database.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM visit").scalar() == 1
    tally("head office: the signal to stop in the middle of a push", 1)


def _head(laptop: HttpLaptop, size: int) -> bytes:
    lines = ["POST /v1/push HTTP/1.1", "Host: x", "Connection: close", f"Content-Length: {size}"]
    return "\r\n".join([*lines, f"Authorization: Bearer {laptop.access_token}", "", ""]).encode()


@contextlib.contextmanager
def _opened(service: Service) -> Generator[ssl.SSLSocket]:
    context = ssl.create_default_context(cadata=service.trust)
    with (
        socket.create_connection(("127.0.0.1", service.port), 30) as plain,
        context.wrap_socket(plain, server_hostname="localhost") as line,
    ):
        yield line
