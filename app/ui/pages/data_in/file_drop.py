"""Where a file is dropped, or chosen by a button."""

from pathlib import Path

from PySide6.QtCore import QEvent, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.ui.look.formats import format_size
from app.ui.look.theme import current_theme
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import ElidedLabel, TextLabel
from app.ui.widgets.painting import begin, is_language_event

_NARROW = 24
_ENDINGS = (".csv", ".xlsx", ".gz", ".txt", ".xls")


class FileDrop(QWidget):
    """A dashed box that takes one file."""

    chosen = Signal(object)
    """Path"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self._file: Path | None = None
        self._is_over = False
        self._name = ElidedLabel("", "strong")
        self._name.setObjectName("importFileName")
        self._hint = TextLabel("", "hint", wrap=True)
        self._choose = Button("", icon="file")
        self._choose.setObjectName("importChooseFile")
        theme = current_theme()
        words = QVBoxLayout()
        words.setSpacing(theme.size("gap_tiny"))
        words.addWidget(self._name)
        words.addWidget(self._hint)
        row = self._row = QHBoxLayout(self)
        side = theme.size("gap")
        row.setContentsMargins(side, side, side, side)
        row.setSpacing(theme.size("gap"))
        row.addLayout(words, 1)
        row.addWidget(self._choose)
        self.setFocusProxy(self._choose)
        self._choose.clicked.connect(self._on_choose)
        self._retranslate()

    def set_file(self, file: Path | None) -> None:
        """Show which file was chosen."""
        if file != self._file:
            self._file = file
            self._retranslate()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = self.width() < current_theme().em(_NARROW)
        self._row.setDirection(QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event) is not None:
            event.acceptProposedAction()
            self._set_over(True)

    @override
    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._set_over(False)

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        self._set_over(False)
        file = _dropped(event)
        if file is not None:
            event.acceptProposedAction()
            self.chosen.emit(file)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = begin(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        color = theme.color("primary" if self._is_over else "line_strong")
        painter.setPen(QPen(color, theme.size("focus_line") if self._is_over else 1, Qt.PenStyle.DashLine))
        painter.setBrush(theme.color("primary_soft" if self._is_over else "surface_alt"))
        corner = theme.size("radius_control")
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), corner, corner)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_language_event(event) and hasattr(self, "_choose"):
            self._retranslate()

    def _set_over(self, is_over: bool) -> None:
        self._is_over = is_over
        self.update()

    def _retranslate(self) -> None:
        self._choose.setText(self.tr("Choose a file…"))
        if self._file is None:
            self._name.setText(self.tr("Drop a file here"))
            self._hint.setText(self.tr("CSV or Excel (.xlsx), UTF-8 or GBK; a .gz of them too"))
        else:
            self._name.setText(self._file.name)
            size = format_size(self._file.stat().st_size) if self._file.exists() else ""
            self._hint.setText(f"{size}  {self._file.parent}".strip())

    @Slot()
    def _on_choose(self) -> None:
        kinds = self.tr("Tables (*.csv *.xlsx *.txt *.gz);;All files (*)")
        start = str(self._file.parent) if self._file is not None else ""
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Choose a file"), start, kinds)
        if name:
            self.chosen.emit(Path(name))


def _dropped(event: QDropEvent) -> Path | None:
    urls = event.mimeData().urls()
    files = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
    return next((file for file in files if file.suffix.lower() in _ENDINGS), None)
