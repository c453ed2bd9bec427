"""What the visit page shows around its steps: which visit, which step, when it was saved, what is wrong."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot

from app.domain.changes import Changes, Kind
from app.domain.problems import RuleError
from app.domain.visit import Step, VisitStatus
from app.runtime.clock import Clock
from app.services.visit_reading import Place, RestoredVisit, VisitSheet
from app.services.visit_whereabouts import Whereabouts
from app.services.visits import Visits
from app.ui.background.change_bus import ChangeBus
from app.ui.background.task_runner import TaskRunner
from app.ui.pages.visit.saver import SaveFailed, Saver
from app.ui.pages.visit.visit_draft import VisitDraft


@dataclass(frozen=True, slots=True)
class Ending:
    """How a visit is to end other than done."""

    outcome: VisitStatus
    reason: str
    note: str | None = None
    moved_to: date | None = None


class VisitViewModel(QObject):
    """Opens visits, moves between steps, ends visits; the values of the steps are in `draft`."""

    changed = Signal()
    ended = Signal(object)
    """UUID: the visit has ended"""
    finish_refused = Signal(object)
    """tuple[Refusal, ...]: every reason why it cannot end"""

    def __init__(
        self, visits: Visits, tasks: TaskRunner, bus: ChangeBus, clock: Clock, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._visits = visits
        self._tasks = tasks
        self._bus = bus
        self._saver = Saver(visits, tasks, self)
        self.draft = VisitDraft(self._saver, clock, self)
        self.visit_id: UUID | None = None
        self.saved_at: datetime | None = None
        self.failure: SaveFailed | None = None
        self.problem: BaseException | None = None
        self.restored: RestoredVisit | None = None
        self.is_busy = False
        self.whereabouts = Whereabouts.HERE
        self.is_where_told = False
        """The person has put away what is said about it."""
        self._untold: set[UUID] = set()
        self._ending: Ending | None = None
        bus.changed.connect(self._on_records_changed)
        self._saver.saved.connect(self._on_saved)
        self._saver.failed.connect(self._on_save_failed)
        self.draft.place_requested.connect(self._on_place_requested)

    @property
    def step(self) -> Step:
        """The step that is open."""
        return self.draft.place.step

    @property
    def is_gone(self) -> bool:
        """Whether the visit that was shown is not on this laptop any more."""
        return self.whereabouts in {Whereabouts.GONE, Whereabouts.TAKEN_OUT}

    @property
    def is_shown(self) -> bool:
        """Whether there is a visit to show."""
        return self.draft.is_open and not self.is_gone

    @property
    def is_settled(self) -> bool:
        """Whether everything typed is on disk; the window waits for it before it closes."""
        return self._saver.is_settled

    def open(self, visit_id: UUID) -> None:
        """Show a visit, at the step and field where it was left."""
        self.restored = None
        self._open(visit_id)

    def restore(self, restored: RestoredVisit) -> None:
        """Show a visit that was under way when the program ended, and say what of it is there."""
        self.restored = restored
        self._open(restored.visit_id)

    def resume(self) -> None:
        """Show the visit that is under way, if there is one and none is shown."""
        if self.visit_id is None and not self.is_busy:
            self.is_busy = True
            self._tasks.run(self._visits.open_visit, owner=self, done=self._on_found, failed=self._on_problem)

    def go(self, step: Step) -> None:
        """Go to a step; what was typed is put on disk at once."""
        if not self.draft.is_open or step is self.step:
            return
        self.draft.go(step)
        self.leave()
        self.changed.emit()

    def move(self, by: int) -> None:
        """Go some steps on or back."""
        self.go(self.step.moved(by))

    def note_field(self, field: str) -> None:
        """Remember the field where the person is."""
        if self.draft.is_open:
            self.draft.go(self.step, field)

    def leave(self) -> None:
        """Put everything on disk and tell other pages; on a change of step or page, at lock and close."""
        self.draft.when_saved(self._tell)

    def finish(self) -> None:
        """End the visit as done; refusals come by `finish_refused`."""
        self._end_when_saved(None)

    def end_otherwise(self, ending: Ending) -> None:
        """End the visit as moved, closed, refused or cancelled."""
        self._end_when_saved(ending)

    def reopen(self) -> None:
        """Take up a visit that has ended, to correct it."""
        if self.visit_id is not None:
            work = partial(self._visits.reopen, self.visit_id)
            self._tasks.run(work, owner=self, done=self._on_reopened, failed=self._on_problem)

    def dismiss(self) -> None:
        """Put away what was restored or went wrong."""
        self.restored = self.problem = None
        self.is_where_told = True
        if self.failure is not None and not self.failure.keeps_trying:
            self.failure = None
        self.changed.emit()

    def _open(self, visit_id: UUID) -> None:
        self.leave()
        self.is_busy = True
        self.visit_id = visit_id
        self.problem = self.failure = None
        self.changed.emit()
        self.draft.when_saved(self._read)

    def _read(self) -> None:
        if self.visit_id is not None:
            work = partial(self._visits.sheet, self.visit_id)
            self._tasks.run(work, owner=self, done=self._on_read, failed=self._on_problem)

    def _end_when_saved(self, ending: Ending | None) -> None:
        if self.visit_id is None or self.is_busy:
            return
        self.is_busy = True
        self._ending = ending
        self.changed.emit()
        self.draft.when_saved(self._end)

    def _end(self) -> None:
        if self.visit_id is None:
            return
        ending = self._ending
        work = partial(self._visits.finish, self.visit_id)
        if ending is not None:
            work = partial(
                self._visits.end_otherwise,
                self.visit_id,
                ending.outcome,
                ending.reason,
                ending.note,
                ending.moved_to,
            )
        self._tasks.run(work, owner=self, done=self._on_ended, failed=self._on_not_ended)

    def _look_where(self) -> None:
        if self.visit_id is not None:
            work = partial(self._visits.whereabouts, self.visit_id)
            self._tasks.run(work, owner=self, done=partial(self._on_whereabouts, self.visit_id))

    def _on_whereabouts(self, visit_id: UUID, found: Whereabouts) -> None:
        if visit_id != self.visit_id or found is self.whereabouts:
            return
        self.whereabouts, self.is_where_told = found, False
        if self.is_gone:
            self.visit_id = None
            self.restored = self.failure = self.problem = None
        self.changed.emit()

    def _tell(self) -> None:
        """Tell other pages what was recorded since they were told last: not at every key, but at every leave."""
        if self._untold:
            changes = Changes.of(Kind.VISIT, *self._untold)
            self._untold.clear()
            self._bus.changed.emit(changes)

    def _on_found(self, found: RestoredVisit | None) -> None:
        self.is_busy = False
        if found is not None and self.visit_id is None:
            self._open(found.visit_id)
        else:
            self.changed.emit()

    def _on_read(self, sheet: VisitSheet) -> None:
        if sheet.head.visit_id != self.visit_id:
            return
        self.is_busy = False
        self.whereabouts = Whereabouts.HERE
        self.saved_at = sheet.cursor.at
        self.draft.open(sheet)
        self.changed.emit()
        self._look_where()

    def _on_ended(self, changes: Changes) -> None:
        visit_id = self.visit_id
        self._read()
        self._bus.changed.emit(changes)
        self.ended.emit(visit_id)

    def _on_not_ended(self, error: BaseException) -> None:
        self.is_busy = False
        if isinstance(error, RuleError):
            self.finish_refused.emit(error.refusals)
        else:
            self.problem = error
        self.changed.emit()

    def _on_reopened(self, changes: Changes) -> None:
        self._read()
        self._bus.changed.emit(changes)

    def _on_problem(self, error: BaseException) -> None:
        self.is_busy = False
        self.problem = error
        if not self.draft.is_open:
            self.visit_id = None
        self.changed.emit()

    @Slot(object)
    def _on_records_changed(self, changes: Changes) -> None:
        # Deeds name what they changed; a round that brought or took rows names the kinds alone.
        if not changes.ids and changes.kinds & {Kind.CUSTOMER, Kind.VISIT}:
            self._look_where()

    @Slot(object)
    def _on_saved(self, at: datetime) -> None:
        self.saved_at = at
        self.failure = None
        if self.draft.is_open:
            self._untold.add(self.draft.head.visit_id)
        self._bus.written.emit()
        self.changed.emit()

    @Slot(object)
    def _on_save_failed(self, failure: SaveFailed) -> None:
        if self.is_gone and not failure.keeps_trying:
            return
        self.failure = failure
        self.changed.emit()
        if not failure.keeps_trying:
            self._look_where()

    @Slot(object)
    def _on_place_requested(self, place: Place) -> None:
        self.draft.go(place.step, place.field)
        self.changed.emit()
