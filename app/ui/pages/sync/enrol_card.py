"""Enrolling this laptop: address and code from head office, typed or scanned, and its certificate if it has its own."""

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QWidget
from typing_extensions import override

from app.services.sync_facts import EnrolFlaw
from app.sync.enrol_payload import EnrolPayload, looks_like_payload, read_payload
from app.ui.pages.sync.code_picture import picture_in, read_code
from app.ui.pages.sync.sync_words import SyncWords
from app.ui.shell.sync_controller import SyncController
from app.ui.widgets.buttons import Button
from app.ui.widgets.card import Card
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.labels import ElidedLabel, TextLabel
from app.ui.widgets.painting import is_language_event

_SCANNED_MS = 250
"""A scanner that sends no Enter has come to its end when nothing was typed for so long."""


class EnrolCard(Card):
    """Three fields and a button; a scanned code fills two of them. What is wrong is said beside them."""

    def __init__(self, sync: SyncController, parent: QWidget | None = None) -> None:
        super().__init__(scroll=True, parent=parent)
        self._sync = sync
        self._words = SyncWords(self)
        self._file: Path | None = None
        self._flaw: EnrolFlaw | None = None
        self._sent = ""
        """The code that head office was asked to take."""
        self._is_unread = False
        """The last picture showed no code of ours."""
        self._scanned = QTimer(self)
        self._scanned.setSingleShot(True)
        self._scanned.setInterval(_SCANNED_MS)
        self._scanned.timeout.connect(self._on_scanned)
        self._build()
        self.setAcceptDrops(True)
        for field in (self._url, self._code):
            field.installEventFilter(self)
            field.textChanged.connect(self._on_typed)
            field.returnPressed.connect(self._on_return)
        self._picture.clicked.connect(self._on_picture)
        self._paste.clicked.connect(self._on_paste)
        sync.code_read.connect(self._on_code_read)
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
        self._picture, self._paste = Button("", small=True), Button("", small=True)
        self._picture.setObjectName("enrolPicture")
        self._paste.setObjectName("enrolPaste")
        self._scan_hint = TextLabel("", "hint", wrap=True)
        scan = QWidget()
        flow = FlowLayout(scan)
        flow.addWidget(self._picture)
        flow.addWidget(self._paste)
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
            self._intro, self._url_label, self._url, self._code_label, self._code, self._scan_hint, scan,
            self._file_label, line, self._problem,
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
        unread = self.tr("No code of head office was found in the picture.") if self._is_unread else ""
        self._problem.setText(unread if self._flaw is None else self._words.flaw(self._flaw))
        self._problem.setVisible(bool(self._problem.text()) and not is_busy)
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
        self._scan_hint.setText(
            self.tr("Or scan the QR code into one of the fields, drop a picture of it here, or paste a screenshot.")
        )
        self._picture.setText(self.tr("Picture of the code…"))
        self._paste.setText(self.tr("Paste"))
        self._file_label.setText(self.tr("Certificate, if head office gave you one"))
        self._choose.setText(self.tr("Choose a file…"))
        self._render()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_language_event(event) and hasattr(self, "_enrol"):
            self._retranslate()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A line edit pastes words alone: a screenshot of the code is for us.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            is_paste = event.matches(QKeySequence.StandardKey.Paste)
            if is_paste and self._read(picture_in(QGuiApplication.clipboard().mimeData())):
                return True
        return super().eventFilter(watched, event)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if picture_in(event.mimeData()) is not None or read_payload(event.mimeData().text()) is not None:
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        if self._read(picture_in(event.mimeData())) or self._take(read_payload(event.mimeData().text())):
            event.acceptProposedAction()

    def _read(self, picture: QImage | Path | None) -> bool:
        """Look for a code in a picture, beside the work; return whether there is a picture."""
        if picture is None:
            return False
        self._sync.read_code(lambda: read_code(picture))
        return True

    def _take(self, payload: EnrolPayload | None) -> bool:
        """Fill both fields; return whether there was something to fill them with."""
        if payload is None:
            return False
        self._flaw, self._is_unread = None, False
        self._url.setText(payload.url)
        self._code.setText(payload.code)
        self._enrol.setFocus()
        return True

    @Slot()
    def _on_typed(self) -> None:
        self._is_unread = False
        if any(looks_like_payload(field.text()) for field in (self._url, self._code)):
            self._scanned.start()
        self._render()

    @Slot()
    def _on_scanned(self) -> None:
        """Divide what a scanner typed, or somebody pasted, into address and code."""
        self._scanned.stop()
        any(self._take(read_payload(field.text())) for field in (self._url, self._code))

    @Slot()
    def _on_return(self) -> None:
        self._on_scanned()
        self._on_enrol()

    @Slot(object)
    def _on_code_read(self, payload: EnrolPayload | None) -> None:
        self._is_unread = not self._take(payload)
        self._render()

    @Slot()
    def _on_paste(self) -> None:
        data = QGuiApplication.clipboard().mimeData()
        if not self._read(picture_in(data)):
            self._on_code_read(read_payload(data.text()))

    @Slot()
    def _on_picture(self) -> None:
        kinds = self.tr("Pictures (*.png *.jpg *.jpeg *.bmp *.webp);;All files (*)")
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Picture of the code"), "", kinds)
        if name:
            self._read(Path(name))

    @Slot()
    def _on_choose(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Certificate of head office"), "", "*.pem *.crt *.cer")
        if name:
            self.set_certificate(Path(name))

    @Slot()
    def _on_enrol(self) -> None:
        if self._enrol.isEnabled():
            self._flaw, self._sent = None, self._code.text().strip()
            if self._enrol.hasFocus():  # a button that can be pressed no more lets the keyboard go to the rail
                self._code.setFocus()
            self._sync.enrol(self._url.text().strip(), self._sent, self._file)

    @Slot(object)
    def _on_enrolled(self, flaw: EnrolFlaw | None) -> None:
        self._flaw = flaw
        if flaw is None:
            self._code.clear()
        self._render()
        if flaw is EnrolFlaw.CODE:
            self._ask_again()

    def _ask_again(self) -> None:
        """Bring the keyboard back to the code, unless somebody works elsewhere meanwhile or has typed another one."""
        if not self.isAncestorOf(self.window().focusWidget()):
            return
        self._code.setFocus()
        if self._code.text().strip() == self._sent:
            self._code.selectAll()
