"""The photos of a place side by side, and a zone that takes new ones: dropped, pasted or chosen as files."""

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QKeySequence,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QFileDialog, QSizePolicy, QToolButton, QWidget
from typing_extensions import override

from app.ui.look.icons import paint_icon
from app.ui.look.theme import current_theme
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.painting import begin, is_look_event
from app.ui.widgets.photo_tile import Photo, PhotoTile, tile_size

PICTURE_ENDINGS = (".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff")


class PhotoStrip(QWidget):
    """Tiles and a drop zone; the page stores what is offered and gives the new tiles back."""

    files_offered = Signal(object)
    """tuple[Path, ...]: picture files dropped, pasted or chosen"""
    image_offered = Signal(object)
    """QImage: a picture that has no file, such as a pasted one"""
    photo_opened = Signal(object)
    """str: the key"""
    removal_requested = Signal(object)
    """str: the key"""

    def __init__(self, zone_text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tiles: list[PhotoTile] = []
        self._flow = FlowLayout(self)
        self._zone = _DropZone(zone_text, self)
        self._flow.addWidget(self._zone)
        self._zone.clicked.connect(self.choose_files)
        self.setAcceptDrops(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def zone(self) -> QWidget:
        """The box that takes pictures."""
        return self._zone

    def set_zone_text(self, text: str) -> None:
        """Change the words of the zone."""
        self._zone.set_words(text)

    def set_photos(self, photos: tuple[Photo, ...]) -> None:
        """Show these photos; tiles that stay are not built anew."""
        while len(self._tiles) > len(photos):
            tile = self._tiles.pop()
            self._flow.removeWidget(tile)
            tile.hide()
            tile.deleteLater()
        for tile, photo in zip(self._tiles, photos, strict=False):
            tile.set_photo(photo)
        for photo in photos[len(self._tiles) :]:
            self._add_tile(photo)
        self.updateGeometry()

    def take(self, mime: QMimeData) -> bool:
        """Offer the pictures of a drop or of the clipboard; return whether there were any."""
        files = _pictures(mime)
        if files:
            self.files_offered.emit(files)
            return True
        image = QImage(mime.imageData()) if mime.hasImage() else QImage()
        if not image.isNull():
            self.image_offered.emit(image)
            return True
        return False

    def paste(self) -> bool:
        """Offer what the clipboard holds; return whether there was a picture."""
        return self.take(QGuiApplication.clipboard().mimeData())

    @Slot()
    def choose_files(self) -> None:
        """Open the dialog for files; several can be chosen."""
        dialog = QFileDialog(self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        endings = " ".join(f"*{ending}" for ending in PICTURE_ENDINGS)
        dialog.setNameFilter(self.tr("Pictures (%1)").replace("%1", endings))
        dialog.filesSelected.connect(self._on_files_selected)
        dialog.open()

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _pictures(event.mimeData()) or event.mimeData().hasImage():
            event.acceptProposedAction()
            self._zone.set_hot(hot=True)

    @override
    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._zone.set_hot(hot=False)

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        self._zone.set_hot(hot=False)
        if self.take(event.mimeData()):
            event.acceptProposedAction()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not (event.matches(QKeySequence.StandardKey.Paste) and self.paste()):
            super().keyPressEvent(event)

    def _add_tile(self, photo: Photo) -> None:
        tile = PhotoTile(photo, self)
        tile.opened.connect(self.photo_opened)
        tile.removal_requested.connect(self.removal_requested)
        self._flow.removeWidget(self._zone)
        self._flow.addWidget(tile)
        self._flow.addWidget(self._zone)
        self._tiles.append(tile)
        tile.show()

    @Slot("QStringList")
    def _on_files_selected(self, names: list[str]) -> None:
        self.files_offered.emit(tuple(Path(name) for name in names))


class _DropZone(QToolButton):
    """The dashed box that takes pictures."""

    def __init__(self, text: str, strip: PhotoStrip) -> None:
        super().__init__(strip)
        self._hot = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_words(text)

    def set_words(self, text: str) -> None:
        """Change the words."""
        self.setText(text)
        self.setAccessibleName(text)
        self.update()

    def set_hot(self, *, hot: bool) -> None:
        """Show that a picture is over it."""
        self._hot = hot
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return tile_size()

    @override
    def minimumSizeHint(self) -> QSize:
        return tile_size()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_look_event(event):
            self.updateGeometry()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = begin(self)
        rect = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        is_live = self._hot or self.hasFocus() or self.underMouse()
        pen = QPen(theme.color("primary" if is_live else "line_strong"), theme.em(0.1), Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([4.0, 3.0])
        painter.setPen(pen)
        painter.setBrush(theme.color("primary_soft") if self._hot else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect, theme.size("radius_control"), theme.size("radius_control"))
        side = theme.em(1.8)
        icon = QRectF(rect.center().x() - side / 2, rect.top() + theme.em(1.6), side, side)
        paint_icon(painter, "camera", icon, theme.color("muted"))
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("muted"))
        words = QRectF(rect.left(), icon.bottom() + theme.em(0.3), rect.width(), rect.bottom() - icon.bottom())
        words.adjust(theme.em(0.6), 0, -theme.em(0.6), -theme.em(0.3))
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        painter.drawText(words, flags, self.text())


def _pictures(mime: QMimeData) -> tuple[Path, ...]:
    files = (Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile())
    return tuple(path for path in files if path.suffix.lower() in PICTURE_ENDINGS)
