"""Beside the wrap-up: the customer's sheet in small, with what was left out of it, to enlarge, save or print."""

from pathlib import Path

from PySide6.QtCore import QDir, QStandardPaths, QTemporaryDir, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.ui.look.messages import Messages
from app.ui.look.theme import current_theme
from app.ui.pages.visit.advice_words import fill
from app.ui.pages.visit.sheet_desk import SMALL_SCALE, Sheet, SheetDesk, file_name
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import TextLabel
from app.ui.widgets.pdf_view import PdfView

_PREVIEW_HEIGHT = 11


class SheetPanel(QWidget):
    """Shows a sheet; printing hands the PDF to the viewer of the system."""

    enlarged = Signal(object)
    """bool: the pages should be shown large, or small again"""
    fresh_requested = Signal()
    """Something is to be handed out, and more was entered since the sheet was made."""

    def __init__(self, desk: SheetDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._sheet: Sheet | None = None
        self._messages = Messages(self)
        self._is_large = False
        self._opens: Path | None = None
        self._waiting_for: Path | None = None
        self._is_outdated = False
        # Only what is printed goes here; the folder goes with the program.
        self._folder = QTemporaryDir()
        self._build()
        self._wire()

    @property
    def sheet(self) -> Sheet | None:
        """The sheet that is shown."""
        return self._sheet

    def clear(self) -> None:
        """Show nothing until another sheet is ready."""
        self._sheet = self._waiting_for = None
        self._preview.set_pages(())
        self._say("")
        self._render()

    def outdate(self, *, is_outdated: bool) -> None:
        """Hear that something printed has changed, or that a new sheet is being made of it."""
        self._is_outdated = is_outdated

    def show_large(self, *, is_large: bool) -> None:
        """Word the button for what a press does now."""
        self._is_large = is_large
        self._render()

    def retranslate(self) -> None:
        """Word everything in the language shown."""
        self._save.setText(self.tr("Save\u2026"))
        self._print.setText(self.tr("Print\u2026"))
        self._preview.setAccessibleName(self.tr("The customer's sheet"))
        self._render()

    def _build(self) -> None:
        theme = current_theme()
        self._preview = PdfView()
        self._preview.setObjectName("sheetPreview")
        self._preview.setMinimumHeight(theme.em(_PREVIEW_HEIGHT))
        self._withheld = TextLabel("", "error", wrap=True)
        self._withheld.setObjectName("withheld")
        self._message = TextLabel("", "muted", wrap=True)
        self._message.setObjectName("sheetMessage")
        self._enlarge = Button("", icon="zoom.in")
        self._enlarge.setObjectName("enlargeSheet")
        self._save = Button("")
        self._save.setObjectName("saveSheet")
        self._print = Button("")
        self._print.setObjectName("printSheet")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.size("gap_small"))
        whole.addWidget(self._preview, 1)
        for widget in (self._withheld, self._message, self._enlarge):
            whole.addWidget(widget)
        line = QHBoxLayout()
        line.setSpacing(theme.size("gap_small"))
        line.addWidget(self._save, 1)
        line.addWidget(self._print, 1)
        whole.addLayout(line)

    def _wire(self) -> None:
        self._enlarge.clicked.connect(self._on_enlarge)
        self._save.clicked.connect(self._on_save)
        self._print.clicked.connect(self._on_print)
        self._desk.ready.connect(self._on_ready)
        self._desk.saved.connect(self._on_saved)
        self._desk.failed.connect(self._on_failed)

    def _render(self) -> None:
        sheet = self._sheet
        for button in (self._enlarge, self._save, self._print):
            button.setEnabled(sheet is not None)
        self._enlarge.setText(self.tr("Back to the wrap-up") if self._is_large else self.tr("Enlarge"))
        self._enlarge.set_icon_name("previous" if self._is_large else "zoom.in")
        withheld = () if sheet is None else sheet.withheld
        self._withheld.setVisible(bool(withheld))
        words = self.tr("Left out, because it may not stand on the customer's sheet; please reword: %1")
        self._withheld.setText(fill(words, self.tr("; ").join(withheld)))

    def _say(self, words: str) -> None:
        self._message.setText(words)
        self._message.setVisible(bool(words))

    @Slot(object)
    def _on_ready(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._preview.set_pages(sheet.pages, SMALL_SCALE)
        self._render()
        if self._waiting_for is not None:
            self._hand_out(self._waiting_for)

    def _hand_out(self, path: Path) -> None:
        """Write the sheet as it stands now, with the last word that was typed."""
        if self._is_outdated or self._desk.is_busy:
            self._waiting_for = path
            if self._is_outdated:
                self.fresh_requested.emit()
        elif self._sheet is not None:
            self._waiting_for = None
            self._desk.save(self._sheet, path)

    @Slot()
    def _on_enlarge(self) -> None:
        self.enlarged.emit(not self._is_large)

    @Slot()
    def _on_save(self) -> None:
        if self._sheet is None:
            return
        dialog = QFileDialog(self, self.tr("Save the customer's sheet"), _documents())
        dialog.setObjectName("saveSheetDialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self.tr("PDF (*.pdf)"))
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile(file_name(self._sheet.summary))
        dialog.fileSelected.connect(self._on_file_selected)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def _on_file_selected(self, path: str) -> None:
        if self._sheet is not None:
            self._opens = None
            self._hand_out(Path(path))

    @Slot()
    def _on_print(self) -> None:
        if self._sheet is not None:
            self._opens = Path(self._folder.filePath(file_name(self._sheet.summary)))
            self._hand_out(self._opens)

    @Slot(object)
    def _on_saved(self, path: Path) -> None:
        if path != self._opens:
            self._say(fill(self.tr("Saved: %1"), QDir.toNativeSeparators(str(path))))
            return
        is_open = QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
        opened = self.tr("Opened in the PDF viewer of this computer: print from there.")
        none = self.tr("This computer has no PDF viewer. Save the file and print it elsewhere.")
        self._say(opened if is_open else none)

    @Slot(object)
    def _on_failed(self, error: BaseException) -> None:
        self._waiting_for = None
        words = self._messages.of_error(error).whole
        if isinstance(error, OSError):
            words = fill(self.tr("The file could not be written (%1). Choose another place."), error.strerror or error)
        self._say(words)


def _documents() -> str:
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation) or QDir.homePath()
