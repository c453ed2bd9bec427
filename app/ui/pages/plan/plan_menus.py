"""The menus of a visit, of a day and of the papers; no text is typed in them."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from app.domain.planning.views import DayKind, DayView, StopView
from app.ui.look.icons import make_icon
from app.ui.pages.plan.plan_shown import is_movable


class Command(StrEnum):
    """What can be chosen in a menu."""

    WHY = "why"
    BRIEF = "brief"
    VISIT = "visit"
    CUSTOMER = "customer"
    LOCK = "lock"
    CUT = "cut"
    PASTE = "paste"
    SWAP = "swap"
    TOMORROW = "tomorrow"
    TAKE_OUT = "take_out"
    NEARBY = "nearby"
    CADENCE = "cadence"
    OPEN_DAY = "open_day"
    SHORTEN = "shorten"
    LOCK_DAY = "lock_day"
    UNLOCK_DAY = "unlock_day"
    DAY_OFF = "off"
    DAY_HALF = "half"
    DAY_LEAVE = "leave"
    DAY_WORKED = "worked"
    DAY_AS_CALENDAR = "as_calendar"


KINDS = {
    Command.DAY_OFF: "off",
    Command.DAY_HALF: "half",
    Command.DAY_LEAVE: "leave",
    Command.DAY_WORKED: "worked",
    Command.DAY_AS_CALENDAR: None,
}
"""What a day becomes by a command; None gives it back to the calendar."""


@dataclass(frozen=True, slots=True)
class About:
    """What a menu is about: the day, the visit if one was meant, and what is possible there."""

    day: DayView
    stop: StopView | None
    today: date
    can_change: bool
    can_take: bool
    holds: bool
    """Something was cut and can be put here."""


class PlanMenu(QMenu):
    """Made for one visit or one day each time it is wanted."""

    chosen = Signal(object)
    """Command"""

    def __init__(self, about: About, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("planMenu")
        self._commands: dict[QAction, Command] = {}
        if about.stop is not None:
            self._add_stop(about, about.stop)
        else:
            self._add_day(about)
        self.triggered.connect(self._on_triggered)

    def _add_stop(self, about: About, stop: StopView) -> None:
        if about.day.day == about.today:
            self._add(Command.BRIEF, self.tr("Read the brief on Today"), "Return", icon="note")
        if about.day.day <= about.today and about.can_change:
            self._add(Command.VISIT, self.tr("Open the visit"), "", icon="visit")
        self._add(Command.CUSTOMER, self.tr("Open the customer"), "Ctrl+Return", icon="customer")
        self._add(Command.WHY, self.tr("Why on this day"), "Space", icon="info")
        if not about.can_change:
            return
        if is_movable(stop):
            self.addSeparator()
            lock = self.tr("Let it be moved") if stop.locked else self.tr("Fix on this day")
            self._add(Command.LOCK, lock, "Ctrl+B", icon="unlock" if stop.locked else "lock")
            if not stop.locked:
                self._add_moves()
            self.addSeparator()
            self._add(Command.TAKE_OUT, self.tr("Take out of the plan"), "Del", icon="delete")
        self.addSeparator()
        if about.can_take:
            self._add(Command.NEARBY, self.tr("Drop in nearby…"), "Ctrl+N", icon="pin")
        self._add(Command.CADENCE, self.tr("How often to visit…"), "", icon="clock")

    def _add_moves(self) -> None:
        self._add(Command.TOMORROW, self.tr("Do it the working day after"), "Ctrl+D", icon="next")
        self._add(Command.CUT, self.tr("Cut, to put on another day"), "Ctrl+X", icon="calendar")
        self._add(Command.SWAP, self.tr("Exchange with…"), "Ctrl+E", icon="sync")

    def _add_day(self, about: About) -> None:
        day = about.day
        self._add(Command.OPEN_DAY, self.tr("Open the day"), "Return", icon="list")
        if not about.can_change:
            return
        if about.can_take:
            if about.holds:
                self._add(Command.PASTE, self.tr("Put here"), "Ctrl+V", icon="calendar")
            self._add(Command.NEARBY, self.tr("Add a shop nearby…"), "Ctrl+N", icon="pin")
        if about.can_take and day.stops:
            self._add(Command.SHORTEN, self.tr("Shortest order"), "Ctrl+R", icon="route")
            self._add(Command.LOCK_DAY, self.tr("Fix all of the day"), "", icon="lock")
            self._add(Command.UNLOCK_DAY, self.tr("Let all of the day be moved"), "", icon="unlock")
        if day.day < about.today:
            return
        self.addSeparator()
        if day.kind is not DayKind.OFF:
            self._add(Command.DAY_OFF, self.tr("Company day off"), "", icon="minus")
            self._add(Command.DAY_LEAVE, self.tr("Leave"), "", icon="light")
        if day.kind is DayKind.WORK:
            self._add(Command.DAY_HALF, self.tr("Half day"), "", icon="clock")
        else:
            self._add(Command.DAY_WORKED, self.tr("I work on this day"), "", icon="check")
        self._add(Command.DAY_AS_CALENDAR, self.tr("As the calendar says"), "", icon="undo")

    def _add(self, command: Command, text: str, keys: str, *, icon: str) -> QAction:
        action = self.addAction(make_icon(icon, "muted"), text)
        action.setObjectName(command.value)
        if keys:
            # Shown only: the page answers the keys, also while no menu is open.
            action.setShortcut(QKeySequence(keys))
            action.setShortcutVisibleInContextMenu(True)
        self._commands[action] = command
        return action

    @Slot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        if action in self._commands:
            self.chosen.emit(self._commands[action])
