"""The dark rail at the left of the window that leads to the pages."""

from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolButton, QVBoxLayout, QWidget
from typing_extensions import override

from app.ui.look.icons import paint_icon
from app.ui.look.theme import current_theme
from app.ui.widgets.painting import begin, draw_box, draw_focus, draw_text, is_look_event


@dataclass(frozen=True, slots=True)
class Destination:
    """One page of the rail: its key as data, the meaning of its icon, its name."""

    key: str
    icon: str
    label: str


class NavigationRail(QWidget):
    """Brand above, destinations below it, a few at the bottom; a click, Enter or Space goes there."""

    chosen = Signal(object)
    """str: the key of the page that the person wants"""

    def __init__(self, brand: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._brand = brand
        self._buttons: dict[str, _RailButton] = {}
        self._layout = QVBoxLayout(self)
        self._top = QVBoxLayout()
        self._bottom = QVBoxLayout()
        self._layout.addLayout(self._top)
        self._layout.addStretch(1)
        self._layout.addLayout(self._bottom)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._measure()

    def set_brand(self, brand: str) -> None:
        """Change the name above."""
        self._brand = brand
        self.update()

    def add(self, destination: Destination, *, at_bottom: bool = False) -> None:
        """Add a page."""
        button = _RailButton(destination, self)
        button.clicked.connect(self._on_clicked)
        self._buttons[destination.key] = button
        (self._bottom if at_bottom else self._top).addWidget(button)

    def set_label(self, key: str, label: str) -> None:
        """Change the name of a page."""
        self._buttons[key].set_label(label)

    def set_current(self, key: str) -> None:
        """Mark the page that is shown."""
        for one, button in self._buttons.items():
            button.setChecked(one == key)

    def set_badge(self, key: str, text: str) -> None:
        """Show a short number at an icon; empty for none."""
        self._buttons[key].set_badge(text)

    def move_focus(self, button: QWidget, by: int) -> None:
        """Move the keyboard focus from a button up or down."""
        buttons = list(self._buttons.values())
        at = next((i for i, one in enumerate(buttons) if one is button), 0)
        buttons[(at + by) % len(buttons)].setFocus(Qt.FocusReason.TabFocusReason)

    @override
    def sizeHint(self) -> QSize:
        return QSize(current_theme().size("rail"), super().sizeHint().height())

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_look_event(event) and hasattr(self, "_bottom"):
            self._measure()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = begin(self)
        painter.fillRect(self.rect(), theme.color("rail"))
        top = QRectF(0, 0, self.width(), theme.size("top_bar"))
        font = theme.font("title", bold=True)
        draw_text(painter, top, self._brand, font, theme.color("rail_active_text"), Qt.AlignmentFlag.AlignCenter)

    def _measure(self) -> None:
        theme = current_theme()
        side = theme.size("gap_small")
        self.setFixedWidth(theme.size("rail"))
        self._layout.setContentsMargins(side, theme.size("top_bar"), side, side)
        for layout in (self._top, self._bottom):
            layout.setSpacing(theme.size("gap_tiny"))

    @Slot()
    def _on_clicked(self) -> None:
        button = self.sender()
        if isinstance(button, _RailButton):
            self.set_current(button.key)
            self.chosen.emit(button.key)


class _RailButton(QToolButton):
    """One page of the rail."""

    def __init__(self, destination: Destination, rail: NavigationRail) -> None:
        super().__init__(rail)
        self.key = destination.key
        self._icon = destination.icon
        self._badge = ""
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.set_label(destination.label)

    def set_label(self, label: str) -> None:
        """Change the name."""
        self.setText(label)
        self.setAccessibleName(label)

    def set_badge(self, text: str) -> None:
        """Show a short number at the icon."""
        self._badge = text
        self.setAccessibleDescription(text)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(current_theme().em(5.2), current_theme().em(4.38))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(current_theme().em(4), current_theme().em(3.1))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            cast("NavigationRail", self.parentWidget()).move_focus(self, 1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    @override
    def nextCheckState(self) -> None:
        """Stay checked: the rail decides which page is shown."""

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = begin(self)
        rect = QRectF(self.rect())
        if self.isChecked() or self.underMouse():
            ground = theme.color("rail_active" if self.isChecked() else "rail_hover")
            draw_box(painter, rect, ground)
        ink = theme.color("rail_active_text" if self.isChecked() else "rail_text")
        side = float(theme.size("icon_large"))
        font = theme.font("small")
        line = QFontMetricsF(font).height()
        top = max(1.0, (rect.height() - side - line) / 2)
        icon = QRectF((rect.width() - side) / 2, top, side, side)
        paint_icon(painter, self._icon, icon, ink)
        words = QRectF(2, top + side, rect.width() - 4, line)
        draw_text(painter, words, self.text(), font, ink, Qt.AlignmentFlag.AlignCenter)
        if self._badge:
            self._paint_badge(painter, icon)
        if self.hasFocus():
            draw_focus(painter, rect)

    def _paint_badge(self, painter: QPainter, icon: QRectF) -> None:
        theme = current_theme()
        font = theme.font("caption", bold=True)
        metrics = QFontMetricsF(font)
        width = max(metrics.height(), metrics.horizontalAdvance(self._badge) + theme.em(0.5))
        box = QRectF(icon.right() - width * 0.35, icon.top() - theme.em(0.3), width, metrics.height())
        draw_box(painter, box, theme.color("amber_soft"), radius="gap_small")
        draw_text(painter, box, self._badge, font, theme.color("amber_text"), Qt.AlignmentFlag.AlignCenter)
