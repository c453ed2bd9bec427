"""The folder that holds everything the person has entered, and the names in it."""

from dataclasses import dataclass
from pathlib import Path

import platformdirs


@dataclass(frozen=True, slots=True)
class DataFolder:
    """The data folder of one user; `--data-dir` puts it elsewhere."""

    root: Path

    @property
    def store(self) -> Path:
        """The encrypted database."""
        return self.root / "zoufang.db"

    @property
    def vault(self) -> Path:
        """The wrapped key of the database."""
        return self.root / "vault.json"

    @property
    def photos(self) -> Path:
        """The encrypted photo files."""
        return self.root / "photos"

    @property
    def backups(self) -> Path:
        """The automatic backups."""
        return self.root / "backups"

    @property
    def logs(self) -> Path:
        """The log files."""
        return self.root / "logs"

    @property
    def cache(self) -> Path:
        """Files that can be thrown away at any time; nothing of a customer lies here."""
        return self.root / "cache"

    @property
    def settings(self) -> Path:
        """Language, theme and the like."""
        return self.root / "settings.toml"

    @property
    def exists(self) -> bool:
        """Whether a store was set up here."""
        return self.vault.exists()


def default_data_folder() -> DataFolder:
    """Return the data folder of the user who is logged in on this machine."""
    return DataFolder(Path(platformdirs.user_data_dir("Zoufang", appauthor=False, roaming=False)))
