"""What the profile of one customer shows, and the changes of its archive that a person makes."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot

from app.domain.changes import Changes, Kind
from app.domain.problems import Refusal, RuleError
from app.domain.text import Language
from app.runtime.clock import Clock
from app.services.archive_values import Typed
from app.services.customer_profile import CustomerProfile, CustomerProfiles
from app.services.customers import ChangedField, Customers
from app.services.similar_customers import SimilarCustomer
from app.services.visits import Visits
from app.ui.background.change_bus import ChangeBus
from app.ui.background.task_runner import Lane, TaskRunner

_KINDS = frozenset({Kind.CUSTOMER, Kind.VISIT, Kind.ORDER, Kind.PLAN})


@dataclass(frozen=True, slots=True)
class ChartFile:
    """Where the chart is to be saved, and the words in it."""

    path: Path
    labels: tuple[str, ...]
    unit: str
    language: Language


@dataclass(frozen=True, slots=True)
class FieldOutcome:
    """What came of changing a field: refused with a reason, or kept and perhaps worth a look."""

    field: str
    refusal: Refusal | None = None
    typed: Typed = None
    """What was refused, so that it need not be typed again."""
    is_proposal: bool = False
    is_unusual: bool = False
    similar: tuple[SimilarCustomer, ...] = ()


@dataclass(frozen=True, slots=True)
class _Opened:
    customer_id: UUID
    profile: CustomerProfile


class ProfileViewModel(QObject):
    """Opens customers, changes fields, saves the chart."""

    changed = Signal()
    field_changed = Signal(object)
    """FieldOutcome"""
    chart_saved = Signal(object)
    """Path"""
    visit_ready = Signal(object)
    """UUID of the visit that is to be opened"""

    def __init__(
        self,
        profiles: CustomerProfiles,
        customers: Customers,
        visits: Visits,
        clock: Clock,
        tasks: TaskRunner,
        bus: ChangeBus,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._profiles = profiles
        self._customers = customers
        self._visits = visits
        self._clock = clock
        self._tasks = tasks
        self._bus = bus
        self.customer_id: UUID | None = None
        self.profile: CustomerProfile | None = None
        self.revealed: frozenset[str] = frozenset()
        """Private fields that the person asked to see."""
        self.problem: BaseException | None = None
        bus.changed.connect(self._on_records_changed)

    def open(self, customer_id: UUID) -> None:
        """Show a customer; what was shown of another one is taken away at once."""
        if customer_id != self.customer_id:
            self.customer_id, self.profile = customer_id, None
            self.revealed = frozenset()
            self.problem = None
            self.changed.emit()
        self._read()

    def reveal(self, field: str, *, shown: bool) -> None:
        """Show or hide a private field."""
        self.revealed = self.revealed | {field} if shown else self.revealed - {field}
        self.changed.emit()

    def change(self, field: str, value: Typed) -> None:
        """Change a field of the archive."""
        if self.customer_id is None:
            return
        work = partial(self._customers.change_field, self.customer_id, field, value, source="archive")
        self._change(field, work, value)

    def take_back(self, field: str, change_id: int) -> None:
        """Give a field the value it had before a change."""
        self._change(field, partial(self._customers.take_back, change_id))

    def _change(self, field: str, work: Callable[[], ChangedField], typed: Typed = None) -> None:
        outcome = _Changing(self, field, typed)
        self._tasks.run(work, owner=outcome, done=outcome.on_done, failed=outcome.on_failed)

    def start_visit(self) -> None:
        """Go on with the visit that is under way, or plan one for today."""
        if self.profile is not None and self.profile.visit_under_way is not None:
            self.visit_ready.emit(self.profile.visit_under_way)
        elif self.customer_id is not None:
            work = partial(self._visits.plan, self.customer_id, self._clock.today())
            self._tasks.run(work, owner=self, done=self._on_visit_planned, failed=self._on_failed)

    def save_chart(self, file: ChartFile) -> None:
        """Write the chart of the twelve months as a picture."""
        if self.profile is not None:
            work = partial(_write_chart, self.profile, file)
            self._tasks.run(work, owner=self, done=self._on_chart_saved, failed=self._on_failed, lane=Lane.FREE)

    def _read(self) -> None:
        if self.customer_id is not None:
            work = partial(_opened, self._profiles, self.customer_id)
            self._tasks.run(work, owner=self, done=self._on_opened, failed=self._on_failed)

    def _on_opened(self, opened: _Opened) -> None:
        if opened.customer_id == self.customer_id:
            self.profile, self.problem = opened.profile, None
            self.changed.emit()

    def _on_failed(self, error: BaseException) -> None:
        self.problem = error
        self.changed.emit()

    def _on_visit_planned(self, visit_id: UUID) -> None:
        self.visit_ready.emit(visit_id)

    def _on_chart_saved(self, path: Path) -> None:
        self.chart_saved.emit(path)

    def tell_change(self, field: str, result: ChangedField) -> None:
        """Take in that a field was changed."""
        if result.changes.kinds:
            self._bus.changed.emit(result.changes)
        self.field_changed.emit(
            FieldOutcome(
                field,
                is_proposal=result.is_proposal and bool(result.changes.kinds),
                is_unusual=result.is_unusual,
                similar=result.similar,
            )
        )

    def tell_refusal(self, field: str, error: BaseException, typed: Typed = None) -> None:
        """Take in that a change was refused; anything but a refusal is trouble for the whole page."""
        if isinstance(error, RuleError):
            self.field_changed.emit(FieldOutcome(field, error.refusals[0], typed))
        else:
            self._on_failed(error)

    @Slot(object)
    def _on_records_changed(self, changes: Changes) -> None:
        concerns = changes.kinds & _KINDS
        if concerns and self.profile is not None and (Kind.CUSTOMER not in changes.kinds or self._is_of(changes)):
            self._read()

    def _is_of(self, changes: Changes) -> bool:
        return not changes.ids or self.customer_id in changes.ids


class _Changing(QObject):
    """Remembers which field an answer is about; lives until the answer is here."""

    def __init__(self, model: ProfileViewModel, field: str, typed: Typed = None) -> None:
        super().__init__(model)
        self._model = model
        self._field = field
        self._typed = typed

    def on_done(self, result: ChangedField) -> None:
        """Pass on what came of it."""
        self._model.tell_change(self._field, result)
        self.deleteLater()

    def on_failed(self, error: BaseException) -> None:
        """Pass on why it was refused."""
        self._model.tell_refusal(self._field, error, self._typed)
        self.deleteLater()


def _opened(profiles: CustomerProfiles, customer_id: UUID) -> _Opened:
    return _Opened(customer_id, profiles.open(customer_id))


def _write_chart(profile: CustomerProfile, file: ChartFile) -> Path:
    from app.domain.customer_summary import MonthLine  # noqa: PLC0415
    from app.reports.charts import purchase_figure, save_figure  # noqa: PLC0415  matplotlib, only when it is wanted

    months = [
        MonthLine(label, pair.quantity, pair.last_year, pair.until)
        for label, pair in zip(file.labels, profile.months, strict=True)
    ]
    save_figure(purchase_figure(months, profile.name, file.unit, file.language), file.path)
    return file.path
