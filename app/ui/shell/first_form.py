"""The first start: language, a password for the new store, and what happens if it is forgotten."""

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QWidget
from typing_extensions import override

from app.runtime.settings import LanguageChoice
from app.ui.look.messages import Messages
from app.ui.look.translations import current_language
from app.ui.shell.new_password_fields import NewPasswordFields
from app.ui.shell.preferences import Preferences
from app.ui.shell.start_form import FormFrame
from app.ui.shell.startup_view_model import Stage, StartUp
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import TextLabel
from app.ui.widgets.painting import is_language_event
from app.ui.widgets.segmented_choice import Choice, SegmentedChoice
from app.ui.widgets.tones import Tone

LANGUAGE_CHOICES: tuple[LanguageChoice, ...] = ("zh", "en")


class FirstForm(FormFrame):
    """Asks for the password twice and creates the store."""

    quit_requested = Signal()

    def __init__(self, view_model: StartUp, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__("firstForm", parent)
        self._view_model = view_model
        self._preferences = preferences
        self._messages = Messages(self)
        self._build()
        self._wire()
        self._retranslate()
        self._render()

    def _build(self) -> None:
        # Each language is named in itself: whoever cannot read the page finds it.
        names = {"zh": "中文", "en": "English"}
        self._language = SegmentedChoice(tuple(Choice(key, names[key], Tone.PRIMARY) for key in LANGUAGE_CHOICES))
        self._language.setObjectName("firstLanguage")
        self._password = NewPasswordFields("firstPassword")
        self._keep = QCheckBox()
        self._keep.setObjectName("firstKeepKey")
        self._keep.setChecked(self._preferences.settings.keep_key)
        self._forgotten = TextLabel("", "hint", wrap=True)
        self._create = Button("", "primary", icon="lock")
        self._create.setObjectName("firstCreate")
        self.body.addWidget(self._language)
        self.body.addWidget(self._password)
        self.body.addWidget(self._keep)
        self.body.addWidget(self._forgotten)
        self.add_button(self._create)
        self.buttons.addStretch(1)
        self.setFocusProxy(self._password)

    def _wire(self) -> None:
        self._view_model.changed.connect(self._render)
        self._preferences.changed.connect(self._render)
        self._language.chosen.connect(self._on_language_chosen)
        self._password.changed.connect(self._render)
        self._password.submitted.connect(self._on_create)
        self._keep.toggled.connect(self._on_keep_toggled)
        self._create.clicked.connect(self._on_create)

    @Slot()
    def _render(self) -> None:
        busy = self._view_model.is_busy
        self._password.setEnabled(not busy)
        self._create.setEnabled(self._password.is_ready and not busy)
        self._create.setText(self.tr("Setting up…") if busy else self.tr("Create the store"))
        self._language.set_value(current_language().value)
        error = self._view_model.error
        shown = error is not None and self._view_model.stage is Stage.FIRST
        self.show_trouble(self._messages.of_error(error).whole if shown and error else "")

    def _retranslate(self) -> None:
        self.set_words(
            self.tr("Welcome. Choose a password first."),
            self.tr("Everything you enter is encrypted on this laptop with it, photos and backups too."),
        )
        self._language.set_name(self.tr("Language"))
        self._keep.setText(self.tr("Open without the password on this computer (system keyring)"))
        self._forgotten.setText(
            self.tr(
                "Nobody can open the data without the password, we cannot either. If it is forgotten, what only this "
                "laptop holds is lost. Write it down and keep the note apart from the laptop."
            )
        )
        self._render()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_language_event(event):
            self._retranslate()

    @Slot(object)
    def _on_language_chosen(self, key: LanguageChoice | None) -> None:
        if key is None:
            self._render()
        else:
            self._preferences.set_language(key)

    @Slot(bool)
    def _on_keep_toggled(self, keep: bool) -> None:
        self._preferences.set_keep_key(keep)
        self._view_model.set_keep_key(keep)

    @Slot()
    def _on_create(self) -> None:
        if self._password.is_ready and not self._view_model.is_busy:
            self._view_model.create(self._password.password)
