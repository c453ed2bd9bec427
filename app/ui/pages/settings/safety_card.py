"""The password, the keyring of the system, and when the window locks itself."""

from PySide6.QtCore import QEvent, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.ui.look.messages import Messages
from app.ui.look.theme import current_theme
from app.ui.pages.settings.settings_view_model import SettingsViewModel
from app.ui.shell.new_password_fields import NewPasswordFields
from app.ui.widgets.buttons import Button
from app.ui.widgets.card import Card
from app.ui.widgets.labels import TextLabel
from app.ui.widgets.message_bar import MessageBar
from app.ui.widgets.painting import is_language_event
from app.ui.widgets.password_field import PasswordField
from app.ui.widgets.tones import Tone

_MINUTES = (0, 5, 10, 15, 30, 60)


class SafetyCard(Card):
    """The fields for a password show only while one is asked."""

    def __init__(self, view_model: SettingsViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._view_model = view_model
        self._messages = Messages(self)
        self._asks = ""
        self._build_inside()
        self._wire()
        self._retranslate()

    def _build_inside(self) -> None:
        theme = current_theme()
        self._idle_label = TextLabel("", "strong")
        self._idle = QComboBox()
        self._idle.setObjectName("settingsIdleLock")
        self._idle_label.setBuddy(self._idle)
        self._keep = QCheckBox()
        self._keep.setObjectName("settingsKeepKey")
        self._keep_words = TextLabel("", "hint", wrap=True)
        self._bar = MessageBar()
        self._bar.setObjectName("safetyMessage")
        self._change = Button("", icon="password")
        self._change.setObjectName("settingsChangePassword")
        self._form = QWidget()
        form = QVBoxLayout(self._form)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(theme.size("gap_small"))
        self._old = PasswordField()
        self._old.set_field_name("settingsOldPassword")
        self._new = NewPasswordFields("settingsNew")
        self._confirm = Button("", "primary")
        self._confirm.setObjectName("settingsConfirmPassword")
        self._cancel = Button()
        self._cancel.setObjectName("settingsCancelPassword")
        line = QHBoxLayout()
        line.setSpacing(theme.size("gap_small"))
        line.addWidget(self._confirm)
        line.addWidget(self._cancel)
        line.addStretch(1)
        form.addWidget(self._old)
        form.addWidget(self._new)
        form.addLayout(line)
        change_line = QHBoxLayout()
        change_line.addWidget(self._change)
        change_line.addStretch(1)
        for widget in (self._idle_label, self._idle, self._keep, self._keep_words, self._bar):
            self.body.addWidget(widget)
        self.body.addLayout(change_line)
        self.body.addWidget(self._form)

    def _wire(self) -> None:
        model = self._view_model
        model.changed.connect(self._render)
        model.preferences.changed.connect(self._render)
        model.password_changed.connect(self._on_password_changed)
        model.key_kept.connect(self._on_kept)
        self._idle.activated.connect(self._on_idle)
        self._keep.clicked.connect(self._on_keep)
        self._change.clicked.connect(self._on_change)
        self._confirm.clicked.connect(self._on_confirm)
        self._cancel.clicked.connect(self._on_cancel)
        self._old.edited.connect(self._render)
        self._old.submitted.connect(self._on_confirm)
        self._new.changed.connect(self._render)
        self._new.submitted.connect(self._on_confirm)

    @Slot()
    def _render(self) -> None:
        model, settings = self._view_model, self._view_model.preferences.settings
        minutes = [*_MINUTES]
        if settings.idle_lock_minutes not in minutes:
            minutes.append(settings.idle_lock_minutes)
        self._fill_minutes(sorted(minutes))
        self._idle.setCurrentIndex(self._idle.findData(settings.idle_lock_minutes))
        self._keep.setChecked(settings.keep_key)
        self._keep.setEnabled(not model.is_busy and not self._asks)
        self._change.setVisible(not self._asks)
        self._form.setVisible(bool(self._asks))
        self._new.setVisible(self._asks == "change")
        ready = bool(self._old.text) and (self._asks != "change" or self._new.is_ready)
        self._confirm.setEnabled(ready and not model.is_busy)
        words = self.tr("Change the password") if self._asks == "change" else self.tr("Keep the key")
        self._confirm.setText(self.tr("One moment…") if model.is_busy else words)
        if model.password_error is not None:
            self._bar.show_message(self._words_of(model.password_error), Tone.RED)
        elif model.keyring_missing:
            text = self.tr("This system has no keyring that keeps the key. The password is asked at every start.")
            self._bar.show_message(text, Tone.AMBER)

    def _words_of(self, error: BaseException) -> str:
        if self._view_model.seconds_to_wait:
            words = self.tr("Too many wrong passwords. Wait %1 s and try again.")
            return words.replace("%1", str(self._view_model.seconds_to_wait))
        return self._messages.of_error(error).whole

    def _fill_minutes(self, minutes: list[int]) -> None:
        wanted = [(self._minutes_words(n), n) for n in minutes]
        if wanted != [(self._idle.itemText(n), self._idle.itemData(n)) for n in range(self._idle.count())]:
            self._idle.clear()
            for text, number in wanted:
                self._idle.addItem(text, number)

    def _minutes_words(self, minutes: int) -> str:
        if minutes == 0:
            return self.tr("never")
        return self.tr("after %1 min without a key or a click").replace("%1", str(minutes))

    def _retranslate(self) -> None:
        self.set_title(self.tr("Safety"))
        self._idle_label.setText(self.tr("Lock the window"))
        self._idle.setAccessibleName(self.tr("Lock the window"))
        self._keep.setText(self.tr("Open without the password (system keyring)"))
        self._keep_words.setText(
            self.tr("Whoever can use your account on this computer can then open the data. Ctrl+L locks at any time.")
        )
        self._change.setText(self.tr("Change the password…"))
        self._cancel.setText(self.tr("Cancel"))
        self._old.set_label(self.tr("Present password"))
        self._render()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_language_event(event) and hasattr(self, "_confirm"):
            self._retranslate()

    def _ask(self, what: str) -> None:
        self._asks = what
        self._bar.clear()
        self._old.clear()
        self._new.clear()
        self._render()
        if what:
            self._old.setFocus()

    @Slot(int)
    def _on_idle(self, place: int) -> None:
        self._view_model.preferences.set_idle_lock(int(self._idle.itemData(place)))

    @Slot(bool)
    def _on_keep(self, keep: bool) -> None:
        if keep:
            self._ask("keep")
        else:
            self._bar.clear()
            self._view_model.forget_key()

    @Slot()
    def _on_change(self) -> None:
        self._ask("change")

    @Slot()
    def _on_cancel(self) -> None:
        self._ask("")

    @Slot()
    def _on_confirm(self) -> None:
        if not self._confirm.isEnabled():
            return
        self._bar.clear()
        if self._asks == "change":
            self._view_model.change_password(self._old.text, self._new.password)
        else:
            self._view_model.keep_key(self._old.text)

    @Slot()
    def _on_kept(self) -> None:
        self._ask("")

    @Slot()
    def _on_password_changed(self) -> None:
        self._ask("")
        words = self.tr("The password is changed. Backups made before still open with the old one.")
        self._bar.show_message(words, Tone.GREEN)
