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

_LISTEN_AFTER_MS = 1_000
"""Whoever starts the program twice within this time still gets one window: the lock holds from the first moment."""


class SingleInstance(QObject):
    """Holds the data folder's lock, and hears when the program is started once more."""

    raise_requested = Signal()

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        folder.mkdir(parents=True, exist_ok=True)
        self._name = f"zoufang-{hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:24]}"
        self._lock = QLockFile(str(folder / "running.lock"))
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
        """Ask the program that has the folder to come forward; False if it does not answer."""
        from PySide6.QtNetwork import QLocalSocket

        patience = QDeadlineTimer(_ANSWER_MS)
        while True:
            socket = QLocalSocket()
            socket.connectToServer(self._name)
            reached = socket.waitForConnected(_ANSWER_MS)
            socket.disconnectFromServer()
            if reached or patience.hasExpired():
                return reached
            time.sleep(_AGAIN_AFTER)  # the first one was started a moment ago and does not hear yet

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
