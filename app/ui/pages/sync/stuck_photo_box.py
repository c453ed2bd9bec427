"""One photo that head office refuses again and again: which, what it holds up, and the way out."""

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.services.stuck_photos import StuckPhoto
from app.ui.look.formats import format_count
from app.ui.look.theme import current_theme
from app.ui.pages.sync.sync_words import moment_words
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import TextLabel, make_divider
from app.ui.widgets.painting import is_language_event


class StuckPhotoBox(QWidget):
    """The photo goes on being sent until the person has it in a file and lets it go."""

    open_requested = Signal(object)
    """Place"""
    let_go_requested = Signal(object)
    """tuple[str, str]: the hash of the photo, the file it is saved to"""

    def __init__(self, photo: StuckPhoto, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._photo = photo
        self._title = TextLabel("", "strong", wrap=True)
        self._why = TextLabel("", wrap=True)
        self._why.setObjectName("stuckPhotoWhy")
        self._what = TextLabel("", "hint", wrap=True)
        self._open = Button("", "quiet", small=True)
        self._save = Button("", small=True)
        self._save.setObjectName("stuckPhotoSave")
        buttons = QWidget()
        line = QHBoxLayout(buttons)
        line.setContentsMargins(0, 0, 0, 0)
        line.addStretch(1)
        line.addWidget(self._open)
        line.addWidget(self._save)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(current_theme().size("gap_tiny"))
        for widget in (self._title, self._why, self._what, buttons, make_divider()):
            whole.addWidget(widget)
        self._open.clicked.connect(self._on_open)
        self._save.clicked.connect(self._on_save)
        self._retranslate()

    def _retranslate(self) -> None:
        photo = self._photo
        parts = (photo.place.shop, self.tr("Photo"), moment_words(photo.added_at))
        self._title.setText(" · ".join(part for part in parts if part))
        why = self.tr("Head office has refused this photo in %1 rounds.")
        self._why.setText(why.replace("%1", format_count(photo.tries)))
        self._what.setText(
            self.tr(
                "While it waits, its shop stays on this laptop and the laptop cannot be given back. Saved to a file, it"
                " is sent no more; it stays in the visit here and is missing at head office."
            )
        )
        self._open.setText(self.tr("Open the visit"))
        self._save.setText(self.tr("Save to a file and let it go…"))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_language_event(event) and hasattr(self, "_save"):
            self._retranslate()

    @Slot()
    def _on_open(self) -> None:
        self.open_requested.emit(self._photo.place)

    @Slot()
    def _on_save(self) -> None:
        photo = self._photo
        start = f"{photo.place.shop} {photo.added_at.astimezone():%Y-%m-%d %H%M}.jpg".strip()
        name, _ = QFileDialog.getSaveFileName(self, self.tr("Save the photo"), start, self.tr("Picture (*.jpg)"))
        if name:
            self.let_go_requested.emit((photo.sha256, name))
