"""One running program for one data folder: a second start brings the first one's window forward and ends."""

import hashlib
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_ANSWER_MS = 2_000


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
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_knock)

    def take(self) -> bool:
        """Take the folder for this program; False if another one has it."""
        if not self._lock.tryLock(0):
            return False
        QLocalServer.removeServer(self._name)
        self._server.listen(self._name)
        return True

    def call_first(self) -> bool:
        """Ask the program that has the folder to come forward; False if it does not answer."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        reached = socket.waitForConnected(_ANSWER_MS)
        socket.disconnectFromServer()
        return reached

    def release(self) -> None:
        """Let the folder go."""
        self._server.close()
        self._lock.unlock()

    @Slot()
    def _on_knock(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:  # pyright: ignore[reportUnnecessaryComparison]
            socket.disconnected.connect(socket.deleteLater)
            socket.disconnectFromServer()
            self.raise_requested.emit()
