"""What may stand on the line: a server that only listens, and a proxy that passes on or reads along."""

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

_SECONDS = 10


def server_context(files: tuple[Path, Path], *, newest: ssl.TLSVersion | None = None) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*files)
    if newest is not None:
        context.set_ciphers("ALL:@SECLEVEL=0")
        context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
        context.maximum_version = newest
    return context


@dataclass
class Listener:
    """Serves each connection in a thread of its own until the block ends."""

    serve: Callable[[socket.socket], None]
    connections: int = 0
    threads: list[threading.Thread] = field(default_factory=list[threading.Thread])

    def __enter__(self) -> Self:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        for thread in (self._thread, *self.threads):
            thread.join(_SECONDS)

    def _listen(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                line, _ = self._socket.accept()
                line.settimeout(_SECONDS)
                self.connections += 1
                thread = threading.Thread(target=self._one, args=(line,), daemon=True)
                self.threads.append(thread)
                thread.start()

    def _one(self, line: socket.socket) -> None:
        with contextlib.suppress(OSError), line:
            self.serve(line)


@dataclass
class Ear:
    """Takes a TLS connection and notes every byte that is said to it inside, and outside of it."""

    context: ssl.SSLContext
    heard: bytearray = field(default_factory=bytearray)
    shaken: int = 0

    def __call__(self, line: socket.socket) -> None:
        with self.context.wrap_socket(line, server_side=True) as inside:
            self.shaken += 1
            self.heard += inside.recv(65_536)


@dataclass
class Proxy:
    """A proxy for CONNECT: passes on what it does not understand, or opens it with a certificate of its own."""

    reads_along: ssl.SSLContext | None = None
    read: bytearray = field(default_factory=bytearray)

    def __call__(self, line: socket.socket) -> None:
        asked = bytearray()
        while b"\r\n\r\n" not in asked:
            asked += line.recv(4096)
        host, _, port = asked.split()[1].decode().rpartition(":")
        line.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        if self.reads_along is not None:
            with self.reads_along.wrap_socket(line, server_side=True) as inside:
                while piece := inside.recv(65_536):
                    self.read += piece
            return
        with socket.create_connection((host, int(port)), _SECONDS) as office:
            back = threading.Thread(target=_copy, args=(office, line), daemon=True)
            back.start()
            _copy(line, office)
            back.join(_SECONDS)


def _copy(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while piece := source.recv(65_536):
            target.sendall(piece)
        target.shutdown(socket.SHUT_WR)
