"""10,000 operations up and 100,000 rows down over HTTP on this machine, on both databases; eight laptops at once."""

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from app.sync.push import Batch, freeze_batch, take_answer
from benchmarks.measuring import Figure
from benchmarks.sync.cluster import cluster
from benchmarks.sync.laptops import Laptop
from benchmarks.sync.places import FOLDER
from benchmarks.sync.printing import say
from benchmarks.sync.records import some, visits
from benchmarks.sync.serving import Office, Served, World

if TYPE_CHECKING:
    from app.sync.protocol import PushAnswer

ROWS, OPERATIONS, DEVICES = 100_000, 10_000, 8
_PUSH_GOAL, _PULL_GOAL = 5_000, 20_000


def measure() -> list[Figure]:
    """Measure on SQLite, then on PostgreSQL with the same rows."""
    say(f"head office is filled with {ROWS:,} rows")
    office = Office(FOLDER / "throughput")
    codes = {f"M{no}": office.add_manager(f"M{no}", f"T{no}") for no in range(1, DEVICES + 2)}
    world = office.fill("T1", ROWS)
    shops = {f"M{no}": office.shops_of(f"T{no}", 20) for no in range(2, DEVICES + 2)}
    with cluster() as server:
        other = Office(FOLDER / "throughput-postgres", server.fresh("throughput"))
        other.take_over(office)
        figures = _on("SQLite", office, codes, world, shops)
        return figures + _on("PostgreSQL", other, codes, world, shops)


def _on(
    name: str, office: Office, codes: dict[str, str], world: World, shops: dict[str, list[UUID]]
) -> list[Figure]:  # fmt: skip
    with office.serve() as served:
        laptop = Laptop(FOLDER / "laptop", served.url, codes["M1"])
        figures = [_pull(name, laptop), _push(name, laptop, world)]
        laptop.close()
        return [*figures, _devices(name, served, codes, world, shops)]


def _pull(name: str, laptop: Laptop) -> Figure:
    say(f"{name}: pull into a fresh encrypted store")
    done = laptop.round()
    rate = done.result.received / done.pull_seconds
    return Figure(
        f"pull of {done.result.received:,} rows, stored; {name}", f"{rate:,.0f} rows/s",
        f"{done.watch.waited['pull']:.1f} s of work of head office in {done.pull_seconds:.1f} s",
        f"{done.bytes_received / done.result.received:.0f} B a row", f"≥ {_PULL_GOAL:,} rows/s", rate >= _PULL_GOAL,
    )  # fmt: skip


def _push(name: str, laptop: Laptop, world: World) -> Figure:
    say(f"{name}: push")
    laptop.record(some(visits(world.shops, world.products, 8), OPERATIONS))
    done = laptop.round()
    if done.result.verdicts != {"applied": OPERATIONS}:
        raise RuntimeError(f"not all was applied: {done.result.verdicts}")
    rate = done.result.sent / done.push_seconds
    return Figure(
        f"push of {OPERATIONS:,} operations, one laptop; {name}", f"{rate:,.0f} records/s",
        f"{done.watch.waited['push']:.1f} s of work of head office in {done.push_seconds:.1f} s",
        f"{done.bytes_sent / OPERATIONS:.0f} B an operation", f"≥ {_PUSH_GOAL:,} records/s", rate >= _PUSH_GOAL,
    )  # fmt: skip


def _devices(name: str, served: Served, codes: dict[str, str], world: World, shops: dict[str, list[UUID]]) -> Figure:
    """Let eight laptops push at once, as the engine does: a batch travels while verdicts are stored."""
    each = OPERATIONS // DEVICES
    say(f"{name}: {DEVICES} laptops at once")
    laptops: list[Laptop] = []
    for no, (manager, own) in enumerate(shops.items()):
        laptop = Laptop(FOLDER / f"laptop-{manager}", served.url, codes[manager])
        laptop.round()
        laptop.record(some(visits(own, world.products, 20 + no), each))
        laptops.append(laptop)
    with ThreadPoolExecutor(DEVICES) as crew:
        began = time.perf_counter()
        verdicts = sum(crew.map(_push_all, laptops), Counter[str]())
        seconds = time.perf_counter() - began
    for laptop in laptops:
        laptop.close()
    if verdicts != {"applied": each * DEVICES}:
        raise RuntimeError(f"not all was applied: {verdicts}")
    rate = each * DEVICES / seconds
    return Figure(
        f"push of {each * DEVICES:,} operations, {DEVICES} laptops at once; {name}", f"{rate:,.0f} records/s",
        "one worker; the laptops share one process", "—", f"≥ {_PUSH_GOAL:,} records/s", rate >= _PUSH_GOAL,
    )  # fmt: skip


def _push_all(laptop: Laptop) -> Counter[str]:
    client, verdicts = laptop.client(), Counter[str]()
    answered: tuple[Batch, PushAnswer] | None = None
    batch = freeze_batch(laptop.database, datetime.now(UTC))
    with closing(client), ThreadPoolExecutor(1) as line:
        while batch is not None:
            under_way = line.submit(client.push, batch.request)
            if answered is not None:
                verdicts.update(take_answer(laptop.database, *answered, datetime.now(UTC)))
            following = freeze_batch(laptop.database, datetime.now(UTC), after=batch.last) if batch.is_full else None
            answered, batch = (batch, under_way.result()), following
    if answered is not None:
        verdicts.update(take_answer(laptop.database, *answered, datetime.now(UTC)))
    return verdicts
