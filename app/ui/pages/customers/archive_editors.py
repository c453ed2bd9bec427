"""The editor of a field with several choices: a small box of ticks in the place of the line."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QVBoxLayout, QWidget
from typing_extensions import override

from app.ui.look.theme import current_theme
from app.ui.widgets.painting import begin, draw_box, draw_focus


class TagsEditor(QFrame):
    """Ticks; Enter keeps them, Esc gives the old ones back (the delegate sees to both)."""

    def __init__(self, choices: tuple[tuple[str, str], ...], parent: QWidget) -> None:
        super().__init__(parent)
        theme = current_theme()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(
            theme.size("gap_small"), theme.size("gap_tiny"), theme.size("gap_small"), theme.size("gap_tiny")
        )
        layout.setSpacing(0)
        self._boxes: dict[str, QCheckBox] = {}
        for code, words in choices:
            box = QCheckBox(words)
            box.setObjectName(f"tag_{code}")
            self._boxes[code] = box
            layout.addWidget(box)
        if self._boxes:
            self.setFocusProxy(next(iter(self._boxes.values())))

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes that are ticked, in the order of the list."""
        return tuple(code for code, box in self._boxes.items() if box.isChecked())

    def set_codes(self, codes: tuple[str, ...]) -> None:
        """Tick these."""
        for code, box in self._boxes.items():
            box.setChecked(code in codes)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = begin(self)
        draw_box(painter, QRectF(self.rect()), theme.color("surface"), theme.color("line_strong"))
        draw_focus(painter, QRectF(self.rect()))
