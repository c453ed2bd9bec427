"""One photo as a thumbnail with its caption, and a note such as "waiting to be sent" below."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage, QKeyEvent, QLinearGradient, QPainter, QPainterPath, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget
from typing_extensions import override

from app.ui.look.icons import paint_icon
from app.ui.look.theme import current_theme
from app.ui.widgets.painting import begin, draw_focus, draw_text, is_look_event


@dataclass(frozen=True, slots=True, eq=False)
class Photo:
    """One photo: its key as data, the thumbnail (None while it is being made), words on it and below it."""

    key: str
    image: QImage | None
    caption: str = ""
    note: str = ""


class PhotoTile(QToolButton):
    """A click or Enter opens the photo, Delete asks to remove it."""

    opened = Signal(object)
    """str: the key"""
    removal_requested = Signal(object)
    """str: the key"""

    def __init__(self, photo: Photo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._photo = photo
        self._drawn: QPixmap | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._on_clicked)
        self.set_photo(photo)

    @property
    def photo(self) -> Photo:
        """The photo shown."""
        return self._photo

    def set_photo(self, photo: Photo) -> None:
        """Show another photo, or the same one with other words."""
        self._photo = photo
        self._drawn = None
        self.setAccessibleName(f"{photo.caption} {photo.note}".strip())
        self.update()

    @override
    def sizeHint(self) -> QSize:
        size = tile_size()
        return QSize(size.width(), size.height() + current_theme().size("line_text"))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_look_event(event):
            self._drawn = None
            self.updateGeometry()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removal_requested.emit(self._photo.key)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = begin(self)
        box = QRectF(0, 0, self.width(), self.height() - theme.size("line_text"))
        path = QPainterPath()
        path.addRoundedRect(box, theme.size("radius_control"), theme.size("radius_control"))
        painter.fillPath(path, theme.color("track"))
        painter.setClipPath(path)
        self._paint_image(painter, box)
        if self._photo.caption:
            self._paint_caption(painter, box)
        painter.setClipping(False)
        words = QRectF(0, box.bottom(), self.width(), theme.size("line_text"))
        draw_text(painter, words, self._photo.note, theme.font("small"), theme.color("muted"))
        if self.hasFocus():
            draw_focus(painter, box)

    def _paint_image(self, painter: QPainter, box: QRectF) -> None:
        image = self._photo.image
        if image is None or image.isNull():
            side = current_theme().em(2)
            icon = QRectF(0, 0, side, side)
            icon.moveCenter(box.center())
            paint_icon(painter, "photo", icon, current_theme().color("muted"))
            return
        ratio = self.devicePixelRatioF()
        if self._drawn is None or self._drawn.devicePixelRatio() != ratio:
            size = QSize(round(box.width() * ratio), round(box.height() * ratio))
            filled = image.scaled(
                size, Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation
            )
            self._drawn = QPixmap.fromImage(filled)
            self._drawn.setDevicePixelRatio(ratio)
        place = QRectF(self._drawn.rect())
        place.setSize(self._drawn.deviceIndependentSize())
        place.moveCenter(box.center())
        painter.drawPixmap(place.topLeft(), self._drawn)

    def _paint_caption(self, painter: QPainter, box: QRectF) -> None:
        theme = current_theme()
        shade = QRectF(box.left(), box.bottom() - theme.em(2.4), box.width(), theme.em(2.4))
        fade = QLinearGradient(shade.topLeft(), shade.bottomLeft())
        clear, dark = theme.color("caption_shade"), theme.color("caption_shade")
        clear.setAlphaF(0)
        dark.setAlphaF(0.78)
        fade.setColorAt(0, clear)
        fade.setColorAt(0.75, dark)
        painter.fillRect(shade, fade)
        words = shade.adjusted(theme.size("gap_small"), theme.em(0.9), -theme.size("gap_small"), -theme.em(0.2))
        draw_text(painter, words, self._photo.caption, theme.font("small"), theme.color("on_caption"))

    @Slot()
    def _on_clicked(self) -> None:
        self.opened.emit(self._photo.key)


def tile_size() -> QSize:
    """Return the size of a thumbnail."""
    theme = current_theme()
    return QSize(theme.em(13), theme.em(9))
