"""The changes that head office decides, as the customers page shows them: beside their fields and as a list."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot

from app.domain.changes import Changes, Kind
from app.domain.problems import RuleError
from app.domain.proposals import is_beside_field
from app.runtime.clock import Clock
from app.services.proposals import Proposal, Proposals
from app.ui.background.change_bus import ChangeBus
from app.ui.background.task_runner import TaskRunner

_HEARD = frozenset({Kind.CUSTOMER, Kind.VISIT})
"""What sync brings of proposals is told as a change of visits."""


class ProposalBoard(QObject):
    """Reads every proposal there is, and takes one back."""

    changed = Signal()

    def __init__(
        self, service: Proposals, clock: Clock, runner: TaskRunner, bus: ChangeBus, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._service = service
        self._clock = clock
        self._runner = runner
        self._bus = bus
        self.lines: tuple[Proposal, ...] = ()
        self.fresh: tuple[Proposal, ...] = ()
        """Decided since the person looked through the list."""
        self.is_read = False
        self.problem: BaseException | None = None
        self.was_too_late = False
        """Whether a proposal could not be withdrawn because it is decided or on its way."""
        self._is_wanted = False
        bus.changed.connect(self._on_records_changed)

    @property
    def open_count(self) -> int:
        """How many wait for head office."""
        return sum(one.state.is_open for one in self.lines)

    def of(self, customer_id: UUID | None) -> tuple[Proposal, ...]:
        """Return the proposals of a customer."""
        return tuple(one for one in self.lines if one.customer_id == customer_id)

    def beside(self, customer_id: UUID | None) -> dict[str, Proposal]:
        """Return by field what stands beside the fields of a customer: the newest of each that still matters."""
        today = self._clock.today()
        found: dict[str, Proposal] = {}
        for one in self.of(customer_id):
            decided_on = None if one.decided_at is None else one.decided_at.date()
            if is_beside_field(one.state, decided_on, today):
                found.setdefault(one.field.key, one)
        return found

    def load(self) -> None:
        """Read what there is, now that the page is looked at."""
        self._is_wanted = True
        self._read()

    def rest(self) -> None:
        """Read nothing until the page is looked at again."""
        self._is_wanted = False

    def look_through(self) -> None:
        """Remember that the decisions were seen; they stay marked until the list is left."""
        self._runner.run(self._service.look_through, owner=self)

    def withdraw(self, proposal: Proposal) -> None:
        """Take a proposal back."""
        work = partial(self._service.withdraw, proposal)
        self._runner.run(work, owner=self, done=self._on_withdrawn, failed=self._on_failed)

    def _read(self) -> None:
        if self._is_wanted:
            self._runner.run(partial(_read, self._service), owner=self, done=self._on_read, failed=self._on_failed)

    def _on_read(self, found: tuple[tuple[Proposal, ...], tuple[Proposal, ...]]) -> None:
        self.lines, self.fresh = found
        self.is_read = True
        self.changed.emit()

    def _on_withdrawn(self, changes: Changes) -> None:
        self.was_too_late, self.problem = False, None
        self._bus.changed.emit(changes)

    def _on_failed(self, error: BaseException) -> None:
        self.was_too_late = isinstance(error, RuleError)
        self.problem = None if self.was_too_late else error
        if self.was_too_late:
            self._read()
        self.changed.emit()

    @Slot(object)
    def _on_records_changed(self, changes: Changes) -> None:
        if changes.kinds & _HEARD:
            self._read()


def _read(service: Proposals) -> tuple[tuple[Proposal, ...], tuple[Proposal, ...]]:
    return service.everything(), service.fresh()
