"""A thin bar of progress with its name and count above."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget
from typing_extensions import override

from app.ui.look.theme import current_theme
from app.ui.widgets.painting import begin, draw_box, draw_text, is_look_event, text_width


class ProgressLine(QProgressBar):
    """Set `label` and `count` in words; the bar itself by `set_progress`."""

    def __init__(self, label: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = label
        self._count = ""
        self.setTextVisible(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setRange(0, 1000)
        self.setAccessibleName(label)

    def set_label(self, label: str) -> None:
        """Change the name."""
        self._label = label
        self.setAccessibleName(label)
        self.updateGeometry()
        self.update()

    def set_progress(self, share: float, count: str = "") -> None:
        """Show a share between 0 and 1, and the count in words (318 / 318)."""
        self._count = count
        self.setAccessibleDescription(count)
        self.setValue(round(1000 * min(1.0, max(0.0, share))))
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        theme = current_theme()
        return QSize(theme.em(8), theme.em(0.62) + (theme.em(1.7) if self._has_words else 0))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(current_theme().em(3), self.sizeHint().height())

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_look_event(event):
            self.updateGeometry()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = begin(self)
        rect = QRectF(self.rect())
        if self._has_words:
            words = QRectF(0, 0, rect.width(), theme.em(1.5))
            small = theme.font("small")
            count = text_width(self._count, small)
            room = words.adjusted(0, 0, -count - theme.em(0.5), 0)
            draw_text(painter, room, self._label, theme.font("small", bold=True), theme.color("text"))
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            draw_text(painter, words, self._count, small, theme.color("muted"), right)
            rect.setTop(rect.bottom() - theme.em(0.62))
        draw_box(painter, rect, theme.color("track"), radius="radius_chip")
        share = self.value() / 1000
        if share > 0:
            done = QRectF(rect.left(), rect.top(), max(rect.height(), rect.width() * share), rect.height())
            draw_box(painter, done, theme.color("green" if share >= 1 else "primary"), radius="radius_chip")

    @property
    def _has_words(self) -> bool:
        return bool(self._label or self._count)
