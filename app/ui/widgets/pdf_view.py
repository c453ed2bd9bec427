"""Shows the pages of a PDF from pictures: scroll, zoom, fit to the width."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage, QKeyEvent, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from app.ui.look.theme import current_theme
from app.ui.widgets.painting import begin, is_language_event, is_look_event

_LEAST, _MOST, _STEP = 0.1, 4.0, 1.2
_BASE_SCALE = 2.0


class PdfView(QScrollArea):
    """Pages below each other; Ctrl + wheel, + and − zoom, 0 fits the width."""

    zoom_changed = Signal(object)
    """float: 1.0 is the size on paper"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages: list[_Page] = []
        self._zoom = 1.0
        self._fits_width = True
        self._render_scale = _BASE_SCALE
        self._sheet = QWidget()
        self._sheet.setObjectName("scrollBody")
        self._layout = QVBoxLayout(self._sheet)
        self._layout.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.setWidget(self._sheet)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setAutoFillBackground(False)
        self._sheet.setAutoFillBackground(False)

    @property
    def zoom(self) -> float:
        """How big pages are; 1.0 is the size on paper."""
        return self._zoom

    @property
    def page_count(self) -> int:
        """How many pages are shown."""
        return len(self._pages)

    def set_pages(self, pages: tuple[QImage, ...], render_scale: float = _BASE_SCALE) -> None:
        """Show pictures of pages that `render_pages` made at that scale."""
        self._render_scale = render_scale
        for page in self._pages:
            self._layout.removeWidget(page)
            page.hide()
            page.deleteLater()
        self._pages = [_Page(image, self._sheet) for image in pages]
        self._name_pages()
        for page in self._pages:
            self._layout.addWidget(page, 0, Qt.AlignmentFlag.AlignHCenter)
            page.show()
        self._resize()

    def set_zoom(self, zoom: float) -> None:
        """Show pages at that size."""
        self._fits_width = False
        self._zoom = min(_MOST, max(_LEAST, zoom))
        self._resize()

    @Slot()
    def zoom_in(self) -> None:
        """Show pages a step bigger."""
        self.set_zoom(self._zoom * _STEP)

    @Slot()
    def zoom_out(self) -> None:
        """Show pages a step smaller."""
        self.set_zoom(self._zoom / _STEP)

    @Slot()
    def fit_width(self) -> None:
        """Make pages as wide as the view, also when it is resized."""
        self._fits_width = True
        self._resize()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_in()
        elif event.key() == Qt.Key.Key_Minus:
            self.zoom_out()
        elif event.key() == Qt.Key.Key_0:
            self.fit_width()
        else:
            super().keyPressEvent(event)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            (self.zoom_in if event.angleDelta().y() > 0 else self.zoom_out)()
            event.accept()
        else:
            super().wheelEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fits_width:
            self._resize()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_look_event(event) and hasattr(self, "_layout"):
            self._resize()
        if is_language_event(event):
            self._name_pages()

    def _name_pages(self) -> None:
        for number, page in enumerate(self._pages, start=1):
            page.setAccessibleName(self.tr("Page %1").replace("%1", str(number)))

    def _resize(self) -> None:
        theme = current_theme()
        gap = theme.size("gap")
        self._layout.setSpacing(gap)
        self._layout.setContentsMargins(gap, gap, gap, gap)
        if self._fits_width and self._pages:
            widest = max(page.image.width() for page in self._pages) / self._render_scale
            # Room for the scroll bar is kept free, or the pages would jump when it appears.
            room = self.width() - 2 * gap - theme.size("scroll_bar")
            self._zoom = min(_MOST, max(_LEAST, room / widest))
        for page in self._pages:
            page.setFixedSize((QSize(page.image.size()).toSizeF() * (self._zoom / self._render_scale)).toSize())
        self._layout.activate()
        self.zoom_changed.emit(self._zoom)


class _Page(QWidget):
    """One page."""

    def __init__(self, image: QImage, parent: QWidget) -> None:
        super().__init__(parent)
        self.image = image
        self._drawn = QImage()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = begin(self)
        ratio = self.devicePixelRatioF()
        size = (self.size().toSizeF() * ratio).toSize()
        if self._drawn.size() != size:
            aspect, smooth = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
            self._drawn = self.image.scaled(size, aspect, smooth)
        painter.drawImage(QRectF(self.rect()), self._drawn)
        painter.setPen(theme.color("line_strong"))
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
