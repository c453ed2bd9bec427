"""Runs the start: shows the start window if the person is to answer or wait, and hands over the opened application."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from shiboken6 import isValid

from app.ui.background.task_runner import TaskRunner
from app.ui.shell.preferences import Preferences
from app.ui.shell.startup_view_model import Door, LoadDemo, Stage, StartUp

if TYPE_CHECKING:
    from app.ui.shell.start_window import StartWindow

_PATIENCE_MS = 400
"""A store that is open sooner shows its first page at once, without a window that comes and goes."""


class StartController(QObject):
    """Owns the start window until the store is open."""

    opened = Signal(object)
    """The application that the door assembled; `first_page` says where to begin"""
    quit_requested = Signal()

    def __init__(
        self,
        door: Door,
        tasks: TaskRunner,
        preferences: Preferences,
        load_demo: LoadDemo | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self.view_model = StartUp(door, tasks, load_demo, self)
        self._window: StartWindow | None = None
        self._is_over = False
        self.view_model.opened.connect(self.opened)
        self.view_model.changed.connect(self._on_changed)

    @property
    def window(self) -> "StartWindow | None":
        """The start window, made when it is first wanted; None once the program is open."""
        if self._window is None and not self._is_over:
            from app.ui.shell.start_window import StartWindow  # noqa: PLC0415 - many starts need none

            self._window = StartWindow(self.view_model, self._preferences)
            self._window.quit_requested.connect(self.quit_requested)
        return self._window

    @property
    def first_page(self) -> str:
        """The key of the page to begin with."""
        return self.view_model.first_page

    def start(self, password: str | None = None) -> None:
        """Look at the store; a password given is not asked for. The window shows what there is to answer."""
        self.view_model.begin(password, keep_key=self._preferences.settings.keep_key)
        QTimer.singleShot(_PATIENCE_MS, self, self._show)

    @Slot()
    def close(self) -> None:
        """Take the start window away, once the main window is up."""
        self._is_over = True
        if self._window is not None:
            self._window.close()
            self._window.deleteLater()
            self._window = None

    def bring_forward(self) -> None:
        """Show the window to a person who started the program again."""
        if self.window is not None:
            self.window.raise_()
            self.window.activateWindow()

    @Slot()
    def _on_changed(self) -> None:
        if self.view_model.stage not in {Stage.OPENING, Stage.OPENED}:
            self._show()

    @Slot()
    def _show(self) -> None:
        window = self.window
        if window is not None and isValid(window) and not window.isVisible():
            window.show()
