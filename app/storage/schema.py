"""Brings the store to the newest schema by Alembic; a store that is already there pays one SELECT."""

from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.problems import Problem, TroubleError

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

# SQLAlchemy and Alembic are for those who migrate: half a second that the other starts need not pay.
# ruff: noqa: PLC0415

HEAD = "0007"
"""The newest migration; a test holds it against the files."""

_FOLDER = Path(__file__).with_name("migrations")


def needs_migration(current: str | None) -> bool:
    """Return whether a schema version is older than this program. Raises TroubleError if it is newer."""
    if current == HEAD:
        return False
    if current is not None and current > HEAD:
        raise TroubleError(Problem.STORE_NEWER, current)
    return True


def current_version(engine: "Engine") -> str | None:
    """Return the schema version of the store, None for an empty one."""
    from sqlalchemy import text
    from sqlalchemy.exc import OperationalError

    with engine.connect() as connection:
        try:
            return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        except OperationalError as error:
            if "no such table" in str(error.orig):
                return None
            raise


def migrate(engine: "Engine", target: str = "head") -> None:
    """Bring the store to the target version in one transaction, with foreign keys off while tables are rebuilt.

    Raises RuntimeError if rows without their parent are left; nothing has changed then.
    """
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    with engine.connect() as connection:
        connection.connection.driver_connection.execute("PRAGMA foreign_keys = OFF")  # pyright: ignore[reportOptionalMemberAccess]
        try:
            with connection.execution_options(sqlite_begin="IMMEDIATE").begin():
                config.attributes["connection"] = connection
                command.upgrade(config, target)
                _refuse_orphans(connection)
        finally:
            connection.connection.driver_connection.execute("PRAGMA foreign_keys = ON")  # pyright: ignore[reportOptionalMemberAccess]


def _refuse_orphans(connection: "Connection") -> None:
    from sqlalchemy import text

    orphans = connection.execute(text("PRAGMA foreign_key_check")).fetchall()
    if orphans:
        raise RuntimeError(f"the migration would leave {len(orphans)} rows without their parent")
