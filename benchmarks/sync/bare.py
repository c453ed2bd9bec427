"""The limit of a link: the same bytes, packed, as one bare HTTP request and its answer."""

import http.client
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

from typing_extensions import override

from benchmarks.sync.link import Nature, link


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    answer: ClassVar[bytes] = b""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("Content-Length", str(len(self.answer)))
        self.end_headers()
        self.wfile.write(self.answer)

    @override
    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def _answering(size: int) -> Generator[int]:
    handler = type("Handler", (_Handler,), {"answer": b"\xa5" * size})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()


def bare_seconds(sent: int, received: int, nature: Nature) -> float:
    """Return how long one request of so many bytes and its answer take over such a link, on a new connection."""
    with _answering(received) as port, link(port, nature) as slow:
        host = slow.url.removeprefix("http://")
        began = time.perf_counter()
        connection = http.client.HTTPConnection(host, timeout=300)
        connection.request("POST", "/", body=b"\x5a" * sent)
        connection.getresponse().read()
        seconds = time.perf_counter() - began
        connection.close()
    return seconds
