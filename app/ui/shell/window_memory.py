"""Remembers where the window was and how big, and never brings it back outside the screens."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QWidget

from app.ui.look.theme import current_theme

_GEOMETRY = "window/geometry"


class WindowMemory:
    """Keeps the geometry in an ini file of the data folder."""

    def __init__(self, file: Path) -> None:
        self._settings = QSettings(str(file), QSettings.Format.IniFormat)

    def bring_back(self, window: QWidget) -> None:
        """Place the window as it was; the first time it takes most of the screen."""
        kept = self._settings.value(_GEOMETRY)
        if isinstance(kept, QByteArray) and window.restoreGeometry(kept):
            return
        room = window.screen().availableGeometry()
        theme = current_theme()
        width, height = min(room.width(), theme.em(105)), min(room.height(), theme.em(64))
        window.resize(width, height)
        window.move(room.x() + (room.width() - width) // 2, room.y() + (room.height() - height) // 2)

    def keep(self, window: QWidget) -> None:
        """Remember where the window is."""
        self._settings.setValue(_GEOMETRY, window.saveGeometry())
        self._settings.sync()
