"""A visit without a day: shop and deadline, why, what would help; it is dragged to a day, or put on one by button."""

from datetime import date

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.planning.views import UnplacedView
from app.ui.look.formats import format_short_date
from app.ui.look.theme import current_theme
from app.ui.pages.plan.dragging import is_drag
from app.ui.pages.plan.try_button import TryButton
from app.ui.pages.plan.visit_plan_words import PlanWords
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import TextLabel, make_divider


class UnplacedLine(QWidget):
    """Tells what is wished of it; the panel that holds it knows the plan."""

    put_requested = Signal(object)
    """UnplacedView: put it on the day looked at"""
    tried = Signal(object)
    """UnplacedView, while its button is looked at; None when it is no more"""
    why_requested = Signal(object)
    """UnplacedView"""
    open_requested = Signal(object)
    """UnplacedView: open the shop"""
    drag_requested = Signal(object)
    """UnplacedView: the mouse took hold of it"""

    def __init__(self, one: UnplacedView, words: PlanWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._one = one
        self._pressed: QPoint | None = None
        self.setObjectName("unplacedLine")
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setToolTip(self.tr("Drag it to a day of the calendar"))
        theme = current_theme()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.size("gap_tiny"))
        by = self.tr("%1 · by %2").replace("%1", one.name).replace("%2", format_short_date(one.by))
        if one.late is not None:
            by = self.tr("%1, comes on %2").replace("%1", by).replace("%2", format_short_date(one.late))
        whole.addWidget(TextLabel(by, "", wrap=True))
        why = "\n".join(part for part in (words.why_unplaced(one), words.way_out(one)) if part)
        whole.addWidget(TextLabel(why, "hint", wrap=True))
        self._put = put = TryButton("", "quiet", small=True)
        put.setObjectName("unplacedPut")
        put.clicked.connect(self._on_put)
        put.tried.connect(self._on_tried)
        ask = Button(self.tr("Why"), "quiet", small=True)
        ask.setObjectName("unplacedWhy")
        ask.clicked.connect(self._on_why)
        look = Button(self.tr("Open"), "quiet", small=True)
        look.clicked.connect(self._on_open)
        row = QHBoxLayout()
        row.setSpacing(0)
        for button in (put, ask, look):
            row.addWidget(button)
        for button in (ask, look):
            button.setAccessibleName(f"{button.text()}: {one.name}")
        row.addStretch(1)
        whole.addLayout(row)
        whole.addWidget(make_divider(self))

    def show_day(self, day: date, *, can_take: bool) -> None:
        """Say on which day the button puts it."""
        self._put.setText(self.tr("Put on %1").replace("%1", format_short_date(day)))
        self._put.setAccessibleName(f"{self._put.text()}: {self._one.name}")
        self._put.setEnabled(can_take)

    def take_keyboard(self) -> None:
        """Put the keyboard at what puts it on the day looked at."""
        self._put.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.position().toPoint() if event.button() == Qt.MouseButton.LeftButton else None

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is not None and is_drag(self._pressed, event.position().toPoint()):
            self._pressed = None
            self.drag_requested.emit(self._one)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pressed = None

    @Slot()
    def _on_put(self) -> None:
        self.put_requested.emit(self._one)

    @Slot(object)
    def _on_tried(self, is_tried: bool) -> None:
        self.tried.emit(self._one if is_tried else None)

    @Slot()
    def _on_why(self) -> None:
        self.why_requested.emit(self._one)

    @Slot()
    def _on_open(self) -> None:
        self.open_requested.emit(self._one)
