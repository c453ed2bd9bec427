"""A laptop whose machine has a wrong clock: `python -m tests.sync.faults.clock_child FOLDER PORT`, by libfaketime."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from app.models.visit import Visit
from app.runtime.cancel import CancelToken, no_report
from app.runtime.clock import Clock
from app.runtime.ids import new_id
from app.runtime.paths import DataFolder
from app.storage.store import open_store
from app.sync.engine import sync_round
from app.sync.http_client import HttpClient
from app.sync.secrets import read_secrets
from app.sync.state import read_identity
from tests.sync.both.laptops import KEY


def main(folder: str, port: str) -> None:
    """Make a visit and a round, and say how it ended and what the clock said."""
    database = open_store(DataFolder(Path(folder)), KEY).database
    with database.look() as cursor:
        (shop,) = cursor.execute("SELECT id FROM customer LIMIT 1").fetchone()
    today = Clock().today()
    with database.write(actor="M1") as session:
        session.add(Visit(id=new_id(), customer_id=UUID(hex=shop), day=today, status="done", need_note="made then"))
    identity = read_identity(database)
    client = HttpClient(f"http://127.0.0.1:{port}", identity.replica, read_secrets(database))
    result = sync_round(database, client, Clock(), CancelToken(), no_report)
    client.close()
    database.close()
    print(result.outcome, datetime.now(UTC).year)  # noqa: T201 - the test reads it


if __name__ == "__main__":
    main(*sys.argv[1:])
