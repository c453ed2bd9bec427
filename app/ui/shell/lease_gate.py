"""Whether the work may be shown: a laptop that has not spoken with head office for too long opens only to do that."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.ui.shell.sync_controller import SyncController


class LeaseGate(QObject):
    """Looks at the lease at the start and after each unlock, never in the middle of the work."""

    released = Signal()
    """Head office was reached: the work may be shown again."""
    ends_soon = Signal(object)
    """datetime: the lease ends then; told once a day"""

    def __init__(
        self,
        sync: SyncController | None,
        make_page: Callable[[], QWidget] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._sync = sync
        self._make_page = make_page
        self._page: QWidget | None = None
        self._told_on = ""
        self.is_shut = False
        if sync is not None:
            sync.changed.connect(self._on_sync_changed)

    def look(self) -> bool:
        """Look now; returns whether the work stays covered."""
        self.is_shut = self._make_page is not None and self._sync is not None and not self._sync.lease.holds
        return self.is_shut

    def page_in(self, layers: QStackedWidget) -> QWidget | None:
        """Return the page that covers the work, made when it is first wanted; None while the work may be shown."""
        if self.is_shut and self._page is None and self._make_page is not None:
            self._page = self._make_page()
            layers.addWidget(self._page)
        return self._page if self.is_shut else None

    @Slot()
    def _on_sync_changed(self) -> None:
        if self._sync is None:
            return
        lease = self._sync.lease
        if self.is_shut and lease.holds:
            self.is_shut = False
            self.released.emit()
        elif lease.ends_soon and self._told_on != (today := f"{lease.now:%Y-%m-%d}"):
            self._told_on = today
            self.ends_soon.emit(lease.until)
