"""For how long no round is to be made by itself."""

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget
from typing_extensions import override

from app.domain.sync_pause import PauseFor
from app.ui.widgets.painting import is_language_event


class PauseMenu(QMenu):
    """Three lengths of a pause."""

    chosen = Signal(object)
    """PauseFor"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pauseMenu")
        self._choices: dict[QAction, PauseFor] = {}
        for kind in PauseFor:
            action = self.addAction("")
            action.setObjectName(f"pause_{kind.value}")
            self._choices[action] = kind
        self.triggered.connect(self._on_triggered)
        self._retranslate()

    def _retranslate(self) -> None:
        words = {
            PauseFor.HOUR: self.tr("For an hour"),
            PauseFor.TOMORROW: self.tr("Until tomorrow"),
            PauseFor.OPEN: self.tr("Until I go on"),
        }
        for action, kind in self._choices.items():
            action.setText(words[kind])

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_language_event(event) and hasattr(self, "_choices"):
            self._retranslate()

    @Slot(object)
    def _on_triggered(self, action: QAction) -> None:
        self.chosen.emit(self._choices[action])
