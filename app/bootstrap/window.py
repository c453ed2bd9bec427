"""The program with a window: what is made at once, and what once the store is open."""

import importlib
import sys
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

from app.bootstrap.early_key import EarlyKey
from app.domain.problems import TroubleError
from app.domain.text import Language
from app.runtime.cancel import CancelToken, Report
from app.runtime.clock import Clock
from app.runtime.logs import start_logging, stop_logging
from app.runtime.paths import DataFolder
from app.runtime.settings import load_settings
from app.services.opening import StoreDoor
from app.ui.background.change_bus import ChangeBus
from app.ui.background.class_maker import ClassMaker
from app.ui.background.gc_timer import GcTimer
from app.ui.background.task_runner import Lane, TaskRunner
from app.ui.look.qm_files import ensure_qm
from app.ui.look.theme import Scheme, Theme
from app.ui.look.translations import Translations
from app.ui.shell.crash_catcher import CrashCatcher
from app.ui.shell.link_watch import LinkWatch
from app.ui.shell.preferences import Preferences
from app.ui.shell.single_instance import SingleInstance
from app.ui.shell.startup import StartController
from app.ui.shell.startup_view_model import Demo

if TYPE_CHECKING:
    from app.bootstrap.application import Application
    from app.storage.store import OpenedStore
    from app.ui.shell.crash_dialog import CrashDialog
    from app.ui.shell.main_window import MainWindow

# What the store and the pages need is imported once the start window is up, on the way to the open store.
# ruff: noqa: PLC0415


_SETTLED_AFTER_MS = 3_000
"""By then everything that the first page brings in is there."""


class Desk(QObject):
    """Everything that lives as long as the window: theme, language, threads, the start, the main window."""

    def __init__(
        self,
        app: QApplication,
        folder: DataFolder,
        clock: Clock,
        language: Language | None = None,
        *,
        use_keyring: bool = True,
        early_key: EarlyKey | None = None,
    ) -> None:
        super().__init__(app)
        self.folder = folder
        self.use_keyring = use_keyring
        self._is_wiped = False
        self.clock = clock
        self.settings = load_settings(folder.settings)
        self.theme = Theme(app, Scheme(self.settings.theme), self.settings.text_scale)
        chosen = language or (None if self.settings.language == "system" else Language(self.settings.language))
        self.translations = Translations(app, chosen)
        self.preferences = Preferences(folder.settings, self.settings, self.theme, self.translations, self)
        self.link = LinkWatch(self.preferences, self)
        self.gc = GcTimer(self)
        self.classes = ClassMaker(self)
        self.tasks = TaskRunner(self)
        self.bus = ChangeBus(self)
        self.crashes = CrashCatcher(self)
        self.crashes.install()
        self.tasks.failed.connect(self.crashes.report)
        self.gc.full_due.connect(self._on_full_due)
        self.crashes.bug_met.connect(self._on_bug)
        self.crashes.trouble_met.connect(self._on_trouble)
        self.application: Application | None = None
        self.window: MainWindow | None = None
        self._crash_dialog: CrashDialog | None = None
        self._home: QObject | None = None
        """Owns what belongs to the open store."""
        self.start = self._make_start(early_key)

    def _make_start(self, early_key: EarlyKey | None = None) -> StartController:
        key_under_way = None if early_key is None else early_key.take
        door = StoreDoor(self.folder, self._assemble, use_keyring=self.use_keyring, key_under_way=key_under_way)
        start = StartController(cast("StoreDoor[object]", door), self.tasks, self.preferences, self._load_demo, self)
        start.opened.connect(self._on_opened)
        start.quit_requested.connect(QApplication.quit)
        return start

    def make_home(self) -> QObject:
        """Return the owner of what lives as long as the store is open."""
        self._home = QObject(self)
        return self._home

    @Slot()
    def bring_forward(self) -> None:
        """Show the window to a person who started the program again."""
        if self.window is not None:
            self.window.bring_forward()
        else:
            self.start.bring_forward()

    def begin(self, password: str | None = None) -> None:
        """Show the start window and open the store; the first page is loaded while the key is derived."""
        self.tasks.run(load_services, owner=self, lane=Lane.FREE)
        QTimer.singleShot(0, self, load_first_page)
        self.start.start(password)

    def leave(self) -> None:
        """End the threads and close the store in order."""
        from app.bootstrap.application import close_application

        self.tasks.stop()
        # The store of a first start is open before there is a main window.
        if self._is_wiped:  # there is no store to be closed: touching it would make an empty file
            self.application = None
            self.crashes.remove()
            return
        opened = self.application or cast("Application | None", self.start.view_model.application)
        if opened is not None:
            close_application(opened)
            self.application = None
        self.crashes.remove()

    def _assemble(self, opened: "OpenedStore") -> "Application":
        from app.bootstrap.application import assemble

        application = assemble(self.folder, self.clock, self.translations.language, opened)
        application.warm_up()
        return application

    def _load_demo(self, application: object, demo: Demo, cancel: CancelToken, report: Report) -> object:
        from app.bootstrap.application import on_practice_day
        from app.services.sample_territories import IOWA, PRACTICE_TERRITORY, load_territory

        opened = cast("Application", application)
        territory = PRACTICE_TERRITORY if demo is Demo.INVENTED else IOWA
        load_territory(opened.database, opened.imports, territory, cancel=cancel, report=report)
        return on_practice_day(opened)

    @Slot(object)
    def _on_opened(self, application: object) -> None:
        from app.bootstrap.pages import build_window

        self.application = cast("Application", application)
        self.window = build_window(self, self.application)
        self.window.closed.connect(self._on_closed)
        self.window.show()
        self.start.close()
        self.window.activateWindow()  # the start window, where there was one, has had the keyboard
        self.window.begin(self.start.first_page)
        QTimer.singleShot(_SETTLED_AFTER_MS, self.gc, self.gc.settle)
        QTimer.singleShot(_SETTLED_AFTER_MS, self.classes, self.classes.begin)

    @Slot()
    def _on_full_due(self) -> None:
        if self.application is not None:
            self.application.rest()

    @Slot()
    def _on_closed(self) -> None:
        QApplication.quit()

    @Slot()
    def on_wiped(self) -> None:
        """End the program: head office has had this laptop's data erased."""
        self._is_wiped = True
        QApplication.quit()

    @Slot()
    def on_given_back(self) -> None:
        """Begin as on the first day: everything is at head office, and nothing of it is on this laptop any more."""
        window, home, before = self.window, self._home, self.start
        self.window = self.application = self._home = self._crash_dialog = None
        self.tasks.drop_all()
        if window is not None:
            window.hide()
        self.start = self._make_start()
        self.start.start()
        for left in (window, home, before):
            if left is not None:
                left.deleteLater()

    @Slot(object)
    def _on_trouble(self, error: TroubleError) -> None:
        if self.window is not None:
            self.window.show_trouble(error)

    @Slot(object)
    def _on_bug(self, text: str) -> None:
        from app.ui.shell.crash_dialog import CrashDialog

        if self._crash_dialog is None:
            self._crash_dialog = CrashDialog(self.folder.logs, self.window)
        self._crash_dialog.show_bug(text)


def load_services() -> None:
    """Import what opens the store, away from the GUI thread; nothing of Qt is among it (see `ClassMaker`)."""
    importlib.import_module("app.bootstrap.application")


def load_first_page() -> None:
    """Import what the open program begins with."""
    importlib.import_module("app.bootstrap.pages")
    for name in ("pages.today.today_page", "shell.search_box"):
        importlib.import_module(f"app.ui.{name}")


def run_window(
    folder: DataFolder,
    clock: Clock,
    *,
    password: str | None = None,
    language: Language | None = None,
    early_key: EarlyKey | None = None,
) -> int:
    """Open the window on a data folder and return the exit code when it has closed."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)  # noqa: S101 - there is no other kind in this program
    app.setApplicationName("Zoufang")
    app.setQuitOnLastWindowClosed(False)
    ensure_qm()
    instance = SingleInstance(folder.root)
    if not instance.take():
        if instance.call_first():
            return 0
        if not instance.take():  # the first one may have ended meanwhile: then this one opens
            return 1
    handler = start_logging(folder.logs)
    desk = Desk(app, folder, clock, language, early_key=early_key)
    instance.raise_requested.connect(desk.bring_forward)
    try:
        desk.begin(password)
        return app.exec()
    finally:
        desk.leave()
        instance.release()
        stop_logging(handler)
