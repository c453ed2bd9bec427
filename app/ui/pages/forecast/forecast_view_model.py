"""What the forecast page shows: the month, its SKUs or the shops of one, and what the person types into it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.domain.changes import Changes, Kind
from app.runtime.cancel import CancelledError, CancelToken, Report
from app.runtime.clock import Clock
from app.services.forecast_desk import ForecastDesk
from app.services.forecast_views import UNSAID, Correction, DeskView, ShopsView
from app.services.maintenance import Maintenance, StoreInfo
from app.services.market_reading import TooFewMonths
from app.services.shown_tables import write_table
from app.ui.background.change_bus import ChangeBus
from app.ui.background.task_runner import Lane, TaskRunner
from app.ui.pages.forecast.deeds import Deed, DeedQueue, Failed
from app.ui.pages.forecast.desk_lines import Filter, Key, Line, line_of_shop, line_of_sku, with_typed
from app.ui.pages.forecast.desk_reading import DeskRead, Stage, Story, look, numbered, story_of

_KINDS = frozenset({Kind.ORDER, Kind.PRODUCT, Kind.CUSTOMER, Kind.FORECAST})
_PAUSE_MS = 300


class ForecastViewModel(QObject):
    """Reads the desk, shows what is typed at once and keeps it; late answers about something else are left aside."""

    changed = Signal()
    """another stage, month or SKU, or fresh figures"""
    line_changed = Signal(object)
    """Key: this line was typed into"""
    story_changed = Signal()
    saved = Signal()
    refused = Signal(object)
    """Failed"""
    exported = Signal(object)
    """Path"""
    submitted = Signal()

    def __init__(
        self, desk: ForecastDesk, maintenance: Maintenance, tasks: TaskRunner, bus: ChangeBus, clock: Clock,
        is_member: Callable[[], bool], parent: QObject | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.desk = desk
        self.tasks = tasks
        self.bus = bus
        self._maintenance = maintenance
        self._clock = clock
        self.is_member = is_member
        self.stage = Stage.LOOKING
        self.problem: BaseException | None = None
        self.info: StoreInfo | None = None
        self.view: DeskView | None = None
        self.shops: ShopsView | None = None
        self.ahead: tuple[DeskView, ...] = ()
        """every month to come, for the view of six months; empty until it is asked for"""
        self.waits = False
        """the submission has not reached head office"""
        self.filter = Filter()
        self.product: UUID | None = None
        self.six_months = False
        self.story: Story | None = None
        self.saved_at: datetime | None = None
        self.began_at: datetime | None = None
        self.corrected_last: Key | None = None
        self._month: date | None = None
        self._typed: dict[Key, int | None] = {}
        self._wanted_story: Key | None = None
        self._token: CancelToken | None = None
        self._reading = 0
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._tell_others)
        self.queue = DeedQueue(tasks, desk.undo, self)
        self.queue.done.connect(self._on_deed_done)
        self.queue.failed.connect(self._on_deed_failed)
        bus.changed.connect(self._on_records_changed)

    # ---- what is shown ---------------------------------------------------------------------------------------------
    @property
    def month(self) -> date | None:
        """The month in focus."""
        return self._month

    @property
    def unit(self) -> str | None:
        """The unit of the store."""
        return None if self.info is None else self.info.unit

    @property
    def is_settled(self) -> bool:
        """Whether everything typed is on disk, and read back from there."""
        return self.queue.is_empty and not self._pause.isActive()

    def sku_lines(self) -> list[Line]:
        """Return the SKUs of the month with what is being typed."""
        return [] if self.view is None else [self.typed_in(line_of_sku(row)) for row in self.view.rows]

    def shop_lines(self, newcomers: str) -> list[Line]:
        """Return the shops of the open SKU; `newcomers` names what no shop buys yet."""
        shops = self.shops
        if shops is None:
            return []
        return [self.typed_in(line_of_shop(row, shops.row.product_id, newcomers)) for row in shops.shops]

    def months_ahead(self) -> dict[UUID, tuple[tuple[int, bool], ...]]:
        """Return each SKU's figure in every month to come, and whether it was corrected; empty before it is read."""
        found: dict[UUID, list[tuple[int, bool]]] = {}
        for at, view in enumerate(self.ahead):
            for row in view.rows:
                figures = found.setdefault(row.product_id, [(0, False)] * len(self.ahead))
                figures[at] = (row.final_value, row.correction is not None)
        return {product: tuple(figures) for product, figures in found.items()}

    def typed_in(self, line: Line) -> Line:
        """Return a line with what was typed into it and is not read back yet."""
        return with_typed(line, self._typed[line.key]) if line.key in self._typed else line

    # ---- looking ---------------------------------------------------------------------------------------------------
    def load(self) -> None:
        """Look whether the system's forecast is there; compute it where it is not."""
        if self.stage in (Stage.COMPUTING, Stage.STOPPED):
            return
        if self.stage is Stage.READY:
            self._read()
            return
        self._look_again()

    def _look_again(self) -> None:
        """Look whether there is a forecast of today's orders; what is shown stays until it is known."""
        self.tasks.run(self.desk.is_ready, owner=self, done=self._on_looked, failed=self._on_failed, lane=Lane.FREE)

    def compute(self) -> None:
        """Compute the system's forecast beside everything else."""
        self._set(Stage.COMPUTING)
        self.began_at = self._clock.now()
        desk = self.desk

        def work(token: CancelToken, _report: Report) -> None:
            desk.prepare(token.check)

        self._token = self.tasks.run_long(
            work, owner=self, done=self._on_computed, failed=self._on_failed, lane=Lane.FREE
        )

    def stop(self) -> None:
        """Stop computing; nothing of it is kept."""
        if self._token is not None:
            self._token.cancel()
        self._token = None
        self._set(Stage.STOPPED)

    def show_month(self, month: date) -> None:
        """Put another month in focus."""
        if month != self._month:
            self._month = month
            self._typed.clear()
            self._read()

    def open_sku(self, product_id: UUID) -> None:
        """Show the shops of a SKU."""
        self.product, self.shops = product_id, None
        self.filter = replace(self.filter, text="", group=None, only_changed=False, only_missed=False, kind=None)
        self._read()

    def close_sku(self) -> None:
        """Go back to the SKUs."""
        self.product = self.shops = None
        self.changed.emit()

    def restrict(self, **wishes: Any) -> None:
        """Show other lines."""
        self.filter = replace(self.filter, **wishes)
        self.changed.emit()

    def show_six_months(self, *, on: bool) -> None:
        """Show the months to come side by side."""
        self.six_months = on
        if on and not self.ahead:
            self._read()
        self.changed.emit()

    def tell_story(self, key: Key) -> None:
        """Read the months of a line; a sum is the whole territory."""
        if key != self._wanted_story:
            self._wanted_story = key
            work = partial(story_of, self.desk, key)
            self.tasks.run(work, owner=self, done=self._on_story, failed=self._on_no_story, lane=Lane.FREE)

    # ---- saying ----------------------------------------------------------------------------------------------------
    def correct(self, line: Line, value: int) -> None:
        """Keep the manager's own figure; the reason may follow."""
        known = line.correction
        reason = (known.reason, known.note, known.opportunity) if known is not None else (UNSAID, "", "")
        self._keep(line.key, Correction(value, 0.0, *reason))

    def give_reason(self, line: Line, reason: str, note: str, opportunity: str, *, typing: bool = False) -> None:
        """Say why a line was corrected."""
        if line.correction is not None:
            said = Correction(line.correction.value, 0.0, reason, note, opportunity)
            self._keep(line.key, said, "why" if typing else "")

    def take_back(self, key: Key) -> None:
        """Let the system's figure count again."""
        product, shop = key
        if self._month is None or product is None:
            return
        self._typed[key] = None
        self.queue.add(Deed(key, partial(self.desk.take_back, self._month, product, shop)))
        self.line_changed.emit(key)

    def submit(self) -> None:
        """Freeze the month; it goes to head office with the next sync."""
        if self._month is not None:
            work = partial(self.desk.submit, self._month)
            self.tasks.run(work, owner=self, done=self._on_submitted, failed=self._on_submit_failed)

    def export(self, file: Path, header: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """Write what is shown to a file."""
        work = partial(write_table, file, tuple(header), tuple(rows))

        def whole() -> Path:
            work()
            return file

        self.tasks.run(whole, owner=self, done=self._on_exported, failed=self._on_submit_failed, lane=Lane.FREE)

    def _keep(self, key: Key, correction: Correction, joins: str = "") -> None:
        product, shop = key
        if self._month is None or product is None:
            return
        self._typed[key] = correction.value
        self.corrected_last = key
        self.queue.add(Deed(key, partial(self.desk.correct, self._month, product, shop, correction), joins))
        self.line_changed.emit(key)

    # ---- answers ---------------------------------------------------------------------------------------------------
    def _on_looked(self, ready: bool) -> None:
        if ready:
            self._read()
        else:
            self.compute()

    def _on_computed(self, _nothing: object) -> None:
        if self.stage is Stage.COMPUTING:
            self._read()

    def _read(self) -> None:
        self._reading += 1
        work = partial(
            look, self.desk, self._maintenance, self._month, self.product, six=self.six_months or bool(self.ahead)
        )
        self.tasks.run(
            partial(numbered, self._reading, work), owner=self, done=self._on_read, failed=self._on_failed,
            lane=Lane.FREE,
        )  # fmt: skip

    def _on_read(self, answer: tuple[int, DeskRead]) -> None:
        number, read = answer
        if number != self._reading or not self.is_settled or read.product != self.product:
            return
        self._typed.clear()
        self._month, self.view, self.shops, self.info, self.waits = (
            read.month, read.view, read.shops, read.info, read.waits,
        )  # fmt: skip
        self.ahead = read.ahead
        self._wanted_story = None
        self._set(Stage.READY)

    def _on_failed(self, error: BaseException) -> None:
        if isinstance(error, CancelledError):
            return
        self.problem = error
        if isinstance(error, TooFewMonths):
            self.tasks.run(self._maintenance.info, owner=self, done=self._on_info, lane=Lane.FREE)
        self._set(Stage.TOO_FEW if isinstance(error, TooFewMonths) else Stage.FAILED)

    def _on_info(self, info: StoreInfo) -> None:
        self.info = info
        self.changed.emit()

    def _on_story(self, story: Story) -> None:
        if story.key == self._wanted_story:
            self.story = story
            self.story_changed.emit()

    def _on_no_story(self, _error: BaseException) -> None:
        self.story = None
        self.story_changed.emit()

    @Slot(object)
    def _on_deed_done(self, _key: Key) -> None:
        self.saved_at = self._clock.now()
        self.saved.emit()
        self._pause.start()

    def flush(self) -> None:
        """Wait for no more figures before everybody hears of those that are on disk."""
        if self._pause.isActive():
            self._pause.stop()
            self._tell_others()

    @Slot()
    def _tell_others(self) -> None:
        """Tell every page once the typing pauses: reading a large month would hold up the next figure."""
        if self.queue.is_empty:
            self.bus.changed.emit(Changes.of(Kind.FORECAST))

    @Slot(object)
    def _on_deed_failed(self, failed: Failed) -> None:
        self._typed.pop(failed.key, None)
        self.refused.emit(failed)
        if self.queue.is_empty:
            self._read()

    def _on_submitted(self, _version: int) -> None:
        self.bus.changed.emit(Changes.of(Kind.FORECAST))
        self.submitted.emit()

    def _on_submit_failed(self, error: BaseException) -> None:
        self.refused.emit(Failed((None, None), error))

    def _on_exported(self, file: Path) -> None:
        self.exported.emit(file)

    @Slot(object)
    def _on_records_changed(self, changes: Changes) -> None:
        if not changes.kinds & _KINDS or self.stage in (Stage.LOOKING, Stage.COMPUTING):
            return
        if self.stage is Stage.READY and not changes.kinds & {Kind.ORDER}:
            self._read()
        else:
            self._look_again()

    def _set(self, stage: Stage) -> None:
        self.stage = stage
        self.changed.emit()
