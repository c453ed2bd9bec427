"""What the territory map shows: the shops, what colours them, which are selected, and the way of a chosen day."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot

from app.domain.changes import Changes, Kind
from app.domain.planning.views import DayView, MapShop, MonthView
from app.runtime.clock import Clock
from app.services.plans import Plans
from app.ui.background.change_bus import ChangeBus
from app.ui.background.task_runner import TaskRunner
from app.ui.territory.risk_reader import AskRisks, RiskProgress, RiskReader

_MOVES_RISK = frozenset({Kind.VISIT, Kind.ORDER})
_HEARD = frozenset({Kind.VISIT, Kind.CUSTOMER, Kind.TASK, Kind.PLAN, Kind.ORDER})


class Coloring(StrEnum):
    """What the colour of a shop tells."""

    CADENCE = "cadence"
    OVERDUE = "overdue"
    ORDER_DAY = "order_day"
    RISK = "risk"


class TerritoryViewModel(QObject):
    """Reads away from the window; reads again when it comes into view after something has changed."""

    changed = Signal()
    colored = Signal()
    selected_changed = Signal()
    way_changed = Signal()
    trouble_met = Signal(object)
    """BaseException"""

    def __init__(
        self, plans: Plans, clock: Clock, tasks: TaskRunner, bus: ChangeBus, ask_risks: AskRisks | None = None,
        parent: QObject | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._plans = plans
        self._tasks = tasks
        self.today = clock.today()
        self.shops: tuple[MapShop, ...] = ()
        self.is_loaded = False
        self.coloring = Coloring.OVERDUE
        self.selected: frozenset[UUID] = frozenset()
        self.day: date | None = None
        """The day whose way is drawn."""
        self.way: DayView | None = None
        """That day; None while it is being read."""
        self._month: MonthView | None = None
        self._risks = RiskReader(ask_risks, tasks, self)
        self._risks.read.connect(self._on_risks_read)
        self._risks.failed.connect(self.trouble_met)
        self._is_in_view = False
        self._is_stale = True
        self._is_risk_wanted = True
        """False once the person has stopped the computing, until that is wanted again."""
        bus.changed.connect(self._on_records_changed)

    def come_into_view(self) -> None:
        """Read what there is, if it was not read before or has changed since."""
        self._is_in_view = True
        if self._is_stale:
            self._read()
        self._want_risks()

    def rest(self) -> None:
        """Be out of view: what changes is read when it is needed."""
        self._is_in_view = False
        self._risks.stop()

    def color_by(self, coloring: Coloring) -> None:
        """Colour the shops by something else."""
        if coloring is not self.coloring:
            self.coloring = coloring
            self._is_risk_wanted = True
            self._want_risks()
            self.colored.emit()

    @property
    def risk_progress(self) -> RiskProgress | None:
        """How far the computing of that colour is; None for another colour, and when all shops are known."""
        found = self._risks.progress
        return found if self.coloring is Coloring.RISK and found.known < found.shops else None

    def stop_risks(self) -> None:
        """Compute no more shops until that is wanted again."""
        self._is_risk_wanted = False
        self._want_risks()
        self.colored.emit()

    def go_on_with_risks(self) -> None:
        """Compute the shops that are missing."""
        self._is_risk_wanted = True
        self._want_risks()
        self.colored.emit()

    def select(self, shops: Iterable[UUID]) -> None:
        """Select these shops."""
        chosen = frozenset(shops)
        if chosen != self.selected:
            self.selected = chosen
            self.selected_changed.emit()

    @property
    def selected_shops(self) -> tuple[MapShop, ...]:
        """The shops selected, in the order of the territory."""
        return tuple(shop for shop in self.shops if shop.customer_id in self.selected)

    def show_day(self, day: date | None) -> None:
        """Draw the way of a day over the shops; None takes it away."""
        if day == self.day:
            return
        self.day = day
        self.way = self._day_of(day)
        self.way_changed.emit()
        if day is not None and self.way is None:
            self._read_month(day)

    def step_day(self, by: int) -> None:
        """Go to the next or the previous day."""
        if self.day is not None:
            self.show_day(self.day + timedelta(days=by))

    def _want_risks(self) -> None:
        """Compute who may run out while that is looked at: it takes the guidance of every shop."""
        if self.coloring is Coloring.RISK and self._is_in_view and self._is_risk_wanted:
            self._risks.want([shop.customer_id for shop in self.shops if shop.at_risk is None], self.today)
        else:
            self._risks.stop()

    @Slot()
    def _on_risks_read(self) -> None:
        self.shops = tuple(map(self._with_risk, self.shops))
        if self.coloring is Coloring.RISK:
            self.colored.emit()

    def _with_risk(self, shop: MapShop) -> MapShop:
        known = self._risks.of(shop.customer_id)
        return shop if known is None else replace(shop, at_risk=known)

    def _read(self) -> None:
        self._is_stale = False
        self._tasks.run(self._plans.territory, owner=self, done=self._on_read, failed=self._on_failed)
        if self.day is not None:
            self._read_month(self.day)

    def _read_month(self, day: date) -> None:
        work = partial(self._plans.month, day.replace(day=1))
        self._tasks.run(work, owner=self, done=self._on_month_read, failed=self._on_failed)

    def _on_read(self, shops: tuple[MapShop, ...]) -> None:
        self.shops, self.is_loaded = tuple(map(self._with_risk, shops)), True
        self.changed.emit()
        self.select(self.selected & {shop.customer_id for shop in shops})
        self._want_risks()

    def _on_month_read(self, month: MonthView) -> None:
        self._month = month
        self.way = self._day_of(self.day)
        self.way_changed.emit()

    def _day_of(self, day: date | None) -> DayView | None:
        if self._month is None or day is None:
            return None
        return next((one for one in self._month.days if one.day == day), None)

    def _on_failed(self, error: BaseException) -> None:
        self._is_stale = True
        self.trouble_met.emit(error)

    @Slot(object)
    def _on_records_changed(self, changes: Changes) -> None:
        if changes.kinds & _HEARD:
            self._is_stale, self._month = True, None
            if changes.kinds & _MOVES_RISK:
                self._risks.forget()
            if self._is_in_view:
                self._read()
