"""One line of the legend: the mark, what it stands for, and how many shops there are; a click selects them."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QToolButton, QWidget
from typing_extensions import override

from app.ui.look.formats import format_count
from app.ui.look.theme import current_theme
from app.ui.territory.territory_words import MapGroup
from app.ui.widgets.map_marks import paint_mark
from app.ui.widgets.painting import begin, draw_box, draw_focus, draw_text, is_look_event, text_width


class LegendRow(QToolButton):
    """A group of shops; with Ctrl its shops are added to those selected."""

    wished = Signal(object, object)
    """str, bool: the key of the group, and whether its shops are added to the selection"""

    def __init__(self, group: MapGroup, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = group
        self._count = 0
        self._selected = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._on_clicked)

    @property
    def key(self) -> str:
        """The key of its group."""
        return self._group.key

    def show_group(self, group: MapGroup, count: int) -> None:
        """Show a group and how many shops are in it."""
        self._group, self._count = group, count
        self._tell()
        self.setToolTip(self.tr("Select these shops (Ctrl adds them)"))
        self.setEnabled(count > 0)
        self.update()

    def show_selected(self, count: int) -> None:
        """Show how many of them are selected."""
        self._selected = count
        self._tell()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(current_theme().em(16), current_theme().em(2.1))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(current_theme().em(8), current_theme().em(2.1))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_look_event(event):
            self.updateGeometry()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = current_theme(), begin(self)
        whole = QRectF(self.rect())
        if self.isEnabled() and (self.underMouse() or self.isDown()):
            draw_box(painter, whole, theme.color("surface_hover"))
        pad = theme.em(0.4)
        paint_mark(painter, QPointF(whole.left() + pad + theme.em(0.85), whole.center().y()), self._group.style)
        number, font = self._numbers(), theme.font("body", bold=True)
        words = whole.adjusted(pad + theme.em(2.1), 0, -pad - text_width(number, font) - theme.em(0.6), 0)
        ink = theme.color("text" if self.isEnabled() else "faint")
        draw_text(painter, words, self._group.label, theme.font(), ink)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        draw_text(painter, whole.adjusted(0, 0, -pad, 0), number, font, ink, right)
        if self.hasFocus():
            draw_focus(painter, whole)

    def _numbers(self) -> str:
        """Return the number of shops, after the number of those selected where there are any."""
        whole = format_count(self._count)
        return f"{format_count(self._selected)} / {whole}" if self._selected else whole

    def _tell(self) -> None:
        self.setAccessibleName(f"{self._group.label} {self._numbers()}")

    @Slot()
    def _on_clicked(self) -> None:
        is_adding = bool(QApplication.keyboardModifiers() & Qt.KeyboardModifier.ControlModifier)
        self.wished.emit(self._group.key, is_adding)
