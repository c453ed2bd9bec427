"""What a person does in the diagnosis: judge, rate, take over; and which rows are asked for in this visit."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.domain.diagnosis import Criterion, Item, State, may_stand
from app.domain.playbook import Playbook
from app.services.diagnoses import Diagnoses, DiagnosisSheet
from app.services.visit_rows import VISIT_ROW, FieldValue, Values, rating_row
from app.ui.background.task_runner import TaskRunner
from app.ui.pages.visit.diagnosis_item import ItemView, column_of, hard_marks, view_item
from app.ui.pages.visit.visit_draft import VisitDraft


@dataclass(frozen=True, slots=True)
class TakenOver:
    """How many rows stand as last time now, and how many could not be taken over."""

    taken: int
    left: int


class DiagnosisDesk(QObject):
    """Judgements go into the draft; facts are read beside it and never overwrite what a person said."""

    changed = Signal()
    """Facts, or the rows that are asked for, are others now."""
    barred = Signal(object)
    """ItemView: it cannot be judged so, because a criterion fails hard"""

    def __init__(
        self,
        draft: VisitDraft,
        diagnoses: Diagnoses,
        tasks: TaskRunner,
        playbook: Playbook,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._draft = draft
        self._diagnoses = diagnoses
        self._tasks = tasks
        self._checklist = playbook.diagnosis
        self._c_from = playbook.parameters.diagnosis.c_from
        self._views: dict[tuple[str, bool], _Known] = {}
        self.sheet: DiagnosisSheet | None = None
        self.problem: BaseException | None = None
        self.shows_all = False

    @property
    def items(self) -> tuple[Item, ...]:
        """The fourteen items."""
        return self._checklist.items

    @property
    def planned(self) -> frozenset[str]:
        """The items planned for this visit; empty means all."""
        chosen = self._draft.value(VISIT_ROW, "planned_items") if self._draft.is_open else None
        return frozenset(chosen) if isinstance(chosen, tuple) else frozenset()

    def plan_weak(self) -> bool:
        """Plan the items that stood at B or C last time, where nothing was planned; return whether there are any."""
        last = self.sheet.last if self.sheet is not None else {}
        weak = tuple(i.code for i in self.items if i.code in last and last[i.code].state is not State.A)
        if not self.planned and weak:
            self._draft.set(VISIT_ROW, planned_items=weak)
        return bool(self.planned)

    def reset(self) -> None:
        """Forget what was known of another visit."""
        if self.sheet is not None and self.sheet.visit_id != self._draft.head.visit_id:
            self.sheet = None
            self.shows_all = False

    def refresh(self) -> None:
        """Read the facts again, as soon as everything counted so far is on disk."""
        if self._draft.is_open:
            self._draft.when_saved(self._read)

    def set_shows_all(self, *, shows_all: bool) -> None:
        """Show all items, or only the planned ones with what the law asks for."""
        if shows_all is not self.shows_all:
            self.shows_all = shows_all
            self.changed.emit()

    def rows(self) -> list[ItemView]:
        """Return the rows shown, in the order of the checklist."""
        return [self.view(item.code) for item in self.items if self._is_shown(item)]

    def asked_rows(self) -> list[ItemView]:
        """Return the rows that the visit asks for, whatever is shown."""
        return [self._view(item, self._law(item)) for item in self.items if self._is_asked(item)]

    def view(self, code: str) -> ItemView:
        """Return one row."""
        item = self._item(code)
        return self._view(item, None if self.shows_all else self._law(item))

    def judge(self, code: str, state: State | None) -> None:
        """Set the state of an item, or of the one criterion that is asked of it."""
        view = self.view(code)
        if view.law is not None:
            self.rate(code, view.law, state)
            return
        if not may_stand(state, view.hard_fails):
            self.barred.emit(view)
            return
        values: dict[str, FieldValue] = {"state": state, "taken_over": None}
        if state is not None:
            values |= _ratings_known(view) | {"suggested": view.suggested}
        self._draft.set(rating_row(code), **_plain(values))

    def rate(self, code: str, criterion: Criterion, rating: State | None) -> None:
        """Rate one criterion; the state follows the suggestion until a person sets it apart."""
        view = self.view(code)
        values: dict[str, FieldValue] = {column_of(criterion): rating, "taken_over": None}
        if view.law is None and rating is not None:
            values = _ratings_known(view) | values
        self._follow(view, values)

    def mark_hard_fail(self, code: str, *, marked: bool) -> None:
        """Tick that an item fails hard, or take it back."""
        self._follow(self.view(code), {"hard_fail": marked or None, "taken_over": None})

    def set_note(self, code: str, text: str | None) -> None:
        """Keep a note on an item."""
        self._draft.set(rating_row(code), note=text or None)

    def set_reason(self, code: str, text: str | None) -> None:
        """Keep why the judgement leaves what was suggested."""
        self._draft.set(rating_row(code), override_reason=text or None)

    def take_over(self, code: str) -> bool:
        """Judge as suggested; where nothing is, as last time. Return whether there was something to take over."""
        view = self.view(code)
        offered = self.offered(view) or view.last_value
        if offered is None:
            return False
        self.judge(code, offered)
        return True

    def offered(self, view: ItemView) -> State | None:
        """Return what the data suggest for a row."""
        return view.suggested if view.law is None else view.criterion(view.law.key).known

    @property
    def knows_last(self) -> bool:
        """Whether an earlier visit judged anything."""
        return self.sheet is not None and bool(self.sheet.last)

    def take_over_all(self) -> TakenOver:
        """Judge every open row as last time, marked as not checked; where the data say otherwise, it stays open."""
        taken = left = 0
        for view in self.rows():
            if view.is_answered or (view.law is None and view.state is not None):
                continue
            if self._as_last_time(view):
                taken += 1
            else:
                left += 1
        return TakenOver(taken, left)

    def take_back(self) -> None:
        """Open again every row that was taken over at once."""
        for view in self.rows():
            if view.taken_over:
                cleared = {column_of(c): None for c in view.item.criteria}
                row = rating_row(view.item.code)
                self._draft.set(row, state=None, suggested=None, taken_over=None, **cleared)

    def taken_over_count(self) -> int:
        """Return how many rows shown stand as last time without a look."""
        return sum(view.taken_over for view in self.rows())

    def _as_last_time(self, view: ItemView) -> bool:
        last, value = view.last, view.last_value
        if last is None or value is None:
            return False
        before = dict(zip((c.criterion.key for c in view.criteria), last.criteria, strict=False))
        if view.law is not None:
            known = view.criterion(view.law.key).known
            if known not in (None, value):
                return False
            ratings: dict[str, FieldValue] = {column_of(view.law): value}
            self._follow(view, ratings | {"taken_over": True})
            return True
        merged = {c.criterion.key: c.rating or before.get(c.criterion.key) for c in view.criteria}
        marks = hard_marks(view.item, view.criteria, marked=view.marked)
        suggested = view.item.suggested_state(merged, marks, c_from=self._c_from)
        if suggested not in (None, value):
            return False
        values: dict[str, FieldValue] = {column_of(c): merged[c.key] for c in view.item.criteria}
        values |= {"state": value, "suggested": suggested, "taken_over": True}
        self._draft.set(rating_row(view.item.code), **_plain(values))
        return True

    def _follow(self, view: ItemView, values: dict[str, FieldValue]) -> None:
        """Set fields of a row, and the state with them as long as it stood as suggested."""
        code = view.item.code
        row = dict(self._draft.row(rating_row(code))) | values
        after = view_item(view.item, row, self.sheet, c_from=self._c_from, law=view.law)
        if view.law is None:
            values = values | {"suggested": after.suggested}
            follows = view.state in (None, view.suggested) or not may_stand(view.state, after.hard_fails)
            if after.suggested is not None and follows:
                values["state"] = after.suggested
        else:
            # What the law asks for can only make the whole item fail; the rest of it was not looked at.
            values = values | {"suggested": after.suggested}
            if after.hard_fails:
                values["state"] = State.C
            elif view.hard_fails:
                values["state"] = None
        self._draft.set(rating_row(code), **_plain(values))

    def _view(self, item: Item, law: Criterion | None) -> ItemView:
        """Return a row; one that did not change is not put together again, as every key asks for all of them."""
        row = self._draft.row(rating_row(item.code))
        known = self._views.get((item.code, law is None))
        if known is not None and known.row == row and known.sheet is self.sheet:
            return known.view
        view = view_item(item, row, self.sheet, c_from=self._c_from, law=law)
        self._views[item.code, law is None] = _Known(dict(row), self.sheet, view)
        return view

    def _item(self, code: str) -> Item:
        found = self._checklist.item(code)
        if found is None:
            raise KeyError(code)
        return found

    def _law(self, item: Item) -> Criterion | None:
        """Return the criterion that is asked of an item that was not planned."""
        planned = self.planned
        if not planned or item.code in planned:
            return None
        return next((criterion for criterion in item.criteria if criterion.always), None)

    def _is_asked(self, item: Item) -> bool:
        return not self.planned or item.code in self.planned or self._law(item) is not None

    def _is_shown(self, item: Item) -> bool:
        return self.shows_all or self._is_asked(item)

    def _read(self) -> None:
        if self._draft.is_open:
            work = partial(self._diagnoses.read, self._draft.head.visit_id)
            self._tasks.run(work, owner=self, done=self._on_read, failed=self._on_failed)

    def _on_read(self, sheet: DiagnosisSheet) -> None:
        if self._draft.is_open and sheet.visit_id == self._draft.head.visit_id:
            self.sheet = sheet
            self.problem = None
            self.changed.emit()

    def _on_failed(self, error: BaseException) -> None:
        self.problem = error
        self.changed.emit()


@dataclass(frozen=True, slots=True)
class _Known:
    """A row put together before, and from what."""

    row: Values
    sheet: DiagnosisSheet | None
    view: ItemView


def _ratings_known(view: ItemView) -> dict[str, FieldValue]:
    """Return the ratings that stand by the data, to be kept as they are with the judgement."""
    return {column_of(c.criterion): c.rating for c in view.criteria if not c.is_given and c.rating is not None}


def _plain(values: dict[str, FieldValue]) -> dict[str, FieldValue]:
    """Return the values as they are stored: letters instead of states."""
    return {name: str(value.value) if isinstance(value, State) else value for name, value in values.items()}
