"""The language on the screen: installs the translations and switches them while the program runs."""

from typing import cast

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QTranslator, Signal
from PySide6.QtWidgets import QApplication

from app.domain.text import Language
from app.runtime import resources
from app.ui.look.qm_files import EN_QM, ZH_QM

_PROPERTY = "zoufang_translations"


class Translations(QObject):
    """Owns the translators; on a switch Qt sends LanguageChange to every widget, which then words itself anew."""

    changed = Signal()

    def __init__(self, app: QApplication, language: Language | None = None) -> None:
        super().__init__(app)
        self._app = app
        self._own = QTranslator(self)
        self._qt = QTranslator(self)
        self._language = Language.EN
        app.setProperty(_PROPERTY, self)
        self._install(system_language() if language is None else language)

    @property
    def language(self) -> Language:
        """The language now shown."""
        return self._language

    def set_language(self, language: Language) -> None:
        """Show another language now."""
        if language is not self._language:
            self._install(language)
            self.changed.emit()

    def _install(self, language: Language) -> None:
        self._language = language
        QLocale.setDefault(locale_of(language))
        for translator in (self._own, self._qt):
            self._app.removeTranslator(translator)
        own = ZH_QM if language is Language.ZH else EN_QM
        if not self._own.load(str(resources.path(own))):
            raise RuntimeError(f"{own} is missing: run python -m app.ui.look.build_translations")
        if language is Language.ZH:
            self._qt.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
            self._app.installTranslator(self._qt)
        self._app.installTranslator(self._own)


def system_language() -> Language:
    """Return the language of the system: Chinese for any Chinese, else English."""
    first = (QLocale.system().uiLanguages() or ["en"])[0]
    return Language.ZH if first.lower().startswith("zh") else Language.EN


def locale_of(language: Language) -> QLocale:
    """Return Qt's locale for a language."""
    return QLocale("zh_CN" if language is Language.ZH else "en_US")


def current_language() -> Language:
    """Return the language now shown; English before `Translations` was made."""
    app = QApplication.instance()
    found = app.property(_PROPERTY) if app is not None else None
    return Language.EN if found is None else cast("Translations", found).language
