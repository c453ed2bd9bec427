"""Migrations: the files, the head that the program expects, and the models say the same."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from app.models import customer, exchange, forecast, local, plan, sync_state, target, trade, visit
from app.models.base import Base
from app.storage import schema
from app.storage.database import Database

MODELS = (customer, exchange, forecast, local, plan, sync_state, target, trade, visit)


def test_the_head_in_the_program_is_the_newest_file() -> None:
    folder = ScriptDirectory(str(Path(schema.__file__).with_name("migrations")))
    assert folder.get_current_head() == schema.HEAD


def test_a_migrated_store_has_just_the_tables_of_the_models(database: Database) -> None:
    def ours(_object: object, name: str | None, kind: str, _reflected: bool, _other: object) -> bool:
        return not (kind == "table" and (name or "").partition("_")[2].startswith("search"))

    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": ours})
        assert compare_metadata(context, Base.metadata) == []


def test_a_failed_migration_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_connection: object) -> None:
        raise RuntimeError("orphans")

    monkeypatch.setattr(schema, "_refuse_orphans", fail)
    database = Database(tmp_path / "new.db", b"k" * 32)
    with pytest.raises(RuntimeError, match="orphans"):
        schema.migrate(database.engine)
    with database.read() as session:
        assert session.scalar(text("SELECT count(*) FROM sqlite_master")) == 0
    database.close()
