"""For how long no round is to be made by itself."""

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget
from typing_extensions import override

from app.domain.sync_pause import PauseFor
from app.ui.widgets.painting import is_language_event

_NAME = "pause_"


class PauseMenu(QMenu):
    """Three lengths of a pause."""

    chosen = Signal(object)
    """PauseFor"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pauseMenu")
        for kind in PauseFor:
            self.addAction("").setObjectName(f"{_NAME}{kind.value}")
        self.triggered.connect(self._on_triggered)
        self._retranslate()

    def _retranslate(self) -> None:
        words = {
            PauseFor.HOUR: self.tr("For an hour"),
            PauseFor.TOMORROW: self.tr("Until tomorrow"),
            PauseFor.OPEN: self.tr("Until I go on"),
        }
        for action in self.actions():
            action.setText(words[_kind_of(action)])

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_language_event(event):
            self._retranslate()

    @Slot(object)
    def _on_triggered(self, action: QAction) -> None:
        self.chosen.emit(_kind_of(action))


def _kind_of(action: QAction) -> PauseFor:
    return PauseFor(action.objectName().removeprefix(_NAME))
