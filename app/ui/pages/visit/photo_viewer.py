"""One photo large, with its place and caption; it can be removed, and the removal undone."""

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.enumerations import Enumeration
from app.services.visit_rows import RowKey
from app.ui.look.theme import current_theme
from app.ui.look.translations import current_language
from app.ui.pages.visit.photo_desk import PhotoDesk
from app.ui.pages.visit.visit_draft import VisitDraft
from app.ui.widgets.buttons import Button

_WIDE, _HIGH = 60, 42


class PhotoViewer(QDialog):
    """Esc closes it."""

    def __init__(
        self, draft: VisitDraft, desk: PhotoDesk, key: RowKey, places: Enumeration, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._draft = draft
        self._key = key
        self._image = QImage()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("photoViewer")
        self.setWindowTitle(self.tr("Photo"))
        self._build(places)
        self._caption.textEdited.connect(self._on_caption)
        self._place.currentIndexChanged.connect(self._on_place)
        self._remove.clicked.connect(self._on_remove)
        self._close.clicked.connect(self.accept)
        desk.read_full(str(draft.row(key).get("sha256")), self, self._on_read)

    @property
    def has_picture(self) -> bool:
        """Whether the picture is there; it is read in the background."""
        return not self._image.isNull()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._paint()

    def _build(self, places: Enumeration) -> None:
        theme = current_theme()
        row = self._draft.row(self._key)
        read_only = self._draft.is_read_only
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._picture.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._place = QComboBox()
        for choice in places.choices:
            self._place.addItem(choice.name.of(current_language()), choice.code)
        self._place.setCurrentIndex(self._place.findData(row.get("place")))
        self._place.setAccessibleName(self.tr("Place"))
        self._place.setVisible(row.get("item") is None)
        self._caption = QLineEdit(str(row.get("caption") or ""))
        self._caption.setObjectName("caption")
        self._caption.setPlaceholderText(self.tr("Caption"))
        self._caption.setAccessibleName(self.tr("Caption"))
        self._caption.setReadOnly(read_only)
        self._remove = Button(self.tr("Remove"), kind="danger", icon="delete")
        self._remove.setObjectName("removePhoto")
        self._remove.setDisabled(read_only)
        self._place.setDisabled(read_only)
        self._close = Button(self.tr("Close"))
        line = QHBoxLayout()
        line.setSpacing(theme.size("gap_small"))
        line.addWidget(self._place)
        line.addWidget(self._caption, 1)
        line.addWidget(self._remove)
        line.addWidget(self._close)
        whole = QVBoxLayout(self)
        whole.addWidget(self._picture, 1)
        whole.addLayout(line)
        self.resize(QSize(theme.em(_WIDE), theme.em(_HIGH)))

    def _paint(self) -> None:
        if self._image.isNull():
            return
        ratio = self.devicePixelRatioF()
        room = self._picture.size() * ratio
        scaled = self._image.scaled(
            room, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        pixmap = QPixmap.fromImage(scaled)
        pixmap.setDevicePixelRatio(ratio)
        self._picture.setPixmap(pixmap)

    def _on_read(self, content: bytes) -> None:
        self._image = QImage.fromData(content)
        self._paint()

    @Slot(str)
    def _on_caption(self, text: str) -> None:
        self._draft.set(self._key, caption=text or None)

    @Slot(int)
    def _on_place(self, _index: int) -> None:
        place = self._place.currentData()
        self._draft.set(self._key, place=place if isinstance(place, str) else None)

    @Slot()
    def _on_remove(self) -> None:
        self._draft.remove(self._key)
        self.accept()
