"""The keys of the program on one sheet, and how a day goes."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.ui.look.theme import current_theme
from app.ui.widgets.buttons import Button
from app.ui.widgets.chip import Chip
from app.ui.widgets.labels import TextLabel
from app.ui.widgets.layouts import clear_layout
from app.ui.widgets.painting import is_language_event
from app.ui.widgets.scroll_area import VerticalScrollArea
from app.ui.widgets.tones import Tone

_Keys = tuple[tuple[str, str], ...]
_PARTS = 3
_WORDS = (1, 3)
"""The columns that hold words; the keys stand before them."""
_KEYS_EM, _WIDE_EM, _HIGH_EM = 8, 64, 54


class HelpSheet(QDialog):
    """Opened by F1 and by Ctrl+/."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("helpSheet")
        self._title = TextLabel("", "title")
        self._day = TextLabel("", "muted", wrap=True)
        self._titles = [TextLabel("", "heading") for _ in range(_PARTS)]
        self._grids = [QGridLayout() for _ in range(_PARTS)]
        self._close = Button("", "primary")
        self._close.setObjectName("helpClose")
        self._close.clicked.connect(self.accept)
        theme = current_theme()
        keys = QWidget()
        keys.setObjectName("scrollBody")
        parts = QVBoxLayout(keys)
        parts.setContentsMargins(0, 0, theme.size("gap"), 0)
        parts.setSpacing(theme.size("gap_small"))
        for title, grid in zip(self._titles, self._grids, strict=True):
            grid.setHorizontalSpacing(theme.size("gap"))
            grid.setVerticalSpacing(theme.size("gap_tiny"))
            for column in _WORDS:
                grid.setColumnMinimumWidth(column - 1, theme.em(_KEYS_EM))
                grid.setColumnStretch(column, 1)
            parts.addWidget(title)
            parts.addLayout(grid)
            parts.addSpacing(theme.size("gap_small"))
        parts.addStretch(1)
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(self._close)
        whole = QVBoxLayout(self)
        side = theme.size("pad")
        whole.setContentsMargins(side, side, side, side)
        whole.setSpacing(theme.size("gap"))
        whole.addWidget(self._title)
        whole.addWidget(self._day)
        self._scroll = VerticalScrollArea(keys, self)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # so that the arrow keys scroll where not all has room
        whole.addWidget(self._scroll, 1)
        whole.addLayout(line)
        window = parent.size() if parent is not None else QSize(theme.em(_WIDE_EM), theme.em(_HIGH_EM))
        self.resize(min(theme.em(_WIDE_EM), window.width()), min(theme.em(_HIGH_EM), window.height()))
        self._retranslate()

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Help"))
        for named in (self._title.setText, self._scroll.setAccessibleName):
            named(self.tr("Keys"))
        self._day.setText(
            self.tr(
                "Choose a shop on Today and begin the visit. Everything is saved as you type; there is no save button. "
                "You can leave a step, a visit or the program at any time and come back to the same field."
            )
        )
        self._close.setText(self.tr("Close"))
        parts = (
            (self.tr("Everywhere and in a visit"), self._keys()),
            (self.tr("Visit plan"), self._keys_of_plan()),
            (self.tr("Map of the plan"), self._keys_of_map()),
        )
        for label, grid, (title, keys) in zip(self._titles, self._grids, parts, strict=True):
            label.setText(title)
            _fill(grid, keys)

    def _keys(self) -> _Keys:
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

    def _keys_of_plan(self) -> _Keys:
        return (
            ("← → ↑ ↓", self.tr("Another day, another visit")),
            ("PgUp PgDown", self.tr("Month, week or day before and after")),
            ("Home", self.tr("Today")),
            ("Enter", self.tr("Open the visit or the day")),
            (self.tr("Space"), self.tr("Why the visit is on its day")),
            ("Alt+← →", self.tr("Move the visit to another working day")),
            ("Alt+↑ ↓", self.tr("Earlier or later in its day")),
            ("Ctrl+D", self.tr("Do it the working day after")),
            ("Ctrl+X Ctrl+V", self.tr("Cut the visit, put it on another day")),
            ("Ctrl+E", self.tr("Exchange with another visit")),
            ("Ctrl+B", self.tr("Fix the visit on its day, or free it")),
            ("Ctrl+R", self.tr("Shortest order of the day")),
            ("Ctrl+N", self.tr("Drop in nearby")),
            ("Del", self.tr("Take the visit out of the plan")),
            ("Ctrl+Z Ctrl+Y", self.tr("Undo, do again")),
            ("Ctrl+M", self.tr("To the plan health and back")),
            ("Shift+F10", self.tr("All that can be done here")),
        )

    def _keys_of_map(self) -> _Keys:
        return (
            ("← → ↑ ↓", self.tr("To the next shop in that direction")),
            ("+ − 0", self.tr("Closer, further, all shops")),
            (self.tr("Space"), self.tr("Select the shop, or select it no more")),
            ("L", self.tr("Select with the lasso")),
            ("G", self.tr("Outlines of villages, streets or counties")),
            ("Ctrl+A", self.tr("Select all shops")),
            ("Enter", self.tr("Open the customer")),
            ("Esc", self.tr("Drop the lasso, select none")),
        )

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_language_event(event) and hasattr(self, "_close"):
            self._retranslate()


def _fill(grid: QGridLayout, keys: _Keys) -> None:
    """Show keys with their words in two halves side by side."""
    clear_layout(grid)
    half = (len(keys) + 1) // 2
    for number, (combination, words) in enumerate(keys):
        row, column = number % half, 2 * (number // half)
        grid.addWidget(Chip(combination, Tone.GREY), row, column)
        grid.addWidget(TextLabel(words, wrap=True), row, column + 1)
