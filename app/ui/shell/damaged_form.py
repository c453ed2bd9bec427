"""A damaged store: what happened, where the old file is, and the two ways on."""

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget
from typing_extensions import override

from app.services.opening import BackupInfo
from app.ui.look.formats import format_count
from app.ui.look.messages import Messages
from app.ui.shell.new_password_fields import NewPasswordFields
from app.ui.shell.start_form import FormFrame
from app.ui.shell.startup_view_model import Stage, StartUp
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import TextLabel
from app.ui.widgets.painting import is_language_event
from app.ui.widgets.password_field import PasswordField


class DamagedForm(FormFrame):
    """Restores the newest backup that can be read, or begins with an empty store."""

    def __init__(self, view_model: StartUp, parent: QWidget | None = None) -> None:
        super().__init__("damagedForm", parent)
        self._view_model = view_model
        self._messages = Messages(self)
        self._build()
        self._wire()
        self._retranslate()

    def _build(self) -> None:
        self._aside = TextLabel("", wrap=True)
        self._aside.setObjectName("damagedAside")
        self._aside.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._restore = QRadioButton()
        self._restore.setObjectName("damagedRestore")
        self._contents = TextLabel("", "muted", wrap=True)
        self._contents.setObjectName("damagedContents")
        self._password = PasswordField()
        self._password.set_field_name("damagedPassword")
        self._anew = QRadioButton()
        self._anew.setObjectName("damagedAnew")
        self._new_password = NewPasswordFields("damagedNew")
        self._go_on = Button("", "primary")
        self._go_on.setObjectName("damagedGoOn")
        group = QButtonGroup(self)
        group.addButton(self._restore)
        group.addButton(self._anew)
        self._restore.setChecked(True)
        for widget in (self._aside, self._restore, self._contents, self._password, self._anew, self._new_password):
            self.body.addWidget(widget)
        self.add_button(self._go_on)
        self.buttons.addStretch(1)

    def _wire(self) -> None:
        self._view_model.changed.connect(self._render)
        self._restore.toggled.connect(self._render)
        self._password.edited.connect(self._render)
        self._password.submitted.connect(self._on_go_on)
        self._new_password.changed.connect(self._render)
        self._new_password.submitted.connect(self._on_go_on)
        self._go_on.clicked.connect(self._on_go_on)

    @property
    def _newest(self) -> BackupInfo | None:
        return self._view_model.backups[0] if self._view_model.backups else None

    @Slot()
    def _render(self) -> None:
        newest, busy = self._newest, self._view_model.is_busy
        aside = self._view_model.aside
        self._aside.setText(self.tr("The old file is kept here: %1").replace("%1", str(aside)) if aside else "")
        self._aside.setVisible(aside is not None)
        self._restore.setEnabled(newest is not None and not busy)
        self._anew.setEnabled(not busy)
        if newest is None and self._view_model.backups is not None:
            self._anew.setChecked(True)
        self._contents.setText(self._words_of(newest))
        self._password.setVisible(self._restore.isChecked())
        self._password.setEnabled(newest is not None and not busy)
        self._new_password.setVisible(self._anew.isChecked())
        self._new_password.setEnabled(not busy)
        ready = bool(self._password.text) if self._restore.isChecked() else self._new_password.is_ready
        self._go_on.setEnabled(ready and not busy)
        self._go_on.setText(self._action())
        error = self._view_model.error if self._view_model.stage is Stage.DAMAGED else None
        first_word = error is None or (self._view_model.aside is not None and str(aside) in str(error))
        self.show_trouble("" if first_word or error is None else self._messages.of_error(error).whole)

    def _action(self) -> str:
        if self._view_model.is_busy:
            return self.tr("One moment…")
        return self.tr("Restore the backup") if self._restore.isChecked() else self.tr("Start with an empty store")

    def _words_of(self, backup: BackupInfo | None) -> str:
        if self._view_model.backups is None:
            return self.tr("Looking for backups…")
        if backup is None:
            return self.tr("There is no backup that can be read in the folder %1.").replace(
                "%1", str(self._view_model.folder / "backups")
            )
        words = self.tr("Made on %1, verified then. It holds %2 customers, %3 visits and %4 photo records.")
        counts = (format_count(backup.rows.get(kind)) for kind in ("customer", "visit", "photo"))
        for place, text in zip(("%1", "%2", "%3", "%4"), (f"{backup.made_at:%Y-%m-%d %H:%M}", *counts), strict=True):
            words = words.replace(place, text)
        return words

    def _retranslate(self) -> None:
        self.set_words(
            self.tr("The data file is damaged"),
            self.tr("It could not be read in full, so it was moved aside. It was not changed and not overwritten."),
        )
        self._restore.setText(self.tr("Restore the newest backup"))
        self._anew.setText(self.tr("Start with an empty store"))
        self._password.set_label(self.tr("The password at the time of that backup"))
        self._render()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_language_event(event):
            self._retranslate()

    @Slot()
    def _on_go_on(self) -> None:
        newest = self._newest
        if self._anew.isChecked():
            if self._new_password.is_ready:
                self._view_model.start_new(self._new_password.password)
        elif newest is not None and self._password.text:
            self._view_model.restore(newest, self._password.text)
