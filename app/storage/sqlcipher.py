"""The database driver: SQLite with encryption. It ships no types, so it enters here once."""

import importlib
from typing import Any

dbapi: Any = importlib.import_module("sqlcipher3.dbapi2")
