"""The photos that prove a task: those of this visit to choose from, and a zone that takes new ones."""

from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolButton, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.tasks import evidence_item
from app.services.visit_rows import RowKey, RowKind, Values
from app.ui.look.icons import paint_icon
from app.ui.look.messages import Messages
from app.ui.look.theme import current_theme
from app.ui.pages.visit.photo_desk import PhotoDesk
from app.ui.pages.visit.visit_draft import RowEvent, VisitDraft
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.labels import TextLabel
from app.ui.widgets.painting import begin, draw_focus, is_look_event
from app.ui.widgets.photo_strip import PhotoStrip


class TaskEvidence(QWidget):
    """A press on a photo chooses it as evidence; a new picture is taken in and chosen."""

    def __init__(self, draft: VisitDraft, desk: PhotoDesk, task_id: UUID, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("taskEvidence")
        self._draft = draft
        self._desk = desk
        self._item = evidence_item(task_id)
        self._messages = Messages(self)
        self._tiles: dict[str, _PickTile] = {}
        self._label = TextLabel("", "hint", wrap=True)
        self._problem = TextLabel("", "error", wrap=True)
        self._problem.hide()
        pick = QWidget()
        self._flow = FlowLayout(pick)
        self._strip = PhotoStrip()
        self._strip.setObjectName("evidenceZone")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(current_theme().size("gap_tiny"))
        for widget in (self._label, pick, self._strip, self._problem):
            whole.addWidget(widget)
        self._wire()
        self._retranslate()

    @property
    def tiles(self) -> tuple["_PickTile", ...]:
        """The photos to choose from."""
        return tuple(self._tiles.values())

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "_strip"):
            self._retranslate()

    def _wire(self) -> None:
        self._strip.files_offered.connect(self._on_files_offered)
        self._strip.image_offered.connect(self._on_image_offered)
        self._desk.image_ready.connect(self._on_image_ready)
        self._desk.failed.connect(self._on_failed)
        self._draft.row_changed.connect(self._on_row_changed)
        self._draft.opened.connect(self._render)

    def _retranslate(self) -> None:
        self._strip.set_zone_text(self.tr("Drop, paste or choose pictures"))
        self._render()

    @Slot()
    def _render(self) -> None:
        photos = self._photos()
        for gone in [sha for sha in self._tiles if sha not in photos]:
            tile = self._tiles.pop(gone)
            self._flow.removeWidget(tile)
            tile.hide()
            tile.deleteLater()
        chosen = self._chosen()
        for sha, row in photos.items():
            if sha not in self._tiles:
                tile = self._tiles[sha] = _PickTile(sha)
                tile.picked.connect(self._on_picked)
                self._flow.addWidget(tile)
            added = row.get("added_at")
            when = f"{added:%H:%M}" if added is not None else ""
            name = str(row.get("caption") or "") or self.tr("Photo of %1").replace("%1", when)
            self._tiles[sha].show_photo(self._desk.image(sha), name, is_chosen=sha in chosen)
        self._label.setText(
            self.tr("Evidence: %n photo(s) chosen; press a photo to choose it", "", len(chosen))
            if photos
            else self.tr("Evidence: this visit has no photo yet")
        )

    def _photos(self) -> dict[str, Values]:
        """Return each picture of the visit once, the oldest first."""
        if not self._draft.is_open:
            return {}
        rows = sorted(self._draft.rows(RowKind.PHOTO).values(), key=_moment)
        return {str(row.get("sha256")): row for row in reversed(rows)} if rows else {}

    def _chosen(self) -> dict[str, RowKey]:
        return {str(row.get("sha256")): key for key, row in self._desk.rows(self._item)} if self._draft.is_open else {}

    @Slot(object)
    def _on_picked(self, sha256: str) -> None:
        chosen = self._chosen().get(sha256)
        if chosen is not None:
            self._draft.remove(chosen)
        else:
            self._desk.use_again(self._photos()[sha256], self._item)
        self._render()

    @Slot(object)
    def _on_files_offered(self, paths: tuple[Path, ...]) -> None:
        self._problem.hide()
        self._desk.add_files(paths, item=self._item)

    @Slot(object)
    def _on_image_offered(self, image: QImage) -> None:
        self._problem.hide()
        self._desk.add_image(image, item=self._item)

    @Slot(object)
    def _on_image_ready(self, sha256: str) -> None:
        if sha256 in self._tiles:
            self._render()

    @Slot(object)
    def _on_failed(self, error: BaseException) -> None:
        if self.isVisible():
            self._problem.setText(self._messages.of_error(error).whole)
            self._problem.show()

    @Slot(object)
    def _on_row_changed(self, event: RowEvent) -> None:
        if event.key.kind is RowKind.PHOTO:
            self._render()


class _PickTile(QToolButton):
    """A small photo with a mark when it is chosen."""

    picked = Signal(object)
    """str: the hash"""

    def __init__(self, sha256: str) -> None:
        super().__init__()
        self.setObjectName("pickPhoto")
        self._sha256 = sha256
        self._image: QImage | None = None
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._on_clicked)

    def show_photo(self, image: QImage | None, name: str, *, is_chosen: bool) -> None:
        """Show a photo, chosen or not."""
        self._image = image
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setChecked(is_chosen)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(current_theme().em(6), current_theme().em(4.2))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_look_event(event):
            self.updateGeometry()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = begin(self)
        rect = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        radius = theme.size("radius_control")
        path = QPainterPath()
        path.addRoundedRect(rect, radius, radius)
        painter.fillPath(path, theme.color("track"))
        painter.save()
        painter.setClipPath(path)
        side = theme.em(1.4)
        if self._image is None or self._image.isNull():
            icon = QRectF(0, 0, side, side)
            icon.moveCenter(rect.center())
            paint_icon(painter, "photo", icon, theme.color("muted"))
        else:
            ratio = self.devicePixelRatioF()
            size = QSize(round(rect.width() * ratio), round(rect.height() * ratio))
            expanding, smooth = (
                Qt.AspectRatioMode.KeepAspectRatioByExpanding,
                Qt.TransformationMode.SmoothTransformation,
            )
            painter.drawImage(rect, self._image.scaled(size, expanding, smooth).copy(0, 0, size.width(), size.height()))
        painter.restore()
        if self.isChecked():
            painter.setPen(QPen(theme.color("primary"), theme.em(0.2)))
            painter.drawPath(path)
            mark = QRectF(rect.right() - side - theme.em(0.2), rect.top() + theme.em(0.2), side, side)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("primary"))
            painter.drawEllipse(mark)
            inner = mark.adjusted(side * 0.2, side * 0.2, -side * 0.2, -side * 0.2)
            paint_icon(painter, "check", inner, theme.color("on_primary"))
        if self.hasFocus():
            draw_focus(painter, rect)

    @Slot()
    def _on_clicked(self) -> None:
        self.picked.emit(self._sha256)


def _moment(row: Values) -> str:
    return str(row.get("added_at"))
