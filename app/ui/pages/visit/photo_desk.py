"""Takes pictures into the open visit and has their thumbnails ready, for every step that shows photos."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, Signal, Slot
from PySide6.QtGui import QImage

from app.domain.changes import Changes, Kind
from app.services.photos import AddedPhoto, Photos, PreparedPhoto
from app.services.visit_rows import RowKey, RowKind, Values
from app.ui.background.change_bus import ChangeBus
from app.ui.background.task_runner import Lane, TaskRunner
from app.ui.pages.visit.visit_draft import VisitDraft

_QUALITY = 95


class PhotoDesk(QObject):
    """One for the visit page; steps ask it for images and offer it pictures."""

    image_ready = Signal(object)
    """str: the hash of a picture whose thumbnail can be shown now"""
    added = Signal(object)
    """AddedPhoto"""
    delivery_changed = Signal()
    """Head office has confirmed other photos of the visit than before."""
    failed = Signal(object)
    """BaseException: a picture could not be taken in"""

    def __init__(
        self,
        draft: VisitDraft,
        photos: Photos,
        tasks: TaskRunner,
        parent: QObject | None = None,
        bus: ChangeBus | None = None,
    ) -> None:
        super().__init__(parent)
        self._bus = bus
        self._delivered: frozenset[str] = frozenset()
        draft.opened.connect(self._read_delivered)
        if bus is not None:
            bus.changed.connect(self._on_records_changed)
        self._draft = draft
        self._photos = photos
        self._tasks = tasks
        self._images: dict[str, QImage] = {}
        self._asked: set[str] = set()
        self.busy = 0

    def add_files(self, paths: Sequence[Path], *, item: str | None = None, place: str | None = None) -> None:
        """Take in picture files, for a diagnosis item or a place of the shop."""
        for path in paths:
            self._take(partial(self._photos.prepare_file, path), item, place)

    def add_image(self, image: QImage, *, item: str | None = None, place: str | None = None) -> None:
        """Take in a picture that has no file, such as a pasted one."""
        written = QByteArray()
        buffer = QBuffer(written)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "JPG", _QUALITY)  # pyright: ignore[reportArgumentType, reportCallIssue]
        self._take(partial(self._photos.prepare, bytes(written.data())), item, place)

    def use_again(self, row: Values, item: str) -> None:
        """Let a photo that the visit has stand for another item too; its bytes are kept once."""
        prepared = _prepared(row)
        if prepared is not None and not self._draft.is_read_only:
            self.busy += 1
            place = row.get("place")
            work = partial(
                self._photos.add,
                self._draft.head.visit_id,
                prepared,
                item=item,
                place=place if isinstance(place, str) else None,
            )
            self._tasks.run(work, owner=self, done=self._on_added, failed=self.give_up)

    def rows(self, item: str | None = None) -> list[tuple[RowKey, Values]]:
        """Return the photos of a diagnosis item, or those of the shelf, oldest first."""
        found = [(key, row) for key, row in self._draft.rows(RowKind.PHOTO).items() if row.get("item") == item]
        return sorted(found, key=lambda one: str(one[1].get("added_at")))

    def image(self, sha256: str) -> QImage | None:
        """Return a thumbnail; None while it is being read, then `image_ready` tells."""
        if sha256 not in self._images and sha256 not in self._asked:
            self._asked.add(sha256)
            work = partial(self._photos.thumb, sha256)
            done = _Arrival(sha256, self)
            self._tasks.run(work, owner=done, done=done.on_read, failed=done.on_missing, lane=Lane.FREE)
        return self._images.get(sha256)

    def is_delivered(self, sha256: str) -> bool:
        """Say whether head office has confirmed the photo, as far as the last round told."""
        return sha256 in self._delivered

    @Slot(object)
    def _on_records_changed(self, changes: Changes) -> None:
        if Kind.PHOTO in changes.kinds:
            self._read_delivered()

    @Slot()
    def _read_delivered(self) -> None:
        if self._draft.is_open:
            work = partial(self._photos.delivered, self._draft.head.visit_id)
            self._tasks.run(work, owner=self, done=self._on_delivered)

    def _on_delivered(self, hashes: frozenset[str]) -> None:
        if hashes != self._delivered:
            self._delivered = hashes
            self.delivery_changed.emit()

    def read_full(self, sha256: str, owner: QObject, done: Callable[[bytes], None]) -> None:
        """Read a picture at its full size and hand it to a method of the owner."""
        self._tasks.run(
            partial(self._photos.full, sha256), owner=owner, done=done, failed=self.failed.emit, lane=Lane.FREE
        )

    def keep_image(self, sha256: str, content: bytes) -> None:
        """Have a thumbnail ready."""
        self._images[sha256] = QImage.fromData(content)
        self.image_ready.emit(sha256)

    def _take(self, work: "partial[PreparedPhoto]", item: str | None, place: str | None) -> None:
        if self._draft.is_open and not self._draft.is_read_only:
            self.busy += 1
            taking = _Taking(self._draft.head.visit_id, item, place, self)
            self._tasks.run(work, owner=taking, done=taking.on_prepared, failed=taking.on_failed, lane=Lane.FREE)

    def store(self, taking: "_Taking", prepared: PreparedPhoto) -> None:
        """Give a prepared picture to its visit."""
        work = partial(self._photos.add, taking.visit_id, prepared, item=taking.item, place=taking.place)
        self._tasks.run(work, owner=self, done=self._on_added, failed=self.give_up)

    def _on_added(self, photo: AddedPhoto) -> None:
        self.busy -= 1
        is_shown = self._draft.is_open and self._draft.head.visit_id in photo.changes.ids
        if is_shown and (photo.is_new or not self._draft.row(photo.key)):
            self._draft.adopt(photo.key, photo.values)
        self.added.emit(photo)
        if self._bus is not None:
            self._bus.written.emit()

    def give_up(self, error: BaseException) -> None:
        """Say that a picture was not taken in."""
        self.busy -= 1
        self.failed.emit(error)


class _Taking(QObject):
    """A picture that is being made fit: to which visit, item and place it belongs."""

    def __init__(self, visit_id: UUID, item: str | None, place: str | None, desk: PhotoDesk) -> None:
        super().__init__(desk)
        self.visit_id = visit_id
        self.item = item
        self.place = place
        self._desk = desk

    def on_prepared(self, prepared: PreparedPhoto) -> None:
        """Go on with the row."""
        self._desk.store(self, prepared)
        self.deleteLater()

    def on_failed(self, error: BaseException) -> None:
        """Say why the picture was not taken in."""
        self._desk.give_up(error)
        self.deleteLater()


class _Arrival(QObject):
    """A thumbnail that is being read."""

    def __init__(self, sha256: str, desk: PhotoDesk) -> None:
        super().__init__(desk)
        self._sha256 = sha256
        self._desk = desk

    def on_read(self, content: bytes) -> None:
        """Hand the thumbnail over."""
        self._desk.keep_image(self._sha256, content)
        self.deleteLater()

    def on_missing(self, _error: BaseException) -> None:
        """Leave the empty frame: the bytes are not on this laptop."""
        self.deleteLater()


def _prepared(row: Values) -> PreparedPhoto | None:
    sha256, size, width, height = (row.get(name) for name in ("sha256", "byte_size", "width", "height"))
    if not isinstance(sha256, str) or not (
        isinstance(size, int) and isinstance(width, int) and isinstance(height, int)
    ):
        return None
    return PreparedPhoto(sha256, size, width, height)
