"""Runs the real window without a person: waits for it, types and clicks like one, takes pictures of it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QEventLoop, QObject, QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from app.bootstrap.window import Desk
from app.cli.quiet import leave_out_size_hints
from app.domain.text import Language
from app.runtime.clock import Clock
from app.runtime.paths import DataFolder
from app.ui.look.qm_files import ensure_qm
from app.ui.look.theme import Scheme
from app.ui.shell.workspace import Workspace

_TIMEOUT_MS = 30_000
_POLL_MS = 15
_IDLE_TURNS = 8


class StageError(RuntimeError):
    """What was waited for did not come."""


class Stage(QObject):
    """The program on a data folder, in a window of a given size."""

    def __init__(self, folder: DataFolder, clock: Clock, language: Language) -> None:
        leave_out_size_hints()
        app = QApplication.instance() or QApplication(["zoufang"])
        assert isinstance(app, QApplication)  # noqa: S101 - there is no other kind in this program
        app.setQuitOnLastWindowClosed(False)
        super().__init__()
        ensure_qm()
        self.app = app
        self.desk = Desk(app, folder, clock, language, use_keyring=False)

    @property
    def window(self) -> QWidget:
        """The main window."""
        if self.desk.window is None:
            raise StageError("the main window is not open")
        return self.desk.window

    def open(self, password: str, width: int, height: int) -> None:
        """Unlock the store and show the main window in that size (logical pixels)."""
        self.desk.begin(password)
        self.wait(lambda: self.desk.window is not None)
        self.window.resize(width, height)
        self.settle()

    def look(self, scheme: Scheme, language: Language) -> None:
        """Change colours and language of everything shown."""
        self.desk.theme.set_scheme(scheme)
        self.desk.translations.set_language(language)
        self.settle()

    def go(self, page: str) -> QWidget:
        """Show a page of the window and wait until it has its data."""
        workspace = self.workspace
        workspace.go(page)
        self.settle()
        return workspace.page(page)

    @property
    def workspace(self) -> Workspace:
        """The pages and the frame around them."""
        found = self.window.findChild(Workspace)
        if found is None:
            raise StageError("the window has no pages")
        return found

    def find(self, name: str, within: QWidget | None = None) -> QWidget:
        """Return the visible widget of that object name, waiting for it."""
        root = within or self.window

        def visible() -> QWidget | None:
            named = root.findChildren(QWidget, name)
            return next((w for w in named if w.isVisible()), None)

        self.wait(lambda: visible() is not None, what=name)
        found = visible()
        assert found is not None  # noqa: S101 - waited for above
        return found

    def press(self, name: str, within: QWidget | None = None) -> None:
        """Click a button and wait until everything has come to rest."""
        button = self.find(name, within)
        if isinstance(button, QAbstractButton):
            button.click()
        else:
            QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=QPoint(button.width() // 2, button.height() // 2))
        self.settle()

    def type(self, text: str, into: QWidget | None = None) -> None:
        """Type text letter by letter (not through an input method); the keyboard may move with the first one."""
        if into is not None:
            into.setFocus()
        for letter in text:
            QTest.keyClicks(self.focused, letter)

    def key(self, key: Qt.Key, into: QWidget | None = None) -> None:
        """Press one key."""
        QTest.keyClick(into or self.focused, key)

    @property
    def focused(self) -> QWidget:
        """The widget that has the keyboard."""
        return QApplication.focusWidget() or self.window

    def wait(self, ready: Callable[[], bool], timeout_ms: int = _TIMEOUT_MS, what: str = "") -> None:
        """Run the program until it is so; raises StageError when it does not become so."""
        loop, clock = QEventLoop(), QElapsedTimer()
        clock.start()
        while not ready():
            if clock.elapsed() > timeout_ms:
                raise StageError(f"waited {timeout_ms / 1000:.0f} s in vain for {what or 'the program'}")
            QTimer.singleShot(_POLL_MS, loop.quit)
            loop.exec()

    def settle(self) -> None:
        """Run the program until it has been idle, with everything typed on disk, for some turns of its loop in a row.

        Turns, not time: one turn can be as long as wording a whole window anew.
        """
        idle_turns = 0

        def rested() -> bool:
            nonlocal idle_turns
            window = self.desk.window
            is_busy = not self.desk.tasks.is_idle or (window is not None and window.has_unsaved())
            idle_turns = 0 if is_busy else idle_turns + 1
            return idle_turns > _IDLE_TURNS

        self.wait(rested)

    def picture(self, path: Path, widget: QWidget | None = None) -> Path:
        """Save what is shown as a PNG."""
        path.parent.mkdir(parents=True, exist_ok=True)
        (widget or self.window).grab().save(str(path))
        return path

    def close(self) -> None:
        """Close the window the way a person does, and the store in order."""
        window = self.desk.window
        if window is not None:
            window.close()
            self.wait(lambda: not window.isVisible(), what="the window to close")
        self.desk.leave()
        self.desk.deleteLater()
