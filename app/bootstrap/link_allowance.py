"""How many megabytes of originals may go a day over the present network, where no window watches it."""

from contextlib import suppress

from app.runtime.paths import DataFolder
from app.runtime.settings import load_settings


def photo_megabytes(folder: DataFolder) -> int | None:
    """Return the megabytes a day that the settings allow over a link paid by volume; None over any other.

    It counts as paid by volume where the person said so (in the window) or the system does.
    """
    settings = load_settings(folder.settings)
    return settings.photo_megabytes if settings.saves_data or _system_says_metered() else None


def _system_says_metered() -> bool:
    with suppress(ImportError, OSError):  # a machine without the libraries of a desktop cannot tell
        from app.ui.shell.link_kind import is_metered  # noqa: PLC0415 - Qt takes long to load, few commands ask

        return is_metered()
    return False
