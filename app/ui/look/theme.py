"""The look of the program: colours by name, sizes by name, light or dark, bigger or smaller text, at run time."""

from enum import StrEnum
from pathlib import Path
from typing import cast

from PySide6.QtCore import QObject, Qt, QTemporaryDir, Signal, Slot
from PySide6.QtGui import QColor, QFont, QIcon, QPalette
from PySide6.QtWidgets import QApplication

from app.ui.look import tokens
from app.ui.look.fonts import load_fonts, make_font

TEXT_SCALES = (0.9, 1.0, 1.1, 1.25, 1.4)
_PROPERTY = "zoufang_theme"


class Scheme(StrEnum):
    """Which colours: as the system says, for sunlight, or for the evening."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


_ROLES = {
    QPalette.ColorRole.Window: "background",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "surface_alt",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "red_text",
    QPalette.ColorRole.Highlight: "primary",
    QPalette.ColorRole.HighlightedText: "on_primary",
    QPalette.ColorRole.ToolTipBase: "surface",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.PlaceholderText: "faint",
    QPalette.ColorRole.Link: "primary_text",
    QPalette.ColorRole.LinkVisited: "primary_text",
    QPalette.ColorRole.Light: "surface",
    QPalette.ColorRole.Midlight: "surface_hover",
    QPalette.ColorRole.Mid: "line",
    QPalette.ColorRole.Dark: "line_strong",
    QPalette.ColorRole.Shadow: "shadow",
    QPalette.ColorRole.Accent: "primary",
}


class Theme(QObject):
    """Dresses the application; widgets that paint themselves ask it for colours, lengths and fonts."""

    changed = Signal()

    def __init__(self, app: QApplication, scheme: Scheme = Scheme.SYSTEM, text_scale: float = 1.0) -> None:
        super().__init__(app)
        load_fonts()
        self._app = app
        self._scheme = scheme
        self._text_scale = text_scale
        self._sizes = tokens.load_sizes()
        self._folder = QTemporaryDir()
        self._colors: dict[str, QColor] = {}
        self._fonts: dict[tuple[str, bool], QFont] = {}
        self.drawn_icons: dict[tuple[str, str, int, int, bool], QIcon] = {}
        """Icons drawn so far in these colours; `icons.make_icon` fills it."""
        app.setStyle("Fusion")
        app.setProperty(_PROPERTY, self)
        app.styleHints().colorSchemeChanged.connect(self._on_system_scheme_changed)
        self._dress()

    @property
    def scheme(self) -> Scheme:
        """What was chosen; `is_dark` tells what is shown."""
        return self._scheme

    @property
    def is_dark(self) -> bool:
        """Whether the dark colours are shown."""
        if self._scheme is Scheme.SYSTEM:
            return self._app.styleHints().colorScheme() is Qt.ColorScheme.Dark
        return self._scheme is Scheme.DARK

    @property
    def text_scale(self) -> float:
        """How much bigger than normal the text is."""
        return self._text_scale

    def set_scheme(self, scheme: Scheme) -> None:
        """Change the colours now."""
        if scheme is not self._scheme:
            self._scheme = scheme
            self._dress()

    def set_text_scale(self, scale: float) -> None:
        """Change the size of the text, and of everything with it."""
        if scale != self._text_scale:
            self._text_scale = scale
            self._dress()

    def color(self, name: str) -> QColor:
        """Return a colour of its own by its token, such as `primary` or `red_soft`."""
        return QColor(self._colors[name])

    def em(self, factor: float) -> int:
        """Return a length as a multiple of the body text, at least one."""
        return max(1, round(self._body * factor))

    def size(self, name: str) -> int:
        """Return a length by its token, such as `gap` or `radius_card`."""
        return self.em(self._sizes.em[name])

    def font(self, name: str = "body", *, bold: bool = False) -> QFont:
        """Return the font of `body`, `small`, `caption`, `heading`, `title` or `figure`."""
        key = (name, bold)
        if key not in self._fonts:
            factor = 1.0 if name == "body" else self._sizes.text[name]
            self._fonts[key] = make_font(self.em(factor), bold=bold)
        return self._fonts[key]

    @property
    def _body(self) -> float:
        return self._sizes.body * self._text_scale

    def _dress(self) -> None:
        name = "dark" if self.is_dark else "light"
        colors = tokens.load_colors(name)
        self._colors = {key: QColor(value) for key, value in colors.items()}
        self._fonts.clear()
        self.drawn_icons.clear()
        self._app.setPalette(self._palette())
        self._app.setFont(self.font())
        self._app.setStyleSheet(tokens.style_sheet(self._values(colors)))
        self.changed.emit()

    def _palette(self) -> QPalette:
        palette = QPalette()
        for role, token in _ROLES.items():
            palette.setColor(role, self._colors[token])
        for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self._colors["faint"])
        return palette

    def _values(self, colors: dict[str, str]) -> dict[str, str]:
        from app.ui.look.icons import write_icon  # noqa: PLC0415  icons ask the theme for colours

        folder = Path(self._folder.path())
        values = dict(colors)
        values |= {f"em_{name}": f"{self.size(name)}px" for name in self._sizes.em}
        values |= {f"text_{name}": f"{self.em(factor)}px" for name, factor in self._sizes.text.items()}
        values["pad_focused"] = f"{self.size('pad') - self.size('focus_line') + 1}px"
        values["control_small"] = f"{self.size('control_small')}px"
        values["icon_button"] = f"{self.size('control_small')}px"
        values["indicator_radius"] = f"{self.size('indicator') // 2 + 1}px"
        values["indicator_focused"] = f"{self.size('indicator') - 2 * (self.size('focus_line') - 1)}px"
        values["scroll_radius"] = f"{max(1, self.size('scroll_bar') // 2 - 2)}px"
        values["icon_chevron_down"] = write_icon("chevron.down", colors["muted"], folder)
        values["icon_chevron_up"] = write_icon("chevron.up", colors["muted"], folder)
        values["icon_check_on_primary"] = write_icon("check", colors["on_primary"], folder)
        values["icon_dot_on_primary"] = write_icon("dot", colors["on_primary"], folder)
        return values

    @Slot(Qt.ColorScheme)
    def _on_system_scheme_changed(self, _scheme: Qt.ColorScheme) -> None:
        if self._scheme is Scheme.SYSTEM:
            self._dress()


def current_theme() -> Theme:
    """Return the theme of the running application."""
    app = QApplication.instance()
    theme = app.property(_PROPERTY) if app is not None else None
    if theme is None:
        raise RuntimeError("no theme: make Theme(app) before the first widget")
    return cast("Theme", theme)
