"""Looks for a visit that was under way when the program ended last."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.ui.background.task_runner import TaskRunner

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.services.visit_reading import RestoredVisit


class Welcome(QObject):
    """Asks once, after the first page is up."""

    found = Signal(object)
    """RestoredVisit"""

    def __init__(
        self,
        find_open_visit: "Callable[[], RestoredVisit | None]",
        tasks: TaskRunner,
        *,
        closed_cleanly: bool,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._find = find_open_visit
        self._tasks = tasks
        self.closed_cleanly = closed_cleanly
        """False if the program was killed or the power went: the visit is then taken up again at once."""

    def look(self) -> None:
        """Look for it."""
        self._tasks.run(self._find, owner=self, done=self._on_found)

    def _on_found(self, restored: "RestoredVisit | None") -> None:
        if restored is not None:
            self.found.emit(restored)
