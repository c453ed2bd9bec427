"""The photos that prove the judgement of one item: tiles, and a zone that takes files, drops and the clipboard."""

from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.enumerations import Enumeration
from app.services.photos import AddedPhoto
from app.services.visit_rows import RowKey, RowKind, Values
from app.ui.look.messages import Messages
from app.ui.look.theme import current_theme
from app.ui.pages.visit.photo_desk import PhotoDesk
from app.ui.pages.visit.photo_viewer import PhotoViewer
from app.ui.pages.visit.visit_draft import VisitDraft
from app.ui.widgets.labels import TextLabel
from app.ui.widgets.photo_strip import PhotoStrip
from app.ui.widgets.photo_tile import Photo


class EvidencePhotos(QWidget):
    """Shows the photos of the item that is open."""

    def __init__(self, draft: VisitDraft, desk: PhotoDesk, places: Enumeration, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self._desk = desk
        self._places = places
        self._item = ""
        self._messages = Messages(self)
        self._problem = TextLabel("", "error", wrap=True)
        self._problem.setObjectName("evidenceProblem")
        self._problem.hide()
        self.strip = PhotoStrip()
        self.strip.setObjectName("evidenceStrip")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(current_theme().size("gap_small"))
        whole.addWidget(self._problem)
        whole.addWidget(self.strip)
        self._wire()

    def retranslate(self) -> None:
        """Word everything in the language shown."""
        self.strip.set_zone_text(self.tr("Drop, paste or choose pictures"))

    def show_item(self, item: str) -> None:
        """Show the photos of an item."""
        if item != self._item:
            self._item = item
            self._problem.hide()
        if self._draft.is_open and item:
            self.strip.set_photos(tuple(self._tile(key, row) for key, row in self._desk.rows(item)))

    def count(self, item: str) -> int:
        """Return how many photos an item has."""
        return len(self._desk.rows(item)) if self._draft.is_open else 0

    def _wire(self) -> None:
        self.strip.files_offered.connect(self._on_files_offered)
        self.strip.image_offered.connect(self._on_image_offered)
        self.strip.removal_requested.connect(self._on_removal_requested)
        self.strip.photo_opened.connect(self._on_photo_opened)
        self._desk.image_ready.connect(self._on_image_ready)
        self._desk.failed.connect(self._on_failed)
        self._desk.added.connect(self._on_added)

    def _tile(self, key: RowKey, row: Values) -> Photo:
        added = row.get("added_at")
        when = f"{added:%m-%d %H:%M}" if added is not None else ""
        image = self._desk.image(str(row.get("sha256")))
        return Photo(str(key.part), image, str(row.get("caption") or ""), when)

    @Slot(object)
    def _on_files_offered(self, paths: tuple[Path, ...]) -> None:
        self._problem.hide()
        self._desk.add_files(paths, item=self._item)

    @Slot(object)
    def _on_image_offered(self, image: QImage) -> None:
        self._problem.hide()
        self._desk.add_image(image, item=self._item)

    @Slot(object)
    def _on_removal_requested(self, key: str) -> None:
        self._draft.remove(RowKey(RowKind.PHOTO, UUID(key)))

    @Slot(object)
    def _on_photo_opened(self, key: str) -> None:
        viewer = PhotoViewer(self._draft, self._desk, RowKey(RowKind.PHOTO, UUID(key)), self._places, self.window())
        viewer.open()

    @Slot(object)
    def _on_image_ready(self, _sha256: str) -> None:
        self.show_item(self._item)

    @Slot(object)
    def _on_failed(self, error: BaseException) -> None:
        if self.isVisible():
            self._problem.setText(self._messages.of_error(error).whole)
            self._problem.show()

    @Slot(object)
    def _on_added(self, photo: AddedPhoto) -> None:
        if self.isVisible() and not photo.is_new:
            self._problem.setText(self.tr("This picture is already part of the visit."))
            self._problem.show()
