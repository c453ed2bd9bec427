"""A head office on a real port, and a laptop that speaks to it over HTTP with its own key."""

import base64
import gzip
import json
import socket
import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx2
import uvicorn
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from fastapi import FastAPI
from typing_extensions import override

from app.headoffice import people
from app.headoffice.app import create_app
from app.headoffice.office import Office
from app.headoffice.settings import OfficeSettings
from app.sync.core.registry import SCHEMA
from tests.headoffice.world import NOW, World, key


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.is_up = threading.Event()

    @override
    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.is_up.set()


@dataclass
class Served:
    """A head office that listens, and what it works with."""

    url: str
    office: Office
    world: World
    http: httpx2.Client
    app: FastAPI

    def set_clock(self, moment: datetime) -> None:
        self.office.now = lambda: moment
        self.world.now = moment

    def settings(self, **changes: Any) -> None:
        self.office.settings = replace(self.office.settings, **changes)

    def laptop(self, manager: str = "M1") -> "HttpLaptop":
        laptop = HttpLaptop(self)
        with self.world.database.write() as session:
            code = people.enrol_code(session, manager, self.world.now)
        laptop.enrol(code)
        laptop.take_token()
        return laptop


@dataclass
class HttpLaptop:
    """One laptop: its key, its tokens, its numbers."""

    served: Served
    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    replica: str = ""
    refresh_token: str = ""
    access_token: str = ""
    epoch: str = ""
    next_no: int = 1

    @property
    def public_key(self) -> str:
        return base64.b64encode(self.key.public_key().public_bytes_raw()).decode()

    def call(
        self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None, packed: bool = False
    ) -> httpx2.Response:
        content = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        sent = {"Authorization": f"Bearer {self.access_token}"} if self.access_token else {}
        if packed:
            content, sent = gzip.compress(content), sent | {"Content-Encoding": "gzip"}
        return self.served.http.request(method, path, content=content, headers=sent | (headers or {}))

    def post(self, path: str, body: Any, **more: Any) -> httpx2.Response:
        return self.call("POST", path, body, **more)

    def enrol(self, code: str) -> dict[str, Any]:
        response = self.post("/v1/enrol", {"code": code, "public_key": self.public_key, "device": "测试机"})
        assert response.status_code == 200, response.text
        told = response.json()
        self.replica, self.refresh_token, self.epoch = told["replica"], told["refresh_token"], told["epoch"]
        return told

    def token_request(self, moment: datetime | None = None) -> dict[str, str]:
        text = (moment or self.served.world.now).isoformat()
        proof = base64.b64encode(self.key.sign(f"{self.replica}\x1f{text}".encode())).decode()
        return {"replica": self.replica, "refresh_token": self.refresh_token, "moment": text, "proof": proof}

    def take_token(self, moment: datetime | None = None) -> None:
        response = self.post("/v1/token", self.token_request(moment))
        assert response.status_code == 200, response.text
        self.access_token = response.json()["access_token"]

    def hello_request(self, **changes: Any) -> dict[str, Any]:
        wall = self.served.world.now.isoformat()
        body: dict[str, Any] = {
            "replica": self.replica, "protocol": 1, "schema_version": SCHEMA, "app": "0.1.0",
            "clock": {"wall": wall, "mono": 1.5},
        }  # fmt: skip
        return body | changes

    def pull_request(self, **changes: Any) -> dict[str, Any]:
        return {"replica": self.replica, "schema_version": SCHEMA, "cursors": {}} | changes

    def push_request(self, *ops: dict[str, Any], **changes: Any) -> dict[str, Any]:
        clock = {"wall": self.served.world.now.isoformat(), "mono": 1.5}
        body = {"replica": self.replica, "schema_version": SCHEMA, "batch": key(), "clock": clock, "acked_no": 0}
        return body | {"ops": list(ops)} | changes

    def op(self, kind: str, table: str, row: str, values: dict[str, Any], base: int = 0) -> dict[str, Any]:
        self.next_no += 1
        return {
            "no": self.next_no - 1, "id": key(), "table": table, "key": row, "kind": kind, "base": base,
            "set": values, "made_at": self.served.world.now.isoformat(),
        }  # fmt: skip


@contextmanager
def serving(world: World, folder: Path, *, blobs: str = "", tls: tuple[Path, Path] | None = None) -> Generator[Served]:
    """Serve the world's database on a port of this machine until the block ends; `tls` are certificate and key."""
    url = world.database.engine.url.render_as_string(hide_password=False)
    app = create_app(OfficeSettings(url, folder / "photos", blobs))
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    cert, key_file = tls or (None, None)
    server = _Server(uvicorn.Config(app, log_config=None, access_log=False, ssl_certfile=cert, ssl_keyfile=key_file))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    assert server.is_up.wait(20)
    address = f"{'https' if tls else 'http'}://127.0.0.1:{listening.getsockname()[1]}"
    try:
        with httpx2.Client(base_url=address, timeout=30) as http:
            served = Served(address, app.state.office, world, http, app)
            served.set_clock(NOW)
            yield served
    finally:
        server.should_exit = True
        thread.join(20)
        listening.close()
        assert not thread.is_alive()
