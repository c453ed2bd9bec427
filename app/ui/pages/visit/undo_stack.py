"""The last hundred changes of a visit, forward and back; typing in one field is one step."""

import time
from dataclasses import dataclass, replace

from app.services.visit_reading import Place
from app.services.visit_rows import RowKey, Values

DEPTH = 100
_TYPING_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Edit:
    """One change of one row: what its fields were and became, and where the person was."""

    place: Place
    key: RowKey
    old: Values
    new: Values


class UndoStack:
    """Edits that were made, and edits that were taken back."""

    def __init__(self) -> None:
        self._done: list[Edit] = []
        self._undone: list[Edit] = []
        self._typed_at = 0.0

    @property
    def can_undo(self) -> bool:
        """Whether an edit can be taken back."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether an edit can be done again."""
        return bool(self._undone)

    def push(self, edit: Edit) -> None:
        """Add an edit; letters typed one after the other in the same field stay one edit."""
        now = time.monotonic()
        last = self._done[-1] if self._done else None
        if last is not None and now - self._typed_at < _TYPING_SECONDS and _continues(last, edit):
            self._done[-1] = replace(last, new=edit.new)
        else:
            self._done.append(edit)
            del self._done[:-DEPTH]
        self._undone.clear()
        self._typed_at = now

    def undo(self) -> Edit:
        """Take the newest edit off."""
        edit = self._done.pop()
        self._undone.append(edit)
        return edit

    def redo(self) -> Edit:
        """Put the edit back that was taken off last."""
        edit = self._undone.pop()
        self._done.append(edit)
        return edit

    def close(self) -> None:
        """Let the next letter begin an edit of its own."""
        self._typed_at = 0.0


def _continues(last: Edit, edit: Edit) -> bool:
    is_text = all(isinstance(value, str) for value in edit.new.values())
    return is_text and last.key == edit.key and last.new.keys() == edit.new.keys()
