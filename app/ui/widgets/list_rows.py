"""Rows of a list: number, title, a second line, chips, and a word at the right; found parts are marked."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from app.ui.look.icons import paint_icon
from app.ui.look.theme import current_theme
from app.ui.widgets.painting import draw_chip, draw_text, text_width
from app.ui.widgets.tones import Tone

ROW_ROLE = int(Qt.ItemDataRole.UserRole) + 1
"""The role under which a model gives its `ListRow`."""

KEY_ROLE = int(Qt.ItemDataRole.UserRole) + 2
"""The role under which `ListRowModel` gives the key of a row."""


@dataclass(frozen=True, slots=True)
class ListRow:
    """What one row shows; empty parts take no room."""

    key: str
    title: str
    subtitle: str = ""
    trailing: str = ""
    chips: tuple[tuple[str, Tone], ...] = ()
    badge: str = ""
    icon: str = ""
    is_done: bool = False
    marks: tuple[tuple[int, int], ...] = ()
    """(start, length) of the parts of the title that a search found"""

    @property
    def spoken(self) -> str:
        """The row as one sentence, for screen readers."""
        parts = (self.badge, self.title, self.subtitle, self.trailing, *(text for text, _ in self.chips))
        return ", ".join(part for part in parts if part)


class ListRowModel(QAbstractListModel):
    """A model of rows that are all known; long lists that load as they scroll bring their own model."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[ListRow, ...] = ()

    def set_rows(self, rows: Sequence[ListRow]) -> None:
        """Show other rows; rows with the same keys are only redrawn, so that the selection stays."""
        fresh = tuple(rows)
        if [row.key for row in fresh] == [row.key for row in self._rows]:
            self._rows = fresh
            if fresh:
                self.dataChanged.emit(self.index(0), self.index(len(fresh) - 1))
            return
        self.beginResetModel()
        self._rows = fresh
        self.endResetModel()

    def row_of(self, key: str) -> int:
        """Return the place of a row; −1 if there is none."""
        return next((i for i, row in enumerate(self._rows) if row.key == key), -1)

    @override
    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    @override
    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role == KEY_ROLE:
            return row.key
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.spoken
        return None


class ListRowDelegate(QStyledItemDelegate):
    """Draws `ListRow`s."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        theme = current_theme()
        row = index.data(ROW_ROLE)
        if not isinstance(row, ListRow):
            return super().sizeHint(option, index)
        lines = theme.em(1.55) + (theme.em(1.5) if row.subtitle else 0) + (theme.em(1.75) if row.chips else 0)
        return QSize(theme.em(12), lines + theme.em(1.3))

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row = index.data(ROW_ROLE)
        if not isinstance(row, ListRow):
            super().paint(painter, option, index)
            return
        theme = current_theme()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(option.rect)  # pyright: ignore[reportAttributeAccessIssue]
        state: QStyle.StateFlag = option.state  # pyright: ignore[reportAttributeAccessIssue]
        self._paint_ground(painter, rect, state)
        is_selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.setOpacity(0.7 if row.is_done and not is_selected else 1.0)
        left = rect.left() + theme.size("pad")
        if row.badge or row.icon:
            left = self._paint_badge(painter, rect, left, row)
        self._paint_words(painter, rect.adjusted(left - rect.left(), 0, -theme.size("pad"), 0), row, is_selected)
        painter.restore()

    def _paint_ground(self, painter: QPainter, rect: QRectF, state: QStyle.StateFlag) -> None:
        theme = current_theme()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.color("primary_soft"))
            painter.fillRect(QRectF(rect.left(), rect.top(), theme.em(0.24), rect.height()), theme.color("primary"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.color("surface_hover"))
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), theme.color("line_soft"))

    def _paint_badge(self, painter: QPainter, rect: QRectF, left: float, row: ListRow) -> float:
        theme = current_theme()
        side = float(theme.em(1.95))
        disc = QRectF(left, rect.top() + theme.em(0.75), side, side)
        if row.icon:
            disc.moveTop(rect.center().y() - side / 2)
            inset = side * 0.14
            paint_icon(painter, row.icon, disc.adjusted(inset, inset, -inset, -inset), theme.color("muted"))
            return disc.right() + theme.size("gap_small")
        color = theme.color("green" if row.is_done else "primary")
        painter.setPen(QPen(color, theme.em(0.1)))
        painter.setBrush(color if row.is_done else theme.color("surface"))
        painter.drawEllipse(disc)
        if row.is_done:
            inset = side * 0.22
            paint_icon(painter, "check", disc.adjusted(inset, inset, -inset, -inset), theme.color("on_primary"))
        else:
            font = theme.font("small", bold=True)
            draw_text(painter, disc, row.badge, font, theme.color("primary_text"), Qt.AlignmentFlag.AlignCenter)
        return disc.right() + theme.em(0.9)

    def _paint_words(self, painter: QPainter, room: QRectF, row: ListRow, is_selected: bool) -> None:
        theme = current_theme()
        small, muted = theme.font("small"), theme.color("muted")
        line = QRectF(room.left(), room.top() + theme.em(0.65), room.width(), theme.em(1.55))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        draw_text(painter, line, row.trailing, small, muted, right)
        free = line.adjusted(0, 0, -text_width(row.trailing, small) - theme.em(0.7) if row.trailing else 0, 0)
        _draw_title(painter, free, row)
        top = line.bottom()
        if row.subtitle:
            draw_text(painter, QRectF(room.left(), top, room.width(), theme.em(1.5)), row.subtitle, small, muted)
            top += theme.em(1.5)
        middle, x = top + theme.em(0.9), room.left()
        for text, tone in row.chips:
            if x + text_width(text, small) > room.right():
                break
            # On the selected row, itself of the primary colour, its chips stand on white.
            is_lost = is_selected and tone in (Tone.PRIMARY, Tone.GREEN)
            ground = theme.color("surface") if is_lost else tone.ground
            x += draw_chip(painter, x, middle, text, ground, tone.ink) + theme.em(0.35)


def _draw_title(painter: QPainter, rect: QRectF, row: ListRow) -> None:
    theme = current_theme()
    font = theme.font("body", bold=True)
    metrics = QFontMetricsF(font)
    for start, length in row.marks:
        before = metrics.horizontalAdvance(row.title[:start])
        width = metrics.horizontalAdvance(row.title[start : start + length])
        if before + width <= rect.width():
            box = QRectF(rect.left() + before, rect.center().y() - theme.em(0.72), width, theme.em(1.44))
            painter.fillRect(box, theme.color("amber_soft"))
    draw_text(painter, rect, row.title, font, theme.color("text"))


class _RowsView(QListView):
    @override
    def resizeEvent(self, e: QResizeEvent) -> None:
        super().resizeEvent(e)
        self.scrollTo(self.currentIndex())  # what is chosen stays in sight when the room changes


def make_list_view(name: str = "", parent: QWidget | None = None) -> QListView:
    """Return a list view in the house's style; give it a model that knows `ROW_ROLE`."""
    view = _RowsView(parent)
    view.setAccessibleName(name)
    view.setItemDelegate(ListRowDelegate(view))
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setFrameShape(QListView.Shape.NoFrame)
    view.setMouseTracking(True)
    view.viewport().setAutoFillBackground(False)
    return view
