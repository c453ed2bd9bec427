"""The photos of the shelf: a place to choose, the tiles, and a zone that takes files, drops and the clipboard."""

from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.playbook import Playbook
from app.services.photos import AddedPhoto
from app.services.visit_rows import RowKey, RowKind, Values
from app.ui.look.messages import Messages
from app.ui.look.theme import current_theme
from app.ui.look.translations import current_language
from app.ui.pages.visit.photo_desk import PhotoDesk
from app.ui.pages.visit.photo_viewer import PhotoViewer
from app.ui.pages.visit.visit_draft import VisitDraft
from app.ui.widgets.labels import ElidedLabel, TextLabel
from app.ui.widgets.photo_strip import PhotoStrip
from app.ui.widgets.photo_tile import Photo


class PhotoSection(QWidget):
    """Photos without an item belong to the shelf; each carries the place that was chosen when it was added."""

    place_changed = Signal(object)
    """str: the place of the next photo"""

    def __init__(self, draft: VisitDraft, desk: PhotoDesk, playbook: Playbook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self._desk = desk
        self._places = playbook.enumerations["photo_place"]
        self._messages = Messages(self)
        self._build()
        self._wire()

    @property
    def place(self) -> str:
        """The place of the next photo."""
        return str(self._place.currentData() or "")

    @property
    def place_box(self) -> QComboBox:
        """Where the place of the next photo is chosen."""
        return self._place

    @property
    def strip(self) -> PhotoStrip:
        """The tiles and the zone."""
        return self._strip

    def retranslate(self) -> None:
        """Word everything in the language shown."""
        language = current_language()
        self._heading.setText(self.tr("Photos"))
        chosen = max(self._place.currentIndex(), 0)
        self._place.blockSignals(True)
        self._place.clear()
        for choice in self._places.choices:
            self._place.addItem(choice.name.of(language), choice.code)
        self._place.setCurrentIndex(chosen)
        self._place.blockSignals(False)
        self._place.setAccessibleName(self.tr("Place of the next photo"))
        self._faces.setText(self.tr("No faces of customers, please."))
        self._strip.set_zone_text(self.tr("Drop, paste or choose pictures"))
        self.show_photos()

    def show_photos(self) -> None:
        """Show the photos of the visit."""
        if self._draft.is_open:
            self._strip.set_photos(tuple(self._tile(key, row) for key, row in self._desk.rows()))

    def _build(self) -> None:
        theme = current_theme()
        self._heading = TextLabel("", "strong")
        self._place = QComboBox()
        self._place.setObjectName("photoPlace")
        self._faces = ElidedLabel("", "hint")
        self._problem = TextLabel("", "error", wrap=True)
        self._problem.setObjectName("photoProblem")
        self._problem.hide()
        self._strip = PhotoStrip()
        self._strip.setObjectName("photoStrip")
        line = QHBoxLayout()
        line.setSpacing(theme.size("gap"))
        line.addWidget(self._heading)
        line.addWidget(self._place)
        line.addWidget(self._faces, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.size("gap_small"))
        whole.addLayout(line)
        whole.addWidget(self._problem)
        whole.addWidget(self._strip)

    def _wire(self) -> None:
        self._strip.files_offered.connect(self._on_files_offered)
        self._strip.image_offered.connect(self._on_image_offered)
        self._strip.removal_requested.connect(self._on_removal_requested)
        self._strip.photo_opened.connect(self._on_photo_opened)
        self._place.currentIndexChanged.connect(self._on_place_changed)
        self._desk.image_ready.connect(self._on_image_ready)
        self._desk.failed.connect(self._on_failed)
        self._desk.added.connect(self._on_added)
        self._desk.delivery_changed.connect(self.show_photos)
        paste = QShortcut(QKeySequence("Ctrl+Shift+V"), self.parentWidget() or self)
        paste.activated.connect(self._strip.paste)

    def _tile(self, key: RowKey, row: Values) -> Photo:
        place = row.get("place")
        caption = row.get("caption") or (self._places.label(str(place)).of(current_language()) if place else "")
        added = row.get("added_at")
        when = f"{added:%m-%d %H:%M}" if added is not None else ""
        sha256 = str(row.get("sha256"))
        words = self.tr("%1 \u00b7 waiting")
        if self._desk.is_delivered(sha256):
            words = self.tr("%1 \u00b7 at head office")
        return Photo(str(key.part), self._desk.image(sha256), str(caption), words.replace("%1", when))

    @Slot(object)
    def _on_files_offered(self, paths: tuple[Path, ...]) -> None:
        self._problem.hide()
        self._desk.add_files(paths, place=self.place)

    @Slot(object)
    def _on_image_offered(self, image: QImage) -> None:
        self._problem.hide()
        self._desk.add_image(image, place=self.place)

    @Slot(object)
    def _on_removal_requested(self, key: str) -> None:
        self._draft.remove(RowKey(RowKind.PHOTO, UUID(key)))

    @Slot(object)
    def _on_photo_opened(self, key: str) -> None:
        viewer = PhotoViewer(self._draft, self._desk, RowKey(RowKind.PHOTO, UUID(key)), self._places, self.window())
        viewer.open()

    @Slot(int)
    def _on_place_changed(self, _index: int) -> None:
        self.place_changed.emit(self.place)

    @Slot(object)
    def _on_image_ready(self, _sha256: str) -> None:
        self.show_photos()

    @Slot(object)
    def _on_failed(self, error: BaseException) -> None:
        self._problem.setText(self._messages.of_error(error).whole)
        self._problem.show()

    @Slot(object)
    def _on_added(self, photo: AddedPhoto) -> None:
        if not photo.is_new:
            self._problem.setText(self.tr("This picture is already part of the visit."))
            self._problem.show()
