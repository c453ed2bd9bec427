"""Says that something unexpected went wrong: what is safe, what to do, and a report to copy."""

import platform
from pathlib import Path

from PySide6.QtCore import QEvent, QUrl, Slot, qVersion
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget
from typing_extensions import override

from app import __version__
from app.ui.look.theme import current_theme
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import TextLabel
from app.ui.widgets.painting import is_language_event

_KEPT = 5


class CrashDialog(QDialog):
    """One window for all bugs of a session; it does not block the work, and it never quits the program."""

    def __init__(self, logs: Path | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("crashDialog")
        self._logs = logs
        self._reports: list[str] = []
        self._build()
        self._wire()
        self._retranslate()

    def _build(self) -> None:
        theme = current_theme()
        self._title = TextLabel("", "title", wrap=True)
        self._safe = TextLabel("", "", wrap=True)
        self._advice = TextLabel("", "muted", wrap=True)
        self._report = QPlainTextEdit()
        self._report.setObjectName("crashReport")
        self._report.setReadOnly(True)
        self._report.setTabChangesFocus(True)
        self._copy = Button("", "primary")
        self._copy.setObjectName("crashCopy")
        self._log = Button()
        self._log.setObjectName("crashLog")
        self._log.setVisible(self._logs is not None)
        self._close = Button()
        self._close.setObjectName("crashClose")
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.size("gap_small"))
        buttons.addWidget(self._copy)
        buttons.addWidget(self._log)
        buttons.addStretch(1)
        buttons.addWidget(self._close)
        whole = QVBoxLayout(self)
        side = theme.size("pad")
        whole.setContentsMargins(side, side, side, side)
        whole.setSpacing(theme.size("gap"))
        for widget in (self._title, self._safe, self._advice, self._report):
            whole.addWidget(widget)
        whole.addLayout(buttons)
        self.resize(theme.em(48), theme.em(34))

    def _wire(self) -> None:
        self._copy.clicked.connect(self._on_copy)
        self._log.clicked.connect(self._on_log)
        self._close.clicked.connect(self.reject)

    @property
    def report(self) -> str:
        """The text that can be copied."""
        return self._report.toPlainText()

    @Slot(object)
    def show_bug(self, report: str) -> None:
        """Add a report and show the window; the same one again is not told again."""
        if report not in self._reports:
            self._reports = [*self._reports, report][-_KEPT:]
        self._report.setPlainText("\n\n".join((_about_this_machine(), *self._reports)))
        self._copy.setText(self.tr("Copy the report"))
        self.show()
        self.raise_()

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Something went wrong"))
        self._title.setText(self.tr("Something went wrong in the program"))
        self._safe.setText(self.tr("What you entered before is on the disk. The program goes on running."))
        self._advice.setText(
            self.tr(
                "Try again what you were doing. If it happens again, send us this report: it names places in the "
                "program, nothing about customers or about you."
            )
        )
        self._report.setAccessibleName(self.tr("Report"))
        self._copy.setText(self.tr("Copy the report"))
        self._log.setText(self.tr("Open the log folder"))
        self._close.setText(self.tr("Close"))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_language_event(event) and hasattr(self, "_close"):
            self._retranslate()

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report)
        self._copy.setText(self.tr("Copied"))

    @Slot()
    def _on_log(self) -> None:
        if self._logs is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._logs)))


def _about_this_machine() -> str:
    return (
        f"zoufang {__version__} · Python {platform.python_version()} · Qt {qVersion()} · "
        f"{platform.system()} {platform.release()} {platform.machine()}"
    )
