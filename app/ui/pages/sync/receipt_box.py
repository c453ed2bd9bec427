"""The receipt of today under the lanes, and the file for a day without any network."""

from pathlib import Path

from PySide6.QtCore import QDir, QEvent, QStandardPaths, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.services.sync_facts import Handed
from app.ui.look.messages import Messages
from app.ui.look.sentences import joined
from app.ui.look.theme import current_theme
from app.ui.pages.sync.receipt_dialog import ReceiptDialog
from app.ui.pages.sync.receipt_view_model import ReceiptViewModel
from app.ui.pages.sync.receipt_words import ReceiptWords
from app.ui.pages.sync.sync_words import SyncWords
from app.ui.widgets.buttons import Button
from app.ui.widgets.chip import Chip
from app.ui.widgets.labels import TextLabel
from app.ui.widgets.painting import is_language_event
from app.ui.widgets.tones import Tone


class ReceiptBox(QWidget):
    """Says whether head office has the whole day; the receipt opens as paper."""

    def __init__(self, model: ReceiptViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._words = ReceiptWords(self)
        self._sync_words = SyncWords(self)
        self._messages = Messages(self)
        self._handed: Handed | None = None
        self._trouble: BaseException | None = None
        self._build()
        model.changed.connect(self._render)
        model.handed.connect(self._on_handed)
        model.failed.connect(self._on_failed)
        self._compare.clicked.connect(model.compare)
        self._open.clicked.connect(self._on_open)
        self._hand.clicked.connect(self._on_hand)
        self._retranslate()

    def _build(self) -> None:
        theme = current_theme()
        self._heading = TextLabel("", "strong")
        self._state = Chip("", Tone.GREY)
        self._state.setObjectName("receiptState")
        self._said = TextLabel("", "hint", wrap=True)
        self._said.setObjectName("receiptSaid")
        self._about_file = TextLabel("", "hint", wrap=True)
        self._about_file.setObjectName("handoverSaid")
        self._compare, self._open, self._hand = Button(), Button(icon="report"), Button(icon="export")
        for button, name in (
            (self._compare, "receiptCompare"),
            (self._open, "receiptOpen"),
            (self._hand, "handoverWrite"),
        ):
            button.setObjectName(name)
        title, deeds = QHBoxLayout(), QHBoxLayout()
        for line in (title, deeds):
            line.setSpacing(theme.size("gap_small"))
        title.addWidget(self._heading)
        title.addWidget(self._state)
        title.addStretch(1)
        for button in (self._compare, self._open, self._hand):
            deeds.addWidget(button)
        deeds.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, theme.size("gap"), 0, 0)
        whole.setSpacing(theme.size("gap_small"))
        whole.addLayout(title)
        whole.addWidget(self._said)
        whole.addLayout(deeds)
        whole.addWidget(self._about_file)

    @Slot()
    def _render(self) -> None:
        model = self._model
        words, tone = self._words.state(model.receipt, model.waiting)
        self._state.set_chip(words, tone)
        said = self._words.sentence(model.receipt)
        if model.is_comparing:
            said = self.tr("Asking head office…")
        elif model.ended is not None:
            said = joined((said, self._sync_words.ended(model.ended)))
        self._said.setText(said)
        self._compare.setEnabled(not model.is_comparing)
        self._open.setEnabled(model.receipt is not None)
        self._hand.setEnabled(not model.is_writing)
        self._about_file.setText(self._file_words())
        self._about_file.setVisible(bool(self._about_file.text()))

    def _file_words(self) -> str:
        if self._model.is_writing:
            return self.tr("Writing the file…")
        if self._trouble is not None:
            return self._messages.of_error(self._trouble).whole
        return "" if self._handed is None else self._words.handed(self._handed)

    def _retranslate(self) -> None:
        self._heading.setText(self.tr("Receipt of the day"))
        self._compare.setText(self.tr("Compare now"))
        self._open.setText(self.tr("Receipt…"))
        self._hand.setText(self.tr("Handover file…"))
        self._hand.setToolTip(
            self.tr("Without any network: what waits as one sealed file on a stick, for head office to take in")
        )
        self._render()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_language_event(event) and hasattr(self, "_hand"):
            self._retranslate()

    @Slot()
    def _on_open(self) -> None:
        dialog = ReceiptDialog(self._model, self.window())
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot()
    def _on_hand(self) -> None:
        dialog = QFileDialog(self, self.tr("Write a handover file"), _documents())
        dialog.setObjectName("handoverDialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self.tr("Handover file (*.zoufang)"))
        dialog.setDefaultSuffix("zoufang")
        dialog.selectFile(self._model.handover_name())
        dialog.fileSelected.connect(self._on_file_selected)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def _on_file_selected(self, path: str) -> None:
        self._handed = self._trouble = None
        self._model.hand_over(Path(path))

    @Slot(object)
    def _on_handed(self, made: Handed) -> None:
        self._handed = made
        self._render()

    @Slot(object)
    def _on_failed(self, error: BaseException) -> None:
        self._trouble = error
        self._render()


def _documents() -> str:
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return place if place and QDir(place).exists() else QDir.homePath()
