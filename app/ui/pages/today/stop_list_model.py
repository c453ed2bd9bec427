"""The rows of the day's list: open stops can be dragged to another place."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QByteArray,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter
from typing_extensions import override

from app.ui.look.icons import paint_icon
from app.ui.look.theme import current_theme
from app.ui.widgets.list_rows import KEY_ROLE, ListRow, ListRowDelegate, ListRowModel

STOP_MIME = "application/x-zoufang-stop"
_FADED = 0.75
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Dropped:
    """A stop was let go before the row that is now at that place."""

    key: str
    row: int


class StopListModel(ListRowModel):
    """A list of rows of which some can be moved; it only tells the wish, the day itself is moved elsewhere."""

    stop_dropped = Signal(object)
    """Dropped"""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._movable: frozenset[str] = frozenset()

    def set_stops(self, rows: Sequence[ListRow], movable: frozenset[str]) -> None:
        """Show these rows; those with a key in `movable` can be dragged."""
        self._movable = movable
        self.set_rows(rows)

    @override
    def flags(self, index: _Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        known = super().flags(index)
        return known | Qt.ItemFlag.ItemIsDragEnabled if index.data(KEY_ROLE) in self._movable else known

    @override
    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    @override
    def mimeTypes(self) -> list[str]:
        return [STOP_MIME]

    @override
    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        data.setData(STOP_MIME, QByteArray(str(indexes[0].data(KEY_ROLE)).encode()))
        return data

    @override
    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: _Index) -> bool:
        if not data.hasFormat(STOP_MIME):
            return False
        place = row if row >= 0 else (parent.row() if parent.isValid() else self.rowCount())
        self.stop_dropped.emit(Dropped(data.data(STOP_MIME).toStdString(), place))
        # The rows come anew in their new order; "taken" would let the view remove the dragged one.
        return False


class StopDelegate(ListRowDelegate):
    """A row with both a number and an icon ended otherwise than done: the icon stands where the number was."""

    @override
    def _paint_badge(self, painter: QPainter, rect: QRectF, left: float, row: ListRow) -> float:
        if not (row.icon and row.badge):
            return super()._paint_badge(painter, rect, left, row)
        theme = current_theme()
        painter.setOpacity(_FADED)
        side = float(theme.em(1.95))
        disc = QRectF(left, rect.top() + theme.em(0.75), side, side)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("track"))
        painter.drawEllipse(disc)
        inset = side * 0.24
        paint_icon(painter, row.icon, disc.adjusted(inset, inset, -inset, -inset), theme.color("muted"))
        return disc.right() + theme.em(0.9)
