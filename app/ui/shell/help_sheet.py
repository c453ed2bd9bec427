"""The keys of the program on one sheet, and how a day goes."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.ui.look.theme import current_theme
from app.ui.widgets.buttons import Button
from app.ui.widgets.chip import Chip
from app.ui.widgets.labels import TextLabel
from app.ui.widgets.layouts import clear_layout
from app.ui.widgets.painting import is_language_event
from app.ui.widgets.tones import Tone


class HelpSheet(QDialog):
    """Opened by F1 and by Ctrl+/."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("helpSheet")
        self._title = TextLabel("", "title")
        self._day = TextLabel("", "muted", wrap=True)
        self._grid = QGridLayout()
        self._close = Button("", "primary")
        self._close.setObjectName("helpClose")
        self._close.clicked.connect(self.accept)
        theme = current_theme()
        self._grid.setHorizontalSpacing(theme.size("gap"))
        self._grid.setVerticalSpacing(theme.size("gap_small"))
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(3, 1)
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(self._close)
        whole = QVBoxLayout(self)
        side = theme.size("pad")
        whole.setContentsMargins(side, side, side, side)
        whole.setSpacing(theme.size("gap"))
        whole.addWidget(self._title)
        whole.addWidget(self._day)
        whole.addLayout(self._grid)
        whole.addStretch(1)
        whole.addLayout(line)
        self.resize(theme.em(52), theme.em(26))
        self._retranslate()

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Help"))
        self._title.setText(self.tr("Keys"))
        self._day.setText(
            self.tr(
                "Choose a shop on Today and begin the visit. Everything is saved as you type; there is no save button. "
                "You can leave a step, a visit or the program at any time and come back to the same field."
            )
        )
        self._close.setText(self.tr("Close"))
        clear_layout(self._grid)
        keys = self._keys()
        half = (len(keys) + 1) // 2
        for number, (combination, words) in enumerate(keys):
            row, column = number % half, 2 * (number // half)
            self._grid.addWidget(Chip(combination, Tone.GREY), row, column)
            self._grid.addWidget(TextLabel(words, wrap=True), row, column + 1)

    def _keys(self) -> tuple[tuple[str, str], ...]:
        return (
            ("Ctrl+K", self.tr("Search everything")),
            ("Ctrl+1 2 3", self.tr("First, second, third page of the rail")),
            ("Ctrl+T", self.tr("Tasks from head office")),
            ("F5", self.tr("Sync with head office")),
            ("Ctrl+L", self.tr("Lock the window")),
            ("F11", self.tr("Full screen")),
            ("Ctrl +", self.tr("Bigger text")),
            ("Ctrl −", self.tr("Smaller text")),
            ("F1", self.tr("This sheet")),
            ("Ctrl+Q", self.tr("Quit")),
            ("Alt+→", self.tr("Visit: next step")),
            ("Alt+←", self.tr("Visit: previous step")),
            ("Ctrl+Z", self.tr("Visit: undo")),
            ("Ctrl+Y", self.tr("Visit: do again")),
            ("Ctrl+S", self.tr("Visit: save now (it is saved anyway)")),
            ("A B C", self.tr("Diagnosis: the state; also 1, 2, 3")),
        )

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_language_event(event) and hasattr(self, "_grid"):
            self._retranslate()
