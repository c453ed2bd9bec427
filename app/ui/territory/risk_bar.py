"""How far the computing of who may run out is: it can be stopped, and gone on with."""

from PySide6.QtCore import QEvent, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.ui.look.theme import current_theme
from app.ui.territory.territory_view_model import TerritoryViewModel
from app.ui.widgets.buttons import Button
from app.ui.widgets.painting import is_look_event
from app.ui.widgets.progress_line import ProgressLine


class RiskBar(QWidget):
    """Shown only while shops are missing."""

    def __init__(self, model: TerritoryViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._line = ProgressLine()
        self._line.setObjectName("riskProgress")
        self._button = Button(small=True)
        self._button.setObjectName("riskStop")
        below = QHBoxLayout()
        below.addStretch(1)
        below.addWidget(self._button)
        self._whole = QVBoxLayout(self)
        self._whole.addWidget(self._line)
        self._whole.addLayout(below)
        self._button.clicked.connect(self._on_pressed)
        self._measure()
        self.hide()

    def retranslate(self) -> None:
        """Word everything in the language now shown."""
        self.render_progress()

    def render_progress(self) -> None:
        """Show how far it is."""
        progress = self._model.risk_progress
        self.setVisible(progress is not None)
        if progress is None:
            return
        self._line.set_label(self.tr("Looking at stocks") if progress.is_running else self.tr("Stopped"))
        count = self.tr("%1 of %2 shops").replace("%1", str(progress.known)).replace("%2", str(progress.shops))
        self._line.set_progress(progress.known / progress.shops, count)
        self._button.setText(self.tr("Stop") if progress.is_running else self.tr("Go on"))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_look_event(event) and hasattr(self, "_whole"):
            self._measure()

    @Slot()
    def _on_pressed(self) -> None:
        progress = self._model.risk_progress
        if progress is not None and progress.is_running:
            self._model.stop_risks()
        else:
            self._model.go_on_with_risks()

    def _measure(self) -> None:
        theme = current_theme()
        self._whole.setContentsMargins(0, theme.size("gap_small"), 0, 0)
        self._whole.setSpacing(theme.size("gap_small"))
