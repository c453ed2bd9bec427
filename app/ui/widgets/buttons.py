"""Buttons of the house: words with an optional icon, and a bare icon with a name for screen readers."""

from typing import Literal

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget
from typing_extensions import override

from app.ui.look.icons import make_icon
from app.ui.look.theme import current_theme
from app.ui.widgets.painting import is_look_event

ButtonKind = Literal["plain", "primary", "quiet", "danger"]
_ICON_COLORS = {"plain": "text", "primary": "on_primary", "quiet": "primary_text", "danger": "red_text"}


class Button(QPushButton):
    """A button with words; `primary` is the one thing to do next on a page."""

    def __init__(
        self,
        text: str = "",
        kind: ButtonKind = "plain",
        *,
        icon: str = "",
        trailing_icon: bool = False,
        small: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._kind: ButtonKind = kind
        self._icon = icon
        self._trailing = trailing_icon
        self.setProperty("kind", kind)
        self.setProperty("small", small)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        if trailing_icon:
            self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self._dress()

    def set_icon_name(self, icon: str) -> None:
        """Show another icon."""
        self._icon = icon
        self._dress()

    def set_kind(self, kind: ButtonKind) -> None:
        """Become the one thing to do next, or a plain one again."""
        if kind != self._kind:
            self._kind = kind
            self.setProperty("kind", kind)
            self.style().unpolish(self)
            self.style().polish(self)
            self._dress()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._dress()

    def _dress(self) -> None:
        if self._icon:
            theme = current_theme()
            side, space = theme.size("icon"), theme.size("gap_tiny")
            self.setIcon(make_icon(self._icon, _ICON_COLORS[self._kind], space=space, space_left=self._trailing))
            self.setIconSize(QSize(side + space, side))


class IconButton(QToolButton):
    """An icon that can be pressed; its name is read aloud and shown as a tooltip."""

    def __init__(
        self, icon: str, name: str = "", *, framed: bool = False, color: str = "muted", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icon = icon
        self._color = color
        self.setProperty("kind", "icon" if framed else "bare")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.set_name(name)
        self._dress()

    def set_name(self, name: str) -> None:
        """Change the name."""
        self.setAccessibleName(name)
        self.setToolTip(name)

    def set_icon_name(self, icon: str) -> None:
        """Show another icon."""
        self._icon = icon
        self._dress()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_look_event(event):
            self._dress()

    def _dress(self) -> None:
        side = current_theme().size("icon")
        self.setIcon(make_icon(self._icon, self._color))
        self.setIconSize(QSize(side, side))
