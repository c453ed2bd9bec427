"""The evening over a poor link: 200 records up, 2,200 rows down, beside the bare link and beside every peer."""

import statistics
import subprocess
from uuid import UUID

from app.runtime.ids import new_id
from benchmarks.measuring import Figure
from benchmarks.sync.bare import bare_seconds
from benchmarks.sync.laptops import Laptop, Round
from benchmarks.sync.link import POOR, link
from benchmarks.sync.peers.servers import PEERS_KNOWN, Peer
from benchmarks.sync.places import FOLDER
from benchmarks.sync.printing import say
from benchmarks.sync.records import A_VISIT, Record, some, visits
from benchmarks.sync.serving import Office, World

UP, DOWN = 200, 2_200
_BASE = 10_000
_TIMES = 3
_MOST = 1.3
_LINK = "over 200 ms, 512 kbit/s up, 1 Mbit/s down"


def measure() -> list[Figure]:
    """Measure our own evening with the limit, then the peers with the same records."""
    own, limit, told = _own()
    figures = [
        Figure(
            f"evening sync, {UP} up and {DOWN:,} down, {_LINK}", f"{own:.2f} s",
            f"{limit:.2f} s, {told} as one bare request", f"{own / limit:.2f}", f"≤ {_MOST}", own <= _MOST * limit,
        )
    ]  # fmt: skip
    seen: list[float] = []
    for peer in PEERS_KNOWN:
        lines, seconds = _beside(peer, own)
        figures += lines
        seen += [] if seconds is None else [seconds]
    ran = len(seen)
    figures.append(Figure("peers that ran", str(ran), "at least two", "—", "≥ 2", ran >= 2))
    return figures


def _own() -> tuple[float, float, str]:
    """Return the medians of the evening and of the limit of the link, and what travelled."""
    say("our own evening")
    office = Office(FOLDER / "evening")
    code = office.add_manager("M1", "T1")
    world = office.fill("T1", _BASE)
    rounds: list[Round] = []
    limits: list[float] = []
    with office.serve() as served:
        laptop = Laptop(FOLDER / "evening-laptop", served.url, code)
        laptop.round()
        laptop.record(_records(world, 69, A_VISIT))  # a laptop in use has sent something before
        laptop.round()
        with link(served.port) as slow:
            for turn in range(_TIMES):
                office.put(_records(world, 50 + turn, DOWN), author="M1")
                laptop.record(_records(world, 70 + turn, UP))
                done = laptop.round(slow.url)
                if done.result.sent != UP or done.result.received < DOWN:
                    raise RuntimeError(f"{done.result.sent} up, {done.result.received} down")
                rounds.append(done)
                limits.append(bare_seconds(done.bytes_sent, done.bytes_received, POOR))
                say(f"{done.seconds:.2f} s, the limit {limits[-1]:.2f} s; {_told(done)}")
        laptop.close()
        office.database.dispose()
    return statistics.median(one.seconds for one in rounds), statistics.median(limits), _told(rounds[-1])


def _told(done: Round) -> str:
    return f"the same {done.bytes_sent / 1000:.0f} kB up and {done.bytes_received / 1000:.0f} kB down"


def _records(world: World, seed: int, count: int) -> list[Record]:
    return some(visits(world.shops, world.products, seed), count)


def _beside(peer: Peer, own: float) -> tuple[list[Figure], float | None]:
    """Measure one peer; a line says so where it cannot be installed or does not run."""
    say(f"{peer.name}: installed and run")
    try:
        peer.install()
        return _peer(peer, own)
    except (OSError, subprocess.SubprocessError, ValueError, KeyError) as error:
        why = _reason(error)
        say(f"{peer.name}: {why}")
        return [Figure(peer.name, f"not run: {why}", "—", "—", "—", met=True)], None


def _peer(peer: Peer, own: float) -> tuple[list[Figure], float]:
    world = World(_keys(120), _keys(240))
    with peer.serve() as port:
        url = f"http://127.0.0.1:{port}"
        peer.sync(url, "one")
        pushed = peer.sync(url, "one", _records(world, 1, peer.pushed))
        pulled = peer.sync(url, "two")
        say(f"{peer.name}: {pushed.sent / pushed.seconds:,.0f} records/s up, "
            f"{pulled.received / pulled.seconds:,.0f} down")  # fmt: skip
        peer.sync(url, "two", _records(world, 2, DOWN))
        with link(port) as slow:
            evening = peer.sync(slow.url, "one", _records(world, 3, UP))
            traffic = slow.traffic()
    say(f"{peer.name}: evening {evening.seconds:.1f} s")
    moved = f"{traffic.up / 1000:.0f} kB up, {traffic.down / 1000:.0f} kB down"
    lost = "" if evening.received >= DOWN else f"; only {evening.received:,} of {DOWN:,} arrived"
    return [
        Figure(
            f"{peer.name}: the same evening", f"{evening.seconds:.2f} s", f"ours, {own:.2f} s; {moved}{lost}",
            f"{evening.seconds / own:.1f}", "ours is faster", own < evening.seconds,
        ),
        Figure(
            f"{peer.name}: push of {pushed.sent:,}, pull of {pulled.received:,} into a fresh client",
            f"{pushed.sent / pushed.seconds:,.0f} and {pulled.received / pulled.seconds:,.0f} records/s",
            f"kept {peer.stored}", "—", "—", met=True,
        ),
    ], evening.seconds  # fmt: skip


def _keys(count: int) -> list[UUID]:
    return [new_id() for _ in range(count)]


def _reason(error: Exception) -> str:
    if isinstance(error, subprocess.CalledProcessError):
        output: str | bytes = error.stderr or b""
        text = output if isinstance(output, str) else output.decode(errors="replace")
        lines = [line for line in text.splitlines() if line.strip()] or [str(error)]
        return lines[-1][:120].replace("|", "/")
    return str(error)[:120].replace("|", "/") or type(error).__name__
