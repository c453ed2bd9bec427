"""The dark panel with the name of the program and what it promises; beside the questions of the start and the lock."""

from PySide6.QtCore import QEvent, QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from app.ui.look.theme import current_theme
from app.ui.widgets.painting import begin, draw_text, is_language_event


class BrandPanel(QWidget):
    """Name, one sentence, three promises."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = ""
        self._lines: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._retranslate()

    def _retranslate(self) -> None:
        self._name = self.tr("Zoufang")
        self._lines = (
            self.tr("Every visit, guided and kept."),
            self.tr("Works without a network"),
            self.tr("Encrypted on this laptop"),
            self.tr("Nothing typed is lost"),
        )
        self.setAccessibleName(f"{self._name}. {' '.join(self._lines)}")
        self.update()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_language_event(event):
            self._retranslate()

    @override
    def sizeHint(self) -> QSize:
        return QSize(current_theme().em(20), current_theme().em(30))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = begin(self)
        painter.fillRect(self.rect(), theme.color("rail"))
        left, top = float(theme.em(2.2)), self.height() * 0.3
        room = QRectF(left, top, self.width() - 1.5 * left, theme.em(2.6))
        draw_text(painter, room, self._name, theme.font("figure", bold=True), theme.color("rail_active_text"))
        for number, line in enumerate(self._lines):
            room.translate(0, theme.em(2.6 if number < 2 else 1.9))  # noqa: PLR2004  the promise stands apart
            draw_text(painter, room, line, theme.font(), theme.color("rail_text"))
