"""What a person does with improvement plans: aim, choose measures, set a day, assess those of earlier visits."""

from datetime import date, timedelta
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from app.domain import improvement
from app.domain.diagnosis import Item, State
from app.domain.improvement import CauseKind
from app.domain.playbook import Playbook
from app.services.improvements import Improvements, ImprovementSheet
from app.services.visit_rows import FieldValue, RowKey, RowKind, Values, new_row, rating_row
from app.ui.background.task_runner import TaskRunner
from app.ui.pages.visit.diagnosis_item import state_of
from app.ui.pages.visit.improvement_entry import EntryKind, PlanEntry, earlier_entry, own_entry
from app.ui.pages.visit.visit_draft import VisitDraft


class ImprovementDesk(QObject):
    """Plans are rows of the draft; what is known beside them is read when the step comes into view."""

    changed = Signal()
    """Other lines stand in the list now."""

    def __init__(
        self,
        draft: VisitDraft,
        improvements: Improvements,
        tasks: TaskRunner,
        playbook: Playbook,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._draft = draft
        self._improvements = improvements
        self._tasks = tasks
        self._checklist = playbook.diagnosis
        self._rules = playbook.parameters.diagnosis
        self.sheet: ImprovementSheet | None = None
        self.problem: BaseException | None = None

    def reset(self) -> None:
        """Forget what was known of another visit."""
        if self.sheet is not None and self.sheet.visit_id != self._draft.head.visit_id:
            self.sheet = None

    def refresh(self) -> None:
        """Read what is known again; plans made before an item was judged anew follow its state."""
        if self._draft.is_open:
            self._follow_states()
            self._draft.when_saved(self._read)

    def entries(self) -> list[PlanEntry]:
        """Return the lines: plans of earlier visits by day, items judged today, items of the last diagnosis."""
        plans = self._draft.rows(RowKind.PLAN)
        earlier = [entry for key, row in plans.items() if (entry := self._earlier(key, row)) is not None]
        earlier.sort(key=lambda entry: (entry.due or date.max, entry.item.code))
        held = {entry.item.code for entry in earlier if entry.reached is None}
        own = {str(row.get("item")): key for key, row in plans.items() if self._is_own(row)}
        found = [
            entry
            for item in self._checklist.items
            if (item.code in own or item.code not in held)
            and (entry := self._own(item, own.get(item.code))) is not None
        ]
        kinds = list(EntryKind)
        return earlier + sorted(found, key=lambda entry: (kinds.index(entry.kind), not entry.hint))

    def entry(self, entry_id: str) -> PlanEntry | None:
        """Return one line; None if it is not in the list any more."""
        return next((entry for entry in self.entries() if entry.id == entry_id), None)

    def set_target(self, entry: PlanEntry, target: State | None) -> None:
        """Aim at a state, which makes the plan; without a target there is no plan."""
        if target is None:
            if entry.key is not None:
                self._draft.remove(entry.key)
            return
        self._set(entry, target_state=target.value)

    def choose_measure(self, entry: PlanEntry, code: str, *, chosen: bool) -> None:
        """Choose a measure or drop it; the first one chosen makes a plan that aims at the nearest state."""
        codes = {*entry.measures, code} if chosen else {*entry.measures} - {code}
        measures = tuple(measure.code for measure in entry.item.measures if measure.code in codes)
        values: dict[str, FieldValue] = {
            "measures": measures,
            "support_requested": self._needs_support(entry.item, measures, asks_help=entry.asks_help),
        }
        if entry.target is None:
            values["target_state"] = entry.targets[0].value
        self._set(entry, **values)

    def ask_help(self, entry: PlanEntry, *, asked: bool) -> None:
        """Ask head office to help with a measure that a manager mostly does alone, or not."""
        support = self._needs_support(entry.item, entry.measures, asks_help=asked)
        self._set(entry, support_requested=support)

    def set_due(self, entry: PlanEntry, day: date | None) -> None:
        """Set the day by which the target is to be reached."""
        self._set(entry, due_on=day)

    def set_actions(self, entry: PlanEntry, text: str | None) -> None:
        """Keep what was done so far."""
        self._set(entry, actions_done=text or None)

    def assess(self, entry: PlanEntry, *, reached: bool | None) -> None:
        """Say whether a plan was reached; the cause of a failure goes when it was reached after all."""
        values: dict[str, FieldValue] = {
            "self_reached": reached,
            "assessed_at": None if reached is None else self._draft.now(),
        }
        if reached is not False:
            values |= {"cause_kind": None, "cause_note": None}
        self._set(entry, **values)

    def set_cause(self, entry: PlanEntry, kind: CauseKind | None) -> None:
        """Set where the cause of a failure lies."""
        self._set(entry, cause_kind=None if kind is None else kind.value)

    def set_cause_note(self, entry: PlanEntry, text: str | None) -> None:
        """Set the cause of a failure in words."""
        self._set(entry, cause_note=text or None)

    def _set(self, entry: PlanEntry, **values: FieldValue) -> None:
        if entry.key is not None:
            self._draft.set(entry.key, **values)
            return
        made: dict[str, FieldValue] = {
            "item": entry.item.code,
            "current_state": entry.current.value,
            "measures": (),
            "support_requested": False,
            "due_on": self._due(),
        }
        self._draft.set(new_row(RowKind.PLAN), **(made | values))

    def _due(self) -> date:
        return self.sheet.due_on if self.sheet else self._draft.head.day + timedelta(days=self._rules.due_days)

    @staticmethod
    def _needs_support(item: Item, measures: tuple[str, ...], *, asks_help: bool) -> bool:
        asked = tuple(m.code for m in item.measures if m.may_need_support) if asks_help else ()
        return bool(improvement.support_requests(item, measures, asked))

    def _earlier(self, key: RowKey, row: Values) -> PlanEntry | None:
        item = self._checklist.item(str(row.get("item")))
        if item is None or self._is_own(row) or row.get("target_state") is None:
            return None
        plan = self.sheet.plans.get(key.part) if self.sheet and isinstance(key.part, UUID) else None
        return earlier_entry(key, row, item, self._today(item.code), plan)

    def _own(self, item: Item, key: RowKey | None) -> PlanEntry | None:
        today = self._today(item.code)
        last = self.sheet.last.get(item.code) if self.sheet else None
        current = today or (last.state if last else None)
        if key is not None and current is None:
            current = state_of(self._draft.value(key, "current_state"))
        if current is None or (current is State.A and key is None):
            return None
        row = self._draft.row(key) if key is not None else {}
        entry = own_entry(item, current, today, key, row, self._rules.max_measures)
        hints = self.sheet.hints if self.sheet else ()
        hint = next((hint for hint in hints if hint.item == item.code), None)
        return entry.noted(hint, last.day if last else None)

    def _is_own(self, row: Values) -> bool:
        """Tell whether this visit made the plan; a plan not yet on disk has no visit."""
        return row.get("visit_id") in (None, self._draft.head.visit_id)

    def _today(self, item: str) -> State | None:
        return state_of(self._draft.value(rating_row(item), "state"))

    def _follow_states(self) -> None:
        rows: dict[RowKey, Values] = {}
        for key, row in self._draft.rows(RowKind.PLAN).items():
            today = self._today(str(row.get("item")))
            if self._is_own(row) and today is not None and row.get("current_state") != today.value:
                rows[key] = {"current_state": today.value}
        self._draft.note_rows(rows)

    def _read(self) -> None:
        if self._draft.is_open:
            work = partial(self._improvements.read, self._draft.head.visit_id)
            self._tasks.run(work, owner=self, done=self._on_read, failed=self._on_failed)

    def _on_read(self, sheet: ImprovementSheet) -> None:
        if self._draft.is_open and sheet.visit_id == self._draft.head.visit_id:
            self.sheet = sheet
            self.problem = None
            self.changed.emit()

    def _on_failed(self, error: BaseException) -> None:
        self.problem = error
        self.changed.emit()
