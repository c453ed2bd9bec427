"""Runs the start: shows the start window at once and hands over the opened application."""

from PySide6.QtCore import QObject, Signal, Slot

from app.ui.background.task_runner import TaskRunner
from app.ui.shell.preferences import Preferences
from app.ui.shell.start_window import StartWindow
from app.ui.shell.startup_view_model import Door, LoadDemo, StartUp


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
        self.window: StartWindow | None = StartWindow(self.view_model, preferences)
        self.window.quit_requested.connect(self.quit_requested)
        self.view_model.opened.connect(self.opened)

    @property
    def first_page(self) -> str:
        """The key of the page to begin with."""
        return self.view_model.first_page

    def start(self, password: str | None = None) -> None:
        """Show the window and look at the store; a password given is not asked for."""
        if self.window is not None:
            self.window.show()
        self.view_model.begin(password, keep_key=self._preferences.settings.keep_key)

    @Slot()
    def close(self) -> None:
        """Take the start window away, once the main window is up."""
        if self.window is not None:
            self.window.close()
            self.window.deleteLater()
            self.window = None

    def bring_forward(self) -> None:
        """Show the window to a person who started the program again."""
        if self.window is not None:
            self.window.raise_()
            self.window.activateWindow()
