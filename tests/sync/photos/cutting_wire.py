"""A head office on a real port, and a wire to it that is cut after a number of bytes."""

import contextlib
import socket
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

import uvicorn
from typing_extensions import override

from app.headoffice.app import create_app
from app.headoffice.database import OfficeDatabase
from app.headoffice.settings import OfficeSettings
from tests.sync.photos.both_sides import NOW


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.is_up = threading.Event()

    @override
    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.is_up.set()


class HasDatabase(Protocol):
    """A head office that can be served."""

    database: OfficeDatabase


@contextmanager
def serving(office: HasDatabase, folder: Path, now: Callable[[], datetime] = lambda: NOW) -> Generator[int]:
    """Serve the office on a port of this machine."""
    url = office.database.engine.url.render_as_string(hide_password=False)
    app = create_app(OfficeSettings(url, folder))
    app.state.office.now = now
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    server = _Server(uvicorn.Config(app, log_config=None, access_log=False))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    assert server.is_up.wait(20)
    try:
        yield listening.getsockname()[1]
    finally:
        server.should_exit = True
        thread.join(20)
        listening.close()
        assert not thread.is_alive()


@dataclass
class Wire:
    """Passes bytes on to a port; `up` is how many more may go up before every connection is torn down."""

    target: int
    up: int | None = None
    sent: int = 0
    _open: list[socket.socket] = field(default_factory=list[socket.socket])
    _threads: list[threading.Thread] = field(default_factory=list[threading.Thread])
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self._start(self._accept)

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._tear_down()
        for thread in self._threads:
            thread.join(10)
            assert not thread.is_alive()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listening.accept()
            except OSError:
                return
            far = socket.create_connection(("127.0.0.1", self.target))
            with self._lock:
                self._open += [near, far]
            self._start(lambda one=near, other=far: self._pass_on(one, other, counts=True))
            self._start(lambda one=far, other=near: self._pass_on(one, other, counts=False))

    def _pass_on(self, source: socket.socket, target: socket.socket, *, counts: bool) -> None:
        with contextlib.suppress(OSError):
            while part := source.recv(4096):
                if not counts:
                    target.sendall(part)
                    continue
                self.sent += len(part)
                if self.up is not None:
                    allowed, self.up = part[: self.up], max(0, self.up - len(part))
                    if len(allowed) < len(part):
                        target.sendall(allowed)
                        self._tear_down()
                        return
                target.sendall(part)
        for one in (source, target):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def _tear_down(self) -> None:
        with self._lock:
            for one in self._open:
                with contextlib.suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)
                one.close()
            self._open.clear()

    def _start(self, work: object) -> None:
        thread = threading.Thread(target=work, daemon=True)  # pyright: ignore[reportArgumentType]
        self._threads.append(thread)
        thread.start()
