"""Enrolling this laptop: address and code from head office, and its certificate where it has one of its own."""

from pathlib import Path

from PySide6.QtCore import QEvent, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QWidget
from typing_extensions import override

from app.services.sync_facts import EnrolFlaw
from app.ui.pages.sync.sync_words import SyncWords
from app.ui.shell.sync_controller import SyncController
from app.ui.widgets.buttons import Button
from app.ui.widgets.card import Card
from app.ui.widgets.labels import ElidedLabel, TextLabel
from app.ui.widgets.painting import is_language_event


class EnrolCard(Card):
    """Three fields and a button; what is wrong is said beside them."""

    def __init__(self, sync: SyncController, parent: QWidget | None = None) -> None:
        super().__init__(scroll=True, parent=parent)
        self._sync = sync
        self._words = SyncWords(self)
        self._file: Path | None = None
        self._flaw: EnrolFlaw | None = None
        self._build()
        self._url.textChanged.connect(self._render)
        self._code.textChanged.connect(self._render)
        self._code.returnPressed.connect(self._on_enrol)
        self._choose.clicked.connect(self._on_choose)
        self._enrol.clicked.connect(self._on_enrol)
        sync.changed.connect(self._render)
        sync.enrolled.connect(self._on_enrolled)
        self._retranslate()

    def set_certificate(self, file: Path | None) -> None:
        """Use a certificate of head office's own."""
        self._file = file
        self._render()

    def _build(self) -> None:
        self._intro = TextLabel("", "muted", wrap=True)
        self._url_label, self._code_label, self._file_label = (TextLabel("", "muted") for _ in range(3))
        self._url, self._code = QLineEdit(), QLineEdit()
        self._url.setObjectName("enrolUrl")
        self._code.setObjectName("enrolCode")
        self._choose = Button("", icon="file")
        self._choose.setObjectName("enrolChooseFile")
        self._name = ElidedLabel("", "hint")
        self._problem = TextLabel("", "error", wrap=True)
        self._problem.setObjectName("enrolProblem")
        self._enrol = Button("", "primary")
        self._enrol.setObjectName("enrolNow")
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._choose)
        row.addWidget(self._name, 1)
        for widget in (
            self._intro, self._url_label, self._url, self._code_label, self._code, self._file_label, line,
            self._problem,
        ):  # fmt: skip
            self.body.addWidget(widget)
        self.body.addStretch(1)
        self.add_footer_stretch()
        self.add_footer_widget(self._enrol)

    @Slot()
    def _render(self) -> None:
        is_busy = self._sync.is_enrolling
        self._enrol.setEnabled(bool(self._url.text().strip() and self._code.text().strip()) and not is_busy)
        self._enrol.setText(self.tr("Enrolling…") if is_busy else self.tr("Enrol this laptop"))
        self._problem.setText("" if self._flaw is None else self._words.flaw(self._flaw))
        self._problem.setVisible(self._flaw is not None and not is_busy)
        self._name.setText(self.tr("none: that of the system") if self._file is None else self._file.name)

    def _retranslate(self) -> None:
        self.set_title(self.tr("Enrol at head office"))
        self._intro.setText(
            self.tr("Head office gives you an address and a code that works once. Your work goes on without it.")
        )
        for label, field, words in (
            (self._url_label, self._url, self.tr("Address")),
            (self._code_label, self._code, self.tr("One-time code")),
        ):
            label.setText(words)
            field.setAccessibleName(words)
        self._url.setPlaceholderText("https://")
        self._file_label.setText(self.tr("Certificate, if head office gave you one"))
        self._choose.setText(self.tr("Choose a file…"))
        self._render()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_language_event(event) and hasattr(self, "_enrol"):
            self._retranslate()

    @Slot()
    def _on_choose(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Certificate of head office"), "", "*.pem *.crt *.cer")
        if name:
            self.set_certificate(Path(name))

    @Slot()
    def _on_enrol(self) -> None:
        if self._enrol.isEnabled():
            self._flaw = None
            self._sync.enrol(self._url.text().strip(), self._code.text().strip(), self._file)

    @Slot(object)
    def _on_enrolled(self, flaw: EnrolFlaw | None) -> None:
        self._flaw = flaw
        if flaw is None:
            self._code.clear()
        self._render()
