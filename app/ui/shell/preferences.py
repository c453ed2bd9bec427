"""What the person chose, applied to the running program at once and written to the settings file."""

import logging
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.domain.text import Language
from app.runtime.settings import LanguageChoice, Settings, ThemeChoice, save_settings
from app.ui.look.theme import Scheme, Theme
from app.ui.look.translations import Translations, system_language

log = logging.getLogger(__name__)


class Preferences(QObject):
    """The settings in use; every change is shown now and kept."""

    changed = Signal()
    not_saved = Signal(object)
    """OSError: the file could not be written; the change holds until the program ends."""

    def __init__(
        self,
        file: Path,
        settings: Settings,
        theme: Theme,
        translations: Translations,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._file = file
        self._theme = theme
        self._translations = translations
        self.settings = settings

    def set_language(self, language: LanguageChoice) -> None:
        """Change the language of every window."""
        self._keep(replace(self.settings, language=language))
        self._translations.set_language(language_of(language))

    def set_theme(self, theme: ThemeChoice) -> None:
        """Change the colours."""
        self._keep(replace(self.settings, theme=theme))
        self._theme.set_scheme(Scheme(theme))

    def set_text_scale(self, scale: float) -> None:
        """Change the size of the text."""
        self._keep(replace(self.settings, text_scale=scale))
        self._theme.set_text_scale(scale)

    def set_idle_lock(self, minutes: int) -> None:
        """Change after how long the window is locked; 0 for never."""
        self._keep(replace(self.settings, idle_lock_minutes=minutes))

    def set_keep_key(self, keep: bool) -> None:
        """Change whether the next start asks for the password."""
        self._keep(replace(self.settings, keep_key=keep))

    def set_saves_data(self, saves: bool) -> None:
        """Change whether the link is treated as one that is paid by volume."""
        self._keep(replace(self.settings, saves_data=saves))

    def set_photo_megabytes(self, megabytes: int) -> None:
        """Change how many megabytes of originals go up a day over such a link."""
        self._keep(replace(self.settings, photo_megabytes=megabytes))

    def _keep(self, settings: Settings) -> None:
        if settings == self.settings:
            return
        self.settings = settings
        try:
            save_settings(self._file, settings)
        except OSError as error:
            log.warning("settings not saved: %s", type(error).__name__)
            self.not_saved.emit(error)
        self.changed.emit()


def language_of(choice: LanguageChoice) -> Language:
    """Return the language that a choice means on this machine."""
    return system_language() if choice == "system" else Language(choice)
