"""A slow link on this machine: a TCP proxy with a round trip, a rate each way, and cuts; a process of its own.

What a side sends waits its turn behind what was sent before (also by other connections of the same link), then travels
half a round trip; a new connection costs a whole one. A cut resets every connection and loses what is on its way.
"""

import asyncio
import contextlib
import json
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import asdict, dataclass

from benchmarks.sync.places import ROOT

_PIECE = 2048
_AHEAD_SECONDS = 0.2
"""How much a sender may have under way before the link takes no more: a modem's buffer."""


@dataclass(frozen=True, slots=True)
class Nature:
    """What a link is like; rates in bits a second, 0 seconds between cuts means none."""

    round_trip: float = 0.2
    up: float = 512_000
    down: float = 1_000_000
    cut_every: float = 0

    def seconds(self, sent: int, received: int, exchanges: int) -> float:
        """Return what so many bytes and exchanges must take, the opening of the connection included."""
        return sent * 8 / self.up + received * 8 / self.down + self.round_trip * (exchanges + 1)


POOR = Nature()


@dataclass(frozen=True, slots=True)
class Traffic:
    """What went through a link, TCP's own headers not counted."""

    up: int
    down: int
    connections: int
    cuts: int


class Link:
    """A link that is up."""

    def __init__(self, process: "subprocess.Popen[str]", port: int) -> None:
        self._process = process
        self.url = f"http://127.0.0.1:{port}"

    def traffic(self) -> Traffic:
        """Return what went through so far."""
        assert self._process.stdin is not None and self._process.stdout is not None  # noqa: PT018 - pipes
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        return Traffic(**json.loads(self._process.stdout.readline()))


@contextmanager
def link(to: int, nature: Nature = POOR) -> Generator[Link]:
    """Put a link in front of a port of this machine until the block ends."""
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.sync.link", str(to), json.dumps(asdict(nature))],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        yield Link(process, int(process.stdout.readline()))
    finally:
        process.kill()
        process.wait()


class _Direction:
    """One direction of the link, shared by all connections."""

    def __init__(self, rate: float, delay: float) -> None:
        self._rate = rate
        self.delay = delay
        self._free = 0.0
        self.bytes = 0

    async def arrival(self, count: int) -> float:
        """Take a turn for so many bytes and return when they arrive; waits while too much is under way."""
        now = time.monotonic()
        if self._free - now > _AHEAD_SECONDS:
            await asyncio.sleep(self._free - now - _AHEAD_SECONDS)
            now = time.monotonic()
        self._free = max(now, self._free) + count * 8 / self._rate
        return self._free + self.delay


class _Proxy:
    def __init__(self, to: int, nature: Nature) -> None:
        self._to = to
        self._nature = nature
        self._up = _Direction(nature.up, nature.round_trip / 2)
        self._down = _Direction(nature.down, nature.round_trip / 2)
        self._open: set[asyncio.StreamWriter] = set()
        self._connections = self._cuts = 0

    def traffic(self) -> Traffic:
        return Traffic(self._up.bytes, self._down.bytes, self._connections, self._cuts)

    async def cut(self) -> None:
        while self._nature.cut_every:
            await asyncio.sleep(self._nature.cut_every)
            if self._open:
                self._cuts += 1
            for writer in list(self._open):
                writer.transport.abort()

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._connections += 1
        self._open.add(writer)
        far_writer = None
        try:
            await asyncio.sleep(self._nature.round_trip)
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._to)
            self._open.add(far_writer)
            await asyncio.gather(self._carry(reader, far_writer, self._up), self._carry(far_reader, writer, self._down))
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            for one in (writer, far_writer):
                if one is not None:
                    self._open.discard(one)
                    one.transport.abort()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, way: _Direction) -> None:
        under_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()

        async def deliver() -> None:
            while True:
                at, piece = await under_way.get()
                await asyncio.sleep(max(0.0, at - time.monotonic()))
                if not piece:
                    with contextlib.suppress(OSError):
                        writer.write_eof()
                    return
                writer.write(piece)
                way.bytes += len(piece)
                await writer.drain()

        async def collect() -> None:
            while piece := await reader.read(_PIECE):
                under_way.put_nowait((await way.arrival(len(piece)), piece))
            under_way.put_nowait((time.monotonic() + way.delay, b""))

        async with asyncio.TaskGroup() as group:
            group.create_task(deliver())
            group.create_task(collect())


async def _main(to: int, nature: Nature) -> None:
    proxy = _Proxy(to, nature)
    server = await asyncio.start_server(_quietly(proxy), "127.0.0.1", 0, limit=_PIECE)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    cutting = asyncio.create_task(proxy.cut())
    while await asyncio.to_thread(sys.stdin.readline):
        sys.stdout.write(json.dumps(asdict(proxy.traffic())) + "\n")
        sys.stdout.flush()
    cutting.cancel()


def _quietly(proxy: _Proxy):  # noqa: ANN202 - asyncio's own callback
    async def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(BaseExceptionGroup, ConnectionError):
            await proxy.take(reader, writer)

    return take


if __name__ == "__main__":
    asyncio.run(_main(int(sys.argv[1]), Nature(**json.loads(sys.argv[2]))))
