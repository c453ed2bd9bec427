"""The menu of a stop: start, move, end it with a reason, take it out; no text is typed in it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from app.domain.day_plan import next_working_day
from app.domain.visit import VisitStatus
from app.services.days import DayStop
from app.ui.look.formats import format_short_date, weekday_name
from app.ui.look.icons import make_icon
from app.ui.look.translations import current_language
from app.ui.pages.today.today_words import TodayWords

_DAYS_OFFERED = 5
_ENDINGS = (VisitStatus.CLOSED, VisitStatus.REFUSED, VisitStatus.CANCELLED)


class Command(StrEnum):
    """What can be chosen in the menu."""

    START = "start"
    CUSTOMER = "customer"
    FROM_PAPER = "from_paper"
    EARLIER = "earlier"
    LATER = "later"
    END = "end"
    REOPEN = "reopen"
    TAKE_OUT = "take_out"


@dataclass(frozen=True, slots=True)
class Chosen:
    """One choice, for an ending with its reason and perhaps the new day."""

    command: Command
    outcome: VisitStatus | None = None
    reason: str = ""
    moved_to: date | None = None


class StopMenu(QMenu):
    """Made for one stop each time it is wanted."""

    chosen = Signal(object)
    """Chosen"""

    def __init__(
        self, stop: DayStop, day: date, count: int, words: TodayWords, start_words: str, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setObjectName("stopMenu")
        self._words = words
        self._choices: dict[QAction, Chosen] = {}
        self._add(self, Command.START, start_words, "Return", icon="visit")
        self._add(self, Command.CUSTOMER, self.tr("Open the customer"), "Ctrl+Return", icon="customer")
        self.addSeparator()
        if stop.status.ended:
            self._add(self, Command.REOPEN, self.tr("Take the visit up again"), "", icon="undo")
        else:
            self._add_open(stop, day, count)
        self.triggered.connect(self._on_triggered)

    def _add_open(self, stop: DayStop, day: date, count: int) -> None:
        self._add(self, Command.FROM_PAPER, self.tr("Enter from paper"), "", icon="edit")
        self.addSeparator()
        earlier = self._add(self, Command.EARLIER, self.tr("Earlier"), "Ctrl+Up", icon="chevron.up")
        later = self._add(self, Command.LATER, self.tr("Later"), "Ctrl+Down", icon="chevron.down")
        earlier.setEnabled(stop.number > 1)
        later.setEnabled(stop.number < count)
        self.addSeparator()
        self._add_moved(day)
        for outcome in _ENDINGS:
            self._add_reasons(self._submenu(self, self._words.outcome(outcome), outcome.value), outcome)
        if stop.status is VisitStatus.PLANNED:
            self.addSeparator()
            self._add(self, Command.TAKE_OUT, self.tr("Take out of the day"), "Del", icon="delete")

    def _add_moved(self, day: date) -> None:
        moved = self._submenu(self, self._words.outcome(VisitStatus.MOVED), VisitStatus.MOVED.value)
        ahead = day
        for _ in range(_DAYS_OFFERED):
            ahead = next_working_day(ahead)
            text = f"{weekday_name(ahead, current_language())} {format_short_date(ahead)}"
            self._add_reasons(self._submenu(moved, text, ahead.isoformat()), VisitStatus.MOVED, ahead)
        moved.addSeparator()
        self._add_reasons(self._submenu(moved, self.tr("No fixed day"), "noDay"), VisitStatus.MOVED)

    def _add_reasons(self, menu: QMenu, outcome: VisitStatus, moved_to: date | None = None) -> None:
        for code, name in self._words.reasons_of(outcome):
            action = menu.addAction(name)
            action.setObjectName(code)
            self._choices[action] = Chosen(Command.END, outcome, code, moved_to)

    def _submenu(self, menu: QMenu, title: str, name: str) -> QMenu:
        # Ampersands in names of the playbook are no shortcuts.
        found = menu.addMenu(title.replace("&", "&&"))
        found.setObjectName(name)
        return found

    def _add(self, menu: QMenu, command: Command, text: str, keys: str, *, icon: str) -> QAction:
        action = menu.addAction(make_icon(icon, "muted"), text)
        action.setObjectName(command.value)
        if keys:
            # Shown only: the page answers the keys, also while no menu is open.
            action.setShortcut(QKeySequence(keys))
            action.setShortcutVisibleInContextMenu(True)
        self._choices[action] = Chosen(command)
        return action

    @Slot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        if action in self._choices:
            self.chosen.emit(self._choices[action])
