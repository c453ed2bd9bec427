"""Renders every widget in light and dark, Chinese and English, into PNG files that a reviewer opens.

`PYTHONPATH=. python tests/ui/gallery.py FOLDER`; with QT_SCALE_FACTOR=1.5 as on a laptop at 150 %.
"""

import sys
from pathlib import Path

from gallery_basics import basics
from gallery_charts import charts
from gallery_lists import lists
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from app.domain.text import Language
from app.ui.look.qm_files import ensure_qm
from app.ui.look.theme import Scheme, Theme
from app.ui.look.translations import Translations

SHEETS = {"basics": basics, "charts": charts, "lists": lists}


def main(folder: Path) -> None:
    """Render every sheet in every scheme and language."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    ensure_qm()
    theme = Theme(app, Scheme.LIGHT)
    translations = Translations(app, Language.EN)
    folder.mkdir(parents=True, exist_ok=True)
    for scheme in (Scheme.LIGHT, Scheme.DARK):
        theme.set_scheme(scheme)
        for language in (Language.ZH, Language.EN):
            translations.set_language(language)
            for name, build in SHEETS.items():
                sheet = build(language is Language.ZH)
                ratio = sheet.devicePixelRatio()
                sheet.resize(round(1366 / ratio), round(768 / ratio))
                sheet.show()
                QCoreApplication.sendPostedEvents()
                sheet.grab().save(str(folder / f"{name}-{scheme.value}-{language.value}.png"))
                sheet.deleteLater()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
