"""What can be dragged onto the board: a visit of it, or a shop that has no day."""

from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QDrag
from PySide6.QtWidgets import QApplication, QWidget

VISIT_MIME = "application/x-zoufang-visit"
SHOP_MIME = "application/x-zoufang-shop"


@dataclass(frozen=True, slots=True)
class Grip:
    """What is dragged: a visit, or a shop that is to get one."""

    what: UUID
    is_shop: bool = False

    @property
    def mime(self) -> QMimeData:
        """What the drag carries."""
        mime = QMimeData()
        mime.setData(SHOP_MIME if self.is_shop else VISIT_MIME, str(self.what).encode())
        return mime


def grip_of(mime: QMimeData) -> Grip | None:
    """Return what a drag carries; None where it is nothing of the plan."""
    kind = next((kind for kind in (VISIT_MIME, SHOP_MIME) if mime.hasFormat(kind)), None)
    return None if kind is None else Grip(UUID(mime.data(kind).toStdString()), kind == SHOP_MIME)


def is_drag(pressed: QPoint, at: QPoint) -> bool:
    """Whether the mouse went far enough to mean a drag."""
    return (at - pressed).manhattanLength() >= QApplication.startDragDistance()


def drag(grip: Grip, source: QWidget) -> None:
    """Drag until the mouse is let go; what happens then is the matter of where that was."""
    begun = QDrag(source)
    begun.setMimeData(grip.mime)
    begun.exec(Qt.DropAction.MoveAction)
