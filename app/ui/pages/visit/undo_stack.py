"""The last hundred changes of a visit, forward and back; typing in one field is one step."""

import time
from dataclasses import dataclass, replace

from app.services.visit_reading import Place
from app.services.visit_rows import DELETED, RowKey, Values

DEPTH = 100
_TYPING_SECONDS = 2.0
_TYPED = frozenset(
    (
        "actions_done",
        "agreed",
        "arrived_at",
        "caption",
        "cause_note",
        "due_on",
        "left_at",
        "met_note",
        "need_note",
        "next_visit_on",
        "note",
        "on_hand",
        "override_reason",
        "retail_price",
        "sku_on_sale",
        "sku_shown",
        "sku_tagged",
        "slots",
        "text",
        "wish_budget",
        "wish_total",
        "wrap_note",
    )
)
"""The fields that are typed letter by letter; every other one is a choice, which is a change of its own."""


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
        self._is_cell_open = False

    @property
    def can_undo(self) -> bool:
        """Whether an edit can be taken back."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether an edit can be done again."""
        return bool(self._undone)

    def push(self, edit: Edit) -> None:
        """Add an edit; letters and digits typed one after the other in the same field stay one edit."""
        now = time.monotonic()
        last = self._done[-1] if self._done else None
        is_soon = self._typed_at > 0 and (self._is_cell_open or now - self._typed_at < _TYPING_SECONDS)
        if last is not None and is_soon and _continues(last, edit):
            self._join(last, edit)
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

    def open_cell(self) -> None:
        """Let everything typed until `close` be one edit, however slowly it is typed."""
        self._typed_at = 0.0
        self._is_cell_open = True

    def close(self) -> None:
        """Let the next letter begin an edit of its own."""
        self._typed_at = 0.0
        self._is_cell_open = False

    def _join(self, last: Edit, edit: Edit) -> None:
        new = {**last.new, **edit.new}
        if any(last.old.get(name) != value for name, value in new.items()):
            self._done[-1] = replace(last, new=new)
        else:
            self._done.pop()  # what was typed was taken back by hand: there is nothing left to undo


def _continues(last: Edit, edit: Edit) -> bool:
    """Tell whether an edit goes on with the one before: the same field, typed; ticks and new rows stand alone."""
    is_typed = edit.new.keys() <= _TYPED and edit.new.keys() <= last.new.keys()
    return is_typed and last.key == edit.key and DELETED not in last.new
