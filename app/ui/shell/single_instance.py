"""One running program for one data folder: a second start brings the first one's window forward and ends."""

import hashlib
import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDeadlineTimer, QLockFile, QObject, QTimer, Signal, Slot

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer

# The network part of Qt is for who starts the program twice: it is loaded once the window is up.
# ruff: noqa: PLC0415

_ANSWER_MS = 2_000
_AGAIN_AFTER = 0.1

_START_MS = 20_000
_YOUNG_SECONDS = 30
"""A program whose lock is younger than this may be starting still: on a slow machine it hears late."""

_LISTEN_AFTER_MS = 1_000
"""Whoever starts the program twice within this time still gets one window: the lock holds from the first moment."""


class SingleInstance(QObject):
    """Holds the data folder's lock, and hears when the program is started once more."""

    raise_requested = Signal()

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        folder.mkdir(parents=True, exist_ok=True)
        self._name = f"zoufang-{hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:24]}"
        self._file = folder / "running.lock"
        self._lock = QLockFile(str(self._file))
        # A lock never grows old by time: whether its process still runs is asked of the system.
        self._lock.setStaleLockTime(0)
        self._server: QLocalServer | None = None

    def take(self) -> bool:
        """Take the folder for this program; False if another one has it."""
        if not self._lock.tryLock(0):
            return False
        QTimer.singleShot(_LISTEN_AFTER_MS, self, self.listen)
        return True

    @Slot()
    def listen(self) -> None:
        """Hear from now on when the program is started once more."""
        from PySide6.QtNetwork import QLocalServer

        if self._server is None:
            QLocalServer.removeServer(self._name)
            self._server = QLocalServer(self)
            self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
            self._server.newConnection.connect(self._on_knock)
            self._server.listen(self._name)

    def call_first(self) -> bool:
        """Ask the program that has the folder to come forward; False if it does not answer or has ended.

        A program that is open answers within 2 s; one that is starting is waited for, at most 20 s.
        """
        patience, start = QDeadlineTimer(_ANSWER_MS), QDeadlineTimer(_START_MS)
        while not self._knock():
            if self._is_free() or (patience.hasExpired() and (start.hasExpired() or not self._is_young())):
                return False
            time.sleep(_AGAIN_AFTER)
        return True

    def _knock(self) -> bool:
        from PySide6.QtNetwork import QLocalSocket

        socket = QLocalSocket()
        socket.connectToServer(self._name)
        reached = socket.waitForConnected(_ANSWER_MS)
        socket.disconnectFromServer()
        return reached

    def _is_free(self) -> bool:
        if not self._lock.tryLock(0):
            return False
        self._lock.unlock()
        return True

    def _is_young(self) -> bool:
        try:
            return time.time() - self._file.stat().st_mtime < _YOUNG_SECONDS
        except OSError:  # it was let go a moment ago
            return False

    def release(self) -> None:
        """Let the folder go."""
        if self._server is not None:
            self._server.close()
        self._lock.unlock()

    @Slot()
    def _on_knock(self) -> None:
        server = self._server
        while server is not None and (socket := server.nextPendingConnection()) is not None:  # pyright: ignore[reportUnnecessaryComparison]
            socket.disconnected.connect(socket.deleteLater)
            socket.disconnectFromServer()
            self.raise_requested.emit()
