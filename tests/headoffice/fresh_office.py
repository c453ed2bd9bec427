"""Fresh head offices: the tables are made once in a test process, by the program itself, and from then on copied."""

import secrets
import tempfile
from functools import cache
from pathlib import Path

from app.headoffice.database import OfficeDatabase


def fresh_office(file: Path) -> OfficeDatabase:
    """Return a head office in a SQLite file, with its tables and an epoch of its own."""
    assert not file.exists()
    file.write_bytes(_office_file())
    database = OfficeDatabase(f"sqlite:///{file}")
    database.put_setting("epoch", secrets.token_hex(8))
    return database


@cache
def _office_file() -> bytes:
    with tempfile.TemporaryDirectory() as root:
        file = Path(root) / "office.db"
        database = OfficeDatabase(f"sqlite:///{file}")
        database.create()
        database.dispose()
        return file.read_bytes()
