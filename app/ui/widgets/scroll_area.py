"""A scroll area that goes up and down only and is never narrower than what it holds."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget
from typing_extensions import override


class VerticalScrollArea(QScrollArea):
    """Shows one widget; without it a narrow window would cut words at the right edge."""

    def __init__(self, body: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        body.setObjectName(body.objectName() or "scrollBody")
        self.setWidget(body)
        body.setAutoFillBackground(False)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._narrowest(), super().minimumSizeHint().height())

    @override
    def sizeHint(self) -> QSize:
        body = self.widget()
        hint = super().sizeHint() if body is None else body.sizeHint()
        return QSize(max(hint.width() + self._bar(), self._narrowest()), hint.height())

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def _narrowest(self) -> int:
        body = self.widget()
        return 0 if body is None else body.minimumSizeHint().width() + self._bar()

    def _bar(self) -> int:
        return self.verticalScrollBar().sizeHint().width()
