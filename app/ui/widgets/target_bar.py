"""A thin bar: how much of a target is reached, and a mark where it should be by now."""

from PySide6.QtCore import QEvent, QRectF, QSize
from PySide6.QtGui import QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from app.ui.look.theme import current_theme
from app.ui.widgets.painting import begin, draw_box, is_look_event
from app.ui.widgets.tones import Tone


class TargetBar(QWidget):
    """Shows shares of a target; empty while there is none."""

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share: float | None = None
        self._due: float | None = None
        self._tone = Tone.PRIMARY
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)

    def set_shares(self, share: float | None, due: float | None = None, tone: Tone = Tone.PRIMARY) -> None:
        """Show the share that is reached, and the one that is due by now (None: no mark)."""
        self._share, self._due, self._tone = share, due, tone
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(current_theme().em(8), current_theme().em(0.9))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_look_event(event):
            self.updateGeometry()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = begin(self)
        high = theme.em(0.36)
        whole = QRectF(0, (self.height() - high) / 2, self.width(), high)
        draw_box(painter, whole, theme.color("grey_soft"), radius="bar")
        if self._share:
            reached = QRectF(whole)
            reached.setWidth(max(high, whole.width() * min(1.0, self._share)))
            draw_box(painter, reached, self._tone.fill, radius="bar")
        if self._due is not None:
            x = round(whole.width() * min(1.0, self._due)) - 0.5
            painter.setPen(QPen(theme.color("text"), theme.size("focus_line") * 0.75))
            painter.drawLine(QRectF(x, 0, 0, self.height()).topLeft(), QRectF(x, self.height(), 0, 0).topLeft())
