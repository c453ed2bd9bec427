"""One laptop of the history check: works and syncs on its own, and writes down what it was promised.

`python -m tests.sync.faults.jepsen_client FOLDER URL SHOP PRODUCT SEED SECONDS`; speaks with the test by lines.
"""

import hashlib
import json
import os
import random
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.sync.engine import Outcome
from app.sync.http_client import HttpClient
from app.sync.secrets import read_secrets
from app.sync.state import read_identity
from app.sync.verify import verify
from tests.sync.faults.field_work import FieldLaptop, FieldOffice

if TYPE_CHECKING:
    from uuid import UUID

_ALLOWED = {Outcome.DONE, Outcome.OFFLINE, Outcome.LATER}
_PATIENCE = 90


class _Client:
    def __init__(self, folder: str, url: str, shop: str, product: str, seed: str) -> None:
        self._laptop = FieldLaptop.again(Path(folder), FieldOffice.again(Path(folder) / "none", shop, product))
        self._url = url
        self._draw = random.Random(int(seed))  # noqa: S311
        self._visits: list[UUID] = []
        self._rounds: dict[str, int] = {}
        self._history = os.open(Path(folder) / "history", os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def work(self, seconds: float) -> None:
        """Work until the time is over, then sync until nothing waits."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for _ in range(self._draw.randint(1, 3)):
                self._save()
            self._round()
        end = time.monotonic() + _PATIENCE
        while self._round() is not Outcome.DONE or self._laptop.one("SELECT count(*) FROM outbox"):
            assert time.monotonic() < end, "it never came to rest"

    def state(self) -> dict[str, Any]:
        """Sync once more, when all others are done, and tell what is here."""
        while self._round() is not Outcome.DONE:
            pass
        rows = self._laptop.rows(
            "SELECT tbl, pk, version, digest FROM row_state WHERE scope NOT IN ('', '-') ORDER BY 1, 2"
        )
        now = self._laptop.office.now()
        return {
            "rows": hashlib.sha256(repr(rows).encode()).hexdigest(),
            "count": len(rows),
            "differing": verify(self._laptop.database, now).differing,
            "dangling": len(self._laptop.rows("SELECT * FROM pragma_foreign_key_check")),
            "rounds": self._rounds,
        }

    def close(self) -> None:
        self._laptop.close()

    def _save(self) -> None:
        laptop, draw = self._laptop, self._draw
        way = draw.random()
        if way < 0.5 or not self._visits:
            visit = laptop.make_visit("n0")
            self._visits.append(visit)
            self._tell(visit=visit.hex, note="n0")
        elif way < 0.85:
            visit, note = draw.choice(self._visits), f"n{draw.randrange(1 << 30)}"
            laptop.type_note(visit, note)
            self._tell(visit=visit.hex, note=note)
        else:
            hours = f"h{draw.randrange(1 << 30)}"
            laptop.change_shop(hours)
            self._tell(hours=hours)

    def _round(self) -> Outcome:
        laptop = self._laptop
        identity = read_identity(laptop.database)
        laptop.client = HttpClient(self._url, identity.replica, read_secrets(laptop.database), now=laptop.office.now)
        try:
            outcome = laptop.sync(journal=laptop.journal).outcome
        finally:
            laptop.client.close()
        assert outcome in _ALLOWED, outcome
        self._rounds[outcome] = self._rounds.get(outcome, 0) + 1
        return outcome

    def _tell(self, **saved: Any) -> None:
        waiting = [key for (key,) in self._laptop.rows("SELECT id FROM outbox ORDER BY no")]
        os.write(self._history, (json.dumps(saved | {"ops": waiting}) + "\n").encode())


def main(folder: str, url: str, shop: str, product: str, seed: str, seconds: str) -> None:
    """Work, say so, wait for the others, tell the state."""
    client = _Client(folder, url, shop, product, seed)
    client.work(float(seconds))
    print("drained", flush=True)  # noqa: T201 - the test reads it
    sys.stdin.readline()
    print(json.dumps(client.state()), flush=True)  # noqa: T201
    client.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
