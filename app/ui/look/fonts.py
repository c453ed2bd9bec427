"""Loads the bundled Noto Sans SC and makes the fonts of the look."""

from PySide6.QtGui import QFont, QFontDatabase

from app.runtime import resources

FAMILY = "Noto Sans SC"
_FILES = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")


def load_fonts() -> None:
    """Make the bundled family known to Qt; raises RuntimeError if a file is missing or damaged."""
    if FAMILY in QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese):
        return
    for name in _FILES:
        if QFontDatabase.addApplicationFont(str(resources.path(f"fonts/{name}"))) < 0:
            raise RuntimeError(f"font not readable: {name}")


def make_font(pixels: int, *, bold: bool = False) -> QFont:
    """Return the bundled family at that size; digits have equal widths, so figures stand in columns."""
    font = QFont(FAMILY)
    font.setPixelSize(pixels)
    font.setBold(bold)
    font.setFeature(QFont.Tag("tnum"), 1)
    font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    return font
