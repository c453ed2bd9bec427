"""Catches every exception that nobody handled, on whatever thread, and hands it to the GUI thread."""

import logging
import sys
import threading
from types import TracebackType

from PySide6.QtCore import QObject, Signal, Slot

from app.domain.problems import TroubleError
from app.runtime.logs import describe_error

log = logging.getLogger(__name__)


class CrashCatcher(QObject):
    """Logs at once; tells trouble (which has words) and bugs (which need a report) apart on the GUI thread."""

    trouble_met = Signal(object)
    """TroubleError"""
    bug_met = Signal(object)
    """str: the report, without personal data"""
    _caught = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._before = (sys.excepthook, threading.excepthook)
        self._caught.connect(self._on_caught)

    def install(self) -> None:
        """Catch from now on."""
        self._before = (sys.excepthook, threading.excepthook)
        sys.excepthook = self._hook
        threading.excepthook = self._thread_hook

    def remove(self) -> None:
        """Give the hooks back."""
        sys.excepthook, threading.excepthook = self._before

    @Slot(object)
    def report(self, error: BaseException) -> None:
        """Treat an exception that came another way, such as the outcome of a task, alike."""
        log.error("unhandled: %s", describe_error(error))
        self._caught.emit(error)

    def _hook(self, kind: type[BaseException], error: BaseException, place: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, place)
            return
        self.report(error.with_traceback(place))

    def _thread_hook(self, caught: threading.ExceptHookArgs) -> None:
        if caught.exc_value is not None:
            self.report(caught.exc_value)

    @Slot(object)
    def _on_caught(self, error: BaseException) -> None:
        if isinstance(error, TroubleError):
            self.trouble_met.emit(error)
        else:
            self.bug_met.emit(describe_error(error))
