"""Words on a page: labels by role, and a label that shortens itself with an ellipsis."""

from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget
from typing_extensions import override

from app.ui.widgets.painting import begin, draw_text

Role = Literal["", "title", "heading", "strong", "muted", "hint", "figure", "error"]


class TextLabel(QLabel):
    """A label whose role the style sheet dresses; with `wrap` it breaks into lines."""

    def __init__(self, text: str = "", role: Role = "", *, wrap: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        if wrap:
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)
        if role:
            self.setProperty("role", role)

    def set_role(self, role: Role) -> None:
        """Change the role."""
        if self.property("role") != role:
            self.setProperty("role", role)
            self.style().unpolish(self)
            self.style().polish(self)


class ElidedLabel(TextLabel):
    """One line that ends in an ellipsis where the room ends; the whole text is its tooltip."""

    def __init__(self, text: str = "", role: Role = "", parent: QWidget | None = None) -> None:
        super().__init__(text, role, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @override
    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), self.fontMetrics().averageCharWidth() * 4), hint.height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_cut = self.fontMetrics().horizontalAdvance(self.text()) > self.width()
        self.setToolTip(self.text() if is_cut else "")

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = begin(self)
        draw_text(
            painter,
            QRectF(self.contentsRect()),
            self.text(),
            self.font(),
            self.palette().color(self.foregroundRole()),
            self.alignment() | Qt.AlignmentFlag.AlignVCenter,
        )


def make_divider(parent: QWidget | None = None) -> QFrame:
    """Return a hairline between two parts."""
    line = QFrame(parent)
    line.setObjectName("divider")
    return line
