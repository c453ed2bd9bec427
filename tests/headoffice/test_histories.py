"""Random histories of two laptops and the office end with all of them holding the same, on both databases."""

import os
import random
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from app.headoffice import people
from app.headoffice.collecting import collect
from app.headoffice.database import OfficeDatabase
from app.headoffice.models import SyncOperation
from tests.headoffice.world import Laptop, World, visit_values
from tests.sync.tally import tally

if TYPE_CHECKING:
    from app.sync.protocol import OperationMessage

SOAK = bool(os.environ.get("ZOUFANG_SOAK"))
"""Hundreds of long histories, for a night, instead of the few that each change of the program is tested with."""
STEPS = 150 if SOAK else 45


class History:
    """One history, drawn from a seed."""

    def __init__(self, world: World, seed: int) -> None:
        self.world = world
        self.draw = random.Random(seed)  # noqa: S311
        self.laptops = [world.laptop("M1"), world.laptop("M2")]
        self.sent: dict[int, list[OperationMessage]] = {0: [], 1: []}
        self.made: list[str] = []

    def run(self) -> None:
        deeds = [self.edit, self.visit, self.visit, self.count, self.void, self.office_edit, self.move]
        deeds += [self.push, self.push, self.again, self.pull, self.pull, self.regrant, self.collect]
        for _ in range(STEPS):
            self.world.tick()
            self.draw.choice(deeds)()
        for laptop in self.laptops:
            laptop.push()
        for laptop in self.laptops:
            laptop.pull()

    @property
    def one(self) -> Laptop:
        return self.draw.choice(self.laptops)

    def pick(self, laptop: Laptop, table: str) -> str | None:
        held = sorted(one for name, one in laptop.rows if name == table)
        return self.draw.choice(held) if held else None

    def note(self, laptop: Laptop) -> None:
        self.made.append(laptop.waiting[-1].id)

    def edit(self) -> None:
        laptop = self.one
        if (customer := self.pick(laptop, "customer")) is not None:
            field = self.draw.choice(["opening_hours", "mnemonic", "shop_name", "tier"])
            value = self.draw.randrange(30) if field == "tier" else f"v{self.draw.randrange(5)}"
            laptop.do("patch", "customer", customer, {field: value})
            self.note(laptop)

    def visit(self) -> None:
        laptop = self.one
        if (customer := self.pick(laptop, "customer")) is not None:
            laptop.insert("visit", visit_values(customer))
            self.note(laptop)

    def count(self) -> None:
        laptop = self.one
        if (visit := self.pick(laptop, "visit")) is not None:
            laptop.insert("stock_count", {"visit_id": visit, "product_id": self.draw.choice(self.world.products)})
            self.note(laptop)

    def void(self) -> None:
        laptop = self.one
        if (visit := self.pick(laptop, "visit")) is not None:
            laptop.do(self.draw.choice(["delete", "undelete"]), "visit", visit, {})
            self.note(laptop)

    def office_edit(self) -> None:
        customer = self.draw.choice(list(self.world.customers.values()))
        deleted = self.draw.choice([None, None, None, True, False])
        self.world.put("customer", customer, {"opening_hours": f"o{self.draw.randrange(5)}"}, deleted=deleted)

    def move(self) -> None:
        self.world.move(self.draw.choice(list(self.world.customers)), self.draw.choice(["T1", "T2"]))

    def push(self) -> None:
        at = self.draw.randrange(2)
        self.sent[at] += self.laptops[at].waiting
        self.laptops[at].push()

    def again(self) -> None:
        """An old packet comes once more."""
        at = self.draw.randrange(2)
        if self.sent[at]:
            laptop, waiting = self.laptops[at], self.laptops[at].waiting
            start = self.draw.randrange(len(self.sent[at]))
            laptop.waiting = self.sent[at][start:]
            laptop.push()
            laptop.waiting = waiting

    def pull(self) -> None:
        self.one.pull(limit=self.draw.choice([1, 3, 5000]))

    def regrant(self) -> None:
        number = self.draw.choice(["1", "2"])
        with self.world.database.write() as session:
            people.withdraw(session, f"M{number}", f"terr:T{number}", self.world.now)
            people.grant(session, f"M{number}", f"terr:T{number}", self.world.now)

    def collect(self) -> None:
        with self.world.database.write() as session:
            collect(session, self.world.now - timedelta(minutes=self.draw.choice([0, 10])))


def _check(history: History) -> None:
    world = history.world
    for laptop, number in zip(history.laptops, "12", strict=True):
        scopes = (f"terr:T{number}", f"mgr:M{number}", "ref:catalogue")
        assert laptop.held() == world.rows(*scopes)
        digests = laptop.page(laptop.cursors).digests
        assert {scope: laptop.digest(scope) for scope in scopes} == digests
    with world.database.read() as session:
        recorded = sorted(session.scalars(select(SyncOperation.id).where(SyncOperation.repeat.is_(False))))
    assert recorded == sorted(history.made)


@pytest.mark.parametrize("seed", range(400 if SOAK else 8))
def test_histories_end_with_everyone_holding_the_same(sqlite_database: OfficeDatabase, seed: int) -> None:
    history = History(World(sqlite_database), seed)
    history.run()
    _check(history)
    tally("head office: random history on SQLite", 1)


@pytest.mark.parametrize("seed", range(1000, 1060 if SOAK else 1002))
def test_histories_end_the_same_on_postgresql(postgres_database: OfficeDatabase, seed: int) -> None:
    history = History(World(postgres_database), seed)
    history.run()
    _check(history)
    tally("head office: random history on PostgreSQL", 1)
