"""The visit that is open, as all its steps see it: the values of every row, what changed, and the way back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from weakref import WeakMethod

from PySide6.QtCore import QObject, Signal, Slot

from app.domain.visit import Step
from app.runtime.clock import Clock
from app.services.visit_reading import Cursor, Place, VisitHead, VisitSheet
from app.services.visit_rows import DELETED, FieldValue, RowKey, RowKind, Values
from app.ui.pages.visit.saver import Saver
from app.ui.pages.visit.undo_stack import Edit, UndoStack

_OWN_ROWS = frozenset({RowKind.PLAN, RowKind.PROMISE, RowKind.PHOTO})


@dataclass(frozen=True, slots=True)
class RowEvent:
    """A row that has other values now; with `by_typing` the widget that set them shows them already."""

    key: RowKey
    fields: frozenset[str]
    by_typing: bool


class VisitDraft(QObject):
    """Holds the rows of the open visit; `set` saves by itself and can be undone a hundred times."""

    opened = Signal()
    """Another visit was opened, or the same read anew."""
    row_changed = Signal(object)
    """RowEvent"""
    place_requested = Signal(object)
    """Place: an undone change lies there"""
    undo_changed = Signal()

    def __init__(self, saver: Saver, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._saver = saver
        self._rows: dict[RowKey, dict[str, FieldValue]] = {}
        self._undo = UndoStack()
        self._head: VisitHead | None = None
        self._cursor = Cursor()
        self._place = Place(Step.BRIEF)
        self._fields: dict[Step, str] = {}
        self._calls: list[WeakMethod[Callable[[], None]]] = []
        saver.settled.connect(self._on_settled)

    @property
    def head(self) -> VisitHead:
        """The head of the visit; there is one as soon as a step is loaded."""
        if self._head is None:
            raise RuntimeError("no visit is open")
        return self._head

    @property
    def is_open(self) -> bool:
        """Whether a visit was opened."""
        return self._head is not None

    @property
    def is_read_only(self) -> bool:
        """Whether the visit has ended, so that it must be taken up again first, or is a colleague's."""
        return self._head is None or self._head.status.ended or bool(self._head.colleague)

    @property
    def place(self) -> Place:
        """Where the person is."""
        return self._place

    def now(self) -> datetime:
        """Return the time now, as records carry it."""
        return self._clock.now()

    def open(self, sheet: VisitSheet) -> None:
        """Show a visit; reading it never saves anything."""
        is_other = self._head is None or self._head.visit_id != sheet.head.visit_id
        self._head = sheet.head
        self._rows = {key: dict(values) for key, values in sheet.rows.items()}
        self._saver.open(sheet.head.visit_id)
        if is_other:
            self._undo = UndoStack()
            self._cursor = sheet.cursor
            self._fields = dict(sheet.cursor.fields)
            self._place = Place(sheet.cursor.step, self._fields.get(sheet.cursor.step, ""))
        self.opened.emit()
        self.undo_changed.emit()

    def value(self, key: RowKey, field: str) -> FieldValue:
        """Return one field; None while nothing was entered."""
        return self._rows.get(key, {}).get(field)

    def row(self, key: RowKey) -> Values:
        """Return all fields of a row; empty if it does not exist."""
        return self._rows.get(key, {})

    def rows(self, kind: RowKind) -> Mapping[RowKey, Values]:
        """Return the rows of one kind, in the order in which they were made; deleted ones are left out."""
        return {key: row for key, row in self._rows.items() if key.kind is kind and not row.get(DELETED)}

    def set(self, key: RowKey, **values: FieldValue) -> None:
        """Change fields of a row because the person did: shown, saved and undoable. Equal values change nothing."""
        if self.is_read_only:
            return
        had = self._rows.get(key)
        new = {name: value for name, value in values.items() if had is None or had.get(name) != value}
        if not new or (had is None and all(value is None for value in new.values())):
            return
        if had is None and key.kind in _OWN_ROWS:
            old: dict[str, FieldValue] = {DELETED: True}
            new[DELETED] = False
        else:
            old = {name: (had or {}).get(name) for name in new}
        self._undo.push(Edit(self._place, key, old, new))
        self._apply(key, new, by_typing=True)
        self.undo_changed.emit()

    def open_cell(self) -> None:
        """Let what is typed into a cell of a table be one change, until `close_cell`."""
        self._undo.open_cell()

    def close_cell(self) -> None:
        """Let the next key begin a change of its own."""
        self._undo.close()

    def remove(self, key: RowKey) -> None:
        """Take a plan, promise or photo out of the visit; undo brings it back."""
        if key in self._rows and not self.is_read_only:
            self._undo.push(Edit(self._place, key, {DELETED: False}, {DELETED: True}))
            self._apply(key, {DELETED: True}, by_typing=False)
            self.undo_changed.emit()

    def adopt(self, key: RowKey, values: Values) -> None:
        """Take in a row that is on disk already (a photo); undo takes it out again."""
        self._rows[key] = dict(values)
        self._undo.push(Edit(self._place, key, {DELETED: True}, {DELETED: False}))
        self.row_changed.emit(RowEvent(key, frozenset(values), by_typing=False))
        self.undo_changed.emit()

    def note_rows(self, rows: Mapping[RowKey, Values]) -> None:
        """Keep what the program worked out itself: shown and saved like the rest, but nothing to undo."""
        if self.is_read_only:
            return
        told: RowEvent | None = None
        for key, values in rows.items():
            had = self._rows.setdefault(key, {})
            new = {name: value for name, value in values.items() if had.get(name) != value}
            if new:
                had.update(new)
                self._saver.put(key, new)
                told = RowEvent(key, frozenset(new), by_typing=False)
        if told is not None:
            self.row_changed.emit(told)

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to take back."""
        return self._undo.can_undo and not self.is_read_only

    @property
    def can_redo(self) -> bool:
        """Whether there is a change to do again."""
        return self._undo.can_redo and not self.is_read_only

    def undo(self) -> None:
        """Take the last change back and go to where it was made."""
        if self.can_undo:
            edit = self._undo.undo()
            self._go_back_to(edit, edit.old)

    def redo(self) -> None:
        """Do the change again that was taken back last."""
        if self.can_redo:
            edit = self._undo.redo()
            self._go_back_to(edit, edit.new)

    def go(self, step: Step, field: str | None = None) -> None:
        """Remember where the person is now; without a field, the last one of that step."""
        if field is not None:
            self._fields[step] = field
        place = Place(step, self._fields.get(step, ""))
        if place != self._place:
            self._place = place
            if self._head is not None and not self._head.colleague:
                self._saver.put_place(place)

    def field_of(self, step: Step) -> str:
        """Return the field of a step where the person was last."""
        return self._fields.get(step, "")

    def flush(self) -> None:
        """Put everything on disk now."""
        self._saver.flush()

    def when_saved(self, call: Callable[[], None]) -> None:
        """Put everything on disk now and then call a bound method, at once if all is there already."""
        if self._saver.is_settled:
            call()
            return
        self._calls.append(WeakMethod(call))
        self._saver.flush()

    @Slot()
    def _on_settled(self) -> None:
        calls, self._calls = self._calls, []
        for held in calls:
            call = held()
            if call is not None:
                call()

    def _go_back_to(self, edit: Edit, values: Values) -> None:
        self._apply(edit.key, values, by_typing=False)
        self._undo.close()
        self.place_requested.emit(edit.place)
        self.undo_changed.emit()

    def _apply(self, key: RowKey, values: Values, *, by_typing: bool) -> None:
        self._rows.setdefault(key, {}).update(values)
        if key.kind is not RowKind.WISH:
            self._saver.put(key, values)
        self.row_changed.emit(RowEvent(key, frozenset(values), by_typing))
