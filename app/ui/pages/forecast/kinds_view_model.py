"""What the kinds page shows: the two kinds of brand, the two kinds of shop, and the manager's own word on them."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot

from app.domain.changes import Changes, Kind
from app.domain.forecast_process import Steadiness
from app.services.forecast_kinds import ForecastKinds
from app.services.forecast_views import KindRow, KindsView, SaidKind
from app.ui.background.change_bus import ChangeBus
from app.ui.background.task_runner import Lane, TaskRunner

Key = tuple[UUID | None, UUID | None]
_KINDS = frozenset({Kind.ORDER, Kind.PRODUCT, Kind.CUSTOMER, Kind.FORECAST})


class Whose(StrEnum):
    """Whose kinds are shown."""

    BRANDS = "brands"
    SHOPS = "shops"


@dataclass(frozen=True, slots=True)
class _Step:
    """What is said, or was said, of a brand or a shop."""

    key: Key
    said: SaidKind | None
    joins: bool = False


class KindsViewModel(QObject):
    """Reads the kinds; what is said counts once it is on disk, and is taken back step by step."""

    changed = Signal()
    refused = Signal(object)
    """BaseException"""

    def __init__(
        self, kinds: ForecastKinds, tasks: TaskRunner, bus: ChangeBus, parent: QObject | None = None
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._kinds = kinds
        self._tasks = tasks
        self._bus = bus
        self.view: KindsView | None = None
        self.is_shown = False
        """nobody looks at what is not shown: it is read again when it is"""
        self.whose = Whose.BRANDS
        self.kind: Steadiness | None = None
        """only these are shown; None: both kinds"""
        self.only_by_hand = False
        self.text = ""
        self._pending = 0
        self._done: list[_Step] = []
        self._undone: list[_Step] = []
        bus.changed.connect(self._on_records_changed)

    @property
    def is_settled(self) -> bool:
        """Whether everything said is on disk."""
        return self._pending == 0

    @property
    def all_rows(self) -> tuple[KindRow, ...]:
        """Every brand, or every shop."""
        if self.view is None:
            return ()
        return self.view.brands if self.whose is Whose.BRANDS else self.view.shops

    def rows(self) -> list[KindRow]:
        """Return what is to be shown."""
        words = self.text.casefold().split()
        return [
            row
            for row in self.all_rows
            if all(word in f"{row.name} {row.code}".casefold() for word in words)
            and (self.kind is None or row.kinded.kind is self.kind)
            and (not self.only_by_hand or row.kinded.by_hand)
        ]

    def load(self) -> None:
        """Read the kinds."""
        self._tasks.run(self._kinds.view, owner=self, done=self._on_read, failed=self._on_failed, lane=Lane.FREE)

    def show_whose(self, whose: Whose) -> None:
        """Show brands, or shops."""
        self.whose = whose
        self.changed.emit()

    def restrict(
        self, *, kind: Steadiness | None = None, only_by_hand: bool | None = None, text: str | None = None
    ) -> None:
        """Show other rows; a kind that is chosen already is let go."""
        if kind is not None:
            self.kind = None if self.kind is kind else kind
        self.only_by_hand = self.only_by_hand if only_by_hand is None else only_by_hand
        self.text = self.text if text is None else text
        self.changed.emit()

    def show_all(self) -> None:
        """Leave nothing out."""
        self.kind, self.only_by_hand, self.text = None, False, ""
        self.changed.emit()

    # ---- saying ------------------------------------------------------------------------------------------------------
    def say(self, row: KindRow, said: SaidKind | None, *, typing: bool = False) -> None:
        """Say what kind a brand or a shop is and why; None leaves it to the rules again."""
        key = (row.product_id, row.customer_id)
        joins = typing and bool(self._done) and self._done[-1].key == key
        self._run(partial(self._said, _Step(key, said, joins)))

    def undo(self) -> None:
        """Take back what was said last."""
        if self._done:
            self._run(partial(self._restored, self._done.pop(), undone=True))

    def redo(self) -> None:
        """Say again what was taken back last."""
        if self._undone:
            self._run(partial(self._restored, self._undone.pop(), undone=False))

    def _run(self, work: Callable[[], tuple[_Step, bool | None, Changes]]) -> None:
        self._pending += 1
        self._tasks.run(work, owner=self, done=self._on_said, failed=self._on_refused)

    def _said(self, step: _Step) -> tuple[_Step, bool | None, Changes]:
        before, changes = self._kinds.say(step.said, *step.key)
        return _Step(step.key, before, step.joins), None, changes

    def _restored(self, step: _Step, *, undone: bool) -> tuple[_Step, bool | None, Changes]:
        before, changes = self._kinds.restore(step.said, *step.key)
        return _Step(step.key, before), undone, changes

    def _on_said(self, answer: tuple[_Step, bool | None, Changes]) -> None:
        before, undone, changes = answer
        self._pending -= 1
        if undone is None:
            self._undone.clear()
        if undone:
            self._undone.append(before)
        elif not before.joins:
            self._done.append(before)
        if not self._pending:
            self._bus.changed.emit(changes)

    def _on_refused(self, error: BaseException) -> None:
        self._pending -= 1
        self.refused.emit(error)
        self.load()

    def _on_failed(self, error: BaseException) -> None:
        self.refused.emit(error)

    def _on_read(self, view: KindsView) -> None:
        if self.is_settled:
            self.view = view
            self.changed.emit()

    @Slot(object)
    def _on_records_changed(self, changes: Changes) -> None:
        if self.is_shown and changes.kinds & _KINDS:
            self.load()
