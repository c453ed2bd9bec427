"""Icons by meaning: one-colour SVG files, drawn in a colour of the theme and sharp at any scale."""

import tomllib
from functools import cache
from pathlib import Path
from typing import cast

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app.runtime import resources
from app.ui.look.theme import current_theme

_INK = "#000000"
_SCALES = (1.0, 1.5, 2.0, 3.0)


@cache
def icon_files() -> dict[str, str]:
    """Return the file name (without ending) of every meaning."""
    return cast("dict[str, str]", tomllib.loads(resources.read_text("icons/icons.toml")))


@cache
def _svg(meaning: str) -> str:
    return resources.read_text(f"icons/{icon_files()[meaning]}.svg")


@cache
def _renderer(meaning: str, color: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(_svg(meaning).replace(_INK, color).encode()))


def paint_icon(painter: QPainter, meaning: str, rect: QRectF, color: QColor) -> None:
    """Draw an icon into a square of a picture that is being painted."""
    side = min(rect.width(), rect.height())
    square = QRectF(0, 0, side, side)
    square.moveCenter(rect.center())
    _renderer(meaning, color.name()).render(painter, square)


def make_icon(
    meaning: str, color: str = "text", size: int | None = None, *, space: int = 0, space_left: bool = False
) -> QIcon:
    """Return an icon in a colour of the theme now shown; `Button` keeps its icon right when the theme changes.

    `space` is free room at its right (or left), since Qt puts a button's words too close to its icon.
    """
    theme = current_theme()
    side = theme.size("icon") if size is None else size
    key = (meaning, color, side, space, space_left)
    if key not in theme.drawn_icons:
        theme.drawn_icons[key] = _draw_icon(*key)
    return theme.drawn_icons[key]


def _draw_icon(meaning: str, color: str, side: int, space: int, space_left: bool) -> QIcon:
    theme = current_theme()
    icon = QIcon()
    for mode, token in ((QIcon.Mode.Normal, color), (QIcon.Mode.Disabled, "faint")):
        for scale in _SCALES:
            box = QRectF(space if space_left else 0, 0, side, side)
            icon.addPixmap(_pixmap(meaning, theme.color(token), box, side + space, scale), mode)
    return icon


def _pixmap(meaning: str, color: QColor, box: QRectF, width: int, scale: float) -> QPixmap:
    pixmap = QPixmap(QSize(round(width * scale), round(box.height() * scale)))
    pixmap.setDevicePixelRatio(scale)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    paint_icon(painter, meaning, box, color)
    painter.end()
    return pixmap.copy()  # what was painted on keeps its paint engine, more than the icon itself


def write_icon(meaning: str, color: str, folder: Path) -> str:
    """Write a coloured copy of an icon for the style sheet, which can only name files. Return its path for `url()`."""
    path = folder / f"{icon_files()[meaning]}-{color.lstrip('#')}.svg"
    if not path.exists():
        path.write_text(_svg(meaning).replace(_INK, color), encoding="utf-8")
    return path.as_posix()
