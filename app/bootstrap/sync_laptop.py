"""What this laptop has for a round of sync now: room on the disk of its store, and a battery."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.domain.precheck import Room
from app.runtime.power import Battery, read_battery


def _free(folder: Path) -> int:
    return shutil.disk_usage(folder).free


@dataclass(frozen=True, slots=True)
class Laptop:
    """Asks the system anew each time."""

    folder: Path
    battery: Callable[[], Battery | None] = read_battery
    free: Callable[[Path], int] = _free

    def room(self) -> Room | None:
        """Return the room for what comes, as far as it is known before head office is asked; None if nobody tells."""
        try:
            return Room(self.free(self.folder))
        except OSError:
            return None
