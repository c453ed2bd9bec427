"""Small strokes that the widgets which paint themselves share."""

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QWidget

from app.ui.look.theme import current_theme

_LOOK_EVENTS = frozenset(
    {
        QEvent.Type.StyleChange,
        QEvent.Type.FontChange,
        QEvent.Type.ApplicationFontChange,
        QEvent.Type.PaletteChange,
    }
)


def is_look_event(event: QEvent) -> bool:
    """Whether the colours or the size of the text changed."""
    return event.type() in _LOOK_EVENTS


def is_language_event(event: QEvent) -> bool:
    """Whether the language changed."""
    return event.type() == QEvent.Type.LanguageChange


def begin(widget: QWidget) -> QPainter:
    """Return a smooth painter on a widget."""
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return painter


def draw_box(
    painter: QPainter,
    rect: QRectF,
    fill: QColor | None,
    line: QColor | None = None,
    radius: str = "radius_control",
) -> None:
    """Draw a rounded box, filled or not, with an optional hairline inside its edge."""
    theme = current_theme()
    corner = min(float(theme.size(radius)), rect.height() / 2)
    if line is None:
        painter.setPen(Qt.PenStyle.NoPen)
    else:
        painter.setPen(QPen(line, theme.size("hairline")))
        rect = rect.adjusted(0.5, 0.5, -0.5, -0.5)
    painter.setBrush(Qt.BrushStyle.NoBrush if fill is None else fill)
    painter.drawRoundedRect(rect, corner, corner)


def draw_focus(painter: QPainter, rect: QRectF, radius: str = "radius_control") -> None:
    """Draw the visible focus inside a rectangle."""
    theme = current_theme()
    width = theme.size("focus_line")
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.color("focus"), width))
    inset = width / 2
    corner = min(float(theme.size(radius)), rect.height() / 2)
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), corner, corner)


def draw_text(
    painter: QPainter,
    rect: QRectF,
    text: str,
    font: QFont,
    color: QColor,
    flags: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
) -> float:
    """Draw one line of text, with an ellipsis if it is too long; return the width it took."""
    metrics = QFontMetricsF(font)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width() + 0.5)
    painter.setFont(font)
    painter.setPen(color)
    painter.drawText(rect, flags | Qt.TextFlag.TextSingleLine, shown)
    return min(rect.width(), metrics.horizontalAdvance(shown))


def draw_chip(painter: QPainter, left: float, middle: float, text: str, ground: QColor, ink: QColor) -> float:
    """Draw a chip whose middle is at that height; return its width."""
    theme = current_theme()
    font = theme.font("small")
    size = chip_size(text, font)
    rect = QRectF(left, middle - size.y() / 2, size.x(), size.y())
    draw_box(painter, rect, ground, radius="radius_chip")
    draw_text(painter, rect, text, font, ink, Qt.AlignmentFlag.AlignCenter)
    return size.x()


def chip_size(text: str, font: QFont) -> QPointF:
    """Return width and height of a chip."""
    theme = current_theme()
    metrics = QFontMetricsF(font)
    return QPointF(metrics.horizontalAdvance(text) + 2 * theme.em(0.54), metrics.height() + theme.em(0.15))


def text_width(text: str, font: QFont) -> float:
    """Return how wide a line of text is."""
    return QFontMetricsF(font).horizontalAdvance(text)
