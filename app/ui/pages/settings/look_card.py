"""Language, colours and size of the text; all of them change at once, without a restart."""

from PySide6.QtCore import QEvent, Slot
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.runtime.settings import LanguageChoice, ThemeChoice
from app.ui.look.theme import TEXT_SCALES
from app.ui.shell.preferences import Preferences
from app.ui.widgets.card import Card
from app.ui.widgets.labels import TextLabel
from app.ui.widgets.painting import is_language_event
from app.ui.widgets.segmented_choice import Choice, SegmentedChoice
from app.ui.widgets.tones import Tone


class LookCard(Card):
    """Three choices."""

    def __init__(self, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._preferences = preferences
        self._labels = tuple(TextLabel("", "strong") for _ in range(3))
        self._language = SegmentedChoice(self._languages())
        self._language.setObjectName("settingsLanguage")
        self._theme = SegmentedChoice(self._themes())
        self._theme.setObjectName("settingsTheme")
        self._scale = SegmentedChoice(_scales())
        self._scale.setObjectName("settingsScale")
        for label, choice in zip(self._labels, (self._language, self._theme, self._scale), strict=True):
            self.body.addWidget(label)
            self.body.addWidget(choice)
        preferences.changed.connect(self._render)
        self._language.chosen.connect(self._on_language)
        self._theme.chosen.connect(self._on_theme)
        self._scale.chosen.connect(self._on_scale)
        self._retranslate()

    @Slot()
    def _render(self) -> None:
        settings = self._preferences.settings
        self._language.set_value(settings.language)
        self._theme.set_value(settings.theme)
        nearest = min(TEXT_SCALES, key=lambda scale: abs(scale - settings.text_scale))
        self._scale.set_value(str(nearest))

    def _languages(self) -> tuple[Choice, ...]:
        # Each language is named in itself: whoever cannot read the page finds it.
        names = {"system": self.tr("As the system"), "zh": "中文", "en": "English"}
        return tuple(Choice(key, name, Tone.PRIMARY) for key, name in names.items())

    def _themes(self) -> tuple[Choice, ...]:
        names = {"system": self.tr("As the system"), "light": self.tr("Light"), "dark": self.tr("Dark")}
        return tuple(Choice(key, name, Tone.PRIMARY) for key, name in names.items())

    def _retranslate(self) -> None:
        self.set_title(self.tr("Look and language"))
        texts = (self.tr("Language"), self.tr("Colours"), self.tr("Text size"))
        for label, text, choice in zip(self._labels, texts, (self._language, self._theme, self._scale), strict=True):
            label.setText(text)
            choice.set_name(text)
        self._language.set_choices(self._languages())
        self._theme.set_choices(self._themes())
        self._render()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_language_event(event) and hasattr(self, "_scale"):
            self._retranslate()

    @Slot(object)
    def _on_language(self, key: LanguageChoice | None) -> None:
        if key is not None:
            self._preferences.set_language(key)
        self._render()

    @Slot(object)
    def _on_theme(self, key: ThemeChoice | None) -> None:
        if key is not None:
            self._preferences.set_theme(key)
        self._render()

    @Slot(object)
    def _on_scale(self, key: str | None) -> None:
        if key is not None:
            self._preferences.set_text_scale(float(key))
        self._render()


def _scales() -> tuple[Choice, ...]:
    return tuple(Choice(str(scale), f"{round(100 * scale)}%", Tone.PRIMARY) for scale in TEXT_SCALES)
