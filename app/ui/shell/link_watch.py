"""Knows whether the network is paid by volume, and how many megabytes of photos it may carry a day."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from app.ui.shell.preferences import Preferences
from app.ui.shell.sync_controller import SyncController

if TYPE_CHECKING:
    from PySide6.QtNetwork import QNetworkInformation


class LinkWatch(QObject):
    """Asks the system, and takes the person's word where the system cannot tell."""

    changed = Signal()
    came_back = Signal()
    """The system has a network again."""

    def __init__(self, preferences: Preferences, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._sync: SyncController | None = None
        self.is_metered = False
        """What the system says."""
        preferences.changed.connect(self.changed)

    def follow(self, sync: SyncController) -> None:
        """Start to listen to the system once there is something to sync."""
        self._sync = sync
        sync.changed.connect(self._on_sync_changed)

    @Slot()
    def _on_sync_changed(self) -> None:
        if self._sync is not None and self._sync.is_member:
            self._sync.changed.disconnect(self._on_sync_changed)
            self._sync = None
            self._listen()

    def _listen(self) -> None:
        from app.ui.shell.link_kind import network_information  # noqa: PLC0415  not before something is synced

        information = network_information()
        if information is not None:
            information.isMeteredChanged.connect(self._on_metered)
            self._on_metered(information.isMetered())
            information.reachabilityChanged.connect(self._on_reachability)

    @property
    def saves_data(self) -> bool:
        """Whether photos are held back."""
        return self.is_metered or self._preferences.settings.saves_data

    def photo_megabytes(self) -> int | None:
        """Return how many megabytes of originals may go up a day, None without a limit; safe from any thread."""
        return self._preferences.settings.photo_megabytes if self.saves_data else None

    @Slot(object)
    def _on_reachability(self, reachability: "QNetworkInformation.Reachability") -> None:
        from app.ui.shell.link_kind import is_connected  # noqa: PLC0415  as above

        if is_connected(reachability):
            self.came_back.emit()

    @Slot(bool)
    def _on_metered(self, metered: bool) -> None:
        if metered is not self.is_metered:
            self.is_metered = metered
            self.changed.emit()
