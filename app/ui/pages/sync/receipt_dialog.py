"""The receipt of a day as paper: turn to another day, compare anew, save or print."""

from pathlib import Path

from PySide6.QtCore import QDir, QEvent, QStandardPaths, QTemporaryDir, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.ui.look.formats import format_iso
from app.ui.look.messages import Messages
from app.ui.look.theme import current_theme
from app.ui.look.translations import current_language
from app.ui.pages.sync.receipt_view_model import ReceiptPaper, ReceiptViewModel
from app.ui.pages.sync.receipt_words import ReceiptWords
from app.ui.pages.sync.sync_words import SyncWords
from app.ui.widgets.buttons import Button, IconButton
from app.ui.widgets.labels import TextLabel
from app.ui.widgets.painting import is_language_event
from app.ui.widgets.pdf_view import PdfView

_FAR = 100_000
"""Days: more than anybody turns back."""


class ReceiptDialog(QDialog):
    """What is seen is what is printed; printing hands the PDF to the viewer of the system."""

    def __init__(self, model: ReceiptViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("receiptDialog")
        self._model = model
        self._words = ReceiptWords(self)
        self._sync_words = SyncWords(self)
        self._messages = Messages(self)
        self._paper: ReceiptPaper | None = None
        self._printed: Path | None = None
        # Only what is printed goes here; the folder goes with the dialog.
        self._folder = QTemporaryDir()
        self._build()
        self._wire()
        self._retranslate()
        self._draw()

    def _build(self) -> None:
        theme = current_theme()
        self._day = TextLabel("", "title")
        self._earlier, self._later = IconButton("chevron.left"), IconButton("chevron.right")
        self._view = PdfView()
        self._view.setObjectName("receiptPages")
        self._said = TextLabel("", "hint", wrap=True)
        self._said.setObjectName("receiptDialogSaid")
        self._compare, self._save, self._print = Button(), Button(), Button(icon="print")
        self._close = Button("", "primary")
        for widget, name in (
            (self._earlier, "receiptEarlier"),
            (self._later, "receiptLater"),
            (self._compare, "receiptCompareAgain"),
            (self._save, "receiptSave"),
            (self._print, "receiptPrint"),
            (self._close, "receiptClose"),
        ):
            widget.setObjectName(name)
        head, foot = QHBoxLayout(), QHBoxLayout()
        for line in (head, foot):
            line.setSpacing(theme.size("gap_small"))
        for widget in (self._earlier, self._day, self._later):
            head.addWidget(widget)
        head.addStretch(1)
        head.addWidget(self._compare)
        foot.addWidget(self._said, 1)
        for button in (self._save, self._print, self._close):
            foot.addWidget(button)
        whole = QVBoxLayout(self)
        side = theme.size("pad")
        whole.setContentsMargins(side, side, side, side)
        whole.setSpacing(theme.size("gap"))
        whole.addLayout(head)
        whole.addWidget(self._view, 1)
        whole.addLayout(foot)
        self.resize(theme.em(56), theme.em(44))

    def _wire(self) -> None:
        model = self._model
        model.changed.connect(self._on_changed)
        model.drawn.connect(self._on_drawn)
        model.saved.connect(self._on_saved)
        model.failed.connect(self._on_failed)
        self._earlier.clicked.connect(self._on_earlier)
        self._later.clicked.connect(self._on_later)
        self._compare.clicked.connect(model.compare)
        self._save.clicked.connect(self._on_save)
        self._print.clicked.connect(self._on_print)
        self._close.clicked.connect(self.accept)

    def _draw(self) -> None:
        """Put the receipt on paper, or show that there is none."""
        receipt = self._model.receipt
        self._paper = None
        self._view.set_pages(())
        if receipt is not None:
            self._model.draw(receipt, current_language())
        self._render()

    def _render(self) -> None:
        model = self._model
        self._day.setText(format_iso(model.day))
        self._later.setEnabled(not model.is_today)
        self._compare.setEnabled(not model.is_comparing)
        for button in (self._save, self._print):
            button.setEnabled(self._paper is not None)
        if model.is_comparing:
            self._say(self.tr("Asking head office…"))
        elif model.ended is not None:
            self._say(self._sync_words.ended(model.ended))
        else:
            self._say(self._words.sentence(model.receipt))

    def _say(self, words: str) -> None:
        self._said.setText(words)

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Receipt of the day"))
        self._earlier.set_name(self.tr("The day before"))
        self._later.set_name(self.tr("The day after"))
        self._compare.setText(self.tr("Compare now"))
        self._save.setText(self.tr("Save\u2026"))
        self._print.setText(self.tr("Print\u2026"))
        self._close.setText(self.tr("Close"))
        self._view.setAccessibleName(self.tr("Receipt of the day"))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_language_event(event) and hasattr(self, "_close"):
            self._retranslate()
            self._draw()

    @override
    def done(self, result: int) -> None:
        if not self._model.is_today:
            self._model.go(_FAR)
        super().done(result)

    @Slot()
    def _on_changed(self) -> None:
        self._draw()

    @Slot(object)
    def _on_drawn(self, paper: ReceiptPaper) -> None:
        if paper.day == self._model.day:
            self._paper = paper
            self._view.set_pages(paper.pages)
            self._render()

    @Slot()
    def _on_earlier(self) -> None:
        self._model.go(-1)

    @Slot()
    def _on_later(self) -> None:
        self._model.go(1)

    @Slot()
    def _on_save(self) -> None:
        dialog = QFileDialog(self, self.tr("Save the receipt"), _documents())
        dialog.setObjectName("saveReceiptDialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self.tr("PDF (*.pdf)"))
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile(self._file_name())
        dialog.fileSelected.connect(self._on_file_selected)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def _on_file_selected(self, path: str) -> None:
        if self._paper is not None:
            self._printed = None
            self._model.save(self._paper, Path(path))

    @Slot()
    def _on_print(self) -> None:
        if self._paper is not None:
            self._printed = Path(self._folder.filePath(self._file_name()))
            self._model.save(self._paper, self._printed)

    @Slot(object)
    def _on_saved(self, path: Path) -> None:
        if path != self._printed:
            self._say(self.tr("Saved: %1").replace("%1", QDir.toNativeSeparators(str(path))))
            return
        is_open = QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
        opened = self.tr("Opened in the PDF viewer of this computer: print from there.")
        none = self.tr("This computer has no PDF viewer. Save the file and print it elsewhere.")
        self._say(opened if is_open else none)

    @Slot(object)
    def _on_failed(self, error: BaseException) -> None:
        self._say(self._messages.of_error(error).whole)

    def _file_name(self) -> str:
        return self.tr("Receipt %1.pdf").replace("%1", self._model.day.isoformat())


def _documents() -> str:
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation) or QDir.homePath()
