"""What a head office is started with: where its data lie and how much it takes at once."""

import os
from dataclasses import dataclass, field, fields
from pathlib import Path

from sqlalchemy import URL

_PREFIX = "ZOUFANG_OFFICE_"
_SECONDS = ("wait_seconds", "body_seconds", "upkeep_seconds", "farewell_seconds")


@dataclass(frozen=True, slots=True)
class OfficeSettings:
    """The settings of one head office; the same for all its workers, whom the environment tells them."""

    database_url: str
    blob_folder: Path
    blobs: str = ""
    """Where else photos lie: a folder, or `s3://bucket/prefix?endpoint=URL`; empty for `blob_folder`."""
    workers: int = 1
    at_work: int = 12
    """How many requests one worker works on at once."""
    wait_seconds: float = 8
    """How long as many again wait for their turn; what is above gets a polite 503."""
    open_requests: int = 400
    """How many requests one worker holds open, those whose body is still on its way included."""
    body_seconds: float = 60
    """How long nothing may come of a body that was announced."""
    day_operations: int = 20_000
    """What one laptop may bring in a day before it is served slowly."""
    day_bytes: int = 1 << 30
    day_loads: int = 40
    slow_seconds: int = 60
    """Above its quota a laptop is served once in so many seconds."""
    enrol_tries: int = 30
    """Wrong codes and tokens that one worker looks at in a minute."""
    pool_size: int = field(default=12)
    upkeep_seconds: float = 300
    """How often a worker looks whether the work of the day is done."""
    farewell_seconds: float = 2
    """How long after the signal to stop a worker still answers 503, so that whoever spreads the load turns away."""

    def to_environment(self) -> dict[str, str]:
        """Return the variables from which a worker reads the same settings."""
        return {_PREFIX + item.name.upper(): str(getattr(self, item.name)) for item in fields(self)}


def settings_for(data_folder: Path, database_url: str | None = None, blobs: str = "") -> OfficeSettings:
    """Return the settings of a head office in that folder; without a URL its database is a SQLite file there."""
    embedded = URL.create("sqlite", database=str(data_folder / "headoffice.db"))
    url = database_url or embedded.render_as_string(hide_password=False)
    return OfficeSettings(url, data_folder / "photos", blobs)


def settings_from_environment() -> OfficeSettings:
    """Return the settings that `to_environment` wrote."""
    kinds = {"database_url": str, "blob_folder": Path, "blobs": str} | dict.fromkeys(_SECONDS, float)
    given = {
        item.name: kinds.get(item.name, int)(os.environ[_PREFIX + item.name.upper()])
        for item in fields(OfficeSettings)
        if _PREFIX + item.name.upper() in os.environ
    }
    return OfficeSettings(**given)  # pyright: ignore[reportArgumentType]
