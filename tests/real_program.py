"""The real program in this process, on a copy of a store: a person's hands, a wait for what shows, two guards."""

import gc
import os
import shutil
import threading
import traceback
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import pytest
import shiboken6
from PySide6.QtCore import QEvent, QEventLoop, QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QPlainTextEdit, QWidget

from app.bootstrap.application import assemble, close_application
from app.bootstrap.window import Desk
from app.cli.practice_story import main_visit, tell_story
from app.domain.text import Language
from app.domain.visit import Step
from app.runtime.clock import Clock
from app.runtime.paths import DataFolder
from app.services.sample_territories import PRACTICE_TERRITORY, load_territory
from app.storage.database import Database
from app.storage.store import open_store
from app.storage.vault import Vault
from app.ui.look.qm_files import ensure_qm
from app.ui.look.theme import Theme
from app.ui.look.translations import Translations
from app.ui.shell.workspace import Workspace
from app.ui.widgets.message_bar import MessageBar
from tests.conftest import CHEAP, PASSWORD

DAY = PRACTICE_TERRITORY.today
SHORT, LONG = 10.0, 60.0
_W = TypeVar("_W", bound=QWidget)
_POLL_MS = 10

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# No key of a test gets into the keyring of the person who runs it.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"


def build_practice_store(root: Path) -> DataFolder:
    """Make a closed store of the invented Chinese territory, with a day under way and a visit open at its main shop."""
    folder = DataFolder(root / "data")
    folder.root.mkdir(parents=True)
    key = Vault(folder.vault, use_keyring=False, cost=CHEAP).create(PASSWORD)
    application = assemble(folder, Clock(as_of=DAY), Language.ZH, open_store(folder, key, create=True))
    load_territory(application.database, application.imports, PRACTICE_TERRITORY)
    tell_story(application)
    application.visits.save_cursor(main_visit(application)[1], Step.BRIEF, "")
    close_application(application)
    return folder


def copy_store(folder: DataFolder, to: Path) -> DataFolder:
    """Return a copy of a closed store."""
    shutil.copytree(folder.root, to)
    return DataFolder(to)


_LOOK = ("zoufang_theme", "zoufang_translations")


class Program:
    """The program and the person before it: clicks and keys go through Qt as real ones do."""

    def __init__(self, folder: DataFolder, *, language: Language | None = Language.ZH, day: date | None = DAY) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.setQuitOnLastWindowClosed(False)
        ensure_qm()
        self.app = app
        self.folder = folder
        self.bugs: list[object] = []
        self.remembered: dict[str, object] = {}
        self._is_ending = False
        self.sessions_on_gui_thread: list[str] = []
        self._look_before = {name: app.property(name) for name in _LOOK}
        self.desk = Desk(app, folder, Clock(as_of=day), language, use_keyring=False)
        self.desk.crashes.bug_met.connect(self.bugs.append)

    # ---- opening and leaving ------------------------------------------------------------------------------------
    def start(self, password: str | None = None) -> None:
        """Show the start window."""
        self.desk.begin(password)
        self._come_forward()

    def open(self, password: str = PASSWORD, size: tuple[int, int] = (1366, 768)) -> "Program":
        """Unlock and wait for the main window with its first page."""
        self.start(password)
        self.wait_for_window(size)
        return self

    def wait_for_window(self, size: tuple[int, int] = (1366, 768)) -> None:
        """Wait for the main window and let its first page come to rest."""
        self.wait(lambda: self.desk.window is not None, "the main window", LONG)
        self.window.resize(*size)
        self._come_forward()
        self.rest()

    def _come_forward(self) -> None:
        def is_active() -> bool:
            # Another one when the store has opened meanwhile, or a dialog is open.
            window = QApplication.activeModalWidget() or self.window
            if not window.isActiveWindow():
                window.activateWindow()
            return window.isActiveWindow()

        self.wait(is_active, "the window to have the keyboard")

    def close(self) -> None:
        """Ask the window to close, as its cross does, and wait until it has."""
        window = self.window
        window.close()
        self.wait(lambda: not window.isVisible(), "the window to close", LONG)

    def end(self) -> None:
        """Leave the program in order and take everything of it down."""
        window, start = self.desk.window, self.desk.start.window
        self._is_ending = True
        self.wait(lambda: self.desk.tasks.is_idle, "work to end", LONG)
        self.desk.window = None
        self.desk.leave()
        for widget in (window, start):
            if widget is not None and shiboken6.isValid(widget):
                widget.hide()
                widget.deleteLater()
        self.wait(lambda: not any(w is not None and shiboken6.isValid(w) for w in (window, start)), "windows to go")
        self.desk.gc.stop()
        self._give_the_look_back()
        for child in (self.desk, self.desk.theme, self.desk.translations):
            child.setParent(None)
            child.deleteLater()
        gc.collect()

    def _give_the_look_back(self) -> None:
        """Let the tests that come after in this process find the theme and the language they had."""
        translations = self.desk.translations
        for translator in (translations._own, translations._qt):
            self.app.removeTranslator(translator)
        for name, before in self._look_before.items():
            self.app.setProperty(name, before)
        theme, language = self._look_before.values()
        if isinstance(theme, Theme):
            theme._dress()
        if isinstance(language, Translations):
            language._install(Language.EN)

    # ---- finding ------------------------------------------------------------------------------------------------
    @property
    def window(self) -> QWidget:
        """The main window, or the start window before it."""
        window = self.desk.window or self.desk.start.window
        assert window is not None
        return window

    @property
    def workspace(self) -> Workspace:
        """The pages and the frame around them."""
        found = self.window.findChild(Workspace)
        assert found is not None
        return found

    def find(self, kind: type[_W], name: str) -> _W:
        """Return the visible widget of that name, waiting for it."""
        found: list[_W] = []

        def seen() -> bool:
            found[:] = [w for root in self._windows() for w in root.findChildren(kind, name) if w.isVisible()]
            return bool(found)

        self.wait(seen, f"{kind.__name__} {name!r} to be seen")
        return found[0]

    def is_shown(self, name: str) -> bool:
        """Whether a widget of that name can be seen now."""
        return any(w.isVisible() for w in self.window.findChildren(QWidget, name))

    def words(self, name: str) -> str:
        """Return the words of a label, a button, a field or a message bar that can be seen."""
        found = self.find(QWidget, name)
        if isinstance(found, MessageBar | QLabel | QAbstractButton | QLineEdit):
            return found.text if isinstance(found, MessageBar) else found.text()
        assert isinstance(found, QPlainTextEdit), name
        return found.toPlainText()

    def shows(self, part: str) -> bool:
        """Whether these words can be read somewhere in the window."""
        return any(part in widget.text() for widget in seen(self.window) if isinstance(widget, QLabel))

    def _windows(self) -> list[QWidget]:
        """Return the windows and dialogs that can be seen."""
        return [self.window, *(w for w in QApplication.topLevelWidgets() if w.isVisible() and w is not self.window)]

    @property
    def focused(self) -> QWidget:
        """The widget that has the keyboard."""
        if QApplication.activeWindow() is None:  # a window manager gives it back when a dialog closes
            self._come_forward()
        return QApplication.focusWidget() or self.window

    # ---- hands --------------------------------------------------------------------------------------------------
    def click(self, target: "str | QWidget") -> None:
        """Click in the middle of a widget that can be seen, scrolled into view and not covered."""
        widget = self.find(QWidget, target) if isinstance(target, str) else target
        self.wait(widget.isEnabled, f"{target} to be enabled")
        reveal(widget)
        spot = QPoint(widget.width() // 2, widget.height() // 2)
        if isinstance(widget, QAbstractButton) and not widget.hitButton(spot):
            spot.setX(widget.height() // 2)  # a box or a radio button is wider than what answers
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=spot)
        self._turn()

    def choose(self, name: str, number: int) -> None:
        """Click the segment of that number, from 1, of a choice."""
        segments = [b for b in self.find(QWidget, name).findChildren(QAbstractButton) if b.isVisible()]
        self.click(segments[number - 1])

    def key(self, *keys: Qt.Key, ctrl: bool = False, alt: bool = False) -> None:
        """Press keys where the keyboard is."""
        modifier = Qt.KeyboardModifier.NoModifier
        if ctrl:
            modifier |= Qt.KeyboardModifier.ControlModifier
        if alt:
            modifier |= Qt.KeyboardModifier.AltModifier
        for key in keys:
            QTest.keyClick(self.focused, key, modifier)
            self._turn()

    def type(self, text: str, into: str | None = None) -> None:
        """Type; what no keyboard has comes as a full-width key or through an input method."""
        if into is not None:
            self.click(into)
        for letter in text:
            if letter.isascii():
                QTest.keyClicks(self.focused, letter)
            elif "！" <= letter <= "～":  # an input method in full-width mode passes these as keys
                for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                    event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
                    QApplication.sendEvent(self.focused, event)
            else:
                compose(self.focused, commit=letter)
            self._turn()

    def drop(self, target: "str | QWidget", *files: Path) -> None:
        """Drag files over a widget and let them go."""
        widget = self.find(QWidget, target) if isinstance(target, str) else target
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
        action, buttons, no = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        enter = QDragEnterEvent(QPoint(5, 5), action, mime, buttons, no)
        QApplication.sendEvent(widget, enter)
        assert enter.isAccepted()
        QApplication.sendEvent(widget, QDropEvent(QPointF(5, 5), action, mime, buttons, no))

    def _turn(self) -> None:
        """Let the program take its turn, as between any two keys of a person: what it queued comes before the next."""
        loop = QEventLoop()
        QTimer.singleShot(0, loop.quit)
        loop.exec()

    # ---- waiting ------------------------------------------------------------------------------------------------
    def wait(self, ready: Callable[[], bool], what: str = "", seconds: float = SHORT) -> None:
        """Run the program until it is so; fail with what a person would see otherwise."""
        loop, tick, limit = QEventLoop(), QTimer(), QTimer()
        limit.setSingleShot(True)
        limit.start(round(seconds * 1000))
        tick.timeout.connect(loop.quit)
        tick.start(_POLL_MS)
        while not ready():
            assert self._is_ending or self.bugs == [], self.bugs[0]
            assert limit.isActive(), f"waited {seconds:.0f} s in vain for {what or 'the program'}; {self._on_screen()}"
            loop.exec()

    def rest(self) -> None:
        """Wait until no work is under way and all that was typed is on disk."""

        def at_rest() -> bool:
            window = self.desk.window
            return self.desk.tasks.is_idle and not (window is not None and window.has_unsaved())

        self.wait(at_rest, "the program to rest", LONG)

    def lay_out(self) -> None:
        """Wait until no widget moves any more, as after a change of size or language."""

        def places() -> list[tuple[int, int, int, int]]:
            return [w.geometry().getRect() for root in self._windows() for w in seen(root)]  # type: ignore[misc]

        self.rest()
        if QApplication.activeWindow() is None:  # the start window went when the main window was up
            self._come_forward()
        before, still = places(), 0
        for _ in range(50):
            self._turn()
            now = places()
            still = still + 1 if now == before else 0
            if still == 3:
                return
            before = now
        raise AssertionError("the widgets never came to rest")

    def _on_screen(self) -> str:
        texts = [w.text() for w in seen(self.window) if isinstance(w, QLabel) and w.text()]
        return f"on the screen: {texts[:60]}"

    # ---- pages --------------------------------------------------------------------------------------------------
    def go(self, page: str) -> QWidget:
        """Show a page of the rail and wait until it has its data."""
        self.workspace.go(page)
        self.rest()
        return self.workspace.page(page)


@contextmanager
def running(
    folder: DataFolder, *, language: Language | None = Language.ZH, watch: bool = True, day: date | None = DAY
) -> Generator[Program]:
    """Give the program; at its end nothing may have gone wrong unseen, and the look of the other tests is back."""
    with pytest.MonkeyPatch.context() as patch:
        program = Program(folder, language=language, day=day)
        if watch:
            _watch_sessions(program, patch)
        try:
            yield program
        finally:
            program.end()
    assert program.bugs == []
    assert program.sessions_on_gui_thread == [], program.sessions_on_gui_thread[0]


def _watch_sessions(program: Program, patch: pytest.MonkeyPatch) -> None:
    """Note each session or cursor that the GUI thread opens while the main window is up."""

    def watched(name: str) -> Callable[..., Any]:
        original = getattr(Database, name)

        def enter(*args: Any, **options: Any) -> Any:
            if program.desk.window is not None and threading.current_thread() is threading.main_thread():
                program.sessions_on_gui_thread.append("".join(traceback.format_stack(limit=12)))
            return original(*args, **options)

        return enter

    for name in ("read", "write", "write_plain", "deliver"):
        patch.setattr(Database, name, watched(name))


def seen(root: QWidget) -> Iterator[QWidget]:
    """Give a widget and all in it that can be seen; what lies in a hidden page is not even looked at."""
    if root.isVisible() and root.width() > 0:
        yield root
        for child in root.children():
            if isinstance(child, QWidget) and not child.isWindow():
                yield from seen(child)


def compose(widget: QWidget, *states: str, commit: str = "") -> None:
    """Compose a word with an input method: what is on the way, then what is taken."""
    for state in states:
        QApplication.sendEvent(widget, QInputMethodEvent(state, []))
    if commit:
        event = QInputMethodEvent("", [])
        event.setCommitString(commit)
        QApplication.sendEvent(widget, event)


def reveal(widget: QWidget) -> None:
    """Scroll a widget into view, as a person does before clicking it."""
    from PySide6.QtWidgets import QScrollArea

    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            parent.ensureWidgetVisible(widget)
        parent = parent.parentWidget()


__all__ = [
    "DAY",
    "Program",
    "build_practice_store",
    "compose",
    "copy_store",
    "main_visit",
    "reveal",
    "running",
    "seen",
]
