"""The program whose power is cut: a few visits with typing, photos, the side journal, rounds of sync, a clean close.

Started under strace: `python -m tests.sync.faults.power_child FOLDER SHOP PRODUCT SEED SYNCHRONOUS`. What it says in
the file `marks` was promised to the person: a save had returned.
"""

import json
import os
import random
import sys
from pathlib import Path
from typing import Any

from app.storage import database as store
from app.storage import store as opening
from app.storage.store import close_store
from tests.sync.faults.field_work import FieldLaptop, FieldOffice, noise


def main(root: str, shop: str, product: str, seed: str, synchronous: str) -> None:
    """Work and tell what was promised."""
    folder = Path(root)
    if synchronous:
        _less_safe(synchronous)
    marks = os.open(folder / "marks", os.O_WRONLY | os.O_APPEND)
    _Day(folder, shop, product, random.Random(int(seed)), marks).run()  # noqa: S311


def _less_safe(synchronous: str) -> None:
    plain = store.connect

    def connect(path: Path, key: bytes, *cache: int) -> Any:
        connection = plain(path, key, *cache)
        connection.execute(f"PRAGMA synchronous = {synchronous}")
        return connection

    store.connect = opening.connect = connect


class _Day:
    def __init__(self, folder: Path, shop: str, product: str, draw: random.Random, marks: int) -> None:
        self._folder = folder
        self._draw = draw
        self._marks = marks
        self._office = FieldOffice.again(folder / "office", shop, product)
        self._laptop = FieldLaptop.again(folder / "laptop", self._office)

    def run(self) -> None:
        for number in range(5):
            self._visit(number)
            if number == 2:
                close_store(self._laptop.database)
                self._laptop = FieldLaptop.again(self._folder / "laptop", self._office)
            if number % 2:
                self._from_head_office(number)
                self._laptop.round()
                self._say(journal=self._waiting())
        close_store(self._laptop.database)

    def _visit(self, number: int) -> None:
        laptop, photo = self._laptop, noise(self._draw.randrange(1 << 30), 9_000)
        visit = laptop.make_visit(f"{number}-0")
        self._say(note=[visit.hex, f"{number}-0"])
        for at in range(1, self._draw.randint(2, 4)):
            laptop.type_note(visit, f"{number}-{at}")
            self._say(note=[visit.hex, f"{number}-{at}"])
        if number % 2 == 0:
            self._say(photo=laptop.take_photo(visit, photo))
        laptop.change_shop(f"8-{number}")
        laptop.journal.catch_up(laptop.database)
        self._say(journal=self._waiting())

    def _from_head_office(self, number: int) -> None:
        for at in range(12):
            values = {"cust_code": f"N{number}-{at}", "cust_name": "新店", "address": "长街" * 60}
            self._office.write("customer", str(_key(self._draw)), values, scope="terr:T1")

    def _waiting(self) -> list[str]:
        return [row[0] for row in self._laptop.rows("SELECT id FROM outbox ORDER BY no")]

    def _say(self, **promise: Any) -> None:
        os.write(self._marks, (json.dumps(promise) + "\n").encode())


def _key(draw: random.Random) -> Any:
    from uuid import UUID

    return UUID(int=draw.getrandbits(128), version=4)


if __name__ == "__main__":
    main(*sys.argv[1:])
