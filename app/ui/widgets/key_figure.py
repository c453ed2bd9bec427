"""One figure that matters: its name, the value with its unit, and how it changed."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from app.ui.look.formats import NO_VALUE
from app.ui.look.theme import current_theme
from app.ui.widgets.painting import begin, draw_text, is_look_event, text_width
from app.ui.widgets.tones import Tone


class KeyFigure(QWidget):
    """Name above, value and unit in the middle, change or comparison below."""

    def __init__(
        self,
        label: str = "",
        value: str = "",
        unit: str = "",
        delta: str = "",
        tone: Tone | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._label = label
        self._value = value
        self._unit = unit
        self._delta = delta
        self._tone = tone
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._tell()

    def set_label(self, label: str) -> None:
        """Change the name."""
        self._label = label
        self._tell()

    def set_figure(self, value: str, unit: str = "", delta: str = "", tone: Tone | None = None) -> None:
        """Show a value; `tone` colours the line below (none: muted)."""
        self._value, self._unit, self._delta, self._tone = value, unit, delta, tone
        self._tell()

    @override
    def sizeHint(self) -> QSize:
        theme = current_theme()
        value = text_width(self._value or NO_VALUE, theme.font("figure", bold=True))
        unit = text_width(self._unit, theme.font("small", bold=True)) + theme.em(0.4) if self._unit else 0
        below = text_width(self._delta, theme.font("small"))
        width = max(value + unit, below, text_width(self._label, theme.font("small")))
        return QSize(int(width) + 2, sum(self._heights()))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(current_theme().em(4), sum(self._heights()))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_look_event(event):
            self.updateGeometry()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = begin(self)
        top, middle, _ = self._heights()
        width = float(self.width())
        draw_text(painter, QRectF(0, 0, width, top), self._label, theme.font("small"), theme.color("muted"))
        figure = theme.font("figure", bold=True)
        bottom = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom
        used = draw_text(
            painter, QRectF(0, top, width, middle), self._value or NO_VALUE, figure, theme.color("text"), bottom
        )
        if self._unit:
            small = theme.font("small", bold=True)
            # Both stand on the same line of writing, although their fonts have different depths.
            lift = QFontMetricsF(figure).descent() - QFontMetricsF(small).descent()
            rect = QRectF(used + theme.em(0.4), top, width - used - theme.em(0.4), middle - lift)
            draw_text(painter, rect, self._unit, small, theme.color("muted"), bottom)
        if self._delta:
            ink = theme.color("muted") if self._tone is None else self._tone.ink
            below = QRectF(0, top + middle, width, self.height() - top - middle)
            draw_text(painter, below, self._delta, theme.font("small"), ink)

    def _heights(self) -> tuple[int, int, int]:
        theme = current_theme()
        line = theme.em(1.4)
        return line, theme.em(2.35), line if self._delta else 0

    def _tell(self) -> None:
        self.setAccessibleName(" ".join(part for part in (self._label, self._value or NO_VALUE, self._unit) if part))
        self.setAccessibleDescription(self._delta)
        self.updateGeometry()
        self.update()
